import Foundation
import LinearAlgebra
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Regressions of counts")
struct CountRegressionTests {
  @Test(
    "a constant rate is all counts over all denominators, and its log has a standard error of 1/√(all counts)"
  )
  func constant() throws {
    let counts = [12.0, 9, 15, 11, 13]
    let denominators = [1000.0, 1100, 1050, 1200, 1150]
    let model = try #require(
      try fitted("poisson(constant)", try counted(counts, of: denominators, .rate(per: 1000)))
        as? FittedCountRegression)
    #expect(agree(exp(model.fit.coefficients[0]), 60 / 5500.0, relative: 1e-14))
    #expect(agree(model.fit.standardErrors[0], 1 / 60.0.squareRoot(), relative: 1e-13))
    #expect(agree(try model.plugIn(step: 1).mean, 1000 * 60 / 5500.0, relative: 1e-13))
    let shares = try #require(
      try fitted("binomial(constant)", try counted(counts, of: denominators, .percentage))
        as? FittedCountRegression)
    let share = 60 / 5500.0
    #expect(agree(shares.fit.coefficients[0], log(share / (1 - share)), relative: 1e-13))
    #expect(
      agree(shares.fit.standardErrors[0], 1 / (5500 * share * (1 - share)).squareRoot(), relative: 1e-12))
    #expect(agree(try shares.plugIn(step: 1).mean, 100 * share, relative: 1e-13))
  }

  @Test("before and after a step: the logarithm of the ratio of the rates, with variance 1/a + 1/b")
  func twoSamples() throws {
    let counts = [10.0, 14, 12, 30, 33, 27]
    let model = try #require(
      try fitted("poisson(step(2003/04))", try counted(counts, of: [], .count)) as? FittedCountRegression)
    #expect(agree(model.fit.coefficients[1], log(90 / 36.0), relative: 1e-13))
    #expect(agree(model.fit.standardErrors[1], (1 / 90.0 + 1 / 36.0).squareRoot(), relative: 1e-12))
    #expect(model.parameters.map(\.name) == ["intercept", "step(2003/04)"])
    // Negative binomial with one mean: the mean is the average whatever the size.
    let negative = try #require(
      try fitted("negative-binomial(constant)", try counted([3, 14, 6, 30, 1, 9], of: [], .count))
        as? FittedCountRegression)
    #expect(agree(exp(negative.fit.coefficients[0]), 63 / 6.0, relative: 1e-12))
  }

  @Test(
    "the size and coefficients of a negative binomial are a maximum: no step from them raises the likelihood")
  func maximum() throws {
    let counts = drawnCounts(30, size: 4)
    let model = try #require(
      try fitted("negative-binomial", try counted(counts, of: [], .count)) as? FittedCountRegression)
    let size = try #require(model.fit.size)
    func logLikelihood(_ intercept: Double, _ slope: Double, _ size: Double) throws -> Double {
      try counts.enumerated().reduce(0.0) {
        $0
          + (try NegativeBinomial(size: size, mean: exp(intercept + slope * Double($1.offset + 1)))
            .logProbability(of: $1.element))
      }
    }
    let (a, b) = (model.fit.coefficients[0], model.fit.coefficients[1])
    let best = try logLikelihood(a, b, size)
    #expect(agree(best, try #require(model.likelihood?.value), relative: 1e-13))
    for change in [-1e-3, 1e-3] {
      #expect(try logLikelihood(a + change, b, size) < best)
      #expect(try logLikelihood(a, b + change / 10, size) < best)
      #expect(try logLikelihood(a, b, size * (1 + change)) < best)
    }
  }

  @Test("coefficients from which counts were drawn are found again, as well as their standard errors say")
  func recovered() throws {
    var standardised: [Double] = []
    for path in 0..<100 as Range<UInt64> {
      let counts = drawnCounts(20, start: 60, growth: 0.04, path: 500 + path)
      let model = try #require(
        try fitted("poisson", try counted(counts, of: [], .count)) as? FittedCountRegression)
      standardised.append((model.fit.coefficients[1] - log(1.04)) / model.fit.standardErrors[1])
    }
    #expect(abs(try DescriptiveStatistics.mean(standardised)) < 0.4)
    let deviation = try DescriptiveStatistics.variance(standardised).squareRoot()
    #expect(deviation > 0.75 && deviation < 1.25)
  }

  @Test("a rate per thousand and the same rate per hundred thousand are one model")
  func invariance() throws {
    let counts = drawnCounts(10)
    let denominators = counts.indices.map { 5000 + 37 * Double($0) }
    for specification in ["poisson", "quasi-poisson", "negative-binomial"] {
      let small = try fitted(specification, try counted(counts, of: denominators, .rate(per: 1000)))
      let large = try fitted(specification, try counted(counts, of: denominators, .rate(per: 100_000)))
      #expect(small.parameters == large.parameters)
      let (a, b) = (try small.predictive(step: 2), try large.predictive(step: 2))
      #expect(agree(100 * a.mean, b.mean, relative: 1e-12))
      for probability in [0.1, 0.5, 0.9] {
        #expect(agree(100 * (try a.quantile(probability)), try b.quantile(probability), relative: 1e-12))
      }
      // Counts with the same denominators have the same forecast, in counts.
      let whole = try fitted(specification, try counted(counts, of: denominators, .count))
      #expect(agree(try whole.predictive(step: 2).mean, a.mean * denominators[9] / 1000, relative: 1e-12))
    }
    let share = try fitted("binomial", try counted(counts, of: denominators, .proportion))
    let percentage = try fitted("binomial", try counted(counts, of: denominators, .percentage))
    #expect(
      agree(
        100 * (try share.predictive(step: 1).quantile(0.9)), try percentage.predictive(step: 1).quantile(0.9),
        relative: 1e-12))
  }

  @Test("a published rate that was rounded still means the count behind it")
  func rounded() throws {
    let denominators = [Double](repeating: 1000, count: 8)
    let series = try counted([52, 53, 47, 51, 60, 55, 49, 57], of: denominators, .rate(per: 100))
    let model = try fitted("poisson", series)
    let distribution = try model.predictive(step: 1)
    let whole = try fitted("poisson", try counted([52, 53, 47, 51, 60, 55, 49, 57], of: [], .count))
      .predictive(step: 1)
    #expect(agree(distribution.density(5.5), whole.density(55), relative: 1e-9))
    #expect(agree(distribution.cumulative(5.5), whole.cumulative(55), relative: 1e-9))
  }

  @Test(
    "denominators that are known ahead are used; beyond them the last one is held, and the forecast says so")
  func denominators() throws {
    let counts: [Double?] = [50, 48, 55, 51, 49, 53]
    let known = [1000.0, 1000, 1000, 1000, 1000, 1000, 2000, 3000]
    let model = try #require(
      try fitted("poisson(constant)", try counted(counts, of: known, .count)) as? FittedCountRegression)
    let held = try #require(
      try fitted("poisson(constant)", try counted(counts, of: Array(known.prefix(6)), .count))
        as? FittedCountRegression)
    #expect(agree(try model.plugIn(step: 1).mean, 102, relative: 1e-12))
    #expect(agree(try model.plugIn(step: 2).mean, 153, relative: 1e-12))
    #expect(agree(try model.plugIn(step: 3).mean, 153, relative: 1e-12))
    #expect(agree(try held.plugIn(step: 3).mean, 51, relative: 1e-12))
    #expect(
      model.remarks.first
        == "denominators are known to 2007/08; for later periods the last one, 3000, is held")
    #expect(
      held.remarks.first
        == "denominators are known to 2005/06; for later periods the last one, 1000, is held")
    // A rate does not grow with its denominator; it only becomes surer.
    let rate = try #require(
      try fitted("poisson(constant)", try counted(counts, of: known, .rate(per: 100)))
        as? FittedCountRegression)
    #expect(agree(try rate.plugIn(step: 1).mean, 5.1, relative: 1e-12))
    #expect(try rate.plugIn(step: 2).variance < 0.5 * (try held.plugIn(step: 1).variance / 100))
  }

  @Test("a gap costs an observation and nothing else; the fitted values cover it")
  func gaps() throws {
    let counts: [Double?] = [20, 24, nil, 31, 35, nil, 44, 52]
    let model = try #require(
      try fitted("poisson", try counted(counts, of: [], .count)) as? FittedCountRegression)
    #expect(model.residuals.count == 5)
    let component = try #require(model.components.first)
    #expect(component.name == "regression" && component.values.count == 8)
    #expect(component.standardErrors?.allSatisfy { $0 > 0 } == true)
    #expect(zip(component.values, component.values.dropFirst()).allSatisfy { $0 < $1 })
    // On the logarithm it is a line.
    let logs = component.values.map { log($0) }
    for index in 2..<8 {
      let bend = logs[index] - 2 * logs[index - 1] + logs[index - 2]
      #expect(abs(bend) < 1e-12)
    }
    let remainder = try #require(model.components.last)
    #expect(remainder.name == "remainder" && remainder.values[2] == 0)
    for (index, position) in model.sample.positions.enumerated() {
      #expect(
        agree(
          component.values[position] + remainder.values[position], model.sample.values[index], relative: 1e-12
        ))
      #expect(agree(model.fit.fitted[index], component.values[position], relative: 1e-12))
    }
  }

  @Test(
    "regressors are used ahead where they are known, refused by name where they are not, and a path there is no number"
  )
  func regressors() throws {
    let counts = drawnCounts(10)
    let pupils = (0..<12).map { Double(($0 * 7) % 5) }
    let series = try counted(
      counts, of: [Double?](repeating: 1000, count: 12), .count, regressors: [("pupils", pupils)])
    let model = try fitted("poisson(linear,regressor(pupils))", series)
    #expect(model.parameterCount == 3)
    #expect(try model.predictive(horizon: 2).count == 2)
    #expect(
      sentence { _ = try model.predictive(step: 3) }
        == "series \"plans\": poisson(linear,regressor(pupils)) needs pupils at 2012/13, which is missing; supply it for "
        + "every period of the horizon, or shorten the horizon")
    let path = paths(of: model, 1, horizon: 4)[0]
    #expect(path[0].isFinite && path[1].isFinite && path[2].isNaN && path[3].isNaN)
  }

  @Test("the dispersion is judged in words")
  func remarks() throws {
    func remarks(_ specification: String, _ counts: [Double]) throws -> [String] {
      try fitted(specification, try counted(counts, of: counts.map { _ in 400 }, .count)).remarks
    }
    let wild = [10.0, 60, 15, 80, 12, 70, 20, 90]
    let calm = [50.0, 51, 50, 51, 50, 51, 50, 51]
    #expect(try remarks("poisson", wild)[1].contains("choose quasi-poisson or negative-binomial"))
    #expect(try remarks("binomial", wild)[1].contains("choose a model of the shares, such as linear-trend"))
    #expect(try remarks("poisson", calm)[1].contains("the forecast is wider than it need be"))
    #expect(try remarks("poisson", [50, 57, 44, 51, 48, 58, 45, 52])[1].hasSuffix("as chance would have it"))
    #expect(try remarks("quasi-poisson", calm)[1].contains("the forecast is no narrower than the Poisson's"))
    #expect(try remarks("quasi-poisson", wild).count == 1)
    #expect(try remarks("negative-binomial", wild).count == 1)
    let quasi = try fitted("quasi-poisson", try counted(calm, of: [], .count))
    #expect(quasi.parameters.last?.name == "dispersion" && (quasi.parameters.last?.value ?? 1) < 0.1)
    #expect(quasi.likelihood == nil)
    // Standard errors follow the dispersion down, the forecast does not.
    let poisson = try fitted("poisson", try counted(calm, of: [], .count))
    #expect(quasi.parameters[0].standardError ?? 1 < 0.3 * (poisson.parameters[0].standardError ?? 0))
    let variance = try #require(try quasi.predictive(step: 1) as? CountMixture).variance
    #expect(variance >= 50)
  }

  @Test("a likelihood counts every observation with all constants")
  func likelihood() throws {
    let counts = [12.0, 9, 15, 11, 13, 10]
    let model = try fitted("poisson", try counted(counts, of: [], .count))
    let likelihood = try #require(model.likelihood)
    #expect(likelihood.convention == .full && likelihood.observations == 6 && likelihood.parameters == 2)
    #expect(
      try fitted("negative-binomial", try counted([2, 9, 25, 11, 3, 40], of: [], .count)).parameterCount == 3)
    #expect(try fitted("quasi-poisson", try counted(counts, of: [], .count)).parameterCount == 3)
  }

  @Test(
    "a specification that is read and written again is the same",
    arguments: [
      "poisson", "quasi-poisson(quadratic)", "negative-binomial(constant)", "binomial(link=probit)",
      "binomial(linear,season(effects),link=probit)", "poisson(linear,fourier(2),step(2020-04))",
      "quasi-poisson(linear,season)4", "poisson(linear)12", "negative-binomial(constant,size=4.5)",
    ])
  func specifications(text: String) throws {
    let model = try ModelCatalogue.model(named: text)
    #expect(model.specification == text)
    #expect(!model.summary.isEmpty && model.scaleChoice == .natural)
    #expect(try ModelCatalogue.model(named: model.specification).specification == text)
  }

  @Test(
    "the sentence about the future follows the terms",
    arguments: [
      (
        "poisson",
        "a rate that grows or falls by a constant percentage goes on, and counts vary by chance alone"
      ),
      ("poisson(constant)", "a constant rate stays, and counts vary by chance alone"),
      ("quasi-poisson(constant)", "a constant rate stays, and counts vary in proportion to the rate"),
      ("binomial(constant)", "a constant share stays, and counts of the share vary by chance alone"),
      (
        "negative-binomial(linear,season)",
        "the trend and the season of its terms go on, and counts vary more than by chance"
      ),
      ("poisson(quadratic)", "the trend of its terms goes on, and counts vary by chance alone"),
      (
        "poisson(season)4",
        "a constant rate stays, the season of its terms goes on, and counts vary by chance alone"
      ),
      (
        "poisson(linear,season,step(2020),regressors(a))",
        "the trend, the season, the dated changes and the effects of the regressors of its terms go on, "
          + "and counts vary by chance alone"
      ),
    ])
  func summaries(specification: String, summary: String) throws {
    #expect(try ModelCatalogue.model(named: specification).summary == summary)
  }

  @Test("the scale of the coefficients is said in words")
  func scales() throws {
    let counts: [Double] = [12, 15, 11, 18, 16, 21]
    let denominators = [Double](repeating: 100, count: 6)
    #expect(
      try fitted("poisson", try counted(counts, of: [], .count)).parameterScale
        == "logarithms of the expected count")
    #expect(
      try fitted("poisson", try counted(counts, of: denominators, .rate(per: 1000))).parameterScale
        == "logarithms of the expected count per unit of the denominator")
    let shares = try counted(counts, of: denominators, .percentage)
    #expect(try fitted("binomial", shares).parameterScale == "log odds of the share")
    #expect(try fitted("binomial(link=probit)", shares).parameterScale == "probits of the share")
    #expect(try fitted("mean", try counted(counts, of: [], .count)).parameterScale == nil)
  }
}
