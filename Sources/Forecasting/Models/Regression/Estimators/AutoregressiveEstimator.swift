import LinearAlgebra
import RealModule

/// How the correlation of autoregressive errors is estimated.
public enum AutoregressiveEstimator: Hashable, Sendable {
  /// By maximum likelihood, all observations and gaps counted exactly.
  case maximumLikelihood
  /// By Prais and Winsten (1954): `ρ = Σ e_t e_{t−1} / Σ e²_{t−1}` from the errors, in turn with the
  /// coefficients, until neither moves; or only once.
  case praisWinsten(iterated: Bool)
  /// By Cochrane and Orcutt (1949): as Prais and Winsten, without the first observation.
  case cochraneOrcutt

  /// Estimates correlation and coefficients together.
  ///
  /// - Parameters:
  ///   - design: n × k.
  ///   - columnNames: k names for errors.
  ///   - response: n values.
  ///   - positions: the periods of the rows, strictly increasing; consecutive for all but maximum likelihood.
  ///   - floor: the least error variance that is believed.
  /// - Returns: the fit, or nil where ρ does not settle inside (−1, 1).
  public func fit(
    design: Matrix, columnNames: [String]? = nil, response: [Double], positions: [Int], floor: Double = 0
  ) throws(LinearAlgebraError) -> AutoregressiveFit? {
    func fit(_ rho: Double, dropsFirst: Bool = false) throws(LinearAlgebraError) -> AutoregressiveFit {
      try AutoregressiveFit(
        design: design, columnNames: columnNames, response: response, positions: positions, rho: rho,
        dropsFirst: dropsFirst)
    }
    var current = try fit(0)
    switch self {
    case .maximumLikelihood:
      // Errors that rounding explains say nothing about how one follows from another.
      guard current.whitened.residualSumOfSquares > floor * Double(response.count) else { return current }
      var profile = try AutoregressiveProfile(
        design: design, errors: current.errors, positions: positions, floor: floor)
      return try fit(profile.maximum())
    case .praisWinsten(let isIterated):
      for _ in 0..<(isIterated ? 1000 : 1) {
        let rho = Self.serialCorrelation(current.errors)
        guard abs(rho) < 1 else { return nil }
        let change = abs(rho - current.rho)
        current = try fit(rho)
        if change < 1e-14 { break }
      }
      return current
    case .cochraneOrcutt:
      for _ in 0..<1000 {
        let rho = Self.serialCorrelation(current.errors)
        guard abs(rho) < 1 else { return nil }
        let change = abs(rho - current.rho)
        current = try fit(rho, dropsFirst: true)
        if change < 1e-14 { break }
      }
      return current
    }
  }

  /// `Σ e_t e_{t−1} / Σ e²_{t−1}`; zero where there are no errors.
  static func serialCorrelation(_ errors: [Double]) -> Double {
    let products = zip(errors.dropFirst(), errors).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = errors.dropLast().reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? products / squares : 0
  }
}
