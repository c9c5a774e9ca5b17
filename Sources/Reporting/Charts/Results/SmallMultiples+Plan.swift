import Commissioning

extension SmallMultiples {
  /// One figure of every service of a plan side by side, each on an axis of its own.
  ///
  /// - Parameters:
  ///   - paths: the plan.
  ///   - figure: the figure; nil for the balance by which each service is judged: carried forward where there is a
  ///     ring-fence, budget less spend elsewhere.
  ///   - identifier: what the ids of the document begin with; made of the figure unless it is given.
  /// - Throws: ``ReportingError/chart(_:)`` where no service has the figure.
  public init(
    _ paths: PlanPaths, figure: PlanFigure?, identifier: String? = nil
  ) throws(ReportingError) {
    var charts: [FanChart] = []
    var without: [String] = []
    var count = (above: 0, below: 0)
    for service in paths.services {
      let subject = PlanSubject(service, of: paths)
      let own = figure ?? subject.balance
      guard service.years.contains(where: { own.draws(of: $0) != nil }) else {
        without.append(service.name)
        continue
      }
      let whole = try FanChart(paths, service: service.id, figure: own)
      // The name and what is counted; what each finds stands in the picture.
      charts.append(
        try FanChart(
          title: subject.headed(own),
          unit: own.isMoney ? .pounds : .count("people or places"),
          points: whole.points, levelName: whole.levelName, identifier: whole.identifier))
      let middles = whole.points.compactMap { $0.fan?.median ?? $0.published }
      guard let first = middles.first, let last = middles.last else { continue }
      if own.isBalance ? last > 0 : last > first { count.above += 1 }
      if own.isBalance ? last < 0 : last < first { count.below += 1 }
    }
    let basis = paths.draws == 1 ? "in one simulated future" : "by the median of the futures"
    let name = figure?.words ?? "balance"
    guard !charts.isEmpty else { throw .chart("no service of the plan has \(name) in any year") }
    let last = paths.services.compactMap { $0.years.last?.year }.max().map { "\($0)" } ?? ""
    let services = charts.count == 1 ? "1 service" : "\(charts.count) services"
    let title =
      figure.map(\.isBalance) ?? true
      ? "Balance of \(services): below nothing by \(last) in \(count.below), \(basis)"
      : "\(name.prefix(1).uppercased() + name.dropFirst()) of \(services): by \(last) more in \(count.above) "
        + "and less in \(count.below), \(basis)"
    var notes = without.isEmpty ? [] : ["Without \(name): \(without.joined(separator: ", "))."]
    for refusal in paths.refusals { notes.append("Not planned: \(refusal.reason).") }
    try self.init(
      title: title, subtitle: "\(paths.area). \(paths.made)", charts: charts, notes: notes,
      identifier: identifier ?? "services-\(figure?.rawValue ?? "balance")")
  }
}
