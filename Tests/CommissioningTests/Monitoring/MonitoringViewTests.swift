import Statistics
import Testing
import TimeSeries

@testable import Commissioning

@Suite("A budget monitored by period")
struct MonitoringViewTests {
  static let months = MonitoringYear(FinancialYear(2025), by: .month)
  static let quarters = MonitoringYear(FinancialYear(2025), by: .quarter)
  static func date(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }
  static let homes = BudgetLine(id: "homes", name: "Children's homes", pence: 120_000_000, profile: .equal)
  static let income = BudgetLine(id: "income", name: "Contributions", pence: -1_000_001, profile: .equal)

  static func actuals(_ line: String, _ pence: [Int], _ year: MonitoringYear = months) -> [ActualSpend] {
    zip(year.periods, pence).map { ActualSpend(line: line, period: $0, pence: $1) }
  }

  static func view(
    _ entries: MonitoringView.Entries, upTo place: Int? = 4, _ year: MonitoringYear = months,
    reasonAbove: Int? = nil
  ) throws -> MonitoringView {
    try MonitoringView(year, upTo: place.map { year.periods[$0] }, entries: entries, reasonAbove: reasonAbove)
  }

  static func refusal(_ entries: MonitoringView.Entries, upTo place: Int? = 4) -> String {
    do {
      _ = try view(entries, upTo: place)
      Issue.record("nothing was refused")
      return ""
    } catch { return "\(error)" }
  }

  static let spent = actuals("homes", [9_900_000, 10_100_000, 11_000_000, 11_000_000, 11_250_050])

  @Test(
    "actual, commitment and new less ceasing is the forecast, and budget less forecast the variance, to the penny"
  )
  func worked() throws {
    let view = try Self.view(
      .init(
        lines: [Self.homes, Self.income],
        actuals: Self.spent + Self.actuals("income", [0, 0, -250_000, 0, 0]),
        commitments: [
          Commitment(
            id: "a", line: "homes",
            kind: .placement(first: Self.date("2024-11-04"), last: nil, weeklyPence: 400_000)),
          Commitment(
            id: "b", line: "homes",
            kind: .placement(
              first: Self.date("2025-09-08"), last: Self.date("2025-12-19"), weeklyPence: 612_345)),
          Commitment(
            id: "c", line: "income", kind: .amount(period: Self.months.periods[11], pence: -750_001)),
        ],
        expected: [
          ExpectedChange(line: "homes", new: Draws([500_000, 700_000.015]), ceasing: Draws(10_000.5))
        ]))
    let homes = view.rows[0]
    // 532,500.50 spent in five months, for which 500,000.00 was budgeted.
    #expect(homes.actualToDate == 53_250_050)
    #expect(homes.budgetToDate == 50_000_000)
    #expect(homes.varianceToDate == -3_250_050)
    // 212 days from 1 September at 4,000/7, and 103 days from 8 September to 19 December at 6,123.45/7.
    #expect(homes.commitment == 12_114_286 + 9_010_219)
    // The mean of 50,000,000 and 70,000,002 pence (what is written as 700,000.015 is held as a little more); 1,000,050.
    #expect(homes.expectedNew == 60_000_001 && homes.expectedCeasing == 1_000_050)
    #expect(homes.forecast == 53_250_050 + 21_124_505 + 60_000_001 - 1_000_050)
    #expect(homes.variance == 120_000_000 - 133_374_506)
    #expect(homes.probabilityOverspend.value == 1)
    #expect(homes.periods[5].actual == nil && homes.periods[4].commitment == 0)
    let income = view.rows[1]
    #expect(income.forecast == -1_000_001 && income.variance == 0)
    #expect(income.probabilityOverspend.value == 0 && income.probabilityOverspend.error == 0)
    #expect(view.total.forecast == homes.forecast - 1_000_001)
    #expect(view.total.variance == -13_374_506)
    #expect(view.upTo?.label == "2025-08")
    #expect(view.total.bridge == nil && view.notes.isEmpty)
  }

  @Test("periods sum to the year and lines to the total, whatever the amounts")
  func footing() throws {
    let stream = RandomStream(seed: 11, name: "monitoring")
    for path in 0..<60 {
      var own = stream.path(UInt64(path))
      let year = path % 2 == 0 ? Self.months : Self.quarters
      let elapsed = Int(own.uniform() * Double(year.periods.count))
      let profiles: [BudgetLine.Profile] = [
        .equal, .days,
        .terms([
          .init(first: Self.date("2025-04-22"), share: 0.31),
          .init(first: Self.date("2026-01-05"), share: 0.69),
        ]),
      ]
      var entries = MonitoringView.Entries(lines: [], actuals: [])
      for (place, profile) in profiles.enumerated() {
        let id = "line-\(place)"
        entries.lines.append(
          BudgetLine(id: id, name: id, pence: Int(own.uniform() * 1e9) - 100_000, profile: profile))
        entries.actuals += Self.actuals(id, (0..<elapsed).map { _ in Int(own.normal() * 1e7) }, year)
        for number in 0..<5 {
          let first = year.year.firstDay.adding(days: Int(own.uniform() * 500) - 60)
          entries.commitments.append(
            Commitment(
              id: "\(id)/\(number)", line: id,
              kind: .placement(
                first: first, last: number == 0 ? nil : first.adding(days: Int(own.uniform() * 300)),
                weeklyPence: Int(own.uniform() * 1e6))))
        }
        entries.expected.append(
          ExpectedChange(
            line: id, new: Draws((0..<7).map { _ in own.uniform() * 1e5 + 1 }), ceasing: Draws(0.125)))
        entries.volumes.append(
          VolumeAndPrice(
            line: id, part: "a", budgeted: .init(children: own.uniform() * 9, weeks: 50, weeklyPrice: 5000),
            forecast: .init(children: own.uniform() * 9, weeks: 48.3, weeklyPrice: 5123.45)))
      }
      let view = try Self.view(entries, upTo: elapsed == 0 ? nil : elapsed - 1, year)
      for row in view.rows + [view.total] {
        #expect(row.periods.reduce(0) { $0 + $1.budget } == row.budget)
        #expect(row.periods.prefix(elapsed).reduce(0) { $0 + $1.budget } == row.budgetToDate)
        #expect(row.periods.reduce(0) { $0 + ($1.actual ?? 0) } == row.actualToDate)
        #expect(row.periods.reduce(0) { $0 + $1.commitment } == row.commitment)
        #expect(row.forecast == row.actualToDate + row.commitment + row.expectedNew - row.expectedCeasing)
        #expect(row.variance == row.budget - row.forecast)
        #expect(row.varianceToDate == row.budgetToDate - row.actualToDate)
        #expect(row.bridge?.total == row.variance)
      }
      for part in [
        \MonitoringRow.budget, \.forecast, \.variance, \.commitment, \.actualToDate, \.expectedNew,
      ] {
        #expect(view.rows.reduce(0) { $0 + $1[keyPath: part] } == view.total[keyPath: part])
      }
    }
  }

  @Test("a placement costs the same however it is cut into months, quarters and what is over")
  func days() throws {
    for year in [Self.months, Self.quarters] {
      let view = try Self.view(
        .init(
          lines: [Self.homes], actuals: [],
          commitments: [
            Commitment(
              id: "a", line: "homes",
              kind: .placement(
                first: Self.date("2025-04-01"), last: Self.date("2026-03-31"), weeklyPence: 100_003))
          ]), upTo: nil, year)
      // 365 days of 1,000.03 a week: 52,144.42.
      #expect(view.total.commitment == 5_214_442)
    }
    let one = try Self.view(
      .init(
        lines: [Self.homes], actuals: [],
        commitments: [
          Commitment(
            id: "a", line: "homes",
            kind: .placement(first: Self.date("2025-05-05"), last: Self.date("2025-05-05"), weeklyPence: 700))
        ]), upTo: nil)
    #expect(one.rows[0].periods[1].commitment == 100 && one.total.commitment == 100)
  }

  @Test("the probability of overspend counts futures, and the total's is that of the sum in each future")
  func probability() throws {
    func line(_ id: String) -> BudgetLine { BudgetLine(id: id, name: id, pence: 10_000, profile: .equal) }
    let view = try Self.view(
      .init(
        lines: [line("a"), line("b")], actuals: [],
        expected: [
          ExpectedChange(line: "a", new: Draws([90, 110, 120, 80]), ceasing: Draws(0)),
          ExpectedChange(line: "b", new: Draws([105, 95, 70, 121]), ceasing: Draws(0)),
        ]), upTo: nil)
    #expect(view.rows.map(\.probabilityOverspend.value) == [0.5, 0.5])
    // 195, 205, 190 and 201 against 200.
    #expect(view.total.probabilityOverspend.value == 0.5)
    #expect(view.total.probabilityOverspend.error == 0.25)
    #expect(view.total.forecastQuantity.mean == 197.75)
  }

  @Test("parts are settled to a whole that rounding has left a penny or more above or below their sum")
  func settled() {
    #expect(WholePence.settled([1.5, 1.5], to: 3) == [2, 1])
    #expect(WholePence.settled([0.2, 0.9], to: 1) == [0, 1])
    #expect(WholePence.settled([1, 2, 3], to: 5) == [1, 2, 2])
    #expect(WholePence.settled([1, 2], to: 6) == [3, 3])
    #expect(WholePence.settled([-1.5, 0.25], to: -1) == [-1, 0])
    #expect(WholePence.settled([], to: 0) == [])
    for (dividend, divisor, nearest) in [
      (7, 2, 4), (5, 2, 2), (-5, 2, -2), (-7, 2, -4), (8, 3, 3), (-8, 3, -3),
    ] {
      #expect(WholePence.rounded(dividend, over: divisor) == nearest)
    }
  }

  // MARK: Reasons

  static let parts = [
    VolumeAndPrice(
      line: "homes", part: "foster", budgeted: .init(children: 40, weeks: 52, weeklyPrice: 900),
      forecast: .init(children: 44, weeks: 50, weeklyPrice: 930)),
    VolumeAndPrice(
      line: "homes", part: "residential", budgeted: .init(children: 10, weeks: 52, weeklyPrice: 4200),
      forecast: .init(children: 13, weeks: 48, weeklyPrice: 4400)),
  ]

  @Test("a variance is split into volume, mix, price and timing as computed apart, and sums to it")
  func bridge() throws {
    // 735,600.00 in all: 578,480 + 252,520 + 179,260 - 274,660, and 1.23 that numbers and prices do not explain.
    let bridge = try VarianceBridge(line: "homes", variance: -73_560_123, parts: Self.parts)
    #expect(bridge.volume == -57_848_000 && bridge.mix == -25_252_000)
    #expect(bridge.price == -17_926_000 && bridge.timing == 27_466_000)
    #expect(bridge.other == -123)
    #expect(bridge.total == -73_560_123)
    #expect(bridge.main == .volume)
    // From the forecast to the budget it is the same with the signs turned.
    let turned = try VarianceBridge(
      line: "homes", variance: 73_560_000,
      parts: Self.parts.map {
        VolumeAndPrice(line: $0.line, part: $0.part, budgeted: $0.forecast, forecast: $0.budgeted)
      })
    #expect(turned.volume == 57_848_000 && turned.timing == -27_466_000 && turned.other == 0)
  }

  @Test("the order-free split of 21.90m to 27.24m is 2.645 volume, 1.090 mix and 1.605 price")
  func domain() throws {
    let figures = [(400.0, 24_000.0, 420.0, 25_000.0), (100, 60_000, 140, 66_000), (900, 7000, 1000, 7500)]
    let bridge = try VarianceBridge(
      line: "plans", variance: -534_000_000,
      parts: figures.enumerated().map {
        VolumeAndPrice(
          line: "plans", part: "\($0)", budgeted: .init(children: $1.0, weeks: 1, weeklyPrice: $1.1),
          forecast: .init(children: $1.2, weeks: 1, weeklyPrice: $1.3))
      })
    #expect(bridge.volume == -264_465_201 && bridge.mix == -109_034_799 && bridge.price == -160_500_000)
    #expect(bridge.timing == 0 && bridge.other == 0)
  }

  @Test("children where none were budgeted are volume, and nothing at all is nothing")
  func edges() throws {
    let none = VolumeAndPrice.Figures(children: 0, weeks: 0, weeklyPrice: 0)
    let some = VolumeAndPrice.Figures(children: 2, weeks: 10, weeklyPrice: 100)
    func bridge(_ old: VolumeAndPrice.Figures, _ new: VolumeAndPrice.Figures) throws -> VarianceBridge {
      try VarianceBridge(
        line: "l", variance: Int((old.cost - new.cost) * 100),
        parts: [VolumeAndPrice(line: "l", part: "p", budgeted: old, forecast: new)])
    }
    let priced = VolumeAndPrice.Figures(children: 0, weeks: 10, weeklyPrice: 100)
    #expect(try bridge(priced, some).volume == -200_000)
    #expect(try bridge(some, priced).volume == 200_000)
    #expect(try bridge(none, none).main == nil)
    #expect(try bridge(none, some).total == -200_000)
    #expect(try VarianceBridge(line: "l", variance: -5, parts: []).main == nil)
  }

  @Test(
    "a line's reason stands beside the split; where the figures say otherwise, or no reason is given, it is noted"
  )
  func reasons() throws {
    let entries = MonitoringView.Entries(
      lines: [Self.homes, Self.income],
      actuals: Self.spent + Self.actuals("income", [0, 0, 0, 0, 0]), volumes: Self.parts,
      reasons: [VarianceReason(line: "homes", kind: .price, text: "Fees rose in September.")])
    let view = try Self.view(entries, reasonAbove: 100)
    #expect(view.rows[0].reason?.kind == .price)
    #expect(view.rows[0].bridge?.total == view.rows[0].variance)
    #expect(view.total.bridge?.total == view.total.variance)
    // What numbers explain is an overspend, and the line is underspent so far: the rest is not explained.
    #expect(view.rows[0].bridge?.main == nil)
    #expect(view.notes == ["Contributions: the variance of -£10,000.01 has no reason."])
    var told = entries
    told.commitments = [
      Commitment(id: "c", line: "homes", kind: .amount(period: Self.months.periods[6], pence: 140_309_950)),
      Commitment(
        id: "gone", line: "homes",
        kind: .placement(first: Self.date("2024-05-01"), last: Self.date("2025-08-31"), weeklyPence: 1)),
    ]
    #expect(
      try Self.view(told).notes == [
        "The commitment \"gone\" costs nothing from the last actual to the end of the year.",
        "Children's homes: the reason given is price, and the figures say volume most.",
      ])
    told.reasons = [VarianceReason(line: "homes", kind: .policy, text: "A new grant condition.")]
    #expect(try Self.view(told).notes.count == 1)
  }

  // MARK: Profiles

  @Test("a budget is spread equally, by days, by term or as given, to the penny")
  func profiles() throws {
    func spread(_ pence: Int, _ profile: BudgetLine.Profile, _ year: MonitoringYear = Self.quarters) throws
      -> [Int]
    {
      try BudgetLine(id: "l", name: "l", pence: pence, profile: profile).profiled(over: year)
    }
    #expect(try spread(103, .equal) == [26, 26, 26, 25])
    #expect(try spread(-103, .equal).reduce(0, +) == -103)
    #expect(try spread(36_500, .days) == [9100, 9200, 9200, 9000])
    let terms: [BudgetLine.Term] = [
      .init(first: Self.date("2025-04-22"), share: 0.25), .init(first: Self.date("2025-09-03"), share: 0.5),
      .init(first: Self.date("2026-01-05"), share: 0.25),
    ]
    #expect(try spread(1001, .terms(terms)) == [250, 501, 0, 250])
    #expect(try spread(10, .given([1, 2, 3, 4])) == [1, 2, 3, 4])
    func said(_ profile: BudgetLine.Profile, _ pence: Int = 10) -> String {
      do {
        _ = try spread(pence, profile)
        Issue.record("nothing was refused")
        return ""
      } catch { return "\(error)" }
    }
    #expect(said(.given([1, 2, 3])).contains("given for 3 periods, and 2025/26 has 4"))
    #expect(said(.given([1, 2, 3, 5])).contains("comes to £0.11, and that of the year is £0.10"))
    #expect(said(.given([.max, .max, 0, 0])).contains("write pence"))
    #expect(said(.equal, .min).contains("at most £100,000,000,000.00"))
    #expect(said(.terms([terms[0]])).contains("sum to 0.25"))
    #expect(said(.terms([.init(first: Self.date("2026-04-01"), share: 1)])).contains("outside 2025/26"))
    #expect(said(.terms([.init(first: Self.date("2025-04-01"), share: .nan)])).contains("0 to 1"))
  }
}
