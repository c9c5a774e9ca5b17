import Evidence
import Foundation
import Testing

struct AtomicOutputTests {
  @Test("A file is written whole, and nothing is left beside it")
  func writes() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/out.csv"
    let text = String(repeating: "a,b\n", count: 100_000)
    try AtomicOutput.write(text, to: path)
    #expect(try FileContents.read(path).bytes == Array(text.utf8))
    #expect(folder.names == ["out.csv"])
  }

  @Test("A file that is there is kept, unless it may be replaced")
  func overwriting() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("out.csv", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(throws: EvidenceError.alreadyExists(path: path)) { try AtomicOutput.write("new", to: path) }
    #expect(try FileContents.read(path).bytes == Array("old".utf8))
    try AtomicOutput.write("new", to: path, overwrite: true)
    #expect(try FileContents.read(path).bytes == Array("new".utf8))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    #expect(folder.names == ["out.csv"])
  }

  @Test("A new file may be written with leave to replace")
  func replacingNothing() throws {
    let folder = try TemporaryFolder()
    try AtomicOutput.write([1, 2, 3], to: folder.path + "/new", overwrite: true)
    #expect(folder.names == ["new"])
  }

  @Test("A folder that is missing, or stands where the file should, cannot be written")
  func cannotWrite() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path + "/none/out.csv", folder.path] {
      let error = #expect(throws: EvidenceError.self) {
        try AtomicOutput.write("x", to: path, overwrite: true)
      }
      #expect(error?.exitCode == 73)
    }
  }
}
