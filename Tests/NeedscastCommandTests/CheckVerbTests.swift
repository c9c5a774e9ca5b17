import Foundation
import Testing

@Suite("needscast check and the command itself")
struct CheckVerbTests {
  @Test("Sefton's workspace has no errors") func sefton() throws {
    let run = try Command.run(["check", "Datasets/sefton"])
    #expect(run.status == 0)
    #expect(run.output.contains("Datasets/sefton: no errors"))
  }

  @Test("Every problem of a file is said at once, with its row, and the exit code is 65") func problems()
    throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "series,period,value,unit\na,2020,\"12,4%\",per cent\na,2021,nonsense,per cent\na,2021,3,per cent\n",
      to: "wrong.csv")
    let run = try Command.run(["check", path])
    #expect(run.status == 65)
    #expect(run.output.contains("wrong.csv:2"))
    #expect(run.output.contains("wrong.csv:3"))
    let json = try Command.run(["check", path, "--format", "json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let problems = try #require(document["problems"] as? [[String: Any]])
    #expect(problems.first?["row"] as? Int == 2)
    #expect(problems.first?["severity"] as? String == "error")
  }

  @Test("Problems are also rows, with a column for each part") func rows() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("series,period,value\na,2020,\"12,4%\"\na,2021,3\n", to: "wrong.csv")
    let run = try Command.run(["check", path, "--format", "csv", "--jobs", "2"])
    #expect(run.status == 65)
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "severity,file,row,column,message")
    #expect(lines.dropFirst().first?.hasPrefix("error,\(path),2,,") == true, "\(run.output)")
    let sound = try Command.run(["check", "Datasets/sefton/series/plans.csv", "--format", "csv"])
    #expect(sound.status == 0)
    #expect(sound.output.hasPrefix("severity,file,row,column,message\n"))
  }

  @Test("A report is not written over what it is about") func ownFiles() throws {
    let folder = try TemporaryFolder()
    let text = "series,period,value\na,2020,1\na,2021,2\n"
    let path = try folder.write(text, to: "a.csv")
    #expect(try Command.run(["check", path, "--output", path, "--force"]).status == 64)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    let copy = folder.url.appending(path: "copy")
    try FileManager.default.copyItem(at: Command.root.appending(path: "Datasets/sefton"), to: copy)
    for name in ["workspace.yaml", "series/plans.csv"] {
      let file = copy.appending(path: name)
      let before = try Data(contentsOf: file)
      let run = try Command.run(["check", copy.path, "--output", file.path, "--force"])
      #expect(run.status == 64)
      #expect(try Data(contentsOf: file) == before)
    }
    #expect(try Command.run(["check", copy.path, "--output", copy.path + "/report.txt"]).status == 0)
  }

  @Test("A workspace of which a service could not be planned has an error where it can be mended")
  func planningProblem() throws {
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "copy")
    try FileManager.default.copyItem(at: Command.root.appending(path: "Datasets/sefton"), to: copy)
    let file = copy.appending(path: "workspace.yaml")
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    let assumption = try #require(lines.firstIndex { $0.hasPrefix("  sefton-part-of-waits:") })
    let value = try #require(lines[assumption...].firstIndex { $0.hasPrefix("    value:") })
    var changed = lines
    changed[value] = "    value: 1.5"
    try Data(changed.joined(separator: "\n").utf8).write(to: file)
    let run = try Command.run(["check", copy.path])
    #expect(run.status == 65)
    #expect(run.output.contains("error: \(file.path):\(value + 1):"), "\(run.output)")
    #expect(run.output.hasPrefix("error: "))
  }

  @Test("A note about a file of a workspace names it once") func notes() throws {
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "copy")
    try FileManager.default.copyItem(at: Command.root.appending(path: "Datasets/sefton"), to: copy)
    let file = copy.appending(path: "series/population.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacingOccurrences(of: ",", with: "\t").utf8).write(to: file)
    let run = try Command.run(["check", copy.path])
    #expect(run.status == 0)
    #expect(
      run.output.contains("note: series/population.csv: has tabs between its columns\n"), "\(run.output)")
  }

  @Test("A misspelt key in a workspace is named with line, column and the nearest key") func misspelling()
    throws
  {
    let folder = try TemporaryFolder()
    let original = Command.root.appending(path: "Datasets/sefton")
    let copy = folder.url.appending(path: "copy")
    try FileManager.default.copyItem(at: original, to: copy)
    let file = copy.appending(path: "workspace.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let changed = text.replacingOccurrences(of: "price-year: 2020/21", with: "price-yaer: 2020/21")
    #expect(changed != text)
    try Data(changed.utf8).write(to: file)
    let line = changed.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("price-yaer") }
    let run = try Command.run(["check", copy.path])
    #expect(run.status == 65)
    #expect(run.output.contains("workspace.yaml:\(try #require(line) + 1):5"))
    #expect(run.output.contains("did you mean \"price-year\""))
  }

  @Test("A compressed file is read") func compressed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("series,period,value\na,2020,1\na,2021,2\n", to: "a.csv")
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", path]
    try gzip.run()
    gzip.waitUntilExit()
    #expect(try Command.run(["check", path + ".gz"]).status == 0)
  }

  @Test("The version is one line, and every verb has help with an example") func help() throws {
    #expect(try Command.run(["--version"]).output.split(separator: ".").count == 3)
    for verb in ["plan", "forecast", "check"] {
      let help = try Command.run([verb, "--help"])
      #expect(help.status == 0)
      #expect(help.output.contains("EXAMPLES:"))
    }
  }
}
