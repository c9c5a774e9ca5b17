import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Any model on a history without its shocks")
struct ShockAdjustedTests {
  @Test(
    "is the model itself where there is nothing to take out",
    arguments: ["naive", "drift", "damped-trend", "theta"])
  func untouched(name: String) throws {
    let sample = try natural([10, 10.8, 11.1, 12.3, 12.9, 13.1, 14.2, 14.6, 15.9, 16.2])
    #expect(ShockTreatment().treat(sample).isUntouched)
    let base = try ModelCatalogue.model(named: name).fit(sample)
    let fitted = try ModelCatalogue.model(named: "shocks(\(name))").fit(sample)
    for step in 1...3 {
      #expect(try fitted.predictive(step: step).quantile(0.9) == base.predictive(step: step).quantile(0.9))
    }
    #expect(
      ForecastingTests.paths(of: fitted, 5, horizon: 3) == ForecastingTests.paths(of: base, 5, horizon: 3))
    #expect(fitted.parameters == base.parameters)
    #expect(fitted.likelihood == base.likelihood)
    #expect(fitted.components == base.components)
    #expect(fitted.remarks == base.remarks)
    #expect(fitted.parameterCount == base.parameterCount)
    #expect(fitted.voices == base.voices)
    #expect(fitted.parameterScale == base.parameterScale)
  }

  @Test("forecasts from the level that an outlier did not change")
  func outlier() throws {
    let sample = try natural([50, 51.1, 51.9, 53.2, 53.8, 55.3, 90, 57.1, 58.4])
    let fitted = try ShockAdjusted(Drift()).fit(sample)
    let plain = try Drift().fit(sample)
    let (with, without) = (try Forecast(fitted, horizon: 2), try Forecast(plain, horizon: 2))
    #expect(abs(try with.median(step: 1) - 59.4) < 0.5)
    #expect(
      try with.interval(0.8, step: 1).upperBound - with.interval(0.8, step: 1).lowerBound
        < without.interval(0.8, step: 1).upperBound - without.interval(0.8, step: 1).lowerBound)
    #expect(fitted.parameters.contains { $0.name == "additive outlier, 2006/07" && abs($0.value - 33.8) < 1 })
    let part = try #require(fitted.components.first { $0.name == "shocks" })
    #expect(part.values.count == 9)
    #expect(abs(part.values[6] - 33.8) < 1 && part.values[2] == 0)
    #expect(fitted.likelihood == nil)
    #expect(fitted.parameterCount == plain.parameterCount + 1)
    #expect(fitted.residualPositions.count == fitted.residuals.count)
    #expect(fitted.dynamicParameterCount == DynamicParameters.count(of: plain))
    #expect(
      fitted.remarks.contains { $0.contains("2006/07 lies 60 % above the path of the other years") },
      "\(fitted.remarks)")
  }

  @Test("mixes what stays with what passes where the last value jumps")
  func openEnd() throws {
    let values = [50, 50.6, 49.9, 50.4, 51, 50.5, 51.2, 50.8, 51.1, 70]
    let sample = try natural(values)
    let treated = ShockTreatment().treat(sample)
    let shares = ShockPrior.standard.shares
    #expect(treated.readings.map(\.kind).contains(.levelShift))
    #expect(treated.readings.map(\.kind).contains(.additiveOutlier))
    #expect(treated.readings[0].kind == .levelShift)
    #expect(abs(treated.readings[0].probability - shares.levelShift) < 0.06)
    #expect(treated.remarks[0].contains("too recent to tell"))
    let forecast = try Forecast(try ShockAdjusted(Naive()).fit(sample), horizon: 4)
    // Both levels are inside what is thought likely, and the mean lies between them.
    #expect(try forecast.quantile(0.06, step: 1) < 53)
    #expect(try forecast.quantile(0.9, step: 1) > 69)
    #expect(try forecast.mean(step: 1) > 55 && forecast.mean(step: 1) < 69)
    // A change that fades is lower later on.
    #expect(try forecast.quantile(0.3, step: 4) < forecast.quantile(0.3, step: 1) + 1)
  }

  @Test("draws paths whose spread is that of the forecast", arguments: ["naive", "drift", "mean"])
  func spread(name: String) throws {
    let model = try ModelCatalogue.model(named: "shocks(\(name))")
    for values in [
      [50, 50.6, 49.9, 50.4, 51, 50.5, 51.2, 50.8, 51.1, 70],
      [50, 50.6, 49.9, 50.4, 70, 50.5, 51.2, 50.8, 51.1, 51],
      [50, 50.6, 49.9, 50.4, 51, 50.5, 51.2, 50.8, 62, 58.5],
    ] {
      let fitted = try model.fit(try natural(values))
      #expect(!fitted.remarks.isEmpty)
      let forecast = try Forecast(fitted, horizon: 3)
      let drawn = ForecastingTests.paths(of: fitted, 20_000, horizon: 3)
      for step in [1, 3] {
        let sorted = drawn.map { $0[step - 1] }.sorted()
        for probability in [0.1, 0.3, 0.7, 0.9] {
          let quantile = try forecast.quantile(probability, step: step)
          let below = Double(sorted.count { $0 <= quantile }) / 20_000
          #expect(abs(below - probability) < 0.025, "\(name) step \(step) \(probability): \(below)")
        }
      }
    }
  }

  @Test("has quantiles that do not cross, a density that is their slope and a mean that is theirs")
  func distribution() throws {
    let sample = try natural([50, 50.6, 49.9, 50.4, 51, 50.5, 51.2, 50.8, 51.1, 70])
    let distribution = try ShockAdjusted(Naive()).fit(sample).predictive(step: 2)
    var last = -Double.infinity
    for place in 1..<100 {
      let value = try distribution.quantile(Double(place) / 100)
      #expect(value >= last)
      last = value
      #expect(abs(distribution.cumulative(value) - Double(place) / 100) < 1e-6)
      let slope = (distribution.cumulative(value + 1e-4) - distribution.cumulative(value - 1e-4)) / 2e-4
      #expect(abs(slope - distribution.density(value)) < 1e-3 * max(slope, 0.01))
    }
    #expect(distribution.cumulative(.nan).isNaN)
    #expect(throws: ForecastingError.probability(1)) { try distribution.quantile(1) }
    #expect(WeightedMixture([]) == nil)
  }

  @Test("takes models that are simulated or count as well as those in closed form")
  func otherModels() throws {
    let values = [50, 50.6, 49.9, 50.4, 70, 50.5, 51.2, 50.8, 51.1, 51]
    let sample = try natural(values)
    for name in [
      "ets(A,N,N)", "theta(standard)", "local-level", "window-mean(3)", "arima(0,1,1)", "stl(drift)",
    ] {
      guard let fitted = try? ModelCatalogue.model(named: "shocks(\"\(name)\")").fit(sample) else { continue }
      let forecast = try Forecast(fitted, horizon: 2)
      for step in 1...2 {
        let interval = try forecast.interval(0.95, step: step)
        #expect(interval.lowerBound.isFinite && interval.upperBound > interval.lowerBound)
      }
    }
    // Counts behind adjusted values are not counts.
    let counts = try Sample(try annual([50, 51, 49, 50, 250, 52, 51, 50, 53, 51, 50, 52]))
    #expect(throws: ForecastingError.self) {
      try ModelCatalogue.model(named: "shocks(poisson(constant))").fit(counts)
    }
  }

  @Test("keeps to the bounds of the unit")
  func bounds() throws {
    let sample = try Sample(try annual([90, 91, 92, 91, 93, 40, 93, 94, 94, 95, 94, 96], .percentage))
    let fitted = try ShockAdjusted(Drift()).fit(sample)
    #expect(
      fitted.remarks.contains { $0.contains("2005/06 lies 5") && $0.contains(" below") && !$0.contains("%") })
    let forecast = try Forecast(fitted, horizon: 5)
    #expect(try forecast.quantile(0.999, step: 5) <= 100)
    #expect(try forecast.mean(step: 5) <= 100)
  }

  @Test("is written shocks(MODEL), and reads back as it is written")
  func grammar() throws {
    for text in ["shocks(drift)", "shocks(damped-trend,search=pandemic)", "shocks(naive,search=flagged)"] {
      #expect(try ModelCatalogue.model(named: text).specification == text)
    }
    #expect(try ModelCatalogue.model(named: "shocks(drift, search=all)").specification == "shocks(drift)")
    let nested = ShockAdjusted(try ModelCatalogue.model(named: "arima(0,1,1)(0,1,1)12"))
    #expect(nested.specification == "shocks(\"arima(0,1,1)(0,1,1)12\")")
    #expect(try ModelCatalogue.model(named: nested.specification).specification == nested.specification)
    #expect(try ModelCatalogue.model(named: "shocks(drift,scale=log)").scaleChoice == .logarithm)
    #expect(ShockAdjusted(Drift()).summary.contains("without the shocks of the past"))
    #expect(ShockAdjusted(Drift()).minimumObservations == 4)
    for (text, problem) in [
      ("shocks()", "the model of the history without its shocks is missing"),
      ("shocks(search=all)", "the model of the history without its shocks is missing"),
      ("shocks(drift,search=none)", "\"none\" is not a value of search; write all, pandemic or flagged"),
      ("shocks(drift,naive)", "\"naive\" is not an option of shocks"),
      ("shocks(nothing)", "there is no model \"nothing\""),
    ] {
      #expect(sentence { _ = try ModelCatalogue.model(named: text) }?.contains(problem) == true, "\(text)")
    }
  }

  @Test("refuses what the model refuses")
  func refusals() throws {
    #expect(
      sentence { _ = try ShockAdjusted(Drift()).fit(try natural([1, 2, 4])) }?.contains("needs at least 4")
        == true)
    let fitted = try ShockAdjusted(Drift()).fit(
      try natural([50, 51.1, 51.9, 53.2, 53.8, 55.3, 90, 57.1, 58.4]))
    for step in [0, -1, 1001] {
      #expect(throws: ForecastingError.horizon(step)) { try fitted.predictive(step: step) }
      #expect(throws: ForecastingError.horizon(step)) { try fitted.predictive(horizon: step) }
    }
    #expect(throws: Never.self) { try fitted.predictive(horizon: 1000) }
  }

  @Test("says every kind by its name")
  func names() {
    let kinds: [Shock.Kind] = [.additiveOutlier, .temporaryChange(decay: 0.7), .levelShift, .downWeighted]
    #expect(
      kinds.map(\.name) == [
        "additive outlier", "temporary change", "level shift", "down-weighted observation",
      ])
  }
}
