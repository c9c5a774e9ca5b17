import LinearAlgebra
import Testing

@Suite("A matrix is a value, stored by columns")
struct MatrixTests {
  let matrix = Matrix(rows: 4, columns: 3) { Double(10 * $0 + $1) }

  @Test("Rows, columns and cells are where they were written")
  func layout() throws {
    let written = try Matrix([[1, 2, 3], [4, 5, 6]])
    #expect(written.rows == 2 && written.columns == 3)
    #expect(written.columnMajor == [1, 4, 2, 5, 3, 6])
    #expect(written.row(1) == [4, 5, 6])
    #expect(written.column(2) == [3, 6])
    #expect(written.diagonal == [1, 5])
    #expect(written == (try Matrix(rows: 2, columns: 3, columnMajor: [1, 4, 2, 5, 3, 6])))
    #expect(written.transposed == (try Matrix([[1, 4], [2, 5], [3, 6]])))
    #expect(Matrix(rows: 2, columns: 2, repeating: 7).columnMajor == [7, 7, 7, 7])
    #expect(Matrix.identity(2) == (try Matrix([[1, 0], [0, 1]])))
  }

  @Test("Matrices differ by shape and by value")
  func equality() {
    var other = matrix
    #expect(other == matrix)
    other[3, 2] = -1
    #expect(other != matrix)
    #expect(matrix != matrix.transposed)
    #expect(Matrix(rows: 0, columns: 3, repeating: 0) != Matrix(rows: 0, columns: 2, repeating: 0))
  }

  @Test("A block shares the memory of its matrix")
  func blockSharesStorage() {
    let block = matrix[rows: 1..<3, columns: 1..<3]
    #expect(block.columnMajor == [11, 21, 12, 22])
    matrix.withUnsafeColumnMajor { whole, wholeStride in
      block.withUnsafeColumnMajor { part, partStride in
        #expect(part == whole + (wholeStride + 1))
        #expect(partStride == wholeStride)
      }
    }
  }

  @Test("A block of a block is a block of the matrix")
  func nestedBlocks() {
    let inner = matrix[rows: 1..<4, columns: 0..<3][rows: 1..<3, columns: 1..<2]
    #expect(inner.columnMajor == [21, 31])
    #expect(inner == matrix[rows: 2..<4, columns: 1..<2])
    #expect(inner.transposed.columnMajor == [21, 31])
  }

  @Test("Writing to a block leaves the matrix alone, and the other way round")
  func blocksAreValues() {
    var whole = matrix
    var block = whole[rows: 1..<3, columns: 0..<2]
    block[0, 0] = -1
    #expect(whole == matrix)
    #expect(block.columnMajor == [-1, 20, 11, 21])
    let untouched = whole[rows: 0..<2, columns: 0..<1]
    whole[0, 0] = 99
    #expect(untouched.columnMajor == [0, 10])
    #expect(whole[0, 0] == 99)
  }

  @Test("A block that is written to stops carrying the whole matrix")
  func writtenBlockIsCompact() {
    var block = matrix[rows: 1..<3, columns: 0..<2]
    block[1, 1] = 5
    block.withUnsafeColumnMajor { _, stride in #expect(stride == 2) }
  }

  @Test("A matrix without cells can be lent, multiplied and compared")
  func emptyMatrices() throws {
    let empty = Matrix(rows: 0, columns: 3, repeating: 1)
    #expect(empty.withUnsafeColumnMajor { _, stride in stride } == 1)
    let unwritten = try Matrix([])
    #expect(unwritten.columns == 0)
    #expect(
      try Matrix(rows: 2, columns: 0, repeating: 0) * empty == Matrix(rows: 2, columns: 3, repeating: 0))
    #expect(try empty.transposedTimes([]) == [0, 0, 0])
    #expect(Matrix(rows: -1, columns: 2, repeating: 0).rows == 0)
  }

  @Test("Values that do not fill the shape are refused")
  func wrongCount() {
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "values", expected: 4, found: 3)) {
      try Matrix(rows: 2, columns: 2, columnMajor: [1, 2, 3])
    }
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "rows", expected: 0, found: -1)) {
      try Matrix(rows: -1, columns: 2, columnMajor: [])
    }
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "columns", expected: 0, found: -2)) {
      try Matrix(rows: 1, columns: -2, columnMajor: [])
    }
    #expect(throws: LinearAlgebraError.tooLarge(dimension: .max)) {
      try Matrix(rows: .max, columns: 2, columnMajor: [])
    }
    #expect(throws: LinearAlgebraError.raggedRow(row: 1, expected: 2, found: 1)) {
      try Matrix([[1, 2], [3]])
    }
  }

  @Test("Products agree with the definition, also on blocks and transposes")
  func products() throws {
    var generator = SplitMix64(seed: 1)
    let whole = try generator.matrix(9, 8)
    let (a, b) = (whole[rows: 2..<7, columns: 1..<5], whole[rows: 0..<4, columns: 5..<8])
    let expected = Matrix(rows: 5, columns: 3) { row, column in
      (0..<4).reduce(0) { $0 + a[row, $1] * b[$1, column] }
    }
    #expect(relativeDistance(try a * b, expected) < 1e-15)
    #expect(relativeDistance(try a.transposed.transposedTimes(b), expected) < 1e-15)
    #expect(relativeDistance(try a * b.column(1), expected.column(1)) < 1e-15)
    #expect(relativeDistance(try a.transposed.transposedTimes(b.column(2)), expected.column(2)) < 1e-15)
  }

  @Test("Factors that do not fit together are refused")
  func productShapes() {
    #expect(
      throws: LinearAlgebraError.shapeMismatch(what: "rows in the second factor", expected: 3, found: 4)
    ) { try matrix * matrix }
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "values in the vector", expected: 3, found: 1)) {
      try matrix * [1]
    }
  }

  @Test("A small matrix prints its values, a large one its shape")
  func description() throws {
    #expect(try Matrix([[1, 2], [3, 4]]).description == "2 × 2\n1.0 2.0\n3.0 4.0")
    #expect(Matrix(rows: 13, columns: 2, repeating: 0).description == "13 × 2")
  }
}
