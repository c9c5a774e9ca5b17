import Testing
import TimeSeries

@testable import Commissioning
@testable import Evidence

@Suite("Changes of flows")
struct LeverReadingTests {
  static func scenarios(_ changes: String...) throws -> InventedScenarios {
    try InventedScenarios(
      "scenarios:\n  a:\n    reason: A.\n    change:\n"
        + changes.map { "      - \($0)\n" }.joined())
  }

  static let referrals = Flow(service: "therapy", name: "referrals")

  @Test("every operation becomes a lever, with its years and in the order in which it is stated")
  func levers() throws {
    let plan = try Self.scenarios(
      "{path: therapy.referrals, growth: -10%, from: 2022/23, until: 2023/24}",
      "{path: therapy.capacity, add: 60, from: 2022-04-01}",
      "{path: neet.places, multiply: 90%, until: 2024-03-31}",
      "{path: neet.unit-cost, set: {low: 1, most-likely: 2, high: 3}}"
    ).plan("a")
    #expect(
      plan.levers == [
        try Lever(
          flow: Self.referrals, operation: .growth, value: .fixed(-0.1), from: FinancialYear(2022),
          until: FinancialYear(2023)),
        try Lever(
          flow: Flow(service: "therapy", name: "capacity"), operation: .add, value: .fixed(60),
          from: FinancialYear(2022)),
        try Lever(
          flow: Flow(service: "neet", name: "places"), operation: .multiply, value: .fixed(0.9),
          until: FinancialYear(2023)),
        try Lever(
          flow: Flow(service: "neet", name: "unit-cost"), operation: .set,
          value: .range(low: 1, mostLikely: 2, high: 3)),
      ])
  }

  @Test(
    "the command line states the same change with the years behind an at sign",
    arguments: [
      ("-10%", nil, nil), ("-10%@2022/23..2023/24", 2022, 2023), ("-10%@2022/23..", 2022, nil),
      ("-10%@..2023/24", nil, 2023), ("-10%@2022/23", 2022, 2022),
      ("-10%@2022-04-01..2024-03-31", 2022, 2023),
    ] as [(String, Int?, Int?)])
  func commandLine(_ value: String, _ from: Int?, _ until: Int?) throws {
    let lever = try Lever(
      flow: Self.referrals, operation: .growth, value: .fixed(-0.1), from: from.map { FinancialYear($0) },
      until: until.map { FinancialYear($0) })
    let scenarios = try InventedScenarios(ScenarioReadingTests.chain)
    let override = Override(path: "therapy.referrals.growth", value: value)
    #expect(try scenarios.plan("far", [override]).levers == [lever])
    let listed = try InventedScenarios(
      "scenarios:\n  a:\n    reason: A.\n    set: {therapy.referrals.growth: \"\(value)\"}\n")
    #expect(try listed.plan("a").levers == [lever])
  }

  @Test("a change is written out as it would be stated on the command line, and reads back as itself")
  func text() throws {
    let scenarios = try Self.scenarios(
      "{path: therapy.referrals, growth: -10%, from: 2022/23}",
      "{path: neet.places, set: {low: 1, most-likely: 2, high: 3}}")
    let texts = try #require(try scenarios.read().scenarioDefinitions.first).changes
    #expect(
      texts == [
        "therapy.referrals.growth=-10%@2022/23..", "neet.places.set={low: 1, most-likely: 2, high: 3}",
      ])
    let overrides = texts.compactMap { Override($0) }
    #expect(try scenarios.plan("base", overrides).levers == (try scenarios.plan("a").levers))
  }

  @Test("levers of a chain follow one another, and what is set later takes the place of what was set before")
  func inheritance() throws {
    let scenarios = try InventedScenarios(
      """
      scenarios:
        far:
          reason: A.
          change:
            - {path: therapy.referrals, growth: -10%}
            - {path: therapy.capacity, set: 100, from: 2022/23}
        near:
          reason: B.
          inherits: far
          change:
            - {path: therapy.referrals, growth: -5%}
            - {path: therapy.capacity, set: 200}

      """)
    let near = try scenarios.plan("near").levers
    #expect(near.map(\.operation) == [.growth, .growth, .set])
    #expect(near.map(\.value) == [.fixed(-0.1), .fixed(-0.05), .fixed(200)])
    let override = Override(path: "therapy.capacity.set", value: "300")
    #expect(try scenarios.plan("near", [override]).levers.last?.value == .fixed(300))
  }

  @Test(
    "a change of a flow that cannot be made is refused where it stands, with what would be accepted",
    arguments: [
      (
        "{path: ^therapy.referals, growth: -10%}",
        "therapy has no flow \"referals\"; did you mean \"referrals\"? Its flows are referrals (referrals that stay, in a "
      ),
      ("{path: ^therapy.beds, growth: -10%}", "therapy has no flow \"beds\"; its flows are referrals ("),
      ("{path: therapy.referrals, growth: ^-100%}", "growth a year, above -1 or -100%, is needed"),
      ("{path: therapy.referrals, multiply: ^-1}", "a factor, 0 or more, is needed"),
      ("{path: therapy.referrals, add: ^many}", "\"many\" in scenarios.a.change.1.add is not a number"),
      (
        "{path: therapy.referrals, add: ^[1]}",
        "must be a number, such as 60 or -10%, or a range {low: -15%"
      ),
      ("{path: therapy.referrals, add: ^{low: 1, high: 2}}", "needs the key \"most-likely\""),
      (
        "{path: therapy.referrals, add: ^{low: 3, most-likely: 2, high: 1}}",
        "low <= most-likely <= high is needed"
      ),
      (
        "{path: therapy.referrals, add: 1, from: ^2030/31}",
        "\"from\" is 2030/31, and the plan's years are 2021/22 to 2024/25; name one of these, or leave it out"
      ),
      ("{path: therapy.referrals, add: 1, until: ^2020/21}", "\"until\" is 2020/21, and the plan's years"),
      ("{path: therapy.referrals, add: 1, until: ^2030-03-31}", "\"until\" is 2030-03-31, and the plan's"),
      (
        "{path: therapy.referrals, add: 1, from: ^2022-09-01}",
        "within a financial year, and a change acts in whole ones; write 2022/23, or 2022-04-01"
      ),
      ("{path: therapy.referrals, add: 1, until: ^2023-04-01}", "write 2023/24, or 2024-03-31"),
      (
        "{path: therapy.referrals, add: 1, from: ^soon}", "is neither a financial year, 2025/26, nor a day"
      ),
      ("{path: therapy.referrals, add: 1, from: ^[2022/23]}", "must be a text"),
      (
        "{path: therapy.referrals, add: 1, from: 2023/24, until: ^2022/23}",
        "the change ends in 2022/23, before it begins in 2023/24; exchange them"
      ),
    ])
  func refused(_ change: String, _ message: String) throws {
    let marked = Marked(change, from: 9)
    let problems = try Self.scenarios(marked.text).problems()
    let place = "workspace.yaml:\(InventedScenarios.firstLine + 4):\(marked.column): "
    #expect(
      problems.count == 1 && problems[0].hasPrefix(place) && problems[0].contains(message), "\(problems)")
  }

  @Test("two values for one year are refused, with the place of the first")
  func setTwice() throws {
    let problems = try Self.scenarios(
      "{path: therapy.capacity, set: 100}", "{path: therapy.capacity, set: 200, from: 2023/24}"
    ).problems()
    let line = InventedScenarios.firstLine
    #expect(problems.count == 1)
    #expect(
      problems[0].hasPrefix(
        "workspace.yaml:\(line + 5):16: therapy.capacity: it is set for 2023/24 already, at "))
    #expect(problems[0].hasSuffix("workspace.yaml:\(line + 4); end one of the two before the other begins"))
    let parts = try Self.scenarios(
      "{path: therapy.capacity, set: 100, until: 2022/23}",
      "{path: therapy.capacity, set: 200, from: 2023/24}")
    #expect(try parts.plan("a").levers.count == 2)
  }

  @Test("what sets a part of the years that an inherited value covers is refused, and says how to go on")
  func setInPart() throws {
    let scenarios = try Self.scenarios("{path: therapy.capacity, set: 100}")
    do {
      _ = try scenarios.plan("a", [Override(path: "therapy.capacity.set", value: "5@2023/24..")])
      Issue.record("no error")
    } catch let error as EvidenceError {
      #expect(
        "\(error)".hasPrefix(
          "--set therapy.capacity.set=5@2023/24..: therapy.capacity: it is set for 2023/24 "))
      #expect("\(error)".hasSuffix(", or set all of 2021/22 to 2024/25 here"))
    }
  }

  @Test(
    "a mistake on the command line is told from what would be accepted",
    arguments: [
      (
        "therapy.referrals", "5",
        "end the path with what is done to it, one of .add, .growth, .multiply, .set"
      ),
      ("therapy.referrals.growht", "5%", "one of .add, .growth, .multiply, .set; did you mean \".growth\"?"),
      (
        "therapy.referrals.growth", "5%@..", "\"@..\" names no year; leave it out, or write @2025/26..2027/28"
      ),
      ("therapy.referrals.growth", "5%@", "must be a text"),
      ("therapy.referrals.growth", "@2022/23", "is not"),
      ("theraphy.referrals.growth", "5%", "nor a flow of a service; did you mean \"therapy\"?"),
    ])
  func refusedOnCommandLine(_ path: String, _ value: String, _ message: String) throws {
    let workspace = try InventedScenarios(ScenarioReadingTests.chain).read()
    do {
      _ = try workspace.plan(overrides: [Override(path: path, value: value)])
      Issue.record("no error")
    } catch {
      #expect("\(error)".hasPrefix("--set \(path)=\(value): ") && "\(error)".contains(message), "\(error)")
      #expect(error.exitCode == 64)
    }
  }

  /// A service without flows.
  struct Still: ServiceDefinition {
    let id = "still"
    let name = "Still"
    let meaning = ServiceMeaning(need: "n", demand: "d", supply: "s", unmetNeed: "u")

    func simulate(in simulation: Simulation) throws(CommissioningError) -> ServiceSimulation {
      ServiceSimulation()
    }

    func published(_ id: String, at period: Period, in panel: Panel, area: String) -> Double? { nil }
  }

  @Test("a service without flows says so")
  func noFlows() throws {
    let node = try WorkspaceNode(yaml: "{path: still.anything, add: 1}", file: "a.yaml")
    let stated = PlanTree.StatedLever(
      change: try StatedChange(node), service: "still", flow: "anything", level: 0)
    var problems: [Problem] = []
    let reading = LeverReading(
      services: [Still()], unread: [], years: FinancialYear(2021)...FinancialYear(2024))
    #expect(reading.levers([stated], problems: &problems).isEmpty)
    #expect(
      problems.map(\.description) == [
        "a.yaml:1:8: still.anything: still has no flows that can be changed; change what it assumes, under "
          + "services.still and assumptions"
      ])
    // What is wrong with a service that could not be read has been said.
    problems = []
    let unread = LeverReading(services: [], unread: ["still"], years: reading.years)
    #expect(unread.levers([stated], problems: &problems).isEmpty && problems.isEmpty)
  }
}
