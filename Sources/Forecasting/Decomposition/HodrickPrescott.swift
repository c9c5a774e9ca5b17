import LinearAlgebra
import RealModule

/// The Hodrick-Prescott filter: the trend that stays near the series and bends little (Hodrick and Prescott, 1997, after
/// Whittaker, 1923).
///
/// The trend τ makes `Σ (y - τ)² + λ Σ (Δ²τ)²` least: the penalised least squares `(W + λ K'K) τ = W y`, whose matrix has
/// a band of two, so the time is O(n). It is also the best estimate of a trend whose slope walks at random, with steps of
/// variance σ²/λ, under noise of variance σ²; that is how ``HodrickPrescottTrend`` forecasts with it. A missing
/// observation has no weight W and leaves the rest as it is.
///
/// Use it to draw a smooth line. Do not read cycles off what it leaves: it makes them (Hamilton, 2018).
public struct HodrickPrescott: Hashable, Sendable {
  /// λ: the larger, the straighter the trend. Nil takes that of ``penalty(season:)``.
  public let penalty: Double?

  /// Describes a filter.
  ///
  /// - Parameter penalty: λ, above zero; nil takes what suits the frequency of the series.
  public init(penalty: Double? = nil) { self.penalty = penalty }

  /// The usual λ for a number of periods a year: 1600 (m/4)⁴, so 6.25 for years, 1600 for quarters and 129,600 for months
  /// (Ravn and Uhlig, 2002).
  public static func penalty(season: Int) -> Double {
    let ratio = Double(max(1, season)) / 4
    return 1600 * ratio * ratio * ratio * ratio
  }

  /// The range of λ for which the equations keep their digits.
  public static let penalties = 1e-6...1e10

  /// Splits a sample on its own scale into trend and remainder.
  ///
  /// - Throws: ``ForecastingError/tooFewObservations(series:model:found:needed:)`` below four observations, and
  ///   ``ForecastingError/unsuitable(series:model:problem:)`` for a λ outside ``penalties``.
  public func decompose(_ sample: Sample) throws(ForecastingError) -> HodrickPrescottDecomposition {
    let method = "the Hodrick-Prescott filter"
    guard sample.count >= 4 else {
      throw .tooFewObservations(series: sample.name, model: method, found: sample.count, needed: 4)
    }
    let penalty = penalty ?? Self.penalty(season: sample.season)
    guard Self.penalties.contains(penalty) else {
      throw .unsuitable(
        series: sample.name, model: method,
        problem:
          "needs a penalty from \(NumberText.plain(Self.penalties.lowerBound)) to "
          + "\(NumberText.plain(Self.penalties.upperBound)), and \(NumberText.plain(penalty)) was given")
    }
    do {
      return try HodrickPrescottDecomposition(sample, penalty: penalty)
    } catch {
      throw .numerical(series: sample.name, model: method, reason: "\(error)")
    }
  }
}

/// What ``HodrickPrescott`` found.
public struct HodrickPrescottDecomposition: Sendable {
  /// λ.
  public let penalty: Double
  /// The trend at every period from the first observation to the last, gaps included.
  public let trend: [Double]
  /// What the trend leaves of each observation.
  public let remainder: [Double]
  /// The variance of the trend at every period, in units of the variance of the noise, if λ is right.
  public let trendVariance: [Double]
  /// The least of the penalised sum of squares, Σ (y - τ)² + λ Σ (Δ²τ)².
  public let penalisedSquares: Double
  /// The logarithm of the determinant of W + λ K'K.
  let logDeterminant: Double
  /// The covariance of the trend at the last period with that at the one before it, in units of the noise's variance.
  let lastCovariance: Double

  init(_ sample: Sample, penalty: Double) throws(LinearAlgebraError) {
    let order = sample.positions[sample.count - 1] + 1
    var weights = [Double](repeating: 0, count: order)
    // The straight line through the ends is taken out first: the filter leaves lines as they are, and what is left is
    // small enough to keep its digits.
    let (first, last) = (sample.values[0], sample.values[sample.count - 1])
    let slope = (last - first) / Double(order - 1)
    var right = weights
    for (position, value) in zip(sample.positions, sample.values) {
      weights[position] = 1
      right[position] = value - first - slope * Double(position)
    }
    let factor = try BandedCholesky(bandwidth: 2, order: order) { row, column in
      let bend = Self.bend(row, column, order: order)
      return penalty * bend + (row == column ? weights[row] : 0)
    }
    let bent = try factor.solve(right)
    let trend = bent.indices.map { bent[$0] + (first + slope * Double($0)) }
    self.penalty = penalty
    self.trend = trend
    remainder = sample.positions.map { right[$0] - bent[$0] }
    var squares = remainder.reduce(0) { $0 + $1 * $1 }
    for index in stride(from: 2, to: order, by: 1) {
      let second = bent[index] - 2 * bent[index - 1] + bent[index - 2]
      squares += penalty * second * second
    }
    penalisedSquares = squares
    let inverse = factor.inverseBand
    trendVariance = inverse[0]
    lastCovariance = inverse[1][order - 2]
    logDeterminant = factor.logDeterminant
  }

  /// A cell of K'K for the second differences K of `order` values.
  private static func bend(_ row: Int, _ column: Int, order: Int) -> Double {
    let pattern = [1.0, -2, 1]
    var sum = 0.0
    for start in max(0, row - 2)...max(0, row - 2, min(column, order - 3)) {
      let (a, b) = (row - start, column - start)
      if (0...2).contains(a), (0...2).contains(b), start + 2 < order { sum += pattern[a] * pattern[b] }
    }
    return sum
  }

  /// Trend and remainder under the names that fitted models use; a remainder only where there is an observation, and
  /// zero elsewhere.
  func components(_ sample: Sample, variance: Double) -> [SeriesComponent] {
    var spread = [Double](repeating: 0, count: trend.count)
    for (position, value) in zip(sample.positions, remainder) { spread[position] = value }
    return [
      SeriesComponent(
        "trend", trend, standardErrors: trendVariance.map { (variance * $0).squareRoot() }),
      SeriesComponent("remainder", spread),
    ]
  }
}
