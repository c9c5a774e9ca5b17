import Commissioning
import Evidence
import Testing
import TimeSeries

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

  // MARK: Episodes

  private static let placed = [
    (
      "      foster: {name: Foster care, share: foster-share, weekly-cost: foster-cost}",
      "      foster: {name: Foster care, share: foster-share, weekly-cost: foster-cost, codes: [U1, U4]}"
    ),
    (
      "no-weekly-cost: nothing is paid}", "no-weekly-cost: nothing is paid, codes: [P1]}"
    ),
  ]
  private static let returns = [
    "    episodes:", "      returns:",
    "        - {year: 2020/21, header: h2021.csv, episodes: e2021.csv}",
    "        - {year: 2021/22, header: h2022.csv, episodes: e2022.csv}",
    "      reference-from: 2020-04-01", "      reference-to: 2022-03-31", "",
  ].joined(separator: "\n")
  /// Children who never were.
  private static let files = [
    "h2021.csv": "CHILD,DOB\nA,15/06/2010\nB,01/02/2015\n",
    "h2022.csv": "CHILD,DOB\nA,15/06/2010\nB,01/02/2015\nC,03/03/2008\n",
    "e2021.csv": "CHILD,DECOM,DEC,PLACE,PLACE_PROVIDER\nA,05/04/2020,,U4,PR1\nB,01/12/2020,,P1,PR0\n",
    "e2022.csv": """
    CHILD,DECOM,DEC,PLACE,PLACE_PROVIDER
    A,05/04/2020,20/06/2021,U4,PR1
    A,20/06/2021,,K2,PR4
    B,01/12/2020,01/03/2022,P1,PR0
    C,09/09/2021,,U1,PR2

    """,
  ]

  private static func withEpisodes(
    _ changes: [(String, String)] = [], files: [String: String] = [:]
  ) throws -> InventedWorkspace {
    var text = returns
    for (old, new) in changes {
      guard text.contains(old) else { throw InventedWorkspace.Missing(text: old) }
      text = text.replacing(old, with: new)
    }
    return try InventedWorkspace(
      placed + [(anchor, anchor + text)], files: Self.files.merging(files, uniquingKeysWith: { $1 }))
  }

  private static func evidence(of workspace: Workspace) throws -> Placements.EpisodeEvidence {
    try #require(try workspace.plan().services.compactMap { $0 as? Placements }.first?.episodeEvidence)
  }

  @Test("returns are read from memory as they are from disk")
  func episodesInMemory() throws {
    let invented = try Self.withEpisodes()
    let (disk, memory) = (try invented.read(), try Workspace(in: invented.held()))
    #expect(memory.files == disk.files && memory.files.count == 8)
    let (one, other) = (try Self.evidence(of: memory), try Self.evidence(of: disk))
    #expect(one.episodes.episodes == other.episodes.episodes && one.episodes.episodes.count == 4)
    #expect(one.episodes.scheme == other.episodes.scheme && one.through == other.through)
    let wrong = try Self.withEpisodes(files: ["e2021.csv": "CHILD,DECOM,DEC,PLACE\nA,35/04/2020,,U4\n"])
    #expect(wrong.problemsInMemory() == wrong.problems() && wrong.problems().count == 1)
  }

  @Test(
    "returns are read in the categories of the placements, and the files count among those of the workspace")
  func episodes() throws {
    let workspace = try Self.withEpisodes()
    let evidence = try #require(try Self.placements(workspace).episodeEvidence)
    #expect(evidence.episodes.scheme.categories.map(\.id) == ["foster", "parents", "other-placements"])
    #expect(evidence.episodes.observedThrough == FinancialYear(2021).lastDay)
    #expect(evidence.from == FinancialYear(2020).firstDay && evidence.through == FinancialYear(2021).lastDay)
    #expect(try evidence.episodes.children(on: evidence.through).map(\.category).sorted() == [0, 2])
    #expect(evidence.notes == [])
    let read = try workspace.read()
    #expect(read.files.map(\.path).suffix(4) == ["h2021.csv", "e2021.csv", "h2022.csv", "e2022.csv"])
  }

  @Test("what was accepted of doubtful rows is counted in a note")
  func accepted() throws {
    let doubtful =
      "CHILD,DECOM,DEC,PLACE,PLACE_PROVIDER\nA,05/04/2020,,U4,PR1\nB,01/12/2020,,P1,PR0\nZ,01/12/2020,01/02/2021,U4,PR1\n"
    let refused = try Self.withEpisodes(files: ["e2021.csv": doubtful]).problems()
    #expect(refused.contains { $0.hasPrefix("e2021.csv:4: the child is in no Header file") }, "\(refused)")
    let mended = try Self.withEpisodes(
      [("reference-to: 2022-03-31", "reference-to: 2022-03-31\n      accept: [leave-out-without-header]")],
      files: ["e2021.csv": doubtful])
    let notes = try #require(try Self.placements(mended).episodeEvidence).notes
    #expect(
      notes == [
        "Rows of the returns of children looked after that were doubtful and are taken as accepted: 1."
      ])
  }

  @Test("no complaint about a return names a child or a date of birth")
  func privacy() throws {
    let problems = try Self.withEpisodes(files: [
      "h2022.csv": "CHILD,DOB\nA,16/06/2010\nB,2015\nC,03/03/2008\n",
      "e2022.csv": """
      CHILD,DECOM,DEC,PLACE,PLACE_PROVIDER
      UPN77,05/04/2021,20/06/2021,U4,PR1
      A,05/04/2020,,U4,PR1
      A,05/04/2020,,U4,PR1
      C,01/01/2008,01/02/2008,U1,PR1

      """,
    ]).problems()
    #expect(problems.count >= 4, "\(problems)")
    #expect(
      problems.allSatisfy { !$0.contains("UPN77") && !$0.contains("child A") && !$0.contains("2010") },
      "\(problems)")
    #expect(problems.allSatisfy { !$0.contains("2008-03-03") })
  }

  @Test(
    "what is wrong with the episodes is refused with file, line and column",
    arguments: [
      ("header: h2021.csv", "header: h2020.csv", 2, 35, "h2020.csv"),
      ("header: h2021.csv", "header: ../h.csv", 2, 35, "leads out of the workspace"),
      ("      reference-from: 2020-04-01\n", "", 1, 7, "episodes needs the key \"reference-from\""),
      ("reference-from: 2020-04-01", "reference-from: 2023-04-01", 5, 21, "before 2023-04-01"),
      ("reference-to: 2022-03-31", "reference-to: 2023-03-31", 5, 21, "the last return ends on 2022-03-31"),
      ("year: 2020/21, ", "", 2, 11, "needs the key \"year\""),
      ("year: 2020/21", "yaer: 2020/21", 2, 12, "unknown key \"yaer\""),
      ("reference-to: 2022-03-31", "reference-to: 2022-03-31\n      accept: [all]", 6, 16, "is not one of"),
    ])
  func faultsOfEpisodes(_ old: String, _ new: String, below: Int, column: Int, words: String) throws {
    let problems = try Self.withEpisodes([(old, new)]).problems()
    let line = InventedWorkspace.line(of: "own-places: foster-places") + 1 + below
    #expect(
      problems.contains { $0.hasPrefix("workspace.yaml:\(line):\(column): ") && $0.contains(words) },
      "\(problems)")
  }

  @Test("every placement needs codes of its own, which exist")
  func codes() throws {
    func problems(_ codes: String) throws -> [String] {
      var changes = Self.placed
      changes[1].1 = "no-weekly-cost: nothing is paid\(codes)}"
      return try InventedWorkspace(changes + [(Self.anchor, Self.anchor + Self.returns)], files: Self.files)
        .problems()
    }
    #expect(try problems("").contains { $0.contains("With parents has no placement codes") })
    #expect(
      try problems(", codes: [P9]").contains { $0.contains("\"P9\"") && $0.contains("is no placement code") })
    #expect(try problems(", codes: [P1, P1]").contains { $0.contains("\"P1\" stands twice") })
    #expect(try problems(", codes: [U4]").contains { $0.contains("placement U4 belongs to both") })
  }
}
