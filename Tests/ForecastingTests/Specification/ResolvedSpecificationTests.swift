import Testing
import TimeSeries

@testable import Forecasting

@Suite("The specification that a fit reports")
struct ResolvedSpecificationTests {
  static let months: [Double] = {
    let season: [Double] = [60, 20, -10, -50, -40, 0, 10, 30, 45, -5, -25, -35]
    return (0..<48).map { (month: Int) -> Double in
      let trend = Double(400 + 3 * month)
      let noise = Double(month * 7 % 11)
      return trend + season[month % 12] + noise
    }
  }()

  static func monthly(_ values: [Double], _ unit: TimeSeries.Unit = .count) throws -> Series {
    try Series(
      id: "plans", area: nil, measure: Measure(id: "plans", unit: unit),
      points: values.enumerated().map { index, value in
        DataPoint(try #require(Period.month(year: 2019 + index / 12, month: index % 12 + 1)), value)
      })
  }

  @Test(
    "describes what was chosen, and reads back to the same forecast",
    arguments: [
      "ets", "ets(A,Z,N)", "ets(Z,A,N)", "ets(scale=log)", "ets(Z,Z,Z,scale=unit)", "automatic(scale=log)",
      "automatic(scale=box-cox(0.5))", "stl(automatic)", "stl(ets)", "stl(automatic,scale=natural,window=7)",
      "stl(automatic(scale=log))", "arima(1,0,0)", "arima(1,0,0,no-mean)",
    ])
  func readsBack(text: String) throws {
    let series = try Self.monthly(Self.months)
    let model = try ModelCatalogue.model(named: text)
    let fitted = try model.fit(try model.sample(series))
    let again = try ModelCatalogue.model(named: fitted.specification)
    let refitted = try again.fit(try again.sample(series))
    #expect(refitted.specification == fitted.specification)
    #expect(refitted.sample.scale == fitted.sample.scale, "\(fitted.specification)")
    #expect(!fitted.specification.contains("Z"))
    let (first, second) = (try Forecast(fitted, horizon: 6), try Forecast(refitted, horizon: 6))
    for step in 1...6 {
      #expect(
        agree(try first.median(step: step), try second.median(step: step), relative: 1e-6),
        "\(fitted.specification)")
    }
  }

  @Test("names the scale of an additive form that was chosen among the figures as they are")
  func additive() throws {
    let model = try ModelCatalogue.model(named: "ets(A,Z,N)")
    let counts = try model.fit(try model.sample(try annual([12, 15, 11, 14, 16, 13, 12, 17, 15, 14])))
    #expect(counts.specification == "ets(A,N,N,scale=natural)")
    // Scores are measured as they are: nothing has to be said.
    let scores = try model.fit(
      try model.sample(try annual([12, 15, 11, 14, 16, 13, 12, 17, 15, 14], .score)))
    #expect(scores.specification == "ets(A,N,N)")
  }

  @Test("an argument goes to the end of the first parentheses")
  func adding() {
    for (text, result) in [
      ("naive", "naive(scale=log)"), ("theta()", "theta(scale=log)"),
      ("ets(A,N,N)12", "ets(A,N,N,scale=log)12"),
      ("arima(0,1,1)(0,1,1)12", "arima(0,1,1,scale=log)(0,1,1)12"),
      ("stl(\"theta(x)\",robust)", "stl(\"theta(x)\",robust,scale=log)"),
      ("regression(step(2020-04))", "regression(step(2020-04),scale=log)"),
    ] { #expect(ModelExpression.adding("scale=log", to: text) == result) }
  }
}

@Suite("A forecast on the natural scale of a unit with bounds")
struct NaturalBoundsTests {
  static let falling: [Double] = [40, 33, 31, 22, 20, 13, 9, 3]

  static func average(_ paths: [[Double]], at place: Int) -> Double {
    var sum = 0.0
    for path in paths { sum += path[place] }
    return sum / Double(paths.count)
  }

  @Test("stands at the bound where its distribution reaches beyond it", arguments: ["drift", "ets(Z,A,N)"])
  func floor(name: String) throws {
    let model = try ModelCatalogue.model(named: name)
    let fitted = try model.fit(try Sample(try annual(Self.falling), scale: .natural))
    let forecast = try Forecast(fitted, horizon: 3)
    #expect(try fitted.predictive(step: 3).quantile(0.1) < 0)
    #expect(try forecast.quantile(0.1, step: 3) == 0)
    let drawn = paths(of: fitted, 20_000, horizon: 3)
    #expect(drawn.allSatisfy { $0.allSatisfy { $0 >= 0 } } && drawn.contains { $0[2] == 0 })
    for step in 1...3 {
      let mean = try forecast.mean(step: step)
      let average = Self.average(drawn, at: step - 1)
      #expect(
        mean > (try fitted.predictive(step: step).mean) && abs(mean - average) < 0.15, "\(mean) \(average)")
    }
  }

  @Test("keeps below the upper bound too")
  func ceiling() throws {
    let fitted = try Drift().fit(
      try Sample(try annual([70, 75, 81, 84, 90, 93, 97, 99], .percentage), scale: .natural))
    let forecast = try Forecast(fitted, horizon: 4)
    #expect(try forecast.median(step: 4) == 100 && forecast.mean(step: 4) <= 100)
    let drawn = paths(of: fitted, 20_000, horizon: 4)
    let average = Self.average(drawn, at: 0)
    #expect(abs(try forecast.mean(step: 1) - average) < 0.1)
  }

  @Test("is untouched where the unit has no bounds, and where the bounds are out of reach")
  func untouched() throws {
    let scores = try Drift().fit(try natural(Self.falling))
    #expect(try Forecast(scores, horizon: 3).quantile(0.1, step: 3) < 0)
    let far = try Drift().fit(try Sample(try annual(Self.falling.map { $0 + 1e6 }), scale: .natural))
    let forecast = try Forecast(far, horizon: 2)
    #expect(agree(try forecast.mean(step: 2), try far.predictive(step: 2).mean, relative: 1e-12))
  }
}
