import Forecasting
import TimeSeries

/// Fills the lines of a card one after another; what two of them share, such as a forecast, is worked out once.
struct ScorecardFilling {
  private let evidence: Panel
  /// The evidence with what was published later, of which no figure is told.
  private let whole: Panel
  private let context: ScorecardContext
  private var forecasts: [String: Availability<ScorecardForecast>] = [:]

  /// The fewest figures of the area itself that a forecast is made from.
  private static let fewestForecast = 3

  init(evidence: Panel, context: ScorecardContext) {
    whole = evidence
    self.evidence = evidence.known(asOf: context.asOf)
    self.context = context
  }

  /// The line of an indicator.
  mutating func result(of indicator: ScorecardIndicator) -> ScorecardResult {
    switch subject(of: indicator) {
    case .unavailable(let reason): return Self.empty(indicator, reason)
    case .available(let series):
      guard let point = series.latest, let figure = ScorecardFigure(point, asOf: context.asOf) else {
        return Self.empty(
          indicator, "nothing of the series \(series.id) was published by \(context.asOf) for \(context.area)"
        )
      }
      return line(indicator, series: series, point: point, figure: figure)
    }
  }

  private func subject(of indicator: ScorecardIndicator) -> Availability<Series> {
    guard let id = indicator.evidence.series else {
      if case .none(let reason) = indicator.evidence { return .unavailable(reason) }
      return .unavailable("no series is named")
    }
    guard let series = evidence[id, area: context.area] else {
      return .unavailable("there is no series \(id) of \(context.area) in the workspace")
    }
    return .available(series)
  }

  private mutating func line(
    _ indicator: ScorecardIndicator, series: Series, point: DataPoint, figure: ScorecardFigure
  ) -> ScorecardResult {
    let polarity = indicator.polarity
    let population = indicator.population.flatMap { evidence[$0, area: context.area] }
    let estimate = ScorecardEstimate.estimate(point, of: series, population: population)
    let benchmark = comparison(estimate, series, point.period, with: context.benchmark, "benchmark", polarity)
    let region = comparison(estimate, series, point.period, with: context.region, "region", polarity)
    let neighbours = peers(of: series, at: point, polarity: polarity)
    let outlook = indicator.target.map { target -> Availability<TargetOutlook> in
      if let fault = indicator.definitionFault { return .unavailable("its definition was refused: \(fault)") }
      return prospect(of: target, series: series)
    }
    let chart = ScorecardChart(
      series: series, polarity: polarity, target: indicator.target,
      obstacle: indicator.target.flatMap { target in
        indicator.definitionFault.map { "its definition was refused: \($0)" }
          ?? obstacle(of: target, series: series, period: point.period)
      })
    let rating = ScorecardRating(
      indicator: indicator, figure: figure,
      due: indicator.target.flatMap { TargetOutlook.period(of: series, by: $0.date) },
      obstacle: { [filling = self] period in
        indicator.target.flatMap { filling.obstacle(of: $0, series: series, period: period) }
      }, method: estimate.intervalText, benchmark: benchmark, neighbours: neighbours, outlook: outlook
    ).rating()
    return ScorecardResult(
      indicator: indicator, unit: series.measure.unit, latest: .available(figure), estimate: estimate,
      previous: previous(of: series, before: point), benchmark: benchmark, region: region,
      neighbours: neighbours, rating: rating,
      trend: recentTrend(of: series, population: population),
      monotonicTrend: Availability { () throws(IndicatorsError) in try MonotonicTrend(of: series) },
      variation: chart.variation, assurance: chart.assurance, chartWarnings: chart.warnings, outlook: outlook,
      forecast: forecast(of: series))
  }

  // MARK: Parts of a line

  private func previous(of series: Series, before point: DataPoint) -> Availability<ScorecardFigure> {
    let earlier = series.points.last { $0.period < point.period && $0.value != nil }
    guard let earlier, let figure = ScorecardFigure(earlier, asOf: context.asOf) else {
      return .unavailable("there is no earlier figure")
    }
    if let broken = series.breaks.first(where: { earlier.period < $0 && $0 <= point.period }) {
      return .unavailable(
        "the series breaks before \(broken.label): \(earlier.period.label) is not comparable")
    }
    return .available(figure)
  }

  private func comparison(
    _ estimate: Estimate, _ series: Series, _ period: Period, with name: String?, _ role: String,
    _ polarity: Polarity
  ) -> Availability<BenchmarkComparison> {
    guard let name else { return .unavailable("the card names no \(role)") }
    if let reason = Self.sizeReason(series) { return .unavailable(reason) }
    guard let other = evidence[series.id, area: name] else {
      return .unavailable("the workspace has no series \(series.id) of \(name)")
    }
    guard let value = other.point(at: period)?.value else {
      return .unavailable("\(name) has no figure for \(period.label)")
    }
    return .available(
      BenchmarkComparison(
        estimate, with: .published(value, unit: other.measure.unit), named: name, polarity: polarity))
  }

  private func peers(
    of series: Series, at point: DataPoint, polarity: Polarity
  ) -> Availability<PeerComparison> {
    guard !context.neighbours.isEmpty else { return .unavailable("the card names no statistical neighbours") }
    if let reason = Self.sizeReason(series) { return .unavailable(reason) }
    guard let value = point.value else { return .unavailable("there is no figure") }
    let peers = context.neighbours.map { name in
      PeerComparison.Peer(
        name,
        evidence[series.id, area: name].flatMap { other in
          other.measure.unit == series.measure.unit ? other.point(at: point.period)?.value : nil
        })
    }
    guard peers.contains(where: { $0.value != nil }) else {
      return .unavailable("no statistical neighbour has a figure for the period in the workspace")
    }
    return Availability { () throws(IndicatorsError) in
      try PeerComparison(value, among: peers, polarity: polarity, subject: series.id)
    }
  }

  private func obstacle(of target: ScorecardTarget, series: Series, period: Period) -> String? {
    target.obstacle(
      series, whole: whole[series.id, area: context.area] ?? series, asOf: context.asOf, period: period)
  }

  private func prospect(of target: ScorecardTarget, series: Series) -> Availability<TargetOutlook> {
    guard let measurable = target.measurable else {
      return .unavailable("the document names a direction and no figure, so nobody can say whether it is met")
    }
    guard let due = TargetOutlook.period(of: series, by: target.date) else {
      return .unavailable("the periods of the series have no dates")
    }
    if let reason = obstacle(of: target, series: series, period: due) { return .unavailable(reason) }
    return Availability { () throws(IndicatorsError) in
      try TargetOutlook(measurable, for: series, among: others(than: series))
    }
  }

  private func recentTrend(of series: Series, population: Series?) -> Availability<RecentTrend> {
    do throws(IndicatorsError) {
      return .available(try RecentTrend(of: series, population: population))
    } catch {
      // The commonest reason, which the long list of what is not available says in few words.
      let lacksCounts = series.points.suffix(FivePointTrend.count)
        .contains { $0.value != nil && ($0.numerator == nil || $0.denominator == nil) }
      return population == nil && lacksCounts
        ? .unavailable("no counts are published with the figures, and no population implies them")
        : .unavailable("\(error)")
    }
  }

  /// Why figures of areas of different sizes are not put side by side; nil where they may be.
  static func sizeReason(_ series: Series) -> String? {
    switch series.measure.unit {
    case .count, .pounds: "a number of \(series.measure.unit) says nothing beside an area of another size"
    case .rate, .proportion, .percentage, .weeks, .score, .other: nil
    }
  }

  private func others(than series: Series) -> [Series] {
    evidence.filter { $0.id == series.id && $0.area != series.area }
  }

  private mutating func forecast(of series: Series) -> Availability<ScorecardForecast> {
    if let known = forecasts[series.id] { return known }
    let others = others(than: series)
    let made = Availability { () throws(IndicatorsError) -> ScorecardForecast in
      let found = series.points.count { $0.value != nil }
      guard found >= Self.fewestForecast, let next = series.latest?.period.advanced(by: 1) else {
        throw .tooFewPoints(
          series: series.id, method: "a forecast", found: found, needed: Self.fewestForecast)
      }
      do throws(ForecastingError) {
        let own = try MeasureForecast(of: series, among: others, horizon: 1)
        let interval = try own.forecast.interval(0.8, step: 1)
        return ScorecardForecast(
          period: next, median: try own.forecast.median(step: 1), lower80: interval.lowerBound,
          upper80: interval.upperBound, comparatorCount: own.comparatorCount, remark: own.remark)
      } catch {
        throw .forecast(series: series.id, reason: "\(error)")
      }
    }
    forecasts[series.id] = made
    return made
  }

  /// A line without figures.
  private static func empty(_ indicator: ScorecardIndicator, _ reason: String) -> ScorecardResult {
    ScorecardResult(
      indicator: indicator, unit: nil, latest: .unavailable(reason), estimate: nil,
      previous: .unavailable(reason),
      benchmark: .unavailable(reason), region: .unavailable(reason), neighbours: .unavailable(reason),
      rating: Rating(.notJudged, by: .none, reason: "there is no figure: \(reason)"),
      trend: .unavailable(reason), monotonicTrend: .unavailable(reason), variation: .unavailable(reason),
      assurance: .unavailable(reason), chartWarnings: [],
      outlook: indicator.target.map { _ in .unavailable(reason) },
      forecast: .unavailable(reason))
  }
}
