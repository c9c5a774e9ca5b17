import Evidence
import Foundation
import InventedPublications
import Testing
import TimeSeries

/// Processes that write to one store at once, and that end in the middle of it.
@Suite(.serialized)
struct StoreProcessTests {
  /// The program that imports in a process of its own; it stands beside the tests.
  private static let probe: URL = {
    var folder = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    // The tests run in a program of the toolchain on some platforms, and are named by its arguments.
    for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
      folder = URL(filePath: argument)
    }
    return folder.deletingLastPathComponent().appending(path: "StoreCrashProbe")
  }()

  private struct Ending {
    let status: Int32
    let isSignal: Bool
    /// The numbers of the files that it said it had committed.
    let committed: [Int]
    let errors: String
  }

  /// A process that has been started.
  private final class Running {
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    init(_ arguments: [String], environment: [String: String] = [:], folder: String? = nil) throws {
      process.executableURL = StoreProcessTests.probe
      process.arguments = arguments
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardOutput = output
      process.standardError = errors
      if let folder { process.currentDirectoryURL = URL(filePath: folder) }
      try process.run()
    }

    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    func end() -> Ending {
      let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return Ending(
        status: process.terminationStatus, isSignal: process.terminationReason == .uncaughtSignal,
        committed: lines.split(separator: "\n").compactMap { Int($0) }, errors: said)
    }
  }

  /// Looks through a store: it is sound, and holds some first files whole and nothing of the others.
  ///
  /// - Returns: the number of files that it holds.
  private func filesHeld(_ path: String, series: Int) throws -> Int {
    let store = try Store(at: path, mode: .writing)
    #expect(try store.check().isEmpty)
    let imports = try store.imports()
    #expect(imports.map(\.file) == imports.indices.map { "invented-\($0 + 1).csv" })
    let expected = imports.indices.map { InventedPublication(file: $0 + 1, series: series) }
    #expect(imports.map { $0.added + $0.revised } == expected.map(\.added))
    var held: [Int: Int] = [:]
    for one in try store.series() {
      for vintage in try store.vintages(of: one) { held[vintage.importNumber, default: 0] += 1 }
    }
    #expect(imports.map { held[$0.number] } == expected.map(\.added))
    #expect(held.count == imports.count)
    return imports.count
  }

  @Test(
    "A process ended by itself at a point of an import leaves the store as it was before it",
    arguments: ["began", "figures:1", "figures:37", "figures:120", "written"])
  func namedPoints(_ point: String) throws {
    for crashFile in [1, 3] {
      let folder = try TemporaryFolder()
      let path = folder.path + "/a.store"
      let ending = try Running(
        [path, "1", "5", "60"],
        environment: ["STORE_CRASH_AT": point, "STORE_CRASH_FILE": "\(crashFile)"]
      ).end()
      // The first file has 60 figures.
      let isReached = crashFile > 1 || point != "figures:120"
      #expect(ending.isSignal == isReached, "\(ending.errors)")
      let expected = isReached ? crashFile - 1 : 5
      #expect(ending.committed == Array(1..<expected + 1))
      #expect(try filesHeld(path, series: 60) == expected)
      // What was to be done is done the next time, as if nothing had been.
      let again = try Running([path, "1", "5", "60"]).end()
      #expect(again.status == 0, "\(again.errors)")
      #expect(try filesHeld(path, series: 60) == 5)
    }
  }

  @Test("A process killed at any moment leaves the store as before or after an import, never between")
  func anyMoment() throws {
    var generator = SeededGenerator(state: 20)
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.store"
    // How long it takes undisturbed tells between which moments to kill.
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try Running([folder.path + "/whole.store", "1", "12", "400"]).end().status == 0)
    let whole = clock.now - start
    var held = 0
    var kills = 0
    for _ in 0..<25 where held < 12 {
      let running = try Running([path, "\(held + 1)", "\(12 - held)", "400"])
      Thread.sleep(forTimeInterval: Double.random(in: 0...0.4, using: &generator) * (whole / .seconds(1)))
      running.kill()
      let ending = running.end()
      if ending.isSignal { kills += 1 }
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let now = try filesHeld(path, series: 400)
      // What it said it had committed is there, and at most the one after that beside it.
      let said = ending.committed.last ?? held
      #expect(now == said || now == said + 1, "\(ending.errors)")
      held = now
    }
    #expect(kills > 0)
    _ = try Running([path, "\(held + 1)", "\(max(1, 12 - held))", "400"]).end()
    #expect(try filesHeld(path, series: 400) >= 12)
  }

  @Test("Two processes that write at once from the first moment both finish, and all is there")
  func twoProcesses() throws {
    for attempt in 0..<4 {
      let folder = try TemporaryFolder()
      let path = folder.path + "/\(attempt).store"
      let processes = try [1, 101, 201].map { try Running([path, "\($0)", "6", "80"]) }
      let endings = processes.map { $0.end() }
      for ending in endings { #expect(ending.status == 0, "\(ending.errors)") }
      #expect(endings.map(\.committed) == [Array(1...6), Array(101...106), Array(201...206)])
      let store = try Store(at: path, mode: .reading)
      #expect(try store.check().isEmpty)
      let imports = try store.imports()
      #expect(imports.map(\.number) == Array(1...18))
      let files = [1...6, 101...106, 201...206].flatMap { $0.map { "invented-\($0).csv" } }
      #expect(Set(imports.map(\.file)) == Set(files))
      let panel = try store.panel().panel
      #expect(panel.count == 80)
      // Years 1 to 6, 100 to 106 and 200 to 206 after 2000.
      #expect(panel.allSatisfy { $0.points.count == 6 + 7 + 7 })
    }
  }

  @Test("A reader beside a writer sees whole imports alone")
  func readerBesideWriter() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.store"
    _ = try Store(at: path, mode: .writing)
    let running = try Running([path, "1", "8", "300"])
    for _ in 0..<20 {
      let store = try Store(at: path, mode: .reading)
      let points = try store.panel().panel.map(\.points.count)
      #expect(points.isEmpty || (points.count == 300 && Set(points).count == 1))
    }
    #expect(running.end().status == 0)
    #expect(try filesHeld(path, series: 300) == 8)
  }

  @Test("A name that SQLite would take for a database in memory is a file")
  func memory() throws {
    let folder = try TemporaryFolder()
    let ending = try Running([":memory:", "1", "1", "2"], folder: folder.path).end()
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(folder.names == [":memory:"])
  }
}
