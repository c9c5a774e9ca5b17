import LinearAlgebra
import Testing

@testable import Forecasting

@Suite("Regression against independent software")
struct RegressionReferenceTests {
  @Test(
    "an interrupted series: coefficients, standard errors, likelihood and counterfactual of least squares")
  func interrupted() throws {
    let reference = try RegressionFixture.json("its/its_open.json")
    let fitted = try TrendRegression(RegressionFixture.interruption)
      .fitted(try RegressionFixture.interrupted())
    let names = ["(Intercept)", "t", "level", "slope"]
    let sigma = try #require(fitted.parameters.first { $0.name == "sigma" })
    let likelihood = try #require(fitted.likelihood)
    #expect(likelihood.convention == .full)
    let last = try #require(try fitted.counterfactual().last)
    let parameters = fitted.parameters.prefix(names.count)
    func expect(_ quantity: String, _ own: [Double], _ expected: [Double?]) throws {
      let expected = try expected.map { try #require($0) }
      expectReference("its", "its_open, least squares", quantity, own, expected, .relative(1e-9))
    }
    try expect("coefficients", parameters.map(\.value), names.map { reference["coef"]?[$0]?.number })
    try expect(
      "standard errors", parameters.compactMap(\.standardError), names.map { reference["se"]?[$0]?.number })
    try expect("sigma", [sigma.value], [reference["sigma"]?.number])
    try expect("log-likelihood", [likelihood.value], [reference["loglik"]?.number])
    try expect("AIC", [likelihood.akaike], [reference["aic"]?.number])
    try expect(
      "Durbin and Watson's statistic", [try #require(fitted.durbinWatson)], [reference["dw"]?.number])
    try expect(
      "counterfactual at the last point", [last.estimate, last.lower, last.upper],
      try #require(reference["counterfactual_last"]?.numbers))
    #expect(last.label == "2022-03" && last.position == 47)
    // The effect of the step is its coefficient, in every period alike, and so are its limits.
    let effects = try fitted.interventionEffects()
    let limits = try #require(reference["ci95"]?.list[2].numbers)
    for period in effects[0].periods {
      expectReference(
        "its", "its_open, least squares", "limits of the step's effect", [period.lower, period.upper],
        limits, .relative(1e-9))
    }
  }

  @Test("an interrupted series: the standard errors of Newey and West")
  func interruptedNeweyWest() throws {
    let reference = try RegressionFixture.json("its/its_open.json")
    let sample = try RegressionFixture.interrupted()
    let fitted = try TrendRegression(
      RegressionFixture.interruption, errors: .neweyWest(lags: 3, smallSample: false)
    ).fitted(sample)
    for (index, name) in ["(Intercept)", "t", "level", "slope"].enumerated() {
      let expected = try #require(reference["newey_west_se_lag3"]?[name]?.number)
      expectReference(
        "its", "its_open, Newey-West, 3 lags", "standard errors",
        try #require(fitted.parameters[index].standardError), expected, .relative(1e-8))
    }
    // Three lags are also what the rule gives for 48 observations.
    let automatic = try TrendRegression(
      RegressionFixture.interruption, errors: .neweyWest(lags: nil, smallSample: false)
    ).fitted(sample)
    #expect(
      automatic.parameters.dropLast().map(\.standardError)
        == fitted.parameters.dropLast().map(\.standardError))

    let other = try RegressionFixture.json("hac_ar1/its_open.json")
    for lags in [0, 1, 2, 3, 4, 6] {
      for smallSample in [false, true] {
        let key = smallSample ? "sm_corrected" : "mpmath_uncorrected"
        guard let expected = other["newey_west"]?["\(lags)"]?[key]?.numbers else { continue }
        let fitted = try TrendRegression(
          RegressionFixture.interruption, errors: .neweyWest(lags: lags, smallSample: smallSample)
        ).fitted(sample)
        expectReference(
          "hac_ar1", "its_open, Newey-West, \(lags) lags",
          smallSample ? "standard errors, small sample" : "standard errors, 50 digits",
          fitted.parameters.prefix(4).compactMap(\.standardError), expected, .relative(1e-10))
      }
    }
  }

  @Test("an interrupted series: autoregressive errors by maximum likelihood")
  func interruptedAutoregressive() throws {
    let reference = try #require(try RegressionFixture.json("its/its_open.json")["gls_ar1_ml"])
    let fitted = try TrendRegression(RegressionFixture.interruption, errors: .autoregressive)
      .fitted(try RegressionFixture.interrupted())
    let item = "its_open, nlme::gls"
    for (index, name) in ["(Intercept)", "t", "level", "slope"].enumerated() {
      let parameter = fitted.parameters[index]
      expectReference(
        "its", item, "coefficients", parameter.value, try #require(reference["coef"]?[name]?.number),
        .relative(1e-4))
      expectReference(
        "its", item, "standard errors", try #require(parameter.standardError),
        try #require(reference["se"]?[name]?.number), .relative(1e-4))
    }
    let rho = try #require(fitted.parameters.first { $0.name == "rho" })
    expectReference("its", item, "rho", rho.value, try #require(reference["rho"]?.number), .absolute(1e-4))
    expectReference(
      "its", item, "log-likelihood", try #require(fitted.likelihood).value,
      try #require(reference["loglik"]?.number), .relative(1e-7))
    // Their sigma divides by n, ours by what is left of it.
    let sigma = try #require(fitted.parameters.first { $0.name == "sigma" }).value
    expectReference(
      "its", item, "sigma", sigma * (44.0 / 48).squareRoot(), try #require(reference["sigma"]?.number),
      .relative(1e-4))
  }

  @Test("an interrupted series: Prais and Winsten's iteration as a model")
  func interruptedPraisWinsten() throws {
    let reference = try #require(
      try RegressionFixture.json("hac_ar1/its_open.json")["prais_winsten_iterated"])
    let fitted = try TrendRegression(RegressionFixture.interruption, errors: .praisWinsten)
      .fitted(try RegressionFixture.interrupted())
    let item = "its_open, prais_winsten_iterated, as a model"
    expectReference(
      "hac_ar1", item, "coefficients", fitted.parameters.prefix(4).map(\.value),
      try #require(reference["coef"]?.numbers), .relative(1e-7))
    expectReference(
      "hac_ar1", item, "standard errors", fitted.parameters.prefix(4).compactMap(\.standardError),
      try #require(reference["se"]?.numbers), .relative(1e-7))
    let rho = try #require(fitted.parameters.first { $0.name == "rho" })
    expectReference(
      "hac_ar1", item, "rho", rho.value, try #require(reference["rho"]?.number), .absolute(1e-7))
    #expect(fitted.remarks.contains("the correlation of errors is taken as known in the forecast"))
  }

  static let series = ["Longley", "its_open"]

  static func problem(_ name: String) throws -> (design: Matrix, response: [Double]) {
    if name == "Longley" { return try RegressionFixture.longley() }
    let rows = try RegressionFixture.rows("its/its_open.csv")
    return (
      Matrix(rows: rows.count, columns: 4) { $1 == 0 ? 1 : rows[$0][$1 - 1] }, rows.map { $0[3] }
    )
  }

  @Test("Prais and Winsten, once and until it settles, and Cochrane and Orcutt", arguments: series)
  func feasible(name: String) throws {
    let (design, response) = try Self.problem(name)
    let reference = try RegressionFixture.json("hac_ar1/\(name).json")
    let estimators: [(String, AutoregressiveEstimator)] = [
      ("prais_winsten_iterated", .praisWinsten(iterated: true)),
      ("prais_winsten_two_step", .praisWinsten(iterated: false)),
      ("cochrane_orcutt_iterated", .cochraneOrcutt),
    ]
    for (key, estimator) in estimators {
      let expected = try #require(reference[key])
      let fit = try #require(
        try estimator.fit(design: design, response: response, positions: Array(response.indices)))
      let item = "\(name), \(key)"
      expectReference(
        "hac_ar1", item, "rho", fit.rho, try #require(expected["rho"]?.number), .absolute(1e-7))
      expectReference(
        "hac_ar1", item, "coefficients", fit.coefficients, try #require(expected["coef"]?.numbers),
        .relative(1e-7))
      expectReference(
        "hac_ar1", item, "standard errors", try #require(fit.whitened.standardErrors),
        try #require(expected["se"]?.numbers), .relative(1e-7))
      // Their sigma is that of the innovations.
      let sigma =
        try #require(fit.whitened.residualVariance).squareRoot() * (1 - fit.rho * fit.rho).squareRoot()
      expectReference(
        "hac_ar1", item, "sigma", sigma, try #require(expected["sigma"]?.number), .relative(1e-7))
    }
  }

  @Test("Longley: Newey-West standard errors for every lag, with and without the small-sample factor")
  func longleyNeweyWest() throws {
    let (design, response) = try RegressionFixture.longley()
    let reference = try #require(try RegressionFixture.json("hac_ar1/Longley.json")["newey_west"])
    let fit = try LeastSquaresProblem(design: design).fit(response)
    for lags in [0, 1, 2, 3, 4, 6] {
      let expected = try #require(reference["\(lags)"])
      for (key, smallSample) in [("mpmath_uncorrected", false), ("sm_corrected", true)] {
        let own = try SandwichCovariance.neweyWest(lags: lags, smallSample: smallSample)
          .matrix(of: fit, design: design, positions: Array(response.indices))
        expectReference(
          "hac_ar1", "Longley, Newey-West, \(lags) lags",
          smallSample ? "standard errors, small sample" : "standard errors, 50 digits",
          own.diagonal.map { $0.squareRoot() }, try #require(expected[key]?.numbers), .relative(1e-6))
      }
    }
  }

  @Test("Longley: White's standard errors with the four corrections")
  func longleyWhite() throws {
    let (design, response) = try RegressionFixture.longley()
    let reference = try #require(try RegressionFixture.json("hac_ar1/Longley_R.json")["hc"])
    let fit = try LeastSquaresProblem(design: design).fit(response)
    for correction in SandwichCovariance.Correction.allCases {
      let own = try SandwichCovariance.heteroscedastic(correction)
        .matrix(of: fit, design: design, positions: Array(response.indices))
      let expected = try #require(reference["HC\(correction.rawValue)"]?.numbers)
      expectReference(
        "hac_ar1", "Longley, White, R's sandwich", "standard errors, HC\(correction.rawValue)",
        own.diagonal.map { $0.squareRoot() }, expected, .relative(1e-6))
    }
  }

  @Test("Longley: autoregressive errors by maximum likelihood, and with two known correlations")
  func longleyAutoregressive() throws {
    let (design, response) = try RegressionFixture.longley()
    let reference = try RegressionFixture.json("hac_ar1/Longley_R.json")
    let names = ["(Intercept)", "x1", "x2", "x3", "x4", "x5", "x6"]
    func numbers(_ value: JSONValue?) throws -> [Double] {
      try names.map { try #require(value?[$0]?.number) }
    }
    let likeliest = try #require(reference["gls_ar1_ml"])
    let fit = try #require(
      try AutoregressiveEstimator.maximumLikelihood
        .fit(design: design, response: response, positions: Array(response.indices)))
    let item = "Longley, nlme::gls"
    let loglik = try #require(likeliest["loglik"]?.number)
    expectReference(
      "hac_ar1", item, "rho", fit.rho, try #require(likeliest["rho"]?.number), .absolute(1e-4))
    expectReference(
      "hac_ar1", item, "coefficients", fit.coefficients, try numbers(likeliest["coef"]), .relative(1e-4))
    expectReference(
      "hac_ar1", item, "standard errors", try #require(fit.whitened.standardErrors),
      try numbers(likeliest["se"]), .relative(1e-4))
    expectReference("hac_ar1", item, "log-likelihood", fit.logLikelihood(), loglik, .noWorse(1e-9))
    expectReference("hac_ar1", item, "log-likelihood", fit.logLikelihood(), loglik, .relative(1e-7))
    for (key, rho) in [("gls_ar1_rho0.3", 0.3), ("gls_ar1_rho_minus0.36", -0.36)] {
      let known = try AutoregressiveFit(
        design: design, response: response, positions: Array(response.indices), rho: rho)
      let item = "Longley, nlme::gls, rho of \(rho)"
      expectReference(
        "hac_ar1", item, "coefficients", known.coefficients, try numbers(reference[key]?["coef"]),
        .relative(1e-8))
      expectReference(
        "hac_ar1", item, "standard errors", try #require(known.whitened.standardErrors),
        try numbers(reference[key]?["se_reml"]), .relative(1e-8))
    }
  }

  @Test("stackloss: quantile regression reaches the least objective, and the vertex that attains it")
  func stackloss() throws {
    let rows = try RegressionFixture.rows("quantreg/stackloss.csv")
    let design = Matrix(rows: rows.count, columns: 4) { $1 == 0 ? 1 : rows[$0][$1 - 1] }
    let reference = try #require(try RegressionFixture.json("quantreg/stackloss.json")["taus"])
    for tau in [0.25, 0.5, 0.75] {
      let expected = try #require(reference["\(tau)"])
      let fit = try #require(QuantileRegression(tau)).fit(design: design, response: rows.map { $0[3] })
      let item = "stackloss, tau of \(tau)"
      expectReference(
        "quantreg", item, "objective", fit.objective, try #require(expected["objective"]?.number),
        .relative(1e-9))
      for (index, name) in ["(Intercept)", "air", "water", "acid"].enumerated() {
        expectReference(
          "quantreg", item, "coefficients", fit.coefficients[index],
          try #require(expected["coef"]?[name]?.number), .absolute(1e-8))
      }
      let zeros = fit.residuals.count { abs($0) < 1e-9 }
      expectReference(
        "quantreg", item, "residuals of zero", Double(zeros), try #require(expected["n_zero_resid"]?.number),
        .absolute(0))
    }
  }
}
