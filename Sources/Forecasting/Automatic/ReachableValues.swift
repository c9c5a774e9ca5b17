extension Sample {
  /// The values, in the unit of the series, that the middle of a forecast may take: inside the bounds of the unit, and
  /// where the scale has none for a value at a bound, at some distance from it.
  ///
  /// That distance is a tenth of the least value for logarithms, and a tenth of the way that was left for log odds.
  var reachable: ClosedRange<Double> {
    let least = observed.min() ?? 0
    let greatest = observed.max() ?? 0
    switch scale {
    case .natural: return floor...max(floor, ceiling)
    case .logarithm(let offset), .boxCox(_, let offset):
      let lower = offset > 0 ? 0 : 0.1 * least
      return lower...max(lower, ceiling)
    case .logOdds(let lower, let upper, let offset):
      guard offset == 0 else { return lower...upper }
      return (lower + 0.1 * (least - lower))...(upper - 0.1 * (upper - greatest))
    }
  }
}
