import Testing
import TimeSeries

@testable import Forecasting

@Suite("Theta, benchmarks and decompositions on series of every kind")
struct OutlandishSeriesTests {
  static let specifications = [
    "theta(standard)", "theta(optimised)", "theta(dynamic)", "theta(dynamic-optimised)",
    "theta(standard,scale=natural)", "theta(dynamic-optimised,scale=natural)",
    "theta(optimised,season=additive)", "stl(theta(dynamic-optimised))",
    "stl(hodrick-prescott,window=7,robust)", "stl(window-mean(3),season=2)", "hodrick-prescott(0.01)",
    "hodrick-prescott(1e10)", "seasonal-naive(2)", "window-mean(2)", "window-mean(4,scale=natural)",
  ]

  @Test("each ends in a sound forecast or a sentence that names the series", arguments: specifications)
  func outcome(specification: String) throws {
    let model = try ModelCatalogue.model(named: specification)
    var forecasts = 0
    for ordinary in try OrdinarySeries.sound() + OrdinarySeries.unsound() {
      // The scale as measured keeps to no bounds, and is asked for where there are none.
      if specification.contains("natural"), ordinary.series.measure.unit.lowerBound != nil { continue }
      do {
        try CatalogueTests.check(try model.fit(try model.sample(ordinary.series)), of: ordinary)
        forecasts += 1
      } catch let error as ForecastingError {
        #expect("\(error)".contains(ordinary.name), "\(specification): \(error)")
      }
    }
    #expect(forecasts >= 1)
  }

  @Test("a model of counts refuses adjusted values, which are none")
  func counts() throws {
    let model = try ModelCatalogue.model(named: "stl(poisson)")
    let ordinary = try #require(try OrdinarySeries.sound().first)
    let said = try #require(sentence { _ = try model.fit(try model.sample(ordinary.series)) })
    #expect(said.contains("poisson") && said.contains(ordinary.name), "\(said)")
  }
}
