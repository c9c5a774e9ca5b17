import Indicators
import TimeSeries

/// How often each answer was given: what the benchmark compares between ways of working it out, so that no time is of work
/// that was not done.
struct IndicatorTally: Hashable, Sendable {
  /// Trends that rise, that fall, and that cannot be told.
  var rising = 0
  var falling = 0
  var untold = 0
  /// Charts without limits; points by whether they are special cause; charts by the icon of their last point.
  var withoutLimits = 0
  var signals = 0
  var improvements = 0
  var concerns = 0
  /// Comparisons by their standing.
  var better = 0
  var worse = 0

  mutating func add(_ direction: TrendDirection?) {
    switch direction {
    case .increasing: rising += 1
    case .decreasing: falling += 1
    case TrendDirection.none?: break
    case nil: untold += 1
    }
  }

  mutating func add(_ icon: VariationIcon?) {
    switch icon {
    case .improvementHigh, .improvementLow: improvements += 1
    case .concernHigh, .concernLow: concerns += 1
    case .commonCause, .neutralHigh, .neutralLow: break
    case nil: withoutLimits += 1
    }
  }

  mutating func add(_ standing: Standing) {
    if standing == .better { better += 1 }
    if standing == .worse { worse += 1 }
  }

  static func += (left: inout IndicatorTally, right: IndicatorTally) {
    left.rising += right.rising
    left.falling += right.falling
    left.untold += right.untold
    left.withoutLimits += right.withoutLimits
    left.signals += right.signals
    left.improvements += right.improvements
    left.concerns += right.concerns
    left.better += right.better
    left.worse += right.worse
  }
}

extension IndicatorFigures {
  /// Trend marker, control chart and comparison of some series, on plain numbers; `signals` has room for one chart.
  func judge(_ numbers: Range<Int>, signals: inout MutableSpan<PointSignal>) -> IndicatorTally {
    var tally = IndicatorTally()
    for number in numbers {
      let years = (number * Self.years)..<((number + 1) * Self.years)
      let line = FivePointTrend(
        values: values.span.extracting(years), lower: lower.span.extracting(years),
        upper: upper.span.extracting(years))
      tally.add(line?.direction)
      let months = (number * Self.months)..<((number + 1) * Self.months)
      let chart = ControlRuleMarking.mark(&signals, xmr: monthly.span.extracting(months))
      for month in 0..<Self.months where signals[month].named != nil { tally.signals += 1 }
      tally.add(chart.map { _ in VariationIcon(signals[Self.months - 1].named, polarity: .lowerIsBetter) })
      let side = BenchmarkComparison.side(
        lower: lower[years.upperBound - 1], upper: upper[years.upperBound - 1], benchmark: benchmarks[number])
      tally.add(Standing(side: side, polarity: .lowerIsBetter))
    }
    return tally
  }

  /// The same of series, with every check, sentence and suggestion.
  func judgeSeries(_ numbers: Range<Int>) throws -> IndicatorTally {
    var tally = IndicatorTally()
    for number in numbers {
      let (yearly, monthly) = try series(number)
      tally.add(try RecentTrend(of: yearly).direction)
      let chart = try ControlChart(of: monthly)
      tally.signals += chart.points.count { $0.cause != nil }
      tally.add(chart.variation)
      let last = try CountPair(
        values[(number + 1) * Self.years - 1], of: 10_000, series: yearly.id, period: "2024"
      )
      .crudeRate(per: 10_000)
      let comparison = BenchmarkComparison(
        last, with: Estimate.published(benchmarks[number], unit: .rate(per: 10_000)), named: "England",
        polarity: .lowerIsBetter)
      tally.add(comparison.standing)
    }
    return tally
  }
}
