import LinearAlgebra
import Testing

@testable import Forecasting

@Suite("Generalised linear models against R and 40-digit arithmetic")
struct GeneralisedLinearReferenceTests {
  typealias Reference = GeneralisedLinearReference

  private func compare(
    _ fit: GeneralisedLinearFit, _ expected: Reference.Fit, _ columns: [String], coefficients: Double,
    errors: Double, rest: Double
  ) throws {
    let coefs = try columns.map { try #require(expected.coef[$0]) }
    let ses = try columns.map { try #require(expected.se[$0]) }
    #expect(greatestDifference(fit.coefficients, coefs) < coefficients)
    #expect(greatestDifference(fit.standardErrors, ses) < errors)
    #expect(greatestDifference(fit.covariance.columnMajor, expected.vcov.flatMap { $0 }) < 2 * errors)
    #expect(agree(fit.deviance, expected.deviance, relative: rest))
    #expect(agree(fit.pearsonChiSquared, expected.pearsonChi2, relative: rest))
    #expect(agree(fit.dispersion, expected.dispersion, relative: rest))
    #expect(fit.degreesOfFreedom == expected.dfResidual)
    #expect(fit.leverages.count == expected.leverage.count)
    for (found, wanted) in zip(fit.leverages, expected.leverage) { #expect(abs(found - wanted) < 1e-8) }
    for (found, wanted) in zip(fit.devianceResiduals, expected.devianceResiduals) {
      #expect(abs(found - wanted) < 1e-7)
    }
    if let loglik = expected.loglik {
      #expect(agree(try #require(fit.logLikelihood), loglik, relative: rest))
    } else {
      #expect(fit.logLikelihood == nil)
    }
  }

  @Test("Poisson with a population offset: R to 1e-9, its errors to 1e-8")
  func poisson() throws {
    let reference = try Reference.counts()
    let fit = try Reference.countFit(.poisson)
    try compare(
      fit, reference.poisson, Reference.countColumns, coefficients: 1e-9, errors: 1e-8, rest: 1e-9)
    #expect(greatestDifference(fit.fitted, reference.poisson.fitted) < 1e-9)
    let exact = try #require(reference.mpmathCheck["poisson"])
    #expect(greatestDifference(fit.coefficients, exact.coef) < 1e-13)
    #expect(greatestDifference(fit.standardErrors, try #require(exact.se)) < 1e-13)
    #expect(agree(try #require(fit.logLikelihood), try #require(exact.loglik), relative: 1e-14))
  }

  @Test("quasi-Poisson: Poisson's coefficients, errors multiplied by the root of the dispersion")
  func quasiPoisson() throws {
    let fit = try Reference.countFit(.quasiPoisson)
    try compare(
      fit, try Reference.counts().quasipoisson, Reference.countColumns, coefficients: 1e-9, errors: 1e-8,
      rest: 1e-9)
  }

  @Test("negative binomial: size and coefficients of the joint maximum, to 1e-6 and 1e-7")
  func negativeBinomial() throws {
    let reference = try Reference.counts()
    let fit = try Reference.countFit(.negativeBinomial(size: nil))
    try compare(
      fit, reference.negbin, Reference.countColumns, coefficients: 1e-7, errors: 1e-7, rest: 1e-7)
    let exact = try #require(reference.mpmathCheck["negbin"])
    #expect(agree(try #require(fit.size), try #require(exact.theta), relative: 1e-10))
    #expect(greatestDifference(fit.coefficients, exact.coef) < 1e-10)
    #expect(greatestDifference(fit.standardErrors, try #require(exact.seGivenTheta)) < 1e-10)
    #expect(agree(try #require(fit.sizeStandardError), try #require(exact.seThetaBetaFixed), relative: 1e-9))
    #expect(agree(try #require(fit.logLikelihood), try #require(exact.loglik), relative: 1e-13))
  }

  @Test("binomial with either link: menarche by age")
  func binomial() throws {
    let reference = try Reference.menarche()
    let logit = try Reference.menarcheFit(.logit)
    try compare(
      logit, reference.logit, Reference.menarcheColumns, coefficients: 1e-9, errors: 1e-8, rest: 1e-9)
    let exact = try #require(reference.mpmathCheck["logit"])
    #expect(greatestDifference(logit.coefficients, exact.coef) < 1e-13)
    #expect(greatestDifference(logit.standardErrors, try #require(exact.se)) < 1e-13)
    try compare(
      try Reference.menarcheFit(.probit), reference.probit, Reference.menarcheColumns, coefficients: 1e-9,
      errors: 1e-8, rest: 1e-9)
  }
}
