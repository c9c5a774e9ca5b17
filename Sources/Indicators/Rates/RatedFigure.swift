import RealModule
import TimeSeries

/// One figure as a rate: from its count and a population, from both its counts, or as it was published.
extension RatedSeries {
  static func figure(
    _ point: DataPoint, of series: Series, in unit: TimeSeries.Unit, by telling: Telling
  ) -> Figure {
    do throws(IndicatorsError) {
      if point.isHeldBack || point.observation == .notApplicable {
        return Figure(point.period, reason: missing(point, series))
      }
      if series.measure.unit == .count { return try ofCount(point, series, unit, telling) }
      if point.numerator != nil, point.denominator != nil {
        return try ofCounts(point, series, unit, telling)
      }
      guard let value = point.value else { return Figure(point.period, reason: missing(point, series)) }
      return try ofValue(value, point, series, unit, telling)
    } catch {
      let isToldByPopulation =
        series.measure.unit == .count || point.numerator == nil || point.denominator == nil
      return Figure(
        point.period, reason: "\(error)", isFault: true,
        populationFault: isToldByPopulation ? error.populationFault : nil)
    }
  }

  private static func missing(_ point: DataPoint, _ series: Series) -> String {
    let why =
      switch point.observation {
      case .suppressed(let bounds):
        (bounds == nil ? "suppressed" : "suppressed within bounds (\(point.observation))")
          + (point.numerator != nil && point.denominator != nil
            ? ", so that it is not worked out from its counts" : "")
      case .roundsToZero: "it rounds to zero"
      case .notApplicable: "not applicable"
      case .notAvailable, .value: "not available"
      }
    return "\(series.idWithArea): no figure for \(point.period.label): \(why)"
  }

  /// A count, told by the population.
  private static func ofCount(
    _ point: DataPoint, _ series: Series, _ unit: TimeSeries.Unit, _ telling: Telling
  ) throws(IndicatorsError) -> Figure {
    guard let count = point.value else { return Figure(point.period, reason: missing(point, series)) }
    guard let base = telling.population else {
      throw .countsNotKnown(series: series.idWithArea, period: point.period.label, method: "a rate")
    }
    let people = try base.people(for: point.period, of: series)
    let pair = try CountPair(
      count, of: people.count, series: series.idWithArea, period: point.period.label)
    let estimate = try pair.estimate(in: unit, confidence: telling.confidence)
    return Figure(
      point.period, estimate: estimate.remarked("\(base.series.id) of \(people.source)"), counts: pair)
  }

  /// Numerator and denominator.
  private static func ofCounts(
    _ point: DataPoint, _ series: Series, _ unit: TimeSeries.Unit, _ telling: Telling
  ) throws(IndicatorsError) -> Figure {
    let pair = try CountPair(point, of: series, for: "a rate")
    let estimate = try pair.estimate(in: unit, confidence: telling.confidence)
    var doubt: String?
    if let value = point.value, !agrees(value, estimate.value, rounding: point.rounding) {
      doubt =
        "\(series.idWithArea): the value \(IndicatorsError.plain(value)) at \(point.period.label) is not "
        + "\(IndicatorsError.plain(pair.numerator)) among \(IndicatorsError.plain(pair.denominator)), which is "
        + "\(rounded(estimate.value)) \(unit); the counts are used"
    }
    return Figure(point.period, estimate: estimate, counts: pair, doubt: doubt)
  }

  /// A published rate without its counts.
  private static func ofValue(
    _ value: Double, _ point: DataPoint, _ series: Series, _ unit: TimeSeries.Unit, _ telling: Telling
  ) throws(IndicatorsError) -> Figure {
    if telling.hasPublishedLimits, point.covariates.count >= 2, let lower = point.covariates[0],
      let upper = point.covariates[1]
    {
      guard lower <= value, value <= upper else {
        throw .unfit(
          series: series.idWithArea, method: "published limits",
          reason: "\(lower) to \(upper) do not hold the value \(value) at \(point.period.label)",
          remedy: "look at the columns lower_limit and upper_limit")
      }
      let estimate = Estimate(
        value: value, unit: unit, statistic: "published value", method: "limits as published",
        limits: [ConfidenceLimits(.p95, lower: lower, upper: upper)])
      guard let base = telling.population, unit.whole == nil else {
        return Figure(point.period, estimate: estimate)
      }
      do throws(IndicatorsError) {
        let people = try base.people(for: point.period, of: series)
        return Figure(
          point.period, estimate: estimate,
          expected: try estimate.expectedCount(among: people.count, subject: series.idWithArea))
      } catch {
        return Figure(point.period, estimate: estimate.remarked("no expected count, because of \(error)"))
      }
    }
    // The denominator of a share is not the population but whoever was looked at, such as pupils or plans issued.
    guard let base = telling.population, unit.whole == nil else {
      return Figure(point.period, estimate: .published(value, unit: unit))
    }
    let people = try base.people(for: point.period, of: series)
    let pair = try CountPair(
      impliedBy: value, in: unit, population: people.count, series: series.idWithArea,
      period: point.period.label)
    let estimate = try pair.estimate(in: unit, confidence: telling.confidence)
    return Figure(
      point.period,
      estimate: estimate.remarked(
        "limits from the count that the rate and \(base.series.id) of \(people.source) imply"), counts: pair,
      isImplied: true,
      expected: try estimate.expectedCount(among: people.count, subject: series.idWithArea))
  }

  /// To five significant digits, for a sentence.
  private static func rounded(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "\(value)" }
    let places = 4 - Double.log10(value.magnitude).rounded(.down)
    guard places >= 0, places < 12 else { return "\(value)" }
    let scale = Double.pow(10, Int(places))
    return IndicatorsError.plain((value * scale).rounded() / scale)
  }

  /// Whether a published value is a quotient but for its rounding: to the unit that is known, else to its last decimal.
  static func agrees(_ published: Double, _ worked: Double, rounding: Double?) -> Bool {
    var unit = rounding ?? 1
    if rounding == nil {
      for _ in 0..<12 where (published / unit - (published / unit).rounded()).magnitude > 1e-6 { unit /= 10 }
    }
    return (published - worked).magnitude <= unit / 2 + 1e-9 * max(1, worked.magnitude)
  }
}

extension RatedSeries {
  /// The greatest number of events a person that is believed without a word.
  static let greatestEventsEach = 100.0

  /// What is doubtful about figures of the series, as sentences: each published value that its counts do not give, and
  /// once for all of them, counts that are not whole and rates of more than a hundred events a person.
  ///
  /// - Parameter figures: some of ``figures``.
  public func doubts(about figures: [Figure]) -> [String] {
    var doubts = figures.compactMap(\.doubt)
    let name = series.idWithArea
    let counted = figures.filter { !$0.isImplied }.compactMap(\.counts)
    let isShare = series.measure.unit.whole != nil
    let parts = counted.filter { pair in
      pair.numerator != pair.numerator.rounded()
        || isShare && pair.denominator != pair.denominator.rounded()
    }
    if let first = parts.first {
      doubts.append(
        "\(name): \(IndicatorsError.plain(first.numerator)) among \(IndicatorsError.plain(first.denominator)) at "
          + "\(first.period)\(Self.others(parts.count)) are not whole numbers, and limits take them for counts of people or "
          + "events")
    }
    let many = counted.filter { !isShare && $0.numerator / $0.denominator > Self.greatestEventsEach }
    if let first = many.first {
      doubts.append(
        "\(name): \(IndicatorsError.plain(first.numerator)) events among \(IndicatorsError.plain(first.denominator)) at "
          + "\(first.period)\(Self.others(many.count)) are more than 100 for each; look at the two counts")
    }
    return doubts
  }

  private static func others(_ count: Int) -> String {
    count == 1 ? "" : " and \(count - 1) other \(count == 2 ? "period" : "periods")"
  }
}

extension Estimate {
  /// The estimate with a remark beside what it says already.
  func remarked(_ text: String) -> Estimate {
    Estimate(
      value: value, unit: unit, statistic: statistic, method: method, limits: limits, numerator: numerator,
      denominator: denominator, remark: remark.map { "\($0); \(text)" } ?? text)
  }
}

extension IndicatorsError {
  /// Whether there is too little to go by, which is no fault of the data.
  var isScarcity: Bool {
    switch self {
    case .tooFewPoints, .tooFewEvents: true
    default: false
    }
  }

  /// What it says is wrong with the people below the line; nil for other errors.
  var populationFault: RatedSeries.PopulationFault? {
    switch self {
    case .noPopulation(_, _, let denominator): .number(denominator)
    case .populationNotKnown: .notKnown
    default: nil
    }
  }
}
