import LinearAlgebra
import RealModule

/// The parts that a regression sees in a series: trend, season, interventions and regressors, as far as it has
/// such terms, and what remains.
struct RegressionComponents {
  let components: [SeriesComponent]

  /// - Returns: nil where a regressor is not known at a gap.
  init?(
    _ design: RegressionDesign, coefficients: [Double], covariance: Matrix, errors: [Double], rho: Double
  ) {
    let positions = design.sample.positions
    let length = (positions.last ?? 0) + 1
    var rows: [[Double]] = []
    rows.reserveCapacity(length)
    for position in 0..<length {
      guard let row = try? design.row(at: position) else { return nil }
      rows.append(row)
    }
    // Levels of seasons move to an average of zero; the trend takes what they give up.
    let averages = design.columns.map { column -> Double in
      guard case .season(_, let length, _, sumsToZero: false) = column.rule else { return 0 }
      return 1 / Double(length)
    }
    let hasConstant = design.columns.contains { $0.rule == .constant }
    var components: [SeriesComponent] = []
    for role in RegressionTerm.Role.allCases {
      let isPart = design.columns.map { $0.term.role == role }
      guard isPart.contains(true) else { continue }
      let parts = rows.map { row in
        row.indices.map { column -> Double in
          let moved = hasConstant ? averages[column] : 0
          return (isPart[column] ? row[column] - moved : 0) + (role == .trend ? moved : 0)
        }
      }
      components.append(
        SeriesComponent(
          role.rawValue, parts.map { zip($0, coefficients).reduce(0) { $0 + $1.0 * $1.1 } },
          standardErrors: parts.map { max(0, covariance.quadraticForm($0)).squareRoot() }))
    }
    components.append(
      SeriesComponent("remainder", Self.remainder(errors, positions: positions, rho: rho, length: length)))
    self.components = components
  }

  /// The errors, with the best guess between them where there is no observation: zero for independent errors,
  /// else the conditional mean of the autoregression given both neighbours.
  static func remainder(_ errors: [Double], positions: [Int], rho: Double, length: Int) -> [Double] {
    var values = [Double](repeating: 0, count: length)
    for (index, position) in positions.enumerated() {
      values[position] = errors[index]
      guard index > 0, rho != 0 else { continue }
      let before = positions[index - 1]
      let whole = 1 - Double.pow(rho, 2 * (position - before))
      for gap in (before + 1)..<position {
        let (left, right) = (gap - before, position - gap)
        let fromLeft = Double.pow(rho, left) * (1 - Double.pow(rho, 2 * right))
        let fromRight = Double.pow(rho, right) * (1 - Double.pow(rho, 2 * left))
        values[gap] = (fromLeft * errors[index - 1] + fromRight * errors[index]) / whole
      }
    }
    return values
  }
}

extension Matrix {
  /// `xᵀAx`.
  func quadraticForm(_ x: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<rows where x[row] != 0 {
      for column in 0..<columns { sum += x[row] * self[row, column] * x[column] }
    }
    return sum
  }
}
