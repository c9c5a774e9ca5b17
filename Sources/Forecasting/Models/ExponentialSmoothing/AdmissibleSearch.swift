import Statistics

/// Maximum likelihood over the admissible region, which is no box: a simplex search over the smoothing parameters, at
/// each of which the starting states are the best ones.
struct AdmissibleSearch {
  let form: ETSForm
  private let region: AdmissibleRegion
  private var estimation: ETSEstimation

  init(form: ETSForm, estimation: ETSEstimation) {
    self.form = form
    self.estimation = estimation
    region = AdmissibleRegion(form: form, period: estimation.period)
  }

  /// The most likely parameters; nil where no point has a likelihood.
  ///
  /// The search starts from the best point of the usual region and from the usual starting point, and keeps the better.
  func estimate() -> ETSEstimate? {
    let fixed = estimation.fixed.relevant(to: form)
    var usual = ETSEstimation(
      sample: estimation.sample, period: estimation.period, fixed: Self.usual(fixed), start: estimation.start)
    guard let inner = usual.estimate(form) else { return nil }
    let trace = SmoothingTrace(
      count: estimation.sample.count, period: form.season == .none ? 0 : estimation.period)
    defer { trace.deallocate() }
    for (t, value) in estimation.sample.values.enumerated() { trace.values[t] = value }
    let names: [(given: Double?, path: WritableKeyPath<SmoothingWeights, Double>, box: ClosedRange<Double>)] =
      [(fixed.alpha, \.alpha, -0.5...2.5)]
      + (form.trend == .none ? [] : [(fixed.beta, \.beta, -0.5...4)])
      + (form.season == .none ? [] : [(fixed.gamma, \.gamma, 0...2.5)])
      + (form.trend.isDamped ? [(fixed.phi, \.phi, UsualRegion.damping)] : [])
    let free = names.filter { $0.given == nil }
    var given = SmoothingWeights()
    for name in names { if let value = name.given { given[keyPath: name.path] = value } }
    func weights(_ point: UnsafeBufferPointer<Double>) -> SmoothingWeights {
      var weights = given
      for (index, name) in free.enumerated() { weights[keyPath: name.path] = point[index] }
      return weights
    }
    // What the usual region found is admissible in all but a corner of it; there the search begins from its middle.
    var best: ETSEstimate?
    for begin in [inner.weights, SmoothingWeights(alpha: 0.3, beta: 0.02, gamma: 0.1, phi: 0.95)] {
      let start = free.map { begin[keyPath: $0.path] }
      var found = begin
      if start.isEmpty {
        found = given
      } else {
        let minimum = try? NelderMead(restarts: 3).minimise(
          from: start, lower: free.map(\.box.lowerBound), upper: free.map(\.box.upperBound)
        ) { point in
          let weights = weights(point)
          guard region.contains(weights) else { return .infinity }
          return profile(weights, from: inner, trace: trace).map { -$0.logLikelihood } ?? .infinity
        }
        guard let minimum, minimum.value.isFinite else { continue }
        found = minimum.point.withUnsafeBufferPointer { weights($0) }
      }
      guard let estimate = profile(found, from: inner, trace: trace) else { continue }
      if estimate.logLikelihood > best?.logLikelihood ?? -.infinity { best = estimate }
    }
    return best
  }

  /// Parameters that the usual region cannot hold are estimated there, for a place to start from.
  private static func usual(_ fixed: ETS.Fixed) -> ETS.Fixed {
    var kept = ETS.Fixed(phi: fixed.phi)
    if let alpha = fixed.alpha, alpha >= 0, alpha <= 1 { kept.alpha = alpha }
    return kept
  }

  /// The likelihood at given smoothing parameters, with the best starting states, or those of a heuristic start.
  private func profile(
    _ weights: SmoothingWeights, from inner: ETSEstimate, trace: SmoothingTrace
  ) -> ETSEstimate? {
    let held = ETS.Fixed(alpha: weights.alpha, beta: weights.beta, gamma: weights.gamma, phi: weights.phi)
    let likelihood = InnovationsLikelihood(error: form.error, sample: estimation.sample)
    let isSolved = form.isLinear && form.error == .additive && estimation.start == .optimised
    var value = Double.infinity
    var sum = 0.0
    if isSolved {
      var states = SolvedStates(
        form: form, region: UsualRegion(form, fixed: held), trace: trace, likelihood: likelihood)
      defer { states.deallocate() }
      guard states.value(at: weights).isFinite else { return nil }
      states.state.place(in: trace)
      guard SmoothingRecursion(form).run(trace, weights), let exact = likelihood.value(of: trace) else {
        return nil
      }
      (value, sum) = (-exact.logLikelihood, exact.sumOfSquares)
    } else {
      inner.start.place(in: trace)
      var joint = JointLikelihood(
        form: form, region: UsualRegion(form, fixed: held), trace: trace, likelihood: likelihood,
        movesStates: estimation.start == .optimised)
      defer { joint.deallocate() }
      let search = BoundedSearch(capacity: joint.dimensions)
      joint.begin(search, at: weights)
      guard joint.setCurvature(of: search) else { return nil }
      value = search.minimise(&joint, dimensions: joint.dimensions)
      sum = joint.sumOfSquares
    }
    guard value.isFinite else { return nil }
    return ETSEstimate(
      form: form, trace: trace, weights: weights, logLikelihood: -value, sumOfSquares: sum,
      fixed: estimation.fixed)
  }
}
