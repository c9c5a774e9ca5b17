import Commissioning
import Testing
import TimeSeries

@testable import Evidence

@Suite("Changes of numbers")
struct ScenarioChangeTests {
  static func scenarios(_ change: String) throws -> InventedScenarios {
    try InventedScenarios("scenarios:\n  a:\n    reason: A.\n    change:\n      - \(change)\n")
  }

  @Test("to add or multiply acts on a value, and on a whole range; to set replaces either")
  func assumptions() throws {
    func value(_ change: String, _ id: String) throws -> Assumption.Value? {
      try Self.scenarios(change).plan("a").value(id)
    }
    #expect(try value("{path: assumptions.amount, add: -250}", "amount") == .fixed(750))
    #expect(try value("{path: assumptions.amount.value, multiply: 110%}", "amount") == .fixed(1100))
    #expect(try value("{path: assumptions.share, add: 5%}", "share") == .fixed(0.55))
    #expect(try value("{path: assumptions.share, multiply: 0}", "share") == .fixed(0))
    #expect(
      try value("{path: assumptions.growth, add: 1%}", "growth")
        == .range(low: 0.02, mostLikely: 0.035 + 0.01, high: 0.07 + 0.01))
    #expect(
      try value("{path: assumptions.growth, multiply: 2}", "growth")
        == .range(low: 0.02, mostLikely: 0.07, high: 0.14))
    #expect(
      try value("{path: assumptions.growth.value.high, add: 1%}", "growth")
        == .range(low: 0.01, mostLikely: 0.035, high: 0.07 + 0.01))
    #expect(try value("{path: assumptions.growth, set: 3%}", "growth") == .fixed(0.03))
    #expect(
      try value("{path: assumptions.amount, set: {low: 1, most-likely: 2, high: 3}}", "amount")
        == .range(low: 1, mostLikely: 2, high: 3))
  }

  @Test("a factor of one leaves every number as it is, to the last bit")
  func factorOfOne() throws {
    let base = try InventedScenarios(ScenarioReadingTests.chain).plan("base")
    for id in ["growth", "share", "amount"] {
      let plan = try Self.scenarios("{path: assumptions.\(id), multiply: 1}").plan("a")
      #expect(plan.assumptions == base.assumptions)
    }
  }

  @Test("a percentage stays one, with the same digits")
  func percentages() {
    for (share, text) in [
      (0.055, "5.5%"), (0.5, "50%"), (1, "100%"), (0, "0%"), (-0.02, "-2%"), (0.123456, "12.3456%"),
      (12.5, "1250%"), (0.000125, "0.0125%"),
    ] {
      #expect(WorkspaceNode.percentage(share) == text)
    }
    #expect(WorkspaceNode.percentage(1e-6).hasSuffix("%"))
  }

  @Test("any number of the workspace may be changed by its path")
  func numbers() throws {
    let plan = try Self.scenarios(
      "{path: services.high-needs.opening-balances.1.amount, multiply: 1.5}"
    ).plan("a")
    #expect((plan.services[0] as? RingFencedGrant)?.openingBalances.map(\.amount) == [-3_000_000])
    #expect(try Self.scenarios("{path: plan.draws, add: 50}").plan("a").draws == 150)
    #expect(
      try Self.scenarios("{path: policies.block-transfer-limit.1.share, multiply: 2}").plan("a").policies
        .blockTransferLimit.map(\.content) == [0.01])
  }

  @Test("the command line and the list of values under set take the same changes")
  func sameEverywhere() throws {
    let scenarios = try InventedScenarios(
      "scenarios:\n  a:\n    reason: A.\n    set:\n      assumptions.amount.add: 5\n")
    #expect(try scenarios.plan("a").value("amount") == .fixed(1005))
    let override = Override(path: "assumptions.growth.multiply", value: "2")
    #expect(
      try scenarios.plan("base", [override]).value("growth")
        == .range(low: 0.02, mostLikely: 0.07, high: 0.14))
    #expect(override.text == "assumptions.growth.multiply=2")
  }

  @Test(
    "a change that cannot be made is refused where it stands, with what would be accepted",
    arguments: [
      (
        "^{path: assumptions.amount}",
        "says what is changed and not how; give one of add, growth, multiply, set"
      ),
      (
        "^{path: assumptions.amount, add: 1, multiply: 2}",
        "has add and multiply; one change does one thing, so write two of them"
      ),
      (
        "{path: assumptions.amount, ^ad: 1}",
        "unknown key \"ad\" in scenarios.a.change.1; did you mean \"add\"?"
      ),
      ("^{add: 1}", "scenarios.a.change.1 needs the key \"path\""),
      (
        "{path: ^assumptions.amont, add: 1}",
        "assumptions.amont: there is no \"amont\" in assumptions; did you mean "
      ),
      ("{path: ^amount, add: 1}", "did you mean assumptions.amount?"),
      ("{path: ^nothing, add: 1}", "this is neither a value of the workspace nor a flow of a service; "),
      ("{path: ^therapi.referrals, add: 1}", "did you mean \"therapy\"?"),
      (
        "{path: ^area, add: 1}",
        "area is \"Ambridge\", and only a number can be changed by \"add\"; use \"set\""
      ),
      ("{path: ^plan, add: 1}", "plan holds more than one value; name one of plan.name, plan.from"),
      (
        "{path: ^series, add: 1}",
        "series is a list of 3; name one of its items by its number, from series.1"
      ),
      (
        "{path: assumptions.share, add: ^1}",
        "1 added to 50% is 1 times the whole; write 1% for percentage points"
      ),
      ("{path: assumptions.amount, add: ^10%}", "10% cannot be added to 1000, which is no percentage"),
      (
        "{path: assumptions.amount, multiply: ^-1}",
        "a factor is 0 or more, and -1 is given; write 90% to take"
      ),
      (
        "{path: assumptions.amount, multiply: ^two}",
        "\"two\" in scenarios.a.change.1.multiply is not a number"
      ),
      ("{path: assumptions.amount, multiply: ^[2]}", "must be a number, such as 0.035 or 3.5%"),
      (
        "{path: ^assumptions.amount, growth: 5%}",
        "it is one value for all years and does not grow; accepted are add, multiply, set, and growth for a flow, "
          + "such as "
      ),
      (
        "{path: assumptions.amount, add: 5, from: ^2022/23}",
        "assumptions.amount is one value for all years, so it takes no \"from\" or \"until\"; leave them out"
      ),
      ("{path: assumptions.amount, add: 5, until: ^2022/23}", "takes no \"from\" or \"until\""),
      ("{path: policies.block-transfer-limit.1.share, multiply: ^300}", "\"150%\" in policies.block-"),
      ("{path: plan.draws, multiply: ^0.001}", "\"0.1\" in plan.draws is not a whole number"),
      ("{path: assumptions.amount, multiply: ^1e308}", "1000 becomes inf, which is no number"),
    ])
  func refused(_ change: String, _ message: String) throws {
    let marked = Marked(change, from: 9)
    let problems = try Self.scenarios(marked.text).problems()
    let place = "workspace.yaml:\(InventedScenarios.firstLine + 4):\(marked.column): "
    #expect(
      problems.count == 1 && problems[0].hasPrefix(place) && problems[0].contains(message), "\(problems)")
  }

  @Test("a change that leaves an assumption unfit for its use is found when the workspace is checked")
  func unfit() throws {
    let scenarios = try Self.scenarios("{path: assumptions.share, add: 60%}")
    #expect(scenarios.problems().isEmpty)
    let found = try scenarios.read().planningProblems().map(\.description)
    #expect(found.contains { $0.contains("scenario a: ") && $0.contains("is 110%, and a share") }, "\(found)")
  }

  @Test("the number of a change on the command line is refused under its argument")
  func refusedOnCommandLine() throws {
    let workspace = try InventedScenarios(ScenarioReadingTests.chain).read()
    do {
      _ = try workspace.plan(overrides: [Override(path: "assumptions.amount.multiply", value: "-1")])
      Issue.record("no error")
    } catch {
      #expect(
        "\(error)"
          == "--set assumptions.amount.multiply=-1: assumptions.amount: a factor is 0 or more, and -1 is given; write "
          + "90% to take a tenth off")
      #expect(error.exitCode == 64)
    }
  }
}
