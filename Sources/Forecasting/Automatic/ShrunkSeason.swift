/// The season of a series as it is on average over all years, believed as far as the series bears it out.
///
/// Ratios (or differences) to a centred moving average over a season are averaged, as in the classical decomposition.
/// Where the test of ``SeasonalityTest`` sees no season, a part of it is kept: a test that is not passed is no proof
/// that there is none, and indices shrunk towards nothing forecast better than either extreme (Miller and Williams, 2003).
struct ShrunkSeason: Sendable {
  /// What is multiplied with or added to the values of each place in the season, that of the first value first.
  let indices: [Double]
  /// Whether the season is multiplied.
  let isMultiplied: Bool
  /// The outcome of the test; nil where there was nothing to test.
  let test: SeasonalityTest?

  /// What is kept of a season that the test does not see: three tenths of quarters and a tenth of months, because the
  /// more indices there are, the fewer values each rests on.
  static func keptUnseen(season: Int) -> Double { min(1, 1.2 / Double(season)) }

  /// - Returns: nil for a series shorter than two seasons, or without a season.
  init?(_ values: [Double], season: Int, isMultiplied: Bool) {
    guard season > 1, values.count >= 2 * season else { return nil }
    let half = season / 2
    var sums = [Double](repeating: 0, count: season)
    var counts = sums
    for centre in half..<(values.count - half) {
      var around = 0.0
      for index in (centre - half)...(centre + half) { around += values[index] }
      // An even season has half a value at either end.
      if season % 2 == 0 { around -= (values[centre - half] + values[centre + half]) / 2 }
      let trend = around / Double(season)
      let part = isMultiplied ? values[centre] / trend : values[centre] - trend
      guard part.isFinite else { return nil }
      sums[centre % season] += part
      counts[centre % season] += 1
    }
    guard counts.allSatisfy({ $0 > 0 }) else { return nil }
    var indices = zip(sums, counts).map { $0 / $1 }
    let mean = indices.reduce(0) { $0 + $1 / Double(season) }
    test = SeasonalityTest(values, season: season)
    let kept = test?.isSeasonal == true ? 1 : Self.keptUnseen(season: season)
    for place in indices.indices {
      // An index far below any that is seen only keeps quotients finite.
      indices[place] =
        isMultiplied ? max(0.05, 1 + kept * (indices[place] / mean - 1)) : kept * (indices[place] - mean)
    }
    guard indices.allSatisfy(\.isFinite) else { return nil }
    self.indices = indices
    self.isMultiplied = isMultiplied
  }

  /// The value of a place in time without its season.
  func removed(from value: Double, at index: Int) -> Double {
    let part = indices[index % indices.count]
    return isMultiplied ? value / part : value - part
  }

  /// The value of a place in time with its season.
  func restored(to value: Double, at index: Int) -> Double {
    let part = indices[index % indices.count]
    return isMultiplied ? value * part : value + part
  }
}
