extension Sample {
  /// The length of the season that a decomposition works with; refused unless the sample is consecutive and longer than
  /// two seasons.
  ///
  /// - Parameters:
  ///   - given: the length that was asked for; nil takes that of the series.
  ///   - method: what the error calls the decomposition.
  func seasonForDecomposition(_ given: Int?, method: String) throws(ForecastingError) -> Int {
    let length = given ?? season
    guard length >= 2 else {
      throw .unsuitable(
        series: name, model: method,
        problem: "needs a series with a season, such as one of months or quarters, and this one has none; "
          + "give the length of the season, two periods or more")
    }
    guard count > 2 * length else {
      throw .tooFewObservations(series: name, model: method, found: count, needed: 2 * length + 1)
    }
    for index in positions.indices.dropFirst() where positions[index] != positions[index - 1] + 1 {
      throw .gap(series: name, model: method, after: labels[index - 1])
    }
    return length
  }
}
