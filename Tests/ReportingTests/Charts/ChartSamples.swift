@testable import Reporting

/// A chart of every kind, of invented figures, as a commissioner would be shown it.
enum ChartSamples {
  /// All charts, by name.
  static var all: [(name: String, chart: any Chart)] {
    get throws {
      [
        ("fan", try balance), ("plans", try plans), ("waterfall", try spending), ("deficit", try deficit),
        ("tornado", try tornado), ("dumbbell", try dumbbell), ("slope", try slope), ("stacked", try ages),
        ("histogram", try histogram), ("multiples", try multiples),
      ]
    }
  }

  /// A balance below nothing, with a level, what was forecast before, and every interval.
  static var balance: FanChart {
    get throws {
      func fan(_ millions: Double, _ spread: Double) -> FanChart.Point.Content {
        func interval(_ share: Double) -> ClosedRange<Double> {
          (millions - share * spread) * 1e6...(millions + share * spread) * 1e6
        }
        return .forecast(
          FanChart.Fan(
            median: millions * 1e6, interval50: interval(0.3), interval80: interval(0.6),
            interval95: interval(1)
          ))
      }
      return try FanChart(
        title: "The closing balance falls to -£38.0m by 2026/27, and is almost certainly below the budget",
        subtitle: "High needs, Sefton: closing balance of the dedicated schools grant", unit: .pounds,
        points: [
          FanChart.Point(label: "2020/21", content: .published(-4.5e6)),
          FanChart.Point(label: "2021/22", content: .published(-9.9e6), hindcast: -8e6),
          FanChart.Point(label: "2022/23", content: .published(-14e6), level: -16e6, hindcast: -13e6),
          FanChart.Point(label: "2023/24", content: .published(-19e6), level: -17e6),
          FanChart.Point(label: "2024/25", content: fan(-24, 4), level: -18e6),
          FanChart.Point(label: "2025/26", content: fan(-31, 8), level: -19e6),
          FanChart.Point(label: "2026/27", content: fan(-38, 12), level: -20e6),
        ], levelName: "budget", notes: ["Source: schools forum papers."], identifier: "fan")
    }
  }

  /// Plans by year, with a forecast of 80 and 95 per cent intervals.
  static var plans: FanChart {
    get throws {
      try FanChart(
        title: "EHC plans: 2,260 now, about 2,960 in 2029", subtitle: "Sefton, January of each year",
        unit: .count("plans"),
        points: (2015...2029).map { year in
          let plans = 1_000 + Double(year - 2015) * 140
          guard year > 2024 else { return FanChart.Point(label: "\(year)", content: .published(plans)) }
          let spread = Double(year - 2024) * 100
          return FanChart.Point(
            label: "\(year)",
            content: .forecast(
              FanChart.Fan(
                median: plans, interval80: (plans - 0.6 * spread)...(plans + 0.6 * spread),
                interval95: (plans - spread)...(plans + spread))))
        }, identifier: "plans")
    }
  }

  /// Spending from year to year.
  static var spending: WaterfallChart {
    get throws {
      try WaterfallChart(
        title: "Spending rises by £6.2m from 2024/25 to 2025/26, mostly because there are more plans",
        unit: .pounds, start: WaterfallChart.Amount("Spending 2024/25", 41.2e6),
        steps: [
          WaterfallChart.Amount("More plans", 3.9e6),
          WaterfallChart.Amount(
            "Children in dearer settings than before (independent special schools)", 1.4e6),
          WaterfallChart.Amount("Prices", 1.8e6),
          WaterfallChart.Amount("Mitigations: local places", -0.9e6),
        ], endName: "Spending 2025/26")
    }
  }

  /// A balance that crosses nothing, with names that harm a careless page.
  static var deficit: WaterfallChart {
    get throws {
      try WaterfallChart(
        title: "The balance falls below nothing", unit: .pounds,
        start: WaterfallChart.Amount("Balance 2024", 2.1e6),
        steps: [
          WaterfallChart.Amount("=cmd()", 1e6),
          WaterfallChart.Amount("Spending <script>alert(1)</script>", -5e6),
          WaterfallChart.Amount("תוכנית 🎉", 0.4e6),
        ], endName: "Balance 2025", identifier: "deficit")
    }
  }

  /// What moves a balance.
  static var tornado: TornadoChart {
    get throws {
      try TornadoChart(
        title: "The growth of plans matters most", subtitle: "Closing balance in 2029/30", unit: .pounds,
        base: -45.2e6,
        bars: [
          TornadoChart.Bar("Price of independent places, a year", low: -40e6, high: -51e6),
          TornadoChart.Bar("Growth of plans", low: -30e6, high: -62e6),
          TornadoChart.Bar("Grant", low: -47e6, high: -43e6),
          TornadoChart.Bar("Mitigation", low: -45.2e6, high: -44e6),
        ])
    }
  }

  /// Areas and their rates; one has no second figure.
  static let areas: [DumbbellChart.Row] = [
    DumbbellChart.Row("Sefton", from: 60, to: 88, isFocus: true),
    DumbbellChart.Row("Wirral", from: 63, to: 87),
    DumbbellChart.Row("St. Helens", from: 66, to: 83),
    DumbbellChart.Row("Knowsley", from: 69, to: 90),
    DumbbellChart.Row("Halton", from: 60, to: 86),
    DumbbellChart.Row("North Tyneside", from: 63, to: nil),
    DumbbellChart.Row("Lancashire", from: 66, to: 89),
    DumbbellChart.Row("Calderdale", from: 72, to: 64),
    DumbbellChart.Row("Tameside", from: 60, to: 81),
  ]

  /// Two figures of each area, in rows.
  static var dumbbell: DumbbellChart {
    get throws {
      try DumbbellChart(
        title: "Sefton's rate rose faster than its neighbours'", subtitle: "Children looked after, 31 March",
        unit: .count("per 10,000 children"), fromName: "2019", toName: "2024", rows: areas)
    }
  }

  /// Two figures of each area, as lines.
  static var slope: SlopeChart {
    get throws {
      try SlopeChart(
        title: "Sefton's rate rose faster than its neighbours'", subtitle: "Children looked after, 31 March",
        unit: .count("per 10,000 children"), fromName: "2019", toName: "2024", rows: areas)
    }
  }

  /// Parts by age.
  static var ages: StackedAreaChart {
    get throws {
      let names = ["Under 5", "5 to 10", "11 to 15", "16 to 19", "20 to 25"]
      return try StackedAreaChart(
        title: "Plans of young people over 16 grow fastest", subtitle: "EHC plans by age, Sefton",
        unit: .count("plans"), labels: (2015...2026).map { "\($0)" },
        layers: names.enumerated().map { age, name in
          StackedAreaChart.Layer(name, (0..<12).map { 50 + Double(age * 60 + $0 * (age + 1) * 6) })
        }, forecastStart: 10)
    }
  }

  /// Simulated balances, about 17 in 100 of them above nothing.
  static var histogram: HistogramChart {
    get throws {
      let dice = ChartDice(42)
      let amounts = (0..<5_000).map { _ in
        -6e6 + 6e6 * ((0..<12).reduce(0.0) { sum, _ in sum + dice.figure(0...1) } - 6)
      }
      return try HistogramChart(
        title: "A deficit in 2025/26 is very likely", subtitle: "Closing balance, 5,000 simulated futures",
        unit: .pounds, amounts: amounts, threshold: 0, side: .below, sideName: "deficit")
    }
  }

  /// Several quantities side by side.
  static var multiples: SmallMultiples {
    get throws {
      try SmallMultiples(
        title: "Five services, of which one falls", subtitle: "Sefton",
        charts: [try balance, try plans, try plans, try balance, try plans])
    }
  }
}
