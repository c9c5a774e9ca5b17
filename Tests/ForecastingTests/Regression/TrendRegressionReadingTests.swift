import RealModule
import Testing

@testable import Forecasting

@Suite("How a regression is written, and what it refuses")
struct TrendRegressionReadingTests {
  @Test("specifications are read, and written back as they were")
  func reading() throws {
    let texts = [
      "regression(linear)", "regression(quadratic,season,errors=ar1)", "regression(linear,season)12",
      "regression(linear,step(2020-04,2021-06),slope(2020-04),errors=newey-west,lags=3,small-sample)",
      "regression(regressor(a),no-intercept,errors=weighted)", "regression(linear,fit=huber)",
      "regression(linear,fit=median)", "regression(linear,errors=prais-winsten)",
      "regression(linear,errors=newey-west)",
      "regression()",
    ]
    for text in texts {
      let model = try ModelCatalogue.model(named: text)
      #expect(model.specification == text)
      #expect(!model.summary.isEmpty && model.minimumObservations >= 3)
    }
    let mean = try ModelCatalogue.model(named: "regression()").fit(try natural([3, 5, 4, 6]))
    #expect(agree(try mean.predictive(step: 9).mean, 4.5, relative: 1e-12))
    for family in ModelCatalogue.families where ["regression", "piecewise"].contains(family.name) {
      #expect(try ModelCatalogue.model(named: family.example).specification == family.example)
      #expect(
        try family.model(try ModelExpression(family.example)).fit(try natural([3, 5, 4, 6, 8, 7, 9]))
          .parameters.count >= 3)
    }
  }

  static let misspelt: [(String, String)] = [
    (
      "regression(linear,errors=arma)",
      "position 26: \"arma\" is not a value of errors; write independent, weighted"
    ),
    ("regression(linear,lags=3)", "position 24: lags belongs to errors=newey-west"),
    ("regression(linear,small-sample)", "small-sample belongs to errors=newey-west"),
    ("regression(linear,fit=lasso)", "\"lasso\" is not a value of fit"),
    ("regression(linear)(season)", "position 19: regression has one list of options"),
    ("regression(season)1", "1 is not the length of a season; write 2 to 366"),
    ("regression(linear,power=2)", "\"power=2\" is not an option of regression"),
  ]

  @Test("what cannot be read is refused at its position", arguments: misspelt)
  func misspelling(text: String, expected: String) {
    let said = sentence { _ = try ModelCatalogue.model(named: text) }
    #expect(said?.contains(expected) == true, "\(said ?? "accepted")")
  }

  @Test("what a model cannot take is refused with a sentence")
  func refusals() throws {
    let sample = try natural([1, 3, 2, nil, 5, 7])
    func said(_ model: TrendRegression, _ sample: Sample) -> String {
      sentence { _ = try model.fit(sample) } ?? "accepted"
    }
    let line: [RegressionTerm] = [.trend(degree: 1)]
    #expect(
      said(TrendRegression(line, errors: .praisWinsten), sample).contains("the one after 2002/03 is missing"))
    #expect(
      said(TrendRegression([], hasIntercept: false), sample).contains("has no terms; write at least one"))
    #expect(
      said(TrendRegression(line, errors: .autoregressive, loss: .huber), sample)
        .contains("combines fit=huber with errors that are not independent"))
    #expect(
      said(TrendRegression(line, errors: .neweyWest(lags: 9, smallSample: false)), sample)
        .contains("asks for 9 lags of 5 observations; write 0 to 4"))
    #expect(
      throws: ForecastingError.tooFewObservations(
        series: "plans", model: "regression(polynomial(4))", found: 5, needed: 7)
    ) { try TrendRegression([.trend(degree: 4)]).fit(sample) }
    // The errors of a doubling series grow with those before them beyond what an autoregression can be.
    let doubling = try natural((0..<12).map { Double.pow(3, Double($0)) })
    #expect(said(TrendRegression([], errors: .praisWinsten), doubling).contains("choose errors=ar1"))
  }
}
