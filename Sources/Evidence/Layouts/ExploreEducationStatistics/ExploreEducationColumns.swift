import TimeSeries

/// What each column of a file of Explore Education Statistics holds: identity, a breakdown, a measure or nothing.
///
/// Decided from the whole column. Numbers and codes throughout are a measure; words are a breakdown, and so is a column in
/// which words are the most; a few words among numbers are cells of a measure that cannot be read. A breakdown of plain
/// numbers, such as single years of age, is known by this, that rows would repeat one another without it.
struct ExploreEducationColumns {
  /// The names of all columns.
  let header: [String]
  /// The position of `time_period`.
  let timePeriod: Int
  /// The position of `time_identifier`.
  let timeIdentifier: Int
  /// The position of `geographic_level`.
  let level: Int
  /// The columns that name areas.
  private(set) var areas: ExploreEducationAreas
  /// The positions of the breakdowns.
  private(set) var breakdowns: [Int] = []
  /// The positions of the measures.
  private(set) var measures: [Int] = []
  /// The positions of columns in which there is nothing.
  private(set) var empty: [Int] = []
  /// What was decided, as sentences.
  private(set) var notes: [String] = []

  /// Words in the name of a column that stands for a breakdown.
  private static let breakdownWords: Set<String> = [
    "breakdown", "topic", "category", "characteristic", "type", "sex", "gender", "age", "ethnicity", "ethnic",
    "group",
    "band", "phase", "need", "provision", "language", "status", "reason", "quintile", "decile", "nc",
  ]

  /// The columns by the header alone.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when the columns of time and level are missing.
  init(_ table: LayoutTable) throws(EvidenceError) {
    let required = try table.columns(
      required: ["time_period", "time_identifier", "geographic_level"], of: "ees")
    header = table.columns
    (timePeriod, timeIdentifier, level) = (required[0], required[1], required[2])
    areas = ExploreEducationAreas(table.columns)
  }

  /// Decides about the other columns by their cells.
  mutating func decide(_ cells: inout CellColumns) {
    areas.take(levels: Set(cells.cells(level)).map { cells.text($0) }.sorted())
    let identity = Set([timePeriod, timeIdentifier, level] + areas.identifying)
    var wholeColumns: [Int] = []
    var mixed: [String] = []
    for column in header.indices where !identity.contains(column) {
      let tally = Tally(column, &cells)
      if tally.filled == 0 {
        empty.append(column)
      } else if tally.words == 0 {
        measures.append(column)
        if tally.numbers > 0, tally.isWhole { wholeColumns.append(column) }
      } else if tally.words > tally.numbers || hasBreakdownName(column) && 20 * tally.words >= tally.filled {
        breakdowns.append(column)
      } else {
        measures.append(column)
        mixed.append(header[column])
      }
    }
    takeNumberedBreakdown(among: wholeColumns.filter(hasBreakdownName), cells)
    note(mixed: mixed)
  }

  private func hasBreakdownName(_ column: Int) -> Bool {
    !Self.breakdownWords.isDisjoint(with: MeasureUnits.words(header[column]))
  }

  /// Where rows repeat, the first column of whole numbers with the name of a breakdown that tells all of them apart is one.
  private mutating func takeNumberedBreakdown(among candidates: [Int], _ cells: CellColumns) {
    guard !candidates.isEmpty else { return }
    let identity = [timePeriod, timeIdentifier, level] + areas.identifying + breakdowns
    guard !Self.areUnique(identity, cells) else { return }
    for column in candidates where Self.areUnique(identity + [column], cells) {
      measures.removeAll { $0 == column }
      breakdowns.append(column)
      breakdowns.sort()
      return
    }
  }

  private static func areUnique(_ columns: [Int], _ cells: CellColumns) -> Bool {
    var seen: Set<[CellColumns.Cell]> = []
    for row in 0..<cells.rowCount where !seen.insert(columns.map { cells.cell($0, row) }).inserted {
      return false
    }
    return true
  }

  private mutating func note(mixed: [String]) {
    let names = { [header] (columns: [Int]) in columns.map { header[$0] } }
    notes.append(
      "measures: \(measures.isEmpty ? "none" : ListedNames.of(names(measures), limit: 100))")
    notes.append(
      "breakdowns: \(breakdowns.isEmpty ? "none" : ListedNames.of(names(breakdowns), limit: 100))")
    if !empty.isEmpty {
      notes.append("columns with nothing in them were left out: \(ListedNames.of(names(empty)))")
    }
    if !mixed.isEmpty {
      notes.append("measures in which some cells are neither numbers nor codes: \(ListedNames.of(mixed))")
    }
  }

  /// What stands in a column.
  private struct Tally {
    var numbers = 0
    var words = 0
    var filled = 0
    var isWhole = true

    init(_ column: Int, _ cells: inout CellColumns) {
      for cell in cells.cells(column) where !cells.isEmpty(cell) {
        switch cells.reading(cell) {
        case .cell(let read):
          // Spaces alone are an empty cell.
          if read.observation == .notAvailable, cells.text(cell).isEmpty { continue }
          filled += 1
          if let value = read.observation.value {
            numbers += 1
            if value != value.rounded() { isWhole = false }
          }
        case .unreadable:
          filled += 1
          words += 1
        }
      }
    }
  }
}
