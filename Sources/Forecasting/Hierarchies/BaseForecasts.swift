import TimeSeries

/// The forecasts of all series of a hierarchy, in the order of its nodes, found to belong together.
struct BaseForecasts: Sendable {
  let forecasts: [Forecast]
  let horizon: Int

  /// Takes a forecast for every series.
  ///
  /// - Throws: ``ForecastingError/hierarchy(problem:)`` where one is missing or too many, or horizons, last
  ///   periods or units differ or units do not add up.
  init(_ given: [String: Forecast], for hierarchy: Hierarchy) throws(ForecastingError) {
    let nodes = hierarchy.nodes
    var forecasts: [Forecast] = []
    for node in nodes {
      guard let forecast = given[node] else {
        throw .hierarchy(
          problem: "there is no forecast for \"\(node)\"; every part and every total needs one")
      }
      forecasts.append(forecast)
    }
    let strangers = given.keys.filter { hierarchy.position(of: $0) == nil }.sorted()
    guard strangers.isEmpty else {
      throw .hierarchy(
        problem: "\(strangers.map { "\"\($0)\"" }.joined(separator: ", ")) "
          + (strangers.count == 1 ? "is" : "are") + " not among the series that add up")
    }
    horizon = forecasts[0].horizon
    for (node, forecast) in zip(nodes, forecasts) where forecast.horizon != horizon {
      throw .hierarchy(
        problem: "\"\(nodes[0])\" is forecast \(horizon) periods ahead and \"\(node)\" \(forecast.horizon); "
          + "forecast all of them over one horizon")
    }
    let samples = forecasts.map(\.model.sample)
    for (node, sample) in zip(nodes, samples) {
      if let unit = sample.unit { try SummableUnit.require(unit, of: node) }
      guard sample.unit == samples[0].unit else {
        throw .hierarchy(
          problem: "the unit of \"\(nodes[0])\" is \(Self.words(samples[0].unit)) and that of \"\(node)\" is "
            + "\(Self.words(sample.unit)); parts and totals need one unit")
      }
      guard Self.endTogether(samples[0], sample) else {
        throw .hierarchy(
          problem:
            "the last figure of \"\(nodes[0])\" is of \(samples[0].labels.last ?? "no period") and that of "
            + "\"\(node)\" of \(sample.labels.last ?? "no period"); forecast all of them from one period on")
      }
    }
    self.forecasts = forecasts
  }

  private static func words(_ unit: TimeSeries.Unit?) -> String { unit.map { "\($0)" } ?? "unknown" }

  /// Whether two samples have their last figures in one period. Samples without periods are taken to.
  private static func endTogether(_ first: Sample, _ second: Sample) -> Bool {
    switch (first.firstPeriod, second.firstPeriod) {
    case (nil, nil): return true
    case (let origin?, let other?):
      guard let distance = origin.distance(to: other) else { return false }
      return (first.positions.last ?? 0) == distance + (second.positions.last ?? 0)
    default: return false
    }
  }

  /// The means in the unit of the series: for each step those of all series.
  func means() throws(ForecastingError) -> [[Double]] {
    var means: [[Double]] = []
    for step in 1...horizon {
      var row: [Double] = []
      for forecast in forecasts { row.append(try forecast.mean(step: step)) }
      means.append(row)
    }
    return means
  }
}
