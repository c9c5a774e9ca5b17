import RealModule

/// What a stretch of observations says about its own straight line, under a normal prior for level and slope and
/// a known width of errors.
///
/// The prior's centre is the straight line through the whole series: its level at the middle of a stretch is as
/// uncertain as the observations scatter about that line, and its slope by as much over the least length of a
/// stretch.
struct SegmentEvidence: Sendable {
  let count: Int
  /// Prior variances of the level and the slope of a stretch.
  let levelVariance: Double
  let slopeVariance: Double
  /// The straight line through the whole.
  private let middle: Double
  private let lineLevel: Double
  private let lineSlope: Double
  private let times: [Double]
  private let sums: [Double]
  private let squares: [Double]
  private let timeSums: [Double]
  private let timeSquares: [Double]
  private let products: [Double]

  init(values: [Double], positions: [Int], minimumLength: Int, floor: Double) {
    let line = SegmentCosts.line(values, positions)
    count = values.count
    middle = positions.reduce(0) { $0 + Double($1) / Double(positions.count) }
    lineLevel = line(middle)
    lineSlope = line(middle + 1) - line(middle)
    let centre = middle
    let deviations = zip(values, positions).map { $0 - line(Double($1)) }
    let times = positions.map { Double($0) - centre }
    func running(_ term: (Int) -> Double) -> [Double] {
      var sum = 0.0
      return [0]
        + deviations.indices.map {
          sum += term($0)
          return sum
        }
    }
    self.times = times
    sums = running { deviations[$0] }
    squares = running { deviations[$0] * deviations[$0] }
    timeSums = running { times[$0] }
    timeSquares = running { times[$0] * times[$0] }
    products = running { times[$0] * deviations[$0] }
    levelVariance = max((squares.last ?? 0) / Double(count), floor, .leastNormalMagnitude)
    slopeVariance = levelVariance / Double(minimumLength * minimumLength)
  }

  /// The straight line through the whole, at a position.
  func line(_ position: Double) -> Double { lineLevel + lineSlope * (position - middle) }

  /// The line of a stretch after its observations have been seen: independent level and slope about its middle.
  struct Line: Sendable {
    /// The middle of the stretch, a position.
    let centre: Double
    /// Deviation from the line through the whole at the middle, and from its slope.
    let level: Double
    let slope: Double
    let levelVariance: Double
    let slopeVariance: Double

    /// Deviation from the line through the whole at a position.
    func mean(_ position: Double) -> Double { level + slope * (position - centre) }

    /// The variance of that deviation.
    func variance(_ position: Double) -> Double {
      levelVariance + (position - centre) * (position - centre) * slopeVariance
    }
  }

  private func moments(_ first: Int, _ end: Int) -> (
    m: Double, centre: Double, sum: Double, about: Double, spread: Double, product: Double
  ) {
    let m = Double(end - first)
    let time = timeSums[end] - timeSums[first]
    let sum = sums[end] - sums[first]
    return (
      m, time / m, sum, squares[end] - squares[first],
      max(0, timeSquares[end] - timeSquares[first] - time * time / m),
      products[end] - products[first] - time * sum / m
    )
  }

  /// The line of the observations `first ..< end` when errors have a variance.
  func line(_ first: Int, _ end: Int, variance: Double) -> Line {
    let (m, centre, sum, _, spread, product) = moments(first, end)
    let levelPrecision = m / variance + 1 / levelVariance
    let slopePrecision = spread / variance + 1 / slopeVariance
    return Line(
      centre: centre + middle, level: sum / variance / levelPrecision,
      slope: product / variance / slopePrecision, levelVariance: 1 / levelPrecision,
      slopeVariance: 1 / slopePrecision)
  }

  /// The logarithm of the density of the observations `first ..< end`, level and slope integrated out.
  func logDensity(_ first: Int, _ end: Int, variance: Double) -> Double {
    let (m, _, sum, about, spread, product) = moments(first, end)
    let levelPrecision = m / variance + 1 / levelVariance
    let slopePrecision = spread / variance + 1 / slopeVariance
    let (levelScore, slopeScore) = (sum / variance, product / variance)
    let form =
      about / variance - levelScore * levelScore / levelPrecision - slopeScore * slopeScore / slopePrecision
    return -0.5
      * (m * Double.log(2 * .pi * variance) + Double.log(levelPrecision * levelVariance)
        + Double.log(slopePrecision * slopeVariance) + form)
  }
}
