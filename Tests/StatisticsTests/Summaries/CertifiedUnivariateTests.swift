import Foundation
import Statistics
import Testing

// NIST's Statistical Reference Datasets, univariate: data and certified mean, standard deviation and lag-1
// autocorrelation in Fixtures/nist_univ, with the same statistics of the decimal data from 40-digit arithmetic.

@Suite("Certified univariate statistics")
struct CertifiedUnivariateTests {
  private struct Certified {
    let mean: Double
    let deviation: Double
    let autocorrelation: Double
  }

  private func certified(_ name: String) throws -> Certified {
    let row = try #require(try fixture("nist_univ/certified").first { $0[0] == name })
    return Certified(
      mean: try #require(Double(row[2])), deviation: try #require(Double(row[3])),
      autocorrelation: try #require(Double(row[4])))
  }

  /// The digits that agree, of the fifteen that are certified.
  private func logRelativeError(_ value: Double, _ expected: Double) -> Double {
    let error = relativeError(value, expected)
    return error == 0 ? 15 : min(15, -log10(error))
  }

  @Test(
    "mean to the last digit, deviation and autocorrelation to twelve",
    arguments: [
      ("Lottery", 12, 12), ("PiDigits", 12, 12), ("NumAcc1", 12, 12), ("NumAcc2", 12, 12),
      // A million and two tenths in double precision leave nine digits of a deviation of a tenth.
      ("NumAcc3", 9.4, 11.8),
    ])
  func certifiedValues(name: String, deviationDigits: Double, autocorrelationDigits: Double) throws {
    let values = try fixture("nist_univ/\(name)").map { try #require(Double($0[0])) }
    let expected = try certified(name)
    #expect(relativeError(try DescriptiveStatistics.mean(values), expected.mean) <= 1e-15)
    let deviation = try DescriptiveStatistics.variance(values).squareRoot()
    #expect(logRelativeError(deviation, expected.deviation) >= deviationDigits)
    let autocorrelation = try DescriptiveStatistics.autocorrelation(values, lag: 1)
    #expect(logRelativeError(autocorrelation, expected.autocorrelation) >= autocorrelationDigits)
  }

  @Test("the autocorrelation at no lag is one, of a wave at half its length nearly minus one")
  func lags() throws {
    let wave = (0..<400).map { sin(2 * Double.pi * Double($0) / 20) }
    #expect(try DescriptiveStatistics.autocorrelation(wave, lag: 0) == 1)
    #expect(abs(try DescriptiveStatistics.autocorrelation(wave, lag: 10) + 390 / 400.0) < 1e-12)
    #expect(relativeError(try DescriptiveStatistics.autocorrelation([1, 2, 4], lag: 1), -1 / 42) < 1e-14)
  }

  @Test("too few values, or none that differ, have no autocorrelation")
  func refused() {
    #expect(
      throws: StatisticsError.tooFewValues(statistic: "autocorrelation at lag 3", count: 4, needed: 5)
    ) { try DescriptiveStatistics.autocorrelation([1, 2, 3, 4], lag: 3) }
    #expect(throws: StatisticsError.constantValues(statistic: "autocorrelation at lag 1")) {
      try DescriptiveStatistics.autocorrelation([2, 2, 2, 2], lag: 1)
    }
    #expect(
      "\(StatisticsError.constantValues(statistic: "autocorrelation at lag 1"))".hasSuffix("are the same."))
  }
}
