import LinearAlgebra

/// The nearest forecasts without a negative among them (S. L. Wickramasuriya, B. A. Turlach and R. J.
/// Hyndman, "Optimal non-negative forecast reconciliation", 2020), exactly.
///
/// With b̃ the reconciled bottom forecasts and V their covariance, the quadratic programme min (b − b̃)ᵀ V⁻¹
/// (b − b̃), b ≥ 0 has the solution b = b̃ + V μ with μ ≥ 0, b ≥ 0 and μᵀ b = 0: only the few series that
/// would be negative have a multiplier, and V is not inverted. The set of those series is found by block
/// principal pivoting (Portugal, Júdice and Vicente, 1994); should that go round in circles, by the active
/// set of Lawson and Hanson (1974), which cannot.
struct NonnegativeProjection: Sendable {
  /// The covariance V.
  let covariance: Matrix

  /// Replaces bottom forecasts by the nearest that are not negative.
  func project(_ forecasts: inout [Double]) throws(ForecastingError) {
    let given = forecasts
    let tolerance = 1e-12 * given.reduce(0) { max($0, abs($1)) }
    guard given.contains(where: { $0 < 0 }) else { return }
    var held = given.indices.filter { given[$0] < 0 }
    do {
      for _ in 0..<Self.rounds {
        let multipliers = try self.multipliers(of: held, given: given)
        forecasts = moved(given, held: held, multipliers: multipliers)
        let isHeld = Set(held)
        let entering = given.indices.filter { !isHeld.contains($0) && forecasts[$0] < -tolerance }
        let staying = zip(held, multipliers).filter { $0.1 >= 0 }.map(\.0)
        if entering.isEmpty, staying.count == held.count { return finish(&forecasts, held: held) }
        held = (staying + entering).sorted()
      }
      try activeSet(&forecasts, given: given, tolerance: tolerance)
    } catch {
      throw .hierarchy(problem: "forecasts without a negative cannot be found: \(error)")
    }
  }

  /// Bottom forecasts, a column each, replaced by the nearest that are not negative.
  func projected(_ forecasts: Matrix) throws(ForecastingError) -> Matrix {
    var columns: [[Double]] = []
    for column in 0..<forecasts.columns {
      var values = forecasts.column(column)
      try project(&values)
      columns.append(values)
    }
    return Matrix(rows: forecasts.rows, columns: forecasts.columns) { columns[$1][$0] }
  }

  private static let rounds = 12

  /// The multipliers that bring the held series to zero: V_HH μ = −b̃_H.
  private func multipliers(of held: [Int], given: [Double]) throws(LinearAlgebraError) -> [Double] {
    guard !held.isEmpty else { return [] }
    let block = Matrix(rows: held.count, columns: held.count) { covariance[held[$0], held[$1]] }
    return try CholeskyFactorisation(block).solve(held.map { -given[$0] })
  }

  private func moved(_ given: [Double], held: [Int], multipliers: [Double]) -> [Double] {
    var moved = given
    for (series, multiplier) in zip(held, multipliers) {
      for row in moved.indices { moved[row] += covariance[row, series] * multiplier }
    }
    return moved
  }

  private func finish(_ forecasts: inout [Double], held: [Int]) {
    for series in held { forecasts[series] = 0 }
    for index in forecasts.indices where forecasts[index] < 0 { forecasts[index] = 0 }
  }

  /// One series at a time: the most negative is held, and those whose multiplier would turn negative are let
  /// go.
  func activeSet(
    _ forecasts: inout [Double], given: [Double], tolerance: Double
  ) throws(LinearAlgebraError) {
    var held: [Int] = []
    var multipliers: [Double] = []
    forecasts = given
    while let next = forecasts.indices.filter({ !held.contains($0) && forecasts[$0] < -tolerance })
      .min(by: { forecasts[$0] < forecasts[$1] })
    {
      held.append(next)
      multipliers.append(0)
      while true {
        let wanted = try self.multipliers(of: held, given: given)
        guard wanted.contains(where: { $0 < 0 }) else {
          multipliers = wanted
          break
        }
        // As far towards the solution as no multiplier turns negative; those that reach zero are let go.
        var step = 1.0
        for (now, then) in zip(multipliers, wanted) where then < 0 { step = min(step, now / (now - then)) }
        var kept: [(Int, Double)] = []
        for index in held.indices {
          let value = multipliers[index] + step * (wanted[index] - multipliers[index])
          let isAtZero =
            wanted[index] < 0 && multipliers[index] / (multipliers[index] - wanted[index]) <= step
          if !isAtZero { kept.append((held[index], value)) }
        }
        held = kept.map(\.0)
        multipliers = kept.map(\.1)
      }
      forecasts = moved(given, held: held, multipliers: multipliers)
      for series in held { forecasts[series] = 0 }
    }
    finish(&forecasts, held: held)
  }
}
