import RealModule

/// How growth enters a step, fixed before the loop over time begins.
protocol GrowthRule {
  static var isAdditive: Bool { get }
  static var isMultiplicative: Bool { get }
}

enum NoGrowth: GrowthRule {
  static var isAdditive: Bool { false }
  static var isMultiplicative: Bool { false }
}

enum AddedGrowth: GrowthRule {
  static var isAdditive: Bool { true }
  static var isMultiplicative: Bool { false }
}

enum MultipliedGrowth: GrowthRule {
  static var isAdditive: Bool { false }
  static var isMultiplicative: Bool { true }
}

/// How the season enters a step, fixed before the loop over time begins.
protocol SeasonRule {
  static var isAdditive: Bool { get }
  static var isMultiplicative: Bool { get }
}

enum NoSeason: SeasonRule {
  static var isAdditive: Bool { false }
  static var isMultiplicative: Bool { false }
}

enum AddedSeason: SeasonRule {
  static var isAdditive: Bool { true }
  static var isMultiplicative: Bool { false }
}

enum MultipliedSeason: SeasonRule {
  static var isAdditive: Bool { false }
  static var isMultiplicative: Bool { true }
}

/// The recursion of exponential smoothing over a trace, and its derivatives by the adjoint recursion.
///
/// Forms that differ in their errors alone have the same recursion: with q the expected level, an error of share e moves
/// the level by alpha q e, and q e is the deviation (Hyndman, Koehler, Ord and Snyder, 2008, tables 2.2 and 2.3).
///
///     q = l + phi b,  l b^phi  or l       expectation: q + s, q s or q
///     l' = q + alpha d / [s]              [s] is the season where it multiplies, and one elsewhere
///     b' = phi b + beta d / [s]           or b^phi + beta d / ([s] l)
///     s' = s + gamma d                    or s + gamma d / q
///
/// The generic rules are resolved when the code is compiled: no loop over time decides anything about the form.
struct SmoothingRecursion {
  let trend: ETSForm.Trend
  let season: ETSForm.Season

  init(_ form: ETSForm) {
    trend = form.trend
    season = form.season
  }

  /// Fills the trace from its starting states.
  ///
  /// - Returns: whether every state that divides or multiplies stayed above zero.
  func run(_ trace: SmoothingTrace, _ weights: SmoothingWeights) -> Bool {
    switch (trend, season) {
    case (.none, .none): Self.run(trace, weights, NoGrowth.self, NoSeason.self)
    case (.none, .additive): Self.run(trace, weights, NoGrowth.self, AddedSeason.self)
    case (.none, .multiplicative): Self.run(trace, weights, NoGrowth.self, MultipliedSeason.self)
    case (.additive, .none), (.damped, .none): Self.run(trace, weights, AddedGrowth.self, NoSeason.self)
    case (.additive, .additive), (.damped, .additive):
      Self.run(trace, weights, AddedGrowth.self, AddedSeason.self)
    case (.additive, .multiplicative), (.damped, .multiplicative):
      Self.run(trace, weights, AddedGrowth.self, MultipliedSeason.self)
    case (.multiplicative, .none), (.dampedMultiplicative, .none):
      Self.run(trace, weights, MultipliedGrowth.self, NoSeason.self)
    case (.multiplicative, .additive), (.dampedMultiplicative, .additive):
      Self.run(trace, weights, MultipliedGrowth.self, AddedSeason.self)
    case (.multiplicative, .multiplicative), (.dampedMultiplicative, .multiplicative):
      Self.run(trace, weights, MultipliedGrowth.self, MultipliedSeason.self)
    }
  }

  /// The derivatives of an objective, from those with respect to the deviations (`trace.pull`) of a trace that was run.
  ///
  /// - Returns: the derivatives with respect to the weights, the starting level and the starting growth; those with
  ///   respect to the starting seasons are left in `trace.seasonPull`.
  func slopes(_ trace: SmoothingTrace, _ weights: SmoothingWeights) -> SmoothingSlopes {
    switch (trend, season) {
    case (.none, .none): Self.slopes(trace, weights, NoGrowth.self, NoSeason.self)
    case (.none, .additive): Self.slopes(trace, weights, NoGrowth.self, AddedSeason.self)
    case (.none, .multiplicative): Self.slopes(trace, weights, NoGrowth.self, MultipliedSeason.self)
    case (.additive, .none), (.damped, .none): Self.slopes(trace, weights, AddedGrowth.self, NoSeason.self)
    case (.additive, .additive), (.damped, .additive):
      Self.slopes(trace, weights, AddedGrowth.self, AddedSeason.self)
    case (.additive, .multiplicative), (.damped, .multiplicative):
      Self.slopes(trace, weights, AddedGrowth.self, MultipliedSeason.self)
    case (.multiplicative, .none), (.dampedMultiplicative, .none):
      Self.slopes(trace, weights, MultipliedGrowth.self, NoSeason.self)
    case (.multiplicative, .additive), (.dampedMultiplicative, .additive):
      Self.slopes(trace, weights, MultipliedGrowth.self, AddedSeason.self)
    case (.multiplicative, .multiplicative), (.dampedMultiplicative, .multiplicative):
      Self.slopes(trace, weights, MultipliedGrowth.self, MultipliedSeason.self)
    }
  }
}

/// The derivatives of an objective with respect to everything that a form estimates, but for the seasons.
struct SmoothingSlopes {
  var weights: SmoothingWeights
  var level: Double
  var growth: Double
}

extension SmoothingRecursion {
  @inline(__always)
  private static func run<Growth: GrowthRule, Season: SeasonRule>(
    _ trace: SmoothingTrace, _ weights: SmoothingWeights, _: Growth.Type, _: Season.Type
  ) -> Bool {
    let (alpha, beta, gamma, phi) = (weights.alpha, weights.beta, weights.gamma, weights.phi)
    let (values, levels, growths) = (trace.values, trace.level, trace.growth)
    let (seasons, deviations) = (trace.season, trace.deviation)
    let period = trace.period
    var level = levels[0]
    var growth = growths[0]
    for t in 0..<trace.count {
      var faded = 0.0
      var q = level
      if Growth.isAdditive {
        faded = phi * growth
        q = level + faded
      } else if Growth.isMultiplicative {
        guard growth > 0, level > 0 else { return false }
        faded = phi == 1 ? growth : Double.pow(growth, phi)
        q = level * faded
      }
      var deviation = values[t]
      if Season.isAdditive {
        deviation -= q + seasons[t]
      } else if Season.isMultiplicative {
        guard q > 0, seasons[t] > 0 else { return false }
        deviation -= q * seasons[t]
      } else {
        deviation -= q
      }
      deviations[t] = deviation
      let effect = Season.isMultiplicative ? deviation / seasons[t] : deviation
      if Growth.isAdditive {
        growth = faded + beta * effect
      } else if Growth.isMultiplicative {
        growth = faded + beta * effect / level
      }
      level = q + alpha * effect
      if Season.isAdditive {
        seasons[t + period] = seasons[t] + gamma * deviation
      } else if Season.isMultiplicative {
        seasons[t + period] = seasons[t] + gamma * deviation / q
      }
      levels[t + 1] = level
      growths[t + 1] = growth
    }
    return true
  }

  @inline(__always)
  private static func slopes<Growth: GrowthRule, Season: SeasonRule>(
    _ trace: SmoothingTrace, _ weights: SmoothingWeights, _: Growth.Type, _: Season.Type
  ) -> SmoothingSlopes {
    let (alpha, beta, gamma, phi) = (weights.alpha, weights.beta, weights.gamma, weights.phi)
    let (levels, growths, seasons) = (trace.level, trace.growth, trace.season)
    let (deviations, pulls, seasonPulls) = (trace.deviation, trace.pull, trace.seasonPull)
    let period = trace.period
    var slopes = SmoothingWeights(phi: 0)
    // What the objective gains from a little more of the level, or the growth, that leaves the present step.
    var levelPull = 0.0
    var growthPull = 0.0
    for t in 0..<period { seasonPulls[trace.count + t] = 0 }
    for t in stride(from: trace.count - 1, through: 0, by: -1) {
      let deviation = deviations[t]
      let level = levels[t]
      let growth = growths[t]
      var faded = 0.0
      var q = level
      if Growth.isAdditive {
        faded = phi * growth
        q = level + faded
      } else if Growth.isMultiplicative {
        faded = phi == 1 ? growth : Double.pow(growth, phi)
        q = level * faded
      }
      let perSeason = Season.isMultiplicative ? 1 / seasons[t] : 1
      let perLevel = Growth.isMultiplicative ? 1 / level : 1
      let perQ = Season.isMultiplicative ? 1 / q : 1
      let seasonPull = Season.isAdditive || Season.isMultiplicative ? seasonPulls[t + period] : 0
      slopes.alpha += levelPull * deviation * perSeason
      if Growth.isAdditive || Growth.isMultiplicative {
        slopes.beta += growthPull * deviation * perSeason * perLevel
      }
      if Season.isAdditive || Season.isMultiplicative { slopes.gamma += seasonPull * deviation * perQ }
      let stateGain = (alpha * levelPull + beta * growthPull * perLevel) * perSeason
      // The expectation pulls against the deviation.
      let expectation = -(pulls[t] + stateGain + gamma * seasonPull * perQ)
      var qPull = levelPull
      if Season.isAdditive {
        seasonPulls[t] = seasonPull + expectation
        qPull += expectation
      } else if Season.isMultiplicative {
        seasonPulls[t] = seasonPull + expectation * q - stateGain * deviation * perSeason
        qPull += expectation * seasons[t] - gamma * seasonPull * deviation * perQ * perQ
      } else {
        qPull += expectation
      }
      if Growth.isAdditive {
        let fadedPull = qPull + growthPull
        slopes.phi += fadedPull * growth
        growthPull = phi * fadedPull
        levelPull = qPull
      } else if Growth.isMultiplicative {
        let fadedPull = qPull * level + growthPull
        levelPull = qPull * faded - beta * growthPull * deviation * perSeason * perLevel * perLevel
        slopes.phi += phi == 1 ? 0 : fadedPull * faded * Double.log(growth)
        growthPull = phi * fadedPull * faded / growth
      } else {
        levelPull = qPull
      }
    }
    return SmoothingSlopes(weights: slopes, level: levelPull, growth: growthPull)
  }
}
