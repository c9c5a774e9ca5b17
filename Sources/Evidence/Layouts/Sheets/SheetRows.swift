import TimeSeries

/// Reads the table of a sheet: one that has the columns of a series file as such a file, any other as a wide table whose
/// periods run across or down (``SheetTable/unpivoted(frequency:yearType:labels:limit:)``).
///
/// Of the labels of a wide table, a column called measure, indicator, metric or series names the measure; one called area,
/// authority, council and the like, or whose texts are areas that the gazetteer knows, the area; one called unit the unit.
/// All others are breakdowns. Headings that are no periods name the measure where no column does. What was taken for what
/// is said in the notes.
enum SheetRows {
  /// Reads all figures of the sheet and range that were asked for.
  ///
  /// - Throws: ``EvidenceError`` when there is no such sheet or range, or no table with periods in it.
  static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    guard try input.isWorkbook else {
      throw .badData(
        Problem(
          file: input.path,
          message: "this is no workbook; name an .xlsx or .ods file, or the layout of a text file"))
    }
    let table = try input.sheetTable()
    let names = Set(table.columns.map { $0.name.lowercased() })
    if names.isSuperset(of: ["period", "value"]) {
      return try PlainSeriesLayout.read(input, into: &figures)
    }
    for sentence in table.notes { figures.note(sentence) }
    let long = try table.unpivoted(
      frequency: input.options.frequency, yearType: input.options.yearType)
    for sentence in long.notes { figures.note(sentence) }
    let roles = try SheetLabels(long)
    for sentence in roles.notes { figures.note(sentence) }
    var reader = SheetFigures(long, roles, input)
    reader.read(into: &figures, sheetRows: table.rows.count)
    reader.report(table, in: &figures)
  }
}

/// The figures of a long table on their way into series.
private struct SheetFigures {
  private let table: LongTable
  private let labels: SheetLabels
  private let options: LayoutInput.Options
  private let baseName: String
  private var wanted: WantedNames
  /// Units that columns of figures turn out to have, by measure.
  private var units: [String: Unit] = [:]
  /// The cells that could not be read: how many, and the first of them as they are named in problems.
  private var lostCount = 0
  private var lost: [String] = []

  init(_ table: LongTable, _ labels: SheetLabels, _ input: LayoutInput) {
    self.table = table
    self.labels = labels
    options = input.options
    baseName = FileContents.baseName(of: input.path)
    wanted = WantedNames(input.options)
  }

  mutating func read(into figures: inout PublishedFigures, sheetRows: Int) {
    let cells = table.rows.map { row in Result { () throws(UnreadableText) in try PublishedCell(row.text) } }
    units = unitsOfCounts(cells)
    var read: Set<Int> = []
    var unwanted: Set<Int> = []
    for (row, cell) in zip(table.rows, cells) {
      let key = key(of: row)
      guard wanted.wants(key.area) else {
        unwanted.insert(row.address.row)
        continue
      }
      read.insert(row.address.row)
      guard wanted.wants(measure: key.measure) else {
        figures.tally.unwantedCells += 1
        continue
      }
      switch cell {
      case .success(let content):
        figures.add(
          PublishedFigure(
            period: row.period, observation: content.observation,
            publication: options.published.map { Publication(date: $0) }, note: content.note,
            row: row.address.row), to: figures.position(of: key))
      case .failure(let reason):
        let place = "sheet \"\(table.sheetName)\", cell \(row.address): "
        lostCount += 1
        if lost.count < PublishedFigures.problemLimit { lost.append(place) }
        figures.fail(
          row: row.address.row,
          "\(place)\"\(PublishedText.shown(reason.text))\" \(reason.problem); \(reason.remedy)")
      }
    }
    figures.tally.rows = sheetRows
    figures.tally.unwantedRows = unwanted.subtracting(read).count
    figures.tally.blankRows = max(0, sheetRows - read.union(unwanted).count)
    let others = Set(figures.series.filter { $0.key.unit == .other("") }.map(\.key.measure)).count
    if others > 0 {
      figures.note(
        """
        \(PublishedText.count(others, "measure")) of sheet "\(table.sheetName)" \(others == 1 ? "has" : "have") no unit; \
        give the sheet a column "unit", such as per cent or per 10,000
        """)
    }
    for sentence in wanted.notes { figures.note(sentence) }
  }

  /// Says what the table doubts of its cells, but for those that are named already because they could not be read.
  func report(_ sheet: SheetTable, in figures: inout PublishedFigures) {
    let doubts = sheet.problems.filter { problem in !lost.contains { problem.message.hasPrefix($0) } }
    let unlisted = lostCount - (sheet.problems.count - doubts.count)
    figures.report(doubts, omitted: sheet.omittedProblems - unlisted)
  }

  /// The unit of each measure whose cells do not say it: a count where all values are whole and none is negative.
  private func unitsOfCounts(_ cells: [Result<PublishedCell, UnreadableText>]) -> [String: Unit] {
    var units: [String: Unit] = [:]
    for (row, cell) in zip(table.rows, cells) {
      let measure = measure(of: row)
      guard case .success(let content) = cell, let value = content.observation.value else { continue }
      let isCount = value >= 0 && value == value.rounded()
      units[measure] = isCount && units[measure] != .other("") ? .count : .other("")
    }
    return units
  }

  private func measure(of row: LongTable.Row) -> String {
    if let label = labels.measure, !row.labels[label].isEmpty { return row.labels[label] }
    if labels.headingIsMeasure, let heading = row.heading, !heading.isEmpty { return heading }
    return table.sheetName.isEmpty ? baseName : table.sheetName
  }

  private func key(of row: LongTable.Row) -> PublishedSeriesKey {
    let measure = measure(of: row)
    var breakdown = labels.breakdowns.map { position in
      Series.Attribute(name: table.labelNames[position], value: row.labels[position])
    }
    if !labels.headingIsMeasure, let heading = row.heading, !heading.isEmpty {
      breakdown.append(Series.Attribute(name: table.headingName ?? "heading", value: heading))
    }
    return PublishedSeriesKey(
      measure: measure, area: PublishedArea(name: labels.area.map { row.labels[$0] } ?? ""),
      unit: unit(of: row, measure), breakdown: breakdown)
  }

  private func unit(of row: LongTable.Row, _ measure: String) -> Unit {
    if let label = labels.unit, let unit = try? Unit(parsing: row.labels[label]), !row.labels[label].isEmpty {
      return unit
    }
    return row.unit ?? units[measure] ?? .other("")
  }
}
