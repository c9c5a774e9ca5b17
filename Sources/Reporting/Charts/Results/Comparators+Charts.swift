import Indicators
import TimeSeries

extension DumbbellChart {
  /// An indicator of a card beside the areas that it is compared with, from an earlier period to the latest, in the
  /// order of the latest figures.
  ///
  /// - Parameters:
  ///   - figures: the indicator of the area and of others.
  ///   - identifier: what the ids of the document begin with; made of the indicator unless it is given.
  /// - Throws: ``ReportingError/emptyChart(_:)``, which figures that were put together never cause.
  public init(_ figures: ComparatorFigures, identifier: String? = nil) throws(ReportingError) {
    let words = ComparatorWords(figures)
    try self.init(
      title: words.title, subtitle: words.subtitle, unit: words.unit,
      fromName: figures.earlier?.label ?? "an earlier period", toName: figures.latest.label,
      rows: words.ordered.map {
        Row(words.name($0), from: $0.earlier, to: $0.latest, isFocus: $0.role == .own)
      },
      notes: words.notes, identifier: identifier ?? "indicator-\(figures.indicator.id)")
  }
}

extension SlopeChart {
  /// An indicator of a card beside the areas that it is compared with, as lines from an earlier period to the latest.
  ///
  /// - Parameters:
  ///   - figures: the indicator of the area and of others.
  ///   - identifier: what the ids of the document begin with; made of the indicator unless it is given.
  /// - Throws: ``ReportingError/chart(_:)`` where there is no earlier period.
  public init(_ figures: ComparatorFigures, identifier: String? = nil) throws(ReportingError) {
    let words = ComparatorWords(figures)
    guard let earlier = figures.earlier else {
      throw .chart(
        "\(figures.indicator.id): there is no earlier figure of the same definition, from which a line could be drawn"
      )
    }
    try self.init(
      title: words.title, subtitle: words.subtitle, unit: words.unit, fromName: earlier.label,
      toName: figures.latest.label,
      rows: words.ordered.map {
        .init(words.name($0), from: $0.earlier, to: $0.latest, isFocus: $0.role == .own)
      },
      notes: words.notes, identifier: identifier ?? "indicator-\(figures.indicator.id)-slope")
  }
}

/// What a chart of an indicator beside other areas says.
private struct ComparatorWords {
  let figures: ComparatorFigures

  init(_ figures: ComparatorFigures) { self.figures = figures }

  var unit: ChartUnit {
    switch figures.unit {
    case .pounds: .pounds
    case .percentage: .percentage
    default: .count("\(figures.unit)")
    }
  }

  /// The areas, the highest latest figure first; those without one at the end.
  var ordered: [ComparatorFigures.Row] {
    figures.rows.enumerated().sorted { one, other in
      let (a, b) = (one.element.latest ?? -.infinity, other.element.latest ?? -.infinity)
      return (-a, one.offset) < (-b, other.offset)
    }.map(\.element)
  }

  /// The area with what it is to the card.
  func name(_ row: ComparatorFigures.Row) -> String {
    switch row.role {
    case .own, .neighbour: row.area
    case .region: "\(row.area) (region)"
    case .benchmark: "\(row.area) (benchmark)"
    }
  }

  /// Where the area stands among its neighbours, and beside the benchmark.
  var title: String {
    let text = FigureText(
      unit, showing: figures.rows.flatMap { [$0.latest, $0.earlier].compactMap { $0 } }, tellsApart: true)
    let own = figures.rows.first { $0.role == .own }
    guard let own, let value = own.latest else { return figures.indicator.name }
    var title = "\(figures.indicator.name): \(own.area) has \(text.text(value)) in \(figures.latest.label)"
    let peers = figures.rows.filter { $0.role == .neighbour }.compactMap(\.latest)
    var parts: [String] = []
    if !peers.isEmpty {
      let above = peers.count { $0 < value }
      parts.append("higher than \(above) of its \(peers.count) statistical neighbours")
    }
    if let england = figures.rows.first(where: { $0.role == .benchmark }), let level = england.latest {
      parts.append("\(england.area) has \(text.text(level))")
    }
    if !parts.isEmpty { title += ", " + parts.joined(separator: "; ") }
    return title
  }

  var subtitle: String {
    let span = figures.earlier.map { "\($0.label) and \(figures.latest.label)" } ?? figures.latest.label
    return "\(figures.indicator.definition) Statistical neighbours, region and benchmark, \(span)"
  }

  var notes: [String] {
    var notes = ["As published; chance is not tested here."]
    switch figures.indicator.polarity {
    case .higherIsBetter: notes.append("Higher is better.")
    case .lowerIsBetter: notes.append("Lower is better.")
    case .neutral: notes.append("Nobody says which way is better.")
    }
    if case .proxy(_, let reason) = figures.indicator.evidence {
      notes.append("The series only stands for the indicator: \(reason)")
    }
    return notes
  }
}
