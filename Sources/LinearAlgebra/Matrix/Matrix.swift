/// A matrix of doubles: a value, stored by columns.
///
/// A matrix is a window on an array: an offset, a number of rows and columns, and a leading dimension (the
/// distance from one column to the next). Taking a block copies nothing, and BLAS and LAPACK read the block
/// where it stands. A block that is written to first takes a compact copy of itself, so values never change
/// behind anyone's back.
///
/// Rows and columns count from zero. As with `Array`, an index outside is a mistake in the program and stops
/// it; the throwing initialisers are the door for data.
public struct Matrix: Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  private var storage: [Double]
  private var offset: Int
  private var leadingDimension: Int

  /// A matrix with the same value in each cell; a number of rows or columns below zero counts as zero.
  public init(rows: Int, columns: Int, repeating value: Double) {
    self.init(rows: max(0, rows), columns: max(0, columns)) { _, _ in value }
  }

  /// A matrix whose cell in each row and column is computed.
  ///
  /// - Parameters:
  ///   - rows: the number of rows; below zero counts as zero.
  ///   - columns: the number of columns; below zero counts as zero.
  ///   - cell: the value for a row and a column, called column by column.
  public init(rows: Int, columns: Int, cell: (_ row: Int, _ column: Int) -> Double) {
    let (rows, columns) = (max(0, rows), max(0, columns))
    let elements = [Double](unsafeUninitializedCapacity: rows * columns) { buffer, count in
      for column in 0..<columns {
        for row in 0..<rows { buffer.initializeElement(at: column * rows + row, to: cell(row, column)) }
      }
      count = rows * columns
    }
    self.init(rows: rows, columns: columns, compact: elements)
  }

  /// A matrix from its columns laid end to end.
  ///
  /// - Throws: `shapeMismatch` unless there are `rows × columns` values, both at least zero.
  public init(rows: Int, columns: Int, columnMajor values: [Double]) throws(LinearAlgebraError) {
    guard rows >= 0 else { throw .shapeMismatch(what: "rows", expected: 0, found: rows) }
    guard columns >= 0 else { throw .shapeMismatch(what: "columns", expected: 0, found: columns) }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow else { throw .tooLarge(dimension: max(rows, columns)) }
    guard values.count == count else {
      throw .shapeMismatch(what: "values", expected: count, found: values.count)
    }
    self.init(rows: rows, columns: columns, compact: values)
  }

  /// A matrix written row by row, as people write it.
  ///
  /// - Throws: `raggedRow` when a row is not as long as the first.
  public init(_ rows: [[Double]]) throws(LinearAlgebraError) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != columns {
      throw .raggedRow(row: index, expected: columns, found: row.count)
    }
    self.init(rows: rows.count, columns: columns) { rows[$0][$1] }
  }

  /// The identity matrix with `order` rows; an order below zero counts as zero.
  public static func identity(_ order: Int) -> Matrix {
    Matrix(rows: order, columns: order) { $0 == $1 ? 1 : 0 }
  }

  /// Takes over columns that are known to fit.
  init(rows: Int, columns: Int, compact elements: [Double]) {
    self.rows = rows
    self.columns = columns
    storage = elements
    offset = 0
    leadingDimension = max(1, rows)
  }

  private init(window: Matrix, rows: Range<Int>, columns: Range<Int>) {
    self.rows = rows.count
    self.columns = columns.count
    storage = window.storage
    leadingDimension = window.leadingDimension
    offset = window.offset + columns.lowerBound * window.leadingDimension + rows.lowerBound
  }

  /// The value in a row and a column.
  public subscript(row: Int, column: Int) -> Double {
    get {
      checkBounds(row, column)
      return storage[offset + column * leadingDimension + row]
    }
    set {
      checkBounds(row, column)
      // A block must not drag a copy of the whole matrix along when it is written to.
      if !isCompact { self = Matrix(rows: rows, columns: columns, compact: columnMajor) }
      storage[column * leadingDimension + row] = newValue
    }
  }

  /// A block of consecutive rows and columns, which shares its storage with this matrix: nothing is copied.
  public subscript(rows rows: Range<Int>, columns columns: Range<Int>) -> Matrix {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= self.rows && columns.lowerBound >= 0
        && columns.upperBound <= self.columns, "The block reaches outside the matrix.")
    return Matrix(window: self, rows: rows, columns: columns)
  }

  /// The values of one column, from the top.
  public func column(_ column: Int) -> [Double] {
    (0..<rows).map { self[$0, column] }
  }

  /// The values of one row, from the left.
  public func row(_ row: Int) -> [Double] {
    (0..<columns).map { self[row, $0] }
  }

  /// The values on the diagonal, from the top left.
  public var diagonal: [Double] {
    (0..<min(rows, columns)).map { self[$0, $0] }
  }

  /// The matrix mirrored at its diagonal.
  public var transposed: Matrix {
    Matrix(rows: columns, columns: rows) { self[$1, $0] }
  }

  /// The columns laid end to end, without gaps.
  public var columnMajor: [Double] {
    if isCompact { return storage }
    var elements: [Double] = []
    elements.reserveCapacity(rows * columns)
    for column in 0..<columns {
      let start = offset + column * leadingDimension
      elements.append(contentsOf: storage[start..<(start + rows)])
    }
    return elements
  }

  /// Lends the memory of the matrix, without a copy, to code that reads columns `leadingDimension` apart.
  ///
  /// - Parameter body: reads; it must not keep the pointer. For a matrix without cells the pointer must not
  ///   be read.
  public func withUnsafeColumnMajor<Result, Failure: Error>(
    _ body: (_ elements: UnsafePointer<Double>, _ leadingDimension: Int) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try storage.withUnsafeBufferPointer { (buffer) throws(Failure) -> Result in
      guard let base = buffer.baseAddress, rows > 0, columns > 0 else {
        return try withUnsafePointer(to: 0.0) { (zero) throws(Failure) -> Result in
          try body(zero, leadingDimension)
        }
      }
      return try body(base + offset, leadingDimension)
    }
  }

  private var isCompact: Bool {
    offset == 0 && leadingDimension == max(1, rows) && storage.count == rows * columns
  }

  private func checkBounds(_ row: Int, _ column: Int) {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns, "The cell lies outside the matrix.")
  }
}

extension Matrix: Equatable {
  /// Whether two matrices have the same shape and the same values, wherever they are stored.
  public static func == (left: Matrix, right: Matrix) -> Bool {
    guard left.rows == right.rows, left.columns == right.columns else { return false }
    for column in 0..<left.columns {
      for row in 0..<left.rows where left[row, column] != right[row, column] { return false }
    }
    return true
  }
}

extension Matrix: CustomStringConvertible {
  /// The shape and, for up to twelve rows and columns, the values row by row.
  public var description: String {
    let shape = "\(rows) × \(columns)"
    guard rows <= 12, columns <= 12 else { return shape }
    return ([shape] + (0..<rows).map { row($0).map(\.description).joined(separator: " ") })
      .joined(separator: "\n")
  }
}
