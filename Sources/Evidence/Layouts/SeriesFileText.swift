import TimeSeries

/// Published figures as a series file: what `SeriesFile` reads back, with where each of them stood.
///
/// A column is written where at least one figure has something to say in it.
public struct SeriesFileText {
  /// The text of the file, in UTF-8.
  public private(set) var bytes: [UInt8] = []
  /// The rows under the header.
  public private(set) var rowCount = 0
  /// What was done, as sentences.
  public private(set) var notes: [String] = []
  /// Figures that contradict each other, which are left out.
  public private(set) var problems: [Problem] = []

  /// Renders figures.
  public init(_ figures: PublishedFigures) {
    let names = SeriesFileNames(figures.series)
    notes = names.notes
    let columns = Columns(figures.series)
    bytes.reserveCapacity(figures.tally.figures * 80)
    bytes.append(contentsOf: CSVText.row(columns.names.map(CSVText.text)).utf8)
    var superseded = 0
    var repeated = 0
    for (series, name) in zip(figures.series, names.names) {
      let choice = VintageChoice(series.figures)
      superseded += choice.superseded
      repeated += choice.repeated
      for (first, second) in choice.conflicts {
        problems.append(
          VintageChoice.problem(first, second, of: series.key, area: name.area, file: figures.file))
      }
      for figure in choice.figures {
        append(figure, series.key, name, columns, file: figures.file)
      }
    }
    if superseded > 0 { notes.append("\(superseded) figures were left out, which a later figure replaces") }
    if repeated > 0 { notes.append("\(repeated) figures that repeat another were left out") }
  }

  private mutating func append(
    _ figure: PublishedFigure, _ key: PublishedSeriesKey, _ name: (id: String, area: String),
    _ columns: Columns,
    file: String
  ) {
    var cells: [String] = []
    cells.reserveCapacity(columns.names.count)
    for column in columns.kinds {
      switch column {
      case .series: cells.append(CSVText.text(name.id))
      case .area: cells.append(CSVText.text(name.area))
      case .period: cells.append(CSVText.text(figure.period.label))
      case .calendar: cells.append(figure.period.yearType?.rawValue ?? "")
      case .frequency: cells.append(figure.period.frequency.rawValue)
      case .value: cells.append(figure.observation.description)
      case .unit: cells.append(CSVText.text(key.unit.description))
      case .numerator: cells.append(Self.number(figure.numerator))
      case .denominator: cells.append(Self.number(figure.denominator))
      case .lowerLimit: cells.append(Self.number(figure.limits?.lowerBound))
      case .upperLimit: cells.append(Self.number(figure.limits?.upperBound))
      case .rounding: cells.append(Self.number(figure.rounding))
      case .status: cells.append(figure.flags.statusText)
      case .breakBefore:
        cells.append(
          figure.flags.contains(.definitionBreak)
            ? "yes" : figure.flags.contains(.reportingBreak) ? "reporting" : "")
      case .published: cells.append(figure.publication?.date.description ?? "")
      case .publishedApproximate: cells.append(figure.publication?.isApproximate == true ? "yes" : "")
      case .measure: cells.append(CSVText.text(key.measureName ?? key.measure))
      case .areaCode: cells.append(CSVText.text(key.area.code ?? ""))
      case .areaNumber: cells.append(CSVText.text(key.area.number ?? ""))
      case .areaLevel: cells.append(CSVText.text(key.area.level ?? ""))
      case .breakdown(let dimension):
        cells.append(CSVText.text(key.breakdown.first { $0.name == dimension }?.value ?? ""))
      case .source: cells.append(CSVText.text(figure.source ?? "\(file):\(figure.row)"))
      case .note: cells.append(CSVText.text(figure.note ?? ""))
      }
    }
    bytes.append(contentsOf: CSVText.row(cells).utf8)
    rowCount += 1
  }

  private static func number(_ value: Double?) -> String {
    value.map { Observation.value($0).description } ?? ""
  }
}

/// The columns of a series file that some figures need.
private struct Columns {
  enum Kind {
    case series, area, period, calendar, frequency, value, unit, numerator, denominator, lowerLimit,
      upperLimit
    case rounding, status, breakBefore, published, publishedApproximate, measure, areaCode, areaNumber,
      areaLevel
    case breakdown(String)
    case source, note
  }

  private(set) var kinds: [Kind] = []
  private(set) var names: [String] = []

  init(_ series: [PublishedFigures.PublishedSeries]) {
    func any(_ has: (PublishedFigure) -> Bool) -> Bool { series.contains { $0.figures.contains(where: has) } }
    func anyKey(_ has: (PublishedSeriesKey) -> Bool) -> Bool { series.contains { has($0.key) } }
    add(.series, "series")
    if anyKey({ !$0.area.name.isEmpty || $0.area.code != nil || $0.area.number != nil }) {
      add(.area, "area")
    }
    add(.period, "period")
    add(.calendar, "calendar")
    add(.frequency, "frequency")
    add(.value, "value")
    add(.unit, "unit")
    if any({ $0.numerator != nil }) { add(.numerator, "numerator") }
    if any({ $0.denominator != nil }) { add(.denominator, "denominator") }
    if any({ $0.limits != nil }) {
      add(.lowerLimit, "lower_limit")
      add(.upperLimit, "upper_limit")
    }
    if any({ $0.rounding != nil }) { add(.rounding, "rounding") }
    if any({ !$0.flags.statusText.isEmpty }) { add(.status, "status") }
    if any({ !$0.flags.isDisjoint(with: [.definitionBreak, .reportingBreak]) }) {
      add(.breakBefore, "break")
    }
    if any({ $0.publication != nil }) {
      add(.published, "published")
      if any({ $0.publication?.isApproximate == true }) {
        add(.publishedApproximate, "published_approximate")
      }
    }
    add(.measure, "measure")
    if anyKey({ $0.area.code != nil }) { add(.areaCode, "area_code") }
    if anyKey({ $0.area.number != nil }) { add(.areaNumber, "area_number") }
    if anyKey({ $0.area.level != nil }) { add(.areaLevel, "area_level") }
    for one in series {
      for attribute in one.key.breakdown where !names.contains(Self.column(attribute.name)) {
        add(.breakdown(attribute.name), Self.column(attribute.name))
      }
    }
    add(.source, "source")
    if any({ $0.note != nil }) { add(.note, "note") }
  }

  /// The name of a breakdown's column, which must not be one that a series file gives a meaning to.
  private static func column(_ name: String) -> String {
    SeriesColumns.names.contains(name.lowercased()) ? "breakdown_\(name)" : name
  }

  private mutating func add(_ kind: Kind, _ name: String) {
    kinds.append(kind)
    names.append(name)
  }
}
