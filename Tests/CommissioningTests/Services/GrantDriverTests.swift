import Commissioning
import Testing
import TimeSeries

/// A thousand plans; 200 requests and 100 new plans a year, of which 90 cease and the rest is not explained.
@Suite("Appeals and late reviews as drivers of the flows of plans")
struct GrantDriverTests {
  private static let always = try? CountedShare("share", happened: 10, of: 10, comparator: 1, strength: 1)
  private static let never = try? CountedShare("share", happened: 0, of: 10, comparator: 0, strength: 1)

  private static func plan(
    disputes: RingFencedGrant.DisputeTerms? = nil, reviews: RingFencedGrant.ReviewTerms? = nil
  ) throws -> InventedPlan {
    var plan = try InventedPlan.grant {
      $0.flows = .init(requests: "requests", newPlans: "new", ceased: "ceased")
      $0.disputes = disputes
      $0.annualReviews = reviews
    }
    func calendar(_ id: String, _ values: [Double]) throws -> Series {
      try Invented.series(
        id, .count, values.enumerated().map { (Period.calendarYear(2016 + $0.offset), $0.element) }, 60)
    }
    plan.series += [
      try calendar("requests", Array(repeating: 200, count: 6)),
      try calendar("new", Array(repeating: 100, count: 6)),
      try calendar("ceased", Array(repeating: 90, count: 6)),
    ]
    plan.series.removeAll { $0.id == "plans" }
    plan.series.append(
      try Invented.census("plans", 1, 15, from: 2012, Array(repeating: 1000, count: 11), publishedAfter: 60))
    plan.assumptions.merge([
      "none": .fixed(0), "tenth": .fixed(0.1), "case": .fixed(1000), "hearing": .fixed(4000),
      "dearer": .fixed(30_000),
      "half": .fixed(0.5), "capacity": .fixed(800), "overdue": .fixed(50), "ten": .fixed(10),
    ]) { $1 }
    return plan
  }

  /// Every decision is appealed, resolved at once, heard and upheld.
  private static func route(_ decision: Disputes.Decision) throws -> RingFencedGrant.DisputeTerms.Route {
    let (always, never) = (try #require(always), try #require(never))
    return .init(
      decision: decision, decisions: "tenth", appealRate: always, resolvedInYear: always, withdrawn: never,
      settled: never, settledForFamily: never, upheld: always,
      issued: decision == .refusalToAssess ? always : nil, firstYear: decision == .placement ? "half" : nil,
      outstanding: 0)
  }

  private static func terms(
    _ decision: Disputes.Decision, inTrend: String = "none"
  ) throws -> RingFencedGrant.DisputeTerms {
    .init(
      routes: [try route(decision)], inTrend: inTrend, settledCost: "case", heardCost: "hearing",
      dearerSetting: decision == .placement ? "dearer" : nil)
  }

  private static func reviews(capacity: String = "capacity", inTrend: String = "none") throws
    -> RingFencedGrant.ReviewTerms
  {
    .init(
      interval: [Invented.rule(12, effective: Invented.date(2015, 1, 1), known: Invented.date(2015, 1, 1))],
      ceased: try CountedShare("ceased", happened: 1000, of: 10_000, comparator: 0.1, strength: 1000),
      moved: try #require(never), overdue: "overdue", capacity: capacity, inTrend: inTrend)
  }

  private func flow(_ year: YearOutcome?, _ id: String) throws -> Double {
    try #require(year?.flows.first { $0.id == id }).people.mean
  }

  @Test(
    "what is won beyond the trend adds new plans and raises the stock, and each heard case costs the General Fund"
  )
  func won() throws {
    let (base, with) = (
      try Self.plan().byYear(), try Self.plan(disputes: try Self.terms(.refusalToIssue)).byYear()
    )
    let year = FinancialYear(2022)
    let appeals = 0.1 * (try flow(base[year], "requests"))
    #expect(agree(try flow(with[year], "new-plans") - flow(base[year], "new-plans"), appeals, within: 0.02))
    let risen = try flow(with[FinancialYear(2024)], "closing") - flow(base[FinancialYear(2024)], "closing")
    // Three years' appeals, some of whose plans have ceased.
    #expect(risen > 2.4 * appeals && risen < 3 * appeals)
    let line = try #require(with[year]?.lines.first { $0.id == "general-fund.cases-refusal-to-issue" })
    // Two years of inflation of a tenth.
    #expect(agree(line.amount.mean, appeals * 4000 * 1.21, within: 0.02))
    #expect(line.part == "general-fund")
  }

  @Test("what the trend holds already is not counted again")
  func inTrend() throws {
    let year = FinancialYear(2022)
    let all = try Self.plan(disputes: try Self.terms(.refusalToAssess)).byYear()[year]
    let beyond = try Self.plan(disputes: try Self.terms(.refusalToAssess, inTrend: "ten")).byYear()[year]
    #expect(agree(try flow(all, "new-plans") - flow(beyond, "new-plans"), 10, within: 1e-6))
    #expect(
      try Self.plan(disputes: try Self.terms(.refusalToAssess, inTrend: "ten")).notes().contains {
        $0.contains("of which 10 are taken to be in the trend")
      })
  }

  @Test("a dearer setting won on appeal is paid by the grant, half in its first year")
  func dearer() throws {
    let base = try Self.plan().byYear()
    let with = try Self.plan(disputes: try Self.terms(.placement)).byYear()
    let year = FinancialYear(2022)
    let line = try #require(with[year]?.lines.first { $0.id == "dearer-settings" })
    #expect(line.part == "spend")
    // A tenth of a thousand plans, half a year, 30,000 pounds at the prices of two years later.
    #expect(agree(line.amount.mean, 100 * 0.5 * 30_000 * 1.21, within: 0.02))
    let (dear, plain) = (try #require(with[year]?.spend).mean, try #require(base[year]?.spend).mean)
    #expect(agree(dear - plain, line.amount.mean, within: 1e-6))
  }

  @Test("a backlog that grows lowers ceasing and raises the stock")
  func backlog() throws {
    let (base, with) = (try Self.plan().byYear(), try Self.plan(reviews: try Self.reviews()).byYear())
    let year = FinancialYear(2024)
    #expect(try flow(with[year], "closing") > flow(base[year], "closing"))
    #expect(
      try abs(flow(with[FinancialYear(2022)], "ceased")) < abs(flow(base[FinancialYear(2022)], "ceased")))
    #expect(
      try Self.plan(reviews: try Self.reviews()).notes().contains {
        $0.hasPrefix("The backlog of annual reviews is ")
      })
  }

  @Test("the same seed gives the same figures on any number of threads")
  func reproducible() throws {
    var plan = try Self.plan(disputes: try Self.terms(.refusalToIssue), reviews: try Self.reviews())
    let once = try plan.byYear()
    plan.jobs = 4
    let again = try plan.byYear()
    for (year, own) in once {
      #expect(again[year]?.spend == own.spend && again[year]?.generalFund == own.generalFund)
    }
  }

  @Test("more in the trend than all new plans, and an interval that was not known, are refused")
  func refusals() throws {
    var plan = try Self.plan(disputes: try Self.terms(.refusalToIssue, inTrend: "ten"))
    plan.assumptions["ten"] = .fixed(100_000)
    #expect(try plan.refusal().contains("high-needs"))
    let late = RingFencedGrant.ReviewTerms(
      interval: [Invented.rule(12, effective: Invented.date(2015, 1, 1), known: Invented.date(2030, 1, 1))],
      ceased: try #require(Self.never), moved: try #require(Self.never), overdue: "overdue",
      capacity: "capacity",
      inTrend: "none")
    #expect(try Self.plan(reviews: late).refusal().contains("the interval between reviews"))
  }
}
