import Foundation
import LinearAlgebra
import Testing

@Suite("A banded factorisation is the dense one without the zeros")
struct BandedCholeskyTests {
  static let shapes = [(0, 1), (0, 5), (1, 2), (2, 3), (2, 40), (3, 17), (9, 4)]

  /// A positive definite matrix that is zero outside a band: a lower triangle of that width times its transpose.
  static func matrix(bandwidth: Int, order: Int) throws -> Matrix {
    var generator = SplitMix64(seed: UInt64(100 * bandwidth + order))
    let half = try generator.matrix(order, order)
    let lower = Matrix(rows: order, columns: order) { row, column in
      row == column
        ? 1 + abs(half[row, row]) : row > column && row - column <= bandwidth ? half[row, column] : 0
    }
    return try lower * lower.transposed
  }

  @Test("it solves what it was made from, and knows the determinant", arguments: shapes)
  func solves(bandwidth: Int, order: Int) throws {
    let matrix = try Self.matrix(bandwidth: bandwidth, order: order)
    let banded = try BandedCholesky(bandwidth: bandwidth, order: order) { matrix[$0, $1] }
    let dense = try CholeskyFactorisation(matrix)
    #expect(banded.bandwidth == min(bandwidth, order - 1))
    #expect(banded.order == order)
    #expect(abs(banded.logDeterminant - dense.logDeterminant) < 1e-12 * Double(order))
    var generator = SplitMix64(seed: 3)
    let solution = generator.vector(order)
    #expect(relativeDistance(try banded.solve(try matrix * solution), solution) < 1e-9)
    #expect(relativeDistance(try banded.solve(matrix), .identity(order)) < 1e-9)
  }

  @Test("the band of the inverse is the band of the inverse", arguments: shapes)
  func inverse(bandwidth: Int, order: Int) throws {
    let matrix = try Self.matrix(bandwidth: bandwidth, order: order)
    let banded = try BandedCholesky(bandwidth: bandwidth, order: order) { matrix[$0, $1] }
    let inverse = try CholeskyFactorisation(matrix).solve(.identity(order))
    let band = banded.inverseBand
    #expect(band.count == banded.bandwidth + 1)
    for (distance, diagonal) in band.enumerated() {
      let expected = (0..<(order - distance)).map { inverse[$0 + distance, $0] }
      let scale = inverse.diagonal.reduce(0, max)
      #expect(zip(diagonal, expected).allSatisfy { abs($0 - $1) < 1e-10 * scale })
      #expect(diagonal.count == expected.count)
    }
  }

  @Test("only the lower band is asked for, each cell once, column by column")
  func cells() throws {
    var asked: [[Int]] = []
    _ = try BandedCholesky(bandwidth: 1, order: 3) { row, column in
      asked.append([row, column])
      return row == column ? 2 : -1
    }
    #expect(asked == [[0, 0], [1, 0], [1, 1], [2, 1], [2, 2]])
  }

  @Test("what cannot be factorised or solved is refused, and its column named")
  func refusals() throws {
    #expect(throws: LinearAlgebraError.notPositiveDefinite(column: .init(index: 1))) {
      try BandedCholesky(bandwidth: 1, order: 3) { $0 == $1 ? 1 : 2 }
    }
    #expect(throws: LinearAlgebraError.nonFinite(column: .init(index: 1), row: 2)) {
      try BandedCholesky(bandwidth: 1, order: 3) { $0 == 2 && $1 == 1 ? .nan : 1 }
    }
    #expect(throws: LinearAlgebraError.empty(rows: 0, columns: 0)) {
      try BandedCholesky(bandwidth: 1, order: 0) { _, _ in 1 }
    }
    #expect(
      throws: LinearAlgebraError.shapeMismatch(what: "diagonals below the main one", expected: 0, found: -1)
    ) { try BandedCholesky(bandwidth: -1, order: 2) { _, _ in 1 } }
    #expect(throws: LinearAlgebraError.tooLarge(dimension: 1 << 40)) {
      try BandedCholesky(bandwidth: 0, order: 1 << 40) { _, _ in 1 }
    }
    let banded = try BandedCholesky(bandwidth: 0, order: 2) { _, _ in 4 }
    #expect(
      throws: LinearAlgebraError.shapeMismatch(what: "rows on the right-hand side", expected: 2, found: 1)
    ) { try banded.solve([1]) }
    #expect(throws: LinearAlgebraError.nonFinite(column: .init(index: 0), row: 1)) {
      try banded.solve([1, .infinity])
    }
    #expect(try banded.solve([4, 8]) == [1, 2])
  }
}
