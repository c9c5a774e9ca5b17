import Evidence
import TimeSeries

/// Published files that nobody published, a few figures each.
enum InventedFigures {
  /// A digest of one digit.
  static func digest(_ digit: Character) -> String { String(repeating: digit, count: 64) }

  static func day(_ text: String) throws -> CivilDate {
    guard let day = CivilDate(text) else { throw EvidenceError.badArgument("\(text) is no day") }
    return day
  }

  /// A series of counts of an area.
  static func key(
    _ measure: String = "plans", _ area: String = "Wirral", code: String? = "E08000015", unit: Unit = .count,
    breakdown: [Series.Attribute] = []
  ) -> PublishedSeriesKey {
    PublishedSeriesKey(
      measure: measure, measureName: "Plans maintained", area: PublishedArea(name: area, code: code),
      unit: unit, breakdown: breakdown)
  }

  /// The value of a financial year, published on a day.
  static func figure(
    _ year: Int, _ value: Double, _ published: String? = nil, flags: DataFlags = [], row: Int = 2
  ) throws -> PublishedFigure {
    try PublishedFigure(
      period: .financialYear(year), observation: .value(value),
      publication: published.map { Publication(date: try day($0)) }, flags: flags, row: row)
  }

  /// A file of one series.
  static func file(_ figures: [PublishedFigure], of key: PublishedSeriesKey = key()) -> PublishedFigures {
    file("plans.csv", figures, of: key)
  }

  /// A named file of one series.
  static func file(
    _ name: String, _ figures: [PublishedFigure], of key: PublishedSeriesKey = key(),
    layout: String = "series"
  ) -> PublishedFigures {
    var file = PublishedFigures(file: name, layout: layout)
    add(figures, of: key, to: &file)
    return file
  }

  static func add(_ figures: [PublishedFigure], of key: PublishedSeriesKey, to file: inout PublishedFigures) {
    let position = file.position(of: key)
    for figure in figures { file.add(figure, to: position) }
  }
}
