import Foundation
import LinearAlgebra
import Testing

@Suite("Factorisations give back the matrix they were made from")
struct FactorisationTests {
  static let shapes = [(1, 1), (4, 4), (12, 5), (40, 17), (3, 3)]

  @Test("QR reproduces the matrix with an orthonormal Q", arguments: shapes)
  func qr(rows: Int, columns: Int) throws {
    var generator = SplitMix64(seed: UInt64(rows))
    let matrix = try generator.matrix(rows, columns)
    let factorisation = try QRFactorisation(matrix)
    let q = try factorisation.orthogonalBasis()
    #expect(relativeDistance(try q * factorisation.upper, matrix) < 1e-14)
    #expect(relativeDistance(try q.transposedTimes(q), .identity(columns)) < 1e-14)
  }

  @Test("QR solves least squares: the residual is orthogonal to every column")
  func qrSolve() throws {
    var generator = SplitMix64(seed: 2)
    let (matrix, response) = (try generator.matrix(20, 4), generator.vector(20))
    let solution = try QRFactorisation(matrix).solve(response)
    let residual = zip(response, try matrix * solution).map(-)
    #expect(try matrix.transposedTimes(residual).allSatisfy { abs($0) < 1e-14 })
  }

  @Test("QR refuses what it cannot solve")
  func qrErrors() throws {
    #expect(throws: LinearAlgebraError.tooFewRows(rows: 1, columns: 2)) {
      try QRFactorisation(Matrix(rows: 1, columns: 2, repeating: 1))
    }
    let factorisation = try QRFactorisation(try Matrix([[1, 0], [1, 0], [1, 0]]))
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "responses", expected: 3, found: 1)) {
      try factorisation.solve([1])
    }
    #expect(throws: LinearAlgebraError.nonFiniteResponse(row: 2)) { try factorisation.solve([1, 2, .nan]) }
    #expect(
      throws: LinearAlgebraError.rankDeficient(
        column: .init(index: 1), dependsOn: [.init(index: 0)], rank: 1, columns: 2)
    ) { try factorisation.solve([1, 2, 3]) }
  }

  @Test("Pivoted QR reproduces the permuted matrix and orders its diagonal", arguments: shapes + [(5, 9)])
  func pivotedQR(rows: Int, columns: Int) throws {
    var generator = SplitMix64(seed: UInt64(7 * rows))
    let matrix = try generator.matrix(rows, columns)
    let factorisation = try PivotedQRFactorisation(matrix)
    let permuted = Matrix(rows: rows, columns: columns) { matrix[$0, factorisation.permutation[$1]] }
    #expect(relativeDistance(try factorisation.orthogonalBasis() * factorisation.upper, permuted) < 1e-14)
    let diagonal = factorisation.upper.diagonal.map(abs)
    #expect(zip(diagonal, diagonal.dropFirst()).allSatisfy { $0 >= $1 * (1 - 1e-12) })
    #expect(factorisation.rank == min(rows, columns))
  }

  @Test("The numerical rank is the number of independent columns", arguments: 1...5)
  func rank(of rank: Int) throws {
    var generator = SplitMix64(seed: UInt64(rank))
    let matrix = try generator.matrix(15, rank) * generator.matrix(rank, 6)
    let factorisation = try PivotedQRFactorisation(matrix)
    #expect(factorisation.rank == rank)
    #expect(try SingularValueDecomposition(matrix).rank() == rank)
    #expect(try factorisation.conditionEstimate() == .infinity)
    #expect(try factorisation.dependence() != nil)
    #expect(try PivotedQRFactorisation(matrix, tolerance: 2).rank == 0)
  }

  @Test("A matrix of zeros has rank zero")
  func rankOfZeros() throws {
    let zeros = Matrix(rows: 3, columns: 2, repeating: 0)
    #expect(try PivotedQRFactorisation(zeros).rank == 0)
    #expect(try PivotedQRFactorisation(zeros).dependence()?.others == [])
    #expect(try SingularValueDecomposition(zeros).rank() == 0)
    #expect(try SingularValueDecomposition(zeros).conditionNumber == .infinity)
  }

  @Test("Cholesky reproduces the matrix, solves with it and knows its determinant", arguments: [1, 3, 20])
  func cholesky(order: Int) throws {
    var generator = SplitMix64(seed: UInt64(order))
    let root = try generator.matrix(order + 5, order)
    let matrix = try root.transposedTimes(root)
    let factorisation = try CholeskyFactorisation(matrix)
    let lower = factorisation.lower
    #expect(relativeDistance(try lower * lower.transposed, matrix) < 1e-14)
    let solution = generator.vector(order)
    #expect(relativeDistance(try factorisation.solve(try matrix * solution), solution) < 1e-10)
    #expect(relativeDistance(try factorisation.solve(matrix), .identity(order)) < 1e-10)
    let eigenvalues = try SymmetricEigendecomposition(matrix).values
    let logDeterminant = eigenvalues.reduce(0) { $0 + log($1) }
    #expect(abs(factorisation.logDeterminant - logDeterminant) < 1e-10)
  }

  @Test("Cholesky names the column at which a matrix stops being positive definite")
  func choleskyErrors() throws {
    #expect(throws: LinearAlgebraError.notPositiveDefinite(column: .init(index: 1))) {
      try CholeskyFactorisation(try Matrix([[1, 2], [2, 1]]))
    }
    #expect(throws: LinearAlgebraError.notSymmetric(row: 0, column: 1)) {
      try CholeskyFactorisation(try Matrix([[1, 2], [0, 1]]))
    }
    #expect(
      throws: LinearAlgebraError.shapeMismatch(what: "columns in a square matrix", expected: 1, found: 2)
    ) { try CholeskyFactorisation(try Matrix([[1, 2]])) }
    let factorisation = try CholeskyFactorisation(.identity(2))
    #expect(
      throws: LinearAlgebraError.shapeMismatch(what: "rows on the right-hand side", expected: 2, found: 3)
    ) { try factorisation.solve([1, 2, 3]) }
    #expect(throws: LinearAlgebraError.nonFinite(column: .init(index: 0), row: 1)) {
      try factorisation.solve([1, .infinity])
    }
  }

  @Test("Eigenvalues ascend, and the vectors diagonalise the matrix", arguments: [1, 2, 15])
  func eigen(order: Int) throws {
    var generator = SplitMix64(seed: UInt64(order + 40))
    let half = try generator.matrix(order, order)
    let matrix = Matrix(rows: order, columns: order) { half[$0, $1] + half[$1, $0] }
    let decomposition = try SymmetricEigendecomposition(matrix)
    let (values, vectors) = (decomposition.values, decomposition.vectors)
    #expect(values == values.sorted())
    #expect(relativeDistance(try vectors.transposedTimes(vectors), .identity(order)) < 1e-14)
    let scaled = Matrix(rows: order, columns: order) { vectors[$0, $1] * values[$1] }
    #expect(relativeDistance(try scaled * vectors.transposed, matrix) < 1e-13)
    for column in 0..<order {
      let largest = vectors.column(column).max { abs($0) < abs($1) }
      #expect((largest ?? 0) > 0)
    }
  }

  @Test("Singular values descend, and the parts multiply to the matrix", arguments: shapes + [(4, 11)])
  func singularValues(rows: Int, columns: Int) throws {
    var generator = SplitMix64(seed: UInt64(rows + 100 * columns))
    let matrix = try generator.matrix(rows, columns)
    let parts = try SingularValueDecomposition(matrix)
    #expect(parts.values == parts.values.sorted(by: >))
    let scaled = Matrix(rows: rows, columns: parts.values.count) { parts.left[$0, $1] * parts.values[$1] }
    #expect(relativeDistance(try scaled * parts.right.transposed, matrix) < 1e-13)
    #expect(
      relativeDistance(try parts.left.transposedTimes(parts.left), .identity(min(rows, columns))) < 1e-14)
    #expect(parts.conditionNumber >= 1)
  }

  @Test("The condition estimate is of the size of the true condition number")
  func condition() throws {
    let hilbert = Matrix(rows: 8, columns: 8) { 1 / Double($0 + $1 + 1) }
    let estimate = try PivotedQRFactorisation(hilbert).conditionEstimate()
    let truth = try SingularValueDecomposition(hilbert).conditionNumber
    #expect(estimate > truth / 10 && estimate < truth * 10)
  }

  @Test("No factorisation takes a matrix that is empty or not finite")
  func unusable() throws {
    let empty = Matrix(rows: 0, columns: 2, repeating: 0)
    var broken = Matrix.identity(3)
    broken[2, 1] = .nan
    let nonFinite = LinearAlgebraError.nonFinite(column: .init(index: 1), row: 2)
    #expect(throws: LinearAlgebraError.empty(rows: 0, columns: 2)) { try QRFactorisation(empty) }
    #expect(throws: LinearAlgebraError.empty(rows: 0, columns: 2)) { try PivotedQRFactorisation(empty) }
    #expect(throws: nonFinite) { try QRFactorisation(broken) }
    #expect(throws: nonFinite) { try PivotedQRFactorisation(broken) }
    #expect(throws: nonFinite) { try CholeskyFactorisation(broken) }
    #expect(throws: nonFinite) { try SymmetricEigendecomposition(broken) }
    #expect(throws: nonFinite) { try SingularValueDecomposition(broken) }
  }
}
