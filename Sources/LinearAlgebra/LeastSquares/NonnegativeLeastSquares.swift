/// Least squares without negative coefficients: the β ≥ 0 that minimises ‖Xβ − y‖ (C. L. Lawson and R. J. Hanson,
/// *Solving Least Squares Problems*, 1974, chapter 23).
///
/// The columns with a positive coefficient are found one after the other: the one along which the residuals fall most is
/// let in, and those that would turn negative are put out again. Ends after finitely many steps with the conditions
/// of Kuhn and Tucker: Xᵀ(y − Xβ) is zero where β is positive, and nowhere else above zero.
public struct NonnegativeLeastSquares: Sendable, Hashable {
  /// β, one for each column, none below zero.
  public let coefficients: [Double]
  /// ‖y − Xβ‖².
  public let residualSumOfSquares: Double

  /// Solves one problem, in O(mn) for each step and O(mk²) for k positive coefficients.
  ///
  /// - Parameters:
  ///   - design: X, m × n; m may be below n.
  ///   - response: y, m values.
  /// - Throws: `empty`, `nonFinite`, `shapeMismatch`, `nonFiniteResponse`. Columns that cannot be told apart are no error:
  ///   the later of them stays at zero.
  public init(design: Matrix, response: [Double]) throws(LinearAlgebraError) {
    try design.checkUsable(columnNames: nil)
    guard response.count == design.rows else {
      throw .shapeMismatch(what: "responses", expected: design.rows, found: response.count)
    }
    if let row = response.firstIndex(where: { !$0.isFinite }) { throw .nonFiniteResponse(row: row) }
    let columns = (0..<design.columns).map { design.column($0) }
    var search = ActiveColumns(columns: columns, response: response)
    search.run()
    coefficients = search.coefficients
    residualSumOfSquares = search.residuals.reduce(0) { $0 + $1 * $1 }
  }
}

/// The state of the search: which columns have a coefficient, and what it is.
private struct ActiveColumns {
  let columns: [[Double]]
  let response: [Double]
  var coefficients: [Double]
  var residuals: [Double]
  private var active: [Int] = []
  /// Columns that were found to be combinations of the active ones, until the active set changes.
  private var excluded: Set<Int> = []
  private let norms: [Double]

  init(columns: [[Double]], response: [Double]) {
    self.columns = columns
    self.response = response
    coefficients = columns.map { _ in 0 }
    residuals = response
    norms = columns.map { Self.product($0, $0).squareRoot() }
  }

  /// A gradient smaller than this share of what the norms allow is rounding.
  private static let rounding = 1e-13

  mutating func run() {
    let size = Self.product(response, response).squareRoot()
    // Three turns for each column are more than are ever needed; only rounding could ask for others.
    for _ in 0..<(3 * columns.count + 3) {
      guard let next = steepest(size) else { return }
      active.append(next)
      guard let wanted = solution() else {
        active.removeLast()
        excluded.insert(next)
        continue
      }
      guard wanted[active.count - 1] > 0 else {
        // Rounding made a column look useful that is not.
        active.removeLast()
        excluded.insert(next)
        continue
      }
      excluded.removeAll()
      move(towards: wanted)
    }
  }

  /// The column along which the residuals fall most for its length; nil where none does.
  private func steepest(_ size: Double) -> Int? {
    var best: (column: Int, slope: Double)?
    for column in columns.indices
    where !active.contains(column) && !excluded.contains(column) && norms[column] > 0 {
      let slope = Self.product(columns[column], residuals) / norms[column]
      if slope > Self.rounding * size, slope > best?.slope ?? 0 { best = (column, slope) }
    }
    return best?.column
  }

  /// Goes to the least squares solution of the active columns, putting out those that reach zero on the way.
  private mutating func move(towards first: [Double]) {
    var wanted = first
    while wanted.contains(where: { $0 <= 0 }) {
      var step = 1.0
      for (column, then) in zip(active, wanted) where then <= 0 {
        let now = coefficients[column]
        step = min(step, now / (now - then))
      }
      var kept: [Int] = []
      for (column, then) in zip(active, wanted) {
        let now = coefficients[column]
        let isAtZero = then <= 0 && now / (now - then) <= step
        coefficients[column] = isAtZero ? 0 : now + step * (then - now)
        if !isAtZero { kept.append(column) }
      }
      active = kept
      // Fewer columns of a set that was solvable are solvable.
      wanted = solution() ?? active.map { coefficients[$0] }
    }
    for (column, value) in zip(active, wanted) { coefficients[column] = value }
    residuals = response
    for column in active {
      for row in residuals.indices { residuals[row] -= coefficients[column] * columns[column][row] }
    }
  }

  /// The least squares coefficients of the active columns by modified Gram and Schmidt, taken twice so that no digits are
  /// lost; nil where the last column is a combination of the others.
  private func solution() -> [Double]? {
    let count = active.count
    var basis: [[Double]] = []
    var triangle = [Double](repeating: 0, count: count * count)
    for place in 0..<count {
      var vector = columns[active[place]]
      for _ in 0..<2 {
        for earlier in 0..<place {
          let share = Self.product(basis[earlier], vector)
          triangle[earlier * count + place] += share
          for row in vector.indices { vector[row] -= share * basis[earlier][row] }
        }
      }
      let norm = Self.product(vector, vector).squareRoot()
      guard norm > 1e-11 * norms[active[place]] else { return nil }
      triangle[place * count + place] = norm
      basis.append(vector.map { $0 / norm })
    }
    var rest = response
    var coefficients = [Double](repeating: 0, count: count)
    for place in 0..<count {
      let share = Self.product(basis[place], rest)
      coefficients[place] = share
      for row in rest.indices { rest[row] -= share * basis[place][row] }
    }
    for place in stride(from: count - 1, through: 0, by: -1) {
      for later in (place + 1)..<max(count, place + 1) {
        coefficients[place] -= triangle[place * count + later] * coefficients[later]
      }
      coefficients[place] /= triangle[place * count + place]
    }
    return coefficients
  }

  private static func product(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for index in first.indices { sum += first[index] * second[index] }
    return sum
  }
}
