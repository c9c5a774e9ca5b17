import RealModule
import TimeSeries

/// What a model is fitted to: the observed values of one series at their places in time, on the model's scale.
///
/// Missing, suppressed and inapplicable observations leave a gap in ``positions``; they never become a zero. What is known
/// of figures within bounds, rounded and suppressed ones, is in ``coarse``: ``ForecastModel/learn(from:)`` makes use of it.
public struct Sample: Sendable {
  /// The name that errors use: the series, and its area where it has one.
  public let name: String
  /// Periods since the first observation, strictly increasing from 0.
  public let positions: [Int]
  /// The observations as measured, in the unit of the series.
  public let observed: [Double]
  /// The observations as the model sees them.
  public let values: [Double]
  /// The sampling variance of each transformed value, where numerators and denominators are known for all of them.
  public let samplingVariances: [Double]?
  /// How measured and transformed values belong together.
  public let scale: Scale
  /// The variance, on the model's scale, that rounding at publication alone puts into the last value.
  ///
  /// No model may claim to be surer than this: a published 67, 67, 67 is a series known to the nearest whole number,
  /// not one without error.
  public let roundingVariance: Double
  /// The greatest value that a forecast may reach, in the unit of the series: the unit's own bound; on the logarithm,
  /// ten times the largest value observed (ten, where that is zero); none on the natural scale of a unit without one.
  ///
  /// The exponential of a Student's t variate has no mean: without a ceiling one path in a thousand would decide the
  /// mean of all. Ten times what was ever seen is beyond what a short series can tell anything about.
  public let ceiling: Double
  /// The least value that a forecast on the natural scale may reach: the unit's own bound, where it has one.
  ///
  /// Other scales have their lower bound in ``Scale/restored(_:)``. On the natural scale a distribution reaches beyond
  /// the bound, and what lies there stands at the bound: a count forecast below zero is reported as zero.
  public let floor: Double
  /// The periods as they are written, for errors; made when they are asked for.
  public var labels: [String] {
    switch periodLabels {
    case .texts(let texts): texts
    case .periods(let periods): periods.map(\.label)
    }
  }
  /// What the labels are made from.
  let periodLabels: PeriodLabels
  /// The number of periods after which the season returns; 1 where there is none.
  public let season: Int
  /// The period of the first observation; nil for a sample that was put together from numbers.
  public let firstPeriod: Period?
  /// The count above the line of each observation (of the observation itself, in a series of counts), where all are
  /// known.
  public let counts: [Double]?
  /// The count below the line at each period from the first observation on, as far as it is known, periods to come
  /// included.
  public let exposure: Regressor?
  /// Further variables known beside the series.
  public let regressors: [Regressor]
  /// The unit of the series; nil for a sample that was put together from numbers.
  public let unit: TimeSeries.Unit?
  /// The positions, periods since the first observation, before which the series breaks: what is measured, or how it is
  /// reported, changed, so that the level before and after differ by an unknown step.
  ///
  /// A break that is flagged at a figure without a value stands before the next observation; one before the first
  /// observation says nothing.
  public let breaks: [Int]
  /// The positions of the observations that their publisher expects to revise.
  public let provisional: [Int]
  /// The positions of the observations that their publisher estimated.
  public let estimated: [Int]
  /// The figures that are known as intervals; nil where there are none.
  public let coarse: CoarseFigures?

  /// The number of observations.
  public var count: Int { values.count }

  /// Takes the observed values of a series, on a scale that is chosen from its unit and values.
  ///
  /// - Parameters:
  ///   - series: a series whose known values are used; every other observation becomes a gap, bounds of which are kept in
  ///     ``coarse``.
  ///   - choice: the way in which the scale is chosen.
  /// - Throws: ``ForecastingError/outOfBounds(series:period:value:unit:)`` for a value that the unit or the scale does
  ///   not allow, ``ForecastingError/unusable(series:period:value:)`` for one of a size that no figure has, and
  ///   ``ForecastingError/tooFewObservations(series:model:found:needed:)`` for a series without any value, and
  ///   ``ForecastingError/scale(series:problem:)`` for a scale that the values do not allow.
  public init(_ series: Series, scale choice: ScaleChoice = .unit) throws(ForecastingError) {
    let name = series.area.map { "\(series.id), \($0)" } ?? series.id
    var positions: [Int] = []
    var observed: [Double] = []
    var variances: [Double?] = []
    var periods: [Period] = []
    var first: Period?
    var counts: [Double?] = []
    var exposure: [Double?] = []
    var covariates = series.covariateNames.map { _ in [Double?]() }
    var breaks: [Int] = []
    var breakIsPending = false
    var provisional: [Int] = []
    var estimated: [Int] = []
    var coarse: [(index: Int, bounds: ClosedRange<Double>)] = []
    let unit = series.measure.unit
    for (index, point) in series.points.enumerated() {
      // A break at a figure without a value counts for the next one that has a value.
      breakIsPending = breakIsPending || point.breakBefore
      if let origin = first, let position = origin.distance(to: point.period) {
        Self.place(point.denominator, at: position, in: &exposure)
        for index in covariates.indices {
          Self.place(
            point.covariates.indices.contains(index) ? point.covariates[index] : nil, at: position,
            in: &covariates[index])
        }
      }
      if point.value == nil || point.rounding != nil,
        let bounds = try CoarseFigures.bounds(of: point, unit: unit, series: name)
      {
        coarse.append((index, bounds))
      }
      guard case .value(let value) = point.observation else { continue }
      guard Self.isSize(value) else {
        throw .unusable(series: name, period: point.period.label, value: value)
      }
      guard value >= (unit.lowerBound ?? -.infinity), value <= (unit.upperBound ?? .infinity) else {
        throw .outOfBounds(series: name, period: point.period.label, value: value, unit: "\(unit)")
      }
      let origin = first ?? point.period
      if first == nil {
        first = origin
        Self.place(point.denominator, at: 0, in: &exposure)
        for index in covariates.indices {
          Self.place(
            point.covariates.indices.contains(index) ? point.covariates[index] : nil, at: 0,
            in: &covariates[index])
        }
      }
      guard let position = origin.distance(to: point.period) else {
        throw .numerical(
          series: name, model: "any model",
          reason: "\(origin.label) and \(point.period.label) are not periods of one kind")
      }
      if breakIsPending, position > 0 { breaks.append(position) }
      breakIsPending = false
      if point.flags.contains(.provisional) { provisional.append(position) }
      if point.flags.contains(.estimated) { estimated.append(position) }
      positions.append(position)
      observed.append(value)
      periods.append(point.period)
      counts.append(unit == .count ? value : point.numerator)
      variances.append(
        Self.samplingVariance(unit: unit, numerator: point.numerator, denominator: point.denominator))
    }
    guard !observed.isEmpty else {
      throw .tooFewObservations(series: name, model: "any model", found: 0, needed: 1)
    }
    let scale = try choice.scale(
      unit: unit,
      values: coarse.isEmpty
        ? observed : CoarseFigures.scaleValues(of: series, coarse: coarse, unit: unit), series: name)
    for (value, period) in zip(observed, periods) where !scale.transformed(value).isFinite {
      throw .outOfBounds(
        series: name, period: period.label, value: value, unit: "\(unit) on the scale \(scale)")
    }
    self.init(
      name: name, positions: positions, observed: observed, periodLabels: .periods(periods), scale: scale,
      samplingVariances: variances.contains { $0 == nil }
        ? nil
        : zip(observed, variances).map { value, variance in
          (variance ?? 0) * scale.slope(at: value) * scale.slope(at: value)
        },
      season: first?.frequency.seasonalPeriod ?? 1, firstPeriod: first,
      counts: counts.contains { $0 == nil } ? nil : counts.compactMap(\.self),
      exposure: exposure.contains { $0 != nil } ? Regressor(name: "denominator", values: exposure) : nil,
      regressors: zip(series.covariateNames, covariates).map { Regressor(name: $0, values: $1) }, unit: unit,
      breaks: breaks, provisional: provisional, estimated: estimated,
      coarse: CoarseFigures(coarse, of: series, origin: first))
  }

  /// Sets the value of a position in a column that grows as positions come.
  private static func place(_ value: Double?, at position: Int, in column: inout [Double?]) {
    while column.count < position { column.append(nil) }
    column.append(value)
  }

  /// Puts together a sample from its parts; positions, values and labels are of one length.
  init(
    name: String, positions: [Int], observed: [Double], labels: [String], scale: Scale,
    samplingVariances: [Double]?, season: Int = 1, firstPeriod: Period? = nil, counts: [Double]? = nil,
    exposure: Regressor? = nil, regressors: [Regressor] = [], unit: TimeSeries.Unit? = nil,
    breaks: [Int] = [], provisional: [Int] = [], estimated: [Int] = [], coarse: CoarseFigures? = nil
  ) {
    self.init(
      name: name, positions: positions, observed: observed, periodLabels: .texts(labels), scale: scale,
      samplingVariances: samplingVariances, season: season, firstPeriod: firstPeriod, counts: counts,
      exposure: exposure, regressors: regressors, unit: unit, breaks: breaks, provisional: provisional,
      estimated: estimated, coarse: coarse)
  }

  /// Puts together a sample from its parts; positions, values and labels are of one length.
  init(
    name: String, positions: [Int], observed: [Double], periodLabels: PeriodLabels, scale: Scale,
    samplingVariances: [Double]?, season: Int = 1, firstPeriod: Period? = nil, counts: [Double]? = nil,
    exposure: Regressor? = nil, regressors: [Regressor] = [], unit: TimeSeries.Unit? = nil,
    breaks: [Int] = [], provisional: [Int] = [], estimated: [Int] = [], coarse: CoarseFigures? = nil
  ) {
    self.name = name
    self.positions = positions
    self.observed = observed
    self.periodLabels = periodLabels
    self.scale = scale
    self.samplingVariances = samplingVariances
    self.season = season
    self.firstPeriod = firstPeriod
    self.counts = counts
    self.exposure = exposure
    self.regressors = regressors
    self.unit = unit
    self.breaks = breaks
    self.provisional = provisional
    self.estimated = estimated
    self.coarse = coarse
    values = observed.map(scale.transformed)
    var largest = observed.reduce(0) { max($0, abs($1)) }
    // What is hidden may be larger than all that is seen.
    if let coarse { largest = max(largest, coarse.greatestHidden) }
    switch scale {
    case .natural: ceiling = unit?.upperBound ?? .infinity
    case .logarithm, .boxCox: ceiling = min(largest > 0 ? 10 * largest : 10, unit?.upperBound ?? .infinity)
    case .logOdds(_, let upper, _): ceiling = upper
    }
    floor = scale == .natural ? unit?.lowerBound ?? -.infinity : -.infinity
    // Figures that show no rounding are still not known to more than nine digits.
    let step = max(Self.roundingStep(of: observed, whole: scale.whole), 1e-9 * largest)
    let slope = observed.last.map(scale.slope) ?? 1
    roundingVariance = step * step / 12 * slope * slope
  }

  /// The measured value that a transformed value stands for; inside the bounds of the unit and never above the
  /// ``ceiling``.
  public func restored(_ transformed: Double) -> Double {
    // Compared one by one, because what is not a number must stay so and not become a bound.
    let value = scale.restored(transformed)
    if value < floor { return floor }
    return value > ceiling ? ceiling : value
  }

  /// Whether every value is restored as it is: the natural scale of a unit without bounds.
  var restoresNothing: Bool { scale == .natural && floor == -.infinity && ceiling == .infinity }

  /// The sizes that a published figure other than zero can have.
  static let sizes = 1e-15...1e15

  /// The sample as it stood after its first `count` observations.
  func prefix(_ count: Int) -> Sample {
    let end = positions.prefix(count).last ?? -1
    let stands = { (position: Int) in position <= end }
    return Sample(
      name: name, positions: Array(positions.prefix(count)), observed: Array(observed.prefix(count)),
      periodLabels: periodLabels.prefix(count), scale: scale,
      samplingVariances: samplingVariances.map { Array($0.prefix(count)) }, season: season,
      firstPeriod: firstPeriod, counts: counts.map { Array($0.prefix(count)) }, exposure: exposure,
      regressors: regressors, unit: unit, breaks: breaks.filter(stands),
      provisional: provisional.filter(stands), estimated: estimated.filter(stands),
      coarse: coarse?.through(end))
  }

  /// The sample without its first `count` observations, counted from the one that is then the first.
  func dropping(first count: Int) -> Sample {
    guard count > 0, count < self.count else { return self }
    let origin = positions[count]
    let moved = { (list: [Int]) in list.filter { $0 >= origin }.map { $0 - origin } }
    let later = { (regressor: Regressor) in
      Regressor(name: regressor.name, values: Array(regressor.values.dropFirst(origin)))
    }
    return Sample(
      name: name, positions: moved(positions), observed: Array(observed.dropFirst(count)),
      labels: Array(labels.dropFirst(count)), scale: scale,
      samplingVariances: samplingVariances.map { Array($0.dropFirst(count)) }, season: season,
      firstPeriod: firstPeriod?.advanced(by: origin), counts: counts.map { Array($0.dropFirst(count)) },
      exposure: exposure.map(later), regressors: regressors.map(later), unit: unit,
      breaks: moved(breaks).filter { $0 > 0 }, provisional: moved(provisional),
      estimated: moved(estimated))
  }

  /// The sampling variance of a published value, in squared units of that value, from the counts behind it.
  ///
  /// A proportion is binomial, with a continuity correction that keeps an observed 0 or 1 from having no variance;
  /// a rate is a Poisson count over a denominator taken as known.
  static func samplingVariance(unit: TimeSeries.Unit, numerator: Double?, denominator: Double?) -> Double? {
    guard let numerator, let denominator, denominator > 0, numerator >= 0 else { return nil }
    switch unit {
    case .proportion, .percentage:
      guard numerator <= denominator else { return nil }
      let share = (numerator + 0.5) / (denominator + 1)
      let whole = unit.upperBound ?? 1
      return share * (1 - share) / denominator * whole * whole
    case .rate(let per):
      return (numerator + 0.5) / (denominator * denominator) * per * per
    default:
      return nil
    }
  }

  private static let powersOfTen = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6]

  /// The step to which a series appears to be rounded: the largest of 1, 5, 10, 50 ... and 0.5, 0.1, 0.05 ... of
  /// which every value is a multiple; zero when there is none down to a millionth.
  ///
  /// A few values can be round by chance. A step that is coarser than a hundredth of the largest value (and than 1, or
  /// a hundredth of the `whole` of a share) is believed only when three different values share it.
  static func roundingStep(of values: [Double], whole: Double?) -> Double {
    let least = (whole ?? 100) / 100
    let largest = values.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return least }
    var different: [Double] = []
    for value in values where value != 0 && different.count < 3 && !different.contains(value) {
      different.append(value)
    }
    let coarsest = different.count >= 3 ? Double.infinity : max(least, largest / 100)
    // Powers of ten are kept as whole numbers, so that 0.1 is tested as "a multiple of 1 when multiplied by 10".
    for exponent in stride(from: 6, through: -6, by: -1) {
      let power = powersOfTen[abs(exponent)]
      for mantissa in [5.0, 1.0] {
        let step = exponent >= 0 ? mantissa * power : mantissa / power
        guard step <= coarsest * (1 + 1e-12) else { continue }
        let isMultiple = values.allSatisfy { value in
          let steps = (exponent >= 0 ? value / power : value * power) / mantissa
          // Relative: a tiny value is no multiple of a large step, and the last digits of a quotient are noise.
          return abs(steps - steps.rounded()) <= 1e-12 * abs(steps) && abs(steps) < 1e11
        }
        if isMultiple { return step }
      }
    }
    return 0
  }
}
