import RealModule
import Statistics

/// A predictive distribution on a model's scale: a weighted mixture of Student's t distributions that share their
/// degrees of freedom.
///
/// A model that is linear in its parameters predicts with one component; a model that averages over a grid of
/// smoothing parameters has one component for each node.
public struct StudentMixture: PredictiveDistribution {
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
      let peak = StandardQuantiles.peak(standard)
    else { return nil }
    let total = components.reduce(0) { $0 + $1.weight }
    guard total > 0, total.isFinite,
      components.allSatisfy({
        $0.weight >= 0 && $0.scale > 0 && $0.scale.isFinite && $0.location.isFinite
      })
    else { return nil }
    if components.count == 1, let only = components.first {
      self.components = [Component(weight: 1, location: only.location, scale: only.scale)]
      self.degreesOfFreedom = degreesOfFreedom
      self.standard = standard
      self.peak = peak
      return
    }
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
    guard probability > 0, probability < 1,
      let standardised = StandardQuantiles.quantile(standard, probability)
    else {
      throw .probability(probability)
    }
    var lower = Double.infinity
    var upper = -Double.infinity
    for component in components {
      let candidate = component.location + component.scale * standardised
      lower = min(lower, candidate)
      upper = max(upper, candidate)
    }
    // The quantile lies between the components' own; a thousand-millionth of their distance cannot be seen, unless one
    // component is far narrower than they lie apart.
    let narrowest = components.reduce(Double.infinity) { min($0, $1.scale) }
    let tolerance = max(
      min(1e-10 * (upper - lower), 1e-4 * narrowest), 4 * max(abs(lower), abs(upper)) * .ulpOfOne)
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

extension StudentMixture {
  /// The weighted centre.
  public var mean: Double { components.reduce(0) { $0 + $1.weight * $1.location } }

  /// The mean in the unit of the series.
  ///
  /// On the natural scale it is the weighted centre, moved by what stands at the bounds of the unit. On the other scales it is the mean of the restored values, bounds
  /// and ``Sample/ceiling`` included, by Gauss and Legendre's rule. The variable of integration is the inverse
  /// hyperbolic sine of the distance from the median in units of the narrowest component, which spreads the nodes over
  /// both the peak and the long tails.
  public func mean(restoredBy sample: Sample) throws(ForecastingError) -> Double {
    if case .natural = sample.scale { return boundedMean(sample) }
    // Beyond the bounds all values are the same: their mass is known, and the kink stays out of the integral.
    let (least, greatest) = sample.scale.transformedRange(ceiling: sample.ceiling)
    let lower = max(least, try quantile(Self.tail))
    let upper = min(greatest, try quantile(1 - Self.tail))
    let below = cumulative(lower)
    let above = 1 - cumulative(upper)
    let ends = below * sample.restored(lower) + above * sample.restored(upper)
    guard upper > lower else { return ends / (below + above) }
    let centre = try quantile(0.5)
    let unit = components.reduce(Double.infinity) { min($0, $1.scale) }
    let first = Double.asinh((lower - centre) / unit)
    let last = Double.asinh((upper - centre) / unit)
    var weighted = 0.0
    var mass = 0.0
    let panels = 24
    let width = (last - first) / Double(panels)
    for panel in 0..<panels {
      let middle = first + (Double(panel) + 0.5) * width
      for (node, weight) in Self.gaussLegendre {
        for u in [middle - node * width / 2, middle + node * width / 2] {
          let x = centre + unit * Double.sinh(u)
          let share = density(x) * Double.cosh(u) * weight
          weighted += share * sample.restored(x)
          mass += share
        }
      }
    }
    // The mass inside is known from the distribution function; only the average within it comes from the rule.
    guard mass > 0 else { return ends / (below + above) }
    return ends + (1 - below - above) * weighted / mass
  }

  /// The mean where the mass beyond the floor and the ceiling of a sample stands at them.
  ///
  /// One degree of freedom or less has no mean: the restored centres stand for it.
  private func boundedMean(_ sample: Sample) -> Double {
    guard !sample.restoresNothing else { return mean }
    guard degreesOfFreedom > 1 else {
      return components.reduce(0) { $0 + $1.weight * sample.restored($1.location) }
    }
    var mean = 0.0
    for component in components {
      var own = component.location
      if sample.floor.isFinite {
        own += component.scale * expectedExcess((sample.floor - component.location) / component.scale)
      }
      if sample.ceiling.isFinite {
        own -= component.scale * expectedExcess((component.location - sample.ceiling) / component.scale)
      }
      mean += component.weight * own
    }
    return sample.restored(mean)
  }

  /// E max(0, z − T) for a standard t variate T: z F(z) + (ν + z²) / (ν − 1) f(z), by parts.
  private func expectedExcess(_ z: Double) -> Double {
    let density =
      peak * Double.exp(-(degreesOfFreedom + 1) / 2 * Double.log(onePlus: z * z / degreesOfFreedom))
    let excess = z * standardCumulative(z) + (degreesOfFreedom + z * z) / (degreesOfFreedom - 1) * density
    // Far out the two terms cancel, and what is left is rounding.
    return excess.isFinite ? max(0, excess) : max(0, z)
  }

  /// The share at either end of the distribution whose values count as those at its edge when a mean is taken.
  private static let tail = 1e-7

  /// Half of the eight nodes of the Gauss-Legendre rule on (-1, 1), with their weights (Abramowitz and Stegun, 1964,
  /// table 25.4).
  private static let gaussLegendre: [(node: Double, weight: Double)] = [
    (0.183434642495649805, 0.362683783378361983), (0.525532409916328986, 0.313706645877887287),
    (0.796666477413626740, 0.222381034453374471), (0.960289856497536232, 0.101228536290376259),
  ]
}
