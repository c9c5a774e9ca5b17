import TimeSeries

/// What the dictionary of the Local Authority Interactive Tool says of its measures.
///
/// A table with the columns `Measure_short`, `Measure`, `y_axis_name`, `dps` and `Year_Type`; `Polarity` and others may
/// stand beside them.
struct InteractiveToolDictionary {
  /// What it says of one measure.
  struct Entry {
    /// The name for readers.
    var name: String?
    /// The label of the axis, which says the unit.
    var unitLabel: String?
    /// The decimal places that the tool shows.
    var decimalPlaces: Int?
    /// What a year is.
    var yearKind: InteractiveToolPeriod.YearKind?
    /// Which way the measure should go.
    var polarity: Polarity?
  }

  /// The entries by the short name of the measure.
  private(set) var entries: [String: Entry] = [:]
  /// What was found, as sentences.
  private(set) var notes: [String] = []
  /// What is wrong, row by row.
  private(set) var problems: [Problem] = []

  /// No dictionary.
  init() {}

  /// Reads a dictionary.
  ///
  /// - Throws: ``EvidenceError`` when the file cannot be read, or is none.
  init(reading path: String, limit: Int) throws(EvidenceError) {
    self = try LayoutInput(path, options: .init(byteLimit: limit)).reading {
      (table: inout LayoutTable) throws(EvidenceError) in
      try InteractiveToolDictionary(&table)
    }
  }

  private init(_ table: inout LayoutTable) throws(EvidenceError) {
    let columns = try table.columns(
      required: ["Measure_short", "Measure", "y_axis_name", "Year_Type"], of: "of the dictionary of lait")
    let places = table.column("dps")
    let polarities = table.column("Polarity")
    var repeated: [String] = []
    while try table.next() {
      if table.isBlank { continue }
      let short = table.text(columns[0]).withoutOuterSpaces
      guard table.fieldCount == table.columns.count, !short.isEmpty else {
        problems.append(
          Problem(
            file: table.file, row: table.row,
            message: short.isEmpty
              ? "column \"Measure_short\" is empty; write the name that the measure has in the long file"
              : "the row has \(table.fieldCount) fields where the header has \(table.columns.count); put fields that contain separators in quotes",
            severity: .warning))
        continue
      }
      var entry = Entry()
      entry.name = Self.filled(table.text(columns[1]))
      entry.unitLabel = Self.filled(table.text(columns[2]))
      if let text = Self.filled(table.text(columns[3])) {
        entry.yearKind = .init(text)
        if entry.yearKind == nil {
          warn(
            &table, "Year_Type", text, "is not known",
            "write Calendar Year, Financial Year, Academic Year, Annual, Annual - January or Annual (end of Sept)"
          )
        }
      }
      if let places, let text = Self.filled(table.text(places)) {
        if let value = PlainDecimal.value(of: text), (0...9).contains(value), value == value.rounded() {
          entry.decimalPlaces = Int(value)
        } else {
          warn(&table, "dps", text, "is not a number of decimal places", "write 0 to 9, or leave it empty")
        }
      }
      if let polarities {
        switch table.text(polarities).withoutOuterSpaces.lowercased() {
        case "high": entry.polarity = .higherIsBetter
        case "low": entry.polarity = .lowerIsBetter
        case "-": entry.polarity = .neutral
        default: break
        }
      }
      if let known = entries[short] {
        repeated.append(short)
        entries[short] = Self.merged(known, entry, short, &notes)
      } else {
        entries[short] = entry
      }
    }
    if !repeated.isEmpty {
      notes.append(
        "the dictionary \(table.file) explains \(repeated.count) measures twice, under two topics: the first name of each is taken"
      )
    }
  }

  private mutating func warn(
    _ table: inout LayoutTable, _ column: String, _ text: String, _ problem: String, _ remedy: String
  ) {
    problems.append(
      Problem(
        file: table.file, row: table.row,
        message: "\"\(text)\" in column \"\(column)\" \(problem); \(remedy)",
        severity: .warning))
  }

  /// One entry out of two; the first wins, and the second fills what it leaves open.
  private static func merged(_ first: Entry, _ second: Entry, _ short: String, _ notes: inout [String])
    -> Entry
  {
    var entry = first
    if let kind = first.yearKind, let other = second.yearKind, kind != other {
      notes.append("the dictionary gives \(short) two year types; the first is taken")
    }
    entry.yearKind = first.yearKind ?? second.yearKind
    entry.decimalPlaces = first.decimalPlaces ?? second.decimalPlaces
    entry.unitLabel = first.unitLabel ?? second.unitLabel
    entry.name = first.name ?? second.name
    entry.polarity = first.polarity ?? second.polarity
    return entry
  }

  private static func filled(_ text: String) -> String? {
    let trimmed = text.withoutOuterSpaces
    return trimmed.isEmpty ? nil : trimmed
  }
}
