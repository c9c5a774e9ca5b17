import Foundation
import LinearAlgebra
import Testing

@Suite("Least squares without negative coefficients")
struct NonnegativeLeastSquaresTests {
  private struct Reference: Decodable {
    let design: [[Double]]
    let response: [Double]
    let coefficients: [Double]
    let residualNorm: Double
  }

  @Test("agrees with scipy.optimize.nnls 1.17.1 on shapes tall and wide")
  func references() throws {
    let url = try #require(
      Bundle.module.url(forResource: "nnls", withExtension: "json", subdirectory: "Fixtures/nnls"))
    let references = try JSONDecoder().decode([Reference].self, from: try Data(contentsOf: url))
    #expect(references.count == 6)
    for reference in references {
      let found = try NonnegativeLeastSquares(
        design: try Matrix(reference.design), response: reference.response)
      // With more columns than rows many coefficients may fit alike, and only the fit is compared.
      if reference.design.count >= reference.design[0].count {
        for (value, expected) in zip(found.coefficients, reference.coefficients) {
          #expect(abs(value - expected) < 1e-10)
        }
      }
      #expect(abs(found.residualSumOfSquares.squareRoot() - reference.residualNorm) < 1e-10)
    }
  }

  @Test("meets the conditions of Kuhn and Tucker on random problems")
  func optimality() throws {
    var generator = SplitMix64(seed: 12)
    for round in 0..<200 {
      let (rows, columns) = (1 + round % 9, 1 + (round / 9) % 12)
      let design = try generator.matrix(rows, columns)
      let response = try generator.matrix(rows, 1).column(0)
      let found = try NonnegativeLeastSquares(design: design, response: response)
      var residuals = response
      for column in 0..<columns {
        #expect(found.coefficients[column] >= 0)
        for row in 0..<rows { residuals[row] -= design[row, column] * found.coefficients[column] }
      }
      for column in 0..<columns {
        var slope = 0.0
        for row in 0..<rows { slope += design[row, column] * residuals[row] }
        #expect(slope < 1e-9, "\(rows) × \(columns)")
        if found.coefficients[column] > 0 { #expect(abs(slope) < 1e-9) }
      }
    }
  }

  @Test("leaves at zero a column that repeats another, or holds nothing")
  func repeated() throws {
    let design = Matrix(rows: 4, columns: 3) { row, column in column == 2 ? 0 : Double(row + 1) }
    let found = try NonnegativeLeastSquares(design: design, response: [2, 4, 6, 8])
    #expect(abs(found.coefficients[0] - 2) < 1e-12)
    #expect(Array(found.coefficients[1...]) == [0, 0])
    let away = try NonnegativeLeastSquares(design: design, response: [-2, -4, -6, -8])
    #expect(away.coefficients == [0, 0, 0])
    #expect(abs(away.residualSumOfSquares - 120) < 1e-12)
  }

  @Test("refuses numbers that are none and shapes that do not match")
  func refusals() throws {
    let design = Matrix(rows: 2, columns: 1, repeating: 1)
    #expect(throws: LinearAlgebraError.self) {
      try NonnegativeLeastSquares(design: design, response: [1, 2, 3])
    }
    #expect(throws: LinearAlgebraError.self) {
      try NonnegativeLeastSquares(design: design, response: [1, .nan])
    }
    #expect(throws: LinearAlgebraError.self) {
      try NonnegativeLeastSquares(
        design: Matrix(rows: 2, columns: 1, repeating: .infinity), response: [1, 2])
    }
  }
}
