import Testing
import TimeSeries

@testable import Forecasting

@Suite("What structural models refuse, and how it is said")
struct StructuralRefusalTests {
  @Test(
    "a specification is read back as it was written",
    arguments: [
      "local-level", "local-linear-trend", "smooth-trend", "structural(damped-trend)",
      "structural(trend,season=dummy)12", "structural(level,season=trigonometric)", "structural(trend,cycle)",
      "local-level(noise=known)", "local-level(regressors(births,\"new homes\"),step(2020/21),noise=both)",
      "structural(smooth-trend,season=dummy,cycle,regressors(births),step(2020-04),step(2021-04))4",
    ])
  func reading(specification: String) throws {
    let model = try ModelCatalogue.model(named: specification)
    #expect(model.specification == specification)
    #expect(!model.summary.isEmpty)
  }

  @Test("season alone means dummies, and a trend may stand under its key")
  func forms() throws {
    #expect(
      try ModelCatalogue.model(named: "structural(trend, season)12").specification
        == "structural(trend,season=dummy)12")
    #expect(try ModelCatalogue.model(named: "structural(trend=level)").specification == "local-level")
    #expect(
      try ModelCatalogue.model(named: "structural(trend,season=none)").specification == "local-linear-trend")
  }

  @Test(
    "what cannot be read is answered with the position and what would be accepted",
    arguments: [
      (
        "structural",
        "at position 11: trend is missing; structural needs it; write structural(trend), for example"
      ),
      (
        "structural(sideways)",
        "at position 12: \"sideways\" is not a value of trend; write level, trend, smooth-trend or damped-trend"
      ),
      ("structural(trend,season=weekly)", "write none, dummy or trigonometric"),
      ("structural(trend)12", "a season's length is given and no season"),
      ("structural(trend,season)61", "a season has 2 to 60 periods, not 61"),
      (
        "structural(trend,wave)",
        "\"wave\" is not an option of structural; write regressors(…), step(…) or noise=…, season"
      ),
      ("structural(trend,colour=red)", "\"colour=red\" is not an option of structural"),
      (
        "local-level(season=dummy)",
        "\"season=dummy\" is not an option of local-level; its options are noise, regressors(…), step(…) and scale"
      ),
      ("structural(trend)(x)(y)", "position 18: structural has one list of options"),
      ("local-level(step)", "step needs a period, such as step(2020/21)"),
      ("local-level(regressors())", "regressors needs names, such as regressors(births)"),
      ("local-level(step(a(b)))", "put it between quotation marks"),
      ("local-level(noise=loud)", "write both, known or estimated"),
      ("local-level()4", "local-level takes no length of a season after its options; leave 4 out"),
    ])
  func unreadable(specification: String, problem: String) throws {
    let said = try #require(sentence { _ = try ModelCatalogue.model(named: specification) })
    #expect(said.contains(problem), "\(said)")
  }

  /// Sixteen ordinary years.
  private let values: [Double?] = [10, 12, 11, 14, 13, 17, 18, 16, 20, 19, 22, 21, 25, 24, 27, 26]

  private func refusal(_ specification: String, _ sample: Sample) -> String? {
    sentence { _ = try ModelCatalogue.model(named: specification).fit(sample) }
  }

  @Test("too few observations, a season longer than the series and a season that is not there are refused")
  func season() throws {
    let sample = try natural(values)
    #expect(
      refusal("structural(trend,season)12", sample) == """
        series "plans": structural(trend,season=dummy)12 needs at least 18 observations and 16 are known; add earlier \
        periods or choose a simpler model
        """)
    #expect(
      refusal("structural(trend,season)", sample) == """
        series "plans": structural(trend,season=dummy) needs a season, and the periods of the series have none; write \
        its length after the options, such as structural(trend,season=dummy)12, or leave the season out
        """)
    let long = Sample(
      name: "days", positions: Array(0..<400), observed: (0..<400).map { Double($0 % 7) },
      labels: (0..<400).map { "\($0)" }, scale: .natural, samplingVariances: nil, season: 365)
    #expect(
      refusal("structural(trend,season)", long) == """
        series "days": structural(trend,season=dummy) takes seasons of 2 to 60 periods, not of 365
        """)
    var gapped = values
    for time in stride(from: 3, to: 16, by: 4) { gapped[time] = nil }
    #expect(
      refusal("structural(level,season)4", try natural(gapped)) == """
        series "plans": structural(level,season=dummy)4 needs every part of the season to be observed, and 1 of its \
        states are not; supply the missing periods, or leave the season out
        """)
    for specification in ["local-level", "local-linear-trend", "smooth-trend", "structural(trend,season)4"] {
      let model = try ModelCatalogue.model(named: specification)
      let needed = model.minimumObservations
      #expect(throws: ForecastingError.self) { try model.fit(try natural(Array(values.prefix(needed - 1)))) }
      #expect(throws: Never.self) { try model.fit(try natural(Array(values.prefix(needed)))) }
    }
  }

  @Test("sampling variances that are asked for and not known are refused")
  func noise() throws {
    for noise in ["known", "both"] {
      #expect(
        refusal("local-level(noise=\(noise))", try natural(values)) == """
          series "plans": local-level(noise=\(noise)) needs sampling variances for noise=\(noise), and they are not \
          known; give the series numerators and denominators, or write noise=estimated
          """)
    }
  }

  @Test("steps outside the observations are refused, and two that are one")
  func steps() throws {
    let sample = try natural(values)
    for period in ["2000/01", "2016/17"] {
      #expect(
        refusal("local-level(step(\(period)))", sample) == """
          series "plans": local-level(step(\(period))) cannot see a step at \(period), because there are not \
          observations on both sides of it; name a period after 2000/01 and no later than 2015/16
          """)
    }
    let said = try #require(refusal("local-level(step(2005/06),step(2005-06))", sample))
    #expect(said.contains("cannot tell its regressors and steps apart from one another"))
    #expect(try #require(refusal("local-level(step(soon))", sample)).contains("names the period soon"))
  }

  @Test("regressors that are not there, not complete or not different from the level are refused")
  func regressors() throws {
    let observed = values.compactMap(\.self)
    let labels = (0..<16).map { "\(2000 + $0)" }
    var incomplete: [Double?] = observed
    incomplete[4] = nil
    let sample = Sample(
      name: "plans", positions: Array(0..<16), observed: observed, labels: labels, scale: .natural,
      samplingVariances: nil,
      regressors: [
        Regressor(name: "births", values: incomplete),
        Regressor(name: "wards", values: Array(repeating: 22, count: 20)),
      ])
    #expect(
      refusal("local-level(regressors(deaths))", sample) == """
        series "plans": local-level(regressors(deaths)) needs the regressor "deaths", which the series does not have; \
        it has "births" and "wards"
        """)
    #expect(
      refusal("local-level(regressors(births))", sample) == """
        series "plans": local-level(regressors(births)) needs the regressor "births" at 2004, where it has no value; \
        supply it
        """)
    #expect(
      refusal("local-level(regressors(wards))", sample) == """
        series "plans": local-level(regressors(wards)) cannot tell the regressor "wards" from the level, because it \
        is the same at every observation; leave it out
        """)
    #expect(
      try #require(refusal("local-level(regressors(deaths))", try natural(values))).contains("; it has none"))
  }

  @Test("horizons outside their range are refused")
  func horizons() throws {
    let fitted = try ModelCatalogue.model(named: "local-level").fit(try natural(values))
    for horizon in [0, 1001] {
      #expect(throws: ForecastingError.horizon(horizon)) { try fitted.predictive(horizon: horizon) }
      #expect(throws: ForecastingError.horizon(horizon)) { try fitted.predictive(step: horizon) }
    }
    #expect(throws: Never.self) { try Forecast(fitted, horizon: 1000) }
  }
}
