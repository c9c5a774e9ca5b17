import Commissioning
import TimeSeries

/// High needs of which every figure can be worked by hand.
///
/// A thousand plans in every year, all in special schools, for which Section 251 has 10m in 2020/21: 10,000 a plan.
/// Support takes 2m more. Prices grow by a tenth a year. The block is 12m and grows by 5 per cent from 2022/23. The
/// deficit is 3 per cent of a grant of 100m at March 2021 and 5 per cent a year later: in 2021/22 spending was
/// 12 - 3 + 5 = 14m.
extension InventedPlan {
  static func grant(_ change: (inout GrantParts) -> Void = { _ in }) throws -> InventedPlan {
    var parts = GrantParts()
    change(&parts)
    return InventedPlan(
      services: [parts.service], series: try parts.series(),
      assumptions: [
        "price-growth": .fixed(0.1), "grant-growth": .fixed(0.05), "grant-growth-after-break": .fixed(0.02),
        "mix": .fixed(200), "unexplained": .fixed(1), "other-blocks": .fixed(0), "import-export": .fixed(0),
        "place-funding": .fixed(10_000), "eligible": .fixed(0.5), "approved": .fixed(1),
      ])
  }
}

/// What a test may change of the grant.
struct GrantParts {
  var settings = [
    RingFencedGrant.Setting(
      id: "special", name: "Special schools", plans: ["plans-special"], spend: ["spend-special"])
  ]
  var fixedLines = [
    RingFencedGrant.FixedLine(id: "support", name: "Support", spend: ["spend-support"])
  ]
  var openingBalances: [RingFencedGrant.Statement] = []
  var statedSpending: [RingFencedGrant.Statement] = []
  var transfers: [RingFencedGrant.BlockTransfer] = []
  var priceYear = FinancialYear(2020)
  var flows: RingFencedGrant.FlowEvidence?
  var capacities: [RingFencedGrant.SettingCapacity] = []
  var generalFund: RingFencedGrant.GeneralFund?
  var disputes: RingFencedGrant.DisputeTerms?
  var annualReviews: RingFencedGrant.ReviewTerms?

  var service: RingFencedGrant {
    RingFencedGrant(
      id: "high-needs", name: "High needs", meaning: Invented.meaning,
      evidence: RingFencedGrant.Evidence(
        plans: "plans", population: "people", grant: "block", schoolsBlock: "schools", deficit: "deficit",
        wholeGrant: "whole", specialPlaces: "places"), flowEvidence: flows,
      assumptions: RingFencedGrant.AssumptionNames(
        priceGrowth: "price-growth", grantGrowth: "grant-growth",
        grantGrowthAfterBreak: "grant-growth-after-break", mixConcentration: "mix",
        unexplained: "unexplained", otherBlocks: "other-blocks", importExport: "import-export",
        placeFunding: "place-funding"),
      census: .censusDate(Invented.date(2021, 1, 15)), priceYear: priceYear, settings: settings,
      specialSetting: "special", capacities: capacities, fixedLines: fixedLines,
      openingBalances: openingBalances,
      statedSpending: statedSpending, blockTransfers: transfers, generalFund: generalFund, disputes: disputes,
      annualReviews: annualReviews)
  }

  func series() throws -> [Series] {
    [
      try Invented.census("plans", 1, 15, from: 2019, Array(repeating: 1000, count: 8)),
      try Invented.census("people", 6, 30, from: 2017, Array(repeating: 20_000, count: 10)),
      try Invented.census("plans-special", 1, 15, from: 2021, [1000]),
      try Invented.census("plans-mainstream", 1, 15, from: 2021, [3000]),
      try Invented.yearly("spend-special", .pounds, from: 2020, [10e6]),
      try Invented.yearly("spend-mainstream", .pounds, from: 2020, [5e6]),
      try Invented.yearly("spend-support", .pounds, from: 2020, [2e6]),
      try Invented.yearly("support-income", .pounds, from: 2020, [0.5e6]),
      try Invented.yearly("places", .pounds, from: 2020, [4e6]),
      try Invented.yearly("block", .pounds, from: 2019, [12e6, 12e6, 12e6]),
      try Invented.yearly("schools", .pounds, from: 2019, [80e6, 80e6, 80e6]),
      try Invented.yearly("whole", .pounds, from: 2019, [100e6, 100e6, 100e6]),
      try Invented.yearly("deficit", .percentage, from: 2020, [3, 5]),
    ]
  }

  static func stated(_ year: Int, _ amount: Double, known: CivilDate) -> RingFencedGrant.Statement {
    RingFencedGrant.Statement(
      year: FinancialYear(year), amount: amount, known: known, source: "the accounts")
  }

  static func transfer(
    _ year: Int, _ amount: Double, isDisapplied: Bool = false, known: CivilDate = Invented.date(2020, 1, 1)
  ) -> RingFencedGrant.BlockTransfer {
    RingFencedGrant.BlockTransfer(
      year: FinancialYear(year), amount: amount, isDisapplied: isDisapplied, known: known,
      source: "Schools Forum")
  }
}
