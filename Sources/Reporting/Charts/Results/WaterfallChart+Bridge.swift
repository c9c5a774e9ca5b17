import Commissioning

extension WaterfallChart {
  /// Why one cost is another, as a chart: its title says by how much they differ and which step is the largest.
  ///
  /// - Parameters:
  ///   - report: the bridge.
  ///   - service: the name that people use for the service; the name that scripts use unless it is given.
  ///   - identifier: what the ids of the document begin with.
  /// - Throws: ``ReportingError/emptyChart(_:)``, which pence never cause.
  public init(
    _ report: BridgeReport, service: String? = nil, identifier: String = "bridge"
  ) throws(ReportingError) {
    let summary = report.summary
    let change = summary.change.pounds
    let figures = FigureText(
      .pounds,
      showing: [summary.from.pounds, summary.to.pounds] + summary.steps.map { $0.mean.pounds }
    ).telling([change] + summary.steps.map { $0.mean.pounds })
    let subject = "\(service ?? report.service), \(report.bridge.from) to \(report.bridge.to)"
    var title: String
    if change == 0 {
      title = "\(subject): spending is the same"
    } else {
      title =
        "\(subject): spending \(change > 0 ? "rises" : "falls") by \(figures.text(change.magnitude))"
        + (report.heading.draws == 1 ? " in one simulated future" : " on average")
    }
    let largest = summary.steps.enumerated().max {
      ($0.element.mean.pounds.magnitude, -$0.offset) < ($1.element.mean.pounds.magnitude, -$1.offset)
    }?.element
    if let largest, largest.mean.pounds != 0, summary.steps.count > 1 {
      title += ", most of all by \(largest.name.lowercasedAtStart) (\(figures.change(largest.mean.pounds)))"
    }
    try self.init(
      title: title,
      subtitle:
        "\(report.heading.area), scenario \(report.heading.scenario), as known on \(report.heading.asOf), "
        + (report.heading.draws == 1
          ? "1 simulated future" : "means over \(NumberText.whole(report.heading.draws)) simulated futures"),
      unit: .pounds, start: Amount(report.bridge.from, summary.from.pounds),
      steps: summary.steps.map { Amount($0.name, $0.mean.pounds) }, endName: report.bridge.to,
      notes: [
        report.isOfMeans
          ? "Of the earlier plan only means are known: this is the bridge of the means of both."
          : "Worked out inside each simulated future; the steps sum to the change exactly."
      ], identifier: identifier)
  }
}

extension String {
  /// The text as it stands within a sentence: `Spend` as `spend`, `DSG balance` as it is.
  var lowercasedAtStart: String {
    dropFirst().first?.isLowercase == true ? prefix(1).lowercased() + dropFirst() : self
  }
}
