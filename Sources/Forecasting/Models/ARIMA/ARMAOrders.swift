/// The degrees of the four polynomials of a multiplicative seasonal ARMA process,
///
///     φ(B) Φ(Bᵐ) wₜ = θ(B) Θ(Bᵐ) εₜ,    φ(B) = 1 − φ₁B − …,   θ(B) = 1 + θ₁B + …
///
/// (Box and Jenkins, 1970, with the sign of θ that software uses), and where their coefficients stand in one vector:
/// φ, Φ, θ, Θ.
struct ARMAOrders: Hashable, Sendable {
  var p = 0
  var q = 0
  var seasonalP = 0
  var seasonalQ = 0
  /// The season m; 1 where there is none.
  var season = 1

  /// The number of coefficients.
  var count: Int { p + q + seasonalP + seasonalQ }
  /// The degree of φ(B) Φ(Bᵐ).
  var autoregressiveDegree: Int { p + season * seasonalP }
  /// The degree of θ(B) Θ(Bᵐ).
  var movingAverageDegree: Int { q + season * seasonalQ }
  /// How many numbers carry the past of the process into its future: max of the two degrees.
  var stateDimension: Int { max(autoregressiveDegree, movingAverageDegree) }
  /// The first of the moving-average coefficients.
  var movingAverageStart: Int { p + seasonalP }

  /// The four blocks: where each begins, how many coefficients it has, and whether it belongs to the moving average.
  var blocks: [(start: Int, count: Int, isMovingAverage: Bool)] {
    [
      (0, p, false), (p, seasonalP, false), (p + seasonalP, q, true), (p + seasonalP + q, seasonalQ, true),
    ]
  }

  /// The powers of B, other than the zeroth, that a product of polynomials of degrees `regular` and `seasonal` holds.
  func lags(regular: Int, seasonal: Int) -> [Int] {
    var lags: [Int] = []
    for j in 0...seasonal {
      for i in 0...regular where i + j > 0 { lags.append(i + j * season) }
    }
    return Array(Set(lags)).sorted()
  }

  /// The powers of B in φ(B) Φ(Bᵐ).
  var autoregressiveLags: [Int] { lags(regular: p, seasonal: seasonalP) }
  /// The powers of B in θ(B) Θ(Bᵐ).
  var movingAverageLags: [Int] { lags(regular: q, seasonal: seasonalQ) }

  /// The coefficients of φ(B) Φ(Bᵐ) and θ(B) Θ(Bᵐ) from B on, each in the sign of its own polynomial.
  func expanded(_ coefficients: [Double]) -> (phi: [Double], theta: [Double]) {
    func dense(_ start: Int, _ regular: Int, _ seasonal: Int, sign: Double) -> [Double] {
      var second = [Double](repeating: 0, count: season * seasonal + 1)
      second[0] = 1
      for j in 0..<seasonal { second[(j + 1) * season] += sign * coefficients[start + regular + j] }
      let first = [1] + coefficients[start..<(start + regular)].map { sign * $0 }
      return ARMAPolynomials.product(first, second).dropFirst().map { sign * $0 }
    }
    return (
      dense(0, p, seasonalP, sign: -1), dense(movingAverageStart, q, seasonalQ, sign: 1)
    )
  }
}
