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

  /// A copy of Sefton's workspace with other texts in some of its files.
  private func sefton(in folder: TemporaryFolder, with texts: [String: String]) throws -> URL {
    let copy = folder.url.appending(path: "copy")
    try FileManager.default.copyItem(at: Command.root.appending(path: "Datasets/sefton"), to: copy)
    for (name, text) in texts { try Data(text.utf8).write(to: copy.appending(path: name)) }
    return copy
  }

  @Test("A file beside the plan that cannot be read does not hide what is wrong with the others")
  func brokenFilesBeside() throws {
    let folder = try TemporaryFolder()
    let original = Command.root.appending(path: "Datasets/sefton/kpis.yaml")
    let measures = try String(contentsOf: original, encoding: .utf8)
      .replacingOccurrences(of: "polarity: higher is better", with: "polarity: upwards")
      .replacingOccurrences(of: "needscast: 1", with: "needscast: 2")
    let wrong = measures.components(separatedBy: "polarity: upwards").count - 1
    #expect(wrong > 5)
    let copy = try sefton(
      in: folder,
      with: [
        "kpis.yaml": measures, "waiting-lists.yaml": "a: [\n", "scorecard.yaml": "needscast: 1\nfoo: 3\n",
      ])
    let run = try Command.run(["check", copy.path])
    #expect(run.status == 65)
    #expect(run.output.contains("scorecard.yaml:2:1: unknown key \"foo\""))
    #expect(run.output.contains("waiting-lists.yaml:2:1: this is not YAML"))
    #expect(run.output.components(separatedBy: "polarity \"upwards\"").count - 1 == wrong)
    #expect(
      run.output.contains("\(copy.path): \(wrong + 3) errors, 5 warnings\n"), "\(run.output.suffix(300))")
    #expect(run.output.contains("6 services, 48 assumptions"))
    let json = try Command.run(["check", copy.path, "--format", "json"])
    #expect(json.output.contains("\"errors\" : \(wrong + 3)"))
    let rows = try Command.run(["check", copy.path, "--format", "csv"])
    #expect(rows.output.split(separator: "\n").count { $0.hasPrefix("error,") } == wrong + 3)
  }

  @Test(
    "Beside a plan that is refused, other files and doubts are told; or it is said that they were not looked at"
  )
  func refusedPlan() throws {
    let folder = try TemporaryFolder()
    let file = Command.root.appending(path: "Datasets/sefton/workspace.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacingOccurrences(of: "price-year: 2020/21", with: "price-yaer: 2020/21")
    let copy = try sefton(in: folder, with: ["workspace.yaml": text, "kpis.yaml": "needscast: 1\n"])
    let run = try Command.run(["check", copy.path + "/"])
    #expect(run.status == 65)
    #expect(run.output.contains("did you mean \"price-year\""))
    #expect(run.output.contains("copy/kpis.yaml:1:1: the file needs the key \"plan\""), "\(run.output)")
    #expect(run.output.contains("series/education.csv:311: \"persistent-absence\" of Sefton goes from"))
    #expect(run.output.contains("note: waiting-lists.yaml: not looked at, because the workspace is refused"))
    #expect(run.output.contains("scorecard.yaml: 72 indicators"))

    let series = copy.appending(path: "series/participation.csv")
    var lines = try String(contentsOf: series, encoding: .utf8).components(separatedBy: "\n")
    lines[1] = "short"
    try Data(lines.joined(separator: "\n").utf8).write(to: series)
    let more = try Command.run(["check", copy.path])
    #expect(more.status == 65)
    #expect(more.output.contains("participation.csv:2: "))
    #expect(more.output.contains("series/education.csv:311: "))
    #expect(more.output.contains("note: scorecard.yaml, kpis.yaml, waiting-lists.yaml: not looked at"))
  }

  @Test("A row that cannot be read does not hide the faults and doubts of the others") func allRows() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      series,area,period,value,numerator,denominator,unit,polarity
      a,X,2019,,12,10,per cent,
      a,X,2020,,5,0,per cent,
      a,X,2021,,-1,10,per cent,
      a,X,2022,,3,10,per cent,
      b,X,2022,,3,10,per cent,upwards
      b,Y,2022,,3,10,per cent,upwards
      e,X,2022,,30,10,"per 1,000",Lower is better
      f,X,2024,150,,,per cent,
      h,X,2024,nan,,,per cent,
      i,X,2024,20,-2,10,per cent,
      j,X,2024,130,13,10,per cent,
      k,X,2024,c,13,10,per cent,

      """, to: "wrong.csv")
    let run = try Command.run(["check", path, "--format", "csv"])
    #expect(run.status == 65)
    let said = run.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false)
    }
    #expect(
      said.map { "\($0[0]) \($0[2])" } == [
        "error 2", "error 3", "error 4", "error 6", "error 10", "warning 9", "warning 11", "warning 12",
        "warning 12", "warning 13",
      ], "\(run.output)")
    let text = try Command.run(["check", path])
    #expect(text.output.contains("because numerator -1 is below zero; mend the counts, or write the value"))
    #expect(text.output.contains("error: \(path):6: b: polarity \"upwards\" is not known"))
    #expect(
      text.output.contains(
        "8 series, 11 rows: 3 values, 4 to be worked out from counts, 1 suppressed, 3 not available, "))
    #expect(text.output.contains("1 series with errors left out of these counts\n"))
    #expect(text.output.hasSuffix("wrong.csv: 5 errors, 5 warnings\n"), "\(text.output)")
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
