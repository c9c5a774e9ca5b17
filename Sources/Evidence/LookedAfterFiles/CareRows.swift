import Commissioning
import TimeSeries

/// A row of an Episodes file, and where it stands.
struct CareRow {
  var child: String
  var start: CivilDate
  var end: CivilDate?
  var placement: String
  var provider: PlacementProvider
  var distance: Double?
  var isOutOfArea: Bool?
  /// The place of the return among the returns, in order of years.
  var source: Int
  var file: String
  var row: Int

  /// Where the row stands, for a sentence about another.
  var place: String { "\(file):\(row)" }
}

/// A date of birth and where it was given.
struct BirthRow {
  var birth: CivilDate
  var file: String
  var row: Int
}

/// The columns of a file of a return.
struct CareColumns {
  private let text: DelimitedText

  init(_ text: DelimitedText) { self.text = text }

  /// The position of a column that must be there; nil when it is not, which is then among the problems.
  func required(_ name: String, _ problems: inout ProblemList) -> Int? {
    if let position = text.column(name) { return position }
    problems.add(
      Problem(
        file: text.file, row: 1,
        message: "there is no column \"\(name)\"; \(NearestName.advice(for: name, among: text.header))"))
    return nil
  }
}

/// Fields of a return as they are written.
enum CareField {
  /// A date as dd/mm/yyyy, or as yyyy-mm-dd; nil for any other text or a day that does not exist.
  static func date(_ text: String) -> CivilDate? {
    if let date = CivilDate(text) { return date }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 2, parts[1].utf8.count == 2, parts[2].utf8.count == 4,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }), let day = Int(parts[0]),
      let month = Int(parts[1]), let year = Int(parts[2])
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// The text of a field without spaces at its ends.
  static func text(_ reader: DelimitedReader, _ column: Int) -> String {
    let text = reader.text(column)
    guard text.first == " " || text.last == " " else { return text }
    return String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
