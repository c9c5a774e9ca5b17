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
      #expect(abs(own.value - value) <= 1e-3 * max(1, abs(value)), "\(label) \(name)")
      // R's standard errors come from differences with a step of 0.001 of the joint likelihood.
      let error = try #require(own.standardError)
      #expect(agree(error, try #require(reference.se[name]), relative: 2e-3), "\(label) \(name)")
    }
  }

  @Test("the likelihood is that of the differenced series, exactly", arguments: ARIMAReference.labels)
  func likelihood(label: String) throws {
    let reference = try ARIMAReference.named(label)
    let likelihood = try #require(try reference.model.fit(try reference.sample()).likelihood)
    let isDifferenced = reference.order[1] + reference.seasonal[1] > 0
    #expect(likelihood.convention == (isDifferenced ? .differenced : .full))
    // R's diffuse prior is finite and departs from the exact likelihood by up to 0.003.
    #expect(abs(likelihood.value - reference.loglik) <= (isDifferenced ? 5e-3 : 1e-6))
    // statsmodels evaluates the exact likelihood at R's coefficients; ours is a maximum, so no less.
    let exact = reference.check.loglikAtRCoefExactMLOfDifferencedSeries
    #expect(likelihood.value >= exact - 1e-9)
    #expect(abs(likelihood.value - exact) <= 1e-7)
  }

  @Test("forecasts and their plug-in standard errors agree", arguments: ARIMAReference.labels)
  func forecasts(label: String) throws {
    let reference = try ARIMAReference.named(label)
    let fitted = try reference.model.fitted(try reference.sample())
    let horizon = reference.statsArima.forecastMean.count
    let plugIn = try fitted.plugIn(horizon: horizon)
    let observations = Double(try #require(fitted.likelihood).observations)
    let adjusted = observations / (observations - Double(reference.coef.count))
    #expect(agree(fitted.maximumLikelihoodVariance, reference.check.concentratedScale, relative: 1e-5))
    for index in 0..<horizon {
      #expect(agree(plugIn.means[index], reference.statsArima.forecastMean[index], relative: 1e-3))
      let variance = plugIn.variances[index]
      #expect(agree(variance.squareRoot(), reference.statsArima.forecastSe[index], relative: 1e-4))
      // The forecast package divides its sum of squares by the observations less the coefficients.
      #expect(agree((adjusted * variance).squareRoot(), reference.forecastSe[index], relative: 1e-3))
    }
  }
}
