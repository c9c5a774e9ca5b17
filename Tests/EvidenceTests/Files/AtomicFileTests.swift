import Evidence
import Testing

@Suite("A file written bit by bit")
struct AtomicFileTests {
  @Test("is there whole once it is committed, and not before")
  func committed() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.csv"
    let file = try AtomicFile(path)
    try file.append(Array("one,".utf8))
    #expect(!folder.names.contains("a.csv") && folder.names.count == 1)
    try file.append(Array("two\n".utf8))
    try file.commit()
    try file.commit()
    #expect(folder.names == ["a.csv"])
    #expect(try FileContents.read(path).bytes == Array("one,two\n".utf8))
  }

  @Test("leaves nothing when it is given up, and keeps what was there")
  func givenUp() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.csv", "kept")
    #expect(throws: EvidenceError.alreadyExists(path: path)) { try AtomicFile(path) }
    do {
      let file = try AtomicFile(path, overwrite: true)
      try file.append(Array("lost".utf8))
    }
    #expect(folder.names == ["a.csv"])
    #expect(try FileContents.read(path).bytes == Array("kept".utf8))
    let late = try AtomicFile(folder.path + "/b.csv")
    _ = try folder.file("b.csv", "first")
    #expect(throws: EvidenceError.alreadyExists(path: folder.path + "/b.csv")) { try late.commit() }
    #expect(throws: EvidenceError.self) { try AtomicFile(folder.path + "/missing/a.csv") }
  }
}
