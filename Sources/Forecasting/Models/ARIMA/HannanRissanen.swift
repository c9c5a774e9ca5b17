import LinearAlgebra

/// The estimates of E. J. Hannan and J. Rissanen, "Recursive estimation of mixed autoregressive-moving average order"
/// (1982): least squares on past values and on the residuals of a long autoregression.
enum HannanRissanen {
  /// The partial autocorrelations of the regular polynomials, at their places in a vector φ, Φ, θ, Θ; the seasonal ones
  /// are left at zero.
  ///
  /// - Returns: nil where there is no regular polynomial, or too little data to regress on.
  static func partials(_ response: [Double], orders: ARMAOrders) -> [Double]? {
    let (p, q) = (orders.p, orders.q)
    guard p + q > 0 else { return nil }
    let errors = q > 0 ? longAutoregressionErrors(response, degree: p + q) : []
    guard let errors else { return nil }
    let skipped = response.count - (q > 0 ? errors.count : response.count)
    let first = skipped + max(p, q)
    let rows = response.count - first
    guard rows >= p + q + 2 else { return nil }
    let design = Matrix(rows: rows, columns: p + q) { row, column in
      let t = first + row
      return column < p ? response[t - 1 - column] : errors[t - skipped - 1 - (column - p)]
    }
    let problem = try? LeastSquaresProblem(design: design, refinement: .none)
    guard let fit = try? problem?.fit(Array(response[first...])) else { return nil }
    var result = [Double](repeating: 0, count: orders.count)
    let autoregressive = shrunk(Array(fit.coefficients[..<p]))
    let movingAverage = shrunk(fit.coefficients[p...].map { -$0 })
    for (index, value) in autoregressive.enumerated() { result[index] = value }
    for (index, value) in movingAverage.enumerated() { result[orders.movingAverageStart + index] = value }
    return result
  }

  /// The errors of an autoregression of some greater degree, by least squares.
  private static func longAutoregressionErrors(_ response: [Double], degree: Int) -> [Double]? {
    let long = min(degree + 6, response.count / 4)
    let rows = response.count - long
    guard long >= 1, rows >= long + 2 else { return nil }
    let design = Matrix(rows: rows, columns: long) { response[long + $0 - 1 - $1] }
    let problem = try? LeastSquaresProblem(design: design, refinement: .none)
    return (try? problem?.fit(Array(response[long...])))?.residuals
  }

  /// The partial autocorrelations of a polynomial whose roots are first moved outwards until it is stationary.
  private static func shrunk(_ coefficients: [Double]) -> [Double] {
    var current = coefficients
    for _ in 0..<60 {
      if let partials = ARMAPolynomials.partials(of: current), partials.allSatisfy({ abs($0) < 0.99 }) {
        return partials
      }
      var power = 1.0
      current = current.map { coefficient in
        power *= 0.9
        return coefficient * power
      }
    }
    return coefficients.map { _ in 0 }
  }
}
