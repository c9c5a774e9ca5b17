import LinearAlgebra
import RealModule
import Statistics

/// The walk from vertex to vertex that ends at the minimum of a sum of tilted absolute values.
///
/// The unknowns are coefficients of an orthonormal basis of the design and the response is what least squares
/// left over, so that the numbers are of one size whatever the units.
struct QuantileVertexSearch {
  /// The rows that the present solution passes through.
  private(set) var basis: [Int] = []
  /// How many edges were walked.
  private(set) var steps = 0
  private let probability: Double
  private let count: Int
  private let columns: Int
  /// Q, by rows.
  private let rows: [Double]
  /// The response, moved off ties.
  private let response: [Double]
  /// `Q Q_B⁻¹`, by rows: how much row i moves when basic row j moves by one.
  private var directions: [Double]
  private var residuals: [Double]

  init(design: Matrix, errors: [Double], probability: Double) throws(LinearAlgebraError) {
    let orthogonal = try QRFactorisation(design).orthogonalBasis()
    (count, columns) = (design.rows, design.columns)
    self.probability = probability
    var rows: [Double] = []
    rows.reserveCapacity(design.rows * design.columns)
    for row in 0..<design.rows { for column in 0..<design.columns { rows.append(orthogonal[row, column]) } }
    self.rows = rows
    // A ten-thousand-millionth of the size of the errors separates ties and is far above the rounding of the
    // search.
    var stream = RandomStream(seed: 0, name: "ties of a quantile regression")
    let size = errors.reduce(0) { max($0, abs($1)) }
    response = errors.map { $0 + 1e-10 * size * (0.5 + stream.uniform()) }
    directions = [Double](repeating: 0, count: design.rows * design.columns)
    residuals = response
    // The rows that pivoting picks first are as independent as any.
    let pivoted = try PivotedQRFactorisation(orthogonal.transposed)
    basis = Array(pivoted.permutation.prefix(design.columns))
  }

  /// Walks until no edge leads down.
  mutating func run() throws(LinearAlgebraError) {
    // Every step lowers the objective, so no vertex is met twice; the bound only guards against rounding.
    for _ in 0..<(100 * (count + columns)) {
      try refresh()
      guard let (position, sign) = steepestEdge() else { return }
      guard let entering = lineSearch(along: position, sign: sign) else { return }
      basis[position] = entering
      steps += 1
    }
    throw .notConverged(routine: "the search for a quantile regression")
  }

  /// Computes directions and residuals of the present basis anew, so that rounding does not accumulate.
  private mutating func refresh() throws(LinearAlgebraError) {
    let k = columns
    let square = Matrix(rows: k, columns: k) { rows[basis[$1] * k + $0] }
    let all = Matrix(rows: k, columns: count) { rows[$1 * k + $0] }
    let solved = try SquareSystem.solve(square, all)
    for row in 0..<count {
      var fitted = 0.0
      for j in 0..<k {
        let share = solved[j, row]
        directions[row * k + j] = share
        fitted += share * response[basis[j]]
      }
      residuals[row] = response[row] - fitted
    }
    for row in basis { residuals[row] = 0 }
  }

  /// The edge along which the objective falls fastest; nil at the minimum.
  private func steepestEdge() -> (position: Int, sign: Double)? {
    var isBasic = [Bool](repeating: false, count: count)
    for row in basis { isBasic[row] = true }
    var pulls = [Double](repeating: 0, count: columns)
    for row in 0..<count where !isBasic[row] {
      let slope = residuals[row] < 0 ? probability - 1 : probability
      for j in 0..<columns { pulls[j] += slope * directions[row * columns + j] }
    }
    var best: (position: Int, sign: Double)?
    var steepest = -1e-9
    for j in 0..<columns {
      // Raising the basic row makes its residual negative, lowering it positive.
      let up = 1 - probability - pulls[j]
      let down = probability + pulls[j]
      if up < steepest { (steepest, best) = (up, (j, 1)) }
      if down < steepest { (steepest, best) = (down, (j, -1)) }
    }
    return best
  }

  /// The observation at which the objective stops falling: a weighted median of the crossings.
  private func lineSearch(along position: Int, sign: Double) -> Int? {
    var slope = sign > 0 ? 1 - probability : probability
    var crossings: [(distance: Double, row: Int, weight: Double)] = []
    for row in 0..<count where row != basis[position] && !basis.contains(row) {
      let speed = sign * directions[row * columns + position]
      slope -= speed * (residuals[row] < 0 ? probability - 1 : probability)
      guard abs(speed) > 1e-13 else { continue }
      let distance = residuals[row] / speed
      if distance > 0 { crossings.append((distance, row, abs(speed))) }
    }
    crossings.sort { ($0.distance, $0.row) < ($1.distance, $1.row) }
    for crossing in crossings {
      slope += crossing.weight
      if slope >= 0 { return crossing.row }
    }
    return nil
  }
}
