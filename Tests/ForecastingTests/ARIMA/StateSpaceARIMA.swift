import LinearAlgebra
import RealModule

@testable import Forecasting

/// An ARIMA process in Harvey's state-space form with its levels diffuse: the other way to the likelihood.
struct StateSpaceARIMA {
  private let system: StateSpace
  private let differences: Int

  init(_ process: RandomProcess, difference: [Double]) throws {
    let (phi, theta) = process.orders.expanded(process.coefficients)
    let r = max(phi.count, theta.count + 1)
    let s = difference.count - 1
    differences = s
    var system = StateSpace(dimension: r + s, diffuseStates: Array(r..<(r + s)))
    let own = Matrix(rows: r, columns: r) { row, column in
      (column == 0 && row < phi.count ? phi[row] : 0) + (column == row + 1 ? 1 : 0)
    }
    let shock = (0..<r).map { $0 == 0 ? 1 : $0 <= theta.count ? theta[$0 - 1] : 0 }
    // P = Σ Tᵏ R R' T'ᵏ, each step doubling the number of terms.
    var variance = Matrix(rows: r, columns: r) { shock[$0] * shock[$1] }
    var power = own
    for _ in 0..<24 {
      let moved = try (power * variance) * power.transposed
      variance = Matrix(rows: r, columns: r) { variance[$0, $1] + moved[$0, $1] }
      power = try power * power
    }
    system.loading[0] = 1
    for lag in 0..<s { system.loading[r + lag] = -difference[lag + 1] }
    for row in 0..<r {
      for column in 0..<r {
        system.setTransition(row, column, own[row, column])
        system.disturbance[row * (r + s) + column] = shock[row] * shock[column]
        system.initialVariance[row * (r + s) + column] = variance[row, column]
      }
    }
    for column in 0..<(s > 0 ? r + s : 0) { system.setTransition(r, column, system.loading[column]) }
    for lag in 1..<max(1, s) { system.setTransition(r + lag, r + lag - 1, 1) }
    self.system = system
  }

  /// The likelihood of the differenced series: (1 − B)ᵈ(1 − Bᵐ)ᴰ carries the diffuse start to the first values with a
  /// determinant of one, so that only the constants of those values differ.
  func logLikelihood(_ values: [Double]) -> Double {
    let filter = KalmanFilter(ObservedSeries(values: values), dimension: system.dimension)
    return filter.run(system).concentratedLogLikelihood + 0.5 * Double(differences) * Double.log(2 * .pi)
  }
}
