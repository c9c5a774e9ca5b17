import RealModule

/// The one-step errors of several fitted models in the unit of their series, side by side by how long ago
/// they were made.
///
/// A model on a transformed scale errs by y − f⁻¹(f(y) − e) in the unit of its series. After a gap, or with
/// weights, e is the error that a typical period would have had (``FittedModel/residuals``). Series may have
/// been observed for unequal times: whatever is asked of two of them is answered from the periods that both
/// have.
struct ErrorPanel: Sendable {
  /// The number of series.
  let count: Int
  /// The number of periods from the last to the first in which any series has an error.
  let length: Int
  /// The variance that rounding at publication alone puts into each series.
  let roundingVariances: [Double]
  /// The errors, series after series, the last period first; NaN where there is none.
  private let errors: [Double]

  init(_ fits: [any FittedModel]) {
    let places = fits.map(\.residualPositions)
    var length = 0
    for (fit, places) in zip(fits, places) {
      guard let last = fit.sample.positions.last, let first = places.first else { continue }
      length = max(length, last - first + 1)
    }
    var errors = [Double](repeating: .nan, count: fits.count * length)
    for (series, fit) in fits.enumerated() {
      let sample = fit.sample
      guard let last = sample.positions.last else { continue }
      var index = 0
      for (position, residual) in zip(places[series], fit.residuals) {
        while index < sample.count, sample.positions[index] < position { index += 1 }
        guard index < sample.count, sample.positions[index] == position else { continue }
        let fitted = sample.scale.restored(sample.values[index] - residual)
        errors[series * length + last - position] = sample.observed[index] - fitted
      }
    }
    self.init(
      errors, count: fits.count, length: length,
      roundingVariances: fits.map { fit in
        let slope = fit.sample.observed.last.map(fit.sample.scale.slope) ?? 1
        return fit.sample.roundingVariance / (slope * slope)
      })
  }

  /// A panel from errors that are already side by side.
  init(_ errors: [Double], count: Int, length: Int, roundingVariances: [Double]) {
    self.errors = errors
    self.count = count
    self.length = length
    self.roundingVariances = roundingVariances
  }

  /// The errors of a series, the last period first; NaN where there is none.
  private func errors(of series: Int) -> ArraySlice<Double> {
    errors[(series * length)..<((series + 1) * length)]
  }

  /// The mean squared errors, and never less than what rounding puts there; the models' errors have no mean
  /// to take off.
  var variances: [Double] {
    (0..<count).map { series in
      var (sum, known) = (0.0, 0.0)
      for error in errors(of: series) where error.isFinite {
        sum += error * error
        known += 1
      }
      return max(known > 0 ? sum / known : 0, roundingVariances[series], .leastNormalMagnitude)
    }
  }

  /// What the common periods of two series say about how their errors go together.
  struct Pair {
    /// The number of periods that both have.
    var periods = 0
    /// The correlation about zero.
    var correlation = 0.0
    /// The estimated variance of that correlation (Schäfer and Strimmer, 2005).
    var variance = 0.0
  }

  /// The correlation of two series over the periods that both have; zero where they have fewer than three.
  func pair(_ first: Int, _ second: Int) -> Pair {
    var pair = Pair()
    var (squares, otherSquares) = (0.0, 0.0)
    for (x, y) in zip(errors(of: first), errors(of: second)) where x.isFinite && y.isFinite {
      squares += x * x
      otherSquares += y * y
      pair.periods += 1
    }
    guard pair.periods >= 3, squares > 0, otherSquares > 0 else { return pair }
    let n = Double(pair.periods)
    let (scale, otherScale) = ((n / squares).squareRoot(), (n / otherSquares).squareRoot())
    var (sum, sumOfSquares) = (0.0, 0.0)
    for (x, y) in zip(errors(of: first), errors(of: second)) where x.isFinite && y.isFinite {
      let product = (x * scale) * (y * otherScale)
      sum += product
      sumOfSquares += product * product
    }
    pair.correlation = max(-1, min(1, sum / n))
    pair.variance = max(0, sumOfSquares - sum * sum / n) / (n * (n - 1))
    return pair
  }
}
