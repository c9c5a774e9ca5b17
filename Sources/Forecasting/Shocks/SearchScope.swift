import RealModule
import TimeSeries

/// The part of a sample that is searched for shocks, in numbers that the search can work with.
struct SearchScope {
  let sample: Sample
  /// The index in the sample of the first observation of the window.
  let first: Int
  /// What the search of these periods has worked out beforehand.
  let entry: ShockDesignStore.Entry
  /// The values of the window, from their first and in units of their greatest distance from it.
  let values: [Double]
  /// That unit, on the scale of the sample.
  let unit: Double

  /// - Returns: nil for a sample with too few observations for a search.
  init?(_ sample: Sample, treatment: ShockTreatment) {
    let count = sample.count
    guard count >= ShockTreatment.fewestObservations else { return nil }
    first = max(0, count - ShockTreatment.longestWindow)
    let positions: [Int]
    if first == 0 {
      positions = sample.positions
    } else {
      let origin = sample.positions[first]
      positions = sample.positions[first...].map { $0 - origin }
    }
    let period =
      first == 0 ? sample.firstPeriod : sample.firstPeriod?.advanced(by: sample.positions[first])
    let entry = treatment.store.entry(
      positions: positions, season: sample.season, first: period, prior: treatment.prior)
    guard let entry else { return nil }
    self.sample = sample
    self.entry = entry
    let origin = sample.values[first]
    var unit = 0.0
    for value in sample.values[first...] { unit = max(unit, abs(value - origin)) }
    self.unit = unit
    let divisor = unit > 0 ? unit : 1
    values = sample.values[first...].map { ($0 - origin) / divisor }
  }

  /// Whether ordinary changes are there to compare with: a series that mostly repeats one value has none, and its few
  /// changes are no shocks.
  var hasOrdinaryChange: Bool {
    guard unit > 0 else { return false }
    var repeats = 0
    for index in 1..<values.count where values[index] == values[index - 1] { repeats += 1 }
    return 2 * repeats <= values.count - 1
  }

  /// The sum of squares that rounding, and chance behind counts, put into the errors.
  var floor: Double {
    let count = Double(values.count)
    var sampling = 0.0
    if let variances = sample.samplingVariances {
      for index in first..<sample.count { sampling += variances[index] / count }
    }
    let known = count * sample.roundingVariance + sampling
    return unit > 0 ? known / (unit * unit) + 1e-12 * count : 1
  }

  func search(_ prior: ShockPrior) -> ShockSearch {
    ShockSearch(values: values, floor: floor, prior: prior)
  }

  /// The steps at flagged breaks inside the window.
  var announced: [ShockSearch.Finding] {
    sample.breaks.compactMap { position in
      guard let index = sample.positions.firstIndex(of: position), index > first else { return nil }
      return ShockSearch.Finding(
        what: .announced(index: index - first),
        disturbances: [
          Disturbance(effects: entry.design.effects(2, from: index - first), variance: .infinity)
        ], logOdds: .infinity)
    }
  }
}
