import RealModule

/// How far the combined forecasts of a series err, learned from those made at its earlier ends.
///
/// The root mean squared error of each step, the latest errors counting most, is smoothed by a power of the step. Because
/// the members' parameters had seen what came after, and because a few errors say little, it is widened for short series
/// and long horizons. The tails are those of Student's t with five degrees of freedom, which errors of forecasts have in
/// series of every frequency, and with three or four in the shortest.
struct ErrorSpread: Sendable {
  /// The degrees of freedom of the errors.
  let degreesOfFreedom: Double
  /// The scale of a standard t variate as a share of the root mean squared error.
  ///
  /// A normal variate's would be one. The shares of fewer degrees of freedom leave the interval of 80 per cent where it
  /// is, and move that of 95 outwards.
  private let share: Double
  /// The time after which an error counts half, as a share of the length of the series.
  private static let halfLife = 0.12
  /// The power of the step with which errors grow where nothing else is known, without a season and with one.
  private static let expectedGrowth = (plain: 0.6, seasonal: 0.4)
  /// How much the errors have to say before they weigh as much as the expected growth.
  private static let growthBelief = 10.0
  /// The correlation of the errors of successive steps where nothing else is known, and its weight in errors.
  private static let expectedCorrelation = (value: 0.8, weight: 4.0)
  /// The weight of the prior variance, in errors.
  private static let priorWeight = 0.05

  /// The logarithm of the root mean squared error of one step, before it is widened; in units of the root of the level
  /// where errors grow with it.
  private let logScale: Double
  /// The power of the step with which it grows.
  let growth: Double
  /// The correlation of the errors of successive steps of one path.
  let correlation: Double
  /// How many earlier forecasts were compared with what came.
  let errors: Int
  private let count: Double

  /// Learns from errors.
  ///
  /// - Parameters:
  ///   - errors: for each end, the errors of its steps one after another; NaN where there is nothing to compare.
  ///   - reach: the number of steps of each end.
  ///   - count: the length of the series.
  ///   - isSeasonal: whether a season is looked for.
  ///   - priorVariance: what one squared error of one step is expected to be, above zero.
  init(errors: [Double], reach: Int, count: Int, isSeasonal: Bool, priorVariance: Double) {
    let ends = errors.count / max(reach, 1)
    self.count = Double(count)
    (degreesOfFreedom, share) = count < 7 ? (3, 0.79) : count < 10 ? (4, 0.84) : (5, 0.87)
    let expected = isSeasonal ? Self.expectedGrowth.seasonal : Self.expectedGrowth.plain
    let life = Self.halfLife * Double(count)
    var (total, sumX, sumY) = (0.0, 0.0, 0.0)
    var rows: [(x: Double, y: Double, weight: Double)] = []
    var compared = 0
    var products = Self.expectedCorrelation.weight * Self.expectedCorrelation.value
    var squares = Self.expectedCorrelation.weight
    for step in 0..<reach {
      var weight = 0.0
      var sum = 0.0
      for end in 0..<ends {
        let error = errors[end * reach + step]
        guard error.isFinite else { continue }
        let age = Double(ends - 1 - end - step - 1)
        let own = Double.exp(-Double.log(2) * age / life)
        weight += own
        sum += own * error * error
        compared += 1
        if step + 1 < reach, case let next = errors[end * reach + step + 1], next.isFinite {
          let larger = max(error * error, next * next)
          // Each pair counts alike, however large its errors are.
          if larger > 0 {
            products += error * next / larger
            squares += (error * error + next * next) / larger / 2
          }
        }
      }
      guard weight > 0 else { continue }
      let reachVariance = priorVariance * Double.pow(Double(step + 1), 2 * expected)
      let variance = (sum + Self.priorWeight * reachVariance) / (weight + Self.priorWeight)
      // Errors of long steps overlap, and are worth fewer.
      let worth = weight / Double(step + 1).squareRoot()
      let row = (
        x: Double.log(Double(step + 1)), y: Double.log(max(variance, .leastNormalMagnitude)) / 2,
        weight: worth
      )
      rows.append(row)
      total += row.weight
      sumX += row.weight * row.x
      sumY += row.weight * row.y
    }
    self.errors = compared
    correlation = min(max(products / squares, 0), 0.99)
    guard total > 0 else {
      growth = expected
      logScale = Double.log(priorVariance) / 2
      return
    }
    let meanX = sumX / total
    let meanY = sumY / total
    var (sxx, sxy) = (Self.growthBelief, Self.growthBelief * expected)
    for row in rows {
      sxx += row.weight * (row.x - meanX) * (row.x - meanX)
      sxy += row.weight * (row.x - meanX) * (row.y - meanY)
    }
    growth = min(max(sxy / sxx, 0), 1)
    logScale = meanY - growth * meanX
  }

  /// What is assumed where there are no errors to learn from.
  ///
  /// - Parameter variance: what one squared error of one step is expected to be, above zero.
  init(assumed variance: Double) {
    growth = Self.expectedGrowth.plain
    logScale = Double.log(variance) / 2
    correlation = Self.expectedCorrelation.value
    errors = 0
    count = .infinity
    degreesOfFreedom = 3
    share = 1
  }

  /// The scale of the t variate of a step, widened.
  ///
  /// The widening stands for what is not known of the parameters: it grows with the horizon beside the length of the
  /// series, and a series of a dozen values errs half as far again as its own errors say.
  func scale(step: Int) -> Double {
    let ahead = Double(step)
    // Below eight values the errors are few, but those that there are were made with as little as the forecast.
    let few = 12 / max(count, 8)
    let doubt = (1 + 2 * ahead / count) * (1 + few * few)
    return share * Double.exp(logScale + growth * Double.log(ahead)) * doubt.squareRoot()
  }
}
