import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Theta's season, words and refusals")
struct ThetaSeasonTests {
  private static let monthly = DecompositionPropertyTests.monthly(60, path: 11)

  private func adjustment(_ fitted: any FittedModel) -> SeasonalAdjustment? {
    (fitted as? SeasonallyAdjustedFit)?.adjustment
  }

  @Test(
    "a season multiplies on the scale as measured, and adds where values reach zero or the scale is another")
  func kinds() throws {
    let model = ThetaMethod(.dynamicOptimised)
    let positive = try model.fit(seasonal(Self.monthly, season: 12))
    #expect(adjustment(positive)?.kind == .multiplicative)
    let lower = try model.fit(seasonal(Self.monthly.map { $0 - 120 }, season: 12))
    #expect(adjustment(lower)?.kind == .additive)
    #expect(lower.remarks.contains { $0.hasPrefix("the season is added, not multiplied") })
    let logarithm = try model.fit(seasonal(Self.monthly, season: 12, scale: .logarithm(offset: 0)))
    #expect(adjustment(logarithm)?.kind == .additive)
    #expect(logarithm.residuals.count == 57)
    // On logarithms the sum of squares is of the logarithms, and the season's factors are in the values.
    #expect(try Forecast(logarithm, horizon: 3).mean(step: 3) > 0)
  }

  @Test("a factor near zero is added instead")
  func nearZero() throws {
    // Eleven months near nothing and one month with everything.
    let values = (0..<48).map { (month: Int) -> Double in
      month % 12 == 3 ? 1000 + Double(month) : 1e-3 + 1e-5 * Double(month % 5)
    }
    let fitted = try ThetaMethod(.optimised).fit(seasonal(values, season: 12))
    #expect(adjustment(fitted)?.kind == .additive)
  }

  @Test("no season is taken out where none shows, and it is said why")
  func none() throws {
    var stream = RandomStream(seed: 4, name: "noise")
    let noise = (0..<60).map { _ in 20 + stream.normal() }
    let fitted = try ThetaMethod(.dynamic).fit(seasonal(noise, season: 12))
    #expect(adjustment(fitted) == nil)
    #expect(fitted.remarks.contains { $0.contains("the autocorrelation after 12 periods is too weak") })
    let short = try ThetaMethod(.standard).fit(seasonal(Array(Self.monthly.prefix(24)), season: 12))
    #expect(adjustment(short) == nil)
    #expect(short.remarks.contains { $0.contains("needs values that vary over more than two seasons") })
    let unasked = try ThetaMethod(.dynamic, season: .none).fit(seasonal(Self.monthly, season: 12))
    #expect(!unasked.remarks.contains { $0.contains("season") })
  }

  @Test("the forecast has the season of the month that it is for, and its error widens it")
  func places() throws {
    func mean(_ month: Int) -> Double { 100 + Double(month) + (month % 12 == 6 ? 50 : 0) }
    let values = (0..<53).map { mean($0) + ($0 % 5 == 0 ? 0.5 : 0) }
    let model = ThetaMethod(.optimised, season: .decomposed(.additive))
    let fitted = try model.fit(seasonal(values, season: 12))
    let forecast = try Forecast(fitted, horizon: 14)
    // Position 54 is the seventh month of a year.
    for step in 1...14 {
      #expect(abs(try forecast.median(step: step) - mean(52 + step)) < 4, "\(step)")
    }
    let adjusted = try #require(fitted as? SeasonallyAdjustedFit)
    let base = try #require(try adjusted.base.predictive(step: 1) as? StudentMixture)
    let whole = try #require(try adjusted.predictive(step: 1) as? StudentMixture)
    #expect(whole.components[0].scale > base.components[0].scale)
    #expect(fitted.parameters.suffix(12).allSatisfy { $0.standardError ?? 0 > 0 })
  }

  @Test("what is estimated of a season is not left to know the error variance by")
  func freedom() throws {
    for form in ThetaMethod.Form.allCases {
      let with = try ThetaMethod(form, season: .decomposed(.additive)).fit(seasonal(Self.monthly, season: 12))
      let without = try ThetaMethod(form, season: .none).fit(seasonal(Self.monthly, season: 12))
      let (one, other) = (
        try #require(try with.predictive(step: 1) as? StudentMixture),
        try #require(try without.predictive(step: 1) as? StudentMixture)
      )
      #expect(one.degreesOfFreedom == other.degreesOfFreedom - 11)
      #expect(other.degreesOfFreedom == (form.isDynamic ? 55 : 58))
    }
    let model = ThetaMethod(.dynamic, season: .decomposed(.additive))
    let short = seasonal(Array(Self.monthly.prefix(7)), season: 3)
    #expect(
      try #require(sentence { _ = try model.fit(short) }).contains(
        "needs at least 8 observations and 7 are known"))
  }

  @Test("bounds that are met, and a line that does not slope, are told")
  func bounds() throws {
    let curve = try ThetaMethod(.optimised).fit(seasonal((0..<20).map { Double($0 * $0) }, season: 1))
    #expect(
      curve.remarks.contains { $0.hasPrefix("alpha stands at its bound") || $0.hasPrefix("theta stands") })
    let nothing = try ThetaMethod(.dynamicOptimised).fit(
      seasonal([Double](repeating: 7, count: 12), season: 1))
    #expect(try Forecast(nothing, horizon: 3).median(step: 3) == 7)
    #expect(nothing.likelihood?.value.isFinite == true)
    let level = try ThetaReferenceTests.core(nothing)
    #expect(level.best.share == 0.5)
  }

  @Test("each form is written, read back and described", arguments: ThetaMethod.Form.allCases)
  func grammar(form: ThetaMethod.Form) throws {
    let seasons: [(String, ThetaMethod.Season)] = [
      ("", .automatic), (",season=none", .none), (",season=additive", .decomposed(.additive)),
      (",season=multiplicative", .decomposed(.multiplicative)),
    ]
    for (text, season) in seasons {
      let specification = "theta(\(form.rawValue)\(text))"
      let model = try #require(try ModelCatalogue.model(named: specification) as? ThetaMethod)
      #expect(model.form == form && model.season == season)
      #expect(model.specification == specification)
      #expect(!model.summary.isEmpty)
    }
    #expect(try ModelCatalogue.model(named: "theta(\(form.rawValue), season=auto)") is ThetaMethod)
    #expect(try ModelCatalogue.model(named: "theta") is Theta)
    #expect(try ModelCatalogue.model(named: "theta()") is Theta)
  }

  @Test("what cannot be read or fitted is refused with a sentence")
  func refusals() throws {
    for (specification, expected) in [
      (
        "theta(dynamical)",
        "\"dynamical\" is not a value of form; write standard, optimised, dynamic or dynamic-optimised"
      ),
      (
        "theta(dynamic,season=yes)",
        "\"yes\" is not a value of season; write auto, none, additive or multiplicative"
      ),
      ("theta(dynamic,window=3)", "\"window=3\" is not an option of theta"),
    ] {
      let said = try #require(sentence { _ = try ModelCatalogue.model(named: specification) })
      #expect(said.contains(expected), "\(said)")
    }
    for form in ThetaMethod.Form.allCases {
      let model = ThetaMethod(form)
      let values = ThetaModelTests.random(model.minimumObservations, path: 1)
      #expect(try model.fit(seasonal(values, season: 1)).specification == model.specification)
      let short = try #require(sentence { _ = try model.fit(seasonal(Array(values.dropLast()), season: 1)) })
      #expect(
        short.contains("theta(\(form.rawValue)) needs at least \(model.minimumObservations) observations"))
      var gapped = ThetaModelTests.random(12, path: 1).map { Double?($0) }
      gapped[4] = nil
      let gap = try #require(sentence { _ = try model.fit(seasonal(gapped, season: 1)) })
      #expect(gap.contains("needs consecutive periods and the one after period 3 is missing"))
    }
    let product = ThetaMethod(.standard, season: .decomposed(.multiplicative))
    let logarithm = seasonal(Self.monthly, season: 12, scale: .logarithm(offset: 0))
    let said = try #require(sentence { _ = try product.fit(logarithm) })
    #expect(said.contains("write scale=natural, or season=additive"))
    let sum = ThetaMethod(.standard, season: .decomposed(.additive))
    #expect(
      try #require(sentence { _ = try sum.fit(seasonal(Self.monthly, season: 1)) }).contains(
        "needs a series with a season"))
    let fitted = try ThetaMethod(.dynamic).fit(seasonal(Self.monthly, season: 12))
    #expect(throws: ForecastingError.horizon(0)) { try fitted.predictive(step: 0) }
    #expect(throws: ForecastingError.horizon(1001)) { try fitted.predictive(horizon: 1001) }
  }
}
