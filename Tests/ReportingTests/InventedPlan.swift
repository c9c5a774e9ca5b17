import Commissioning
import TimeSeries

/// A small plan with invented figures: high needs, with one price for every plan and a balance that is carried, and
/// support for young people out of work, without one.
enum InventedPlan {
  static let knowledge = CivilDate(year: 2025, month: 9, day: 30) ?? CivilDate(daysSinceEpoch: 0)

  static func outcome(
    scenario: String = "base", draws: Int = 400, seed: UInt64 = 7, comparesOutturn: Bool = false,
    spread: Bool = true, withGrant: Bool = true, isCertain: Bool = false, budget: Double = 320_000,
    asOf: CivilDate = knowledge
  ) throws -> PlanOutcome {
    let simulator = PlanSimulator(
      try definition(spread: spread, budget: budget),
      evidence: try evidence(withGrant: withGrant, isCertain: isCertain))
    return try simulator.run(
      scenario: scenario,
      options: PlanSimulator.Options(
        asOf: asOf, draws: draws, seed: seed, comparesOutturn: comparesOutturn))
  }

  /// - Parameter isCertain: the rate is too short for any model, and so held, and the people are published for all years.
  static func evidence(withGrant: Bool = true, isCertain: Bool = false) throws -> Panel {
    var series = [
      try yearly(
        "neet-rate", .percentage, isCertain ? [4.3, 4.7] : [4.1, 3.8, 4.4, 4.0, 4.6, 4.3, 4.7],
        from: isCertain ? 2023 : 2018,
        named: "Not in work or school"),
      try census(
        "people-0-24", month: 6, day: 30,
        [40_000, 40_300, 40_500, 40_900, 41_200, 41_300, 41_700, 41_900, 42_000, 42_100],
        isProjection: isCertain),
      try census("plans", month: 1, day: 15, [1000, 1090, 1170, 1290, 1400, 1530, 1650]),
      try yearly("schools-block", .pounds, Array(repeating: 90e6, count: 8), from: 2018),
      try yearly(
        "deficit", .percentage, [1, 2, 3.5, 5, 7, 9], from: 2019, named: "Deficit, per cent of grant"),
      try yearly("whole-grant", .pounds, [100e6, 104e6, 109e6, 113e6, 118e6, 122e6], from: 2019),
    ]
    for (setting, count) in [("mainstream", 800.0), ("special", 520), ("independent", 80)] {
      series.append(
        try single(
          "plans-\(setting)", .count, count, at: .censusDate(date(2023, 1, 15)), asOf: date(2023, 7, 1)))
    }
    for (line, pounds) in [
      ("spend-mainstream", 6.4e6), ("spend-special", 9.1e6), ("spend-independent", 4.2e6),
      ("spend-services", 1.1e6),
      ("special-places", 4.9e6),
    ] {
      series.append(try single(line, .pounds, pounds, at: .financialYear(2023), asOf: date(2024, 12, 1)))
    }
    if withGrant {
      series.append(
        try yearly(
          "high-needs-block", .pounds, [15e6, 16e6, 17e6, 18.5e6, 19.5e6, 20.5e6, 21.5e6], from: 2019))
    }
    return try Panel(series)
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? knowledge
  }

  private static func single(
    _ id: String, _ unit: TimeSeries.Unit, _ value: Double, at period: Period, asOf known: CivilDate
  ) throws -> Series {
    try Series(
      id: id, area: "Borchester", measure: Measure(id: id, unit: unit),
      points: [
        DataPoint(
          period: period, observation: .value(value), publication: Publication(date: known),
          origin: Origin(file: "high-needs.csv", row: 2, source: "Section 251"))
      ])
  }

  private static func yearly(
    _ id: String, _ unit: TimeSeries.Unit, _ values: [Double], from year: Int, named name: String? = nil
  ) throws -> Series {
    try Series(
      id: id, area: "Borchester", measure: Measure(id: id, name: name, unit: unit),
      points: values.enumerated().map { index, value in
        DataPoint(
          period: .financialYear(year + index), observation: .value(value),
          publication: CivilDate(year: year + index + 1, month: 8, day: 1).map { Publication(date: $0) },
          origin: Origin(
            file: "\(id).csv", row: index < 3 ? index + 2 : index + 3,
            source: "Invented statistics of Borchester"))
      })
  }

  private static func census(
    _ id: String, month: Int, day: Int, _ values: [Double], isProjection: Bool = false
  ) throws -> Series {
    var points: [DataPoint] = []
    for (index, value) in values.enumerated() {
      guard let date = CivilDate(year: 2019 + index, month: month, day: day) else { continue }
      points.append(
        DataPoint(
          period: .censusDate(date), observation: .value(value),
          publication: CivilDate(year: isProjection ? 2019 : 2019 + index, month: 7, day: 1).map {
            Publication(date: $0)
          },
          origin: Origin(file: "people.csv", row: index + 2)))
    }
    return try Series(id: id, area: "Borchester", measure: Measure(id: id, unit: .count), points: points)
  }

  static func definition(spread: Bool = true, budget: Double = 320_000) throws -> PlanDefinition {
    func range(_ low: Double, _ mostLikely: Double, _ high: Double) -> Assumption.Value {
      spread ? .range(low: low, mostLikely: mostLikely, high: high) : .fixed(mostLikely)
    }
    func assumption(_ id: String, _ value: Assumption.Value, _ unit: String, _ reason: String) throws
      -> Assumption
    {
      try Assumption(id: id, value: value, unit: unit, reason: reason)
    }
    return PlanDefinition(
      area: "Borchester", name: "Needs of Borchester",
      years: FinancialYear(2023)...FinancialYear(2027), draws: 400, seed: 7,
      policies: Policies(
        blockTransferLimit: [], statutoryOverride: [], afterOverride: .held, stabilityGrant: [],
        fundingBreaks: []),
      assumptions: [
        try assumption(
          "price-growth", range(0.01, 0.02, 0.05), "share a year", "The treasury's own forecast, widened."),
        try assumption(
          "grant-growth", range(0, 0.02, 0.04), "share a year", "What the last settlement gave."),
        try assumption(
          "mix", .fixed(200), "concentration", "How far the mix has moved between two censuses."),
        try assumption("unexplained", .fixed(1), "multiple of the last share", "Nobody knows better."),
        try assumption("other-blocks", .fixed(0), "pounds a year", "They have come out even."),
        try assumption("import-export", .fixed(-100_000), "pounds a year", "As published last year."),
        try assumption("place-funding", .fixed(10_000), "pounds a place", "The national figure."),
        try assumption("cohort", .fixed(0.04), "share of 0 to 24", "Two years of age in fifty."),
        try assumption(
          "take-up", range(0.4, 0.5, 0.7), "share of those in need", "What the last programme reached."),
        try assumption("places", .fixed(35), "places a year", "The contract."),
        try assumption(
          "unit-cost", .fixed(9_500), "pounds a place",
          "The contract's price for a place, \"all included\", without the building."),
        try assumption("budget", .fixed(budget), "pounds in 2024/25", "The budget book."),
        try assumption("uplift", .fixed(0.01), "share a year", "The council's own guideline."),
        try assumption("spread", .fixed(1), "multiple", "Held where there is too little to learn from."),
      ],
      services: [
        RingFencedGrant(
          id: "high-needs", name: "High needs",
          meaning: ServiceMeaning(
            need: "plans in force, average of the year", demand: "plans that ask for a special school",
            supply: "special-school places", unmetNeed: "plans waiting, or not placed as named in the plan"),
          evidence: RingFencedGrant.Evidence(
            plans: "plans", population: "people-0-24", grant: "high-needs-block",
            schoolsBlock: "schools-block",
            deficit: "deficit", wholeGrant: "whole-grant", specialPlaces: "special-places"),
          assumptions: RingFencedGrant.AssumptionNames(
            priceGrowth: "price-growth", grantGrowth: "grant-growth", grantGrowthAfterBreak: "grant-growth",
            mixConcentration: "mix", unexplained: "unexplained", otherBlocks: "other-blocks",
            importExport: "import-export", placeFunding: "place-funding"),
          census: .censusDate(date(2023, 1, 15)), priceYear: FinancialYear(2023),
          settings: [
            RingFencedGrant.Setting(
              id: "mainstream", name: "Mainstream schools", plans: ["plans-mainstream"],
              spend: ["spend-mainstream"]),
            RingFencedGrant.Setting(
              id: "special", name: "Special schools", plans: ["plans-special"], spend: ["spend-special"]),
            RingFencedGrant.Setting(
              id: "independent", name: "Independent and non-maintained placements",
              plans: ["plans-independent"], spend: ["spend-independent"]),
          ], specialSetting: "special",
          fixedLines: [
            RingFencedGrant.FixedLine(id: "services", name: "Support services", spend: ["spend-services"])
          ], openingBalances: [], statedSpending: [],
          blockTransfers: []),
        CohortSupport(
          id: "neet", name: "Young people not in education, employment or training",
          meaning: ServiceMeaning(
            need: "young people out of work and school", demand: "those who take up support",
            supply: "places", unmetNeed: "those without a place"),
          rate: "neet-rate", population: "people-0-24", baseYear: FinancialYear(2024), holdSpread: "spread",
          assumptions: CohortSupport.AssumptionNames(
            cohortShare: "cohort", takeUp: "take-up", places: "places", unitCost: "unit-cost",
            priceGrowth: "price-growth", budget: "budget", budgetUplift: "uplift")),
      ])
  }
}
