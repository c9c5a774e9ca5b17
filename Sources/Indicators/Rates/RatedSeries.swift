import RealModule
import TimeSeries

/// A series told as rates or shares with their limits: each figure an estimate, or the reason why there is none.
///
/// - Figures with numerator and denominator are worked out from them; the published value is only checked. A figure that
///   is suppressed stays so, whatever counts stand beside it.
/// - Counts become crude rates of the population that is given.
/// - Published rates without counts keep their value; their limits are those that were published with them, those of the
///   counts that a rate and its population imply, or none; a share is not told by a population.
public struct RatedSeries: Hashable, Sendable {
  /// A figure.
  public struct Figure: Hashable, Sendable {
    /// The period.
    public let period: Period
    /// The estimate; nil where there is none.
    public let estimate: Estimate?
    /// The counts that it was worked out from, where they are known or implied.
    public let counts: CountPair?
    /// Why there is no estimate, a sentence; nil where there is one.
    public let reason: String?
    /// Whether that is a fault of the data, such as a count above its denominator, and not a figure held back.
    public let isFault: Bool
    /// What is wrong with the population by which the figure is told, where that is the fault.
    public let populationFault: PopulationFault?
    /// Whether the fault is one of the population.
    public var isFaultOfPopulation: Bool { populationFault != nil }
    /// Whether the counts are those that rate and population imply.
    public let isImplied: Bool
    /// What is doubtful about the figure, a sentence without its full stop; nil where nothing is.
    public let doubt: String?
    /// How many people or events a published rate makes of the population; nil for rates that were worked out from
    /// counts, for shares, and without a population.
    public let expected: Estimate?

    init(
      _ period: Period, estimate: Estimate? = nil, counts: CountPair? = nil, reason: String? = nil,
      isFault: Bool = false, populationFault: PopulationFault? = nil, isImplied: Bool = false,
      doubt: String? = nil, expected: Estimate? = nil
    ) {
      self.period = period
      self.estimate = estimate
      self.counts = counts
      self.reason = reason
      self.isFault = isFault
      self.populationFault = populationFault
      self.isImplied = isImplied
      self.doubt = doubt
      self.expected = expected
    }
  }

  /// What is wrong with the population of a period.
  public enum PopulationFault: Hashable, Sendable {
    /// There is none for the period.
    case notKnown
    /// It is this number, by which no rate can be told.
    case number(Double)
  }

  /// How a series is told.
  public struct Telling: Sendable {
    /// The people that counts are told by, and rates without counts are weighed by; nil for none.
    public let population: PopulationBase?
    /// The number of people that the rates of counts are told by.
    public let multiplier: Double
    /// The levels at which limits are given.
    public let confidence: [Confidence]
    /// Whether the first two covariates of every figure are its published lower and upper 95% limits.
    public let hasPublishedLimits: Bool

    /// A way of telling.
    public init(
      population: PopulationBase? = nil, per multiplier: Double = 10_000,
      confidence: [Confidence] = Confidence.published, hasPublishedLimits: Bool = false
    ) {
      self.population = population
      self.multiplier = multiplier
      self.confidence = confidence
      self.hasPublishedLimits = hasPublishedLimits
    }
  }

  /// The series in the unit of its rates, with the estimates as values and the counts that they were made of.
  public let series: Series
  /// The figures, in the order of their periods.
  public let figures: [Figure]
  /// 95% limits that do not come from the counts of the series, for the test of its recent trend.
  public let limits: [Period: ConfidenceLimits]

  /// Tells a series as rates.
  ///
  /// - Parameters:
  ///   - series: the series.
  ///   - telling: how.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where its unit can be no rate: a count without a
  ///   population, pounds, weeks, scores.
  public init(_ series: Series, by telling: Telling = Telling()) throws(IndicatorsError) {
    let unit: TimeSeries.Unit
    switch series.measure.unit {
    case .rate, .proportion, .percentage: unit = series.measure.unit
    case .count:
      guard telling.population != nil else {
        throw .unfit(
          series: series.idWithArea, method: "a rate", reason: "it is a count and no population is given",
          remedy: "give the series of its population")
      }
      unit = .rate(per: telling.multiplier)
    case .pounds, .weeks, .score, .other:
      throw .unfit(
        series: series.idWithArea, method: "a rate", reason: series.measure.unit.statement,
        remedy: "give a share, a rate, or a count with its population")
    }
    let figures = series.points.map { Self.figure($0, of: series, in: unit, by: telling) }
    var limits: [Period: ConfidenceLimits] = [:]
    for figure in figures where figure.counts == nil {
      limits[figure.period] = figure.estimate?.limits(.p95)
    }
    try self.init(figures, limits: limits, like: series, in: unit)
  }

  /// Rates that were worked out elsewhere, such as standardised ones.
  ///
  /// - Parameters:
  ///   - estimates: the estimates, or why there is none, by period.
  ///   - measure: what is measured, in the unit of the estimates.
  ///   - area: the area.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where a period stands twice, or kinds are mixed.
  public init(
    estimates: [(period: Period, estimate: Result<Estimate, IndicatorsError>)], measure: Measure,
    area: String?
  ) throws(IndicatorsError) {
    var figures: [Figure] = []
    var limits: [Period: ConfidenceLimits] = [:]
    for (period, result) in estimates {
      switch result {
      case .success(let estimate):
        figures.append(Figure(period, estimate: estimate))
        limits[period] = estimate.limits(.p95)
      case .failure(let error): figures.append(Figure(period, reason: "\(error)", isFault: !error.isScarcity))
      }
    }
    figures.sort { $0.period < $1.period }
    let series: Series
    do throws(TimeSeriesError) {
      series = try Series(
        id: measure.id, area: area, measure: measure,
        points: figures.map { DataPoint(period: $0.period, observation: .notAvailable) })
    } catch {
      throw .unfit(
        series: measure.id, method: "a rate", reason: "\(error)", remedy: "give each period once, of one kind"
      )
    }
    try self.init(figures, limits: limits, like: series, in: measure.unit)
  }

  private init(
    _ figures: [Figure], limits: [Period: ConfidenceLimits], like series: Series, in unit: TimeSeries.Unit
  ) throws(IndicatorsError) {
    self.figures = figures
    self.limits = limits
    let points = zip(series.points, figures).map { point, figure in
      DataPoint(
        period: figure.period,
        observation: figure.estimate.map { .value($0.value) }
          ?? (point.value == nil ? point.observation : .notAvailable),
        numerator: figure.counts?.numerator, denominator: figure.counts?.denominator,
        publication: point.publication, flags: point.flags, origin: point.origin, note: point.note)
    }
    do throws(TimeSeriesError) {
      self.series = try Series(
        id: series.id, area: series.area,
        measure: Measure(
          id: series.measure.id, name: series.measure.name, unit: unit, polarity: series.measure.polarity),
        points: points, attributes: series.attributes)
    } catch {
      throw .unfit(
        series: series.idWithArea, method: "a rate", reason: "\(error)", remedy: "give each period once")
    }
  }

  /// The estimate of a period; nil where there is none.
  public func estimate(at period: Period) -> Estimate? {
    figures.first { $0.period == period }?.estimate
  }
}
