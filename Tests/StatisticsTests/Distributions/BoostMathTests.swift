import CBoostMath
import Testing

/// One distribution of the C interface, with parameters filled in.
struct BoostFamily: Sendable, CustomTestStringConvertible {
  let name: String
  let lower: Double
  let upper: Double
  let pdf, cdf, ccdf: @Sendable (Double) -> Double
  var quantile: (@Sendable (Double) -> Double)?
  var cquantile: (@Sendable (Double) -> Double)?
  var testDescription: String { name }

  static let withQuantiles = all.filter { $0.quantile != nil }

  static let all: [BoostFamily] = [
    BoostFamily(
      name: "normal", lower: -.infinity, upper: .infinity,
      pdf: { cboost_normal_pdf($0, 1, 2) }, cdf: { cboost_normal_cdf($0, 1, 2) },
      ccdf: { cboost_normal_ccdf($0, 1, 2) }, quantile: { cboost_normal_quantile($0, 1, 2) },
      cquantile: { cboost_normal_cquantile($0, 1, 2) }),
    BoostFamily(
      name: "student_t", lower: -.infinity, upper: .infinity,
      pdf: { cboost_student_t_pdf($0, 4) }, cdf: { cboost_student_t_cdf($0, 4) },
      ccdf: { cboost_student_t_ccdf($0, 4) }, quantile: { cboost_student_t_quantile($0, 4) },
      cquantile: { cboost_student_t_cquantile($0, 4) }),
    BoostFamily(
      name: "gamma", lower: 0, upper: .infinity,
      pdf: { cboost_gamma_pdf($0, 2, 3) }, cdf: { cboost_gamma_cdf($0, 2, 3) },
      ccdf: { cboost_gamma_ccdf($0, 2, 3) }, quantile: { cboost_gamma_quantile($0, 2, 3) },
      cquantile: { cboost_gamma_cquantile($0, 2, 3) }),
    BoostFamily(
      name: "beta", lower: 0, upper: 1,
      pdf: { cboost_beta_pdf($0, 2, 3) }, cdf: { cboost_beta_cdf($0, 2, 3) },
      ccdf: { cboost_beta_ccdf($0, 2, 3) }, quantile: { cboost_beta_quantile($0, 2, 3) },
      cquantile: { cboost_beta_cquantile($0, 2, 3) }),
    BoostFamily(
      name: "poisson", lower: 0, upper: .infinity,
      pdf: { cboost_poisson_pdf($0, 6) }, cdf: { cboost_poisson_cdf($0, 6) },
      ccdf: { cboost_poisson_ccdf($0, 6) }),
    BoostFamily(
      name: "negative_binomial", lower: 0, upper: .infinity,
      pdf: { cboost_negative_binomial_pdf($0, 3, 0.4) }, cdf: { cboost_negative_binomial_cdf($0, 3, 0.4) },
      ccdf: { cboost_negative_binomial_ccdf($0, 3, 0.4) }),
    BoostFamily(
      name: "binomial", lower: 0, upper: 20,
      pdf: { cboost_binomial_pdf($0, 20, 0.3) }, cdf: { cboost_binomial_cdf($0, 20, 0.3) },
      ccdf: { cboost_binomial_ccdf($0, 20, 0.3) }),
  ]

  /// The five functions of each family under parameters that it refuses.
  static let refused: [(String, Double)] = [
    ("normal, no spread", cboost_normal_quantile(0.5, 0, 0)),
    ("normal, NaN", cboost_normal_pdf(0, .nan, 1)),
    ("t, no freedom", cboost_student_t_cdf(0, 0)),
    ("gamma, negative shape", cboost_gamma_cdf(1, -1, 1)),
    ("gamma, infinite scale", cboost_gamma_ccdf(1, 1, .infinity)),
    ("beta, zero shape", cboost_beta_cquantile(0.5, 0, 1)),
    ("Poisson, negative mean", cboost_poisson_cdf(0, -1)),
    ("negative binomial, p above 1", cboost_negative_binomial_pdf(1, 2, 1.5)),
    ("binomial, p below 0", cboost_binomial_cdf(1, 2, -0.5)),
  ]
}

@Suite("Boost behind C gives NaN or an infinity, never an exception")
struct BoostMathTests {
  @Test("a probability outside 0...1, infinite or NaN has no quantile", arguments: BoostFamily.withQuantiles)
  func probabilityOutside(_ family: BoostFamily) throws {
    let quantile = try #require(family.quantile)
    let cquantile = try #require(family.cquantile)
    for p in [-0.1, -1e-300, 1.1, 1.0.nextUp, .nan, .infinity, -.infinity] {
      #expect(quantile(p).isNaN, "quantile at \(p)")
      #expect(cquantile(p).isNaN, "complement quantile at \(p)")
    }
  }

  @Test("the quantiles of 0 and 1 are the ends of the support", arguments: BoostFamily.withQuantiles)
  func ends(_ family: BoostFamily) throws {
    let quantile = try #require(family.quantile)
    let cquantile = try #require(family.cquantile)
    #expect(quantile(0) == family.lower)
    #expect(cquantile(1) == family.lower)
    #expect(quantile(1) == family.upper)
    #expect(cquantile(0) == family.upper)
  }

  @Test("NaN gives NaN", arguments: BoostFamily.all)
  func notANumber(_ family: BoostFamily) {
    for function in [family.pdf, family.cdf, family.ccdf] { #expect(function(.nan).isNaN) }
  }

  @Test("infinity gives the limit where Boost knows it and NaN where it does not", arguments: BoostFamily.all)
  func infinite(_ family: BoostFamily) {
    for x in [-Double.infinity, .infinity] {
      let isKnown = family.lower == -.infinity
      for (function, limit) in [
        (family.pdf, 0), (family.cdf, x > 0 ? 1.0 : 0), (family.ccdf, x > 0 ? 0 : 1.0),
      ] {
        let value = function(x)
        #expect(isKnown ? value == limit : value.isNaN, "\(value) at \(x)")
      }
    }
  }

  @Test("below a support that starts at 0 is a domain error", arguments: BoostFamily.all)
  func belowSupport(_ family: BoostFamily) {
    guard family.lower == 0 else { return }
    for function in [family.pdf, family.cdf, family.ccdf] { #expect(function(-0.1).isNaN) }
  }

  @Test("parameters outside their domain give NaN", arguments: BoostFamily.refused)
  func parameters(_ name: String, _ value: Double) {
    #expect(value.isNaN)
  }

  @Test("log Γ has poles at 0 and the negative whole numbers, and 0 at 1 and 2")
  func logGamma() {
    #expect(cboost_log_gamma(1) == 0)
    #expect(cboost_log_gamma(2) == 0)
    #expect(!cboost_log_gamma(0).isFinite)
    #expect(!cboost_log_gamma(-3).isFinite)
    #expect(cboost_log_gamma(.nan).isNaN)
    #expect(cboost_log_gamma(1e306) > 1e308 || cboost_log_gamma(1e306) == .infinity)
  }
}
