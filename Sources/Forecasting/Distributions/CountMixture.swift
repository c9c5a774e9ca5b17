import RealModule
import Statistics

/// A predictive distribution of whole numbers: a weighted mixture of distributions of counts, each count worth the same
/// in the unit of the series.
///
/// A count model given its parameters is Poisson, negative binomial or binomial; not knowing the parameters mixes those,
/// one component for each node of the integral over them. A count of k stands for the value k × ``unitPerCount``: 1 for
/// a series of counts, per/denominator for a rate, whole/denominator for a share. So quantiles lie on a lattice, and the
/// density is the probability of a lattice point.
public struct CountMixture: PredictiveDistribution {
  /// One distribution of the mixture.
  public struct Component: Sendable {
    /// Its share of the mixture; shares sum to one.
    public let weight: Double
    /// The distribution of the count.
    public let law: any DiscreteDistribution
  }

  /// The components, heaviest first.
  public let components: [Component]
  /// What one more count adds to the value.
  public let unitPerCount: Double
  /// The mean in the unit of the series.
  public let mean: Double
  /// The variance in the squared unit of the series.
  public let variance: Double
  /// The greatest distance from a whole count, in counts, at which a published value still means that count.
  private let tolerance: Double
  private let table: CountTable?

  /// A mixture from its components; weights need not yet sum to one.
  ///
  /// - Parameters:
  ///   - components: weights of zero or more and the distributions of counts that they belong to.
  ///   - unitPerCount: what one more count adds to the value; positive.
  ///   - rounding: the step, in the unit of the series, to which values are published: a rate of 5.3 stands for the
  ///     count that comes within half a step of it.
  /// - Returns: nil unless some weight is positive, none negative, and the moments are finite.
  public init?(
    _ components: [(weight: Double, law: any DiscreteDistribution)], unitPerCount: Double,
    rounding: Double = 0
  ) {
    let total = components.reduce(0) { $0 + $1.weight }
    guard total > 0, total.isFinite, unitPerCount > 0, unitPerCount.isFinite,
      components.allSatisfy({ $0.weight >= 0 })
    else { return nil }
    var centre = 0.0
    for component in components { centre += component.weight / total * component.law.mean }
    var spread = 0.0
    for component in components where component.weight > 0 {
      let distance = component.law.mean - centre
      spread += component.weight / total * (component.law.variance + distance * distance)
    }
    guard centre.isFinite, spread.isFinite else { return nil }
    self.components = components.filter { $0.weight > 0 }
      .sorted { ($0.weight, $0.law.mean) > ($1.weight, $1.law.mean) }
      .map { Component(weight: $0.weight / total, law: $0.law) }
    self.unitPerCount = unitPerCount
    mean = centre * unitPerCount
    variance = spread * unitPerCount * unitPerCount
    table = CountTable(self.components)
    tolerance = min(0.5, max(1e-9, rounding / unitPerCount / 2))
  }

  /// The probability of the count that a value stands for; zero for a value that stands for none.
  public func density(_ x: Double) -> Double {
    let count = (x / unitPerCount).rounded()
    guard abs(x / unitPerCount - count) <= max(tolerance, 1e-12 * abs(count)) else { return 0 }
    return table?.probability(of: count)
      ?? sum { (law) throws(StatisticsError) in try law.probability(of: count) }
  }

  /// The probability of a value no greater than `x`; NaN for NaN.
  public func cumulative(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    let counts = x / unitPerCount
    return cumulative(count: (counts + max(tolerance, 1e-12 * abs(counts))).rounded(.down))
  }

  private func cumulative(count: Double) -> Double {
    table?.cumulative(count) ?? min(1, sum { (law) throws(StatisticsError) in try law.cumulative(count) })
  }

  private func sum(_ value: (any DiscreteDistribution) throws(StatisticsError) -> Double) -> Double {
    var sum = 0.0
    for component in components {
      guard let part = try? value(component.law) else { return .nan }
      sum += component.weight * part
    }
    return sum
  }

  /// The least value whose distribution function reaches the probability.
  ///
  /// - Throws: ``ForecastingError/probability(_:)`` unless the probability lies strictly between 0 and 1.
  public func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    guard probability > 0, probability < 1 else { throw .probability(probability) }
    return leastCount(reaching: probability) * unitPerCount
  }

  /// The least count whose distribution function reaches the probability: bracketed from the normal quantile outwards,
  /// then between the two ends by interpolation, every third time by halving.
  private func leastCount(reaching probability: Double) -> Double {
    let deviation = variance.squareRoot() / unitPerCount
    let guess = (mean / unitPerCount + deviation * StandardNormal.quantile(probability)).rounded()
    var stride = max(1, (deviation / 4).rounded())
    var upper = max(0, guess)
    var reached = cumulative(count: upper)
    // −1 is below every count.
    var lower = -1.0
    var missed = 0.0
    if reached >= probability {
      while upper - stride > lower {
        let below = upper - stride
        let value = cumulative(count: below)
        if value < probability {
          (lower, missed) = (below, value)
          break
        }
        (upper, reached) = (below, value)
        stride *= 2
      }
    } else {
      // The largest mean within reach is 1e9: beyond 1e12 nothing is left, and NaN ends the search too.
      while !(reached >= probability), upper < 1e12 {
        (lower, missed) = (upper, reached)
        upper += stride
        reached = cumulative(count: upper)
        stride *= 2
      }
    }
    var turn = 0
    while upper - lower > 1 {
      turn += 1
      let share = turn % 3 == 0 ? 0.5 : (probability - missed) / max(reached - missed, .leastNormalMagnitude)
      let middle = min(max((lower + share * (upper - lower)).rounded(), lower + 1), upper - 1)
      let value = cumulative(count: middle)
      if value < probability { (lower, missed) = (middle, value) } else { (upper, reached) = (middle, value) }
    }
    return upper
  }

  /// The mean; count models work on the scale as measured.
  public func mean(restoredBy sample: Sample) -> Double { mean }
}
