import RealModule
import Statistics

/// The average of several predictive distributions taken quantile by quantile (Vincent, 1912; Ratcliff, 1979).
///
///     Q(p) = w₁ Q₁(p) + w₂ Q₂(p) + … + shift
///
/// The average of lines that never cross does not cross either. Unlike the mixture of the same distributions
/// it has about their shape and their spread: where models disagree about the place, a mixture becomes wide or has two
/// peaks, while this one stands between them (Lichtendahl, Grushka-Cockayne and Winkler, 2013).
///
/// A quantile costs one of each part; Student's t distributions with the same degrees of freedom share one. The
/// distribution function solves for the probability, about ten quantiles. All parts must be on one scale.
public struct QuantileAverage: PredictiveDistribution {
  /// One distribution of the average.
  public struct Part: Sendable {
    /// Its share; shares sum to one.
    public let weight: Double
    /// The distribution.
    public let distribution: any PredictiveDistribution
  }

  /// The distributions, in the order given, those without weight left out.
  public let parts: [Part]
  /// What is added to every quantile.
  public let shift: Double
  /// The mean: that of the parts by weight, and the shift.
  public var mean: Double { parts.reduce(shift) { $0 + $1.weight * $1.distribution.mean } }
  /// The place of all parts that are single t distributions, and the shift.
  private let location: Double
  /// The summed scales of those parts, for each number of degrees of freedom among them.
  private let scales: [(scale: Double, standard: StudentT)]
  /// The parts that are no single t distribution.
  let others: [Part]

  /// An average of distributions; weights need not yet sum to one.
  ///
  /// - Parameters:
  ///   - parts: weights of zero or more and the distributions they belong to, all on one scale.
  ///   - shift: what is added to every quantile.
  /// - Returns: nil unless some weight is positive, none negative, and all numbers are finite.
  public init?(_ parts: [(weight: Double, distribution: any PredictiveDistribution)], shift: Double = 0) {
    let total = parts.reduce(0) { $0 + $1.weight }
    guard total > 0, total.isFinite, shift.isFinite, parts.allSatisfy({ $0.weight >= 0 }) else { return nil }
    var kept: [Part] = []
    var location = shift
    var scales: [(scale: Double, standard: StudentT)] = []
    var others: [Part] = []
    for part in parts where part.weight > 0 {
      let own = Part(weight: part.weight / total, distribution: part.distribution)
      kept.append(own)
      guard let mixture = own.distribution as? StudentMixture, mixture.components.count == 1,
        let standard = try? StudentT(degreesOfFreedom: mixture.degreesOfFreedom, location: 0, scale: 1)
      else {
        others.append(own)
        continue
      }
      location += own.weight * mixture.components[0].location
      let scale = own.weight * mixture.components[0].scale
      if let same = scales.firstIndex(where: {
        $0.standard.degreesOfFreedom == mixture.degreesOfFreedom
      }) {
        scales[same].scale += scale
      } else {
        scales.append((scale, standard))
      }
    }
    guard location.isFinite, scales.allSatisfy({ $0.scale.isFinite }) else { return nil }
    self.parts = kept
    self.shift = shift
    self.location = location
    self.scales = scales
    self.others = others
  }

  /// The weighted average of the parts' quantiles, and the shift.
  public func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    var sum = try closedPart(probability)
    for part in others { sum += part.weight * (try part.distribution.quantile(probability)) }
    return sum
  }

  /// What the single t distributions and the shift add to a quantile.
  func closedPart(_ probability: Double) throws(ForecastingError) -> Double {
    guard probability > 0, probability < 1 else { throw .probability(probability) }
    var sum = location
    for (scale, standard) in scales {
      guard let standardised = try? standard.quantile(probability) else { throw .probability(probability) }
      sum += scale * standardised
    }
    return sum
  }

  /// The probability of a value no greater than `x`, by solving for it; NaN for NaN.
  public func cumulative(_ x: Double) -> Double {
    guard !x.isNaN, let score = try? byScore.greatestScore(notAbove: x) else { return .nan }
    return StandardNormal.cumulative(score)
  }

  /// The density: φ(z) over the slope of the quantile at the normal score z of `x`, by a central difference.
  public func density(_ x: Double) -> Double {
    guard !x.isNaN, let score = try? byScore.greatestScore(notAbove: x) else { return .nan }
    guard score.isFinite else { return 0 }
    // Wider where quantiles may have steps, between which there is no slope to be had.
    let step = others.allSatisfy { $0.distribution is StudentMixture } ? 0.01 : 0.05
    guard let above = try? atScore(score + step), let below = try? atScore(score - step) else { return .nan }
    // Quantiles that do not rise are a point; the least slope only keeps its density finite.
    let slope = max((above - below) / (2 * step), 1e-12 * max(1, abs(x)))
    return StandardNormal.density(score) / slope
  }

  /// The mean in the unit of the series, bounds and ceiling of the sample included.
  public func mean(restoredBy sample: Sample) throws(ForecastingError) -> Double {
    if sample.restoresNothing { return mean }
    return try ScoreIntegral(quantile: QuantileCurve(self).callAsFunction)
      .mean(restoredBy: sample, natural: sample.scale == .natural ? mean : 0)
  }

  private var byScore: ScoreIntegral { ScoreIntegral(quantile: atScore) }

  private func atScore(_ score: Double) throws(ForecastingError) -> Double {
    try quantile(StandardNormal.cumulative(score))
  }
}
