import LinearAlgebra
import RealModule

/// Generalised least squares with errors that are an autoregression of the first order, of a given correlation ρ
/// from one period to the next.
///
/// The errors have correlation ρ^g over g periods, so that gaps are no approximation. Each error after the first
/// is divided by what makes it independent of the one before, `(e_i − ρ^g e_{i−1}) / √(1 − ρ^{2g})`, and ordinary
/// least squares does the rest (Prais and Winsten, 1954). The error variance is that of a single error, not of
/// the innovation.
public struct AutoregressiveFit: Sendable {
  /// The correlation of errors one period apart.
  public let rho: Double
  /// The least squares fit of the whitened problem; its residuals are independent, of the variance of a single
  /// error.
  public let whitened: LeastSquaresFit
  /// The errors themselves, `y − Xβ`.
  public let errors: [Double]
  /// `log |R|` of the correlation matrix R of the errors.
  public let logDeterminant: Double

  /// The coefficients.
  public var coefficients: [Double] { whitened.coefficients }

  /// Fits with a known correlation.
  ///
  /// - Parameters:
  ///   - design: n × k.
  ///   - columnNames: k names for errors.
  ///   - response: n values.
  ///   - positions: the periods of the rows, strictly increasing.
  ///   - rho: strictly between −1 and 1.
  ///   - dropsFirst: leaves the first observation out, as Cochrane and Orcutt (1949) do.
  public init(
    design: Matrix, columnNames: [String]? = nil, response: [Double], positions: [Int], rho: Double,
    dropsFirst: Bool = false
  ) throws(LinearAlgebraError) {
    let whitening = Whitening(positions: positions, rho: rho)
    let first = dropsFirst ? 1 : 0
    let problem = try LeastSquaresProblem(
      design: Matrix(rows: design.rows - first, columns: design.columns) { row, column in
        whitening.value(row + first, current: design[row + first, column]) {
          design[row + first - 1, column]
        }
      }, columnNames: columnNames)
    whitened = try problem.fit(
      (first..<response.count).map { row in
        whitening.value(row, current: response[row]) { response[row - 1] }
      })
    let fitted = try design * whitened.coefficients
    errors = zip(response, fitted).map { $0 - $1 }
    self.rho = rho
    logDeterminant = whitening.logDeterminant
  }

  /// The log-likelihood at these coefficients and their error variance S/n, constants included.
  ///
  /// - Parameter floor: the least error variance that is believed.
  public func logLikelihood(floor: Double = 0) -> Double {
    let count = Double(errors.count)
    let variance = max(whitened.residualSumOfSquares / count, floor)
    return -0.5
      * (count * Double.log(2 * .pi * variance) + whitened.residualSumOfSquares / variance + logDeterminant)
  }
}

/// What makes the errors of an autoregression independent and equally wide.
struct Whitening {
  /// ρ^g of each row, zero for the first.
  private let carried: [Double]
  /// √(1 − ρ^{2g}) of each row, one for the first.
  private let widths: [Double]
  let logDeterminant: Double

  init(positions: [Int], rho: Double) {
    var carried = [0.0]
    var widths = [1.0]
    var logDeterminant = 0.0
    for (later, earlier) in zip(positions.dropFirst(), positions) {
      let power = Double.pow(rho, later - earlier)
      carried.append(power)
      widths.append((1 - power * power).squareRoot())
      logDeterminant += Double.log(1 - power * power)
    }
    (self.carried, self.widths, self.logDeterminant) = (carried, widths, logDeterminant)
  }

  @inline(__always)
  func value(_ row: Int, current: Double, previous: () -> Double) -> Double {
    row == 0 ? current : (current - carried[row] * previous()) / widths[row]
  }
}
