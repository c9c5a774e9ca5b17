import Foundation
import LinearAlgebra
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Gaussian-process trends")
struct GaussianProcessTests {
  private func likelihood(
    _ sample: Sample, _ kernel: CovarianceKernel = .squaredExponential, isLinear: Bool = true,
    season: Int? = nil
  ) throws -> GaussianProcessLikelihood {
    try GaussianProcessLikelihood(sample: sample, kernel: kernel, isLinear: isLinear, season: season)
  }

  private func loss(_ problem: GaussianProcessLikelihood, _ parameters: [Double]) -> Double {
    parameters.withUnsafeBufferPointer { problem.loss($0, gradient: nil) }
  }

  @Test(
    "kernels are one at no distance, and their derivatives those of differences",
    arguments: CovarianceKernel.allCases)
  func kernels(kernel: CovarianceKernel) {
    #expect(kernel.correlation(0).value == 1 && kernel.correlation(0).slope == 0)
    for r in [0.1, 0.7, 1.5, 4] {
      let step = 1e-5
      let difference =
        (kernel.correlation(r * exp(-step)).value - kernel.correlation(r * exp(step)).value) / (2 * step)
      #expect(abs(kernel.correlation(r).slope - difference) < 1e-9)
      #expect(kernel.correlation(r).value < kernel.correlation(r / 2).value)
    }
    for distance in [1, 5, 13] {
      let step = 1e-5
      let difference =
        (CovarianceKernel.periodic(distance, period: 12, lengthScale: 0.8 * exp(step)).value
          - CovarianceKernel.periodic(distance, period: 12, lengthScale: 0.8 * exp(-step)).value) / (2 * step)
      let found = CovarianceKernel.periodic(distance, period: 12, lengthScale: 0.8)
      #expect(abs(found.slope - difference) < 1e-9)
      #expect(
        abs(found.value - CovarianceKernel.periodic(distance + 12, period: 12, lengthScale: 0.8).value)
          < 1e-15)
    }
  }

  @Test("the likelihood is that of a normal vector, by its definition, and its gradient that of differences")
  func gradient() throws {
    let sample = try natural(wave(16, gaps: [7]))
    for kernel in CovarianceKernel.allCases {
      for season in [nil, 4] as [Int?] {
        let problem = try likelihood(sample, kernel, season: season)
        let parameters = [log(3.0), log(0.8), log(0.2)] + (season == nil ? [] : [log(0.5), log(0.9)])
        let value = loss(problem, parameters)
        let covariance = Matrix(rows: 15, columns: 15) { row, column in
          let distance = abs(sample.positions[row] - sample.positions[column])
          let periodic =
            season.map { 0.5 * CovarianceKernel.periodic(distance, period: $0, lengthScale: 0.9).value } ?? 0
          return 0.8 * kernel.correlation(Double(distance) / 3).value + periodic + (row == column ? 0.2 : 0)
        }
        let line = Matrix(rows: 15, columns: 2) { $1 == 0 ? 1 : Double(sample.positions[$0]) }
        let dense = try denseLogLikelihood(
          sample.values.map { $0 / problem.unit }, covariance: covariance, mean: line)
        #expect(agree(-value, dense, relative: 1e-10))
        var gradient = [Double](repeating: 0, count: parameters.count)
        _ = gradient.withUnsafeMutableBufferPointer { gradient in
          parameters.withUnsafeBufferPointer { problem.loss($0, gradient: gradient) }
        }
        for index in parameters.indices {
          var (above, below) = (parameters, parameters)
          above[index] += 1e-5
          below[index] -= 1e-5
          let difference = (loss(problem, above) - loss(problem, below)) / 2e-5
          #expect(abs(gradient[index] - difference) < 1e-6 * (1 + abs(difference)))
        }
      }
    }
  }

  @Test("predictions are those of universal kriging, by dense matrices")
  func prediction() throws {
    let sample = try natural(wave(14))
    let problem = try likelihood(sample, .matern52)
    let posterior = try GaussianProcessPosterior(
      problem, parameters: [log(4.0), log(1.5), log(0.1)], roundingVariance: 0)
    let unit = problem.unit * problem.unit
    let all = Matrix(rows: 19, columns: 19) {
      unit * 1.5 * CovarianceKernel.matern52.correlation(Double(abs($0 - $1)) / 4).value
    }
    let line = Matrix(rows: 19, columns: 2) { $1 == 0 ? 1 : Double($0) }
    let (means, covariance) = try densePrediction(
      sample.values,
      covariance: Matrix(rows: 14, columns: 14) { all[$0, $1] + ($0 == $1 ? 0.1 * unit : 0) },
      mean: line[rows: 0..<14, columns: 0..<2], cross: all[rows: 0..<14, columns: 14..<19],
      newCovariance: all[rows: 14..<19, columns: 14..<19], newMean: line[rows: 14..<19, columns: 0..<2])
    let joint = try posterior.joint(horizon: 5)
    #expect(greatestDifference(joint.means, means) < 1e-9)
    for row in 0..<5 {
      for column in 0..<5 {
        let expected = covariance[row, column] + (row == column ? 0.1 * unit : 0)
        #expect(agree(joint.covariance[row, column], expected, relative: 1e-8))
      }
      let single = try posterior.forecast(step: row + 1)
      #expect(agree(single.mean, means[row], relative: 1e-10))
      #expect(agree(single.variance, joint.covariance[row, row], relative: 1e-10))
    }
  }

  @Test("without amplitude it is the regression on a line, Student's t and all")
  func regression() throws {
    let sample = try natural(wave(15))
    let posterior = try GaussianProcessPosterior(
      try likelihood(sample), parameters: [log(3.0), -60, log(0.7)], roundingVariance: 0)
    let line = try LinearTrend().fit(sample)
    for step in [1, 4] {
      let (mean, variance) = try posterior.forecast(step: step)
      let expected = try #require(try line.predictive(step: step) as? StudentMixture)
      #expect(agree(mean, expected.components[0].location, relative: 1e-11))
      #expect(
        agree(
          (posterior.variance.estimate * variance).squareRoot(), expected.components[0].scale, relative: 1e-11
        ))
    }
    #expect(posterior.variance.degreesOfFreedom == 13)
  }

  @Test("with a length scale far below a period it interpolates at the observations and forgets them between")
  func tinyLength() throws {
    let sample = try natural(wave(10))
    let problem = try likelihood(sample, isLinear: false)
    let posterior = try GaussianProcessPosterior(
      problem, parameters: [log(0.02), log(1.0), log(1e-8)], roundingVariance: 0)
    let (means, _) = try posterior.latent(sample.positions)
    for (found, value) in zip(means, sample.values) { #expect(abs(found - value) < 1e-6) }
    let mean = try DescriptiveStatistics.mean(sample.values)
    #expect(abs(try posterior.forecast(step: 1).mean - mean) < 1e-6)
  }

  @Test("far ahead the forecast returns to the mean that it varies about")
  func reversion() throws {
    let sample = try natural(wave(30))
    let model = try #require(
      try GaussianProcess(mean: .constant).fit(sample) as? FittedGaussianProcess)
    let level = try #require(model.parameters.first { $0.name == "level" })
    let far = try model.best.forecast(step: 400)
    #expect(abs(far.mean - level.value) < 1e-6)
    #expect(level.standardError ?? 0 > 0)
  }

  @Test("no parameters that were tried are more likely than those reported")
  func maximum() throws {
    for path in 0..<3 as Range<UInt64> {
      let sample = try natural(wave(25, path: path))
      let model = try #require(try GaussianProcess().fit(sample) as? FittedGaussianProcess)
      let problem = model.best.likelihood
      let best = loss(problem, model.best.parameters)
      var stream = RandomStream(seed: 3, name: "trials", path: path)
      for _ in 0..<200 {
        let trial = zip(problem.lower, problem.upper).map { $0 + ($1 - $0) * stream.uniform() }
        #expect(loss(problem, trial) >= best - 1e-6)
      }
      // And the reported likelihood is that loss in the unit of the series, with a constant for every observation.
      let reported = (model.likelihood?.value ?? 0) + log(2 * Double.pi)
      #expect(abs(reported + best + 23 * log(problem.unit)) < 1e-9)
    }
  }

  @Test("known sampling noise is not taken for change: the trend is flatter and the noise of the model less")
  func sampling() throws {
    let values = wave(24, noise: 0.8, path: 4).compactMap(\.self)
    let plain = try #require(try GaussianProcess().fit(try natural(values)) as? FittedGaussianProcess)
    let known = try #require(
      try GaussianProcess().fit(sampled(values, variances: values.map { _ in 0.64 }))
        as? FittedGaussianProcess)
    func noise(_ model: FittedGaussianProcess) -> Double {
      model.parameters.first { $0.name == "noise" }?.value ?? .nan
    }
    #expect(noise(known) < 0.6 * noise(plain))
    // What is to come is sampled as well.
    let width = try known.predictive(step: 1).quantile(0.9) - (try known.predictive(step: 1).quantile(0.1))
    #expect(width > 2.5 * 0.8)
  }

  @Test("a season is told from the trend, and the forecast repeats it")
  func season() throws {
    var stream = RandomStream(seed: 5, name: "season")
    let first = try #require(Period.month(year: 2015, month: 1))
    func truth(_ index: Int) -> Double {
      50 + 0.3 * Double(index) + 6 * sin(2 * Double.pi * Double(index) / 12)
    }
    let series = try Series(
      id: "referrals", measure: Measure(id: "referrals", unit: .score),
      points: (0..<48).map { DataPoint(first.advanced(by: $0), truth($0) + 0.5 * stream.normal()) })
    let model = try GaussianProcess(isSeasonal: true).fit(try Sample(series, scale: .natural))
    #expect(model.components.map(\.name) == ["trend", "season", "remainder"])
    for (index, value) in model.sample.values.enumerated() {
      #expect(abs(model.components.reduce(0.0) { $0 + $1.values[index] } - value) < 1e-9)
    }
    for step in [3, 9] {
      #expect(abs(try model.predictive(step: step).quantile(0.5) - truth(47 + step)) < 1.5)
    }
    #expect(model.parameterCount == 7 && model.parameters.count == 7)
    #expect(
      sentence {
        _ = try GaussianProcess(isSeasonal: true).fit(
          try Sample(
            try Series(id: "short", measure: series.measure, points: Array(series.points.prefix(14))),
            scale: .natural))
      }?.contains("needs two whole seasons of 12 periods") == true)
  }

  @Test("what lies on a bound is said, and too many observations are refused before they cost an hour")
  func bounds() throws {
    let line = try GaussianProcess().fit(try natural(zigzag))
    #expect(line.remarks == ["the most likely trend is the straight line alone"])
    let values = [Double](repeating: 1, count: 501)
    #expect(
      sentence { _ = try GaussianProcess().fit(sampled(values, variances: values)) }?
        .contains(
          "takes at most 500 observations, and there are 501; begin the series later, or choose spline or "
            + "smooth-trend") == true)
  }

  @Test("a path begins as a longer one does, however far anyone asked before")
  func pathLengths() throws {
    let fitted = try GaussianProcess(mean: .constant).fit(try natural(Self.wandering))
    let again = try GaussianProcess(mean: .constant).fit(try natural(Self.wandering))
    let long = paths(of: fitted, 3, horizon: 60)
    let short = paths(of: fitted, 3, horizon: 12)
    // Asked for in the other order the numbers are the same to the last bit.
    #expect(paths(of: again, 3, horizon: 12) == short)
    #expect(paths(of: again, 3, horizon: 60) == long)
    for (first, second) in zip(short, long) {
      for (value, other) in zip(first, second) { #expect(agree(value, other, relative: 1e-7)) }
    }
  }

  @Test("all steps at once are the steps one by one")
  func horizon() throws {
    let fitted = try GaussianProcess().fit(try natural(Self.wandering))
    let steps = try fitted.predictive(horizon: 9)
    for (index, distribution) in steps.enumerated() {
      let alone = try fitted.predictive(step: index + 1)
      #expect(agree(distribution.mean, alone.mean, relative: 1e-10))
      for probability in [0.05, 0.5, 0.9] {
        #expect(
          agree(try distribution.quantile(probability), try alone.quantile(probability), relative: 1e-9))
      }
    }
    #expect(throws: ForecastingError.horizon(0)) { try fitted.predictive(horizon: 0) }
  }

  /// A level that wanders about a hundred, with noise.
  private static let wandering: [Double] = {
    var stream = RandomStream(seed: 5, name: "wandering")
    var level = 100.0
    return (0..<24).map { _ in
      level += 0.3 * (100 - level) + 3 * stream.normal()
      return level + stream.normal()
    }
  }()
}
