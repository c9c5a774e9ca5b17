import Commissioning
import TimeSeries

extension SmallMultiples {
  /// What a plan of an earlier day forecast, with its 80 and 95 per cent intervals, and what has been published since
  /// as dots: a chart for each figure.
  ///
  /// - Parameters:
  ///   - comparisons: figures as they were forecast beside what was published.
  ///   - paths: the plan that they are of.
  ///   - identifier: what the ids of the document begin with.
  /// - Throws: ``ReportingError/chart(_:)`` where there is no comparison.
  public init(
    hindcast comparisons: [OutturnComparison], of paths: PlanPaths, identifier: String = "hindcast"
  ) throws(ReportingError) {
    guard !comparisons.isEmpty else {
      throw .chart(
        "nothing that the plan forecast as of \(paths.asOf) has been published since; go back to an earlier day"
      )
    }
    var keys: [[String]] = []
    for one in comparisons where !keys.contains([one.service, one.figure]) {
      keys.append([one.service, one.figure])
    }
    var charts: [FanChart] = []
    for key in keys {
      let own = comparisons.filter { [$0.service, $0.figure] == key }
      guard let first = own.first else { continue }
      let service = paths.services.first { $0.id == first.service }?.name ?? first.service
      charts.append(
        try FanChart(
          title: "\(service): \(first.name.lowercasedAtStart)",
          unit: first.isMoney ? .pounds : .count(""),
          points: own.map { one in
            FanChart.Point(label: one.period.label, content: .forecast(one.fan), outturn: one.actual)
          }, identifier: key.joined(separator: "-")))
    }
    let inside80 = comparisons.count { $0.isInside80 }
    let inside95 = comparisons.count { $0.isInside95 }
    // One future has no intervals.
    let title =
      paths.draws == 1
      ? "What one simulated future had, beside \(comparisons.count) figures published since"
      : "Of \(comparisons.count) figures published since, \(inside80) fell inside the 80% interval and "
        + "\(inside95) inside the 95%"
    try self.init(
      title: title, subtitle: "\(paths.area). \(paths.made)", charts: charts,
      notes: paths.refusals.map { "Not planned: \($0.reason)." }, identifier: identifier)
  }
}

extension OutturnComparison {
  fileprivate var fan: FanChart.Fan {
    switch forecast {
    case .known(let value): FanChart.Fan(certain: value)
    case .uncertain(let one):
      FanChart.Fan(
        median: one.p50, interval80: one.p10...max(one.p10, one.p90),
        interval95: one.p2_5...max(one.p2_5, one.p97_5))
    }
  }
}
