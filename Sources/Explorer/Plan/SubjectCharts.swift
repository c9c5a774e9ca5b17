import Needscast

extension Subject {
  /// The chart of a figure by year.
  ///
  /// - Throws: ``Needscast/ReportingError`` where the figure is neither known nor forecast in any year.
  func fan(_ figure: PlanFigure) throws(ReportingError) -> FanChart {
    let chart = try FanChart(paths, service: service?.id, figure: figure, identifier: "fan")
    guard paths.draws == 1 else { return chart }
    // One future has no chance, which the title of a forecast speaks of.
    return try FanChart(
      title: "\(self.name), \(name(of: figure)): one simulated future", unit: chart.unit,
      points: chart.points,
      levelName: chart.levelName, identifier: chart.identifier)
  }

  /// The chart of the last year's balance over the futures, what is feared shaded; nil where it is certain, or there
  /// are too few futures to draw.
  func histogram() throws(ReportingError) -> HistogramChart? {
    guard let last else { return nil }
    let amounts = draws(of: balance, in: last.year)
    guard amounts.count >= 20, let first = amounts.first, amounts.contains(where: { $0 != first }) else {
      return nil
    }
    return try HistogramChart(
      paths, service: service?.id, figure: balance, year: last.year, identifier: "histogram")
  }
}
