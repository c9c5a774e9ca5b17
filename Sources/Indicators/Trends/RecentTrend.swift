import RealModule
import TimeSeries

/// The recent trend of a measure: the test of its last five figures by which the Office for Health Improvement and
/// Disparities marks an indicator as increasing, decreasing or neither.
///
/// A line is fitted to the figures, weighted by their limits; it is beyond chance where chi-squared passes 9.5495 (one
/// degree of freedom, 99.8%) and its direction holds whichever of the five is left out.
public struct RecentTrend: Hashable, Sendable {
  /// How the line is fitted.
  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// Figures weighted by their 95% limits, as Fingertips calculates for every kind of value.
    case weightedRegression
    /// Logistic regression on counts, for proportions; the statistic is Wald's.
    case logisticRegression

    /// The name of the method.
    public var name: String {
      switch self {
      case .weightedRegression: "weighted regression on five figures (OHID recent trend)"
      case .logisticRegression: "logistic regression on five shares (Wald)"
      }
    }
  }

  /// Where the limits of the five figures come from.
  public enum Basis: String, CaseIterable, Hashable, Sendable {
    /// Worked out from numerator and denominator.
    case counts
    /// Given beside the figures.
    case givenLimits
    /// Worked out from the counts that rate and population imply.
    case impliedCounts

    /// The basis in words.
    public var label: String {
      switch self {
      case .counts: "limits from numerator and denominator"
      case .givenLimits: "limits as given"
      case .impliedCounts: "limits from the counts that the rate and the population imply"
      }
    }
  }

  /// How the line was fitted.
  public let method: Method
  /// Where the limits come from; for the logistic regression, the counts.
  public let basis: Basis
  /// The first of the five periods.
  public let first: Period
  /// The last of the five periods.
  public let last: Period
  /// The line.
  public let line: FivePointTrend

  /// Which way the measure goes, beyond chance.
  public var direction: TrendDirection { line.direction }
  /// The slope from one period to the next: in the unit of the series, or in log odds.
  public var slope: Double { line.slope }
  /// By how much the odds change from one period to the next, in per cent of themselves; nil for a slope that is not in
  /// log odds.
  public var oddsChange: Double? {
    method == .logisticRegression ? 100 * Double.expMinusOne(slope) : nil
  }
  /// Chi-squared on one degree of freedom.
  public var statistic: Double { line.statistic }
  /// The probability of such a slope where nothing changes.
  public var pValue: Double { line.pValue }
  /// The slopes when one figure is left out, in the order of the periods.
  public var leaveOneOutSlopes: [Double] { line.leaveOneOutSlopes }
  /// The marker, in the light of which way the measure should go.
  public func marker(polarity: Polarity) -> TrendMarker { TrendMarker(direction, polarity: polarity) }

  /// The name of the test in sentences.
  static let testName = "the recent-trend marker"

  /// Tests the last five figures of a series.
  ///
  /// - Parameters:
  ///   - series: a proportion, a percentage or a rate for years that do not overlap.
  ///   - method: how the line is fitted.
  ///   - limits: 95% limits that are published with the figures, by period; needed for standardised rates.
  ///   - population: the people below the line, by which counts are implied where the series gives none.
  /// - Throws: a sentence where the marker cannot be calculated: another kind of value or of period, fewer than five
  ///   figures, a gap or a break among the five, a count equal to its denominator, or no limits.
  public init(
    of series: Series, by method: Method = .weightedRegression, limits: [Period: ConfidenceLimits] = [:],
    population: Series? = nil
  ) throws(IndicatorsError) {
    try Self.requireFitUnit(series)
    let points = try Self.lastFive(of: series)
    var (values, lower, upper) = ([Double](), [Double](), [Double]())
    var basis = Basis.counts
    for point in points {
      switch method {
      case .weightedRegression:
        let figure = try Self.figure(point, of: series, limits: limits[point.period], population: population)
        values.append(figure.value)
        lower.append(figure.limits.lower)
        upper.append(figure.limits.upper)
        if figure.basis != .counts { basis = figure.basis }
      case .logisticRegression:
        let pair = try Self.shareCounts(point, of: series, population: population)
        values.append(pair.counts.numerator)
        lower.append(pair.counts.denominator)
        if pair.basis != .counts { basis = pair.basis }
      }
    }
    let line =
      switch method {
      case .weightedRegression:
        FivePointTrend(values: values.span, lower: lower.span, upper: upper.span)
      case .logisticRegression: FivePointTrend(counts: values.span, denominators: lower.span)
      }
    guard let line else {
      let reason =
        switch method {
        case .weightedRegression: "the limits of a figure have no width"
        case .logisticRegression where values.allSatisfy { $0 == 0 }: "all counts are 0"
        case .logisticRegression: "without one year, all counts are 0"
        }
      throw Self.unfit(series, reason, "give counts or limits that differ")
    }
    self.method = method
    self.basis = basis
    first = points[0].period
    last = points[points.count - 1].period
    self.line = line
  }
}
