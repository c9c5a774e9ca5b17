import Needscast

extension Subject {
  /// The chart of a figure by year.
  ///
  /// - Throws: ``Needscast/ReportingError`` where the figure is neither known nor forecast in any year.
  func fan(_ figure: PlanFigure) throws(ReportingError) -> FanChart {
    if let service { return try FanChart(service, figure: figure, identifier: "fan") }
    var points: [FanChart.Point] = []
    for year in years {
      let content: FanChart.Point.Content =
        switch (figure.quantity(of: year), year.kind) {
        case (nil, _): .missing
        case (.known(let value), .outturn): .published(value)
        case (.known(let value), _): .forecast(FanChart.Fan(certain: value))
        case (.uncertain(let one), _):
          .forecast(
            FanChart.Fan(
              median: one.p50, interval80: one.p10...max(one.p10, one.p90),
              interval95: one.p2_5...max(one.p2_5, one.p97_5)))
        }
      points.append(
        FanChart.Point(
          label: "\(year.year)", content: content,
          level: figure == .spend ? year.budget?.middle : nil))
    }
    return try FanChart(
      title: "\(name): \(name(of: figure).lowercasingFirst)",
      unit: figure.isMoney ? .pounds : .count("people or places"),
      points: points, levelName: "budget", identifier: "fan")
  }

  /// The chart of the last year's balance over the futures, what is below nought shaded; nil where it is certain, or
  /// there are too few futures to draw.
  func histogram() throws(ReportingError) -> HistogramChart? {
    guard let last else { return nil }
    let amounts = draws(of: balance, in: last.year)
    guard amounts.count >= 20, let first = amounts.first, amounts.contains(where: { $0 != first }) else {
      return nil
    }
    let chance = isRingFenced ? last.probabilityDeficit : last.probabilityOverspend
    let feared = isRingFenced ? "deficit" : "overspend"
    let when = isRingFenced ? "at the end of \(last.year)" : "in \(last.year)"
    return try HistogramChart(
      title: "\(name): \(feared) \(when) in \(chance.map(NumberText.percent) ?? "some") of the futures",
      subtitle:
        "\(name(of: balance)), how often each amount comes out of \(NumberText.whole(paths.draws)) futures",
      unit: .pounds, amounts: amounts, threshold: 0, side: .below, sideName: feared, identifier: "histogram")
  }
}

extension String {
  /// The text as it stands within a sentence: `Spend` as `spend`, `DSG balance` as it is.
  var lowercasingFirst: String {
    dropFirst().first?.isLowercase == true ? prefix(1).lowercased() + dropFirst() : self
  }
}
