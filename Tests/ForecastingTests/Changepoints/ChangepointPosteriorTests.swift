import LinearAlgebra
import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("Changes of trend with a prior probability")
struct ChangepointPosteriorTests {
  /// The density of a stretch from its definition: a multivariate normal with the prior's covariance in it.
  static func density(
    _ values: ArraySlice<Double>, _ positions: ArraySlice<Int>, _ evidence: SegmentEvidence, variance: Double
  ) throws -> Double {
    let y = zip(values, positions).map { $0 - evidence.line(Double($1)) }
    let t = positions.map(Double.init)
    let middle = t.reduce(0, +) / Double(t.count)
    let covariance = Matrix(rows: y.count, columns: y.count) { i, j in
      evidence.levelVariance + (t[i] - middle) * (t[j] - middle) * evidence.slopeVariance
        + (i == j ? variance : 0)
    }
    let factor = try CholeskyFactorisation(covariance)
    let solved = try factor.solve(y)
    let form = zip(y, solved).reduce(0) { $0 + $1.0 * $1.1 }
    return -0.5 * (Double(y.count) * Double.log(2 * .pi) + factor.logDeterminant + form)
  }

  @Test("the recursions sum over every set of changes there is")
  func bruteForce() throws {
    for path in 0..<4 as Range<UInt64> {
      let (values, positions) = ChangepointSearchTests.random(9, path: path)
      let length = 1 + Int(path % 3)
      let evidence = SegmentEvidence(
        values: values, positions: positions, minimumLength: max(2, length), floor: 1e-6)
      let hazards = (0..<9).map { $0 == 0 ? 0 : [0.1, 0.4, 0, 0.05][$0 % 4] }
      let variance = 0.7
      var logs: [(cuts: [Int], log: Double)] = []
      for mask in 0..<(1 << 8) {
        let cuts = (1...8).filter { mask & (1 << ($0 - 1)) != 0 }
        let ends = Array(zip([0] + cuts, cuts + [9]))
        guard ends.allSatisfy({ $0.1 - $0.0 >= length }) else { continue }
        var total = 0.0
        for index in 1...8 {
          total += cuts.contains(index) ? Double.log(hazards[index]) : Double.log(1 - hazards[index])
        }
        for (first, end) in ends {
          total += try Self.density(
            values[first..<end], positions[first..<end], evidence, variance: variance)
        }
        logs.append((cuts, total))
      }
      let highest = logs.map(\.log).max() ?? 0
      let weights = logs.map { Double.exp($0.log - highest) }
      let whole = weights.reduce(0, +)
      let recursion = ChangeRecursion(evidence: evidence, hazards: hazards, minimumLength: length)
      let pass = recursion.pass(variance: variance)
      #expect(abs(recursion.logEvidence(variance: variance) - (highest + Double.log(whole))) < 1e-9)
      for index in 1...8 {
        let share = zip(logs, weights).reduce(0) { $0 + ($1.0.cuts.contains(index) ? $1.1 : 0) } / whole
        #expect(abs(pass.changeProbability(index) - share) < 1e-10)
        let last = zip(logs, weights).reduce(0) { $0 + ($1.0.cuts.last == index ? $1.1 : 0) } / whole
        #expect(abs(pass.lastProbability(index) - last) < 1e-10)
      }
      var covered = [Double](repeating: 0, count: 9)
      recursion.forEachSegment(pass, above: 0) { first, end, probability in
        for index in first..<end { covered[index] += probability }
      }
      #expect(covered.allSatisfy { abs($0 - 1) < 1e-10 })
    }
  }

  @Test("a clear change is found with near certainty, at the right place, and its line goes on")
  func clear() throws {
    let sample = try natural(PiecewiseTrendTests.bent(noise: 0.5, leap: 30))
    let fitted = try #require(
      try PiecewiseTrend(changes: .prior(ChangePrior())).fit(sample) as? FittedChangingTrend)
    #expect(fitted.posterior.changeProbabilities[12] > 0.95)
    #expect(fitted.posterior.noChange < 1e-6)
    #expect(fitted.remarks.first?.hasPrefix("a change of trend at 2012/13 has a probability of 9") == true)
    #expect(abs(try fitted.predictive(step: 1).quantile(0.5) - 92) < 2)
    #expect(fitted.parameters.map(\.name).prefix(2) == ["level", "slope"])
    #expect(abs(fitted.parameters[1].value + 1) < 0.3)
    #expect((6...7).contains(fitted.parameterCount))
  }

  @Test("where nothing changes, no change is likelier than it was before")
  func unchanged() throws {
    var (never, sigma) = (0.0, 0.0)
    for path in 0..<20 as Range<UInt64> {
      var stream = RandomStream(seed: 4, name: "level", path: path)
      let sample = try natural((0..<30).map { _ in 100 + 3 * stream.normal() })
      let model = PiecewiseTrend(changes: .prior(ChangePrior(perPeriod: 0.02)))
      let fitted = try #require(try model.fit(sample) as? FittedChangingTrend)
      never += fitted.posterior.noChange / 20
      sigma += fitted.posterior.sigma / 20
      if fitted.posterior.changeProbabilities.allSatisfy({ $0 <= 0.5 }) {
        #expect(fitted.remarks == ["no change of trend at any one period is more likely than not"])
      }
    }
    // Before the series is seen, the probability is 0.98 to the power of 29.
    #expect(never > 0.56)
    #expect(abs(sigma - 3) < 0.2)
  }

  @Test("a named period draws the probability to itself")
  func named() throws {
    let sample = try natural(PiecewiseTrendTests.bent(noise: 3, leap: 8))
    func probability(_ named: [ChangePrior.NamedProbability]) throws -> Double {
      let model = PiecewiseTrend(changes: .prior(ChangePrior(perPeriod: 0.03, named: named)))
      let fitted = try #require(try model.fit(sample) as? FittedChangingTrend)
      return fitted.posterior.changeProbabilities[12]
    }
    let plain = try probability([])
    #expect(try probability([.init("2012/13", 0.8)]) > plain)
    #expect(try probability([.init("2012/13", 0)]) == 0)
    #expect(try probability([.init("2012/13", 1)]) > 0.999)
  }

  @Test("a change that may come widens the forecast, the more the further ahead")
  func future() throws {
    let sample = try natural(PiecewiseTrendTests.bent(noise: 1))
    func width(_ prior: ChangePrior, step: Int) throws -> Double {
      let predictive = try PiecewiseTrend(changes: .prior(prior)).fit(sample).predictive(step: step)
      return try predictive.quantile(0.95) - predictive.quantile(0.05)
    }
    let quiet = ChangePrior(perPeriod: 0.001, named: [.init("2012/13", 0.5)])
    let restless = ChangePrior(perPeriod: 0.1, named: [.init("2012/13", 0.5)])
    for step in [2, 10] { #expect(try width(restless, step: step) > width(quiet, step: step)) }
    // A change that is announced for the third year to come leaves the first two as they were.
    let announced = ChangePrior(
      perPeriod: 0.001, named: [.init("2012/13", 0.5), .init("2026/27", 0.9)])
    #expect(try width(announced, step: 2) == width(quiet, step: 2))
    #expect(try width(announced, step: 3) > 3 * width(quiet, step: 3))
  }

  @Test("numbers from which nothing can be weighed have no posterior")
  func refusals() {
    let none = ChangepointPosterior(
      values: [1, 2], positions: [0, 1], probabilities: [0.1, 0.1], minimumLength: 2, floor: 0)
    #expect(none == nil)
    let short = ChangepointPosterior(
      values: [1, 2, 3], positions: [0, 1, 2], probabilities: [0.1], minimumLength: 2, floor: 0)
    #expect(short == nil)
    let infinite = ChangepointPosterior(
      values: [1, .infinity, 3], positions: [0, 1, 2], probabilities: [0.1, 0.1, 0.1], minimumLength: 2,
      floor: 0)
    #expect(infinite == nil)
  }
}
