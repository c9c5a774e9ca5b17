/// The augmented system of a weighted least squares problem and its iterative refinement (Björck 1967).
///
/// For a design X and weights W the system
///
///     r + X x = b,    Xᵀ W r = t
///
/// gives for t = 0 the least squares solution x with its residuals r, and for b = 0, t = −e_j the column j of
/// `(XᵀWX)⁻¹` with r = −X times it. One factorisation `W^½ X P = QR` in double precision solves it roughly;
/// what is left over of both equations, computed in double-double, is solved for again and added. Refining r
/// together with x is what makes the error shrink by about κ(X)·2⁻⁵² a step even when the residuals are
/// large, where refining x alone stops at κ²(X)·2⁻⁵². Solution and residuals are kept in double-double too,
/// so that the answer is right to the last digits of a double as long as κ(X) stays clearly below 2⁵².
struct AugmentedSystem: Sendable {
  /// The equilibrated design X, by columns.
  let design: [Double]
  /// The weights W, nil for all equal to one.
  let weights: [Double]?
  /// The square roots of the weights, rounded: they only steer the corrections, so their rounding does no
  /// harm.
  let roots: [Double]?
  /// The factorisation of `W^½ X`.
  let factor: PivotedQRFactorisation
  /// An estimate of the condition number of the factor.
  let conditionEstimate: Double
  /// The names of the columns, for errors.
  let names: [String]?

  private var rows: Int { factor.rows }
  private var columns: Int { factor.columns }

  /// The column at `index`, as errors speak of it.
  func reference(_ index: Int) -> ColumnReference { ColumnReference(index: index, name: names?[index]) }

  struct Solution: Sendable {
    /// x, a column for each right-hand side.
    var unknowns: DoubleDoubleVector
    /// r, a column for each right-hand side.
    var residuals: DoubleDoubleVector
    /// The number of corrections after the first solution.
    var steps: Int
  }

  /// Solves for `count` right-hand sides at once.
  ///
  /// - Parameters:
  ///   - upper: b, rows × count; nil for zero.
  ///   - lower: t, columns × count; nil for zero.
  ///   - refined: whether corrections follow the first solution.
  /// - Throws: `illConditioned` when the corrections do not shrink.
  func solve(
    upper: [Double]?, lower: [Double]?, count: Int, refined: Bool
  ) throws(LinearAlgebraError) -> Solution {
    var solution = Solution(
      unknowns: DoubleDoubleVector(zeros: columns * count),
      residuals: DoubleDoubleVector(zeros: rows * count), steps: 0)
    let start = RefinementProgress(condition: conditionEstimate)
    var progress = [RefinementProgress](repeating: start, count: count)
    var top = upper ?? [Double](repeating: 0, count: rows * count)
    var bottom = lower ?? [Double](repeating: 0, count: columns * count)
    for step in 0...RefinementProgress.limit {
      if step > 0 {
        top = upperRemainder(of: solution, upper: upper, count: count)
        bottom = lowerRemainder(of: solution, lower: lower, count: count)
      }
      try correct(top: &top, bottom: &bottom, count: count)
      solution.steps = step
      for side in 0..<count {
        for row in (side * rows)..<((side + 1) * rows) {
          solution.residuals[row] = solution.residuals[row] + top[row]
        }
        for column in (side * columns)..<((side + 1) * columns) {
          solution.unknowns[column] = solution.unknowns[column] + bottom[column]
        }
        progress[side].record(
          unknowns: solution.unknowns.high[(side * columns)..<((side + 1) * columns)],
          corrections: bottom[(side * columns)..<((side + 1) * columns)],
          residuals: solution.residuals.high[(side * rows)..<((side + 1) * rows)],
          residualCorrections: top[(side * rows)..<((side + 1) * rows)],
          response: upper?[(side * rows)..<((side + 1) * rows)])
      }
      if !refined || progress.allSatisfy(\.isFinished) { return solution }
      if progress.contains(where: \.hasFailed) { break }
    }
    throw .illConditioned(
      column: reference(factor.permutation[columns - 1]), conditionEstimate: conditionEstimate)
  }

  /// `b − r − Xx`, computed in double-double and rounded.
  private func upperRemainder(of solution: Solution, upper: [Double]?, count: Int) -> [Double] {
    var remainder = DoubleDoubleVector(upper ?? [Double](repeating: 0, count: rows * count))
    for index in 0..<(rows * count) {
      remainder[index] = remainder[index] - solution.residuals[index]
    }
    design.withUnsafeBufferPointer { design in
      for side in 0..<count {
        for column in 0..<columns {
          let values = UnsafeBufferPointer(rebasing: design[(column * rows)..<((column + 1) * rows)])
          remainder.add(values, times: -solution.unknowns[side * columns + column], from: side * rows)
        }
      }
    }
    return remainder.high
  }

  /// `t − XᵀWr`, computed in double-double and rounded.
  private func lowerRemainder(of solution: Solution, lower: [Double]?, count: Int) -> [Double] {
    var weighted = solution.residuals
    if let weights {
      for side in 0..<count {
        for row in 0..<rows { weighted[side * rows + row] = weighted[side * rows + row] * weights[row] }
      }
    }
    var remainder = [Double](repeating: 0, count: columns * count)
    design.withUnsafeBufferPointer { design in
      for side in 0..<count {
        for column in 0..<columns {
          let values = UnsafeBufferPointer(rebasing: design[(column * rows)..<((column + 1) * rows)])
          let target = lower?[side * columns + column] ?? 0
          remainder[side * columns + column] =
            (DoubleDouble(target) - weighted.dot(values, from: side * rows)).rounded
        }
      }
    }
    return remainder
  }

  /// Solves the system in double precision, in place: `d = Qᵀf`, `h = R⁻ᵀPᵀg`, `δx = PR⁻¹(d₁ − h)` and
  /// `δr = Q(h, d₂)`.
  private func correct(
    top: inout [Double], bottom: inout [Double], count: Int
  ) throws(LinearAlgebraError) {
    let remainder = top
    if let roots { for index in top.indices { top[index] *= roots[index % rows] } }
    try LAPACK.ormqr(
      reflectors: factor.reflectors, tau: factor.tau, transposed: true, rows: rows, applyingTo: &top,
      columns: count)
    var permuted = bottom
    for index in bottom.indices {
      permuted[index] = bottom[index - index % columns + factor.permutation[index % columns]]
    }
    try solveTriangle(&permuted, transposed: true, count: count)
    var difference = permuted
    for index in difference.indices {
      let place = (index / columns) * rows + index % columns
      difference[index] = top[place] - permuted[index]
      top[place] = permuted[index]
    }
    try solveTriangle(&difference, transposed: false, count: count)
    for index in difference.indices {
      bottom[index - index % columns + factor.permutation[index % columns]] = difference[index]
    }
    try LAPACK.ormqr(
      reflectors: factor.reflectors, tau: factor.tau, transposed: false, rows: rows, applyingTo: &top,
      columns: count)
    unweight(&top, remainder: remainder, unknowns: bottom)
  }

  private func solveTriangle(
    _ values: inout [Double], transposed: Bool, count: Int
  ) throws(LinearAlgebraError) {
    _ = try LAPACK.trtrs(
      triangle: factor.reflectors, leadingDimension: rows, upper: true, transposed: transposed,
      order: columns, rightHandSides: &values, leadingDimensionOfB: columns, columns: count)
  }

  /// Turns corrections of `W^½ r` into corrections of r; a row without weight takes its own from the first
  /// equation.
  private func unweight(_ top: inout [Double], remainder: [Double], unknowns: [Double]) {
    guard let roots else { return }
    for index in top.indices {
      let (side, row) = index.quotientAndRemainder(dividingBy: rows)
      guard roots[row] == 0 else {
        top[index] /= roots[row]
        continue
      }
      top[index] = (0..<columns).reduce(remainder[index]) {
        $0 - design[$1 * rows + row] * unknowns[side * columns + $1]
      }
    }
  }
}
