import Foundation
import Testing

@testable import Forecasting

@Suite("Residual diagnostics agree with scipy and statsmodels")
struct DiagnosticsReferenceTests {
  struct Fixture: Decodable {
    struct Portmanteau: Decodable {
      let season: Int
      let parameters: Int
      let degrees: Int
      let values: [Double]
    }
    struct Case: Decodable {
      let name: String
      let errors: [Double]
      let shapiro: [Double]
      let scipyShapiro: [Double]
      let jarqueBera: [Double]?
      let varianceRatio: [Double]?
      let arch: [Double]?
      let ljungBox: [Portmanteau]?
    }
    struct Gaps: Decodable {
      let positions: [Int]
      let errors: [Double]
      let autocorrelations: [Double]
      let ljungBox: [Double]
    }
    let cases: [Case]
    let gaps: Gaps
  }

  static func fixture() throws -> Fixture {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/diagnostics/diagnostics.json", withExtension: nil))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Fixture.self, from: Data(contentsOf: url))
  }

  static func diagnostics(_ errors: [Double], season: Int = 1, parameters: Int = 0) -> ResidualDiagnostics {
    ResidualDiagnostics(
      ErrorSequence(errors, positions: Array(errors.indices)), season: season, dynamicParameters: parameters)
  }

  /// Statistic and probability agree to a relative tolerance, a very small probability to 10⁻¹².
  static func expectAgreement(
    _ outcome: DiagnosticOutcome, _ expected: [Double], _ item: String, _ name: String,
    tolerance: Double = 1e-10
  ) {
    guard let test = outcome.test else {
      Issue.record("\(item) \(name): \(outcome.reason ?? "")")
      return
    }
    expectReference(
      "diagnostics", item, "\(name), statistic", test.statistic, expected[0], .relative(tolerance))
    let isTiny = tolerance * abs(expected[1]) < 1e-12
    expectReference(
      "diagnostics", item, "\(name), probability", test.pValue, expected[1],
      isTiny ? .absolute(1e-12) : .relative(tolerance))
  }

  @Test("every statistic and its probability")
  func statistics() throws {
    for one in try Self.fixture().cases {
      let found = Self.diagnostics(one.errors)
      Self.expectAgreement(found.shapiroWilk, one.shapiro, one.name, "Shapiro-Wilk", tolerance: 1e-9)
      // scipy's normal quantiles and tails have some eight digits.
      Self.expectAgreement(
        found.shapiroWilk, one.scipyShapiro, one.name, "Shapiro-Wilk of scipy", tolerance: 1e-7)
      if let expected = one.jarqueBera {
        Self.expectAgreement(found.jarqueBera, expected, one.name, "Jarque-Bera")
      }
      if let expected = one.varianceRatio {
        Self.expectAgreement(found.varianceRatio, expected, one.name, "variance ratio")
      }
      if let expected = one.arch {
        Self.expectAgreement(found.conditionalVariance, expected, one.name, "ARCH-LM")
      }
    }
  }

  @Test("Ljung and Box's statistic at the lags and degrees of freedom of the rule")
  func portmanteau() throws {
    for one in try Self.fixture().cases {
      for expected in one.ljungBox ?? [] {
        let found = Self.diagnostics(one.errors, season: expected.season, parameters: expected.parameters)
        Self.expectAgreement(
          found.ljungBox, expected.values, one.name, "Ljung-Box, season of \(expected.season)")
        #expect(found.ljungBox.test?.degreesOfFreedom == [expected.degrees])
      }
    }
  }

  @Test("with periods missing, every lag counts the pairs that it has")
  func gaps() throws {
    let gaps = try Self.fixture().gaps
    let found = ResidualDiagnostics(
      ErrorSequence(gaps.errors, positions: gaps.positions), season: 1, dynamicParameters: 0)
    Self.expectAgreement(found.ljungBox, gaps.ljungBox, "gaps", "Ljung-Box")
    expectReference(
      "diagnostics", "gaps", "autocorrelations", found.autocorrelations, gaps.autocorrelations,
      .absolute(1e-12))
  }
}
