/// The forecast of a form whose recursion is linear: its centre, and the response of each later value to one error.
struct LinearForecast {
  /// The expected values of steps 1 to the horizon.
  private(set) var means: [Double] = []
  /// The variance of each step in units of the error variance, where errors add: one and the squares of the responses to
  /// the errors before it (Hyndman, Koehler, Ord and Snyder, 2008, equation 6.7).
  private(set) var varianceFactors: [Double] = []
  /// What an error moves the value j periods later by: alpha + beta (phi + … + phi^j), and gamma where j is whole seasons.
  private(set) var responses: [Double] = []

  init(_ estimate: ETSEstimate, horizon: Int) {
    self.init(
      weights: estimate.weights, final: estimate.final, hasTrend: estimate.form.trend != .none,
      horizon: horizon)
  }

  init(weights: SmoothingWeights, final: ETSState, hasTrend: Bool, horizon: Int) {
    let period = final.season.count
    let isSeasonal = period > 0
    let growth = hasTrend ? final.growth : 0
    var damping = 0.0
    var power = 1.0
    var factor = 1.0
    for step in 1...horizon {
      power *= weights.phi
      damping += power
      let season = isSeasonal ? final.season[(step - 1) % period] : 0
      means.append(final.level + damping * growth + season)
      varianceFactors.append(factor)
      let returns = isSeasonal && step % period == 0
      let response = weights.alpha + weights.beta * damping + (returns ? weights.gamma : 0)
      responses.append(response)
      factor += response * response
    }
  }
}
