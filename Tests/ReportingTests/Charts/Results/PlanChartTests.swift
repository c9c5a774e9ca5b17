import Commissioning
import Testing
import TimeSeries

@testable import Reporting

extension InventedPlan {
  /// The plan in every simulated future.
  static func paths(
    draws: Int = 400, budget: Double = 320_000, withGrant: Bool = true, comparesOutturn: Bool = false,
    asOf: CivilDate = knowledge, scenario: String = "base"
  ) throws -> PlanPaths {
    try PlanSimulator(try definition(budget: budget), evidence: try evidence(withGrant: withGrant)).paths(
      scenario: scenario,
      options: PlanSimulator.Options(asOf: asOf, draws: draws, seed: 7, comparesOutturn: comparesOutturn))
  }
}

@Suite("Charts of a plan") struct PlanChartTests {
  private func message(_ work: () throws -> Void) -> String {
    do {
      try work()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("A fan has the quantiles of the draws, the median in the middle of three bands") func quartiles()
    throws
  {
    let paths = try InventedPlan.paths()
    let chart = try FanChart(paths, service: "high-needs", figure: .closingBalance)
    let last = try #require(paths.services.first?.years.last)
    let draws = try #require(last.closingBalance)
    let fan = try #require(chart.points.last?.fan)
    let expected = try draws.quantiles(at: [0.25, 0.5, 0.75])
    #expect([fan.interval50?.lowerBound, fan.median, fan.interval50?.upperBound] == expected)
    let reported = try FanChart(
      try #require(try PlanOutcome(paths).services.first), figure: .closingBalance)
    #expect(chart.points.map(\.label) == reported.points.map(\.label))
    for (one, other) in zip(chart.points, reported.points) {
      // What is reported is settled to the penny.
      #expect(abs((one.published ?? 0) - (other.published ?? 0)) <= 0.01)
      #expect((one.published == nil) == (other.published == nil) && one.fan?.median == other.fan?.median)
      #expect(one.fan?.interval80 == other.fan?.interval80 && one.fan?.interval95 == other.fan?.interval95)
    }
    #expect(try ChartReading(chart.svg()).shapes("polygon").count == 3)
  }

  @Test("The title says how likely what is feared is, in the words of the probability") func titles() throws {
    let paths = try InventedPlan.paths()
    let outcome = try PlanOutcome(paths)
    let deficit = try #require(outcome.services.first?.years.last?.probabilityDeficit)
    let balance = try FanChart(paths, service: "high-needs", figure: .closingBalance)
    #expect(
      balance.title.hasPrefix(
        "High needs: a deficit at the end of 2027/28 is \(ChanceWords.text(deficit)); "),
      "\(balance.title)")
    let over = try #require(outcome.services.last?.years.last?.probabilityOverspend)
    let variance = try FanChart(paths, service: "neet", figure: .inYearBalance)
    #expect(
      variance.title.contains("an overspend in 2027/28 is \(ChanceWords.text(over)); "), "\(variance.title)")
    let spend = try FanChart(paths, service: "neet", figure: .spend)
    #expect(
      spend.title.hasSuffix("more than the budget of 2027/28 is \(ChanceWords.text(over))"), "\(spend.title)")
    let total = try #require(outcome.total.last?.probabilityOverspend)
    #expect(
      try FanChart(paths, service: nil, figure: .inYearBalance).title.hasPrefix(
        "All services: an overspend in 2027/28 is \(ChanceWords.text(total))"))
    #expect(balance.subtitle.contains("Scenario base, as known on 2025-09-30, 400 simulated futures."))
  }

  @Test("Of one future nothing is said of chance") func oneFuture() throws {
    let paths = try InventedPlan.paths(draws: 1)
    for (service, figure) in [
      ("high-needs", PlanFigure.closingBalance), ("high-needs", .spend), ("neet", .inYearBalance),
    ] {
      let chart = try FanChart(paths, service: service, figure: figure)
      #expect(!chart.title.contains("%") && !chart.title.contains("certain"), "\(chart.title)")
      #expect(chart.title.hasSuffix(", in one simulated future"), "\(chart.title)")
      let names = Set(chart.table.panels.flatMap(\.rows).flatMap(\.figures).map(\.name))
      #expect(names.contains("median") && !names.contains("lower_80"))
    }
    let all = try SmallMultiples(paths, figure: nil)
    #expect(all.title.hasSuffix(", in one simulated future"), "\(all.title)")
  }

  @Test("The title of a fan calls the median by its name") func median() throws {
    let chart = try FanChart(try InventedPlan.paths(), service: "high-needs", figure: .closingBalance)
    #expect(chart.title.contains("; median -£"), "\(chart.title)")
  }

  @Test("What an earlier plan had forecast is a ring, and what has come since a dot") func hindcast() throws {
    let before = try #require(CivilDate("2022-09-01"))
    let earlier = try InventedPlan.paths(comparesOutturn: true, asOf: before)
    let fan = try FanChart(earlier, service: "high-needs", figure: .closingBalance)
    let own = earlier.comparisons.filter { $0.planFigure == .closingBalance }
    try #require(!own.isEmpty)
    #expect(
      fan.points.compactMap(\.outturn)
        == own.filter { one in
          fan.points.contains { $0.label == one.period.label }
        }.map(\.actual))
    #expect(fan.description.contains("has been published since"))
    #expect(
      try ChartReading(fan.svg()).shapes("circle", .fourth).count == fan.points.compactMap(\.outturn).count)
    let now = try FanChart(
      try InventedPlan.paths(), service: "high-needs", figure: .closingBalance, comparisons: own)
    #expect(now.points.contains { $0.hindcast != nil && $0.published != nil })
    #expect(now.points.allSatisfy { $0.outturn == nil || $0.fan != nil })
    let all = try SmallMultiples(hindcast: earlier.comparisons, of: earlier)
    #expect(all.title.hasPrefix("Of \(earlier.comparisons.count) figures published since, "))
    #expect(all.charts.flatMap(\.points).compactMap(\.outturn).count == earlier.comparisons.count)
    #expect(
      message { _ = try SmallMultiples(hindcast: [], of: earlier) }.contains("go back to an earlier day"))
  }

  @Test("A histogram shades as many futures as the plan counts") func histogram() throws {
    let paths = try InventedPlan.paths()
    let outcome = try PlanOutcome(paths)
    for (service, balance) in [("high-needs", PlanFigure.closingBalance), ("neet", .inYearBalance)] {
      let chart = try HistogramChart(paths, service: service)
      let draws = try #require(paths.draws(of: balance, service: service, year: FinancialYear(2027)))
      let amounts = try draws.amounts(of: "balance")
      #expect(chart.shareBeyond == Double(amounts.count { $0 < 0 }) / 400)
      #expect(chart.threshold == 0 && chart.side == .below)
      let year = try #require(outcome.services.first { $0.id == service }?.years.last)
      let chance = try #require(
        balance == .closingBalance ? year.probabilityDeficit : year.probabilityOverspend)
      #expect(chart.title.hasSuffix("is \(ChanceWords.text(chance))"), "\(chart.title)")
    }
    let need = try HistogramChart(paths, service: "high-needs", figure: .need)
    #expect(need.side == .above && need.title.contains("more in 2027/28 than the "), "\(need.title)")
    let total = try HistogramChart(paths, service: nil, year: FinancialYear(2026))
    #expect(total.title.hasPrefix("All services: an overspend in 2026/27 is "))
  }

  @Test("A histogram that there cannot be is refused with what could be asked for") func noHistogram() throws
  {
    let paths = try InventedPlan.paths()
    for (words, work) in [
      (
        "it is forecast in 20",
        { _ = try HistogramChart(paths, service: "high-needs", year: FinancialYear(2050)) }
      ),
      (
        "in every simulated future",
        { _ = try HistogramChart(paths, service: "high-needs", figure: .spend, year: FinancialYear(2023)) }
      ),
      ("it has high-needs, neet", { _ = try HistogramChart(paths, service: "highneeds") }),
      ("it has need, ", { _ = try HistogramChart(paths, service: "neet", figure: .closingBalance) }),
      (
        "at least 20 simulated futures and there are 5",
        { _ = try HistogramChart(try InventedPlan.paths(draws: 5), service: "neet") }
      ),
      (
        "no closing balance in any year",
        { _ = try FanChart(paths, service: "neet", figure: .closingBalance) }
      ),
    ] as [(String, () throws -> Void)] {
      #expect(message(work).contains(words), "\(words): \(message(work))")
    }
    let partial = try InventedPlan.paths(withGrant: false)
    #expect(
      message { _ = try FanChart(partial, service: nil, figure: .spend) }.contains(
        "could not be planned (high-needs)"))
  }

  @Test("Every service has its small chart, and those without the figure are named") func multiples() throws {
    let paths = try InventedPlan.paths()
    let need = try SmallMultiples(paths, figure: .need)
    #expect(need.charts.count == 2 && need.title.hasPrefix("Need of 2 services: by 2027/28 more in "))
    let balance = try SmallMultiples(paths, figure: nil)
    #expect(
      balance.title.hasPrefix("Balance of 2 services: below nothing by 2027/28 in "), "\(balance.title)")
    #expect(balance.charts.map(\.identifier) == ["high-needs-closingBalance", "neet-inYearBalance"])
    let closing = try SmallMultiples(paths, figure: .closingBalance)
    #expect(
      closing.charts.count == 1
        && closing.notes == [
          "Without closing balance: Young people not in education, employment or training."
        ])
    #expect(throws: ReportingError.self) { try SmallMultiples(paths, figure: .netSpend) }
  }

  @Test("A stack sums to the spend, less what a note says is left out") func stack() throws {
    let outcome = try PlanOutcome(try InventedPlan.paths())
    let service = try #require(outcome.services.first)
    let stack = try StackedAreaChart(service)
    let lines = try #require(service.years.last?.lines.filter { $0.part == "spend" })
    let spend = try #require(service.years.last?.spend?.mean)
    let drawn = stack.layers.reduce(0) { $0 + ($1.values.last ?? 0) }
    let negative = lines.filter { line in
      service.years.contains { year in year.lines.contains { $0.id == line.id && $0.amount.mean < 0 } }
    }
    #expect(abs(drawn + negative.reduce(0) { $0 + $1.amount.mean } - spend) < 1)
    for line in negative {
      #expect(stack.notes.contains { $0.hasPrefix("Left out, because") && $0.contains(line.name) })
    }
    let start = try #require(stack.forecastStart)
    #expect(stack.labels[start] == service.years.first { $0.kind != .outturn }.map { "\($0.year)" })
    let units = try StackedAreaChart(service, part: .units)
    #expect(
      units.layers.map(\.name).contains("Special schools")
        && !units.layers.map(\.name).contains("Support services"))
    #expect(throws: ReportingError.self) { try StackedAreaChart(service, part: .generalFund) }
  }
}
