import Foundation
import LinearAlgebra
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("What regressions of counts say about counts to come")
struct CountPredictionTests {
  static let specifications = [
    "poisson", "quasi-poisson", "negative-binomial", "binomial", "binomial(link=probit)",
  ]

  private func fit(_ specification: String, path: UInt64 = 0) throws -> FittedCountRegression {
    let counts = drawnCounts(12, size: 8, path: path)
    let series = try counted(counts, of: counts.indices.map { 900 + 10 * Double($0) }, .count)
    return try #require(try fitted(specification, series) as? FittedCountRegression)
  }

  private func mixture(_ model: any FittedModel, step: Int) throws -> CountMixture {
    try #require(try model.predictive(step: step) as? CountMixture)
  }

  @Test(
    "probabilities of all counts sum to one, their mean is the mean and their running sum the distribution",
    arguments: specifications)
  func mass(specification: String) throws {
    for path in 0..<2 as Range<UInt64> {
      let distribution = try mixture(try fit(specification, path: path), step: 3)
      // A Poisson tail ends soon; the negative binomials' end with the ceiling of ten times the largest rate.
      let last = min(6_000, (distribution.mean + 200 * distribution.variance.squareRoot()).rounded())
      var (sum, mean, square) = (0.0, 0.0, 0.0)
      for count in stride(from: 0.0, through: last, by: 1) {
        let mass = distribution.density(count)
        sum += mass
        mean += mass * count
        square += mass * count * count
        if Int(count) % 37 == 0 { #expect(abs(distribution.cumulative(count) - sum) < 1e-9) }
      }
      #expect(abs(sum - 1) < 1e-6)
      #expect(agree(mean, distribution.mean, relative: 1e-4))
      #expect(agree(square - mean * mean, distribution.variance, relative: 0.05))
    }
  }

  @Test(
    "quantiles are whole, never cross and are the least counts that reach their probability",
    arguments: specifications)
  func quantiles(specification: String) throws {
    let distribution = try mixture(try fit(specification), step: 2)
    var before = -1.0
    for probability in [1e-6, 0.001, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.999, 1 - 1e-6] {
      let quantile = try distribution.quantile(probability)
      #expect(quantile == quantile.rounded() && quantile >= before)
      #expect(distribution.cumulative(quantile) >= probability)
      #expect(quantile == 0 || distribution.cumulative(quantile - 1) < probability)
      before = quantile
    }
    #expect(distribution.density(10.5) == 0)
    #expect(distribution.cumulative(10.5) == distribution.cumulative(10))
    #expect(distribution.cumulative(-1) == 0)
    #expect(distribution.cumulative(.nan).isNaN)
    #expect(throws: ForecastingError.probability(0)) { try distribution.quantile(0) }
    #expect(throws: ForecastingError.probability(1)) { try distribution.quantile(1) }
  }

  @Test(
    "paths agree with the distribution of each step, in mean, spread and share below the median",
    arguments: specifications)
  func simulation(specification: String) throws {
    let model = try fit(specification)
    let drawn = paths(of: model, 5_000, horizon: 3)
    #expect(drawn == paths(of: model, 5_000, horizon: 3))
    for step in 1...3 {
      let distribution = try mixture(model, step: step)
      let values = drawn.map { $0[step - 1] }
      let mean = try DescriptiveStatistics.mean(values)
      let error = (distribution.variance / 5_000).squareRoot()
      #expect(abs(mean - distribution.mean) < 5 * error)
      for probability in [0.05, 0.5, 0.95] {
        let quantile = try distribution.quantile(probability)
        let share = Double(values.count { $0 <= quantile }) / 5_000
        #expect(abs(share - distribution.cumulative(quantile)) < 0.035)
      }
    }
  }

  @Test("doubt about the predictor is integrated as a fine grid integrates it")
  func integral() throws {
    let model = try fit("poisson")
    let distribution = try mixture(model, step: 6)
    let centre = log((try model.plugIn(step: 6)).mean)
    // The predictor's variance from the covariance that the fit reports.
    let position = 17.0
    let covariance = model.fit.covariance
    let row = [1, position + 1]
    var variance = 0.0
    for i in 0..<2 { for j in 0..<2 { variance += row[i] * row[j] * covariance[i, j] } }
    for count in [20.0, 60, 90, 140] {
      var (sum, total) = (0.0, 0.0)
      for z in stride(from: -8.0, through: 8.0, by: 0.002) {
        let weight = exp(-z * z / 2)
        total += weight
        sum += weight * (try Poisson(mean: exp(centre + z * variance.squareRoot())).probability(of: count))
      }
      #expect(abs(distribution.density(count) - sum / total) < 1e-9)
    }
    // The mean of a lognormal.
    #expect(agree(distribution.mean, exp(centre + variance / 2), relative: 1e-6))
  }

  @Test("a large count far from certain is integrated without gaps between the nodes")
  func largeCounts() throws {
    let counts = [90_000.0, 110_000, 100_000, 95_000, 105_000, 100_000]
    let model = try fitted("poisson", try counted(counts, of: [], .count))
    let distribution = try mixture(model, step: 30)
    // Neighbouring probabilities differ by little: no lumps.
    var largest = 0.0
    let centre = try distribution.quantile(0.5)
    for count in stride(from: centre - 2000, through: centre + 2000, by: 100) {
      largest = max(largest, abs(log(distribution.density(count + 100) / distribution.density(count))))
    }
    #expect(largest < 0.2)
    #expect(abs(distribution.cumulative(centre) - 0.5) < 1e-3)
  }

  @Test("with its parameters known, a forecast has the variance that its family says")
  func plugIn() throws {
    let poisson = try fit("poisson").plugIn(step: 2)
    #expect(agree(poisson.variance, poisson.mean, relative: 1e-12))
    let quasi = try fit("quasi-poisson")
    let proportional = try quasi.plugIn(step: 2)
    #expect(quasi.fit.dispersion > 1)
    #expect(agree(proportional.variance, quasi.fit.dispersion * proportional.mean, relative: 1e-12))
    let negative = try fit("negative-binomial")
    let size = try #require(negative.fit.size)
    let known = try negative.plugIn(step: 2)
    #expect(agree(known.variance, known.mean + known.mean * known.mean / size, relative: 1e-12))
    let binomial = try fit("binomial").plugIn(step: 2)
    #expect(agree(binomial.variance, binomial.mean * (1 - binomial.mean / 1010), relative: 1e-12))
  }

  @Test("not knowing the parameters widens a forecast, and more so further ahead", arguments: specifications)
  func doubt(specification: String) throws {
    let model = try fit(specification)
    var ratio = 1.0
    for step in [1, 5, 10] {
      let widened = try mixture(model, step: step).variance / (try model.plugIn(step: step).variance)
      #expect(widened > ratio)
      ratio = widened
    }
  }

  @Test(
    "four fifths of counts fall into the 80% interval",
    arguments: ["poisson", "negative-binomial", "quasi-poisson"])
  func coverage(specification: String) throws {
    var (inside, expected) = (0.0, 0.0)
    for path in 0..<60 as Range<UInt64> {
      let counts = drawnCounts(15, size: specification == "poisson" ? nil : 10, path: 1000 + path)
      let model = try fitted(specification, try counted(Array(counts.prefix(14)), of: [], .count))
      let distribution = try model.predictive(step: 1)
      let (lower, upper) = (try distribution.quantile(0.1), try distribution.quantile(0.9))
      if counts[14] >= lower, counts[14] <= upper { inside += 1 }
      expected += distribution.cumulative(upper) - distribution.cumulative(lower - 1)
    }
    // Four standard deviations of 60 independent trials.
    #expect(abs(inside / 60 - expected / 60) < 4 * (0.8 * 0.2 / 60.0).squareRoot())
  }

  @Test(
    "the size of a negative binomial is averaged over: the bound and the doubt about it are in the forecast")
  func size() throws {
    // Counts that vary less than by chance.
    let series = try counted([50, 51, 52, 53, 54, 55, 56, 57], of: [], .count)
    let model = try #require(try fitted("negative-binomial", series) as? FittedCountRegression)
    #expect(model.fit.size == .infinity)
    #expect(model.parameters.last?.value == 0)
    #expect(model.parameters.last?.standardError == nil)
    #expect(model.remarks.contains { $0.contains("the most likely size is infinite") })
    let negative = try mixture(model, step: 1).variance
    let poisson = try mixture(try fitted("poisson", series), step: 1).variance
    #expect(negative > 1.01 * poisson && negative < 2 * poisson)
  }

  @Test("sizes of a negative binomial weigh as their likelihood integrated over the coefficients")
  func integratedSize() throws {
    let counts: [Double] = [3, 9, 1, 14, 6, 2, 11, 4]
    let model = GeneralisedLinearModel(
      design: Matrix(rows: 8, columns: 1) { _, _ in 1 }, columnNames: ["level"],
      family: .negativeBinomial(size: nil))
    let problem = try ReweightedLeastSquares(
      model, response: counts, trials: nil, offset: nil, weights: nil)
    let nodes = try CountNode.nodes(of: try model.fit(problem), problem)
    // The same integral by brute force, over levels far beyond any that the counts allow.
    let integrals = nodes.map { node in
      var sum = 0.0
      for level in stride(from: -3.0, through: 8, by: 0.01) {
        let mean = LinkFunction.log.mean(predictor: level)
        let law = node.noise.law(mean: mean.value)
        sum += exp(counts.reduce(0) { $0 + law.logProbability($1, trials: 1, mean: mean) } + 20)
      }
      return sum
    }
    let total = integrals.reduce(0, +)
    let weights = nodes.reduce(0) { $0 + $1.weight }
    #expect(nodes.count > 5 && nodes.allSatisfy { $0.weight <= 1 })
    for (node, integral) in zip(nodes, integrals) {
      #expect(abs(node.weight / weights - integral / total) < 0.01)
    }
  }
}
