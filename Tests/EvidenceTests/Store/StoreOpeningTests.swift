import Evidence
import Foundation
import GRDB
import Testing
import TimeSeries

struct StoreOpeningTests {
  @Test("A store is one file, with nothing beside it")
  func oneFile() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/evidence.store", mode: .writing)
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2020, 1)]), digest: InventedFigures.digest("a"))
    #expect(folder.names == ["evidence.store"])
    let copy = folder.path + "/copy.store"
    try FileManager.default.copyItem(atPath: store.path, toPath: copy)
    #expect(try Store(at: copy, mode: .reading).panel().panel[0].values == [1])
  }

  @Test("Two stores of the same files are the same, byte for byte")
  func deterministic() throws {
    let folder = try TemporaryFolder()
    var contents: [[UInt8]] = []
    for name in ["a", "b"] {
      let store = try Store(at: folder.path + "/" + name, mode: .writing)
      for (digit, value) in [("a", 1.0), ("b", 2)] {
        _ = try store.import(
          InventedFigures.file([try InventedFigures.figure(2020, value)]),
          digest: InventedFigures.digest(Character(digit)))
      }
      contents.append(try FileContents.read(store.path).bytes)
    }
    #expect(contents[0] == contents[1])
  }

  @Test("A store that many open at once for the first time is made once")
  func openedAtOnce() throws {
    let folder = try TemporaryFolder()
    for attempt in 0..<10 {
      let path = folder.path + "/\(attempt).store"
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        #expect(throws: Never.self) { try Store(at: path, mode: .writing).series() }
      }
      #expect(try Store(at: path, mode: .reading).check().isEmpty)
    }
  }

  @Test("What is not there is not read, nor made for reading")
  func missing() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/none.store"
    #expect(throws: EvidenceError.noSuchFile(path: path)) { try Store(at: path, mode: .reading) }
    #expect(throws: EvidenceError.noSuchFile(path: "")) { try Store(at: "", mode: .writing) }
    #expect(throws: EvidenceError.isDirectory(path: folder.path)) {
      try Store(at: folder.path, mode: .writing)
    }
    let error = #expect(throws: EvidenceError.self) {
      try Store(at: folder.path + "/no/a.store", mode: .writing)
    }
    #expect(error?.exitCode == 73)
    #expect(folder.names.isEmpty)
  }

  @Test("A file that is no SQLite is refused in a sentence, and left as it is")
  func noDatabase() throws {
    let folder = try TemporaryFolder()
    for contents in ["series,period,value\na,2020,1\n", String(repeating: "x", count: 10_000)] {
      let path = try folder.file("a.csv", contents)
      for mode in [Store.Mode.reading, .writing] {
        let error = #expect(throws: EvidenceError.self) { try Store(at: path, mode: mode) }
        #expect(error?.description == "\(path): is no store: it is not an SQLite file; name another file")
        #expect(error?.exitCode == 65)
      }
      #expect(try FileContents.read(path).bytes == Array(contents.utf8))
    }
  }

  @Test("An SQLite database of another program is refused in a sentence, and left as it is")
  func foreign() throws {
    for sql in ["CREATE TABLE t (a)", "PRAGMA application_id = 7", "PRAGMA user_version = 9"] {
      let folder = try TemporaryFolder()
      let path = folder.path + "/other.sqlite"
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
      try queue.close()
      let before = try FileContents.read(path).bytes
      let error = #expect(throws: EvidenceError.self) { try Store(at: path, mode: .writing) }
      #expect(error?.description.contains("is an SQLite database of another program, and no store") == true)
      #expect(try FileContents.read(path).bytes == before)
    }
  }

  @Test("An empty file becomes a store when it is written to, and is none until then")
  func empty() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("empty.store", "")
    let error = #expect(throws: EvidenceError.self) { try Store(at: path, mode: .reading) }
    #expect(error?.description.contains("holds nothing: it is no store yet") == true)
    _ = try Store(at: path, mode: .writing)
    #expect(try Store(at: path, mode: .reading).series().isEmpty)
  }

  @Test("A process that ended before its first migration leaves what becomes a store")
  func unfinished() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.store"
    let queue = try DatabaseQueue(path: path)
    try queue.write {
      try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    try queue.close()
    #expect(try Store(at: path, mode: .writing).imports().isEmpty)
  }

  @Test("A store that another writes to is waited for, and then refused in a sentence")
  func busy() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.store"
    _ = try Store(at: path, mode: .writing)
    let store = try Store(at: path, mode: .writing, patience: 0.05)
    let other = try DatabaseQueue(path: path)
    try other.inDatabase { database in
      try database.execute(sql: "BEGIN EXCLUSIVE")
      let sentence = "another process is writing to it and has not finished; try again when it has"
      let file = InventedFigures.file([try InventedFigures.figure(2020, 1)])
      #expect(throws: EvidenceError.cannotWrite(path: path, reason: sentence)) {
        try store.import(file, digest: InventedFigures.digest("a"))
      }
      #expect(throws: EvidenceError.unreadable(path: path, reason: sentence)) { try store.series() }
      try database.execute(sql: "ROLLBACK")
      #expect(try store.import(file, digest: InventedFigures.digest("a")).added == 1)
    }
  }

  @Test("Damage is found and said, and never read as something else")
  func damage() throws {
    let changes = [
      "UPDATE vintages SET state = 'q', value = NULL": "a state that there is not",
      "UPDATE vintages SET style = 77": "a form or flags that there are not",
      "UPDATE vintages SET flags = 700": "a form or flags that there are not",
      "UPDATE vintages SET state = 'c', value = NULL, lower = 7, upper = 1": "bounds the wrong way round",
      "UPDATE periods SET kind = 'aeon'": "a period has no meaning",
      "UPDATE series SET unit = 'ells'": "a series has no unit",
      "DELETE FROM periods": "no period or no import",
    ]
    for (sql, reason) in changes.sorted(by: { $0.key < $1.key }) {
      let folder = try TemporaryFolder()
      let store = try Store(at: folder.path + "/a.store", mode: .writing)
      _ = try store.import(
        InventedFigures.file([try InventedFigures.figure(2020, 1)]), digest: InventedFigures.digest("a"))
      try alter(store.path, sql)
      let error = #expect(throws: EvidenceError.self, "\(sql)") { try store.panel() }
      #expect(error?.description.contains("is damaged; put back a copy of it") == true)
      #expect(error?.description.contains(reason) == true, "\(sql)")
      #expect(error?.exitCode == 65)
      if sql.hasPrefix("DELETE") {
        #expect(
          try store.check().map(\.message) == [
            "is damaged: a row of vintages points to one of periods that is not there"
          ])
      }
    }
  }

  @Test("A check names what the rules of the tables do not allow")
  func check() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/a.store", mode: .writing)
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2020, 1)]), digest: InventedFigures.digest("a"))
    #expect(try store.check().isEmpty)
    try alter(store.path, "UPDATE vintages SET flags = 700")
    #expect(try store.check().map(\.message) == ["is damaged: CHECK constraint failed in vintages"])
  }

  @Test("A file whose pages were overwritten is damaged, and says so")
  func overwritten() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/a.store", mode: .writing)
    _ = try store.import(
      InventedFigures.file(try (1000..<3000).map { try InventedFigures.figure($0, 1) }),
      digest: InventedFigures.digest("a"))
    var bytes = try FileContents.read(store.path).bytes
    for index in bytes.indices.dropFirst(4096) { bytes[index] = 0x5A }
    let path = try folder.file("b.store", bytes)
    let error = #expect(throws: EvidenceError.self) {
      let damaged = try Store(at: path, mode: .reading)
      _ = try damaged.panel()
    }
    #expect(error?.exitCode == 65)
    #expect(error?.description.contains("is damaged") == true)
  }

  @Test("People who open the file with another program find the latest figures in a view")
  func view() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/a.store", mode: .writing)
    for (digit, value, day) in [("a", 10.0, "2024-01-31"), ("b", 9, "2023-01-31")] {
      _ = try store.import(
        InventedFigures.file([
          try InventedFigures.figure(2020, value, day),
          PublishedFigure(period: .financialYear(2021), observation: .suppressed(1...7), row: 3),
        ]), digest: InventedFigures.digest(Character(digit)))
    }
    let rows = try DatabaseQueue(path: store.path).read { database in
      try Row.fetchAll(
        database, sql: "SELECT period, value, lower, published, row FROM figures ORDER BY period"
      )
      .map { row in Array(row.databaseValues).map { "\($0)" } }
    }
    #expect(
      rows == [
        ["\"2020/21\"", "10.0", "NULL", "\"2024-01-31\"", "2"], ["\"2021/22\"", "\"c\"", "1.0", "NULL", "3"],
      ])
  }

  /// Writes to a store what no rule of its tables lets through.
  private func alter(_ path: String, _ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
      try database.execute(sql: sql)
    }
    try queue.close()
  }
}
