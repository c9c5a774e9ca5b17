import TimeSeries

/// Section 251 budget and outturn by line, beside plans by setting: the wide table of the high needs benchmarking tool.
///
/// One row to an authority, with `la_number`, `la_name`, `population_2_18`, plans by setting (`plans_mainstream` …), and
/// pounds by line of the Section 251 budget (`budget_…`) and outturn (`outturn_…`). Money stays as it is written.
///
/// The table does not say its year. It is taken from the options, else from the name of the file: for the tool of
/// 2021-22 the plans are those of January 2021, the population is that of the middle of 2021, and the budget that of
/// 2021/22. It does not say the year of its outturn either: unless the options do, it is entered as the year before the
/// budget, the latest it can be, and every such figure carries a remark.
///
/// The long file of Section 251 (`main_category`, `category_of_expenditure`, `gross_expenditure` …) is one of Explore
/// Education Statistics and is read as such. Source: Department for Education, high needs benchmarking tool.
public enum SectionTwoFiveOneLayout: PublishedLayout {
  /// `section-251`.
  public static let name = "section-251"

  /// What it is, for people.
  public static let summary =
    "the high needs benchmarking tool: plans by setting, Section 251 budget and outturn by line"

  /// Knows it by its lines of budget and outturn beside the number of an authority.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    let budget = sample.columns.contains { $0.hasPrefix("budget_") }
    let outturn = sample.columns.contains { $0.hasPrefix("outturn_") }
    guard sample.has(all: ["la_number", "la_name"]), budget || outturn, !sample.has("time_period") else {
      return nil
    }
    let parts = [budget ? "budget_…" : nil, outturn ? "outturn_…" : nil].compactMap { $0 }
    return Recognition(
      budget && outturn ? .certain : .likely,
      "columns la_number and \(parts.joined(separator: ", "))")
  }

  /// Reads all figures of a file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when the year is nowhere said, a column is missing or the
  ///   text cannot be taken apart.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    let years = try BenchmarkingYears(input)
    try input.reading { table throws(EvidenceError) in
      figures.clear()
      var reader = try Reader(table, input.options, years, &figures)
      try table.forEachRow(into: &figures) { row, figures in reader.read(row, &figures) }
      reader.finish(&figures)
    }
  }

  private struct Reader {
    let areas: AuthorityColumns
    let lines: [(column: Int, line: BenchmarkingLine, isWanted: Bool)]
    let publication: Publication?
    var wanted: WantedNames
    var cells = MeasureCells()
    var numbersMended = 0
    var authorities: [String: Int] = [:]

    init(
      _ table: LayoutTable, _ options: LayoutInput.Options, _ years: BenchmarkingYears,
      _ figures: inout PublishedFigures
    ) throws(EvidenceError) {
      areas = try AuthorityColumns(table, of: SectionTwoFiveOneLayout.name)
      publication = options.published.map { Publication(date: $0) }
      var wanted = WantedNames(options)
      var lines: [(column: Int, line: BenchmarkingLine, isWanted: Bool)] = []
      var others: [String] = []
      for (column, name) in table.columns.enumerated() where !areas.columns.contains(column) {
        if let line = BenchmarkingLine(column: name, years: years) {
          lines.append((column, line, wanted.wants(measure: line.measure, line.title)))
        } else {
          others.append("\"\(PublishedText.shown(name))\"")
        }
      }
      self.lines = lines
      self.wanted = wanted
      guard !lines.isEmpty else {
        throw .badData(
          Problem(
            file: table.file, row: 1,
            message:
              "the header has no column that begins with plans_, budget_ or outturn_; name another layout"))
      }
      if !others.isEmpty {
        figures.note("columns that the layout does not know are not read: \(others.joined(separator: ", "))")
      }
      years.remarks(of: lines.map(\.line)).forEach { figures.note($0) }
    }

    mutating func read(_ row: LayoutTable, _ figures: inout PublishedFigures) {
      guard let found = areas.area(row, &figures) else { return }
      if found.isMended { numbersMended += 1 }
      if let first = authorities[found.key] {
        figures.failRow(
          row.row,
          "authority \(found.key) has a row already, \(first); there is one row to an authority, so remove one"
        )
        return
      }
      authorities[found.key] = row.row
      guard wanted.wants(found.area) else {
        figures.tally.unwantedRows += 1
        return
      }
      for (column, line, isWanted) in lines {
        guard isWanted else {
          figures.tally.unwantedCells += 1
          continue
        }
        let observation: Observation
        do throws(UnreadableText) {
          observation = try cells.observation(row, column, unit: line.unit, isWhole: line.isWhole)
        } catch {
          figures.fail(row: row.row, column: row.columns[column], error)
          continue
        }
        if line.isPopulation, observation.value == 0 {
          figures.warn(
            row: row.row,
            """
            "0" in column "\(row.columns[column])" is nobody living in \(PublishedText.shown(found.area.name)); leave \
            it empty if the tool has no figure
            """)
        }
        let key = PublishedSeriesKey(
          measure: line.measure, measureName: line.title, area: found.area, unit: line.unit)
        figures.add(
          PublishedFigure(
            period: line.period, observation: observation, publication: publication, note: line.note,
            row: row.row), to: figures.position(of: key))
      }
    }

    func finish(_ figures: inout PublishedFigures) {
      if numbersMended > 0 {
        figures.note(
          "\(PublishedText.count(numbersMended, "authority number")) written as 343.0 \(numbersMended == 1 ? "is" : "are") read as 343"
        )
      }
      for sentence in cells.notes { figures.note(sentence) }
      for sentence in wanted.notes { figures.note(sentence) }
    }
  }
}
