import Testing
import TimeSeries

@testable import Forecasting

/// What the catalogue says to a specification; nil where it is read.
private func answer(_ text: String) -> String? { sentence { _ = try ModelCatalogue.model(named: text) } }

@Suite("Whatever a specification says is meant")
struct StrictReadingTests {
  @Test(
    "parentheses and seasons that a family does not have are refused at their position",
    arguments: [
      ("theta(optimised)12", 17, "theta takes no length of a season after its options; leave 12 out"),
      ("theta(optimised)(nonsense)", 17, "theta has one list of options; write them all between the first"),
      ("drift()(9)7", 8, "drift has one list of options"),
      ("damped-trend()(A)4", 15, "damped-trend has one list of options"), ("naive()4", 8, "leave 4 out"),
      ("seasonal-naive(4)12", 18, "leave 12 out"), ("window-mean(3)12", 15, "leave 12 out"),
      ("hodrick-prescott(100)12", 22, "leave 12 out"),
      ("structural(trend)(x)(y)", 18, "structural has one list of options"),
      ("structural(trend)12", 18, "a season's length is given and no season"),
      ("holt-winters(none)12", 19, "holt-winters(none) has no season; leave 12 out"),
      ("ets(A,N,N)(A)", 11, "ets has one list of options"),
      ("poisson()(linear)", 10, "poisson has one list of options"),
      ("arima(1,0,0)(1,0,0)(1,0,0)4", 20, "arima has at most 2 pairs of parentheses"),
      ("stl(theta(fast))", 11, "\"fast\" is not a value of form"),
      ("stl(\"theta(optimised)(nonsense)\")", 22, "theta has one list of options"),
      ("stl(drift,season=4)12", 20, "the season is given twice; leave 12 out"),
      ("stl(drift)1", 11, "a season has a whole number of periods, from 2 to 1000"),
      ("ets(A,N,N,beta=0.1)", 16, "beta belongs to the trends A, Ad, M and Md"),
      ("ets(A,A,N,phi=0.9)", 15, "phi belongs to the trends Ad and Md"),
      ("ets(A,A,N,gamma=0.1)", 17, "gamma belongs to the seasons A and M"),
      ("holt-winters(none,gamma=0.2)", 25, "gamma belongs to additive and multiplicative"),
      ("holt-winters(none,trend=no,beta=0.2)", 33, "beta belongs to trend=yes"),
      ("regression(linear,regressors)", 19, "name the columns: regressors(A,B)"),
      ("poisson(regressors())", 9, "name the columns: regressors(A,B)"),
      ("arima(1,0,0,regressors)", 13, "name the columns: regressors(A,B)"),
    ])
  func refused(text: String, position: Int, problem: String) throws {
    let said = try #require(answer(text))
    #expect(said.contains("at position \(position): "), "\(said)")
    #expect(said.contains(problem), "\(said)")
  }

  @Test("a season after the options of stl is the season to take out")
  func adjusted() throws {
    let model = try #require(try ModelCatalogue.model(named: "stl(drift)12") as? SeasonallyAdjusted)
    #expect(model.season == 12)
    #expect(model.specification == "stl(drift)12")
  }

  @Test(
    "an option given twice is told as such",
    arguments: [
      ("regression(linear,errors=ar1,errors=ar1)", "position 37: errors is given twice"),
      ("stl(drift,robust,robust)", "position 18: robust is given twice"),
      ("window-mean(observations=3,observations=3)", "observations is given twice"),
    ])
  func twice(text: String, problem: String) throws {
    let said = try #require(answer(text))
    #expect(said.contains(problem), "\(said)")
  }

  @Test(
    "a refused option is answered with every option that there is",
    arguments: [
      ("drift(log)", "\"log\" is not an option of drift; its only option is scale"),
      ("window-mean(3,4)", "its options are observations and scale"),
      (
        "local-level(season=dummy)",
        "its options are noise, regressors(…), step(…) and scale"
      ),
      ("piecewise(depth=1)", "its options are changepoints, minimum, broken, continuous, prior(…) and scale"),
      ("regression(linear,power=2)", "no-intercept, linear, quadratic, polynomial(…), season, fourier(…)"),
    ])
  func options(text: String, problem: String) throws {
    let said = try #require(answer(text))
    #expect(said.contains(problem), "\(said)")
  }

  @Test(
    "what is missing is answered with what to write",
    arguments: [
      ("window-mean", "observations is missing; window-mean needs it; write window-mean(3), for example"),
      ("holt-winters()", "season is missing; holt-winters needs it; write holt-winters(none), for example"),
      ("structural", "trend is missing; structural needs it; write structural(trend), for example"),
      ("stl", "write stl(drift), for example"),
      ("arima(1)", "d is missing; arima needs it; it is written arima(P,D,Q, mean|no-mean|drift, TERMS)"),
    ])
  func missing(text: String, problem: String) throws {
    let said = try #require(answer(text))
    #expect(said.contains(problem), "\(said)")
  }

  @Test(
    "a name with a slip in it is answered with the nearest",
    arguments: [
      ("naiv", "naive"), ("Naive", "naive"), ("lineartrend", "linear-trend"), ("ARIMA(0,1,1)", "arima"),
      ("holt_winter(none)", "holt-winters"), ("regresion(linear)", "regression"),
    ])
  func nearest(text: String, meant: String) throws {
    let said = try #require(answer(text))
    #expect(said.hasPrefix("there is no model \""))
    #expect(said.contains("did you mean \(meant)? the models are automatic, naive"), "\(said)")
  }

  @Test("a name that is like no other has no nearest, and a nested one has a position")
  func strange() throws {
    #expect(try #require(answer("oracle")).contains("there is no model \"oracle\"; the models are"))
    #expect(try #require(answer("x")).contains("there is no model \"x\"; the models are"))
    #expect(
      try #require(answer("stl(foo)")).hasPrefix(
        "the model \"stl(foo)\" cannot be read at position 5: there is no model \"foo\"; the models are"))
    #expect(
      try #require(answer("stl(robust, \"drif(scale=log)\")")).contains(
        "at position 13: there is no model \"drif\"; did you mean drift?"))
  }

  @Test("regressors of a model between quotation marks are found, and words that only look like one are not")
  func regressors() throws {
    for (text, names) in [
      ("stl(\"arima(1,0,0,regressors(rate))\")", ["rate"]),
      ("stl(\"regression(linear,regressor(\"\"rate, per head\"\"))12\")", ["rate, per head"]),
      ("regression(linear,regressors(\"rate (new)\",b),step(\"regressor(\"))", ["rate (new)", "b"]),
      ("stl(regression(linear,regressors(a)))", ["a"]), ("drift", []),
    ] {
      #expect(try ModelExpression(text).regressorNames == names, "\(text)")
    }
  }

  @Test("a doubled quotation mark belongs to the word, and positions count both")
  func quotation() throws {
    let expression = try ModelExpression(#"model("a ""b"" c", "", """")"#)
    #expect(expression.groups[0].map(\.word) == [#"a "b" c"#, "", "\""])
    #expect(ModelExpression.quoted(#"a "b" c"#) == #""a ""b"" c""#)
    let text = #"stl("regression(linear,step(""Apr 2020""),wobble)")"#
    #expect(try #require(answer(text)).contains("at position 43: \"wobble\" is not a term"))
  }

  @Test("numbers are written without what they do not need")
  func numbers() {
    for (value, text) in [
      (-98, "-98"), (0, "0"), (0.000001, "0.000001"), (-0.0000015, "-0.0000015"), (0.25, "0.25"),
      (1e10, "10000000000"), (1e-20, "1e-20"), (1.5e300, "1.5e+300"), (0.00002, "0.00002"),
    ] {
      #expect(NumberText.plain(value) == text)
      #expect(Double(NumberText.plain(value)) == value)
    }
  }

  @Test("a scale that values or a missing unit do not allow is refused in whole words")
  func scales() throws {
    let falling = try annual([10, -98, 3, 4], .score)
    for (text, said) in [
      (
        "drift(scale=box-cox)",
        "a Box-Cox transformation needs values that are never negative, and there is -98"
      ),
      ("drift(scale=log)", "logarithms need values that are never negative, and there is -98"),
    ] {
      let model = try ModelCatalogue.model(named: text)
      #expect(try #require(sentence { _ = try model.sample(falling) }).hasSuffix(said))
    }
    let bare = try annual([10, 12, 13, 14, 15, 17], .other(""))
    let odds = try ModelCatalogue.model(named: "drift(scale=log-odds)")
    #expect(
      try #require(sentence { _ = try odds.sample(bare) }).contains(
        "the series has no unit; add a column unit that holds percentage, for example"))
    let counts = try ModelCatalogue.model(named: "poisson")
    #expect(
      try #require(sentence { _ = try counts.fit(try counts.sample(bare)) }).contains(
        "the series has no unit; add a column unit that holds count, for example"))
  }
}
