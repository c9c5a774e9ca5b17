import Foundation
import Testing

@Suite("needscast init")
struct InitVerbTests {
  @Test("The invented workspace is begun, checked and planned by the commands that it names")
  func example() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path + "/exampleshire"
    let begun = try Command.run(["init", path])
    #expect(begun.status == 0, "\(begun.errors)")
    #expect(begun.output.contains("Exampleshire, 2025/26 to 2029/30"))
    let next = begun.output.split(separator: "\n").filter { $0.hasPrefix("  needscast ") }
    #expect(next.count == 3)
    for line in next {
      let run = try Command.run(line.split(separator: " ").dropFirst().map(String.init))
      #expect(run.status == 0, "\(line): \(run.errors)")
    }
    let check = try Command.run(["check", path])
    #expect(check.output.contains("no errors, 1 warning"))
    #expect(check.output.contains("nobody who knows the place has looked at them"))
  }

  @Test("A folder that has a workspace is refused with 73, before any file is read")
  func occupied() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path + "/ex"
    #expect(try Command.run(["init", path, "--quiet"]).status == 0)
    let again = try Command.run(["init", path, "--area", "Sefton", "--from", "nowhere.csv"])
    #expect(again.status == 73)
    #expect(again.errors.contains("name another folder"))
  }

  @Test("Arguments that do not go together say what to write")
  func arguments() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path + "/ex"
    let without = try Command.run(["init", path, "--from", "lait.csv"])
    #expect(without.status == 64)
    #expect(without.errors.contains("--area"))
    let board = try Command.run(["init", path, "--care-board", "Dorset"])
    #expect(board.status == 64)
    let nothing = try Command.run(["init", path, "--area", "Sefton"])
    #expect(nothing.status == 64)
    #expect(nothing.errors.contains("--from"))
    let missing = try Command.run(["init", path, "--area", "Sefton", "--from", folder.url.path + "/none.csv"])
    #expect(missing.status == 66)
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
