import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("What holds for structural models on any series")
struct StructuralPropertyTests {
  /// A level, a slope, a season of four and noise, drawn at random.
  static func values(_ count: Int, path: UInt64, season: Int = 1, slope: Double = 0.3) -> [Double] {
    var stream = RandomStream(seed: 11, name: "structural series", path: path)
    var level = 50.0
    let effects = (0..<season).map { _ in season > 1 ? 4 * stream.normal() : 0 }
    return (0..<count).map { time in
      level += slope + 0.7 * stream.normal()
      return level + effects[time % season] + stream.normal()
    }
  }

  static let specifications = [
    "local-level", "local-linear-trend", "smooth-trend", "structural(damped-trend)",
    "structural(level,season=dummy)4", "structural(trend,season=trigonometric)4", "structural(level,cycle)",
    "structural(trend,step(2010/11))",
  ]

  private func fit(_ specification: String, _ values: [Double?]) throws -> FittedStructuralModel {
    try #require(
      try ModelCatalogue.model(named: specification).fit(try natural(values)) as? FittedStructuralModel)
  }

  @Test("the components add up to the observations", arguments: specifications)
  func addingUp(specification: String) throws {
    var values: [Double?] = Self.values(36, path: 1, season: 4)
    values[7] = nil
    values[20] = nil
    let fitted = try fit(specification, values)
    let parts = fitted.components.filter { $0.name != "slope" }
    for time in values.indices {
      let sum = parts.reduce(0) { $0 + $1.values[time] }
      if let value = values[time] { #expect(agree(sum, value, relative: 1e-10)) }
      #expect(sum.isFinite)
    }
    for part in fitted.components {
      #expect(part.values.count == values.count)
      #expect(try #require(part.standardErrors).allSatisfy { $0 >= 0 && $0.isFinite })
    }
  }

  @Test("drawn paths have the mean and the spread of the predictive distribution", arguments: specifications)
  func simulation(specification: String) throws {
    let fitted = try fit(specification, Self.values(32, path: 2, season: 4))
    let drawn = paths(of: fitted, 6000, horizon: 6)
    let steps = try fitted.predictive(horizon: 6)
    for step in [0, 2, 5] {
      let sorted = drawn.map { $0[step] }.sorted()
      for probability in [0.1, 0.25, 0.5, 0.75, 0.9] {
        // The share of paths below a quantile, of which six thousand make a standard error below 0.0065.
        let quantile = try steps[step].quantile(probability)
        let share = Double(sorted.count { $0 <= quantile }) / Double(sorted.count)
        #expect(abs(share - probability) < 0.025, "\(specification) step \(step + 1) at \(probability)")
      }
    }
  }

  @Test("steps of one forecast are the same whether asked for alone or together", arguments: specifications)
  func together(specification: String) throws {
    let fitted = try fit(specification, Self.values(30, path: 3, season: 4))
    let all = try fitted.predictive(horizon: 4)
    for step in 1...4 {
      let alone = try fitted.predictive(step: step)
      #expect(try alone.quantile(0.9) == all[step - 1].quantile(0.9))
      #expect(try all[step - 1].quantile(0.1) < all[step - 1].quantile(0.9))
    }
  }

  @Test("the unit in which a series is measured changes nothing but the unit", arguments: specifications)
  func units(specification: String) throws {
    let values = Self.values(32, path: 4, season: 4)
    let base = try fit(specification, values)
    let scaled = try fit(specification, values.map { 1000 * $0 })
    let first = try base.plugIn(horizon: 4)
    let second = try scaled.plugIn(horizon: 4)
    for step in 0..<4 {
      #expect(agree(1000 * first.means[step], second.means[step], relative: 1e-4))
      #expect(agree(1e6 * first.variances[step], second.variances[step], relative: 1e-3))
    }
  }

  @Test("the same series gives the same bytes")
  func determinism() throws {
    let values = Self.values(32, path: 5, season: 4)
    let first = try fit("structural(trend,season=dummy)4", values)
    let second = try fit("structural(trend,season=dummy)4", values)
    #expect(first.maximum == second.maximum)
    #expect(paths(of: first, 50, horizon: 5) == paths(of: second, 50, horizon: 5))
  }

  @Test("no neighbour of the maximum has a higher likelihood", arguments: specifications)
  func maximum(specification: String) throws {
    for path in 6..<10 {
      let fitted = try fit(specification, Self.values(40, path: UInt64(path), season: 4))
      let surface = StructuralSurface(layout: fitted.layout, series: fitted.series, floor: 0)
      let top = surface.run(fitted.maximum).logLikelihood
      let largest = fitted.maximum[..<fitted.layout.parts.count].reduce(0, max)
      for index in fitted.layout.parts.indices {
        for factor in [0.5, 0.9, 1.1, 2] {
          var moved = fitted.maximum
          moved[index] = moved[index] > 0 ? moved[index] * factor : 1e-4 * factor * largest
          #expect(surface.run(moved).logLikelihood <= top + 1e-6, "\(specification) \(index) \(factor)")
        }
      }
    }
  }

  @Test(
    "residuals are one for every observation but the first, and their squares are those of the likelihood")
  func residuals() throws {
    for specification in Self.specifications {
      let fitted = try fit(specification, Self.values(30, path: 12, season: 4))
      #expect(fitted.residuals.count == 29)
      #expect(fitted.residuals.allSatisfy { $0.isFinite })
    }
    // A local level with both variances above zero: n − 1 errors of equal sureness in the end.
    let fitted = try fit("local-level", Self.values(80, path: 13, slope: 0))
    let filter = KalmanFilter(fitted.series, dimension: 1)
    let innovations = filter.innovations(fitted.system)
    let last = try #require(innovations.variances.last)
    let square = zip(innovations.errors, innovations.variances).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
    let own = fitted.residuals.reduce(0) { $0 + $1 * $1 }
    #expect(agree(own, square * last, relative: 0.05))
  }

  @Test("a level that does not change is found not to, more often than not, and said so")
  func still() throws {
    var zeros = 0
    for path in 0..<12 {
      var stream = RandomStream(seed: 15, name: "white noise", path: UInt64(path))
      let noise = (0..<60).map { _ in 10 + stream.normal() }
      let fitted = try fit("local-level", noise)
      guard fitted.maximum[1] == 0 else { continue }
      zeros += 1
      #expect(fitted.remarks == ["the variance of the level is estimated as zero: the level does not change"])
      // With a level that stays, the forecast is the mean of all.
      #expect(agree(try fitted.plugIn(horizon: 1).means[0], noise.reduce(0, +) / 60, relative: 1e-9))
    }
    // The maximum stands on the edge in about two thirds of such series (Shephard and Harvey, 1990).
    #expect(zeros >= 5)
  }

  @Test("a random walk has no irregular, and its forecast is the last value")
  func walk() throws {
    var stream = RandomStream(seed: 6, name: "random walk")
    var value = 100.0
    let walk = (0..<60).map { _ in
      value += stream.normal()
      return value
    }
    let fitted = try fit("local-level", walk)
    let forecast = try fitted.plugIn(horizon: 2)
    if fitted.maximum[0] == 0 {
      #expect(agree(forecast.means[0], walk[59], relative: 1e-9))
      #expect(
        fitted.remarks == ["the variance of the irregular is estimated as zero: all that happens lasts"])
    }
    #expect(fitted.maximum[1] > 0.5 && fitted.maximum[1] < 1.6)
  }

  @Test("a season repeats in the forecast, whichever way it is described, and survives a gap")
  func season() throws {
    let effects = [6.0, -2, -5, 1]
    var stream = RandomStream(seed: 8, name: "season")
    var values: [Double?] = (0..<40).map { 20 + effects[$0 % 4] + 0.2 * stream.normal() }
    values[12] = nil
    values[13] = nil
    for kind in ["dummy", "trigonometric"] {
      let fitted = try fit("structural(level,season=\(kind))4", values)
      let forecast = try fitted.plugIn(horizon: 8)
      for step in 0..<8 { #expect(abs(forecast.means[step] - 20 - effects[(40 + step) % 4]) < 0.4) }
      let season = try #require(fitted.components.first { $0.name == "season" })
      for time in 0..<40 { #expect(abs(season.values[time] - effects[time % 4]) < 0.4) }
    }
  }

  @Test("a cycle is found with its period")
  func cycle() throws {
    var stream = RandomStream(seed: 9, name: "cycle")
    let values = (0..<90).map { 10 + 3 * Double.cos(2 * Double.pi * Double($0) / 9) + 0.3 * stream.normal() }
    let fitted = try fit("structural(level,cycle)", values)
    let period = try #require(fitted.parameters.first { $0.name == "cycle period" })
    #expect(abs(period.value - 9) < 0.2)
    let cycle = try #require(fitted.components.first { $0.name == "cycle" })
    #expect(abs(cycle.values[45] - 3) < 0.5)
  }

  @Test("a step is found with its size, and its standard error covers the truth")
  func step() throws {
    var stream = RandomStream(seed: 10, name: "step")
    let values = (0..<30).map { 10 + ($0 >= 12 ? 5 : 0) + 0.4 * stream.normal() }
    let fitted = try fit("local-level(step(2012/13))", values)
    let effect = try #require(fitted.parameters.first { $0.name == "step 2012/13" })
    let error = try #require(effect.standardError)
    #expect(abs(effect.value - 5) < 3 * error)
    #expect(error < 0.5)
  }

  /// A local level with its covariate, in a unit of its own.
  private func regression(unit: Double) throws -> FittedStructuralModel {
    var stream = RandomStream(seed: 12, name: "regression")
    let births = (0..<36).map { _ in 100 + 10 * stream.normal() }
    let values = (0..<30).map { 5 + 0.5 * births[$0] + 0.3 * stream.normal() }
    let sample = Sample(
      name: "places", positions: Array(0..<30), observed: values, labels: (0..<30).map { "\($0)" },
      scale: .natural, samplingVariances: nil,
      regressors: [Regressor(name: "births", values: births.map { unit * $0 })])
    return try #require(
      try StructuralModel(trend: .level, regressors: ["births"]).fit(sample) as? FittedStructuralModel)
  }

  @Test(
    "a regression coefficient is found in any unit, and the likelihood is that of the column as it was given")
  func regressors() throws {
    let fitted = try regression(unit: 1)
    let thousands = try regression(unit: 1000)
    let slope = try #require(fitted.parameters.last)
    #expect(abs(slope.value - 0.5) < 0.02)
    #expect(agree(slope.value, 1000 * (try #require(thousands.parameters.last).value), relative: 1e-6))
    let likelihood = try #require(fitted.likelihood).value
    #expect(agree(likelihood, try #require(thousands.likelihood).value + Double.log(1000), relative: 1e-8))
    let forecast = try fitted.plugIn(horizon: 6)
    let level = try #require(fitted.components.first { $0.name == "level" }).values[29]
    let births = try #require(fitted.sample.regressors.first)
    for step in 1...6 {
      let foreseen = level + slope.value * (births.value(at: 29 + step) ?? .nan)
      #expect(agree(forecast.means[step - 1], foreseen, relative: 1e-6))
    }
    // Beyond what is known there is an error, and no number in a path.
    let said = sentence { _ = try fitted.predictive(horizon: 7) }
    #expect(
      said == """
        series "places": local-level(regressors(births)) needs the regressor "births" over the horizon, and it has no \
        value 7 periods after the last observation; supply it, or forecast fewer periods
        """)
    let path = paths(of: fitted, 1, horizon: 7)[0]
    #expect(path.prefix(6).allSatisfy { $0.isFinite } && path[6].isNaN)
  }

  /// A percentage of small numbers that does not change, with the counts behind it.
  private func percentages(numerators: [Double], denominator: Double) throws -> Sample {
    let points = numerators.enumerated().map { index, numerator in
      DataPoint(
        period: .financialYear(2000 + index), observation: .value(100 * numerator / denominator),
        numerator: numerator,
        denominator: denominator)
    }
    return try Sample(
      try Series(id: "plans", measure: Measure(id: "plans", unit: .percentage), points: points))
  }

  @Test("known sampling noise is not taken for change, and a figure to come has it as well")
  func sampling() throws {
    var stream = RandomStream(seed: 13, name: "sampling")
    let numerators = (0..<24).map { _ in max(1, (40 + 6.1 * stream.normal()).rounded()) }
    let sample = try percentages(numerators: numerators, denominator: 600)
    let variances = try #require(sample.samplingVariances)
    let known = try #require(
      try StructuralModel(trend: .level, noise: .known).fit(sample) as? FittedStructuralModel)
    #expect(known.layout.parts == [.level])
    #expect(known.maximum[0] < 0.1 * variances[0])
    #expect(
      known.remarks.contains { $0.hasPrefix("the sampling variances of the figures are all the noise") })
    // With the level at rest the forecast is the weighted mean; its variance has that of the next figure in it.
    let next = try known.plugIn(horizon: 1).variances[0]
    #expect(next > variances[23])
    let both = try #require(try StructuralModel(trend: .level).fit(sample) as? FittedStructuralModel)
    #expect(both.layout.parts == [.irregular, .level])
    #expect(try #require(both.likelihood).value >= (try #require(known.likelihood)).value - 1e-9)
    #expect(
      both.remarks.contains { $0.hasPrefix("the sampling variances of the figures are part of the noise") })
    let ignored = try StructuralModel(trend: .level, noise: .estimated).fit(sample)
    #expect(ignored.remarks.contains("the sampling variances of the figures are known and are not used"))
  }

  @Test("paths of a model with known noise have the spread of its forecast")
  func knownPaths() throws {
    var stream = RandomStream(seed: 14, name: "sampling")
    let numerators = (0..<16).map { max(1, (40 + 2 * Double($0) + 6 * stream.normal()).rounded()) }
    let fitted = try StructuralModel(trend: .linear).fit(
      try percentages(numerators: numerators, denominator: 600))
    let steps = try fitted.predictive(horizon: 4)
    var values = [Double](repeating: 0, count: 32_000)
    let source = RandomStream(seed: 1, name: "known")
    values.withUnsafeMutableBufferPointer { buffer in
      for path in 0..<8000 {
        var own = source.path(UInt64(path))
        fitted.draw(
          path: UnsafeMutableBufferPointer(rebasing: buffer[(4 * path)..<(4 * path + 4)]), from: &own)
      }
    }
    for probability in [0.1, 0.5, 0.9] {
      let quantile = try steps[3].quantile(probability)
      let share = Double((0..<8000).count { values[4 * $0 + 3] <= quantile }) / 8000
      #expect(abs(share - probability) < 0.022)
    }
  }

  @Test("a series that never changes is known to its last digit and no better")
  func constant() throws {
    for specification in ["local-level", "local-linear-trend", "structural(level,season=dummy)4"] {
      let fitted = try fit(specification, Array(repeating: 67, count: 20))
      #expect(try #require(fitted.likelihood).value.isFinite)
      let interval = try fitted.predictive(step: 1)
      #expect(agree(try interval.quantile(0.5), 67, relative: 1e-6))
      #expect(try interval.quantile(0.9) > 67.1)
      #expect(fitted.remarks.contains { $0.contains("rounding is taken for the error") })
    }
  }

  @Test("the predictive distribution is wider than the one with parameters taken as known")
  func doubt() throws {
    for path in 20..<26 {
      let fitted = try fit("local-linear-trend", Self.values(12, path: UInt64(path)))
      let plugIn = try fitted.plugIn(horizon: 5)
      let steps = try fitted.predictive(horizon: 5)
      let width = try steps[4].quantile(0.975) - steps[4].quantile(0.025)
      #expect(width > 2 * 1.96 * plugIn.variances[4].squareRoot())
    }
  }

  @Test("the nodes of the posterior say what a fine grid over the whole box says")
  func posterior() throws {
    for (specification, count) in [
      ("local-linear-trend", 14), ("local-linear-trend", 60), ("local-level", 10),
    ] {
      let model = try #require(try ModelCatalogue.model(named: specification) as? StructuralModel)
      let sample = try natural(Self.values(count, path: 30))
      let fitted = try #require(try model.fit(sample) as? FittedStructuralModel)
      let design = try StructuralDesign(model, sample)
      let surface = StructuralSurface(
        layout: design.layout, series: design.series, floor: sample.roundingVariance)
      let cells = design.coordinates.dimension == 1 ? 4000 : 120
      var mean = 0.0
      var spread = 0.0
      var mass = 0.0
      var heights: [(height: Double, mean: Double, variance: Double)] = []
      for first in 0..<cells {
        for second in 0..<(design.coordinates.dimension == 1 ? 1 : cells) {
          let point = [(Double(first) + 0.5) / Double(cells), (Double(second) + 0.5) / Double(cells)]
          let summary = surface.run(
            design.coordinates.parameters(at: Array(point.prefix(design.coordinates.dimension))))
          let forecast = surface.filter.forecast(surface.system, horizon: 3)
          heights.append(
            (
              surface.logPosterior(summary, concentrated: true), forecast.means[2],
              surface.scale(summary) * forecast.variances[2]
            ))
        }
      }
      let top = heights.map(\.height).reduce(-.infinity, max)
      for item in heights {
        let weight = Double.exp(item.height - top)
        mass += weight
        mean += weight * item.mean
        spread += weight * item.variance.squareRoot()
      }
      mean /= mass
      spread /= mass
      let mixture = try #require(try fitted.predictive(step: 3) as? StudentMixture)
      let own = mixture.components.reduce(0) { $0 + $1.weight * $1.scale }
      #expect(abs(mixture.mean - mean) < 0.05 * spread, "\(specification) of \(count)")
      #expect(agree(own, spread, relative: 0.05), "\(specification) of \(count)")
    }
  }

  @Test(
    "the largest and smallest values that are taken give finite forecasts",
    arguments: [
      [1e15, 1e-15, 1e15, 1e-15, 1e15, 3e14, 1e15, 1e-15, 1e14, 1e15],
      [1e-15, 2e-15, 3e-15, 2e-15, 4e-15, 1e-15, 2e-15, 3e-15, 2e-15, 1e-15],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ])
  func extremes(values: [Double]) throws {
    for unit in [TimeSeries.Unit.score, .count] {
      for specification in Self.specifications.prefix(4) {
        let sample = try Sample(try annual(values, unit))
        let fitted = try ModelCatalogue.model(named: specification).fit(sample)
        let forecast = try Forecast(fitted, horizon: 20)
        for step in [1, 20] {
          #expect(try forecast.mean(step: step).isFinite)
          #expect(try forecast.quantile(1e-4, step: step).isFinite)
          #expect(try forecast.quantile(0.9999, step: step).isFinite)
        }
        #expect(paths(of: fitted, 20, horizon: 20).joined().allSatisfy { $0.isFinite })
        #expect(fitted.parameters.allSatisfy { $0.value.isFinite && $0.standardError?.isFinite ?? true })
        #expect(fitted.residuals.allSatisfy { $0.isFinite })
      }
    }
  }
}
