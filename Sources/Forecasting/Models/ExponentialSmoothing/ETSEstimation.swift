import RealModule
import Statistics

/// Maximum likelihood for the forms of exponential smoothing on one sample.
///
/// Linear forms with additive errors are solved for their states, and only smoothing parameters are searched for: from
/// the two best of a dozen points that are spread over the region. Every other form is searched for as a whole, from what the
/// linear form that is nearest to it found: the form with additive errors, or, where the season or the trend multiplies, that
/// of the logarithms, whose season and trend add. What a linear form found is kept, because the automatic choice needs it
/// for several others.
struct ETSEstimation {
  let sample: Sample
  let period: Int
  let fixed: ETS.Fixed
  let start: ETS.Start
  private let isPositive: Bool
  private var solved: [(problem: LinearProblem, solutions: [LinearSolution])] = []

  init(sample: Sample, period: Int, fixed: ETS.Fixed = ETS.Fixed(), start: ETS.Start = .optimised) {
    self.sample = sample
    self.period = period
    self.fixed = fixed
    self.start = start
    isPositive = sample.values.allSatisfy { $0 > 0 }
  }

  /// The most likely parameters of a form; nil where no point of the region has a likelihood.
  mutating func estimate(_ form: ETSForm) -> ETSEstimate? {
    let length = form.season == .none ? 0 : period
    let trace = SmoothingTrace(count: sample.count, period: length)
    defer { trace.deallocate() }
    for (t, value) in sample.values.enumerated() { trace.values[t] = value }
    switch start {
    case .heuristic: return searchWeights(of: form, trace: trace)
    case .optimised:
      if form.isLinear && form.error == .additive { return solve(form, trace: trace) }
      return searchJointly(form, trace: trace)
    }
  }
}

// MARK: - Linear forms

extension ETSEstimation {
  /// A linear problem that several forms start from.
  private struct LinearProblem: Equatable {
    let trend: ETSForm.Trend
    let isSeasonal: Bool
    let isLogarithmic: Bool

    var form: ETSForm {
      ETSForm(error: .additive, trend: trend, season: isSeasonal ? .additive : .none)
    }
  }

  /// A local optimum of a linear problem, on the scale of that problem.
  struct LinearSolution {
    let weights: SmoothingWeights
    let value: Double
    let state: ETSState
  }

  /// Points at which a search may begin: alpha, the shares of beta and of gamma in their ranges, and phi.
  ///
  /// They lie where likelihoods of published series have their maxima: at the edges, where a state never changes or
  /// follows every error, and between.
  private static let seeds: [SIMD4<Double>] = [
    [0.3, 0.02, 0.1, 0.97], [0.1, 0.5, 0.3, 0.9], [0.6, 0.1, 0.02, 0.95], [0.05, 0.9, 0.6, 0.97],
    [0.9, 0.02, 0.3, 0.97], [0.4, 0.02, 0.8, 0.9], [0.95, 0.6, 0.5, 0.85], [0.7, 0.4, 0.9, 0.97],
    [0.02, 0.02, 0.05, 0.97], [0.05, 0.3, 0.02, 0.95], [0.97, 0.95, 0.02, 0.82], [0.5, 0.9, 0.3, 0.9],
    [0.15, 0.05, 0.9, 0.95], [0.98, 0.005, 0.02, 0.84], [0.01, 0.95, 0.02, 0.975], [0.2, 0.9, 0.02, 0.85],
  ]

  /// How many of the best seeds are followed, without a season and with one.
  private static let starts = 4
  private static let seasonalStarts = 5

  /// The likelihood maximised over the smoothing parameters of a linear form with additive errors.
  private mutating func solve(_ form: ETSForm, trace: SmoothingTrace) -> ETSEstimate? {
    let problem = LinearProblem(
      trend: form.trend, isSeasonal: form.season == .additive, isLogarithmic: false)
    guard let best = solutions(of: problem).first else { return nil }
    best.state.place(in: trace)
    let likelihood = InnovationsLikelihood(error: .additive, sample: sample)
    guard SmoothingRecursion(form).run(trace, best.weights),
      let (value, sum) = likelihood.value(of: trace)
    else { return nil }
    return ETSEstimate(
      form: form, trace: trace, weights: best.weights, logLikelihood: value, sumOfSquares: sum, fixed: fixed)
  }

  /// The local optima of a linear problem, best first; at most two.
  private mutating func solutions(of problem: LinearProblem) -> [LinearSolution] {
    if let known = solved.first(where: { $0.problem == problem }) { return known.solutions }
    let found = search(problem)
    solved.append((problem, found))
    return found
  }

  private func search(_ problem: LinearProblem) -> [LinearSolution] {
    let form = problem.form
    let trace = SmoothingTrace(count: sample.count, period: problem.isSeasonal ? period : 0)
    defer { trace.deallocate() }
    var largest = 0.0
    for (t, value) in sample.values.enumerated() {
      trace.values[t] = problem.isLogarithmic ? Double.log(value) : value
      largest = max(largest, abs(trace.values[t]))
    }
    let region = UsualRegion(form, fixed: fixed)
    let likelihood = InnovationsLikelihood(error: .additive, largest: largest, count: sample.count)
    var states = SolvedStates(form: form, region: region, trace: trace, likelihood: likelihood)
    defer { states.deallocate() }
    let search = BoundedSearch(capacity: region.dimensions)
    let (lower, upper) = (search.lower, search.upper)
    region.bounds { index, least, greatest in
      lower[index] = least
      upper[index] = greatest
    }
    /// Puts a seed into the search, as far as its coordinates are free.
    func place(_ seed: SIMD4<Double>) {
      var weights = SmoothingWeights()
      weights.alpha = region.fixed.alpha ?? seed[0]
      weights.beta = weights.alpha * seed[1]
      weights.gamma = (1 - weights.alpha) * seed[2]
      weights.phi = seed[3]
      region.point(nearest: weights, into: search.point)
      for i in 0..<region.dimensions { search.point[i] = min(max(search.point[i], lower[i]), upper[i]) }
    }
    var ranked: [(value: Double, seed: Int)] = []
    for (index, seed) in Self.seeds.enumerated() {
      place(seed)
      ranked.append((states.value(at: search.point), index))
      if region.dimensions == 0 { break }
    }
    ranked.sort { $0.value < $1.value }
    var found: [(solution: LinearSolution, point: [Double])] = []
    /// Walks downhill from where the search stands.
    func descend() {
      search.setCurvature(Double(sample.count), dimensions: region.dimensions)
      let rival = found.reduce(Double.infinity) { min($0, $1.solution.value) }
      let value = search.minimise(&states, dimensions: region.dimensions, rival: rival)
      guard value.isFinite else { return }
      _ = states.value(at: search.point)
      let solution = LinearSolution(weights: states.weights, value: value, state: states.state)
      found.append((solution, (0..<region.dimensions).map { search.point[$0] }))
    }
    for candidate in ranked.prefix(problem.isSeasonal ? Self.seasonalStarts : Self.starts)
    where candidate.value.isFinite {
      place(Self.seeds[candidate.seed])
      descend()
    }
    found.sort { $0.solution.value < $1.solution.value }
    // Damping and the shares often have a second optimum at the other end of their range: look there from the best.
    if let best = found.first {
      var least = best.solution.value - 1e-6
      var corner: (coordinate: Int, value: Double)?
      for i in 0..<region.dimensions {
        for end in [lower[i], upper[i]] where end != best.point[i] {
          for j in 0..<region.dimensions { search.point[j] = j == i ? end : best.point[j] }
          let value = states.value(at: search.point)
          if value < least { (least, corner) = (value, (i, end)) }
        }
      }
      if let corner {
        for j in 0..<region.dimensions { search.point[j] = best.point[j] }
        search.point[corner.coordinate] = corner.value
        descend()
        found.sort { $0.solution.value < $1.solution.value }
      }
    }
    guard let best = found.first else { return [] }
    // Searches that came to the same place count once.
    let other = found.first { $0.solution.value - best.solution.value > 1e-5 }
    return [best.solution] + (other.map { [$0.solution] } ?? [])
  }
}

// MARK: - All other forms

extension ETSEstimation {
  /// The likelihood maximised over smoothing parameters and starting states together.
  private mutating func searchJointly(_ form: ETSForm, trace: SmoothingTrace) -> ETSEstimate? {
    let region = UsualRegion(form, fixed: fixed)
    let likelihood = InnovationsLikelihood(error: form.error, sample: sample)
    var joint = JointLikelihood(
      form: form, region: region, trace: trace, likelihood: likelihood, movesStates: true)
    defer { joint.deallocate() }
    let box = BoundedSearch(capacity: joint.dimensions)
    var best: ETSEstimate?
    func search(from weights: SmoothingWeights) {
      joint.begin(box, at: weights)
      guard joint.setCurvature(of: box) else { return }
      let value = box.minimise(
        &joint, dimensions: joint.dimensions, rival: best.map { -$0.logLikelihood } ?? .infinity)
      guard value.isFinite, -value > best?.logLikelihood ?? -.infinity else { return }
      best = ETSEstimate(
        form: form, trace: trace, weights: joint.weights, logLikelihood: -value,
        sumOfSquares: joint.sumOfSquares, fixed: fixed)
    }
    let multiplies = form.season == .multiplicative || (form.trend.isMultiplicative && form.season == .none)
    // The problem on the scale that the form resembles comes first; a tie goes to what was found there.
    for isLogarithmic in [multiplies, !multiplies] where !isLogarithmic || isPositive {
      let problem = LinearProblem(
        trend: form.trend == .none ? .none : form.trend.isDamped ? .damped : .additive,
        isSeasonal: form.season != .none, isLogarithmic: isLogarithmic)
      for neighbour in solutions(of: problem) {
        carry(neighbour, isLogarithmic: isLogarithmic, to: form, trace: trace)
        search(from: neighbour.weights)
      }
    }
    HeuristicStart(form: form, values: sample.values, period: period).state.place(in: trace)
    search(from: Self.ordinary)
    if best == nil {
      // A level alone is a weighted mean of positive values, so this start is always possible.
      let level =
        sample.values.prefix(max(4, period)).reduce(0, +) / Double(min(sample.count, max(4, period)))
      ETSState(
        level: level, growth: form.trend.isMultiplicative ? 1 : 0,
        season: (0..<trace.period).map { _ in form.season == .multiplicative ? 1 : 0 }
      ).place(in: trace)
      search(from: SmoothingWeights(alpha: Self.ordinary.alpha, phi: Self.ordinary.phi))
    }
    return best
  }

  /// Where a search begins that nothing is known for.
  private static let ordinary = SmoothingWeights(alpha: 0.3, beta: 0.03, gamma: 0.1, phi: 0.95)

  /// The starting states of a linear solution as those of another form.
  private func carry(
    _ solution: LinearSolution, isLogarithmic: Bool, to form: ETSForm, trace: SmoothingTrace
  ) {
    var (level, growth, season) = (solution.state.level, solution.state.growth, solution.state.season)
    if isLogarithmic {
      level = Double.exp(level)
      growth = Double.exp(growth)
      season = season.map { Double.exp($0) }
      if !form.trend.isMultiplicative { growth = level * (growth - 1) }
      if form.season == .additive {
        let mean = season.reduce(0, +) / Double(season.count)
        season = season.map { level * ($0 - mean) }
      }
    } else {
      if form.trend.isMultiplicative { growth = max(0.5, min(2, 1 + growth / level)) }
      if form.season == .multiplicative { season = season.map { max(0.01, 1 + $0 / level) } }
    }
    if form.season == .multiplicative {
      // Seasons have a mean of one; level and growth take up what that leaves.
      let mean = season.reduce(0, +) / Double(season.count)
      season = season.map { $0 / mean }
      level *= mean
      if !form.trend.isMultiplicative { growth *= mean }
    }
    ETSState(level: level, growth: form.trend == .none ? 0 : growth, season: season).place(in: trace)
  }

  /// The likelihood maximised over the smoothing parameters alone, from starting states that are read off.
  private func searchWeights(of form: ETSForm, trace: SmoothingTrace) -> ETSEstimate? {
    let region = UsualRegion(form, fixed: fixed)
    let likelihood = InnovationsLikelihood(error: form.error, sample: sample)
    var joint = JointLikelihood(
      form: form, region: region, trace: trace, likelihood: likelihood, movesStates: false)
    defer { joint.deallocate() }
    HeuristicStart(form: form, values: sample.values, period: period).state.place(in: trace)
    let search = BoundedSearch(capacity: joint.dimensions)
    var best: ETSEstimate?
    for seed in Self.seeds {
      joint.begin(
        search,
        at: SmoothingWeights(
          alpha: seed[0], beta: seed[0] * seed[1], gamma: (1 - seed[0]) * seed[2], phi: seed[3]))
      search.setCurvature(Double(sample.count), dimensions: joint.dimensions)
      let value = search.minimise(&joint, dimensions: joint.dimensions)
      guard value.isFinite, -value > best?.logLikelihood ?? -.infinity else { continue }
      best = ETSEstimate(
        form: form, trace: trace, weights: joint.weights, logLikelihood: -value,
        sumOfSquares: joint.sumOfSquares, fixed: fixed)
    }
    return best
  }
}
