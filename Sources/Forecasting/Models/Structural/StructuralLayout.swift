import RealModule

/// Where the parts of a structural model stand among the states, and how its parameters become the system.
///
/// The states are, in this order: the level, its slope, the season, the cycle and the regression coefficients.
struct StructuralLayout: Sendable {
  /// A part whose variance is a parameter.
  enum Part: String, Sendable {
    case irregular, level, slope, season, cycle
  }

  /// A parameter that is no variance.
  enum Shape: String, Sendable {
    case damping
    case cycleDamping = "cycle damping"
    case cyclePeriod = "cycle period"
  }

  let trend: StructuralModel.Trend
  let season: StructuralModel.Season
  let seasonLength: Int
  let covariates: Int
  /// The parts whose variances are estimated.
  let parts: [Part]
  /// The parameters that follow the variances.
  let shapes: [Shape]
  let seasonStates: Range<Int>
  let cycleStates: Range<Int>
  let dimension: Int

  init(_ model: StructuralModel, seasonLength: Int, covariates: Int, isIrregularEstimated: Bool) {
    trend = model.trend
    season = model.season
    self.seasonLength = seasonLength
    self.covariates = covariates
    var parts: [Part] = isIrregularEstimated ? [.irregular] : []
    if trend != .smooth { parts.append(.level) }
    if trend != .level { parts.append(.slope) }
    if season != .none { parts.append(.season) }
    if model.hasCycle { parts.append(.cycle) }
    self.parts = parts
    shapes = (trend == .damped ? [.damping] : []) + (model.hasCycle ? [.cycleDamping, .cyclePeriod] : [])
    let first = trend == .level ? 1 : 2
    seasonStates = first..<(first + (season == .none ? 0 : max(1, seasonLength - 1)))
    cycleStates = seasonStates.upperBound..<(seasonStates.upperBound + (model.hasCycle ? 2 : 0))
    dimension = cycleStates.upperBound + covariates
  }

  /// The number of states of whose start nothing is known.
  var diffuseStates: Int { dimension - cycleStates.count }

  /// The states of the regression coefficients.
  var covariateStates: Range<Int> { (dimension - covariates)..<dimension }

  /// The system without its parameters.
  func system() -> StateSpace {
    var system = StateSpace(
      dimension: dimension, diffuseStates: Array(0..<seasonStates.upperBound), covariates: covariates)
    system.loading[0] = 1
    system.setTransition(0, 0, 1)
    if trend != .level {
      system.setTransition(0, 1, 1)
      system.setTransition(1, 1, 1)
    }
    switch season {
    case .none: break
    case .dummy:
      // γ(t+1) = −γ(t) − … − γ(t−s+2) + ω(t).
      let first = seasonStates.lowerBound
      system.loading[first] = 1
      for state in seasonStates {
        system.setTransition(first, state, -1)
        if state > first { system.setTransition(state, state - 1, 1) }
      }
    case .trigonometric:
      // A rotation for each frequency 2πj/s; that of j = s/2 has one state, which changes its sign.
      for state in stride(from: seasonStates.lowerBound, to: seasonStates.upperBound, by: 2) {
        let wave = (state - seasonStates.lowerBound) / 2 + 1
        system.loading[state] = 1
        guard state + 1 < seasonStates.upperBound else {
          system.setTransition(state, state, -1)
          break
        }
        rotate(&system, state, by: 2 * Double.pi * Double(wave) / Double(seasonLength), damping: 1)
      }
    }
    if let first = cycleStates.first { system.loading[first] = 1 }
    return system
  }

  /// Puts parameters into the system: the variances of ``parts``, then the values of ``shapes``.
  func fill(_ system: inout StateSpace, _ parameters: UnsafeBufferPointer<Double>) {
    for (index, part) in parts.enumerated() {
      let variance = parameters[index]
      switch part {
      case .irregular: system.noise = variance
      case .level: system.setDisturbance(0, variance: variance)
      case .slope: system.setDisturbance(1, variance: variance)
      case .season:
        if season == .dummy {
          system.setDisturbance(seasonStates.lowerBound, variance: variance)
        } else {
          for state in seasonStates { system.setDisturbance(state, variance: variance) }
        }
      case .cycle:
        // Both states, by a start in their stationary distribution.
        let damping = parameters[parts.count + shapes.count - 2]
        for state in cycleStates {
          system.setDisturbance(state, variance: variance)
          system.initialVariance[state * dimension + state] = variance / (1 - damping * damping)
        }
      }
    }
    for (index, shape) in shapes.enumerated() {
      let value = parameters[parts.count + index]
      switch shape {
      case .damping: system.setTransition(1, 1, value)
      case .cycleDamping: break
      case .cyclePeriod:
        rotate(
          &system, cycleStates.lowerBound, by: 2 * Double.pi / value,
          damping: parameters[parts.count + index - 1])
      }
    }
  }

  private func rotate(_ system: inout StateSpace, _ state: Int, by angle: Double, damping: Double) {
    system.setTransition(state, state, damping * Double.cos(angle))
    system.setTransition(state, state + 1, damping * Double.sin(angle))
    system.setTransition(state + 1, state, -damping * Double.sin(angle))
    system.setTransition(state + 1, state + 1, damping * Double.cos(angle))
  }
}
