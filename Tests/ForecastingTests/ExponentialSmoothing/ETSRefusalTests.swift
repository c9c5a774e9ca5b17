import RealModule
import Testing

@testable import Forecasting

@Suite("What exponential smoothing refuses")
struct ETSRefusalTests {
  static func refusal(_ specification: String, _ values: [Double], period: Int = 1) -> String? {
    sentence {
      _ = try ModelCatalogue.model(named: specification).fit(
        SmoothingReference.seasonal(values, period: period))
    }
  }

  @Test("too few observations for the form")
  func short() {
    #expect(
      Self.refusal("ets(A,Ad,N)", [3, 5, 4, 6, 5, 7, 6])
        == "series \"series\": ets(A,Ad,N) needs at least 8 observations and 7 are known; add earlier periods or choose a simpler model"
    )
    #expect(Self.refusal("ets", [3, 5, 4, 6])?.contains("ets(Z,Z,Z) needs at least 5 observations") == true)
    #expect(
      Self.refusal("ets(A,N,A)12", SeriesMaker.seasonal(23, path: 1))?.contains(
        "needs at least 24 observations")
        == true)
    #expect(Self.refusal("ets(A,N,A)", SeriesMaker.seasonal(9, path: 1), period: 4) == nil)
    #expect(
      Self.refusal("holt-winters(additive)", SeriesMaker.seasonal(11, path: 1), period: 4)?
        .contains("needs at least 12 observations") == true)
    #expect(Self.refusal("holt-winters(none)", [1, 2, 3, 4, 6])?.contains("at least 6") == true)
  }

  @Test("a season where there is none")
  func season() {
    #expect(
      Self.refusal("ets(A,N,A)", SeriesMaker.seasonal(path: 1))
        == "series \"series\": ets(A,N,A) needs a season and the series has none; choose N for the season, or write the number of periods in a season after the parenthesis, as in ets(A,A,A)12"
    )
    #expect(
      Self.refusal("holt-winters(additive)", SeriesMaker.seasonal(path: 1))?.contains("needs a season")
        == true)
  }

  @Test("values that are not above zero where a part multiplies")
  func positive() {
    var values = SeriesMaker.seasonal(path: 2)
    values[3] = -1
    #expect(
      Self.refusal("ets(M,N,N)", values)
        == "series \"series\": ets(M,N,N) multiplies, which needs values above zero, and there is -1.0 at period 4; choose a form that adds, such as ets(A,A,N)"
    )
    #expect(Self.refusal("ets(A,N,M)", values, period: 4)?.contains("above zero") == true)
    #expect(Self.refusal("holt-winters(multiplicative)", values, period: 4)?.contains("above zero") == true)
    let reasons = Self.refusal("ets(M,Z,N)", values)
    #expect(reasons?.contains("cannot be forecast by any model") == true)
  }

  @Test("values that never change")
  func constant() {
    #expect(
      Self.refusal("ets(A,N,N)", Array(repeating: 7, count: 12))
        == "series \"series\": ets(A,N,N) needs figures that change, and all 12 are the same; choose naive")
  }

  @Test("gaps")
  func gap() throws {
    let sample = try natural([1, 2, 3, nil, 5, 6, 7, 9, 8, 10])
    #expect(sentence { _ = try ETS().fit(sample) }?.contains("consecutive periods") == true)
    #expect(
      sentence { _ = try HoltWinters(season: .none).fit(sample) }?.contains("consecutive periods") == true)
  }

  @Test("parameters outside the region")
  func region() {
    let values = SeriesMaker.seasonal(path: 3)
    for (text, part) in [
      ("ets(A,N,N,alpha=1.2)", "cannot keep alpha at 1.2"),
      (
        "ets(A,A,N,alpha=0.2,beta=0.5)",
        "cannot keep beta at 0.5; give a number from 0 to alpha, which is at most 0.2"
      ),
      ("ets(A,N,A,alpha=0.9,gamma=0.5)4", "cannot keep gamma at 0.5"),
      ("ets(A,Ad,N,phi=0)", "cannot keep phi at 0"),
      ("ets(A,N,N,alpha=2.4,region=admissible)", "never lose their influence"),
    ] {
      #expect(Self.refusal(text, values)?.contains(part) == true, "\(text)")
    }
    let bent = HoltWinters(season: .none, fixed: ETS.Fixed(alpha: 2))
    #expect(
      sentence { _ = try bent.fit(SmoothingReference.seasonal(values, period: 1)) }?
        .contains("cannot keep alpha at 2;") == true)
  }

  @Test(
    "specifications that nobody could mean, by position",
    arguments: [
      ("ets(B,N,N)", 5), ("ets(A,B,N)", 7), ("ets(A,N,B)", 9), ("ets(A,N,N,rho=1)", 15),
      ("ets(A,N,N,start=now)", 17), ("ets(A,N,N)(A)", 11), ("ets(A,N,A)1", 11), ("ets(A,N,N,alpha=9)", 17),
      ("holt-winters(A)", 14), ("holt-winters(additive)(12)", 23), ("holt-winters(additive)1", 23),
      ("holt-winters(none,trend=maybe)", 25),
    ])
  func specification(text: String, position: Int) {
    let said = sentence { _ = try ModelCatalogue.model(named: text) }
    #expect(said?.contains("cannot be read at position \(position)") == true, "\(said ?? "nothing")")
  }

  @Test("steps and horizons that do not exist")
  func horizon() throws {
    let sample = SeriesMaker.sample(path: 4)
    for text in ["ets(A,A,N)", "ets(M,A,M)", "holt-winters(additive)", "holt-winters(multiplicative)"] {
      let fitted = try ModelCatalogue.model(named: text).fit(sample)
      for step in [0, -1, 1001] {
        #expect(sentence { _ = try fitted.predictive(step: step) }?.contains("horizon of \(step)") == true)
        #expect(sentence { _ = try fitted.predictive(horizon: step) }?.contains("horizon of \(step)") == true)
      }
    }
  }

  @Test("a series that a form fits exactly is likely, not infinitely so, and the fit says it")
  func exact() throws {
    let sample = SmoothingReference.seasonal((1...20).map { 3 * Double($0) + 10 }, period: 1)
    let fitted = try ETS(
      error: .additive, trend: .additive, season: ETSForm.Season.none
    ).fit(sample)
    #expect(try #require(fitted.likelihood).value.isFinite)
    #expect(fitted.remarks.contains { $0.contains("exactly") })
    #expect(agree(try fitted.predictive(step: 2).mean, 76, relative: 1e-6))
    #expect(try fitted.predictive(step: 2).quantile(0.9) > 76)
    for value in paths(of: fitted, 2, horizon: 3).joined() { #expect(value.isFinite) }
  }

  @Test("series of any size and shape end in a forecast or in a sentence")
  func hostile() throws {
    let shapes: [[Double]] = [
      (0..<24).map { $0 == 12 ? 1e9 : 1 + Double($0 % 3) },
      (0..<24).map { $0 < 12 ? 5 : 500_000 + Double($0) },
      (0..<24).map { 1e-12 * (1 + Double($0 * $0 % 7)) }, (0..<24).map { 1e14 * (1 + Double($0 * $0 % 7)) },
      (0..<24).map { -50 + Double($0 * $0 % 11) }, (0..<24).map { $0 == 0 ? 1 : 0 },
      (0..<24).map { Double($0 % 4) }, (0..<24).map { pow(2, Double($0)) },
      (0..<24).map { $0 % 2 == 0 ? 1 : 1e6 },
      (0..<8).map { Double($0 * $0) },
    ]
    for values in shapes {
      let sample = SmoothingReference.seasonal(values, period: 4)
      for form in ETSForm.all {
        do {
          let fitted = try ETS(form).fit(sample)
          #expect(try #require(fitted.likelihood).value.isFinite, "\(form) \(values)")
          #expect(fitted.parameters.allSatisfy { $0.value.isFinite }, "\(form) \(values)")
          for value in paths(of: fitted, 20, horizon: 4).joined() {
            #expect(value.isFinite, "\(form) \(values)")
          }
        } catch let error as ForecastingError {
          #expect("\(error)".contains("ets("))
        }
      }
    }
  }
}

/// A power, for series that double.
private func pow(_ base: Double, _ exponent: Double) -> Double { Double.pow(base, exponent) }
