import RealModule
import Statistics

/// One possible future of a fit, drawn step by step: the doubt about its final states first, then an error for each step.
///
/// Where a part multiplies, no state is let to zero or below, which the form does not know: an error that would take the
/// value there is drawn again, and states are held at a millionth of where they began.
struct ETSSimulation {
  private let form: ETSForm
  private let weights: SmoothingWeights
  private let sigma: Double
  private var level: Double
  private var growth: Double
  private let seasons: UnsafeMutableBufferPointer<Double>
  private let floor: (level: Double, season: Double)
  /// How far the damping factor was drawn from its estimate. A linear form takes it up in its centre, to first order, so
  /// that paths have the variance of the closed form.
  private let phiDeviation: Double
  private let phi: Double
  private let finalGrowth: Double
  private var dampingSlope = 0.0
  private var power = 1.0

  /// - Parameter seasons: room for one period, which the simulation keeps its seasons in.
  init(
    estimate: ETSEstimate, doubt: ETSDoubt, sigma: Double, seasons: UnsafeMutableBufferPointer<Double>,
    stream: inout RandomStream
  ) {
    form = estimate.form
    weights = estimate.weights
    self.sigma = sigma
    self.seasons = seasons
    level = estimate.final.level
    growth = form.trend == .none ? 0 : estimate.final.growth
    finalGrowth = growth
    let period = estimate.final.season.count
    for j in 0..<period { seasons[j] = estimate.final.season[j] }
    var phiMove = 0.0
    for k in 0..<doubt.dimensions {
      let variate = sigma * stream.normal()
      level += doubt.rows[0][k] * variate
      if form.trend != .none { growth += doubt.rows[1][k] * variate }
      for j in 0..<period { seasons[j] += doubt.rows[2 + j][k] * variate }
      phiMove += doubt.rows[2 + period][k] * variate
    }
    floor = (1e-6 * abs(estimate.final.level), 1e-6)
    phiDeviation = phiMove
    phi = form.isLinear ? weights.phi : min(max(weights.phi + (form.trend.isDamped ? phiMove : 0), 0), 1)
    hold()
  }

  /// Keeps states that multiply above zero.
  private mutating func hold() {
    if !form.isLinear { level = max(level, floor.level) }
    if form.trend.isMultiplicative { growth = max(growth, 1e-6) }
  }

  /// The value of the next step, counted from 1.
  mutating func next(step: Int, stream: inout RandomStream) -> Double {
    let place = seasons.isEmpty ? 0 : (step - 1) % seasons.count
    var faded = 0.0
    var q = level
    switch form.trend {
    case .none: break
    case .additive, .damped:
      faded = phi * growth
      q += faded
    case .multiplicative, .dampedMultiplicative:
      faded = phi == 1 ? growth : Double.pow(growth, phi)
      q *= faded
    }
    var season = 0.0
    var expected = q
    switch form.season {
    case .none: break
    case .additive:
      season = seasons[place]
      expected += season
    case .multiplicative:
      season = max(seasons[place], floor.season)
      q = max(q, floor.level)
      expected = q * season
    }
    let deviation: Double
    switch form.error {
    case .additive: deviation = sigma * stream.normal()
    case .multiplicative: deviation = expected * share(&stream)
    }
    let effect = form.season == .multiplicative ? deviation / season : deviation
    switch form.trend {
    case .none: break
    case .additive, .damped: growth = faded + weights.beta * effect
    case .multiplicative, .dampedMultiplicative: growth = faded + weights.beta * effect / level
    }
    level = q + weights.alpha * effect
    switch form.season {
    case .none: break
    case .additive: seasons[place] = season + weights.gamma * deviation
    case .multiplicative: seasons[place] = season + weights.gamma * deviation / q
    }
    hold()
    var drift = 0.0
    if form.isLinear && form.trend.isDamped {
      dampingSlope += Double(step) * power
      power *= weights.phi
      drift = dampingSlope * finalGrowth * phiDeviation
    }
    return expected + deviation + drift
  }

  /// An error as a share of the expectation; one that would leave nothing is drawn again.
  private func share(_ stream: inout RandomStream) -> Double {
    for _ in 0..<100 {
      let share = sigma * stream.normal()
      if share > -1 { return share }
    }
    return 0
  }
}
