import RealModule

// The parameters of dispersion that a count regression averages over, so that not knowing them widens its forecast.

extension CountNode {
  /// The nodes of a fit: one where the family leaves no dispersion to estimate.
  ///
  /// - Throws: ``ForecastingError/numerical(series:model:reason:)`` where the coefficients have no covariance.
  static func nodes(
    of fit: GeneralisedLinearFit, _ problem: ReweightedLeastSquares
  ) throws(ForecastingError) -> [CountNode] {
    let nodes: [CountNode?]
    switch problem.model.family {
    case .poisson, .binomial, .negativeBinomial(size: .some): nodes = [single(fit)]
    case .quasiPoisson: nodes = proportional(fit)
    case .negativeBinomial(nil): nodes = try overdispersed(fit, problem)
    }
    let known = nodes.compactMap(\.self)
    guard !known.isEmpty, known.count == nodes.count else {
      throw problem.model.failure("the covariance of its coefficients is not positive definite")
    }
    return known
  }

  /// The fit with its dispersion taken as known.
  static func single(_ fit: GeneralisedLinearFit) -> CountNode? {
    let noise: Noise
    if fit.logLikelihood == nil {
      noise = .proportional(dispersion: fit.dispersion)
    } else {
      noise = .law(fit.law)
    }
    return CountNode(
      weight: 1, noise: noise, coefficients: fit.coefficients, unscaledCovariance: fit.unscaledCovariance,
      dispersion: fit.dispersion)
  }

  /// Nodes over the dispersion φ of a quasi-Poisson regression: its estimate over the degrees of freedom is taken as
  /// chi-squared about φ, so that the average over φ gives coefficients their Student's t distribution.
  ///
  /// The trapezoidal rule in x = log(φ̂/φ), in which the posterior is exp(ν/2 (x − eˣ)).
  private static func proportional(_ fit: GeneralisedLinearFit) -> [CountNode?] {
    let half = Double(fit.degreesOfFreedom) / 2
    func loss(_ x: Double) -> Double { half * (Double.expMinusOne(x) - x) }
    return (0...(2 * halfCount)).map { index in
      let (lowest, highest) = (edge(-1, loss), edge(1, loss))
      let x = lowest + (highest - lowest) * Double(index) / Double(2 * halfCount)
      let dispersion = fit.dispersion * Double.exp(-x)
      return CountNode(
        weight: Double.exp(-loss(x)), noise: .proportional(dispersion: dispersion),
        coefficients: fit.coefficients, unscaledCovariance: fit.unscaledCovariance, dispersion: dispersion)
    }
  }

  /// Nodes over the size of a negative binomial regression, weighted by the likelihood with the coefficients integrated out.
  ///
  /// By Laplace's method that is the likelihood maximised over the coefficients times the root of the determinant of their
  /// covariance (Cox and Reid, 1987): the less is known of them at a size, the more of them agree with it.
  ///
  /// The integral is over the coefficient of variation of the means, 1/√size, with a flat prior (Gelman, 2006): proper at
  /// zero, where the likelihood levels off at the Poisson's, so that the bound needs no case of its own.
  private static func overdispersed(
    _ fit: GeneralisedLinearFit, _ problem: ReweightedLeastSquares
  ) throws(ForecastingError) -> [CountNode?] {
    let model = problem.model
    let best = fit.logLikelihood ?? 0
    let centre = fit.size.map { 1 / $0.squareRoot() } ?? 0
    func profile(_ variation: Double) throws(ForecastingError) -> GeneralisedLinearFit {
      let law = ResponseLaw.negativeBinomial(size: min(1e9, 1 / (variation * variation)))
      return GeneralisedLinearFit(
        problem, try problem.solve(law, from: fit.coefficients, toLastDigit: false), dispersion: .known)
    }
    func loss(_ variation: Double) throws(ForecastingError) -> Double {
      best - (try profile(variation).logLikelihood ?? -.infinity)
    }
    // Outwards until the likelihood has lost what takes a node's weight away.
    var upper = max(2 * centre, 0.05)
    while try loss(upper) < deepest, upper < 1e3 { upper *= 1.5 }
    var lower = 0.0
    if centre > 0, try loss(centre / 64) > deepest {
      var inside = centre
      lower = centre / 64
      for _ in 0..<8 {
        let middle = (lower * inside).squareRoot()
        if try loss(middle) > deepest { lower = middle } else { inside = middle }
      }
    }
    var nodes: [CountNode] = []
    let count = 2 * halfCount + 1
    for index in 0..<count {
      let variation = lower + (upper - lower) * (Double(index) + 0.5) / Double(count)
      let node = try profile(variation)
      guard let logLikelihood = node.logLikelihood, logLikelihood.isFinite else {
        throw model.failure("its likelihood cannot be computed at a size of \(1 / (variation * variation))")
      }
      guard
        var known = CountNode(
          weight: 1, noise: .law(node.law), coefficients: node.coefficients,
          unscaledCovariance: node.unscaledCovariance, dispersion: 1)
      else { return [nil] }
      // A logarithm until the greatest is known, by which all are divided.
      known.weight = logLikelihood - best + known.logDeterminant / 2
      nodes.append(known)
    }
    let greatest = nodes.reduce(-Double.infinity) { max($0, $1.weight) }
    for index in nodes.indices { nodes[index].weight = Double.exp(nodes[index].weight - greatest) }
    return nodes
  }

  /// Half of the nodes beside the middle one.
  private static let halfCount = 6
  /// The loss of log-likelihood beyond which a node has no weight that could be seen.
  private static let deepest = 8.0

  /// Where a loss that grows in one direction from zero reaches ``deepest``.
  private static func edge(_ direction: Double, _ loss: (Double) -> Double) -> Double {
    var (inside, outside) = (0.0, direction)
    while loss(outside) < deepest { outside *= 2 }
    for _ in 0..<40 {
      let middle = (inside + outside) / 2
      if loss(middle) < deepest { inside = middle } else { outside = middle }
    }
    return outside
  }
}
