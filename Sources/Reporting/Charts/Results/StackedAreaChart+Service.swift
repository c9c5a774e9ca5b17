import Commissioning

extension StackedAreaChart {
  /// What of a service is stacked.
  public enum ServicePart: String, CaseIterable, Hashable, Sendable {
    /// Its spending, line by line.
    case spend
    /// What was paid for, of the lines that are a number times a price: plans, children or places by setting.
    case units
    /// What it costs the General Fund beside its own grant, line by line.
    case generalFund
  }

  /// The lines of a service by year, one on top of the other; means over the simulated futures.
  ///
  /// A line that is below nothing in some year cannot be stacked: a note says which, and how much it is, and what all
  /// lines come to with it.
  ///
  /// - Parameters:
  ///   - service: the service.
  ///   - part: what is stacked.
  ///   - identifier: what the ids of the document begin with; made of the service and the part unless it is given.
  /// - Throws: ``ReportingError/chart(_:)`` where the service has no such lines.
  public init(
    _ service: ServiceOutcome, part: ServicePart = .spend, identifier: String? = nil
  ) throws(ReportingError) {
    let lines = ServiceLines(service, part)
    guard let first = lines.years.first, let last = lines.years.last, !lines.drawn.isEmpty else {
      throw .chart(
        "\(service.name) has no \(part.words) by line that could be stacked"
          + (lines.negative.isEmpty ? "; choose another service" : ", because all are below nothing"))
    }
    let unit: ChartUnit = part == .units ? .count("plans, children or places, average of the year") : .pounds
    let whole = lines.wholes
    let figures = FigureText(unit, showing: whole)
    let largest = lines.drawn.enumerated().max {
      ($0.element.values.last ?? 0, -$0.offset) < ($1.element.values.last ?? 0, -$1.offset)
    }?.element
    let isForecast = last.kind != .outturn
    var title =
      "\(service.name), \(part.words): \(figures.text(whole.first ?? 0)) in \(first.year), "
      + "\(isForecast ? "about " : "")\(figures.text(whole.last ?? 0)) in \(last.year)"
    if let largest, lines.drawn.count > 1, let value = largest.values.last {
      title +=
        "; the largest line is \(largest.name) (\(isForecast ? "about " : "")\(figures.text(value)))"
    }
    try self.init(
      title: title,
      subtitle: "Means over the simulated futures, by line, from below in the order of the plan", unit: unit,
      labels: lines.years.map { "\($0.year)" }, layers: lines.drawn.map { Layer($0.name, $0.values) },
      forecastStart: lines.years.firstIndex { $0.kind != .outturn }, notes: lines.notes(figures),
      identifier: identifier ?? "\(service.id)-\(part.rawValue)-lines")
  }
}

extension StackedAreaChart.ServicePart {
  /// What is stacked, in words.
  var words: String {
    switch self {
    case .spend: "spend"
    case .units: "what is paid for"
    case .generalFund: "cost to the General Fund"
    }
  }

  fileprivate var linePart: String {
    self == .generalFund ? ServiceLine.Part.generalFund.rawValue : ServiceLine.Part.spend.rawValue
  }

  fileprivate func mean(_ line: YearOutcome.Line) -> Double? {
    self == .units ? line.units?.mean : line.amount.mean
  }
}

/// The lines of a service by year, those that can be stacked apart from those that cannot.
private struct ServiceLines {
  struct Line {
    let id: String
    let name: String
    /// The mean of each year that is drawn; of a line that is drawn, all are known.
    let values: [Double]
    /// The years that are drawn in which it is not known.
    let absent: [FinancialYear]
  }

  /// The years that have lines.
  let years: [YearOutcome]
  let drawn: [Line]
  let negative: [Line]
  /// The years that have none.
  private let without: [FinancialYear]
  /// The years before those that are drawn, in which some line is not known.
  private let before: [FinancialYear]
  /// The lines that are not known in those years.
  private let late: [String]
  /// Lines of which something is known in some of the years that are drawn, and nothing in others.
  private let broken: [Line]

  init(_ service: ServiceOutcome, _ part: StackedAreaChart.ServicePart) {
    func lines(_ year: YearOutcome) -> [YearOutcome.Line] {
      year.lines.filter { $0.part == part.linePart && part.mean($0) != nil }
    }
    let years = service.years.filter { !lines($0).isEmpty }
    var ids: [(id: String, name: String)] = []
    for line in years.flatMap(lines) where !ids.contains(where: { $0.id == line.id }) {
      ids.append((line.id, line.name))
    }
    let all = ids.map { id, name in
      (id: id, name: name, values: years.map { year in lines(year).first { $0.id == id }.flatMap(part.mean) })
    }
    // What is not known is not nothing: the stack begins where every line is known that is known in the end.
    let lasting = all.filter { one in
      one.values.last.flatMap { $0 } != nil && one.values.allSatisfy { ($0 ?? 0) >= 0 }
    }
    let start = years.indices.first { index in lasting.allSatisfy { $0.values[index] != nil } } ?? 0
    let shown = years.dropFirst(start)
    let known = all.map { one in
      let values = one.values.dropFirst(start)
      return Line(
        id: one.id, name: one.name, values: values.map { $0 ?? 0 },
        absent: zip(shown, values).filter { $1 == nil }.map(\.0.year))
    }.filter { $0.absent.count < shown.count }
    self.years = Array(shown)
    before = years.prefix(start).map(\.year)
    late = lasting.filter { $0.values.prefix(start).contains { $0 == nil } }.map(\.name)
    without = service.years.map(\.year).filter { year in !years.contains { $0.year == year } }
    let sound = known.filter { line in line.values.allSatisfy { $0 >= 0 } }
    drawn = sound.filter(\.absent.isEmpty)
    broken = sound.filter { !$0.absent.isEmpty }
    negative = known.filter { line in line.values.contains { $0 < 0 } }
  }

  /// What all lines come to by year, those that are not drawn among them.
  var wholes: [Double] {
    years.indices.map { index in (drawn + negative).reduce(0) { $0 + $1.values[index] } }
  }

  func notes(_ figures: FigureText) -> [String] {
    guard let first = years.first, let last = years.last else { return [] }
    var notes = negative.map { line in
      "Left out, because what is below nothing cannot be stacked: \(line.name), "
        + "\(figures.text(line.values.first ?? 0)) in \(first.year) and \(figures.text(line.values.last ?? 0)) in \(last.year)."
    }
    if !negative.isEmpty {
      let sums = [0, years.count - 1].map { index in drawn.reduce(0) { $0 + $1.values[index] } }
      notes.append(
        "What is drawn sums to \(figures.text(sums[0])) in \(first.year) and \(figures.text(sums[1])) in \(last.year); "
          + "with what is left out it is \(figures.text(wholes.first ?? 0)) and \(figures.text(wholes.last ?? 0))."
      )
    }
    for line in broken {
      let values = zip(years, line.values).filter { !line.absent.contains($0.0.year) }
      notes.append(
        "Left out, because nothing is known of it in \(line.absent.map { "\($0)" }.joined(separator: ", ")): \(line.name), "
          + values.map { "\(figures.text($1)) in \($0.year)" }.joined(separator: ", ") + ".")
    }
    if !before.isEmpty {
      notes.append(
        "Begins with \(first.year), the first year in which every line is known; not known in every year before it: "
          + late.joined(separator: "; ") + ".")
    }
    if !without.isEmpty {
      notes.append("No lines are known of \(without.map { "\($0)" }.joined(separator: ", ")).")
    }
    return notes
  }
}
