import Commissioning
import Testing
import TimeSeries

@testable import Evidence

@Suite("A workspace in memory")
struct WorkspaceFolderTests {
  private static let scenario =
    """
    needscast: 1
    scenario: more
    reason: R.
    set: {assumptions.share.value: 20%}

    """

  /// A scenario in a file of its own beside the others, and a row that leaps.
  private static func invented() throws -> InventedWorkspace {
    let people = InventedWorkspace.files["people.csv"] ?? ""
    return try InventedWorkspace(
      [("scenarios:\n", "scenario-files: [more.yaml]\nscenarios:\n")],
      files: [
        "more.yaml": scenario, "people.csv": people + "people,Ambridge,2022-06-30,2000000,count,,yearly\n",
      ])
  }

  @Test("it is the workspace on disk: plans of all scenarios, series, files, warnings and date")
  func same() throws {
    let invented = try Self.invented()
    let (disk, memory) = (try invented.read(), try Workspace(in: invented.held()))
    #expect(memory.folder == disk.folder)
    #expect(memory.files == disk.files && memory.files.map(\.path).contains("more.yaml"))
    #expect(Array(memory.evidence) == Array(disk.evidence) && memory.evidence.count == 17)
    #expect(memory.warnings == disk.warnings && memory.warnings.count == 2)
    #expect(memory.notes == disk.notes)
    #expect(memory.latestPublication == disk.latestPublication && memory.latestPublication != nil)
    #expect(memory.scenarios == disk.scenarios && memory.scenarios.contains("more"))
    for scenario in ["base"] + disk.scenarios {
      #expect("\(try memory.plan(scenario: scenario))" == "\(try disk.plan(scenario: scenario))")
    }
    #expect("\(try memory.plan(scenario: "more"))" != "\(try memory.plan())")
  }

  @Test(
    "what is wrong with it is said in the same words, at the same places",
    arguments: [
      ("people.csv", "people,Ambridge,2020-06-30,20000,", "people,Ambridge,2020-06-30,20 thousand,"),
      ("people.csv", "series,area,period,value", "series,area,period,figure"),
    ])
  func sameProblems(_ name: String, _ old: String, _ new: String) throws {
    let text = try #require(InventedWorkspace.files[name])
    #expect(text.contains(old))
    let invented = try InventedWorkspace(files: [name: text.replacing(old, with: new)])
    #expect(invented.problemsInMemory() == invented.problems() && !invented.problems().isEmpty)
    let yaml = try InventedWorkspace([("kind: ring-fenced-grant", "kind: ring-fenced-grunt")])
    #expect(yaml.problemsInMemory() == yaml.problems() && !yaml.problems().isEmpty)
  }

  @Test("problems name the workspace as its caller does")
  func names() throws {
    let folder = try WorkspaceFolder(
      holding: ["workspace.yaml": "needscast: 1\narea: A\nseries: [a.csv]\n"], as: "Ambridge")
    let error = #expect(throws: EvidenceError.self) { try Workspace(in: folder) }
    #expect(error?.description == "Ambridge/workspace.yaml:1:1: the file needs the key \"plan\"")
    let none = try WorkspaceFolder(holding: [:], as: "Ambridge")
    #expect(throws: EvidenceError.notGiven(path: "Ambridge/workspace.yaml")) { try Workspace(in: none) }
  }

  @Test("a file that was not given is missing, whatever lies on disk")
  func notGiven() throws {
    let invented = try InventedWorkspace()
    let files = InventedWorkspace.files.merging(["workspace.yaml": InventedWorkspace.yaml]) { $1 }
      .filter { $0.key != "money.csv" }
    let folder = try WorkspaceFolder(holding: files, as: invented.folder.path)
    let error = #expect(throws: EvidenceError.self) { try Workspace(in: folder) }
    let sentence = "money.csv: this file is not among those that were given; give its text under its path"
    #expect(error?.description.contains(sentence) == true)
  }

  @Test(
    "paths that lead out of it are refused, and so are two ways to one file and what is no text",
    arguments: [
      (["../a.csv"], "Ambridge: \"../a.csv\" leads out of the workspace"),
      (["/etc/passwd"], "Ambridge: \"/etc/passwd\" leads out of the workspace"),
      (["series/../../a.csv"], "leads out of the workspace"),
      ([""], "Ambridge: \"\" leads out of the workspace"),
      (["a.csv", "./a.csv"], "Ambridge/a.csv: two of the files that were given have this path; give one"),
      (["s//a.csv", "s/a.csv"], "Ambridge/s/a.csv: two of the files"),
      (["a.csv.gz"], "Ambridge/a.csv.gz: a compressed file is no text; give its contents"),
    ])
  func refused(_ paths: [String], _ words: String) {
    let files = Dictionary(uniqueKeysWithValues: paths.map { ($0, "") })
    let error = #expect(throws: EvidenceError.self) { try WorkspaceFolder(holding: files, as: "Ambridge") }
    #expect(error?.description.contains(words) == true)
    #expect(error?.exitCode == 65)
  }

  @Test("every path that is wrong is named at once")
  func allRefused() {
    let error = #expect(throws: EvidenceError.self) {
      try WorkspaceFolder(holding: ["/b": "", "../a": "", "c.gz": ""], as: "A")
    }
    #expect(error?.problems.count == 3)
  }

  @Test("a list that leads out of it is refused as on disk, and reads nothing")
  func listLeadsOut() throws {
    let invented = try InventedWorkspace([("  - list.csv\n", "  - ../list.csv\n")])
    #expect(invented.problemsInMemory() == invented.problems())
    #expect(invented.problems().contains { $0.contains("\"../list.csv\" leads out of the workspace") })
  }

  @Test("the same files under the same name are the same; another byte or name is not")
  func equality() throws {
    let folder = try WorkspaceFolder(holding: ["a": "x", "b/c": "y"], as: "A")
    #expect(try folder == WorkspaceFolder(holding: ["./a": "x", "b//c": "y"], as: "A"))
    #expect(try folder != WorkspaceFolder(holding: ["a": "x", "b/c": "z"], as: "A"))
    #expect(try folder != WorkspaceFolder(holding: ["a": "x"], as: "A"))
    #expect(try folder != WorkspaceFolder(holding: ["a": "x", "b/c": "y"], as: "B"))
    let composed = try WorkspaceFolder(holding: ["a": "\u{E9}"], as: "\u{E9}")
    #expect(try composed != WorkspaceFolder(holding: ["a": "e\u{301}"], as: "\u{E9}"))
    #expect(try composed != WorkspaceFolder(holding: ["a": "\u{E9}"], as: "e\u{301}"))
    #expect(WorkspaceFolder(path: "a/workspace.yaml") == WorkspaceFolder(path: "a/"))
    #expect(WorkspaceFolder(path: "A") != folder)
  }
}
