import Commissioning

extension FanChart {
  /// A chart of one figure of a service, whose title says what becomes of it. Beside spend stands the budget.
  ///
  /// Only the figures of outturn years are published; what is rolled forward is drawn as the forecast it is.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` when the service has no such figure.
  public init(_ service: ServiceOutcome, figure: PlanFigure, identifier: String? = nil) throws(ReportingError)
  {
    let unit: ChartUnit = figure.isMoney ? .pounds : .count("people or places")
    let points = service.years.map { year in
      Point(
        label: "\(year.year)", content: Self.content(figure.quantity(of: year), year.kind),
        level: figure == .spend ? PlanFigure.budget.quantity(of: year).map(\.middle) : nil)
    }
    let name = "\(service.name), \(figure.name(in: service).lowercasedAtStart)"
    try self.init(
      title: Self.finding(name, points, unit, middle: "median"), unit: unit, points: points,
      levelName: PlanFigure.budget.name(in: service),
      identifier: identifier ?? "\(service.id)-\(figure.rawValue)")
  }

  private static func content(_ quantity: Quantity?, _ kind: YearKind) -> Point.Content {
    switch (quantity, kind) {
    case (nil, _): .missing
    case (.known(let value), .outturn): .published(value)
    case (.known(let value), _): .forecast(Fan(certain: value))
    case (.uncertain(let one), _):
      .forecast(
        Fan(
          median: one.p50, interval80: one.p10...max(one.p10, one.p90),
          interval95: one.p2_5...max(one.p2_5, one.p97_5)))
    }
  }
}

extension Quantity {
  /// The figure, or the median of what is uncertain.
  var middle: Double {
    switch self {
    case .known(let value): value
    case .uncertain(let one): one.p50
    }
  }
}
