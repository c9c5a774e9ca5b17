import RealModule

/// The one-step errors of a smooth trend with a given penalty, by the Kalman filter from the second observation on, where
/// level and slope are first known (Durbin and Koopman, 2012, section 5.2).
struct SmoothTrendInnovations {
  /// The errors from the third observation on, each over its standard deviation in units of that of the noise.
  let errors: [Double]
  /// Those standard deviations.
  let deviations: [Double]

  /// The errors in units that make the product of their deviations one.
  var standardised: [Double] {
    let count = Double(max(deviations.count, 1))
    let unit = Double.exp(deviations.reduce(0) { $0 + Double.log($1) / count })
    return errors.map { $0 * unit }
  }

  init(_ sample: Sample, penalty: Double) {
    let (positions, values) = (sample.positions, sample.values)
    // Trend and slope at the second observation, from the first two and nothing else. The steps of the slope between
    // them, if periods are missing there, have moved the trend away from the straight line.
    let gap = Double(positions[1] - positions[0])
    var level = values[1]
    var slope = (values[1] - values[0]) / gap
    // With steps n(2) … n(g): trend = start + g s + Σ (g - j + 1) n(j), slope = s + Σ n(j); s is unknown.
    var moved = 0.0
    var crossed = 0.0
    var squared = 0.0
    for index in stride(from: 2.0, through: gap, by: 1) {
      let reach = (gap - index + 1) / gap
      moved += 1
      crossed += reach
      squared += reach * reach
    }
    var levelVariance = 1.0
    var covariance = 1 / gap
    var slopeVariance = 2 / (gap * gap) + (moved - 2 * crossed + squared) / penalty
    var errors: [Double] = []
    var deviations: [Double] = []
    for index in positions.indices.dropFirst(2) {
      for _ in 0..<(positions[index] - positions[index - 1]) {
        // The slope takes its step, and the trend follows it.
        slopeVariance += 1 / penalty
        level += slope
        levelVariance += 2 * covariance + slopeVariance
        covariance += slopeVariance
      }
      let error = values[index] - level
      let total = levelVariance + 1
      errors.append(error / total.squareRoot())
      deviations.append(total.squareRoot())
      level += levelVariance / total * error
      slope += covariance / total * error
      slopeVariance -= covariance * covariance / total
      covariance -= levelVariance * covariance / total
      levelVariance -= levelVariance * levelVariance / total
    }
    self.errors = errors
    self.deviations = deviations
  }
}
