import RealModule
import Statistics

/// A predictive distribution on a model's scale: a weighted mixture of Student's t distributions that share their
/// degrees of freedom.
///
/// A model that is linear in its parameters predicts with one component; a model that averages over a grid of
/// smoothing parameters has one component for each node.
public struct StudentMixture: Sendable {
  /// One t distribution of the mixture.
  public struct Component: Hashable, Sendable {
    /// Its share of the mixture; shares sum to one.
    public var weight: Double
    /// Its centre.
    public var location: Double
    /// The scale that multiplies a standard t variate; not its standard deviation.
    public var scale: Double
  }

  /// The components, heaviest first.
  public let components: [Component]
  /// The degrees of freedom that all components share.
  public let degreesOfFreedom: Double
  private let standard: StudentT
  /// The standard density at its centre.
  private let peak: Double

  /// A mixture from its components; weights need not yet sum to one.
  ///
  /// Components that together hold less than a ten-thousandth of the weight are dropped: they cannot be seen in any
  /// quantile that is reported.
  ///
  /// - Returns: nil unless there is a component with positive weight and none with a negative one, every scale is
  ///   positive and finite, every location finite and the degrees of freedom are positive.
  public init?(_ components: [Component], degreesOfFreedom: Double) {
    guard let standard = try? StudentT(degreesOfFreedom: degreesOfFreedom, location: 0, scale: 1),
      let peak = try? standard.density(0)
    else { return nil }
    let total = components.reduce(0) { $0 + $1.weight }
    guard total > 0, total.isFinite,
      components.allSatisfy({
        $0.weight >= 0 && $0.scale > 0 && $0.scale.isFinite && $0.location.isFinite
      })
    else { return nil }
    var kept: [Component] = []
    var mass = 0.0
    for component in components.sorted(by: { ($0.weight, $0.location) > ($1.weight, $1.location) }) {
      if mass > 0.9999 * total { break }
      kept.append(component)
      mass += component.weight
    }
    for index in kept.indices { kept[index].weight /= mass }
    self.components = kept
    self.degreesOfFreedom = degreesOfFreedom
    self.standard = standard
    self.peak = peak
  }

  /// The density at a point of the model's scale.
  public func density(_ x: Double) -> Double {
    // From the peak and one logarithm: a call to the library's density for every component would cost ten times that.
    let power = -(degreesOfFreedom + 1) / 2
    var sum = 0.0
    for component in components {
      let t = (x - component.location) / component.scale
      sum +=
        component.weight / component.scale * Double.exp(power * Double.log(onePlus: t * t / degreesOfFreedom))
    }
    return sum * peak
  }

  /// The probability of a value no greater than `x`; NaN for NaN.
  public func cumulative(_ x: Double) -> Double {
    var sum = 0.0
    for component in components {
      sum += component.weight * standardCumulative((x - component.location) / component.scale)
    }
    return sum
  }

  /// The value below which the distribution holds the given probability.
  ///
  /// One component is inverted directly; a mixture by Newton's steps inside a bracket of the components' own quantiles,
  /// which is halved where a step would leave it.
  ///
  /// - Throws: ``ForecastingError/probability(_:)`` unless the probability lies strictly between 0 and 1.
  public func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    guard probability > 0, probability < 1, let standardised = try? standard.quantile(probability) else {
      throw .probability(probability)
    }
    var lower = Double.infinity
    var upper = -Double.infinity
    for component in components {
      let candidate = component.location + component.scale * standardised
      lower = min(lower, candidate)
      upper = max(upper, candidate)
    }
    // The quantile lies between the components' own; a thousand-millionth of their distance cannot be seen.
    let tolerance = max(1e-10 * (upper - lower), 4 * max(abs(lower), abs(upper)) * .ulpOfOne)
    var x = lower + (upper - lower) / 2
    for _ in 0..<200 where upper - lower > tolerance {
      let excess = cumulative(x) - probability
      if excess > 0 { upper = x } else { lower = x }
      let newton = x - excess / density(x)
      let next = newton > lower && newton < upper ? newton : lower + (upper - lower) / 2
      if abs(next - x) <= tolerance { return next }
      x = next
    }
    return x
  }

  private func standardCumulative(_ x: Double) -> Double { (try? standard.cumulative(x)) ?? .nan }
}
