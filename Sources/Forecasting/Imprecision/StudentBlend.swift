import Statistics

/// The mixture in equal shares of Student mixtures that share their degrees of freedom.
///
/// It is one ``StudentMixture`` with the components of all. That one asks the library for Student's distribution function
/// once for every component and step of its search; with sixteen parts and more it is a hundred times as quick to ask
/// once, and to add the integral of the density from there.
struct StudentBlend: PredictiveDistribution {
  /// The mixture.
  let mixture: StudentMixture
  private let parts: [StudentMixture]
  private let standard: StudentT
  /// A point in the middle, and the probability below it.
  private let centre: Double
  private let belowCentre: Double
  /// The least scale of a component.
  private let narrowest: Double

  /// Further from the centre than so many of the narrowest scales, the distribution function is asked itself.
  private static let reach = 24.0

  /// - Returns: nil unless all parts are Student mixtures with the same degrees of freedom.
  init?(_ parts: [any PredictiveDistribution]) {
    let students = parts.compactMap { $0 as? StudentMixture }
    guard students.count == parts.count, let freedom = students.first?.degreesOfFreedom,
      students.allSatisfy({ $0.degreesOfFreedom == freedom }),
      let standard = try? StudentT(degreesOfFreedom: freedom, location: 0, scale: 1)
    else { return nil }
    let components = students.flatMap { student in
      student.components.map {
        StudentMixture.Component(
          weight: $0.weight / Double(students.count), location: $0.location, scale: $0.scale)
      }
    }
    guard let mixture = StudentMixture(components, degreesOfFreedom: freedom) else { return nil }
    self.mixture = mixture
    self.parts = students
    self.standard = standard
    centre = mixture.mean
    belowCentre = mixture.cumulative(centre)
    narrowest = components.reduce(Double.infinity) { min($0, $1.scale) }
  }

  var mean: Double { mixture.mean }

  func density(_ x: Double) -> Double { mixture.density(x) }

  func cumulative(_ x: Double) -> Double {
    let distance = abs(x - centre) / narrowest
    // What is not a number is no nearer than anything.
    guard distance <= Self.reach else { return mixture.cumulative(x) }
    let panels = max(1, Int(distance.rounded(.up)))
    let width = (x - centre) / Double(panels)
    var sum = 0.0
    for panel in 0..<panels {
      let middle = centre + (Double(panel) + 0.5) * width
      for (node, weight) in GaussLegendre.nodes { sum += weight * mixture.density(middle + node * width / 2) }
    }
    return min(max(belowCentre + sum * width / 2, 0), 1)
  }

  /// By Newton's steps inside a bracket of the components' own quantiles, which is halved where a step would leave it.
  func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    guard probability > 0, probability < 1,
      let standardised = StandardQuantiles.quantile(standard, probability)
    else { throw .probability(probability) }
    var lower = Double.infinity
    var upper = -Double.infinity
    for component in mixture.components {
      let candidate = component.location + component.scale * standardised
      lower = min(lower, candidate)
      upper = max(upper, candidate)
    }
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

  /// The mean of the means of the parts.
  func mean(restoredBy sample: Sample) throws(ForecastingError) -> Double {
    var mean = 0.0
    for part in parts { mean += try part.mean(restoredBy: sample) / Double(parts.count) }
    return mean
  }
}
