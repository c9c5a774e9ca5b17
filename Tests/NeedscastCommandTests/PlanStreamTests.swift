import Foundation
import Testing

@testable import NeedscastCommand

@Suite("needscast plan -, requests on standard input")
struct PlanStreamTests {
  private static let sefton = "Datasets/sefton"
  private static let arguments = ["plan", "-", "--format", "csv", "--draws", "60", "--quiet"]
  private static let header =
    "workspace,run,scenario,service,year,kind,quantity,mean,p2_5,p10,p50,p90,p97_5,code,message"

  /// The texts of a workspace's files by their path in it.
  private static func files(of folder: URL) throws -> [String: String] {
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where path.hasSuffix(".csv") || path.hasSuffix(".yaml") {
      files[path] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    return files
  }

  private static func seftonFiles() throws -> [String: String] {
    try files(of: Command.root.appending(path: sefton))
  }

  /// Those of the workspace that `init` begins, which is planned sooner.
  private static func exampleFiles() throws -> [String: String] {
    let folder = try TemporaryFolder()
    let begun = folder.url.appending(path: "begun")
    _ = try Command.run(["init", begun.path, "--quiet"])
    return try files(of: begun)
  }

  /// A request as a line.
  private static func request(
    _ workspace: String, run: String = "", files: [String: String]? = nil, _ more: [String: Any] = [:]
  ) throws -> String {
    var object = more
    object["workspace"] = workspace
    if !run.isEmpty { object["run"] = run }
    if let files { object["files"] = files }
    return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
  }

  private static func run(_ lines: [String], _ more: String...) throws -> Command.Outcome {
    try Command.run(arguments + more, input: lines.joined())
  }

  private static func inline(_ lines: [String], _ more: String...) throws -> Command.Outcome {
    try Command.run(arguments + ["--errors-inline", "--tally"] + more, input: lines.joined())
  }

  /// The rows of an output without its header, those of one run of a workspace.
  private static func rows(_ output: String, _ workspace: String, _ run: String = "") -> [String] {
    output.split(separator: "\n").dropFirst().map(String.init).filter { $0.hasPrefix("\(workspace),\(run),") }
  }

  /// The rows of `plan FOLDER --format csv` with the columns of a stream around them.
  private static func expected(
    _ folder: String, _ workspace: String, _ run: String = "", _ more: [String] = []
  ) throws -> [String] {
    let plain = try Command.run(["plan", folder, "--format", "csv", "--draws", "60", "--quiet"] + more)
    return plain.output.split(separator: "\n").dropFirst().map { "\(workspace),\(run),\($0),," }
  }

  // MARK: The same plan

  @Test("The rows of Sefton and of a begun workspace are those of plan FOLDER, on any number of threads")
  func sameRows() throws {
    let folder = try TemporaryFolder()
    let begun = folder.url.appending(path: "begun")
    #expect(try Command.run(["init", begun.path, "--quiet"]).status == 0)
    let lines = [
      try Self.request(
        "Sefton", run: "r1", files: Self.seftonFiles(), ["scenarios": ["base", "grant-refused"]]),
      try Self.request("Begun", files: Self.files(of: begun), ["set": ["plan.seed=7"]]),
    ]
    let run = try Self.inline(lines, "--jobs", "1")
    #expect(run.status == 0)
    let sefton = try Self.expected(
      Self.sefton, "Sefton", "r1", ["--scenario", "base", "--scenario", "grant-refused"])
    let other = try Self.expected(begun.path, "Begun", "", ["--set", "plan.seed=7"])
    #expect(sefton.count > 500 && other.count > 100)
    #expect(run.output.split(separator: "\n").map(String.init) == [Self.header] + sefton + other)
    #expect(run.errors == "tally requests=2 planned=2 failed=0 rows=\(sefton.count + other.count)\n")
    #expect(try Self.inline(lines, "--jobs", "5").output == run.output)
    let plain = try Self.run(lines)
    let bare = ([Self.header] + sefton + other).map {
      $0.hasPrefix("workspace,") ? String($0.dropLast(",code,message".count)) : String($0.dropLast(2))
    }
    #expect(plain.output.split(separator: "\n").map(String.init) == bare)
    #expect(plain.status == 0 && plain.errors.isEmpty)
  }

  @Test("What a request says stands before the command line, whose changes are made first")
  func defaults() throws {
    let files = try Self.seftonFiles()
    let said: [String: Any] = [
      "draws": 60, "seed": 4, "asOf": "2024-09-01", "to": "2028/29", "scenarios": ["grant-refused"],
      "set": ["assumptions.plan-approved.value=0.5"],
    ]
    let run = try Self.inline(
      [try Self.request("S", files: files, said)], "--seed", "9", "--as-of", "2021-09-01", "--to", "2027/28",
      "--scenario", "base", "--set", "assumptions.plan-approved.value=0")
    let options = [
      "--seed", "4", "--as-of", "2024-09-01", "--to", "2028/29", "--scenario", "grant-refused", "--set",
      "assumptions.plan-approved.value=0.5",
    ]
    let planned = Self.rows(run.output, "S").filter { $0.hasSuffix(",,") }
    #expect(try planned == Self.expected(Self.sefton, "S", "", options))
    let silent = try Self.inline(
      [try Self.request("S", files: files)], "--seed", "4", "--as-of", "2024-09-01", "--to", "2028/29",
      "--scenario", "grant-refused", "--set", "assumptions.plan-approved.value=0.5")
    #expect(silent.output == run.output)
  }

  @Test("What comes of a request is the same first, last and alone, with its files or without")
  func independence() throws {
    let files = try Self.exampleFiles()
    var changed = files
    changed["workspace.yaml"] = files["workspace.yaml"]?.replacing("seed: 1", with: "seed: 2")
    #expect(changed != files)
    let wanted: [String: Any] = ["set": ["plan.to=2028/29"]]
    let alone = try Self.inline([try Self.request("S", run: "a", files: files, wanted)])
    let rows = Self.rows(alone.output, "S", "a")
    #expect(rows.count > 100)
    let many = try Self.inline([
      try Self.request("S", run: "a", files: files, wanted),
      try Self.request("S", run: "b", files: changed),
      try Self.request("Other", run: "c", files: files, ["set": ["plan.seed=5"]]),
      try Self.request("S", run: "d", files: files, ["asOf": "2022-09-01", "draws": 30]),
      try Self.request("S", run: "e", wanted),
      try Self.request("S", run: "f", files: files, wanted),
    ])
    for run in ["a", "e", "f"] {
      #expect(Self.rows(many.output, "S", run) == rows.map { $0.replacing("S,a,", with: "S,\(run),") })
    }
    #expect(Self.rows(many.output, "S", "b").count > 100)
    #expect(many.errors.hasSuffix("tally requests=6 planned=6 failed=0 rows=\(Self.count(many.output))\n"))
  }

  private static func count(_ output: String) -> Int { output.split(separator: "\n").count - 1 }

  // MARK: What fails

  @Test("A line that is no request stops no other, and says its key; standard error says its line")
  func badLine() throws {
    let files = try Self.exampleFiles()
    let good = try Self.request("S", run: "a", files: files)
    let bad = try Self.request("S", run: "b", ["draws": "many"])
    let run = try Self.inline([good, bad, try Self.request("S", run: "c")])
    #expect(run.status == 0)
    let first = Self.rows(run.output, "S", "a")
    #expect(Self.rows(run.output, "S", "c") == first.map { $0.replacing("S,a,", with: "S,c,") })
    let message = "\"draws\" must be a whole number from 1 to 10,000,000"
    #expect(
      Self.rows(run.output, "S", "b") == [
        "S,b,,,,,,,,,,,,request,\"\(message.replacing("\"", with: "\"\""))\""
      ])
    #expect(
      run.errors
        == "line 2 (S, b): \(message)\ntally requests=3 planned=2 failed=1 rows=\(2 * first.count + 1)\n")
    let plain = try Self.run([good, bad, try Self.request("S", run: "c")], "--tally")
    #expect(plain.status == 65)
    #expect(
      Self.rows(plain.output, "S", "a").count == first.count && Self.rows(plain.output, "S", "b").isEmpty)
    #expect(plain.errors.contains("line 2 (S, b): \(message)\n1 of 3 requests could not be planned"))
    #expect(plain.errors.hasSuffix("\ntally requests=3 planned=2 failed=1 rows=\(2 * first.count)\n"))
  }

  @Test(
    "What is no request is refused in words that say what is",
    arguments: [
      ("{\"workspace\": \"S\"", "the line is not JSON; write a request as one object on one line"),
      ("[1]", "the line is JSON and no object"), ("7", "the line is JSON and no object"),
      ("{}", "\"workspace\" is missing or empty"),
      ("{\"workspace\": \"\"}", "\"workspace\" is missing or empty"),
      ("{\"workspace\": 3}", "\"workspace\" must be a text"),
      ("{\"workspace\": \"S\", \"run\": 3}", "\"run\" must be a text"),
      (
        "{\"workspace\": \"S\", \"scenario\": \"base\"}",
        "unknown key \"scenario\"; did you mean \"scenarios\"?"
      ),
      ("{\"workspace\": \"S\", \"files\": [\"a\"]}", "\"files\" must be an object of texts by their path"),
      ("{\"workspace\": \"S\", \"files\": {\"a\": 1}}", "\"files\" must be an object of texts"),
      ("{\"workspace\": \"S\", \"scenarios\": \"base\"}", "\"scenarios\" must be a list of texts"),
      ("{\"workspace\": \"S\", \"set\": [\"plan.to\"]}", "\"plan.to\" in \"set\": write path=value"),
      (
        "{\"workspace\": \"S\", \"draws\": 0}",
        "\"0\" in \"draws\": write a whole number from 1 to 10,000,000"
      ),
      ("{\"workspace\": \"S\", \"draws\": 1.5}", "\"draws\" must be a whole number"),
      ("{\"workspace\": \"S\", \"seed\": -1}", "\"seed\" must be a whole number from 0 to"),
      ("{\"workspace\": \"S\", \"asOf\": \"2021-02-30\"}", "\"2021-02-30\" in \"asOf\": write a day"),
      ("{\"workspace\": \"S\", \"to\": 2029}", "\"to\" must be a financial year as text"),
      ("{\"workspace\": \"S\", \"to\": \"2029\"}", "\"2029\" in \"to\": write a financial year"),
      ("{\"workspace\": \"S\"}", "\"files\" is missing, and no request before has given any"),
      ("{\"workspace\": \"S\", \"run\": null}", "\"files\" is missing"),
      ("{\"workspace\": \"S\u{0}\"}", "the line is not UTF-8, or has a NUL byte in it"),
    ])
  func noRequest(_ line: String, _ words: String) throws {
    let run = try Self.inline([line])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix(Self.header + "\n") && run.output.contains(",,,,,,,,,,,request,"))
    #expect(run.errors.hasPrefix("line 1") && run.errors.contains(words), "\(run.errors)")
    #expect(run.errors.hasSuffix("tally requests=1 planned=0 failed=1 rows=1\n"))
    #expect(try Self.run([line]).status == 65)
  }

  @Test("Files are not taken for those of another workspace, nor for newer ones that could not be read")
  func whoseFiles() throws {
    let files = try Self.exampleFiles()
    let run = try Self.inline([
      try Self.request("S", run: "a", files: files), try Self.request("T", run: "b"),
      try Self.request("S", run: "c"), try Self.request("S", run: "d", files: files, ["draws": 0]),
      try Self.request("S", run: "e"), try Self.request("S", run: "f", files: ["workspace.yaml": "plan: x"]),
      try Self.request("S", run: "g"),
    ])
    #expect(Self.rows(run.output, "T", "b").first?.contains("those of another workspace") == true)
    #expect(Self.rows(run.output, "S", "c").count == Self.rows(run.output, "S", "a").count)
    #expect(Self.rows(run.output, "S", "d").first?.contains(",request,") == true)
    #expect(Self.rows(run.output, "S", "e").first?.contains(",request,\"\"\"files\"\" is missing") == true)
    for run in ["f", "g"].map({ Self.rows(run.output, "S", $0) }) {
      #expect(run.count == 1 && run[0].contains(",workspace,\"S/workspace.yaml:1:1: "))
    }
    #expect(run.errors.contains("tally requests=7 planned=2 failed=5 "))
  }

  @Test("A workspace that cannot be read says so at the line of its file, on one line")
  func unreadableWorkspace() throws {
    var files = try Self.seftonFiles()
    files["series/plans.csv"] = files["series/plans.csv"]?.replacing("/", with: "?")
    let run = try Self.inline([try Self.request("S", run: "a", files: files)])
    let rows = Self.rows(run.output, "S", "a")
    #expect(rows.count == 1 && Self.count(run.output) == 1)
    #expect(rows[0].hasPrefix("S,a,,,,,,,,,,,,workspace,\"S/series/plans.csv:376: period \"\"2015?16\"\" in"))
    #expect(rows[0].components(separatedBy: "S/series/plans.csv:").count == 6)
    #expect(rows[0].hasSuffix("; and 255 more problems\""))
    let outside = try Self.inline([try Self.request("S", files: ["../workspace.yaml": ""])])
    #expect(outside.output.contains("\"\"../workspace.yaml\"\" leads out of the workspace"))
  }

  @Test("An unknown scenario, a change that leads nowhere and years that are over fail their request alone")
  func arguments() throws {
    let files = try Self.seftonFiles()
    let run = try Self.inline([
      try Self.request("S", run: "a", files: files, ["scenarios": ["base", "grant-refusd"]]),
      try Self.request("S", run: "b", ["set": ["assumptions.plan-aproved.value=0"]]),
      try Self.request("S", run: "c", ["to": "2020/21"]), try Self.request("S", run: "d"),
    ])
    #expect(run.status == 0)
    for (name, scenario, words) in [
      ("a", "grant-refusd", "there is no scenario \"\"grant-refusd\"\"; did you mean \"\"grant-refused\"\"?"),
      ("b", "base", "did you mean \"\"plan-approved\"\""), ("c", "base", "before its first"),
    ] {
      let rows = Self.rows(run.output, "S", name)
      #expect(rows.count == 1 && rows[0].hasPrefix("S,\(name),\(scenario),,,,,,,,,,,arguments,"))
      #expect(rows[0].contains(words), "\(rows)")
    }
    #expect(try Self.rows(run.output, "S", "d") == Self.expected(Self.sefton, "S", "d"))
    #expect(run.errors.hasPrefix("tally requests=4 planned=1 failed=3 "))
  }

  @Test("A service that cannot be planned is a row, the others are there, and the request counts as planned")
  func refusedService() throws {
    let files = try Self.seftonFiles()
    let early = try Self.request("S", run: "a", files: files, ["asOf": "2021-09-01"])
    let run = try Self.inline([early])
    #expect(run.status == 0)
    let rows = Self.rows(run.output, "S", "a")
    let refused = rows.filter { $0.contains(",service,") }
    #expect(!refused.isEmpty && refused.allSatisfy { $0.hasPrefix("S,a,base,") })
    let others = try Self.expected(Self.sefton, "S", "a", ["--as-of", "2021-09-01"])
    #expect(!others.isEmpty && rows.filter { !$0.contains(",service,") } == others)
    #expect(run.errors == "tally requests=1 planned=1 failed=0 rows=\(rows.count)\n")
    let plain = try Self.run([early])
    #expect(plain.status == 65)
    #expect(plain.errors.contains("line 1 (S, a): base: not planned: "))
    #expect(plain.errors.contains("0 of 1 requests could not be planned, and 1 not in every service"))
  }

  // MARK: Streams

  @Test("Nothing asked for gives the header; blank lines are no requests; the last line needs no end")
  func ends() throws {
    let none = try Self.inline([])
    #expect(none.status == 0 && none.output == Self.header + "\n")
    #expect(none.errors == "tally requests=0 planned=0 failed=0 rows=0\n")
    let line = try Self.request("S", files: Self.exampleFiles())
    let whole = try Self.inline([line])
    #expect(try Self.inline(["\n", " \r\n", String(line.dropLast())]).output == whole.output)
    #expect(try Self.inline([String(line.dropLast()) + "\r\n"]).output == whole.output)
    let cut = try Self.inline([line, String(try Self.request("S").dropLast(3))])
    #expect(cut.output.contains(",request,\"the line is not JSON"))
    #expect(cut.errors.contains("line 2: the line is not JSON"))
  }

  @Test("A reader that has gone ends the command at once, quietly and without a tally")
  func readerGone() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let run = try Command.run(
      Self.arguments + ["--errors-inline", "--tally"], input: "{}\n{}\n", output: pipe.fileHandleForWriting)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let full = try Command.run(
      Self.arguments, input: "{}\n", output: try FileHandle(forWritingTo: URL(filePath: "/dev/full")))
    #expect(full.status == 73)
  }

  @Test("The rows of a request are there before the next is asked")
  func conversation() throws {
    let process = Process()
    process.executableURL = Command.executable("needscast")
    process.arguments = Self.arguments + ["--errors-inline"]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    var answer = ""
    func wait(for words: String) throws {
      while !answer.contains(words) {
        let data = output.fileHandleForReading.availableData
        try #require(!data.isEmpty, "the command ended before it said \(words)")
        answer += String(decoding: data, as: UTF8.self)
      }
    }
    try wait(for: Self.header)
    for run in ["a", "b"] {
      try input.fileHandleForWriting.write(contentsOf: Data(Self.request("S", run: run).utf8))
      try wait(for: "S,\(run),,,,,,,,,,,,request,")
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test("A line that is longer than may be held is passed over, and the next is read")
  func longLines() throws {
    let pipe = Pipe()
    let text =
      "abc\n" + String(repeating: "x", count: 9) + "\n\n12345678\n" + String(repeating: "y", count: 300)
    try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try pipe.fileHandleForWriting.close()
    var lines = RequestLines(pipe.fileHandleForReading.fileDescriptor, longest: 8)
    var read: [RequestLines.Line] = []
    while let line = try lines.next() { read.append(line) }
    #expect(
      read == [.text(Array("abc".utf8)), .tooLong, .text([]), .text(Array("12345678".utf8)), .tooLong])
    #expect(lines.number == 5)
    #expect(read[1].mayGiveFiles && !read[0].mayGiveFiles && read[2].isBlank && !read[1].isBlank)
  }

  @Test(
    "What means nothing with - is refused, and what is for - alone means nothing without",
    arguments: [
      (["-"], "add --format csv"), (["-", "--format", "json"], "add --format csv"),
      (["-", "--format", "csv", "--output", "x"], "leave out --output"),
      (["-", "--format", "csv", "--detail"], "--detail, --compare-outturn and --only-comparison"),
      (["-", "--format", "csv", "--compare-outturn"], "are for the plan of one folder"),
      (["-", "--format", "csv", "--scenario", "a.yaml"], "list its file under scenario-files"),
      ([sefton, "--tally"], "write plan -"), ([sefton, "--errors-inline"], "write plan -"),
    ])
  func refusedOptions(_ arguments: [String], _ words: String) throws {
    let run = try Command.run(["plan"] + arguments)
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }
}
