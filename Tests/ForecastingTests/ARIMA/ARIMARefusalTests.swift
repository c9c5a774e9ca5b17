import Testing

@testable import Forecasting

@Suite("What ARIMA refuses")
struct ARIMARefusalTests {
  private let rising = numbers((0..<40).map { Double($0 * $0 % 17) + Double($0) }, season: 4)

  private func refusal(_ model: any ForecastModel, _ sample: Sample) -> String? {
    sentence { _ = try model.fit(sample) }
  }

  @Test("too few observations, counted with what differencing takes")
  func tooFew() {
    let airline = ARIMA(order: .init(0, 1, 1), seasonal: .init(0, 1, 1), season: 12)
    let short = numbers((0..<16).map { Double($0 % 5) })
    #expect(
      refusal(airline, short)
        == "series \"numbers\": arima(0,1,1)(0,1,1)12 needs at least 17 observations and 16 are known; "
        + "add earlier periods or choose a simpler model")
    #expect(airline.minimumObservations == 17)
    #expect(refusal(AutomaticARIMA(), numbers([1, 2, 3]))?.contains("needs at least 5 observations") == true)
    // Terms may become several columns.
    let seasonal = ARIMA(order: .init(1, 0, 0), constant: .mean, terms: [.season(.dummies, length: 4)])
    #expect(refusal(seasonal, numbers([1, 3, 2, 5, 4, 6], season: 4))?.contains("needs at least") == true)
  }

  @Test("a series of which differencing leaves nothing")
  func constant() {
    let line = numbers((0..<20).map { 3 + 2 * Double($0) })
    #expect(refusal(ARIMA(order: .init(1, 2, 0)), line)?.contains("nothing left to explain") == true)
    #expect(refusal(ARIMA(order: .init(0, 1, 1), constant: .drift), line)?.contains("nothing left") == true)
    #expect(
      refusal(ARIMA(order: .init(1, 0, 0), constant: .mean), numbers(Array(repeating: 7, count: 20)))
        == "series \"numbers\": arima(1,0,0,mean) has nothing left to explain: after differencing and regression every "
        + "value is the same; choose naive or fewer differences")
    #expect(
      refusal(AutomaticARIMA(), numbers(Array(repeating: 7, count: 20)))?.contains("nothing left") == true)
  }

  @Test("seasonal orders without a season, or with one longer than the series")
  func season() {
    let model = ARIMA(order: .init(0, 1, 1), seasonal: .init(0, 1, 1))
    #expect(
      refusal(model, numbers((0..<30).map { Double($0 % 7) }))
        == "series \"numbers\": arima(0,1,1)(0,1,1) has seasonal orders and the series has no season; "
        + "write its length after the orders")
    let long = ARIMA(order: .init(0, 0, 1), seasonal: .init(1, 0, 0), season: 52)
    #expect(
      refusal(long, rising)
        == "series \"numbers\": arima(0,0,1,mean)(1,0,0)52 has a season of 52 periods, longer than the series of 40"
    )
    let far = ARIMA(order: .none, seasonal: .init(4, 0, 0), season: 100)
    #expect(
      refusal(far, numbers((0..<200).map { Double($0 % 7) }))?.contains("reaches 400 periods back; up to 366")
        == true)
  }

  @Test("orders beyond what is accepted, with the limit")
  func orders() {
    #expect(
      refusal(ARIMA(order: .init(13, 0, 0)), rising)
        == "series \"numbers\": arima(13,0,0,mean) has p = 13; 0 to 12 is accepted")
    #expect(refusal(ARIMA(order: .init(0, 3, 0)), rising)?.contains("has d = 3; 0 to 2 is accepted") == true)
    #expect(refusal(ARIMA(order: .init(0, 0, -1)), rising)?.contains("has q = -1; 0 to 12") == true)
    #expect(
      refusal(ARIMA(order: .none, seasonal: .init(0, 0, 5)), rising)?.contains("has Q = 5; 0 to 4") == true)
  }

  @Test("a mean of differences, and a drift without exactly one")
  func constants() {
    #expect(
      refusal(ARIMA(order: .init(0, 1, 1), constant: .mean), rising)?.contains("cannot estimate a mean")
        == true)
    #expect(
      refusal(ARIMA(order: .init(0, 2, 1), constant: .drift), rising)?.contains("d + D is 2") == true)
  }

  @Test("a regressor that is not there, not known throughout or over the horizon, or says what another says")
  func regressors() throws {
    let values = (0..<30).map { Double($0 * $0 % 11) }
    let x = values.map { Optional(1 + 0.5 * $0) }
    var holed = x
    holed[4] = nil
    let sample = numbers(
      values,
      regressors: [
        Regressor(name: "x", values: x), Regressor(name: "twice", values: x.map { $0.map { 2 * $0 } }),
        Regressor(name: "holed", values: holed),
        Regressor(name: "moved", values: (0..<30).map { Double($0 % 4) + 5 }),
        Regressor(name: "same", values: (0..<30).map { Double($0 % 4) }),
      ])
    func model(_ names: String...) -> ARIMA {
      ARIMA(order: .init(0, 1, 1), terms: names.map { .regressor($0) })
    }
    #expect(refusal(model("z"), sample)?.contains("regressor z, which the series does not have") == true)
    #expect(refusal(model("holed"), sample)?.contains("needs holed at") == true)
    #expect(refusal(model("x", "twice"), sample) != nil)
    // Told apart by their levels, but not once these have been differenced away.
    #expect(refusal(model("moved", "same"), sample)?.contains("cannot tell its columns apart") == true)
    let fitted = try model("moved").fit(sample)
    let missing = sentence { _ = try fitted.predictive(step: 1) }
    #expect(missing?.contains("supply it for every period of the horizon") == true)
    // A path has no way to refuse: what is not known is not a number.
    let path = paths(of: fitted, 1, horizon: 2)[0]
    #expect(path[0].isNaN && path[1].isNaN)
    #expect(refusal(AutomaticARIMA(terms: [.regressor("z")]), sample)?.contains("does not have") == true)
  }

  @Test("a season of which one place was never observed cannot be differenced")
  func unseen() {
    let values: [Double?] = (0..<40).map { $0 % 4 == 2 ? nil : Double($0 * $0 % 13) }
    let model = ARIMA(order: .none, seasonal: .init(0, 1, 1))
    #expect(refusal(model, numbers(values, season: 4))?.contains("cannot tell its columns apart") == true)
  }

  @Test("more missing periods than can be unknowns of the likelihood")
  func gaps() {
    func every(_ periods: Int, count: Int) -> [Double?] {
      (0..<count).map { $0 % periods == 0 ? Double($0 * $0 % 13) : nil }
    }
    #expect(refusal(ARIMA(order: .init(0, 1, 1)), numbers(every(2, count: 121))) == nil)
    for model in [ARIMA(order: .init(0, 1, 1)), AutomaticARIMA()] as [any ForecastModel] {
      #expect(
        refusal(model, numbers(every(2, count: 123)))?
          .contains(
            "takes at most 60 missing periods, and there are 61; supply them, begin the series after them, or "
              + "choose local-level") == true)
    }
  }

  @Test("horizons that cannot be forecast")
  func horizons() throws {
    let fitted = try ARIMA(order: .init(0, 1, 1)).fit(rising)
    for step in [0, -1, 1001] {
      #expect(throws: ForecastingError.horizon(step)) { _ = try fitted.predictive(step: step) }
      #expect(throws: ForecastingError.horizon(step)) { _ = try fitted.predictive(horizon: step) }
    }
  }

  @Test("a process at the edge of stationarity, or columns that nothing tells, leave no innovations")
  func unsolvable() {
    let response = (0..<12).map { Double($0 * $0 % 5) }
    let zero = response.map { _ in 0.0 }
    #expect(
      ARMAInnovations(
        phi: [1], theta: [], orders: ARMAOrders(p: 1), response: response, gaps: [], regressors: []) == nil)
    #expect(
      ARMAInnovations(
        phi: [], theta: [], orders: ARMAOrders(), response: response, gaps: [zero], regressors: []) == nil)
    #expect(
      ARMAInnovations(
        phi: [], theta: [], orders: ARMAOrders(), response: response, gaps: [], regressors: [zero]) == nil)
    let likelihood = ARMALikelihood(orders: ARMAOrders(), response: response, regressors: [zero])
    #expect(ARIMASearch(likelihood: likelihood).maximum(response: response) == nil)
  }
}

@Suite("How an ARIMA model is written")
struct ARIMAGrammarTests {
  @Test(
    "orders, constants, seasons and terms",
    arguments: [
      "arima(0,1,1)(0,1,1)12", "arima(2,0,0,mean)", "arima(1,1,1,drift)", "arima(1,0,0,no-mean)(1,0,0)",
      "arima",
      "arima(1,0,0,mean,regressor(x),step(2020-04))", "arima(max-order=4)", "arima(max-order=3,regressor(x))",
    ])
  func written(text: String) throws {
    #expect(try ModelCatalogue.model(named: text).specification == text)
  }

  @Test("spaces, keys and several regressors at once")
  func variants() throws {
    #expect(try ModelCatalogue.model(named: "arima( 2, 0, 0, mean )").specification == "arima(2,0,0,mean)")
    #expect(
      try ModelCatalogue.model(named: "arima(p=1,d=0,q=2,regressors(a,b))").specification
        == "arima(1,0,2,mean,regressor(a),regressor(b))")
    #expect(try ModelCatalogue.model(named: "arima()").specification == "arima")
    #expect(!ARIMA(order: .init(1, 0, 0)).summary.isEmpty && !AutomaticARIMA().summary.isEmpty)
    #expect(AutomaticARIMA(maximumOrder: 99).maximumOrder == AutomaticARIMA.greatestTotalOrder)
  }

  @Test("a series that is not differenced has a mean unless it is left out, and the model reads back")
  func meanByDefault() throws {
    for (text, reported) in [
      ("arima(1,0,0)", "arima(1,0,0,mean)"), ("arima(1,0,0,mean)", "arima(1,0,0,mean)"),
      ("arima(1,0,0,no-mean)", "arima(1,0,0,no-mean)"), ("arima(0,1,1)", "arima(0,1,1)"),
      ("arima(1,0,0)(0,1,1)12", "arima(1,0,0)(0,1,1)12"),
      ("arima(1,0,0,step(2022-04))", "arima(1,0,0,mean,step(2022-04))"),
    ] {
      let model = try #require(try ModelCatalogue.model(named: text) as? ARIMA)
      #expect(model.specification == reported)
      #expect(try ModelCatalogue.model(named: reported) as? ARIMA == model)
    }
    #expect(ARIMA(order: .init(1, 0, 0)).constant == .mean)
    #expect(ARIMA(order: .init(1, 0, 0), constant: .none).constant == .none)
    // Far from zero, a forecast goes back to the mean of the figures and not towards nothing.
    let values: [Double] = (0..<40).map { (index: Int) -> Double in Double(1000 + index * 7 % 11) }
    let sample = try natural(values)
    let mean = try Forecast(try ModelCatalogue.model(named: "arima(1,0,0)").fit(sample), horizon: 50)
    #expect(abs(try mean.median(step: 50) - 1005) < 1)
    let bare = try ModelCatalogue.model(named: "arima(1,0,0,no-mean)").fit(sample)
    #expect(bare.parameters.map(\.name) == ["ar1", "sigma"])
  }

  @Test(
    "a mistake is named with its place",
    arguments: [
      ("arima(0,1)", 10, "q is missing"), ("arima(0,3,1)", 9, "0 to 2"), ("arima(13,0,0)", 7, "0 to 12"),
      ("arima(0,1,1)(0,1,9)12", 18, "0 to 4"), ("arima(0,1,1)12", 13, "needs seasonal orders"),
      ("arima(0,1,1)(0,1,1)1", 20, "2 to 366"), ("arima(1,1,0,mean)", 13, "a mean is estimated only"),
      ("arima(1,1,0,no-mean)", 13, "leaves out the mean"),
      ("arima(1,0,0,drift)", 13, "a drift is estimated only"), ("arima(1,0,0,wobble)", 13, "not a term"),
      ("arima(0,1,1)(0,1,1)(0,1,1)", 20, "at most 2"), ("arima(max-order=11)", 17, "0 to 10"),
      ("arima(mean)", 7, "not a term"), ("arima(max-order=3)12", 19, "chosen automatically"),
      ("arima(0,1,1,size=3)", 18, "not an option"),
    ])
  func mistakes(text: String, position: Int, problem: String) throws {
    do {
      _ = try ModelCatalogue.model(named: text)
      Issue.record("\(text) was read")
    } catch {
      guard case .specification(_, let place, let reason) = error else { throw error }
      #expect(place == position, "\(text): \(reason)")
      #expect(reason.contains(problem), "\(reason)")
    }
  }
}
