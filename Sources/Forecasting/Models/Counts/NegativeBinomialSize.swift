import RealModule

/// The size of a negative binomial regression: R's theta, the shape of the gamma distribution by which the means vary.
enum NegativeBinomialSize {
  /// A size from which on the distribution cannot be told from the Poisson in double precision.
  static let infinite = 1e9

  /// The sizes that may be given.
  static let range = 1e-6...infinite

  /// The coefficients and the size that maximise the likelihood together, by turns, as in `MASS::glm.nb` (Venables and
  /// Ripley, 2002, section 7.4): the two are orthogonal in the expected information, so that the turns converge fast.
  ///
  /// - Returns: the regression and its size; infinity, and the Poisson regression, where the counts vary no more than
  ///   Poisson counts do: the maximum then lies on that bound.
  static func estimate(
    _ problem: ReweightedLeastSquares
  ) throws(ForecastingError) -> (solution: ReweightedLeastSquares.Solution, size: Double) {
    let poisson = try problem.solve(.poisson)
    var solution = poisson
    var size = moments(problem, solution)
    guard size < infinite else { return (poisson, .infinity) }
    for _ in 0..<200 {
      guard let next = root(problem, solution, near: size) else { return (poisson, .infinity) }
      let change = abs(Double.log(next / size))
      size = next
      solution = try problem.solve(.negativeBinomial(size: size), from: solution.coefficients)
      if change <= 1e-11 { return (solution, size) }
    }
    throw problem.model.failure("the size of the negative binomial did not converge in 200 steps")
  }

  /// −d²l/dθ² with the coefficients fixed, whose inverse root is the standard error that `MASS::theta.ml` gives.
  static func information(
    _ problem: ReweightedLeastSquares, _ solution: ReweightedLeastSquares.Solution, size: Double
  ) -> Double {
    derivatives(problem, solution, size: size).second * -1
  }

  /// The size that gives the squared errors the sum that they have; infinity where that is no more than Poisson's.
  private static func moments(
    _ problem: ReweightedLeastSquares, _ solution: ReweightedLeastSquares.Solution
  ) -> Double {
    var (squares, excess) = (0.0, 0.0)
    for (row, mean) in solution.means.enumerated() {
      let (y, μ, weight) = (problem.response[row], mean.value, problem.weights[row])
      squares += weight * μ * μ
      excess += weight * ((y - μ) * (y - μ) - y)
    }
    // The excess is also twice the slope of the likelihood in 1/size at the Poisson: none, and the bound is the maximum.
    return excess > 0 ? squares / excess : .infinity
  }

  /// The zero of the score in the logarithm of the size, by Newton's steps inside a bracket; nil where there is none
  /// below ``infinite``.
  private static func root(
    _ problem: ReweightedLeastSquares, _ solution: ReweightedLeastSquares.Solution, near start: Double
  ) -> Double? {
    var u = Double.log(start)
    var (lower, upper) = (Double.log(1e-8), Double.log(infinite))
    for _ in 0..<200 {
      let size = Double.exp(u)
      let (first, second) = derivatives(problem, solution, size: size)
      let score = size * first
      if score > 0 { lower = u } else { upper = u }
      let newton = u - score / (score + size * size * second)
      let next = newton > lower && newton < upper ? newton : (lower + upper) / 2
      if abs(next - u) <= 1e-14 * (1 + abs(u)) {
        return next < Double.log(0.99 * infinite) ? Double.exp(next) : nil
      }
      u = next
    }
    return nil
  }

  /// dl/dθ and d²l/dθ² at a size θ, the coefficients fixed.
  private static func derivatives(
    _ problem: ReweightedLeastSquares, _ solution: ReweightedLeastSquares.Solution, size θ: Double
  ) -> (first: Double, second: Double) {
    var (first, second) = (0.0, 0.0)
    for (row, mean) in solution.means.enumerated() where problem.weights[row] > 0 {
      let (y, μ, weight) = (problem.response[row], mean.value, problem.weights[row])
      let gamma = gammaDifferences(θ, plus: y)
      first += weight * (gamma.digamma - Double.log(onePlus: μ / θ) + (μ - y) / (μ + θ))
      second +=
        weight
        * (gamma.trigamma + 1 / θ - 2 / (μ + θ) + (y + θ) / ((μ + θ) * (μ + θ)))
    }
    return (first, second)
  }

  /// ψ(a + y) − ψ(a) and ψ′(a + y) − ψ′(a), for a > 0 and y ≥ 0.
  ///
  /// The recurrence carries both arguments above 12, where the asymptotic series (Abramowitz and Stegun, 1964, 6.3.18
  /// and 6.4.12) are exact to the last digits; the logarithms are subtracted before they are taken.
  static func gammaDifferences(_ a: Double, plus y: Double) -> (digamma: Double, trigamma: Double) {
    guard y > 0 else { return (0, 0) }
    var (digamma, trigamma) = (0.0, 0.0)
    var x = a
    while x < 12 {
      digamma += y / (x * (x + y))
      trigamma -= y * (2 * x + y) / (x * x * (x + y) * (x + y))
      x += 1
    }
    let (near, far) = (1 / x, 1 / (x + y))
    digamma += Double.log(onePlus: y / x) + digammaTail(far) - digammaTail(near)
    // The first two terms by the difference of the reciprocals, which would cancel where y is small beside x.
    let step = -y * near * far
    trigamma += step * (1 + (near + far) / 2) + trigammaTail(far) - trigammaTail(near)
    return (digamma, trigamma)
  }

  /// ψ(x) − log x, in r = 1/x.
  private static func digammaTail(_ r: Double) -> Double {
    let s = r * r
    let series =
      1.0 / 12 - s * (1.0 / 120 - s * (1.0 / 252 - s * (1.0 / 240 - s * (1.0 / 132 - s * 691 / 32760))))
    return -r / 2 - s * series
  }

  /// ψ′(x) − 1/x − 1/(2x²), in r = 1/x.
  private static func trigammaTail(_ r: Double) -> Double {
    let s = r * r
    let series =
      1.0 / 6 - s * (1.0 / 30 - s * (1.0 / 42 - s * (1.0 / 30 - s * (5.0 / 66 - s * 691 / 2730))))
    return r * s * series
  }
}
