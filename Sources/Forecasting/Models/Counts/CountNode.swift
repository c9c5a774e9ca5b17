import LinearAlgebra
import RealModule
import Statistics

/// One set of parameters that a count regression averages over: how counts scatter, and what is known of the
/// coefficients if they scatter so.
struct CountNode: Sendable {
  /// How a count scatters about its mean.
  enum Noise: Hashable, Sendable {
    /// By a law whose parameters are the same for every mean.
    case law(ResponseLaw)
    /// With a variance of so many times the mean.
    case proportional(dispersion: Double)

    /// The distribution at a mean.
    ///
    /// A variance of φ times the mean is that of a negative binomial of size μ/(φ − 1). No distribution of counts is
    /// as simple for a φ below 1; the Poisson stands in, so that no forecast is surer than chance allows.
    func law(mean: Double) -> ResponseLaw {
      switch self {
      case .law(let law): law
      case .proportional(let dispersion):
        dispersion > 1 + 1e-9
          ? .negativeBinomial(size: min(1e15, max(mean, 1e-12) / (dispersion - 1))) : .poisson
      }
    }
  }

  /// Its share of the average.
  var weight: Double
  let noise: Noise
  let coefficients: [Double]
  /// The covariance of the coefficients.
  let covariance: Matrix
  /// The lower triangle of its Cholesky factorisation, row by row.
  private let root: [Double]

  /// - Returns: nil where the covariance is not positive definite.
  init?(weight: Double, noise: Noise, coefficients: [Double], unscaledCovariance: Matrix, dispersion: Double)
  {
    let columns = coefficients.count
    let covariance = Matrix(rows: columns, columns: columns) { dispersion * unscaledCovariance[$0, $1] }
    // Standardised first, so that columns of very different sizes do not spoil the factorisation.
    let deviations = covariance.diagonal.map { $0.squareRoot() }
    guard deviations.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let correlation = Matrix(rows: columns, columns: columns) {
      covariance[$0, $1] / (deviations[$0] * deviations[$1])
    }
    guard let factor = try? CholeskyFactorisation(correlation).lower else { return nil }
    self.weight = weight
    self.noise = noise
    self.coefficients = coefficients
    self.covariance = covariance
    root = (0..<columns).flatMap { row in (0...row).map { deviations[row] * factor[row, $0] } }
  }

  /// The logarithm of the determinant of the covariance of the coefficients.
  var logDeterminant: Double {
    coefficients.indices.reduce(0) { $0 + 2 * Double.log(root[$1 * ($1 + 3) / 2]) }
  }

  /// The mean and the standard deviation of the linear predictor, offset aside, of a row of the design.
  func predictor(_ row: [Double]) -> (centre: Double, deviation: Double) {
    var (centre, variance) = (0.0, 0.0)
    for i in row.indices {
      centre += row[i] * coefficients[i]
      for j in row.indices { variance += row[i] * row[j] * covariance[i, j] }
    }
    return (centre, max(0, variance).squareRoot())
  }

  /// Draws coefficients from their asymptotic normal distribution; `scratch` has room for as many.
  func draw(
    into drawn: UnsafeMutableBufferPointer<Double>, scratch: UnsafeMutableBufferPointer<Double>,
    from stream: inout RandomStream
  ) {
    var place = 0
    for row in drawn.indices {
      scratch[row] = stream.normal()
      var sum = coefficients[row]
      for column in 0...row {
        sum += root[place] * scratch[column]
        place += 1
      }
      drawn[row] = sum
    }
  }
}
