import TimeSeries

/// The rows of a long file, held until all periods and values of a measure are known.
struct InteractiveToolRows {
  /// One row: numbers of its texts, and its value.
  private struct Row {
    let measure: Int32
    let area: Int32
    let period: Int32
    let line: Int32
    let observation: Observation
  }

  /// The name, number and region of an area, by the numbers of their texts.
  private struct AreaTexts: Hashable {
    let name: Int32
    let number: Int32
    let region: Int32
  }

  private struct MeasureName {
    let text: String
    let isWanted: Bool
  }

  private struct AreaName {
    let area: PublishedArea
    let isWanted: Bool
  }

  private var rows: [Row] = []
  private var measures: [MeasureName] = []
  private var areas: [AreaName] = []
  private var periods: [String] = []

  /// Reads all rows.
  init(
    _ table: inout LayoutTable, options: LayoutInput.Options, into figures: inout PublishedFigures
  ) throws(EvidenceError) {
    let columns = try table.columns(required: ["measure", "area", "period", "value"], of: "lait")
    let (measure, area, period, value) = (columns[0], columns[1], columns[2], columns[3])
    let number = table.column("la_number")
    let region = table.column("region")
    noteOthers(table, known: [measure, area, period, value, number, region], into: &figures)
    var wanted = WantedNames(options)
    var texts = TextTable()
    var measureNumbers: [Int32: Int32] = [:]
    var periodNumbers: [Int32: Int32] = [:]
    var areaNumbers: [AreaTexts: Int32] = [:]
    let width = table.columns.count
    while try table.next(keepingWhatWasRead: &figures) {
      figures.tally.rows += 1
      if table.isBlank {
        figures.tally.blankRows += 1
        continue
      }
      guard table.fieldCount == width else {
        figures.tally.unreadableRows += 1
        figures.report(RowShape.problem(table))
        continue
      }
      let measureText = table.withBytes(measure) { texts.number(of: $0) }
      let measureNumber: Int32
      if let known = measureNumbers[measureText] {
        measureNumber = known
      } else {
        measureNumber = Int32(clamping: measures.count)
        let name = texts[measureText]
        measures.append(MeasureName(text: name, isWanted: wanted.wants(measure: name)))
        measureNumbers[measureText] = measureNumber
      }
      let areaTexts = AreaTexts(
        name: table.withBytes(area) { texts.number(of: $0) },
        number: number.map { column in table.withBytes(column) { texts.number(of: $0) } } ?? -1,
        region: region.map { column in table.withBytes(column) { texts.number(of: $0) } } ?? -1)
      let areaNumber: Int32
      if let known = areaNumbers[areaTexts] {
        areaNumber = known
      } else {
        areaNumber = Int32(clamping: areas.count)
        let found = InteractiveToolArea.area(
          name: texts[areaTexts.name], number: areaTexts.number < 0 ? "" : texts[areaTexts.number])
        areas.append(AreaName(area: found, isWanted: wanted.wants(found)))
        areaNumbers[areaTexts] = areaNumber
      }
      guard measures[Int(measureNumber)].isWanted, areas[Int(areaNumber)].isWanted else {
        figures.tally.unwantedRows += 1
        continue
      }
      guard !measures[Int(measureNumber)].text.isEmpty else {
        figures.tally.unreadableRows += 1
        figures.report(
          Problem(
            file: table.file, row: table.row,
            message: "column \"measure\" is empty; write the short name of the measure"))
        continue
      }
      let periodText = table.withBytes(period) { texts.number(of: $0) }
      let periodNumber: Int32
      if let known = periodNumbers[periodText] {
        periodNumber = known
      } else {
        periodNumber = Int32(clamping: periods.count)
        periods.append(texts[periodText])
        periodNumbers[periodText] = periodNumber
      }
      guard let observation = Self.observation(table, value, into: &figures) else { continue }
      rows.append(
        Row(
          measure: measureNumber, area: areaNumber, period: periodNumber, line: Int32(clamping: table.row),
          observation: observation))
    }
    for note in wanted.notes { figures.note(note) }
  }

  /// The value of a row; nil, with a problem, for what cannot be read. A lone hyphen is the tool's "not available".
  private static func observation(
    _ table: LayoutTable, _ column: Int, into figures: inout PublishedFigures
  ) -> Observation? {
    let number = table.withBytes(column) { bytes -> Double? in
      if bytes.count == 1, bytes[0] == UInt8(ascii: "-") { return .nan }
      return PlainDecimal.value(of: bytes)
    }
    if let number, number.isNaN { return .notAvailable }
    if let number, number.isFinite { return .value(number) }
    do throws(UnreadableText) {
      return try PublishedCell(table.text(column)).observation
    } catch {
      figures.fail(
        row: table.row, "value \"\(error.text)\" in column \"value\" \(error.problem); \(error.remedy)")
      return nil
    }
  }

  private func noteOthers(_ table: LayoutTable, known: [Int?], into figures: inout PublishedFigures) {
    let others = table.columns.indices.filter { !known.contains($0) }.map { table.columns[$0] }
    if !others.isEmpty {
      figures.note("columns that a file of lait does not have were left out: \(ListedNames.of(others))")
    }
    if known.contains(nil) {
      figures.note(
        "the header has no la_number or no region: areas are known by their names, and their levels may be unknown"
      )
    }
  }
}

// MARK: Figures

extension InteractiveToolRows {
  /// A period of a measure, and what its values have in common.
  private struct Cell {
    let measure: Int32
    let period: Int32
    var reading: InteractiveToolPeriod?
    /// The position of the kind of the period among those of the measure.
    var kind = 0
    var isRounded = true
    var hasValue = false
    var row: Int32
    var count = 0
    var problem = ""
  }

  /// The measure and area of a series, by number, and the kind of its periods.
  private struct SeriesPlace: Hashable {
    let measure: Int32
    let area: Int32
    let kind: Int
  }

  /// Turns the rows into figures.
  mutating func emit(
    _ dictionary: InteractiveToolDictionary, _ options: LayoutInput.Options,
    into figures: inout PublishedFigures
  ) {
    var facts = measures.map { InteractiveToolMeasure($0.text, dictionary, options) }
    var cells: [Cell] = []
    var positions: [UInt64: Int] = [:]
    var cellOfRow: [Int32] = []
    cellOfRow.reserveCapacity(rows.count)
    for row in rows {
      let key = UInt64(UInt32(bitPattern: row.measure)) << 32 | UInt64(UInt32(bitPattern: row.period))
      let position: Int
      if let known = positions[key] {
        position = known
      } else {
        position = cells.count
        positions[key] = position
        cells.append(read(row, &facts[Int(row.measure)]))
      }
      cellOfRow.append(Int32(clamping: position))
      cells[position].count += 1
      if case .value(let value) = row.observation {
        cells[position].hasValue = true
        facts[Int(row.measure)].see(value)
        if cells[position].isRounded, !facts[Int(row.measure)].isShown(value) {
          cells[position].isRounded = false
        }
      }
    }
    for cell in cells where cell.reading == nil {
      figures.tally.unreadableRows += cell.count
      let more = cell.count > 1 ? " (and \(cell.count - 1) more rows that say the same)" : ""
      figures.report(Problem(file: figures.file, row: Int(cell.row), message: cell.problem + more))
    }
    var seriesOf: [SeriesPlace: Int] = [:]
    let publication = options.published.map { Publication(date: $0) }
    for (row, cell) in zip(rows, cellOfRow) {
      let cell = cells[Int(cell)]
      guard let reading = cell.reading else { continue }
      let key = SeriesPlace(measure: row.measure, area: row.area, kind: cell.kind)
      let series: Int
      if let known = seriesOf[key] {
        series = known
      } else {
        series = figures.position(of: facts[Int(row.measure)].key(areas[Int(row.area)].area, kind: cell.kind))
        seriesOf[key] = series
      }
      figures.add(
        PublishedFigure(
          period: reading.period, observation: row.observation,
          rounding: cell.isRounded && cell.hasValue ? facts[Int(row.measure)].rounding : nil,
          publication: publication, flags: reading.flags, note: reading.note, row: Int(row.line)),
        to: series)
    }
    let unrounded = cells.contains { $0.hasValue && !$0.isRounded && facts[Int($0.measure)].rounding != nil }
    for note in InteractiveToolMeasure.notes(facts, options, hasUnrounded: unrounded) { figures.note(note) }
  }

  private func read(_ row: Row, _ measure: inout InteractiveToolMeasure) -> Cell {
    var cell = Cell(measure: row.measure, period: row.period, row: row.line)
    do throws(UnreadableText) {
      let reading = try InteractiveToolPeriod(periods[Int(row.period)], measure.yearKind)
      cell.reading = reading
      cell.kind = measure.number(of: reading.period)
    } catch {
      cell.problem =
        "period \"\(error.text)\" in column \"period\" of measure \(measure.name) \(error.problem); \(error.remedy)"
    }
    return cell
  }
}
