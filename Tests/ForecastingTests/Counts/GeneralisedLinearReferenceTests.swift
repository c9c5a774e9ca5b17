import LinearAlgebra
import Statistics
import Testing

@testable import Forecasting

@Suite("Generalised linear models against R and 40-digit arithmetic")
struct GeneralisedLinearReferenceTests {
  typealias Reference = GeneralisedLinearReference

  private struct Tolerances {
    let coefficients: Double
    let errors: Double
    let rest: Double
    let deviance = 1e-9

    /// Of a maximum that is found to the last digits.
    static let exact = Tolerances(coefficients: 1e-9, errors: 1e-8, rest: 1e-9)
    /// Of a maximum over a size as well, which R finds less exactly.
    static let joint = Tolerances(coefficients: 1e-7, errors: 1e-7, rest: 1e-7)
  }

  private func compare(
    _ item: String, _ fit: GeneralisedLinearFit, _ expected: Reference.Fit, _ columns: [String],
    _ tolerances: Tolerances
  ) throws {
    func expect(_ quantity: String, _ found: [Double], _ wanted: [Double], _ nearness: Nearness) {
      #expect(found.count == wanted.count)
      for (found, wanted) in zip(found, wanted) {
        expectReference("glm", item, "\(quantity), R", found, wanted, nearness)
      }
    }
    let coefficients = try columns.map { try #require(expected.coef[$0]) }
    let errors = try columns.map { try #require(expected.se[$0]) }
    expect("coefficients", fit.coefficients, coefficients, .relative(tolerances.coefficients))
    expect("standard errors", fit.standardErrors, errors, .relative(tolerances.errors))
    expect(
      "covariances", fit.covariance.columnMajor, expected.vcov.flatMap { $0 },
      .relative(2 * tolerances.errors))
    expect("deviance", [fit.deviance], [expected.deviance], .relative(tolerances.deviance))
    expect(
      "Pearson's chi-squared", [fit.pearsonChiSquared], [expected.pearsonChi2], .relative(tolerances.rest))
    expect("dispersion", [fit.dispersion], [expected.dispersion], .relative(tolerances.rest))
    // R gives the fitted probabilities of a binomial, not the counts.
    let trials =
      expected.family == "binomial" ? try Reference.table("menarche.csv")[1] : fit.fitted.map { _ in 1 }
    expect("fitted", zip(fit.fitted, trials).map { $0 / $1 }, expected.fitted, .relative(1e-6))
    expect("leverages", fit.leverages, expected.leverage, .absolute(1e-8))
    expect("deviance residuals", fit.devianceResiduals, expected.devianceResiduals, .absolute(1e-7))
    #expect(fit.degreesOfFreedom == expected.dfResidual)
    #expect((fit.logLikelihood == nil) == (expected.loglik == nil))
    if let found = fit.logLikelihood, let wanted = expected.loglik {
      expect("log-likelihood", [found], [wanted], .relative(tolerances.rest))
    }
  }

  private func compare(
    _ item: String, _ fit: GeneralisedLinearFit, _ exact: Reference.HighPrecision
  ) throws {
    for (found, wanted) in zip(fit.coefficients, exact.coef) {
      expectReference("glm", item, "coefficients, 30 to 40 digits", found, wanted, .relative(1e-10))
    }
    for (found, wanted) in zip(fit.standardErrors, try #require(exact.se ?? exact.seGivenTheta)) {
      expectReference("glm", item, "standard errors, 30 to 40 digits", found, wanted, .relative(1e-10))
    }
    if let loglik = exact.loglik {
      expectReference(
        "glm", item, "log-likelihood, 30 to 40 digits", try #require(fit.logLikelihood), loglik,
        .relative(1e-13))
    }
  }

  @Test("Poisson with a population offset")
  func poisson() throws {
    let reference = try Reference.counts()
    let fit = try Reference.countFit(.poisson)
    try compare("poisson", fit, reference.poisson, Reference.countColumns, .exact)
    try compare("poisson", fit, try #require(reference.mpmathCheck["poisson"]))
  }

  @Test("quasi-Poisson: Poisson's coefficients, errors multiplied by the root of the dispersion")
  func quasiPoisson() throws {
    try compare(
      "quasi-poisson", try Reference.countFit(.quasiPoisson), try Reference.counts().quasipoisson,
      Reference.countColumns, .exact)
  }

  @Test("negative binomial: size and coefficients of the joint maximum")
  func negativeBinomial() throws {
    let reference = try Reference.counts()
    let fit = try Reference.countFit(.negativeBinomial(size: nil))
    try compare("negative-binomial", fit, reference.negbin, Reference.countColumns, .joint)
    let exact = try #require(reference.mpmathCheck["negbin"])
    try compare("negative-binomial", fit, exact)
    let size = try #require(fit.size)
    expectReference(
      "glm", "negative-binomial", "theta, R", size, try #require(reference.negbin.theta), .relative(1e-6))
    expectReference(
      "glm", "negative-binomial", "theta, 30 to 40 digits", size, try #require(exact.theta), .relative(1e-6))
    expectReference(
      "glm", "negative-binomial", "standard error of theta, 30 to 40 digits",
      try #require(fit.sizeStandardError),
      try #require(exact.seThetaBetaFixed), .relative(1e-6))
  }

  @Test("binomial with either link: menarche by age", arguments: [LinkFunction.logit, .probit])
  func binomial(link: LinkFunction) throws {
    let reference = try Reference.menarche()
    let fit = try Reference.menarcheFit(link)
    let expected = link == .logit ? reference.logit : reference.probit
    try compare("binomial, \(link.rawValue)", fit, expected, Reference.menarcheColumns, .exact)
    if let exact = reference.mpmathCheck[link.rawValue] {
      try compare("binomial, \(link.rawValue)", fit, exact)
    }
  }

  @Test(
    "where R and this differ in the tenth digit of the probit, the slope of the likelihood here is the smaller"
  )
  func probitScore() throws {
    let columns = try Reference.table("menarche.csv")
    let expected = try Reference.menarche().probit
    func score(_ coefficients: [Double]) throws -> Double {
      var slope = 0.0
      for row in columns[0].indices {
        let predictor = coefficients[0] + coefficients[1] * columns[0][row]
        let (p, q) = (StandardNormal.cumulative(predictor), StandardNormal.complement(predictor))
        let error = columns[2][row] - columns[1][row] * p
        slope += columns[0][row] * error * StandardNormal.density(predictor) / (p * q)
      }
      return abs(slope)
    }
    let ours = try score(try Reference.menarcheFit(.probit).coefficients)
    let theirs = try score(try Reference.menarcheColumns.map { try #require(expected.coef[$0]) })
    #expect(ours < 0.01 * theirs)
  }
}
