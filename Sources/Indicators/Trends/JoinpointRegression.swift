import RealModule
import Statistics

/// Joinpoint regression: straight lines that meet at the years in which a trend changes, no more of them than the figures
/// call for.
///
/// The joins are looked for among the observations, at least two observations from either end and with two between, by
/// fitting every placement, so that the sum of squares is the least there is. How many there are is decided by the
/// Bayesian information criterion ln(SSE/n) + 2 (k + 1) ln(n)/n or by permutation tests.
///
/// Source: Kim, Fay, Feuer and Midthune, *Statistics in Medicine* 19 (2000); Joinpoint Regression Program, National Cancer
/// Institute.
public struct JoinpointRegression: Hashable, Sendable {
  /// What the lines are straight in.
  public enum Scale: String, CaseIterable, Hashable, Sendable {
    /// The figures themselves: changes in their unit.
    case value
    /// Their logarithms: changes in per cent.
    case logarithm
  }

  /// How the number of joins is decided.
  public enum Selection: Hashable, Sendable {
    /// The Bayesian information criterion.
    case informationCriterion
    /// Permutation tests of fewer joins against more, at `level` divided by the greatest number of joins.
    case permutation(draws: Int, level: Double, seed: UInt64)
    /// This many.
    case fixed(Int)
  }

  /// A permutation test: fewer joins against more.
  public struct Test: Hashable, Sendable {
    /// The number of joins that was doubted.
    public let fewer: Int
    /// The number that was set against it.
    public let more: Int
    /// The share of permutations, the data included, that favour more joins as much.
    public let pValue: Double
  }

  /// A straight stretch.
  public struct Segment: Hashable, Sendable {
    /// The position of its first observation.
    public let first: Int
    /// The position of its last observation, which is the first of the next stretch.
    public let last: Int
    /// The slope for one unit of time: in the unit of the figures, or of their logarithm.
    public let slope: Double
    /// The change for one unit of time with its limits: in the unit of the figures, or in per cent.
    public let change: Estimate
  }

  /// The scale.
  public let scale: Scale
  /// How the number of joins was decided.
  public let selection: Selection
  /// The positions of the observations at which the lines meet.
  public let joinpoints: [Int]
  /// The stretches, one more than joins.
  public let segments: [Segment]
  /// The change from the first observation to the last, averaged over time, with its limits.
  public let averageChange: Estimate
  /// The line at the observations, in the unit of the figures.
  public let fitted: [Double]
  /// The weighted sum of squares left, on the scale.
  public let sumOfSquares: Double
  /// The criterion for 0, 1, 2 and so on joins.
  public let criteria: [Double]
  /// The permutation tests, in the order in which they were made.
  public let tests: [Test]

  /// The most observations.
  public static let greatestCount = 500
  /// The most placements that are fitted, those of permutations included.
  public static let greatestWork = 5e6

  /// The greatest number of joins that so many observations bear, as the program of the National Cancer Institute has
  /// it: one from 7, two from 12, three from 17, four from 22, five from 27.
  public static func greatestJoins(for count: Int) -> Int { count < 7 ? 0 : min(5, (count - 2) / 5) }

  /// Fits lines.
  ///
  /// - Parameters:
  ///   - values: the figures, in order of time.
  ///   - times: when they were; 0, 1, 2 and so on unless given.
  ///   - variances: the variance of each figure, by which it weighs less; all alike unless given. On the logarithmic scale
  ///     they are those of the figures themselves, and are carried over.
  ///   - scale: what the lines are straight in.
  ///   - most: the greatest number of joins; what the number of figures bears unless given.
  ///   - selection: how the number of joins is decided.
  ///   - confidence: the levels of the limits.
  ///   - timeUnit: the unit of time in words, such as `year`.
  ///   - series: the series, for a sentence.
  /// - Throws: ``IndicatorsError/tooFewPoints(series:method:found:needed:)``, or
  ///   ``IndicatorsError/unfit(series:method:reason:remedy:)`` for figures that are no numbers (on the logarithmic scale:
  ///   not above 0), variances that are not above 0, too many joins, or more work than ``greatestWork``.
  public init(
    _ values: [Double], at times: [Double]? = nil, variances: [Double]? = nil, scale: Scale = .logarithm,
    most: Int? = nil, selection: Selection = .informationCriterion,
    confidence: [Confidence] = Confidence.published, timeUnit: String = "year", series: String
  ) throws(IndicatorsError) {
    let sample = try JoinpointSample(
      values, times: times, variances: variances, scale: scale, series: series)
    var chooser = try JoinpointChooser(sample, most: most, selection: selection)
    let chosen = chooser.choose()
    self.scale = scale
    self.selection = selection
    criteria = chooser.criteria
    tests = chooser.tests
    joinpoints = Array(chosen.knots.dropFirst().dropLast())
    sumOfSquares = chosen.sum
    let reading = try JoinpointReading(
      sample, knots: chosen.knots, sum: chosen.sum, confidence: confidence, timeUnit: timeUnit)
    segments = reading.segments
    averageChange = reading.average
    fitted = reading.fitted
  }
}

/// Figures made ready for lines: on their scale, with times and weights.
struct JoinpointSample {
  let series: String
  let scale: JoinpointRegression.Scale
  /// The figures on the scale.
  let values: [Double]
  let times: [Double]
  let weights: [Double]

  static let method = "joinpoint regression"

  init(
    _ values: [Double], times: [Double]?, variances: [Double]?, scale: JoinpointRegression.Scale,
    series: String
  ) throws(IndicatorsError) {
    func unfit(_ reason: String, _ remedy: String) -> IndicatorsError {
      .unfit(series: series, method: Self.method, reason: reason, remedy: remedy)
    }
    guard values.count >= 4 else {
      throw .tooFewPoints(series: series, method: Self.method, found: values.count, needed: 4)
    }
    guard values.count <= JoinpointRegression.greatestCount else {
      throw unfit(
        "it has \(values.count) figures", "give at most \(JoinpointRegression.greatestCount)")
    }
    let times = times ?? values.indices.map(Double.init)
    guard times.count == values.count, times.allSatisfy(\.isFinite), values.allSatisfy(\.isFinite),
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw unfit("a figure or its time is not a number in order", "give numbers in order of time") }
    let variances = variances ?? values.map { scale == .logarithm ? $0 * $0 : 1 }
    if scale == .logarithm {
      guard values.allSatisfy({ $0 > 0 }) else {
        throw unfit("a figure is not above 0, which has no logarithm", "fit lines to the values themselves")
      }
    }
    guard variances.count == values.count, variances.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw unfit("a variance is not above 0", "give a variance above 0 for each figure, or none")
    }
    self.series = series
    self.scale = scale
    self.times = times
    self.values = scale == .logarithm ? values.map { Double.log($0) } : values
    // The variance of a logarithm is that of the figure over its square.
    let precisions = zip(values, variances).map { scale == .logarithm ? $0 * $0 / $1 : 1 / $1 }
    let mean = precisions.reduce(0, +) / Double(precisions.count)
    weights = precisions.map { $0 / mean }
    guard weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw unfit("its variances are too far apart", "give variances that can be compared")
    }
  }
}
