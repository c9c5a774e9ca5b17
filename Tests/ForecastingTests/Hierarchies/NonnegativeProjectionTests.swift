import LinearAlgebra
import Statistics
import Testing

@testable import Forecasting

@Suite("The nearest forecasts without a negative")
struct NonnegativeProjectionTests {
  /// A covariance with strong dependence of either sign, and forecasts of which about half are negative.
  static func problem(_ order: Int, path: UInt64) throws -> (covariance: Matrix, given: [Double]) {
    var stream = RandomStream(seed: 12, name: "negatives", path: path)
    let root = Matrix(rows: order, columns: order) { _, _ in stream.normal() }
    let product = try root.transposedTimes(root)
    let covariance = Matrix(rows: order, columns: order) {
      (product[$0, $1] + product[$1, $0]) / 2 + ($0 == $1 ? 0.01 : 0)
    }
    return (covariance, (0..<order).map { _ in 3 * stream.normal() })
  }

  /// Whether b is the minimum: b ≥ 0, μ = V⁻¹ (b − b̃) ≥ 0, and one of the two zero for every series (Karush,
  /// Kuhn and Tucker).
  static func expectMinimum(_ found: [Double], _ covariance: Matrix, _ given: [Double], _ comment: String)
    throws
  {
    let multipliers = try CholeskyFactorisation(covariance).solve(zip(found, given).map { $0 - $1 })
    let size = multipliers.reduce(1) { max($0, abs($1)) }
    for (value, multiplier) in zip(found, multipliers) {
      #expect(value >= 0 && multiplier >= -1e-7 * size, "\(comment) \(value) \(multiplier)")
      #expect(value == 0 || abs(multiplier) <= 1e-7 * size, "\(comment)")
    }
  }

  @Test("whatever the covariance, both ways of searching end at the minimum")
  func minimum() throws {
    for path in 0..<150 as Range<UInt64> {
      let (covariance, given) = try Self.problem(2 + Int(path % 11), path: path)
      let projection = NonnegativeProjection(covariance: covariance)
      var pivoted = given
      try projection.project(&pivoted)
      try Self.expectMinimum(pivoted, covariance, given, "pivoting \(path)")
      var searched = given
      try projection.activeSet(&searched, given: given, tolerance: 1e-12)
      try Self.expectMinimum(searched, covariance, given, "active set \(path)")
      #expect(zip(pivoted, searched).allSatisfy { abs($0 - $1) < 1e-7 * (1 + abs($1)) })
    }
  }

  @Test("forecasts without a negative stay as they are")
  func untouched() throws {
    var values = [0.0, 3, 1]
    try NonnegativeProjection(covariance: Matrix(rows: 3, columns: 3, repeating: .nan)).project(&values)
    #expect(values == [0, 3, 1])
  }

  @Test("where forecasts are independent, negatives become zero and nothing else moves")
  func independent() throws {
    var values = [-2.0, 3, -1, 0.5]
    try NonnegativeProjection(covariance: .identity(4)).project(&values)
    #expect(values == [0, 3, 0, 0.5])
  }
}
