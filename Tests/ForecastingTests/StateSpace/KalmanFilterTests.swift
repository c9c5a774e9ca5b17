import LinearAlgebra
import Statistics
import Testing

@testable import Forecasting

@Suite("The Kalman filter and smoother")
struct KalmanFilterTests {
  @Test("the likelihood of a filter is that of one large normal distribution", arguments: 0..<60)
  func likelihood(path: Int) throws {
    let drawn = RandomSystem(path: UInt64(path))
    let filter = KalmanFilter(drawn.series, dimension: drawn.system.dimension)
    let summary = filter.run(drawn.system)
    #expect(summary.unresolved == 0)
    #expect(summary.diffuseObservations == drawn.system.diffuseRank)
    let dense = try DenseSystem(drawn.system, drawn.series)
    #expect(agree(summary.logLikelihood, try dense.logLikelihood(), relative: 1e-9))
    // A second pass through the same buffers begins anew.
    #expect(filter.run(drawn.system) == summary)
  }

  @Test("smoothed states and their variances are conditional expectations of the whole", arguments: 0..<60)
  func smoothing(path: Int) throws {
    let drawn = RandomSystem(path: UInt64(path))
    let m = drawn.system.dimension
    let smoother = KalmanSmoother(drawn.system, drawn.series)
    let dense = try DenseSystem(drawn.system, drawn.series)
    let truth = try (0..<drawn.series.count).map { try dense.state($0) }
    // While a start is hardly seen the filter's variances are in the thousands; those of the smoother come from them
    // by subtraction and inherit their rounding.
    let recording = FilterRecording(count: drawn.series.count, dimension: m)
    _ = KalmanFilter(drawn.series, dimension: m).run(drawn.system, recording: recording)
    let largest = (0..<(m * m * drawn.series.count)).map { recording.variances[$0] }.reduce(1, max)
    for (time, (mean, variance)) in truth.enumerated() {
      for i in 0..<m {
        #expect(abs(smoother.states[time * m + i] - mean[i]) <= 1e-8 * largest)
        for j in 0..<m {
          #expect(abs(smoother.variances[(time * m + i) * m + j] - variance[i, j]) <= 1e-6 * largest)
        }
      }
    }
  }

  @Test("a forecast is what the smoother says of observations that are missing at the end", arguments: 0..<20)
  func forecasting(path: Int) throws {
    let drawn = RandomSystem(path: UInt64(path))
    let (m, k) = (drawn.system.dimension, drawn.system.covariates)
    let future = (0..<(4 * k)).map { 0.5 + 0.1 * Double($0) }
    let filter = KalmanFilter(drawn.series, dimension: m)
    _ = filter.run(drawn.system)
    let forecast = filter.forecast(drawn.system, horizon: 4, covariates: future, knownVariance: 0.7)
    let known = drawn.series.knownVariances
    let longer = ObservedSeries(
      values: drawn.series.values + Array(repeating: .nan, count: 4),
      knownVariances: known.isEmpty ? [] : known + [0.7, 0.7, 0.7, 0.7],
      covariates: drawn.series.covariates + future, covariateCount: k)
    let smoother = KalmanSmoother(drawn.system, longer)
    let (values, errors) = smoother.combination { time in
      let step = time - drawn.series.count
      return (0..<m).map {
        $0 < m - k ? drawn.system.loading[$0] : step < 0 ? 0 : future[step * k + $0 - (m - k)]
      }
    }
    for step in 0..<4 {
      let time = drawn.series.count + step
      #expect(agree(forecast.means[step], values[time], relative: 1e-9))
      let variance = errors[time] * errors[time] + drawn.system.noise + 0.7
      #expect(agree(forecast.variances[step], variance, relative: 1e-9))
    }
  }

  @Test(
    "standardised one-step errors make up the sum of squares, and those of the diffuse start are left out")
  func innovations() throws {
    for path in 0..<20 {
      let drawn = RandomSystem(path: UInt64(path))
      let filter = KalmanFilter(drawn.series, dimension: drawn.system.dimension)
      let summary = filter.run(drawn.system)
      let innovations = filter.innovations(drawn.system)
      #expect(innovations.times.count == summary.degreesOfFreedom)
      let squares = zip(innovations.errors, innovations.variances).map { $0 * $0 / $1 }
      #expect(agree(squares.reduce(0, +), summary.sumOfSquares, relative: 1e-12))
    }
  }

  @Test("multiplying all variances by the concentrated scale gives the concentrated likelihood, a maximum")
  func concentration() throws {
    for path in 0..<20 where !path.isMultiple(of: 3) {
      let drawn = RandomSystem(path: UInt64(path))
      // Only where all variances are part of the system, known ones being fixed, does the scale come out of it.
      let filter = KalmanFilter(drawn.series, dimension: drawn.system.dimension)
      let summary = filter.run(drawn.system)
      let best = filter.run(drawn.system.scaled(by: summary.scale))
      #expect(agree(best.logLikelihood, summary.concentratedLogLikelihood, relative: 1e-10))
      for factor in [0.99, 1.01] {
        let other = filter.run(drawn.system.scaled(by: factor * summary.scale))
        #expect(other.logLikelihood < best.logLikelihood)
      }
    }
  }

  /// A local linear trend of two states, long enough for its gain to settle, with a gap in the middle.
  private func trend() -> (system: StateSpace, series: ObservedSeries) {
    var system = StateSpace(dimension: 2, diffuseStates: [0, 1])
    system.loading[0] = 1
    system.transition = [1, 1, 0, 1]
    system.disturbance = [0.3, 0, 0, 0.05]
    system.noise = 1
    var stream = RandomStream(seed: 3, name: "trend")
    var values = (0..<300).map { 0.2 * Double($0) + stream.normal() }
    for time in 140..<150 { values[time] = .nan }
    return (system, ObservedSeries(values: values))
  }

  @Test("a gain that has settled is kept without a trace in the likelihood, through a gap as well")
  func steady() throws {
    let (system, series) = trend()
    let plain = KalmanFilter(series, dimension: 2)
    let summary = plain.run(system)
    let state = plain.predictedState
    // Recording keeps every step as it is; a further state that does nothing keeps the general recursions.
    let full = plain.run(system, recording: FilterRecording(count: series.count, dimension: 2))
    #expect(agree(summary.logLikelihood, full.logLikelihood, relative: 1e-13))
    #expect(zip(state, plain.predictedState).allSatisfy { agree($0, $1, relative: 1e-12) })
    var wider = StateSpace(dimension: 3, diffuseStates: [0, 1])
    wider.loading = [1, 0, 0]
    wider.transition = [1, 1, 0, 0, 1, 0, 0, 0, 0]
    wider.disturbance = [0.3, 0, 0, 0, 0.05, 0, 0, 0, 0]
    wider.noise = 1
    let general = KalmanFilter(series, dimension: 3).run(wider)
    #expect(agree(summary.logLikelihood, general.logLikelihood, relative: 1e-13))
  }

  @Test("one state alone gives what the general recursions give", arguments: [1.0, 0.8])
  func one(transition: Double) throws {
    var system = StateSpace(dimension: 1, diffuseStates: [0])
    system.loading[0] = 1
    system.transition[0] = transition
    system.intercept[0] = 0.1
    system.disturbance[0] = 0.4
    system.noise = 1
    let series = trend().series
    let filter = KalmanFilter(series, dimension: 1)
    let summary = filter.run(system)
    let full = filter.run(system, recording: FilterRecording(count: series.count, dimension: 1))
    #expect(agree(summary.logLikelihood, full.logLikelihood, relative: 1e-13))
  }

  @Test("adding a constant or a slope to the data of a diffuse trend leaves its likelihood as it was")
  func invariance() throws {
    let (system, series) = trend()
    let base = KalmanFilter(series, dimension: 2).run(system).logLikelihood
    for (constant, slope) in [(100.0, 0.0), (0, 3), (-40, -1.5)] {
      let moved = ObservedSeries(
        values: series.values.enumerated().map { $1 + constant + slope * Double($0) })
      #expect(agree(KalmanFilter(moved, dimension: 2).run(system).logLikelihood, base, relative: 1e-9))
    }
  }

  @Test("a start about which the observations say nothing is reported and not guessed")
  func unresolved() throws {
    let (system, series) = trend()
    let single = ObservedSeries(values: [3, .nan, .nan])
    #expect(KalmanFilter(single, dimension: 2).run(system).unresolved == 1)
    #expect(KalmanFilter(series, dimension: 2).run(system).unresolved == 0)
    // Two covariates of which one is twice the other.
    var regression = StateSpace(dimension: 3, diffuseStates: [0], covariates: 2)
    regression.loading[0] = 1
    regression.setTransition(0, 0, 1)
    regression.noise = 1
    let collinear = ObservedSeries(
      values: [1, 3, 2, 5, 4, 6], covariates: [1, 2, 5, 10, 3, 6, 8, 16, 2, 4, 7, 14], covariateCount: 2)
    #expect(KalmanFilter(collinear, dimension: 3).run(regression).unresolved == 1)
    // A transition that forgets, before the first observation, what told two directions apart.
    var forgetful = StateSpace(dimension: 2, diffuseStates: [0, 1])
    forgetful.loading = [1, 0.5]
    forgetful.transition = [0.5, 0.5, 0.25, 0.25]
    forgetful.disturbance = [1, 0, 0, 1]
    forgetful.noise = 1
    #expect(
      KalmanFilter(ObservedSeries(values: [.nan, 1, 2, 1]), dimension: 2).run(forgetful).unresolved == 1)
  }

  @Test("an observation foreseen without error says nothing; one that is then missed is impossible")
  func exact() throws {
    for states in [1, 2, 3] {
      var system = StateSpace(dimension: states, diffuseStates: [0])
      system.loading[0] = 1
      system.setTransition(0, 0, 1)
      let constant = KalmanFilter(ObservedSeries(values: [2, 2, .nan, 2]), dimension: states).run(system)
      #expect(constant.sumOfSquares == 0)
      #expect(constant.logDeterminant == 0)
      let broken = KalmanFilter(ObservedSeries(values: [2, 2, 3, 2]), dimension: states).run(system)
      #expect(broken.logLikelihood == -.infinity)
    }
  }

  @Test("four filters side by side give what each gives alone, through gaps and without variance")
  func four() throws {
    let (system, series) = trend()
    let systems = [(1.0, 0.3, 0.05), (0.2, 0, 0.01), (3, 2, 0), (0, 0, 1)].map { noise, level, slope in
      var system = system
      system.noise = noise
      system.disturbance = [level, 0, 0, slope]
      return system
    }
    let filter = KalmanFilter(series, dimension: 2)
    let passes = try #require(filter.runFour(systems))
    for lane in 0..<4 {
      let alone = filter.run(systems[lane])
      let together = passes.summaries[lane]
      #expect(together.observations == alone.observations)
      #expect(agree(together.logLikelihood, alone.logLikelihood, relative: 1e-12))
      #expect(agree(passes.state.0[lane], filter.predictedState[0], relative: 1e-9))
      #expect(agree(passes.variance.2[lane], filter.predictedVariance[3], relative: 1e-9))
    }
    // A straight line without any variance: foreseen exactly, or impossible.
    var still = system
    still.noise = 0
    still.disturbance = [0, 0, 0, 0]
    let line = KalmanFilter(ObservedSeries(values: [1, 2, 3, 4, 5]), dimension: 2)
    let exact = try #require(line.runFour([still, still, system, system]))
    #expect(exact.summaries[0].logLikelihood == line.run(still).logLikelihood)
    #expect(agree(exact.summaries[2].logLikelihood, line.run(system).logLikelihood, relative: 1e-12))
    let bent = KalmanFilter(ObservedSeries(values: [1, 2, 3, 4, 6]), dimension: 2)
    #expect(
      try #require(bent.runFour([still, still, still, still])).summaries[1].logLikelihood == -.infinity)
    // Not for other shapes.
    #expect(KalmanFilter(series, dimension: 1).runFour(systems) == nil)
    #expect(filter.runFour(Array(systems.prefix(3))) == nil)
    let single = KalmanFilter(ObservedSeries(values: [3, .nan]), dimension: 2)
    #expect(single.runFour(systems) == nil)
  }

  @Test("points of the low-discrepancy sequence fill the box: every cell has its share")
  func sequence() {
    let sequence = LowDiscrepancySequence(dimension: 2)
    var counts = Array(repeating: 0, count: 16)
    for index in 0..<1600 {
      let point = sequence.point(index)
      counts[Int(point[0] * 4) * 4 + Int(point[1] * 4)] += 1
    }
    #expect(counts.allSatisfy { abs($0 - 100) <= 6 })
    #expect(LowDiscrepancySequence(dimension: 0).point(3).isEmpty)
  }

  @Test("shapes that cannot be are moved to the nearest that can, and what is not given is not known")
  func shapes() {
    let least = StateSpace(dimension: 0, diffuseStates: [3, -1], covariates: -2)
    #expect(least.dimension == 1 && least.covariates == 0 && least.diffuseRank == 0)
    let all = StateSpace(dimension: 2, diffuseRank: 9, covariates: 5)
    #expect(all.dimension == 2 && all.covariates == 2 && all.diffuseRank == 2)
    var level = StateSpace(dimension: 1, diffuseStates: [0, 0])
    #expect(level.diffuseRank == 1)
    level.loading = [1]
    level.setTransition(0, 0, 1)
    let unknown = StateForecast(level, state: [], variance: [1], horizon: 2)
    #expect(unknown.means.count == 2 && unknown.means.allSatisfy(\.isNaN) && unknown.variances == [1, 1])
    #expect(StateForecast(level, state: [1], variance: [1], horizon: -1).means.isEmpty)
  }
}
