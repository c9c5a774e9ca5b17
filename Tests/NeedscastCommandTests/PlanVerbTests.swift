import Foundation
import Testing

@Suite("needscast plan")
struct PlanVerbTests {
  private let sefton = "Datasets/sefton"

  @Test("The plan of Sefton names every service, year by year, and the total")
  func theMainJob() throws {
    let run = try Command.run(["plan", sefton, "--draws", "200"])
    #expect(run.status == 0)
    for words in [
      "High needs", "Children looked after", "Speech and language therapy", "Community paediatrics",
      "Occupational therapy", "Young people not in education", "All services", "2029/30",
      "How much of the money rests",
    ] {
      #expect(run.output.contains(words), "\(words) is missing")
    }
  }

  @Test("The same seed gives the same bytes on any number of threads")
  func determinism() throws {
    let one = try Command.run(["plan", sefton, "--draws", "1500", "--format", "json", "--jobs", "1"])
    for jobs in ["2", "7"] {
      let other = try Command.run(["plan", sefton, "--draws", "1500", "--format", "json", "--jobs", jobs])
      #expect(one.output == other.output)
    }
    let another = try Command.run(["plan", sefton, "--draws", "1500", "--format", "json", "--seed", "2"])
    #expect(one.output != another.output)
  }

  @Test("JSON has the keys of the contract") func contract() throws {
    let run = try Command.run(["plan", sefton, "--draws", "100", "--format", "json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    for key in ["area", "asOf", "seed", "draws", "scenarios", "assumptions", "evidence", "options"] {
      #expect(document[key] != nil, "\(key) is missing")
    }
    let scenario = try #require((document["scenarios"] as? [[String: Any]])?.first)
    let service = try #require((scenario["services"] as? [[String: Any]])?.first)
    let year = try #require((service["years"] as? [[String: Any]])?.last)
    for key in [
      "year", "kind", "demand", "supply", "unmetNeed", "spend", "budget", "inYearBalance", "closingBalance",
      "probabilityOverspend", "probabilityDeficit",
    ] {
      #expect(year[key] != nil, "\(key) is missing")
    }
    let spend = try #require(year["spend"] as? [String: Any])
    #expect(Set(spend.keys) == ["mean", "p2_5", "p10", "p50", "p90", "p97_5"])
  }

  @Test("A folder gets the plan and a manifest whole, and is not overwritten unless asked")
  func folder() throws {
    let folder = try TemporaryFolder()
    let target = folder.url.appending(path: "plan").path
    let arguments = ["plan", sefton, "--draws", "50", "--output", target]
    #expect(try Command.run(arguments).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: target).sorted()
    #expect(names == ["manifest.json", "plan.csv", "plan.json", "plan.xlsx", "report.html"])
    let manifest = try String(contentsOfFile: target + "/manifest.json", encoding: .utf8)
    let plans = try String(
      contentsOf: Command.root.appending(path: "\(sefton)/series/plans.csv"), encoding: .utf8)
    #expect(manifest.contains("series/plans.csv"))
    #expect(manifest.contains("\"bytes\" : \(plans.utf8.count)"))
    let again = try Command.run(arguments)
    #expect(again.status == 73)
    #expect(again.errors.contains("--force"))
    #expect(try Command.run(arguments + ["--force"]).status == 0)
  }

  @Test("A folder that cannot be made leaves nothing behind") func unwritable() throws {
    let folder = try TemporaryFolder()
    let run = try Command.run(
      ["plan", sefton, "--draws", "10", "--output", folder.url.path + "/missing/plan"])
    #expect(run.status == 73)
    #expect(folder.names.isEmpty)
    let file = try folder.write("", to: "taken")
    #expect(try Command.run(["plan", sefton, "--draws", "10", "--output", file]).status == 73)
  }

  @Test("A hindcast knows nothing that was published later, and names what it cannot plan")
  func hindcast() throws {
    let run = try Command.run(
      ["plan", sefton, "--draws", "100", "--as-of", "2019-09-01", "--compare-outturn"])
    #expect(run.status == 65)
    #expect(run.output.components(separatedBy: "\nNot planned\n").count == 2)
    #expect(!run.errors.contains("not planned"))
    #expect(run.output.contains("2019-09-01"))
    let json = try Command.run(["plan", sefton, "--draws", "10", "--as-of", "2019-09-01", "--format", "json"])
    #expect(json.status == 65)
    #expect(json.errors.contains("not planned: high-needs"))
    let later = try Command.run(
      ["plan", sefton, "--draws", "100", "--as-of", "2021-09-01", "--compare-outturn"])
    #expect(later.output.contains("2022-01-15"))
    #expect(later.output.contains("2,243"))
  }

  @Test("A change on the command line and a scenario change the plan") func changes() throws {
    let base = try Command.run(["plan", sefton, "--draws", "200", "--format", "csv"])
    let refused = try Command.run(
      ["plan", sefton, "--draws", "200", "--format", "csv", "--set", "assumptions.plan-approved.value=0"])
    let scenario = try Command.run(
      ["plan", sefton, "--draws", "200", "--format", "csv", "--scenario", "grant-refused"])
    #expect(base.output != refused.output)
    #expect(
      refused.output == scenario.output.replacingOccurrences(of: "\ngrant-refused,", with: "\nbase,"))
    let shorter = try Command.run(["plan", sefton, "--draws", "50", "--to", "2027/28", "--format", "csv"])
    #expect(!shorter.output.contains("2028/29"))
  }

  @Test(
    "Wrong arguments are refused with a sentence and exit code 64",
    arguments: [
      ["plan"], ["plan", "Datasets/sefton", "--draws", "0"], ["plan", "Datasets/sefton", "--draws", "many"],
      ["plan", "Datasets/sefton", "--as-of", "2021-02-30"], ["plan", "Datasets/sefton", "--to", "2030"],
      ["plan", "Datasets/sefton", "--set", "nonsense"], ["plan", "Datasets/sefton", "--jobs", "0"],
      ["plan", "Datasets/sefton", "--format", "xml"], ["plan", "Datasets/sefton", "--only-comparison"],
      ["nonsense"],
    ])
  func wrongArguments(arguments: [String]) throws {
    let run = try Command.run(arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Error:"))
  }

  @Test(
    "A wrong value is refused with the form that is accepted",
    arguments: [
      ("--to", "2029", "such as 2029/30"), ("--as-of", "2021-02-30", "such as 2021-09-01"),
      ("--set", "foo", "write path=value"), ("--seed", "-1", "from 0 to"),
      ("--draws", "-5", "from 1 to 10,000,000"),
      ("--jobs", "0", "from 1 to 1,024"),
    ])
  func acceptedForms(option: String, value: String, words: String) throws {
    let run = try Command.run(["plan", sefton, option, value])
    #expect(run.status == 64)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("A plan is not written over the workspace's own files") func ownFiles() throws {
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "copy")
    try FileManager.default.copyItem(at: Command.root.appending(path: sefton), to: copy)
    let series = copy.appending(path: "series/plan.csv")
    try FileManager.default.moveItem(at: copy.appending(path: "series/plans.csv"), to: series)
    let file = copy.appending(path: "workspace.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacingOccurrences(of: "series/plans.csv", with: "series/plan.csv").utf8).write(to: file)
    let before = try Data(contentsOf: series)
    let run = try Command.run(
      ["plan", copy.path, "--draws", "10", "--output", copy.path + "/series", "--force"])
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.errors.contains("this is the input, "))
    #expect(try Data(contentsOf: series) == before)
  }

  @Test("The text names what was changed, and the JSON too") func namedChanges() throws {
    let change = "assumptions.plan-approved.value=0"
    let text = try Command.run(["plan", sefton, "--draws", "10", "--set", change])
    #expect(text.output.contains("Changed from the workspace: \(change)."))
    let json = try Command.run(["plan", sefton, "--draws", "10", "--set", change, "--format", "json"])
    #expect(json.output.contains("\"\(change)\""))
    #expect(try Command.run(["plan", sefton, "--draws", "10"]).output.contains("Unmitigated:"))
  }

  @Test("A disk that is full is said, and the exit code is 73") func fullDisk() throws {
    for arguments in [
      ["plan", sefton, "--draws", "10"], ["check", sefton], ["forecast", "--models"],
      ["forecast", "\(sefton)/series/population.csv", "--horizon", "1"],
    ] {
      let run = try Command.run(arguments, output: try FileHandle(forWritingTo: URL(filePath: "/dev/full")))
      #expect(run.status == 73, "\(arguments)")
      #expect(run.errors.contains("standard output: cannot be written"))
    }
  }

  @Test("A reader that has gone ends the command quietly") func readerGone() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let run = try Command.run(
      ["plan", sefton, "--draws", "10", "--quiet"], output: pipe.fileHandleForWriting)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
  }

  @Test("A change that the workspace cannot take, or a scenario it has not, is a wrong argument")
  func wrongValues() throws {
    for (change, words) in [
      ("assumptions.plan-aproved.value=0", "did you mean \"plan-approved\""),
      ("policies.after-override=forgiven", "held, general-fund, grant"),
      ("plan.to=2020/21", "before its first"),
      ("assumptions.plan-approved.value=lots", "is not a number"),
      ("services.high-needs=1", "holds more than one value"),
    ] {
      let run = try Command.run(["plan", sefton, "--draws", "10", "--set", change])
      #expect(run.status == 64, "\(change)")
      #expect(run.errors.contains("--set \(change): "))
      #expect(run.errors.contains(words), "\(change): \(run.errors)")
      #expect(run.output.isEmpty)
    }
    let scenario = try Command.run(["plan", sefton, "--scenario", "grant-refuse"])
    #expect(scenario.status == 64)
    #expect(scenario.errors.contains("did you mean \"grant-refused\""))
    let past = try Command.run(["plan", sefton, "--to", "2022/23"])
    #expect(past.status == 65)
    #expect(past.errors.contains("--to"))
  }

  @Test("A workspace that is not there is exit code 66") func missing() throws {
    let run = try Command.run(["plan", "Datasets/nowhere"])
    #expect(run.status == 66)
    #expect(run.errors.contains("Datasets/nowhere/workspace.yaml"))
  }

  @Test("The literate script tells its story and draws its figures") func notebook() throws {
    let folder = try TemporaryFolder()
    let run = try Command.run([sefton, folder.url.path], product: "high-needs-overspend")
    #expect(run.status == 0, "\(run.errors)")
    #expect(folder.names == ["balance.svg", "plans.svg", "story.txt"])
    #expect(run.output.contains("a gap of £2.1m"))
    let kept = Command.root.appending(path: "Notebooks-as-scripts/high-needs-overspend/figures")
    for name in folder.names {
      let made = try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
      let stored = try String(contentsOf: kept.appending(path: name), encoding: .utf8)
      #expect(made == stored, "\(name) in the repository is not what the script makes; run make notebook")
    }
  }
}
