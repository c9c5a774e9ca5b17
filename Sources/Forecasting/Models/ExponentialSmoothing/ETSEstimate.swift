/// What maximum likelihood found for one form: smoothing parameters, starting and final states, and how well it fits.
struct ETSEstimate: Sendable {
  let form: ETSForm
  /// The length of the season; 1 where the form has none.
  let period: Int
  var weights: SmoothingWeights
  let start: ETSState
  /// The states after the last observation.
  var final: ETSState
  let logLikelihood: Double
  /// Of the errors, which are shares where errors are multiplicative.
  let sumOfSquares: Double
  /// How many smoothing parameters were estimated, and how many were given.
  let estimatedParameters: Int

  /// Reads off a trace that was run.
  init(
    form: ETSForm, trace: SmoothingTrace, weights: SmoothingWeights, logLikelihood: Double,
    sumOfSquares: Double, fixed: ETS.Fixed
  ) {
    self.form = form
    period = max(1, trace.period)
    self.weights = weights
    self.logLikelihood = logLikelihood
    self.sumOfSquares = sumOfSquares
    let (count, period) = (trace.count, trace.period)
    start = ETSState(
      level: trace.level[0], growth: trace.growth[0], season: (0..<period).map { trace.season[$0] })
    final = ETSState(
      level: trace.level[count], growth: trace.growth[count],
      season: (0..<period).map { trace.season[count + $0] })
    estimatedParameters = form.smoothingParameters - fixed.relevant(to: form).count
  }

  /// Smoothing parameters and free starting states, without the error variance.
  var degreesUsed: Int { estimatedParameters + form.freeStates(period: period) }
}

/// The states between two observations.
struct ETSState: Hashable, Sendable {
  var level: Double
  /// What is added to the level each period, or multiplies it; not read where there is no trend.
  var growth: Double
  /// The seasons in the order in which they come next; empty without a season.
  var season: [Double]

  /// Puts the states at the beginning of a trace.
  func place(in trace: SmoothingTrace) {
    trace.level[0] = level
    trace.growth[0] = growth
    for (index, value) in season.enumerated() { trace.season[index] = value }
  }
}
