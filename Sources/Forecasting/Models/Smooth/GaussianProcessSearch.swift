import RealModule
import Statistics

/// The search for the parameters of a Gaussian process, and the length scales that a forecast averages over.
struct GaussianProcessSearch: Sendable {
  let likelihood: GaussianProcessLikelihood

  /// Parameters with their share of the average.
  struct Node: Sendable {
    let weight: Double
    let parameters: [Double]
  }

  /// How many length scales are tried, equally spaced on the logarithm.
  private static let lengthScales = 11

  /// The most likely parameters, and for a grid of length scales the most likely others with their weights under a flat
  /// prior on the logarithm of the length scale; nil where no parameters have a likelihood.
  ///
  /// The likelihood can have several maxima: much noise and a stiff trend, or little noise and a lively one. Every length
  /// scale is therefore searched from both sides, and the best of all is refined with its length scale set free.
  func learn() -> (best: [Double], loss: Double, nodes: [Node])? {
    let (lower, upper) = (likelihood.lower, likelihood.upper)
    var found: [(parameters: [Double], loss: Double)] = []
    for index in 0..<Self.lengthScales {
      let length = lower[0] + (upper[0] - lower[0]) * Double(index) / Double(Self.lengthScales - 1)
      var (low, high) = (lower, upper)
      (low[0], high[0]) = (length, length)
      var best: (parameters: [Double], loss: Double)?
      for (trend, noise) in [(0.3, 0.8), (2.0, 0.1)] {
        let start =
          [length, Double.log(trend), Double.log(noise)] + (lower.count > 3 ? [Double.log(0.3), 0] : [])
        guard let end = minimise(from: start, low, high, tolerance: 1e-3) else { continue }
        if end.loss < best?.loss ?? .infinity { best = end }
      }
      if let best { found.append(best) }
    }
    guard let start = found.min(by: { $0.loss < $1.loss }) else { return nil }
    var best = start
    if let refined = minimise(from: start.parameters, lower, upper, tolerance: 1e-7),
      refined.loss < best.loss
    {
      best = refined
    }
    // Close to no amplitude the likelihood is level, and a search ends where it comes to it: the bound itself, where that
    // is as likely.
    var flat = best.parameters
    flat[1] = lower[1]
    let level = flat.withUnsafeBufferPointer { likelihood.loss($0, gradient: nil) }
    if level <= best.loss + 1e-3, let refined = minimiseFlat(from: flat) { best = refined }
    let weights = found.map { Double.exp(best.loss - $0.loss) }
    let total = weights.reduce(0, +)
    guard total > 0 else {
      return (best.parameters, best.loss, [Node(weight: 1, parameters: best.parameters)])
    }
    let nodes = zip(found, weights).filter { $0.1 > 1e-3 * total }
      .map { Node(weight: $0.1 / total, parameters: $0.0.parameters) }
    return (best.parameters, best.loss, nodes)
  }

  /// The best noise and season where there is no trend beside the mean.
  private func minimiseFlat(from start: [Double]) -> (parameters: [Double], loss: Double)? {
    var upper = likelihood.upper
    upper[1] = likelihood.lower[1]
    return minimise(from: start, likelihood.lower, upper, tolerance: 1e-7)
  }

  private func minimise(
    from start: [Double], _ lower: [Double], _ upper: [Double], tolerance: Double
  ) -> (parameters: [Double], loss: Double)? {
    let search = QuasiNewton(
      gradientTolerance: tolerance, valueTolerance: tolerance * 1e-3, maximumIterations: 100)
    let found = try? search.minimise(from: start, lower: lower, upper: upper) {
      (parameters: UnsafeBufferPointer<Double>, gradient: UnsafeMutableBufferPointer<Double>?) in
      likelihood.loss(parameters, gradient: gradient)
    }
    guard let found, found.value.isFinite else { return nil }
    return (found.point, found.value)
  }
}
