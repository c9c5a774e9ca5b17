import Commissioning
import TimeSeries

/// Reads the Header and Episodes files of returns row by row and collects what is wrong with them.
struct CareFileReader {
  let options: CareReturnOptions
  private(set) var births: [String: BirthRow] = [:]
  private(set) var rows: [CareRow] = []
  var errors = ProblemList()
  var doubts = ProblemList()
  private(set) var notes: [String] = []

  init(options: CareReturnOptions) { self.options = options }

  // MARK: Header

  /// - Throws: ``EvidenceError`` for text that is no table.
  mutating func readHeader(_ contents: FileContents) throws(EvidenceError) {
    let text = try DelimitedText(DecodedText(contents))
    notes += text.notes
    let columns = CareColumns(text)
    guard let child = columns.required("CHILD", &errors), let birth = columns.required("DOB", &errors) else {
      return
    }
    var reader = try text.rows()
    while try reader.next() {
      if reader.isBlank { continue }
      let (id, date) = (CareField.text(reader, child), CareField.text(reader, birth))
      guard !id.isEmpty else {
        fault(reader, "CHILD is empty; every row names a child")
        continue
      }
      guard let born = CareField.date(date) else {
        fault(reader, "DOB is no date; write it as dd/mm/yyyy")
        continue
      }
      if let before = births[id] {
        guard before.birth == born else {
          fault(
            reader,
            "DOB is another than that of the same child at \(before.file):\(before.row); a child has one date of birth"
          )
          continue
        }
      } else {
        births[id] = BirthRow(birth: born, file: text.file, row: reader.row)
      }
    }
  }

  // MARK: Episodes

  private struct EpisodeColumns {
    var child: Int
    var start: Int
    var end: Int
    var placement: Int
    var provider: Int?
    var distance: Int?
    var location: Int?
  }

  /// - Throws: ``EvidenceError`` for text that is no table.
  mutating func readEpisodes(
    _ contents: FileContents, year: FinancialYear, source: Int
  ) throws(EvidenceError) {
    let text = try DelimitedText(DecodedText(contents))
    notes += text.notes
    let columns = CareColumns(text)
    guard let child = columns.required("CHILD", &errors), let start = columns.required("DECOM", &errors),
      let end = columns.required("DEC", &errors), let placement = columns.required("PLACE", &errors)
    else { return }
    let places = EpisodeColumns(
      child: child, start: start, end: end, placement: placement, provider: text.column("PLACE_PROVIDER"),
      distance: text.column("PL_DISTANCE"), location: text.column("PL_LOCATION"))
    if places.provider == nil {
      notes.append("\(text.file) has no column PLACE_PROVIDER; no provider is stated")
    }
    var seen: [String: Int] = [:]
    var reader = try text.rows()
    while try reader.next() {
      if reader.isBlank { continue }
      guard let row = episode(reader, places, year: year, source: source) else { continue }
      let key = "\(row.start)\u{1}\(row.child)"
      guard let before = seen[key] else {
        seen[key] = rows.count
        rows.append(row)
        continue
      }
      let sentence = "CHILD and DECOM are also those of row \(rows[before].row)"
      if options.mending.contains(.keepLastDuplicate) {
        doubt(reader, "\(sentence); this row stands")
        rows[before] = row
      } else {
        fault(reader, "\(sentence); \(CareMending.keepLastDuplicate.advice)")
      }
    }
  }

  /// The episode of a row; nil when something is wrong with it, which is then among the problems.
  private mutating func episode(
    _ reader: DelimitedReader, _ columns: EpisodeColumns, year: FinancialYear, source: Int
  ) -> CareRow? {
    let before = errors.count
    let child = CareField.text(reader, columns.child)
    if child.isEmpty { fault(reader, "CHILD is empty; every row names a child") }
    let (startText, endText) = (CareField.text(reader, columns.start), CareField.text(reader, columns.end))
    let start = CareField.date(startText)
    if start == nil { fault(reader, "DECOM \"\(startText)\" is no date; write it as dd/mm/yyyy") }
    let end = CareField.date(endText)
    if !endText.isEmpty, end == nil {
      fault(
        reader,
        "DEC \"\(endText)\" is no date; write it as dd/mm/yyyy, or leave it empty while the episode goes on")
    }
    if let start, let end, end < start { fault(reader, "DEC \(end) is before DECOM \(start)") }
    if let start, start > year.lastDay {
      fault(reader, "DECOM \(start) is after \(year.lastDay), the last day of the return of \(year)")
    }
    if let end, end > year.lastDay.adding(days: 1) {
      fault(reader, "DEC \(end) is after \(year.lastDay), the last day of the return of \(year)")
    }
    let provider = provider(reader, columns.provider)
    let placement = placement(reader, columns.placement, provider)
    let distance = distance(reader, columns.distance)
    let location = location(reader, columns.location)
    guard errors.count == before, let start, let placement, let provider else { return nil }
    return CareRow(
      child: child, start: start, end: end, placement: placement, provider: provider, distance: distance,
      isOutOfArea: location, source: source, file: reader.file, row: reader.row)
  }

  private mutating func provider(_ reader: DelimitedReader, _ column: Int?) -> PlacementProvider? {
    guard let column else { return .notStated }
    let code = CareField.text(reader, column)
    guard let provider = PlacementProvider(code: code) else {
      fault(
        reader,
        "PLACE_PROVIDER \"\(code)\" is unknown; PR0 to PR5 are accepted, or nothing where it is not stated")
      return nil
    }
    return provider
  }

  private mutating func placement(
    _ reader: DelimitedReader, _ column: Int, _ provider: PlacementProvider?
  ) -> String? {
    let code = CareField.text(reader, column)
    let known = provider ?? .notStated
    if options.scheme.category(of: code, provider: known) != nil { return code }
    let sentence = "PLACE \"\(code)\" belongs to no category"
    guard let standIn = options.unknownPlacements,
      options.scheme.category(of: standIn, provider: known) != nil
    else {
      let codes = PlacementCode.all.union(options.scheme.categories.flatMap(\.codes)).sorted()
      fault(
        reader,
        "\(sentence); known are \(codes.joined(separator: ", ")); or name a code that unknown ones stand for")
      return nil
    }
    doubt(reader, "\(sentence); it is taken for \(standIn)")
    return standIn
  }

  private mutating func distance(_ reader: DelimitedReader, _ column: Int?) -> Double? {
    guard let column else { return nil }
    let text = CareField.text(reader, column)
    if text.isEmpty { return nil }
    guard let miles = Double(text), miles >= 0, miles < 10_000 else {
      fault(
        reader, "PL_DISTANCE \"\(text)\" is no distance; a number of miles from 0 is accepted, or nothing")
      return nil
    }
    return miles
  }

  private mutating func location(_ reader: DelimitedReader, _ column: Int?) -> Bool? {
    guard let column else { return nil }
    switch CareField.text(reader, column) {
    case "IN": return false
    case "OUT": return true
    case "": return nil
    case let text:
      fault(reader, "PL_LOCATION \"\(text)\" is unknown; IN and OUT are accepted, or nothing")
      return nil
    }
  }

  private mutating func fault(_ reader: DelimitedReader, _ message: String) {
    errors.add(Problem(file: reader.file, row: reader.row, message: message))
  }

  private mutating func doubt(_ reader: DelimitedReader, _ message: String) {
    doubts.add(Problem(file: reader.file, row: reader.row, message: message, severity: .warning))
  }
}
