import Commissioning
import Evidence
import Testing

@Suite("Services of children looked after, as a workspace states them")
struct PlacementReadingTests {
  private static let anchor = "    own-places: foster-places\n"

  private static let series = """
    series,area,period,calendar,value,unit,published
    starts,Ambridge,2020/21,financial,40,count,2021-11-30
    ceased,Ambridge,2020/21,financial,38,count,2021-11-30

    """

  /// The workspace with flows of looked-after children that a test writes.
  private static func workspace(_ flows: String) throws -> InventedWorkspace {
    try InventedWorkspace(
      [
        (anchor, anchor + "    flows: \(flows)\n"), ("  - list.csv\n", "  - list.csv\n  - flows.csv\n"),
      ], files: ["flows.csv": series])
  }

  private static func placements(_ workspace: InventedWorkspace) throws -> Placements {
    let plan = try workspace.read().plan()
    return try #require(plan.services.compactMap { $0 as? Placements }.first)
  }

  @Test("flows are read where they are named, and there are none where they are not")
  func flows() throws {
    let bare = try Self.placements(try InventedWorkspace())
    #expect(bare.flowEvidence == nil)
    #expect(bare.flows.map(\.id) == ["price", "price.foster", "share.foster", "share.parents"])
    let service = try Self.placements(try Self.workspace("{starts: starts, ceased: ceased}"))
    #expect(service.flowEvidence == Placements.FlowEvidence(starts: "starts", ceased: "ceased"))
    #expect(service.flows.map(\.id).prefix(3) == ["entries", "exits", "unexplained"])
  }

  @Test(
    "a key that is missing, unknown or leads to no series is refused with file, line and column",
    arguments: [
      ("{starts: starts}", 12, "services.looked-after.flows needs the key \"ceased\""),
      ("{starts: starts, ceased: ceased, moved: starts}", 45, "moved"),
      (
        "{starts: starts, ceased: cesed}", 37,
        "there is no series \"cesed\" for Ambridge; did you mean \"ceased\"?"
      ),
      ("{starts: [starts], ceased: ceased}", 21, "services.looked-after.flows.starts"),
      ("starts", 12, "services.looked-after.flows"),
    ])
  func faults(_ flows: String, column: Int, words: String) throws {
    let problems = try Self.workspace(flows).problems()
    // The list of series files is a line longer.
    let line = InventedWorkspace.line(of: "own-places: foster-places") + 2
    #expect(
      problems.contains { $0.hasPrefix("workspace.yaml:\(line):\(column): ") && $0.contains(words) },
      "\(problems)")
  }

  @Test("a scenario may change what the service lets be changed, and is answered with it otherwise")
  func levers() throws {
    let flows = "{starts: starts, ceased: ceased}"
    func problems(_ change: String) throws -> [String] {
      let workspace = try Self.workspace(flows)
      let text = """
        needscast: 1
        scenario: other
        reason: Invented.
        change:
          - \(change)

        """
      _ = try workspace.folder.file("other.yaml", text)
      do {
        _ = try Workspace(
          reading: workspace.folder.path, scenarioFiles: [workspace.folder.path + "/other.yaml"])
        return []
      } catch {
        return error.description.split(separator: "\n").map(String.init)
      }
    }
    for sound in [
      "{path: looked-after.entries, multiply: 0.9}", "{path: looked-after.exits, growth: 5%, from: 2023/24}",
      "{path: looked-after.share.foster, add: 0.05}", "{path: looked-after.price.foster, add: 50}",
    ] { #expect(try problems(sound) == []) }
    let wrong = try problems("{path: looked-after.entry, multiply: 0.9}")
    #expect(
      wrong.contains {
        $0.contains("other.yaml:5:12: ") && $0.contains("looked-after has no flow \"entry\"")
          && $0.contains("entries (")
      }, "\(wrong)")
    #expect(
      try problems("{path: looked-after.price.parents, add: 50}").contains { $0.contains("price.foster") })
  }
}
