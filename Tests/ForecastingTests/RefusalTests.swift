import Testing
import TimeSeries

@testable import Forecasting

@Suite("What is refused, and how it is said")
struct RefusalTests {
  @Test(
    "one or two zeros are refused with a sentence that says what is missing", arguments: [1, 2])
  func tooFew(count: Int) throws {
    let sample = try natural(Array([0, 0].prefix(count)))
    let said = try #require(sentence { _ = try Automatic().choose(sample) })
    #expect(
      said.contains("automatic cannot tell from \(count == 1 ? "a single zero" : "two zeros") how far"))
    #expect(said.hasSuffix("add earlier periods"))
  }

  @Test("every model refuses one observation fewer than its minimum and takes its minimum")
  func minima() throws {
    let values = [10.0, 12, 11, 14, 13, 17, 18, 16]
    for model in ModelCatalogue.candidates {
      let enough = try natural(Array(values.prefix(model.minimumObservations)))
      #expect(try model.fit(enough).specification == model.specification)
      let short = try natural(Array(values.prefix(model.minimumObservations - 1)))
      #expect(
        throws: ForecastingError.tooFewObservations(
          series: "plans", model: model.specification, found: model.minimumObservations - 1,
          needed: model.minimumObservations)
      ) { try model.fit(short) }
      #expect(!model.summary.isEmpty)
    }
  }

  @Test("a missing year is named by models that need every year, and taken by those that do not")
  func gap() throws {
    let sample = try natural([10, 12, 11, nil, 13, 17, 18, 16, 20])
    let takers: Set = ["naive", "drift", "linear-trend"]
    for model in ModelCatalogue.candidates {
      let said = sentence { _ = try model.fit(sample) }
      if takers.contains(model.specification) {
        #expect(said == nil)
      } else {
        #expect(
          said == """
            series "plans": \(model.specification) needs consecutive periods and the one after 2002/03 is missing; \
            supply it, or choose naive, drift or linear-trend
            """)
      }
    }
    let choice = try Automatic().choose(sample)
    #expect(choice.candidates.allSatisfy { $0.refusal == nil })
  }

  @Test(
    "a value that no figure can have is refused, never carried on",
    arguments: [
      1e300, -1e300, 1e-300, .infinity, -.infinity, .nan, 1e16, 1e-16,
    ])
  func absurd(value: Double) throws {
    for unit in [TimeSeries.Unit.score, .count, .percentage] {
      let series = try annual([10, 12, value, 13], unit)
      let said = try #require(sentence { _ = try Sample(series) })
      #expect(said.contains("at 2002/03 cannot be a published figure"))
    }
  }

  @Test(
    "the largest and smallest values that are taken give finite forecasts",
    arguments: [
      [1e15, 1e-15, 1e15, 1e-15, 1e15, 3e14, 1e15, 1e-15],
      [1e-15, 2e-15, 3e-15, 2e-15, 4e-15, 1e-15, 2e-15, 3e-15],
      [1e15, 1e15, 1e15, 1e15, 1e15, 1e15, 1e15, 1e15],
    ])
  func extremes(values: [Double]) throws {
    for unit in [TimeSeries.Unit.score, .count] {
      for model in ModelCatalogue.candidates {
        let fitted = try model.fit(try Sample(try annual(values, unit)))
        let forecast = try Forecast(fitted, horizon: 20)
        for step in [1, 20] {
          #expect(try forecast.mean(step: step).isFinite)
          #expect(try forecast.quantile(1e-4, step: step).isFinite)
          #expect(try forecast.quantile(0.9999, step: step).isFinite)
        }
        let drawn = paths(of: fitted, 50, horizon: 20)
        #expect(drawn.joined().allSatisfy { $0.isFinite })
      }
    }
  }

  @Test("a value outside its unit, or without a logarithm where one is asked for, is refused")
  func outOfBounds() throws {
    #expect(throws: ForecastingError.self) { try Sample(try annual([3, -1])) }
    #expect(throws: ForecastingError.self) { try Sample(try annual([0.3, 1.2], .proportion)) }
    let series = try annual([3, 0])
    let said = try #require(sentence { _ = try Sample(series, scale: .exactly(.logarithm(offset: 0))) })
    #expect(said.contains("the value 0.0 at 2001/02 is outside what the unit"))
    #expect(
      throws: ForecastingError.tooFewObservations(series: "plans", model: "any model", found: 0, needed: 1)
    ) {
      try Sample(try annual([]))
    }
  }

  @Test("horizons, steps and probabilities outside their range are refused")
  func ranges() throws {
    let sample = try natural([10, 12, 11, 14, 13, 17, 18, 16])
    for model in ModelCatalogue.candidates {
      let fitted = try model.fit(sample)
      for horizon in [Int.min, -1, 0, 1001, Int.max] {
        #expect(throws: ForecastingError.horizon(horizon)) { try Forecast(fitted, horizon: horizon) }
        #expect(throws: ForecastingError.horizon(horizon)) { try fitted.predictive(step: horizon) }
      }
    }
    let forecast = try Forecast(try Naive().fit(sample), horizon: 2)
    #expect(throws: ForecastingError.horizon(3)) { try forecast.mean(step: 3) }
    #expect(throws: ForecastingError.horizon(0)) { try forecast.median(step: 0) }
    for probability in [0, 1, -0.1, 1.1, Double.nan] {
      #expect(throws: ForecastingError.self) { try forecast.quantile(probability, step: 1) }
      #expect(throws: ForecastingError.self) { try forecast.interval(probability, step: 1) }
    }
  }

  @Test("a model is found by its name, and an unknown name is answered with the known ones")
  func names() throws {
    for model in ModelCatalogue.candidates {
      #expect(try ModelCatalogue.model(named: model.specification).specification == model.specification)
    }
    #expect(try ModelCatalogue.model(named: "automatic").specification == "automatic")
    let said = try #require(sentence { _ = try ModelCatalogue.model(named: "oracle") })
    let known = ModelCatalogue.families.map(\.name)
    #expect(Set(known).count == known.count)
    #expect(said == "there is no model \"oracle\"; the models are " + known.joined(separator: ", "))
  }

  @Test("every refusal is a sentence that names the series")
  func sentences() {
    let errors: [ForecastingError] = [
      .noCandidate(series: "plans", reasons: ["too short", "too odd"]),
      .numerical(series: "plans", model: "theta", reason: "no weight"),
      .outOfBounds(series: "plans", period: "2001/02", value: -1, unit: "count"),
      .tooFewObservations(series: "plans", model: "naive", found: 1, needed: 3),
      .gap(series: "plans", model: "theta", after: "2001/02"),
      .unusable(series: "plans", period: "2001/02", value: 1e300),
    ]
    for error in errors {
      #expect(error.description.contains("series \"plans\""))
      #expect(error.description.count > 40)
    }
    #expect(ForecastingError.horizon(0).description.contains("from 1 to 1000"))
    #expect(ForecastingError.probability(2).description.contains("between 0 and 1"))
  }
}
