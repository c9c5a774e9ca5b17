import Commissioning
import Testing
import TimeSeries

@testable import Evidence

@Suite("Scenarios")
struct ScenarioReadingTests {
  static let chain = """
    scenarios:
      far:
        reason: The farthest.
        set: {assumptions.amount.value: 1, assumptions.share.value: 25%}
      middle:
        reason: In between.
        inherits: far
        set: {assumptions.amount.value: 2}
        change:
          - {path: assumptions.share, add: 5%}
      near:
        reason: The nearest.
        author: A. Planner
        date: 2023-01-31
        inherits: middle
        change:
          - {path: assumptions.amount, multiply: 10}

    """

  @Test("what a scenario inherits is changed before its own changes, and each sees what the last has left")
  func inheritance() throws {
    let scenarios = try InventedScenarios(Self.chain)
    #expect(try scenarios.plan("far").value("amount") == .fixed(1))
    #expect(try scenarios.plan("middle").value("amount") == .fixed(2))
    #expect(try scenarios.plan("middle").value("share") == .fixed(0.3))
    #expect(try scenarios.plan("near").value("amount") == .fixed(20))
    #expect(try scenarios.plan("near").value("share") == .fixed(0.3))
    let last = Override(path: "assumptions.amount.multiply", value: "2")
    #expect(try scenarios.plan("near", [last]).value("amount") == .fixed(40))
    let chain = try scenarios.read().chain(of: "near")
    #expect(chain.map(\.name) == ["far", "middle", "near"])
    #expect(chain[2].author == "A. Planner" && chain[2].date == CivilDate("2023-01-31"))
    #expect(chain[2].changes == ["assumptions.amount.multiply=10"])
    #expect(chain[1].changes == ["assumptions.amount.value=2", "assumptions.share.add=5%"])
    #expect(try scenarios.read().chain(of: "base").isEmpty)
  }

  @Test("the order of the file does not matter to inheritance")
  func order() throws {
    let plan = try InventedScenarios(
      """
      scenarios:
        child:
          reason: First in the file.
          inherits: parent
          change: [{path: assumptions.amount, add: 1}]
        parent:
          reason: Last in the file.
          inherits: base
          set: {assumptions.amount.value: 5}

      """
    ).plan("child")
    #expect(plan.value("amount") == .fixed(6))
  }

  @Test("a circle of inheritance is named, once, where the first of it stands")
  func circle() throws {
    let problems = try InventedScenarios(
      """
      scenarios:
        outside: {reason: Leads in., inherits: one}
        one: {reason: First., inherits: two}
        two: {reason: Second., inherits: three}
        three: {reason: Third., inherits: one}
        itself: {reason: Alone., inherits: itself}

      """
    ).problems()
    let line = InventedScenarios.firstLine
    #expect(
      problems == [
        "workspace.yaml:\(line + 2):35: scenarios inherit from one another in a circle, one from two from three from "
          + "one; let one of them inherit from \"base\" or from nothing",
        "workspace.yaml:\(line + 5):38: scenarios inherit from one another in a circle, itself from itself; let one of "
          + "them inherit from \"base\" or from nothing",
      ])
  }

  @Test("a parent that is not there is told from those that are")
  func unknownParent() throws {
    let problems = try InventedScenarios(
      """
      scenarios:
        slower: {reason: A., set: {assumptions.amount.value: 5}}
        other: {reason: B., inherits: slowr}

      """
    ).problems()
    #expect(
      problems == [
        "workspace.yaml:\(InventedScenarios.firstLine + 2):33: there is no scenario \"slowr\" to inherit from; did you "
          + "mean \"slower\"? Accepted are base, slower"
      ])
  }

  @Test(
    "what is wrong with a scenario stands at its place, with what would be accepted",
    arguments: [
      ("a: {^reasn: A., set: {}}", "unknown key \"reasn\" in scenarios.a; did you mean \"reason\"?"),
      ("a: {reason: A., ^chnge: []}", "unknown key \"chnge\" in scenarios.a; did you mean \"change\"?"),
      ("a: ^{set: {area: B}}", "scenarios.a needs the key \"reason\""),
      (
        "a: ^{reason: A.}",
        "scenarios.a changes nothing; give \"set\", paths and their values, or \"change\""
      ),
      ("a: {reason: A., date: ^May, inherits: base}", "is not a day; write it as 2028-03-31"),
      ("a: {reason: A., set: ^5}", "scenarios.a.set must be a mapping"),
      ("a: {reason: A., change: ^5}", "scenarios.a.change must be a list"),
      ("^base: {reason: A.}", "\"base\" is the workspace as it stands; choose another name"),
      ("^a.yaml: {reason: A.}", "\"a.yaml\" would be read as a file's name; choose another name"),
    ])
  func wrong(_ text: String, _ message: String) throws {
    let marked = Marked(text, from: 3)
    let problems = try InventedScenarios("scenarios:\n  \(marked.text)\n").problems()
    let place = "workspace.yaml:\(InventedScenarios.firstLine + 1):\(marked.column): "
    #expect(
      problems.count == 1 && problems[0].hasPrefix(place) && problems[0].contains(message), "\(problems)")
  }

  // MARK: Files of their own

  static let file = """
    needscast: 1
    scenario: from-a-file
    reason: It stands alone.
    inherits: far
    set: {assumptions.share.value: 20%}

    """

  @Test("files of scenarios are read with the workspace, inherit from it and are listed with it")
  func files() throws {
    let workspace = try InventedScenarios(
      Self.chain + "scenario-files: [one.yaml]\n", files: ["one.yaml": Self.file]
    ).read()
    #expect(workspace.scenarios == ["far", "middle", "near", "from-a-file"])
    let plan = try workspace.plan(scenario: "from-a-file")
    #expect(plan.value("share") == .fixed(0.2) && plan.value("amount") == .fixed(1))
    let file = try #require(workspace.files.last)
    #expect(file.path == "one.yaml" && file.location == "\(workspace.folder)/one.yaml")
    #expect(file.bytes == Array(Self.file.utf8))
  }

  @Test("a file from anywhere joins them under the name that it states")
  func fileFromAnywhere() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("what-if.yaml", Self.file)
    let invented = try InventedScenarios(Self.chain)
    let workspace = try Workspace(reading: invented.invented.folder.path, scenarioFiles: [path])
    #expect(workspace.scenarioName(of: path) == "from-a-file")
    #expect(workspace.scenarioName(of: "far") == "far")
    #expect(try workspace.plan(scenario: "from-a-file").value("share") == .fixed(0.2))
    #expect(workspace.files.last?.path == path && workspace.files.last?.location == path)
    #expect(Workspace.isScenarioFile(path) && !Workspace.isScenarioFile("far"))
    #expect(throws: EvidenceError.noSuchFile(path: "not-there.yaml")) {
      try Workspace(reading: invented.invented.folder.path, scenarioFiles: ["not-there.yaml"])
    }
  }

  @Test(
    "what is wrong with a file of a scenario is said with its own name, line and column",
    arguments: [
      (file.replacing("needscast: 1\n", with: ""), "one.yaml:1:1: the file needs the key \"needscast\""),
      (
        file.replacing("needscast: 1", with: "needscast: 2"),
        "one.yaml:1:12: \"2\" in needscast is no version"
      ),
      (
        file.replacing("reason:", with: "resaon:"),
        "one.yaml:3:1: unknown key \"resaon\" in the file; did you "
      ),
      (
        file.replacing("from-a-file", with: "far"),
        "one.yaml:2:11: there is a scenario \"far\" already, at workspace.yaml:"
      ),
      (
        file.replacing("share.value", with: "shore.value"),
        "one.yaml:5:32: assumptions.shore.value: there is no "
      ),
      (file.replacing("20%", with: "much"), "one.yaml:5:32: \"much\" in "),
      (file.replacing("20%}", with: "20%"), "one.yaml:6:1: this is not YAML"),
    ])
  func wrongFile(_ text: String, _ message: String) throws {
    let problems = try InventedScenarios(
      Self.chain + "scenario-files: [one.yaml]\n", files: ["one.yaml": text]
    ).problems()
    #expect(problems.count == 1 && problems[0].hasPrefix(message), "\(problems)")
  }

  @Test(
    "a list of files keeps to the workspace's folder and to files that are there",
    arguments: [
      ("[../one.yaml]", "\"../one.yaml\" leads out of the workspace; keep its files in its folder"),
      ("[/one.yaml]", "\"/one.yaml\" leads out of the workspace"),
      ("[one.yaml, ./one.yaml]", "\"./one.yaml\" is listed twice"),
      ("[two.yaml]", "two.yaml: there is no such file"),
      ("one.yaml", "scenario-files must be a list"),
    ])
  func wrongList(_ list: String, _ message: String) throws {
    let problems = try InventedScenarios(
      Self.chain + "scenario-files: \(list)\n", files: ["one.yaml": Self.file]
    ).problems()
    let line = InventedScenarios.firstLine + Self.chain.count { $0 == "\n" }
    #expect(
      problems.count == 1 && problems[0].hasPrefix("workspace.yaml:\(line):")
        && problems[0].contains(message),
      "\(problems)")
  }

  @Test("a file that is not UTF-8 is refused")
  func notText() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("bad.yaml", Array("scenario: caf".utf8) + [0xE9])
    let workspace = try InventedScenarios(Self.chain)
    do {
      _ = try Workspace(reading: workspace.invented.folder.path, scenarioFiles: [path])
      Issue.record("no error")
    } catch {
      #expect("\(error)".hasSuffix("bad.yaml: this is not UTF-8; save it as UTF-8"))
    }
  }
}
