/// A predictive distribution carried from a model's scale to the unit of the series, bounds and ceiling included.
///
/// Models that work on different scales can only be compared and joined there.
struct RestoredDistribution: PredictiveDistribution {
  let base: any PredictiveDistribution
  /// The sample that the model was fitted to.
  let sample: Sample

  init(_ base: any PredictiveDistribution, sample: Sample) {
    self.base = base
    self.sample = sample
  }

  /// The mean in the unit of the series.
  var mean: Double { (try? base.mean(restoredBy: sample)) ?? .nan }

  /// The least and the greatest value.
  private var bounds: (least: Double, greatest: Double) {
    let range = sample.scale.transformedRange(ceiling: sample.ceiling)
    let least = sample.scale == .natural ? sample.floor : sample.restored(range.least)
    return (least, sample.scale == .natural ? sample.ceiling : sample.restored(range.greatest))
  }

  func density(_ x: Double) -> Double {
    let (least, greatest) = bounds
    guard x > least, x < greatest else { return 0 }
    return base.density(sample.scale.transformed(x)) * sample.scale.slope(at: x)
  }

  func cumulative(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    let (least, greatest) = bounds
    if x < least { return 0 }
    return x >= greatest ? 1 : base.cumulative(sample.scale.transformed(x))
  }

  func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    sample.restored(try base.quantile(probability))
  }

  /// The mean, inside the bounds of the sample that asks.
  ///
  /// Whoever asks works in the unit of the series too.
  func mean(restoredBy sample: Sample) -> Double { sample.restored(mean) }

  /// The probability that stands at one value: all of it beyond a bound at the bound.
  func mass(at x: Double, of inner: (Double, any PredictiveDistribution) -> Double) -> Double {
    let (least, greatest) = bounds
    if x <= least { return cumulative(least) }
    if x >= greatest { return 1 - base.cumulative(sample.scale.transformed(greatest)) }
    return inner(sample.scale.transformed(x), base)
  }
}
