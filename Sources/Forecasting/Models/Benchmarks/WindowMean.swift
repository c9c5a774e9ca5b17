import RealModule
import Statistics

/// The mean of the last few observations, as many planners take it: a level that moves, but slowly.
///
/// A mean over a window says nothing by itself about its error. It gets one here from the process for which the window
/// is the right length: a level that walks at random under noise, `y = level + noise`, with the share of movement at
/// which the best average of the past is as old as the window's. The observations in a window of K are (K + 1)/2 periods old on
/// average, counted from the period to come; those of exponential smoothing 1/alpha. So alpha = 2/(K + 1), and by Muth
/// (1960) the variance of the level's steps is q = alpha²/(1 - alpha) = 4/(K² - 1) times that of the noise.
///
/// Under it the error h periods ahead has the variance (without gaps), in units of the noise,
///
///     1 + 1/K + q (h + (K - 1)(2K - 1)/6K):
///
/// noise to come, noise in the window, steps of the level to come, and steps that the window has not followed yet. The
/// unit is estimated from the errors that the rule itself has made one step ahead; as those overlap, they count for
/// fewer degrees of freedom (Satterthwaite, 1946).
public struct WindowMean: ForecastModel {
  /// The number of observations in the window, K.
  public let window: Int
  /// The name of the model on the command line and in every output.
  public var specification: String { "window-mean(\(window))" }
  /// One sentence: what the model says about the future.
  public var summary: String {
    "the mean of the last \(window) observations stays while the level moves slowly"
  }
  /// Fewer observations than this are refused: the window and three errors of the rule.
  public var minimumObservations: Int { window + 3 }

  /// A description of the model with a window of at least two observations; a window of one is ``Naive``, and counts as
  /// two here.
  public init(window: Int) { self.window = min(max(2, window), Int.max - 3) }

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short for the window.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return FittedWindowMean(sample, specification: specification, window: window)
  }
}

extension WindowMean {
  /// `window-mean(5)`.
  static let family = ModelFamily(
    "window-mean", usage: "window-mean(OBSERVATIONS)",
    summary: "the mean of the last few observations stays while the level moves slowly",
    example: "window-mean(3)"
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let window = try arguments.whole("observations", in: 2...1000)
    try arguments.finish()
    return WindowMean(window: window)
  }
}

struct FittedWindowMean: FittedModel {
  let specification: String
  let sample: Sample
  let residuals: [Double]
  let parameterCount = 2
  private let window: Int
  private let mean: Double
  /// The variance of the level's steps in units of the noise.
  private let movement: Double
  /// The variance, in units of the noise, of the difference between the mean of the window and the last level.
  private let meanFactor: Double
  private let variance: ErrorVariance

  init(_ sample: Sample, specification: String, window: Int) {
    self.specification = specification
    self.sample = sample
    self.window = window
    let size = Double(window)
    let movement = 4 / (size * size - 1)
    self.movement = movement
    let values = sample.values
    let rule = Rule(positions: sample.positions, window: window, movement: movement)
    var errors: [Double] = []
    var deviations: [Double] = []
    for target in window..<values.count {
      let mean = values[(target - window)..<target].reduce(0) { $0 + $1 / size }
      errors.append(values[target] - mean)
      deviations.append(rule.covariance(target, target).squareRoot())
    }
    mean = values.suffix(window).reduce(0) { $0 + $1 / size }
    meanFactor = rule.meanFactor
    // The sum of squares of correlated errors varies as if there were fewer of them.
    var squaredCorrelations = 0.0
    for first in errors.indices {
      for second in first..<min(errors.count, first + window + 1) {
        let correlation =
          rule.covariance(window + first, window + second) / (deviations[first] * deviations[second])
        squaredCorrelations += (first == second ? 1 : 2) * correlation * correlation
      }
    }
    let count = Double(errors.count)
    let standardised = zip(errors, deviations).map { $0 / $1 }
    let meanSquare = standardised.reduce(0) { $0 + $1 * $1 / count }
    let freedom = max(1, Int(count * count / squaredCorrelations))
    variance = ErrorVariance(
      sumOfSquares: meanSquare * Double(freedom), degreesOfFreedom: freedom,
      floor: sample.roundingVariance)
    let unit = deviations.reduce(0) { $0 + Double.log($1) / count }
    residuals = standardised.map { $0 * Double.exp(unit) }
  }

  var parameters: [FittedParameter] {
    [
      FittedParameter("mean", mean, standardError: (variance.estimate * meanFactor).squareRoot()),
      FittedParameter("sigma", variance.estimate.squareRoot()),
    ]
  }

  var remarks: [String] {
    [
      "the level is taken to move as it would where a window of \(window) is the right one: by "
        + "\(percentage(movement.squareRoot())) of the noise's standard deviation each period"
    ]
  }

  private func percentage(_ share: Double) -> String { "\(Int((100 * share).rounded())) per cent" }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    return try variance.predictive(
      location: mean, varianceFactor: 1 + meanFactor + movement * Double(step), of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let stepSize = sigma * movement.squareRoot()
    var level = mean + sigma * meanFactor.squareRoot() * stream.normal()
    for index in path.indices {
      level += stepSize * stream.normal()
      path[index] = level + sigma * stream.normal()
    }
  }
}

extension FittedWindowMean {
  /// How the errors of the rule are made up of noise and steps of the level, gaps included.
  ///
  /// Of a step of the level into a period after observation i - 1 and up to observation i, the mean of the window that
  /// ends before observation t has missed the share (i - (t - K))/K: as much as lies before the step. Products of two
  /// such shares, summed over the periods that two windows have missed something of, are a polynomial of second degree in
  /// i, so that three running sums over the observations give every covariance at once.
  private struct Rule {
    private let window: Int
    private let movement: Double
    /// Running sums, from the second observation to the i-th, of 1, i and i² times the periods from the observation
    /// before.
    private var sums: [(periods: Int, first: Int, second: Int)] = [(0, 0, 0)]

    init(positions: [Int], window: Int, movement: Double) {
      self.window = window
      self.movement = movement
      sums.reserveCapacity(positions.count)
      for index in positions.indices.dropFirst() {
        let periods = positions[index] - positions[index - 1]
        let before = sums[index - 1]
        sums.append(
          (
            before.periods &+ periods, before.first &+ index &* periods,
            before.second &+ index &* index &* periods
          ))
      }
    }

    /// The sum of the products of the shares that the windows before two observations have missed, over the periods
    /// after the beginning of the later window up to observation `last`.
    private func missed(_ first: Int, _ second: Int, through last: Int) -> Double {
      let (start, later) = (first - window, second - window)
      guard last > later else { return 0 }
      let periods = sums[last].periods &- sums[later].periods
      let linear = sums[last].first &- sums[later].first
      let square = sums[last].second &- sums[later].second
      // Exact: running sums of a very long series may wrap, but what is left of them here is small.
      let products = square &- (start &+ later) &* linear &+ start &* later &* periods
      return Double(products) / (Double(window) * Double(window))
    }

    /// The covariance of the errors for two observations, `first` no later than `second`, in units of the noise.
    func covariance(_ first: Int, _ second: Int) -> Double {
      let size = Double(window)
      let shared = max(0, first - (second - window))
      var noise = Double(shared) / (size * size)
      if first == second { noise += 1 } else if first >= second - window { noise -= 1 / size }
      return noise + movement * missed(first, second, through: first)
    }

    /// The variance of the last window's mean about the last level, in units of the noise.
    var meanFactor: Double {
      1 / Double(window) + movement * missed(sums.count, sums.count, through: sums.count - 1)
    }
  }
}
