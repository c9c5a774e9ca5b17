import Commissioning
import LinearAlgebra
import Statistics
import Testing
import TimeSeries

/// The errors of a series in consecutive financial years.
func yearlyErrors(_ values: [Double], from year: Int = 2010) -> [Period: Double] {
  Dictionary(uniqueKeysWithValues: values.enumerated().map { (.financialYear(year + $0.offset), $0.element) })
}

@Suite("Correlations of one-step errors")
struct ResidualCorrelationTests {
  private let a = [1.2, -0.7, 0.4, -1.9, 0.8, 0.3]
  private let b = [0.9, -0.2, 0.7, -1.1, 0.1, -0.4]
  private let c = [-0.3, 0.5, 0.2, 0.6, -1.4, 0.9]

  @Test("With equal years the shrinkage is Schäfer and Strimmer's")
  func equalYears() throws {
    let estimate = try ResidualCorrelation([
      (name: "a", residuals: yearlyErrors(a)), (name: "b", residuals: yearlyErrors(b)),
      (name: "c", residuals: yearlyErrors(c)),
    ])
    // Computed with numpy from the formulae of the paper, errors about zero.
    #expect(abs(estimate.shrinkage - 0.31152511001489386) < 1e-12)
    #expect(abs(estimate.correlations[1, 0] - 0.584421951192633) < 1e-12)
    #expect(abs(estimate.correlations[2, 0] - -0.3796910428176236) < 1e-12)
    #expect(abs(estimate.correlations[2, 1] - -0.30971689402727215) < 1e-12)
    #expect(estimate.commonYears == 6...6)
    #expect(estimate.repair == 0)
    #expect(estimate.independent.isEmpty)
    let product = try estimate.factor * estimate.factor.transposed
    for row in 0..<3 {
      for column in 0..<3 { #expect(abs(product[row, column] - estimate.correlations[row, column]) < 1e-14) }
    }
  }

  @Test("Fewer common years are shrunk more")
  func fewerYears() throws {
    let long = [1.0, -0.8, 0.6, -1.2, 0.9, -0.4, 1.1, -1.3, 0.2, -0.7, 0.5, -0.1]
    let follower = zip(long, [0.2, 0.1, -0.3, 0.2, 0.3, -0.2, 0.1, 0.2, -0.1, 0.3, -0.2, 0.1]).map { $0 + $1 }
    let estimate = try ResidualCorrelation([
      (name: "long", residuals: yearlyErrors(long)), (name: "follower", residuals: yearlyErrors(follower)),
      (name: "short", residuals: yearlyErrors(Array(follower.suffix(4)), from: 2018)),
    ])
    #expect(estimate.commonYears == 4...12)
    // The short series is the end of the follower: a raw correlation of one, from four years.
    #expect(estimate.correlations[2, 1] < estimate.correlations[1, 0] + 0.05)
    #expect(estimate.correlations[2, 1] < 0.98)
    #expect(estimate.correlations[1, 0] > 0.7)
  }

  @Test("Errors of unlike periods meet in the financial year in which they end")
  func unlikePeriods() throws {
    let census = Dictionary(
      uniqueKeysWithValues: try (0..<6).map { index in
        let day = try #require(CivilDate(year: 2011 + index, month: 1, day: 20))
        return (Period.censusDate(day), a[index])
      })
    let estimate = try ResidualCorrelation([
      (name: "census", residuals: census), (name: "financial", residuals: yearlyErrors(a)),
      (
        name: "academic",
        residuals: Dictionary(
          uniqueKeysWithValues: (0..<6).map { (Period.year(2009 + $0, .academic), a[$0]) })
      ),
    ])
    #expect(estimate.commonYears == 6...6)
    #expect(abs(estimate.correlations[1, 0] - estimate.correlations[2, 0]) < 1e-15)
    #expect(estimate.correlations[1, 0] > 0.7)
  }

  @Test("A series without common years is independent, and said to be so")
  func independent() throws {
    let estimate = try ResidualCorrelation([
      (name: "a", residuals: yearlyErrors(a)), (name: "b", residuals: yearlyErrors(b)),
      (name: "elsewhere", residuals: yearlyErrors(c, from: 1990)), (name: "none", residuals: [:]),
    ])
    #expect(estimate.independent == ["elsewhere", "none"])
    #expect(estimate.unusablePairs == 5)
    #expect(estimate.correlations[2, 0] == 0 && estimate.correlations[3, 1] == 0)
    #expect(estimate.remarks.contains { $0.contains("elsewhere, none") })
    #expect(estimate.remarks.contains { $0.contains("6 common years") })
  }

  @Test("Correlations from unlike years are made to fit together")
  func repaired() throws {
    // a goes with b in one set of years, b with c in another, and a against c in a third.
    let first = [1.0, -1, 1, -1, 1, -1, 1, -1]
    var (x, y, z): ([Period: Double], [Period: Double], [Period: Double]) = ([:], [:], [:])
    for (index, value) in first.enumerated() {
      x[.financialYear(1960 + index)] = value
      y[.financialYear(1960 + index)] = value * 1.01
      y[.financialYear(1980 + index)] = value
      z[.financialYear(1980 + index)] = value
      z[.financialYear(2000 + index)] = value
      x[.financialYear(2000 + index)] = -value
    }
    let estimate = try ResidualCorrelation([
      (name: "x", residuals: x), (name: "y", residuals: y), (name: "z", residuals: z),
    ])
    #expect(estimate.repair > 0.5)
    let least = try #require(try SymmetricEigendecomposition(estimate.correlations).values.first)
    #expect(least > 0.9 * ResidualCorrelation.eigenvalueFloor)
    #expect(estimate.correlations.diagonal == [1, 1, 1])
    #expect(estimate.remarks.contains { $0.contains("did not fit together") })
  }

  @Test("Months of one year are one error, their mean")
  func months() throws {
    var monthly: [Period: Double] = [:]
    for (index, value) in a.enumerated() {
      for month in [5, 9] {
        monthly[try #require(Period.month(year: 2010 + index, month: month))] = value + (month == 5 ? 3 : -3)
      }
    }
    let estimate = try ResidualCorrelation([
      (name: "monthly", residuals: monthly), (name: "yearly", residuals: yearlyErrors(a)),
    ])
    let same = try ResidualCorrelation([
      (name: "monthly", residuals: yearlyErrors(a)), (name: "yearly", residuals: yearlyErrors(a)),
    ])
    #expect(abs(estimate.correlations[1, 0] - same.correlations[1, 0]) < 1e-12)
  }

  @Test("Plain counts meet plain counts")
  func counts() throws {
    let plain = Dictionary(uniqueKeysWithValues: (0..<6).map { (Period.index(2010 + $0, .yearly), a[$0]) })
    let estimate = try ResidualCorrelation([
      (name: "plain", residuals: plain), (name: "too", residuals: plain),
      (name: "dated", residuals: yearlyErrors(a)),
    ])
    #expect(estimate.correlations[1, 0] > 0.7)
    #expect(estimate.independent == ["dated"])
  }

  @Test("Errors that are no numbers, names twice and nothing at all are refused")
  func refusals() {
    #expect(throws: CommissioningError.self) { try ResidualCorrelation([]) }
    #expect(throws: CommissioningError.self) {
      try ResidualCorrelation([(name: "a", residuals: [.financialYear(2010): .nan])])
    }
    #expect(throws: CommissioningError.self) {
      try ResidualCorrelation([(name: "a", residuals: [.financialYear(2010): .infinity])])
    }
    #expect(throws: CommissioningError.self) {
      try ResidualCorrelation([
        (name: "a", residuals: yearlyErrors(a)), (name: "a", residuals: yearlyErrors(b)),
      ])
    }
  }

  @Test("Errors that are all zero say nothing")
  func zeros() throws {
    let estimate = try ResidualCorrelation([
      (name: "a", residuals: yearlyErrors(a)), (name: "zero", residuals: yearlyErrors([0, 0, 0, 0, 0, 0])),
    ])
    #expect(estimate.correlations[1, 0] == 0)
    #expect(estimate.shrinkage == 1)
    #expect(estimate.commonYears == nil)
  }
}
