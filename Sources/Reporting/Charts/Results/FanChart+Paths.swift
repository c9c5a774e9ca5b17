import Commissioning
import TimeSeries

extension FanChart {
  /// A chart of one figure of a plan with 50, 80 and 95 per cent intervals, taken over its simulated futures.
  ///
  /// The title says how likely a deficit or an overspend is in the last year, unless there is one future only. Beside spend stands the budget. Only
  /// figures of outturn years are drawn as published, and need of years that are over where it is known. What a forecast of an earlier day had for such a year is drawn
  /// as a ring, and what has been published since of a year that is forecast here as a dot.
  ///
  /// - Parameters:
  ///   - paths: the plan.
  ///   - service: the service, by the name that scripts use; nil for all services together.
  ///   - figure: the figure.
  ///   - comparisons: figures as they were forecast beside what was published; those of the plan itself unless others
  ///     are given.
  ///   - identifier: what the ids of the document begin with; made of the service and the figure unless it is given.
  /// - Throws: ``ReportingError/chart(_:)`` where the plan has no such service or figure.
  public init(
    _ paths: PlanPaths, service: String?, figure: PlanFigure, comparisons: [OutturnComparison]? = nil,
    identifier: String? = nil
  ) throws(ReportingError) {
    let subject = try PlanSubject(paths, service: service)
    let known = (comparisons ?? paths.comparisons).filter { $0.service == service && $0.planFigure == figure }
    var points: [Point] = []
    for year in subject.years {
      points.append(try Self.point(of: year, figure, known.first { $0.period == year.year.period }))
    }
    // Years at the ends of which nothing is known of this figure.
    while points.last?.content == .missing { points.removeLast() }
    while points.first?.content == .missing { points.removeFirst() }
    guard points.contains(where: { $0.content != .missing }) else { throw subject.lacks(figure) }
    let unit = subject.unit(of: figure)
    try self.init(
      title: try Self.title(subject, figure, points, unit),
      subtitle: subject.subtitle(figure), unit: unit, points: points, levelName: "budget",
      identifier: identifier ?? "\(service ?? PlanCSV.totalService)-\(figure.rawValue)")
  }

  /// A year of a plan as a period of a chart.
  private static func point(
    of year: ServiceYear, _ figure: PlanFigure, _ comparison: OutturnComparison?
  ) throws(ReportingError) -> Point {
    let content: Point.Content
    let draws = figure.draws(of: year)
    switch (draws, draws?.knownValue, year.kind) {
    case (nil, _, _): content = .missing
    case (_, let value?, .outturn): content = .published(value)
    // Need of a year that is over can be counted before its money is published.
    case (_, let value?, .estimate) where figure == .need: content = .published(value)
    case (_, let value?, _): content = .forecast(Fan(certain: value))
    case (let draws?, nil, _): content = .forecast(try Fan(draws))
    }
    var isPublished = false
    if case .published = content { isPublished = true }
    return Point(
      label: "\(year.year)", content: content,
      level: figure == .spend
        // The mean, as everywhere beside the chart.
        ? year.budget?.mean : nil,
      hindcast: isPublished ? comparison?.forecast.middle : nil,
      outturn: isPublished ? nil : comparison?.actual)
  }

  /// What the chart finds: how likely what is feared is, or what becomes of the figure.
  private static func title(
    _ subject: PlanSubject, _ figure: PlanFigure, _ points: [Point], _ unit: ChartUnit
  ) throws(ReportingError) -> String {
    let figures = FigureText(unit, showing: points.flatMap(\.figures).filter(\.isDrawable))
    let found = finding(subject.headed(figure), points, unit, middle: "median")
    // Of one future nothing can be counted, and nothing is said of chance.
    if subject.isOneFuture {
      return points.contains { $0.fan != nil } ? found + ", in one simulated future" : found
    }
    let last = subject.years.last { figure.draws(of: $0) != nil }
    if let last, last.kind != .outturn, let draws = figure.draws(of: last), draws.knownValue == nil {
      let middle = figures.text(try draws.middle)
      if figure.isBalance {
        let chance = try draws.chance(below: 0)
        let feared = figure == .closingBalance ? "a deficit at the end of" : "an overspend in"
        return "\(subject.name): \(feared) \(last.year) is \(ChanceWords.text(chance)); "
          + "median \(middle)"
      }
      if figure == .spend, let balance = last.inYearBalance, balance.knownValue == nil {
        let chance = try balance.chance(below: 0)
        return "\(found); more than the budget of \(last.year) is "
          + ChanceWords.text(chance)
      }
    }
    return found
  }
}

extension FanChart.Fan {
  /// The median and the intervals of a quantity over its simulated futures.
  ///
  /// - Throws: ``ReportingError/chart(_:)`` where the quantity is not a finite number in some future.
  public init(_ draws: Draws) throws(ReportingError) {
    if let value = draws.knownValue {
      self.init(certain: value)
      return
    }
    let q = try draws.drawn(at: [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
    self.init(median: q[3], interval50: q[2]...q[4], interval80: q[1]...q[5], interval95: q[0]...q[6])
  }
}
