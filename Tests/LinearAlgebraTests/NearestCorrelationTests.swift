import LinearAlgebra
import Testing

@Suite("The nearest correlation matrix")
struct NearestCorrelationTests {
  @Test("Higham's example of 2002")
  func publishedExample() throws {
    let nearest = try NearestCorrelation(of: Matrix([[1, 1, 0], [1, 1, 1], [0, 1, 1]]))
    #expect(abs(nearest.matrix[1, 0] - 0.7607) < 5e-5)
    #expect(abs(nearest.matrix[2, 0] - 0.1573) < 5e-5)
    #expect(abs(nearest.distance - 0.5278) < 5e-5)
  }

  @Test("A matrix whose diagonal is not one")
  func secondDifferences() throws {
    let nearest = try NearestCorrelation(
      of: Matrix([[2, -1, 0, 0], [-1, 2, -1, 0], [0, -1, 2, -1], [0, 0, -1, 2]]))
    // The documentation of NAG's g02aa gives this example.
    #expect(abs(nearest.matrix[1, 0] + 0.8084) < 5e-5)
    #expect(abs(nearest.matrix[2, 0] - 0.1916) < 5e-5)
    #expect(abs(nearest.matrix[3, 0] - 0.1068) < 5e-5)
    #expect(abs(nearest.matrix[2, 1] + 0.6562) < 5e-5)
    #expect(nearest.matrix.diagonal == [1, 1, 1, 1])
  }

  @Test("A correlation matrix is left as it is")
  func nothingToMend() throws {
    let matrix = try Matrix([[1, 0.5], [0.5, 1]])
    let nearest = try NearestCorrelation(of: matrix, eigenvalueFloor: 0.1)
    #expect(nearest.matrix == matrix)
    #expect(nearest.distance == 0 && nearest.iterations == 0)
  }

  @Test("No eigenvalue stays below the floor, so there is a Cholesky factor")
  func floor() throws {
    let matrix = Matrix(rows: 12, columns: 12) { $0 == $1 ? 1 : ($0 + $1).isMultiple(of: 3) ? 0.9 : -0.8 }
    let nearest = try NearestCorrelation(of: matrix, eigenvalueFloor: 1e-3)
    let least = try #require(try SymmetricEigendecomposition(nearest.matrix).values.first)
    #expect(least > 0.999e-3)
    _ = try CholeskyFactorisation(nearest.matrix)
    for row in 0..<12 {
      for column in 0..<12 { #expect(abs(nearest.matrix[row, column]) <= 1) }
    }
  }

  @Test("What has no nearest correlation matrix is refused")
  func refusals() throws {
    let matrix = try Matrix([[1, 2], [2, 1]])
    #expect(throws: LinearAlgebraError.invalidEigenvalueFloor(1)) {
      try NearestCorrelation(of: matrix, eigenvalueFloor: 1)
    }
    #expect(throws: LinearAlgebraError.invalidEigenvalueFloor(-0.5)) {
      try NearestCorrelation(of: matrix, eigenvalueFloor: -0.5)
    }
    #expect(throws: LinearAlgebraError.self) {
      try NearestCorrelation(of: Matrix([[1, 1, 0], [1, 1, 1], [0, 1, 1]]), maximumIterations: 2)
    }
    #expect(throws: LinearAlgebraError.self) { try NearestCorrelation(of: Matrix([[1, 2], [3, 1]])) }
    #expect("\(LinearAlgebraError.invalidEigenvalueFloor(1))".contains("zero to below one"))
  }
}
