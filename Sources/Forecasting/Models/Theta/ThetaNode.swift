import RealModule

/// One setting of alpha and the share of the line, with everything the data say once they are given.
struct ThetaNode: Sendable {
  let alpha: Double
  /// The share of the line, 1 - 1/theta.
  let share: Double
  /// The sum of squares of the errors that are counted.
  let sumOfSquares: Double
  /// The posterior weight among the nodes of a grid; set by the search.
  var weight = 0.0
  private let isDynamic: Bool
  private let origin: Double
  private let count: Int
  private let final: State
  /// The variances of level and slope at the end in units of the error variance.
  private let levelFactor: Double
  private let slopeFactor: Double
  /// (1 - alpha) to the power of the number of observations.
  private let power: Double

  /// Level, mean of the observations and slope of the line.
  struct State {
    var level: Double
    var mean: Double
    var slope: Double
  }

  /// The node for given parameters.
  ///
  /// - Parameters:
  ///   - sums: those of the problem for this alpha.
  ///   - slopeFactor: that of the problem for this alpha.
  ///   - squares: the sum of squared errors, where it is known better than from the sums.
  init(
    problem: ThetaProblem, alpha: Double, share: Double, sums: ThetaProblem.Sums, slopeFactor: Double,
    squares: Double? = nil
  ) {
    self.alpha = alpha
    self.share = share
    self.slopeFactor = slopeFactor
    sumOfSquares = squares ?? sums.squares(share)
    isDynamic = problem.isDynamic
    origin = problem.origin
    count = problem.values.count
    // The level that was solved for fades from where the errors begin to count.
    let faded = Double.pow(1 - alpha, problem.counted)
    final = State(
      level: sums.endLevel + faded * sums.level(share), mean: problem.finalMean, slope: problem.finalSlope)
    levelFactor = faded * faded / sums.uu
    power = Double.pow(1 - alpha, problem.values.count)
  }

  /// The level after the last observation.
  var finalLevel: Double { origin + final.level }

  /// How the next value, with `index` values before it, depends on the state, and how the state then moves.
  private struct Transition {
    /// What a unit of level, mean and slope adds to the forecast; that of the level is 1.
    let onMean: Double
    let onSlope: Double
    /// Where the value moves mean and slope; the level it moves by alpha.
    let meanGain: Double
    let slopeGain: Double
    /// What is kept of the slope, and what the mean takes from it.
    let slopeKept: Double
  }

  private func transition(_ index: Int, power: Double) -> Transition {
    let before = Double(index)
    let along = (1 - power * (1 - alpha)) / alpha
    guard isDynamic else {
      return Transition(onMean: 0, onSlope: share * along, meanGain: 0, slopeGain: 0, slopeKept: 1)
    }
    return Transition(
      onMean: share * power, onSlope: share * (along - power * (before + 1) / 2),
      meanGain: 1 / (before + 1), slopeGain: 6 / ((before + 1) * (before + 2)),
      slopeKept: (before - 1) / (before + 2))
  }

  private func forecast(_ state: State, _ transition: Transition) -> Double {
    state.level + transition.onMean * state.mean + transition.onSlope * state.slope
  }

  private func next(_ state: State, _ transition: Transition, value: Double) -> State {
    State(
      level: state.level + alpha * (value - state.level),
      mean: state.mean + transition.meanGain * (value - state.mean),
      slope: transition.slopeKept * state.slope + transition.slopeGain * (value - state.mean))
  }

  /// Forecasts `steps` periods in turn: where each is centred, its variance in units of the error variance, and the
  /// part of that variance that remains when all parameters are known.
  func forecast(
    steps: Int, _ visit: (_ location: Double, _ varianceFactor: Double, _ plugIn: Double) -> Void
  ) {
    var state = final
    // Deviations from the centre are linear in the state, so three columns hold a root of what is not known of the
    // start, and the covariance of what errors to come add is carried beside them.
    var fromLevel = State(level: levelFactor.squareRoot(), mean: 0, slope: 0)
    var fromSlope = State(level: 0, mean: 0, slope: slopeFactor.squareRoot())
    var errors = Covariance()
    var power = power
    for step in 0..<steps {
      let transition = transition(count + step, power: power)
      let location = forecast(state, transition)
      let first = forecast(fromLevel, transition)
      let second = forecast(fromSlope, transition)
      let plugIn = 1 + errors.quadratic(1, transition.onMean, transition.onSlope)
      visit(origin + location, plugIn + first * first + second * second, plugIn)
      state = next(state, transition, value: location)
      fromLevel = next(fromLevel, transition, value: first)
      fromSlope = next(fromSlope, transition, value: second)
      errors.move { (column: State) in
        next(column, transition, value: forecast(column, transition))
      }
      errors.add(State(level: alpha, mean: transition.meanGain, slope: transition.slopeGain))
      power *= 1 - alpha
    }
  }

  /// One path; `first` and `second` are standard normal and draw the level and the slope at the end.
  func draw(
    path: UnsafeMutableBufferPointer<Double>, sigma: Double, first: Double, second: Double,
    error: () -> Double
  ) {
    var state = final
    state.level += sigma * levelFactor.squareRoot() * first
    state.slope += sigma * slopeFactor.squareRoot() * second
    var power = power
    for step in path.indices {
      let transition = transition(count + step, power: power)
      let value = forecast(state, transition) + error()
      path[step] = origin + value
      state = next(state, transition, value: value)
      power *= 1 - alpha
    }
  }
}

extension ThetaNode {
  /// The covariance of level, mean and slope that the errors to come build up, in units of the error variance.
  private struct Covariance {
    // Its columns; the matrix is symmetric.
    private var level = State(level: 0, mean: 0, slope: 0)
    private var mean = State(level: 0, mean: 0, slope: 0)
    private var slope = State(level: 0, mean: 0, slope: 0)

    func quadratic(_ a: Double, _ b: Double, _ c: Double) -> Double {
      a * (level.level * a + level.mean * b + level.slope * c)
        + b * (mean.level * a + mean.mean * b + mean.slope * c)
        + c * (slope.level * a + slope.mean * b + slope.slope * c)
    }

    /// `F P Fᵀ` for a linear map F of states: applied to the columns, then to the rows.
    mutating func move(_ map: (State) -> State) {
      for _ in 0..<2 {
        let (x, y, z) = (map(level), map(mean), map(slope))
        level = State(level: x.level, mean: y.level, slope: z.level)
        mean = State(level: x.mean, mean: y.mean, slope: z.mean)
        slope = State(level: x.slope, mean: y.slope, slope: z.slope)
      }
    }

    /// `P + k kᵀ`.
    mutating func add(_ k: State) {
      level = State(
        level: level.level + k.level * k.level, mean: level.mean + k.level * k.mean,
        slope: level.slope + k.level * k.slope)
      mean = State(
        level: mean.level + k.mean * k.level, mean: mean.mean + k.mean * k.mean,
        slope: mean.slope + k.mean * k.slope)
      slope = State(
        level: slope.level + k.slope * k.level, mean: slope.mean + k.slope * k.mean,
        slope: slope.slope + k.slope * k.slope)
    }
  }
}
