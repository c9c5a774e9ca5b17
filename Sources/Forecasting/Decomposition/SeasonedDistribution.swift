/// A predictive distribution of any kind with a season put back: multiplied, moved, and widened about its median by what
/// is not known of the season.
struct SeasonedDistribution: PredictiveDistribution {
  private let base: any PredictiveDistribution
  private let centre: Double
  private let newCentre: Double
  /// What distances from the centre are multiplied with.
  private let stretch: Double

  /// The number of quantiles that a mean in the unit of the series is taken over.
  private static let nodes = 2000

  /// - Parameters:
  ///   - factor: what values are multiplied with, above zero.
  ///   - shift: what is added after that.
  ///   - widening: what distances from the median are multiplied with besides.
  ///   - variance: what is to be added to the variance; a distribution's own is read off its central two thirds.
  init(
    _ base: any PredictiveDistribution, factor: Double, shift: Double, widening: Double = 1,
    variance: Double
  ) throws(ForecastingError) {
    self.base = base
    centre = try base.quantile(0.5)
    newCentre = factor * centre + shift
    // The distance between these two quantiles is two standard deviations of a normal distribution.
    let spread =
      widening * factor * (try base.quantile(0.841344746068543) - (try base.quantile(0.158655253931457))) / 2
    stretch = widening * factor * (spread > 0 ? (1 + variance / (spread * spread)).squareRoot() : 1)
  }

  private func inward(_ x: Double) -> Double { centre + (x - newCentre) / stretch }

  private func outward(_ x: Double) -> Double { newCentre + (x - centre) * stretch }

  func density(_ x: Double) -> Double { base.density(inward(x)) / stretch }

  func cumulative(_ x: Double) -> Double { base.cumulative(inward(x)) }

  func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    outward(try base.quantile(probability))
  }

  var mean: Double { outward(base.mean) }

  /// The average of restored quantiles in the middle of equal shares of the probability; on the natural scale the mean,
  /// moved by the average of what bounds of the unit take off or add.
  func mean(restoredBy sample: Sample) throws(ForecastingError) -> Double {
    if sample.restoresNothing { return mean }
    let isNatural = sample.scale == .natural
    var sum = 0.0
    for node in 0..<Self.nodes {
      let value = try quantile((Double(node) + 0.5) / Double(Self.nodes))
      sum += sample.restored(value) - (isNatural ? value : 0)
    }
    let average = sum / Double(Self.nodes)
    return isNatural ? sample.restored(mean + average) : average
  }
}
