import Testing
import TimeSeries

@testable import Commissioning

@Suite("What a monitoring view refuses")
struct MonitoringRefusalTests {
  typealias V = MonitoringViewTests

  static func entries(
    lines: [BudgetLine] = [V.homes], actuals: [ActualSpend] = V.spent, commitments: [Commitment] = [],
    expected: [ExpectedChange] = [], volumes: [VolumeAndPrice] = [], reasons: [VarianceReason] = []
  ) -> MonitoringView.Entries {
    .init(
      lines: lines, actuals: actuals, commitments: commitments, expected: expected, volumes: volumes,
      reasons: reasons)
  }

  static func placement(_ first: String, _ last: String?, weekly: Int = 100, line: String = "homes")
    -> Commitment
  {
    Commitment(
      id: "p", line: line,
      kind: .placement(first: V.date(first), last: last.map { V.date($0) }, weeklyPence: weekly))
  }

  @Test("a period that repeats, is missing, is not over, or is of another year or length")
  func periods() {
    let again = V.spent + [ActualSpend(line: "homes", period: V.months.periods[1], pence: 1)]
    #expect(V.refusal(Self.entries(actuals: again)).contains("the actual of homes in 2025-05 is given twice"))
    #expect(
      V.refusal(Self.entries(actuals: Array(V.spent.dropFirst()))).contains(
        "what was spent on Children's homes (0 if nothing was) is not known for 2025-04"))
    #expect(V.refusal(Self.entries(), upTo: 3).contains("a period that is not over"))
    for period in [V.quarters.periods[0], .month(containing: V.date("2026-04-01"))] {
      let stray = V.spent + [ActualSpend(line: "homes", period: period, pence: 1)]
      #expect(
        V.refusal(Self.entries(actuals: stray)).contains(
          "is of no month of 2025/26; write one such as 2025-04"))
    }
    #expect(throws: CommissioningError.self) {
      try MonitoringView(V.months, upTo: V.quarters.periods[0], entries: Self.entries())
    }
  }

  @Test("entries without a budget line, and lines that are not there or there twice")
  func lines() {
    #expect(V.refusal(Self.entries(lines: [])).contains("no budget lines"))
    #expect(V.refusal(Self.entries(lines: [V.homes, V.homes])).contains("\"homes\" is given twice"))
    let stray = [ActualSpend(line: "home", period: V.months.periods[0], pence: 1)]
    #expect(
      V.refusal(Self.entries(actuals: stray)).contains(
        "an actual's budget line \"home\" is not among \"homes\"; add it to the budget"))
    #expect(
      V.refusal(Self.entries(commitments: [Self.placement("2025-04-01", nil, line: "x")])).contains(
        "a commitment's budget line \"x\""))
    #expect(
      V.refusal(Self.entries(expected: [ExpectedChange(line: "x", new: Draws(0), ceasing: Draws(0))]))
        .contains(
          "an expected change's budget line"))
    #expect(
      V.refusal(Self.entries(reasons: [VarianceReason(line: "x", kind: .once, text: "y")])).contains(
        "a reason's budget line"))
    let figures = VolumeAndPrice.Figures(children: 1, weeks: 1, weeklyPrice: 1)
    #expect(
      V.refusal(
        Self.entries(volumes: [VolumeAndPrice(line: "x", part: "p", budgeted: figures, forecast: figures)])
      )
      .contains("the budget line of numbers and prices"))
  }

  @Test("commitments that end before they begin, repeat, are over, or have a price that cannot be")
  func commitments() {
    #expect(
      V.refusal(Self.entries(commitments: [Self.placement("2025-10-02", "2025-10-01")])).contains(
        "ends on 2025-10-01, before it begins on 2025-10-02"))
    let one = Self.placement("2025-10-01", nil)
    #expect(V.refusal(Self.entries(commitments: [one, one])).contains("the commitment \"p\" is given twice"))
    for weekly in [-1, Int.max] {
      #expect(
        V.refusal(Self.entries(commitments: [Self.placement("2025-10-01", nil, weekly: weekly)])).contains(
          "a week, and 0 to £1,000,000,000.00 is needed"))
    }
    func amount(_ place: Int, _ pence: Int) -> [Commitment] {
      [Commitment(id: "a", line: "homes", kind: .amount(period: V.months.periods[place], pence: pence))]
    }
    #expect(V.refusal(Self.entries(commitments: amount(4, 1))).contains("is of a period that is over"))
    #expect(V.refusal(Self.entries(commitments: amount(5, .min))).contains("write pence"))
    #expect(
      V.refusal(
        Self.entries(commitments: [
          Commitment(id: "a", line: "homes", kind: .amount(period: V.quarters.periods[3], pence: 1))
        ])
      ).contains("is of no month"))
  }

  @Test("what is expected and cannot be, ceases beyond what is committed, or is of another run")
  func expected() {
    func change(_ new: Draws, _ ceasing: Draws) -> [ExpectedChange] {
      [ExpectedChange(line: "homes", new: new, ceasing: ceasing)]
    }
    #expect(
      V.refusal(Self.entries(expected: change(Draws(-1), Draws(0)))).contains("new placements will cost"))
    #expect(V.refusal(Self.entries(expected: change(Draws(0), Draws(.nan)))).contains("ceasing will save"))
    #expect(V.refusal(Self.entries(expected: change(Draws([1, 2]), Draws([1, 1, 1])))).contains("one run"))
    #expect(V.refusal(Self.entries(expected: change(Draws(1e12), Draws(0)))).contains("wrong unit"))
    #expect(
      V.refusal(Self.entries(expected: change(Draws([5, 1]), Draws(3.5)))).contains(
        "£3.50 ceases in simulated future 1, and only £0.00 is committed"))
    #expect(V.refusal(Self.entries(expected: change(Draws(0), Draws(1)))).contains("in simulated future 0"))
    #expect(
      V.refusal(Self.entries(expected: change(Draws(1), Draws(0)) + change(Draws(1), Draws(0)))).contains(
        "given twice"))
  }

  @Test("amounts beyond counting, more entries than are summed, and reasons that say nothing")
  func amounts() {
    let huge = [ActualSpend(line: "homes", period: V.months.periods[0], pence: .max)]
    #expect(V.refusal(Self.entries(actuals: huge)).contains("at most £100,000,000,000.00 is counted"))
    let line = BudgetLine(id: "homes", name: "Homes", pence: .min, profile: .equal)
    #expect(V.refusal(Self.entries(lines: [line])).contains("write pence"))
    let many = Array(
      repeating: ActualSpend(line: "homes", period: V.months.periods[0], pence: 0), count: 200_000)
    #expect(V.refusal(Self.entries(actuals: many)).contains("200001 entries"))
    #expect(
      V.refusal(Self.entries(reasons: [VarianceReason(line: "homes", kind: .price, text: " ")])).contains(
        "is empty"))
    let reason = VarianceReason(line: "homes", kind: .price, text: "x")
    #expect(V.refusal(Self.entries(reasons: [reason, reason])).contains("given twice"))
  }

  @Test("numbers and prices that cannot be")
  func volumes() {
    func said(_ old: VolumeAndPrice.Figures, variance: Int = 0, parts: [String] = ["p"]) -> String {
      do {
        _ = try VarianceBridge(
          line: "Homes", variance: variance,
          parts: parts.map { VolumeAndPrice(line: "homes", part: $0, budgeted: old, forecast: old) })
        Issue.record("nothing was refused")
        return ""
      } catch { return "\(error)" }
    }
    let fine = VolumeAndPrice.Figures(children: 1, weeks: 1, weeklyPrice: 1)
    #expect(
      said(.init(children: -1, weeks: 1, weeklyPrice: 1)).contains("budgeted number of children in p is -1"))
    #expect(said(.init(children: 1, weeks: .nan, weeklyPrice: 1)).contains("budgeted weeks"))
    #expect(said(.init(children: 1, weeks: 1, weeklyPrice: .infinity)).contains("weekly price"))
    #expect(said(.init(children: 1e6, weeks: 52, weeklyPrice: 1e6)).contains("check their units"))
    #expect(said(.init(children: 1e10, weeks: 0, weeklyPrice: 0)).contains("check their units"))
    #expect(said(fine, variance: .min).contains("write pence"))
    #expect(said(fine, parts: ["p", "p"]).contains("given twice"))
    // A price without children to pay it is no cost, and still no price that anybody pays.
    let absurd = VolumeAndPrice(
      line: "homes", part: "p", budgeted: .init(children: 0, weeks: 1e9, weeklyPrice: 1e9),
      forecast: .init(children: 1, weeks: 1, weeklyPrice: 1))
    #expect(throws: CommissioningError.self) {
      try VarianceBridge(line: "Homes", variance: 0, parts: [absurd])
    }
  }
}
