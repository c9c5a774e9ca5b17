/// A design made ready for least squares: its columns scaled to norms near one, factorised, its rank checked,
/// and the inverse cross-product `(XᵀWX)⁻¹` that standard errors and leverages need.
///
/// All scaling is by powers of two and therefore exact: it changes the condition number, not the problem.
struct EquilibratedDesign: Sendable {
  let rows: Int
  let columns: Int
  /// Column j of the design is `2^columnExponents[j]` times column j of the system.
  let columnExponents: [Int]
  /// The weights are `4^weightExponent` times those of the system.
  let weightExponent: Int
  let system: AugmentedSystem
  let isRefined: Bool
  /// `(XᵀWX)⁻¹` of the scaled system, columns × columns.
  let inverse: DoubleDoubleVector
  let leverages: [Double]
  /// The number of rows with a weight above zero.
  let effectiveRows: Int
  /// Whether a constant lies in the space of the columns.
  let hasIntercept: Bool

  /// - Throws: `invalidWeight`, `shapeMismatch`, `tooFewRows`, `rankDeficient`, `illConditioned`.
  init(
    _ design: Matrix, names: [String]?, weights: [Double]?, refined: Bool
  ) throws(LinearAlgebraError) {
    (rows, columns, isRefined) = (design.rows, design.columns, refined)
    let (m, n) = (rows, columns)
    let scaledWeights = try ScaledWeights(weights, rows: m)
    weightExponent = scaledWeights.exponent
    effectiveRows = scaledWeights.effectiveRows
    guard effectiveRows >= n else { throw .tooFewRows(rows: effectiveRows, columns: n) }

    var elements = design.columnMajor
    var weighted = elements
    var exponents = [Int](repeating: 0, count: n)
    for column in 0..<n {
      let range = (column * m)..<((column + 1) * m)
      let exponent = Self.exponent(of: elements[range], roots: scaledWeights.roots)
      exponents[column] = exponent
      for index in range {
        elements[index] = elements[index].scaled(byPowerOfTwo: -exponent)
        weighted[index] = elements[index] * (scaledWeights.roots?[index - column * m] ?? 1)
      }
    }
    columnExponents = exponents

    let factor = try PivotedQRFactorisation(Matrix(rows: m, columns: n, compact: weighted))
    func reference(_ index: Int) -> ColumnReference { .init(index: index, name: names?[index]) }
    if let dependence = try factor.dependence() {
      throw .rankDeficient(
        column: reference(dependence.column), dependsOn: dependence.others.map(reference), rank: factor.rank,
        columns: n)
    }
    system = AugmentedSystem(
      design: elements, weights: scaledWeights.values, roots: scaledWeights.roots, factor: factor,
      conditionEstimate: try factor.conditionEstimate(), names: names)

    var targets = [Double](repeating: 0, count: n * n)
    for column in 0..<n { targets[column * n + column] = -1 }
    let solution = try system.solve(upper: nil, lower: targets, count: n, refined: refined)
    inverse = solution.unknowns
    leverages = Self.leverages(solution.residuals, design: elements, weights: scaledWeights.values, rows: m)
    hasIntercept = try Self.containsConstant(factor, roots: scaledWeights.roots)
  }

  /// Solves for one response; `exponent` is the power of two taken out of the response and so out of the
  /// answer.
  func solve(
    _ response: [Double]
  ) throws(LinearAlgebraError) -> (solution: AugmentedSystem.Solution, scaled: [Double], exponent: Int) {
    let exponent = response.reduce(0) { max($0, $1.magnitude) }.binaryExponent
    let scaled = response.map { $0.scaled(byPowerOfTwo: -exponent) }
    return (try system.solve(upper: scaled, lower: nil, count: 1, refined: isRefined), scaled, exponent)
  }

  /// The power of two nearest below the norm of a weighted column.
  private static func exponent(of column: ArraySlice<Double>, roots: [Double]?) -> Int {
    // The largest element is taken out first, so that no square leaves the range of doubles.
    let largest = column.enumerated().reduce(0.0) { result, element in
      (roots?[element.offset] ?? 1) == 0 ? result : max(result, element.element.magnitude)
    }.binaryExponent
    let squares = column.enumerated().reduce(0.0) { sum, element in
      let value = element.element.scaled(byPowerOfTwo: -largest) * (roots?[element.offset] ?? 1)
      return sum + value * value
    }
    return largest + squares.squareRoot().binaryExponent
  }

  /// `wᵢ xᵢᵀ (XᵀWX)⁻¹ xᵢ`, read off the refined `X (XᵀWX)⁻¹` (which is −r of the augmented system).
  private static func leverages(
    _ residuals: DoubleDoubleVector, design: [Double], weights: [Double]?, rows: Int
  ) -> [Double] {
    var sums = DoubleDoubleVector(zeros: rows)
    for index in design.indices {
      let row = index % rows
      sums[row] = sums[row] - residuals[index] * design[index]
    }
    return (0..<rows).map { row in
      let leverage = (sums[row] * (weights?[row] ?? 1)).rounded
      return min(1, max(0, leverage))
    }
  }

  /// Whether the part of a constant that the columns leave unexplained is within rounding of nothing.
  private static func containsConstant(
    _ factor: PivotedQRFactorisation, roots: [Double]?
  ) throws(LinearAlgebraError) -> Bool {
    var constant = roots ?? [Double](repeating: 1, count: factor.rows)
    let whole = constant.reduce(0) { $0 + $1 * $1 }
    try LAPACK.ormqr(
      reflectors: factor.reflectors, tau: factor.tau, transposed: true, rows: factor.rows,
      applyingTo: &constant, columns: 1)
    let rest = constant[factor.columns...].reduce(0) { $0 + $1 * $1 }
    return rest <= 0x1p-60 * whole
  }
}

extension Double {
  /// The exponent of the largest power of two not above the magnitude; zero for zero.
  var binaryExponent: Int { self == 0 || !isFinite ? 0 : Int(exponent) }
}
