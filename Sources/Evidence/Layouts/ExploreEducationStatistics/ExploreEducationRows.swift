import TimeSeries

/// The rows of a file of Explore Education Statistics on their way to figures.
struct ExploreEducationRows {
  /// An area as rows write it.
  private struct Area {
    /// Nil where the row names none that is known.
    let area: PublishedArea?
    let level: Int32
    let isWanted: Bool
    let problem: String
  }

  /// A period as rows write it, of each kind of measure; a kind is read when it is first wanted.
  private struct PeriodTexts {
    let period: String
    let identifier: String
    let plain: Result<ExploreEducationPeriod, UnreadableText>
    let march: Result<ExploreEducationPeriod, UnreadableText>
  }

  /// What a row is of, beside its period.
  private struct Group: Hashable {
    let area: Int32
    let breakdown: Int32
    let family: Int32
  }

  /// Where the figures of a row belong.
  private struct Place: Hashable {
    let group: Group
    let period: Int32
  }

  private let columns: ExploreEducationColumns
  private var cells: CellColumns
  private let options: LayoutInput.Options
  private var wanted: WantedNames

  private var areas: [Area] = []
  private var areaOfRow: [Int32] = []
  private var levels: [String] = []
  private var breakdowns: [(attributes: [Series.Attribute], isMarch: Bool)] = []
  private var breakdownOfRow: [Int32] = []
  private var periods: [PeriodTexts] = []
  private var periodOfRow: [Int32] = []
  private var reportingNote: String?

  init(_ columns: ExploreEducationColumns, _ cells: CellColumns, _ options: LayoutInput.Options) {
    self.columns = columns
    self.cells = cells
    self.options = options
    wanted = WantedNames(options)
    numberAreas()
    numberBreakdowns()
    numberPeriods()
  }

  /// The distinct combinations of some columns, in the order in which they appear, and the number of each row's.
  private func combinations(_ columns: [Int]) -> (first: [Int], ofRow: [Int32]) {
    var numbers: [[CellColumns.Cell]: Int32] = [:]
    var first: [Int] = []
    var ofRow: [Int32] = []
    ofRow.reserveCapacity(cells.rowCount)
    for row in 0..<cells.rowCount {
      let key = columns.map { cells.cell($0, row) }
      if let known = numbers[key] {
        ofRow.append(known)
      } else {
        let number = Int32(clamping: first.count)
        numbers[key] = number
        first.append(row)
        ofRow.append(number)
      }
    }
    return (first, ofRow)
  }

  private func text(_ column: Int, _ row: Int) -> String { cells.text(cells.cell(column, row)) }

  private mutating func numberAreas() {
    let (first, ofRow) = combinations([columns.level] + columns.areas.identifying)
    areaOfRow = ofRow
    var positions: [String: Int] = [:]
    for row in first {
      let level = text(columns.level, row)
      let position: Int
      if let known = positions[level] {
        position = known
      } else {
        position = levels.count
        positions[level] = position
        levels.append(level)
      }
      let area = columns.areas.area(level: level) { text($0, row) }
      areas.append(
        Area(
          area: area, level: Int32(clamping: position), isWanted: area.map { wanted.wants($0) } ?? true,
          problem: """
            geographic_level "\(level)" in column "\(columns.header[columns.level])": there is no code and no name of an \
            area of that level in the row; write a level such as \(ExploreEducationAreas.accepted), and fill its columns
            """))
    }
  }

  private mutating func numberBreakdowns() {
    let (first, ofRow) = combinations(columns.breakdowns)
    breakdownOfRow = ofRow
    breakdowns = first.map { row in
      let attributes = columns.breakdowns.map {
        Series.Attribute(name: columns.header[$0], value: text($0, row))
      }
      return (attributes, attributes.contains { ReportingYear.isMarch($0.value) })
    }
  }

  private mutating func numberPeriods() {
    let (first, ofRow) = combinations([columns.timePeriod, columns.timeIdentifier])
    periodOfRow = ofRow
    let names = columns.measures.map { columns.header[$0] }
    let words = breakdowns.flatMap { $0.attributes.map(\.value) }
    let reporting = ReportingYear(names + words, yearType: options.yearType)
    for row in first {
      let (period, identifier) = (text(columns.timePeriod, row), text(columns.timeIdentifier, row))
      if identifier.lowercased().hasPrefix("reporting") { reportingNote = reporting.note }
      func read(_ kind: ExploreEducationPeriod.Reporting) -> Result<ExploreEducationPeriod, UnreadableText> {
        do throws(UnreadableText) {
          return .success(try ExploreEducationPeriod(period, identifier, reporting: kind))
        } catch {
          return .failure(error)
        }
      }
      periods.append(
        PeriodTexts(period: period, identifier: identifier, plain: read(reporting.other), march: read(.march))
      )
    }
  }
}

// MARK: Figures

extension ExploreEducationRows {
  /// Turns the rows into figures.
  mutating func emit(into figures: inout PublishedFigures) {
    if cells.rowCount == 0 {
      figures.report(
        Problem(file: figures.file, row: 1, message: "there is no row under the header that can be read"))
      return
    }
    if columns.measures.isEmpty {
      figures.report(
        Problem(
          file: figures.file, row: 1,
          message: """
            no column holds numbers or codes, so that there is no measure to read; the header has \
            \(ListedNames.of(columns.header, limit: 40))
            """))
    }
    let levelOfRow = areaOfRow.map { areas[Int($0)].level }
    let measures = ExploreEducationMeasures(
      columns, &cells, levels: levelOfRow, levelNames: levels, wanted: &wanted)
    for note in measures.notes { figures.note(note) }
    if let reportingNote { figures.note(reportingNote) }
    noteIdentifiers(&figures)
    let families = Self.families(periods)
    let publication = options.published.map { Publication(date: $0) }
    let unwanted = measures.all.count { !$0.isWanted }
    let wantedMeasures = measures.all.filter(\.isWanted)
    var problems = RepeatedProblems()
    var positions: [Group: [Int]] = [:]
    var seen: Set<Place> = []
    var repeated: (row: Int, count: Int)?
    for row in 0..<cells.rowCount {
      let line = Int(cells.lines[row])
      let area = areas[Int(areaOfRow[row])]
      guard area.isWanted else {
        figures.tally.unwantedRows += 1
        continue
      }
      guard let named = area.area else {
        figures.tally.unreadableRows += 1
        problems.add(area.problem, row: line)
        continue
      }
      let texts = periods[Int(periodOfRow[row])]
      let breakdown = breakdowns[Int(breakdownOfRow[row])]
      let plain: ExploreEducationPeriod
      switch breakdown.isMarch ? texts.march : texts.plain {
      case .success(let period): plain = period
      case .failure(let error):
        figures.tally.unreadableRows += 1
        problems.add(message(error, texts), row: line)
        continue
      }
      let march = try? texts.march.get()
      figures.tally.unwantedCells += unwanted
      let family = families.firstIndex(of: plain.family) ?? 0
      let group = Group(area: areaOfRow[row], breakdown: breakdownOfRow[row], family: Int32(clamping: family))
      if !seen.insert(Place(group: group, period: periodOfRow[row])).inserted {
        repeated = (repeated?.row ?? line, (repeated?.count ?? 0) + 1)
      }
      var series = positions[group] ?? Array(repeating: -1, count: wantedMeasures.count)
      for index in wantedMeasures.indices {
        let read: PublishedCell
        switch cells.reading(cells.cell(wantedMeasures[index].column, row)) {
        case .cell(let cell): read = cell
        case .unreadable(let error):
          figures.fail(
            row: line,
            "value \"\(error.text)\" in column \"\(wantedMeasures[index].name)\" \(error.problem); \(error.remedy)"
          )
          continue
        }
        if series[index] < 0 {
          var attributes = breakdown.attributes
          if families.count > 1 {
            attributes.append(
              Series.Attribute(
                name: columns.header[columns.timeIdentifier],
                value: families.indices.contains(family) ? families[family] : ""))
          }
          series[index] = figures.position(
            of: PublishedSeriesKey(
              measure: wantedMeasures[index].name, area: named, unit: wantedMeasures[index].unit,
              breakdown: attributes))
        }
        let quotient = quotient(wantedMeasures[index].numerator, over: wantedMeasures[index].denominator, row)
        figures.add(
          PublishedFigure(
            period: wantedMeasures[index].isMarch ? march?.period ?? plain.period : plain.period,
            observation: read.observation, numerator: quotient.numerator, denominator: quotient.denominator,
            rounding: read.observation.value == nil ? nil : wantedMeasures[index].roundings[Int(area.level)],
            publication: publication, note: read.note, row: line),
          to: series[index])
      }
      positions[group] = series
    }
    problems.report(to: &figures)
    for doubt in measures.doubts {
      figures.report(
        Problem(
          file: figures.file, row: Int(cells.lines[doubt.row]), message: doubt.message, severity: .warning))
    }
    if let repeated {
      figures.report(
        Problem(
          file: figures.file, row: repeated.row,
          message: """
            the row has the period, area and breakdowns of an earlier one, as have \(repeated.count) rows in all; all \
            are kept: look for a breakdown among the measures, or a row that stands twice
            """,
          severity: .warning))
    }
    for note in wanted.notes { figures.note(note) }
  }

  /// The families of identifiers, in the order in which they appear.
  private static func families(_ periods: [PeriodTexts]) -> [String] {
    var families: [String] = []
    for texts in periods {
      if case .success(let period) = texts.plain, !families.contains(period.family) {
        families.append(period.family)
      }
    }
    return families
  }

  private func message(_ error: UnreadableText, _ texts: PeriodTexts) -> String {
    let column = error.text == texts.identifier ? columns.timeIdentifier : columns.timePeriod
    return """
      period "\(texts.period)" with \(texts.identifier.isEmpty ? "no identifier" : texts.identifier): "\(error.text)" in \
      column "\(columns.header[column])" \(error.problem); \(error.remedy)
      """
  }

  /// The counts of which a figure is the quotient; none over nothing, where there is no quotient: both stand among the
  /// measures anyway.
  private mutating func quotient(
    _ above: Int?, over below: Int?, _ row: Int
  ) -> (numerator: Double?, denominator: Double?) {
    guard above != nil || below != nil else { return (nil, nil) }
    let denominator = number(below, row)
    if let denominator, denominator <= 0 { return (nil, nil) }
    return (number(above, row), denominator)
  }

  private mutating func number(_ column: Int?, _ row: Int) -> Double? {
    guard let column, case .cell(let read) = cells.reading(cells.cell(column, row)) else { return nil }
    return read.observation.value
  }

  private func noteIdentifiers(_ figures: inout PublishedFigures) {
    let words = Set(periods.map { $0.identifier.lowercased() })
    if words.contains(where: { $0.hasSuffix(" term") }) {
      figures.note(
        "terms are read as thirds of the academic year: September to December, January to April, May to August"
      )
    }
    if words.contains(where: { $0.hasPrefix("tax year") }) {
      figures.note("tax years are read as financial years, which begin five days earlier")
    }
    if words.contains(where: { $0.hasPrefix("week ") }) {
      figures.note("weeks are read as those of ISO 8601, which begin on Mondays")
    }
    if words.contains(where: { $0.hasPrefix("academic year") }) {
      figures.note("academic years are read as years from 1 September")
    }
    if Self.families(periods).count > 1 {
      figures.note(
        "the periods are of several kinds, each of which makes series of its own: \(ListedNames.of(Self.families(periods)))"
      )
    }
  }
}
