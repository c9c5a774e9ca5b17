import LinearAlgebra
import Testing

@Suite("Products with blocks of columns")
struct BlockProductTests {
  private func product(
    _ matrix: Matrix, _ block: [Double], columns: Int, stride: Int, room: Int? = nil
  ) throws -> [Double] {
    let product = try BlockProduct(matrix)
    var result = [Double](repeating: .nan, count: room ?? columns * product.order)
    try block.withUnsafeBufferPointer { block in
      try result.withUnsafeMutableBufferPointer {
        try product.transposedProduct(with: block, columns: columns, stride: stride, into: $0)
      }
    }
    return result
  }

  @Test("Each row of the matrix times each column, row after row")
  func values() throws {
    let result = try product(Matrix([[1, 2], [3, 4]]), [1, 0, 9, 5, 6, 9, -1, 1], columns: 3, stride: 3)
    #expect(result == [1, 17, 1, 3, 39, 1])
    #expect(try product(Matrix([[2]]), [], columns: 0, stride: 1) == [])
  }

  @Test("Shapes that do not fit are refused")
  func refusals() throws {
    let matrix = try Matrix([[1, 2], [3, 4]])
    #expect(throws: LinearAlgebraError.self) { try BlockProduct(Matrix([[1, 2]])) }
    #expect(throws: LinearAlgebraError.self) { try product(matrix, [1, 2], columns: 2, stride: 2) }
    #expect(throws: LinearAlgebraError.self) { try product(matrix, [1, 2, 3, 4], columns: 2, stride: 1) }
    #expect(throws: LinearAlgebraError.self) {
      try product(matrix, [1, 2, 3, 4], columns: 2, stride: 2, room: 3)
    }
  }
}
