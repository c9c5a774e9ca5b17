import TimeSeries

/// The series files of a workspace that is begun, each with the row that every figure came from.
struct StartingSeriesFiles {
  /// The files, in the order of the table of measures.
  private(set) var files: [StartingWorkspace.File] = []
  /// The waiting lists of the board.
  private(set) var lists: Set<String> = []

  private static let columns = [
    "series", "area", "period", "calendar", "frequency", "value", "unit", "rounding", "status", "break",
    "measure",
    "source", "published", "published_approximate", "note",
  ]

  /// The files of some authorities and a board.
  init(_ published: StartingFiles, authorities: [Authority], board: String?) {
    var places: [(place: StartingFiles.Place, area: String)] = authorities.sorted { $0.number < $1.number }
      .map { (.authority($0.number), $0.name) }
    if let board { places.append((.board(board), board)) }
    var names: [String] = []
    var texts: [String: [String]] = [:]
    var seen: Set<String> = []
    for measure in published.measures.all where seen.insert(measure.series).inserted {
      for (place, area) in places {
        guard let held = published.held(measure.series, place) else { continue }
        if case .board = place { lists.insert(measure.series) }
        if texts[held.measure.file] == nil { names.append(held.measure.file) }
        for figure in held.figures {
          texts[held.measure.file, default: []].append(Self.row(figure, held.measure, area: area))
        }
      }
    }
    files = names.map { name in
      let rows = texts[name] ?? []
      return StartingWorkspace.File(
        name: "series/\(name).csv", text: CSVText.row(Self.columns) + rows.joined(), rows: rows.count)
    }
  }

  private static func row(_ figure: PublishedFigure, _ measure: PublishedMeasure, area: String) -> String {
    let flags = figure.flags
    let isBreak =
      flags.contains(.definitionBreak) ? "yes" : flags.contains(.reportingBreak) ? "reporting" : ""
    // A day of the year does not say that it comes back every year.
    let isPlainYear = figure.period.yearType != nil
    return CSVText.row([
      CSVText.text(measure.series), CSVText.text(area), CSVText.text(figure.period.label),
      figure.period.yearType?.rawValue ?? "", isPlainYear ? "" : figure.period.frequency.rawValue,
      figure.observation.description, CSVText.text(measure.unit.description),
      figure.rounding.map { Observation.value($0).description } ?? "", flags.statusText, isBreak,
      CSVText.text(measure.title), CSVText.text(figure.source ?? ""),
      figure.publication?.date.description ?? "",
      figure.publication.map { $0.isApproximate ? "yes" : "no" } ?? "", CSVText.text(figure.note ?? ""),
    ])
  }
}
