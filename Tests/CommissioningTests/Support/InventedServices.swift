import Commissioning
import TimeSeries

/// Children looked after of which every figure can be worked by hand.
///
/// A hundred children at every 31 March; 60 per cent fostered at 1,000 pounds a week, 20 per cent in homes at 5,000. In
/// 2021/22, of 365 days, that is 100 x (0.6 x 1,000 + 0.2 x 5,000) x 365/7 = 8,342,857 and a seventh.
extension InventedPlan {
  static func placements(
    _ placements: [Placements.Placement]? = nil, placedInOwnPlaces: String = "foster",
    flows: Placements.FlowEvidence? = nil, episodes: Placements.EpisodeEvidence? = nil
  ) throws -> InventedPlan {
    let placed =
      placements ?? [
        Placements.Placement(
          id: "foster", name: "Foster care", share: "foster-share", weeklyCost: "foster-cost",
          unpricedReason: nil),
        Placements.Placement(
          id: "homes", name: "Homes", share: "homes-share", weeklyCost: "homes-cost", unpricedReason: nil),
        Placements.Placement(
          id: "parents", name: "With parents", share: "parents-share", weeklyCost: nil,
          unpricedReason: "nothing is paid"),
      ]
    return InventedPlan(
      services: [
        Placements(
          id: "looked-after", name: "Looked after", meaning: Invented.meaning,
          evidence: Placements.Evidence(
            children: "children", population: "people", spend: "outturn", places: "own-places"),
          flowEvidence: flows, episodeEvidence: episodes, placements: placed,
          placedInOwnPlaces: placedInOwnPlaces, budgetUplift: "uplift",
          holdSpread: "hold")
      ],
      series: [
        try Invented.census("children", 3, 31, from: 2019, Array(repeating: 100, count: 8)),
        try Invented.census("people", 6, 30, from: 2017, Array(repeating: 20_000, count: 10)),
        try Invented.census(
          "foster-share", 3, 31, from: 2020, Array(repeating: 60, count: 7), unit: .percentage),
        try Invented.census(
          "homes-share", 3, 31, from: 2020, Array(repeating: 0.2, count: 7), unit: .proportion),
        try Invented.census(
          "parents-share", 3, 31, from: 2020, Array(repeating: 10, count: 7), unit: .percentage),
        try Invented.yearly(
          "foster-cost", .other("pounds per week"), from: 2019, Array(repeating: 1000, count: 7)),
        try Invented.yearly(
          "homes-cost", .other("pounds per week"), from: 2019, Array(repeating: 5000, count: 7)),
        try Invented.census("own-places", 3, 31, from: 2020, Array(repeating: 45, count: 7)),
        try Invented.yearly("outturn", .pounds, from: 2019, [9e6, 9.5e6, 10e6]),
      ], assumptions: ["uplift": .fixed(0.05), "hold": .fixed(1)])
  }

  /// A list of 400 at October 2021, a tenth of which is the place's own; 120 are referred and 96 can be treated a year.
  static func waiting(target: String? = "target", base: Int = 2022) throws -> InventedPlan {
    InventedPlan(
      services: [
        WaitingList(
          id: "therapy", name: "Therapy", meaning: Invented.meaning, list: "list", listArea: "Borsetshire",
          population: "people", baseYear: FinancialYear(base), targetWeeks: target,
          noTargetReason: target == nil ? "nobody has set one" : nil,
          assumptions: WaitingList.AssumptionNames(
            share: "share", referrals: "referrals", referralGrowth: "referral-growth", leavers: "leavers",
            capacity: "capacity", unitCost: "unit-cost", priceGrowth: "price-growth", budget: "budget",
            budgetUplift: "uplift"))
      ],
      series: [
        try Invented.series(
          "list", .count,
          [(8, 380.0), (9, 390), (10, 400)].compactMap { month, value in
            Period.month(year: 2021, month: month).map { ($0, value) }
          }, area: "Borsetshire"),
        try Invented.census("people", 6, 30, from: 2017, Array(repeating: 20_000, count: 10)),
        try Invented.series("target", .weeks, [(.financialYear(2020), 18)]),
      ],
      assumptions: [
        "share": .fixed(0.1), "referrals": .fixed(120), "referral-growth": .fixed(0), "leavers": .fixed(0),
        "capacity": .fixed(96), "unit-cost": .fixed(500), "price-growth": .fixed(0.1),
        "budget": .fixed(50_000), "uplift": .fixed(0.02),
      ])
  }

  /// Five per cent of a tenth of 20,000: a hundred in need, half of whom take up one of 40 places.
  static func cohort() throws -> InventedPlan {
    InventedPlan(
      services: [
        CohortSupport(
          id: "neet", name: "Participation", meaning: Invented.meaning, rate: "rate", population: "people",
          baseYear: FinancialYear(2022), holdSpread: "hold",
          assumptions: CohortSupport.AssumptionNames(
            cohortShare: "cohort", takeUp: "take-up", places: "places", unitCost: "unit-cost",
            priceGrowth: "price-growth", budget: "budget", budgetUplift: "uplift"))
      ],
      series: [
        try Invented.yearly("rate", .percentage, from: 2019, Array(repeating: 5, count: 7)),
        try Invented.census("people", 6, 30, from: 2017, Array(repeating: 20_000, count: 10)),
      ],
      assumptions: [
        "cohort": .fixed(0.1), "take-up": .fixed(0.5), "places": .fixed(40), "unit-cost": .fixed(1000),
        "price-growth": .fixed(0.1), "budget": .fixed(41_000), "uplift": .fixed(0.02), "hold": .fixed(1),
      ])
  }

  /// All four kinds of service with series that end in 2021 or 2022 and must be forecast, published with a delay.
  static func everything() throws -> InventedPlan {
    func drift(_ from: Double, _ step: Double, _ count: Int) -> [Double] {
      // A saw-tooth beside the trend, so that there is something to be uncertain about.
      (0..<count).map { from + step * Double($0) + (Double($0 % 3) - 1) * step * 0.4 }
    }
    var plan = try grant {
      $0.settings.append(
        RingFencedGrant.Setting(
          id: "mainstream", name: "Mainstream", plans: ["plans-mainstream"], spend: ["spend-mainstream"]))
    }
    let others = [try placements(), try waiting(), try cohort()]
    plan.services += others.flatMap(\.services)
    for other in others {
      for series in other.series where !plan.series.contains(where: { $0.id == series.id }) {
        plan.series.append(series)
      }
      plan.assumptions.merge(other.assumptions) { first, _ in first }
    }
    for series in [
      try Invented.census("people", 6, 30, from: 2012, drift(20_000, 100, 10), publishedAfter: 365),
      try Invented.census("plans", 1, 15, from: 2014, drift(800, 60, 9), publishedAfter: 150),
      try Invented.census("children", 3, 31, from: 2013, drift(90, 3, 10), publishedAfter: 240),
      try Invented.census(
        "foster-share", 3, 31, from: 2016, drift(66, -1, 7), unit: .percentage, publishedAfter: 240),
      try Invented.yearly(
        "homes-cost", .other("pounds per week"), from: 2014, drift(3500, 250, 8), publishedAfter: 270),
      try Invented.yearly("outturn", .pounds, from: 2014, drift(6e6, 5e5, 8), publishedAfter: 270),
      try Invented.yearly("rate", .percentage, from: 2013, drift(4, 0.2, 9), publishedAfter: 120),
      try Invented.yearly("deficit", .percentage, from: 2020, [3, 5], publishedAfter: 270),
    ] { plan.replace(series) }
    plan.assumptions["price-growth"] = .range(low: 0, mostLikely: 0.05, high: 0.1)
    plan.assumptions["capacity"] = .range(low: 80, mostLikely: 96, high: 130)
    plan.asOf = Invented.date(2023, 1, 31)
    plan.years = FinancialYear(2020)...FinancialYear(2026)
    return plan
  }
}
