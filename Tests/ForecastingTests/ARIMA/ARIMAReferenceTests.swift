import Foundation
import Testing

@testable import Forecasting

@Suite("ARIMA against R and statsmodels")
struct ARIMAReferenceTests {
  @Test("the coefficients are those of exact maximum likelihood", arguments: ARIMAReference.labels)
  func coefficients(label: String) throws {
    let reference = try ARIMAReference.named(label)
    let parameters = try reference.model.fit(try reference.sample()).parameters
    for (name, value) in reference.coef {
      let own = try #require(parameters.first { $0.name == (name == "intercept" ? "mean" : name) })
      // A mean is as large as its series; the others are pure numbers.
      expectReference(
        "arima", label, name == "intercept" ? "mean" : "coefficients", own.value, value,
        name == "intercept" ? .relative(1e-3) : .absolute(1e-3))
      // R's standard errors come from differences with a step of 0.001 of the joint likelihood.
      let error = try #require(own.standardError)
      expectReference(
        "arima", label, "standard errors of coefficients", error, try #require(reference.se[name]),
        .relative(2e-3))
    }
  }

  @Test("the likelihood is that of the differenced series, exactly", arguments: ARIMAReference.labels)
  func likelihood(label: String) throws {
    let reference = try ARIMAReference.named(label)
    let likelihood = try #require(try reference.model.fit(try reference.sample()).likelihood)
    let isDifferenced = reference.order[1] + reference.seasonal[1] > 0
    #expect(likelihood.convention == (isDifferenced ? .differenced : .full))
    // R's diffuse prior is finite and departs from the exact likelihood by up to 0.003.
    expectReference(
      "arima", label, "log-likelihood, R", likelihood.value, reference.loglik,
      .absolute(isDifferenced ? 5e-3 : 1e-6))
    // statsmodels evaluates the exact likelihood at R's coefficients; ours is a maximum, so no less.
    let exact = reference.check.loglikAtRCoefExactMLOfDifferencedSeries
    expectReference(
      "arima", label, "exact log-likelihood at R's coefficients", likelihood.value, exact, .noWorse(1e-9))
    expectReference(
      "arima", label, "exact log-likelihood, statsmodels", likelihood.value, exact, .absolute(1e-7))
  }

  @Test("forecasts and their plug-in standard errors agree", arguments: ARIMAReference.labels)
  func forecasts(label: String) throws {
    let reference = try ARIMAReference.named(label)
    let fitted = try reference.model.fitted(try reference.sample())
    let horizon = reference.statsArima.forecastMean.count
    let plugIn = try fitted.plugIn(horizon: horizon)
    let observations = Double(try #require(fitted.likelihood).observations)
    let adjusted = observations / (observations - Double(reference.coef.count))
    expectReference(
      "arima", label, "variance of innovations", fitted.maximumLikelihoodVariance,
      reference.check.concentratedScale, .relative(1e-5))
    for index in 0..<horizon {
      expectReference(
        "arima", label, "forecasts", plugIn.means[index], reference.statsArima.forecastMean[index],
        .relative(1e-3))
      let variance = plugIn.variances[index]
      expectReference(
        "arima", label, "standard errors of forecasts, stats", variance.squareRoot(),
        reference.statsArima.forecastSe[index], .relative(1e-4))
      // The forecast package divides its sum of squares by the observations less the coefficients.
      expectReference(
        "arima", label, "standard errors of forecasts, forecast", (adjusted * variance).squareRoot(),
        reference.forecastSe[index], .relative(1e-3))
    }
  }
}
