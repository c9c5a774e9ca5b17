import TimeSeries

/// Tables of the Dedicated Schools Grant by financial year: allocations by block, and cumulative deficits.
///
/// - Allocations: `la_number, la_name, financial_year` and the blocks in pounds (`schools_block`,
///   `central_school_services_block`, `high_needs_block`, `early_years_block`, `total_dsg`), before recoupment and
///   deductions, one row to an authority and year.
/// - Deficits: `la_number, la_name, region_name, geographic_level, financial_year` and
///   `cumulative_deficit_percent_of_dsg`: what is owed at the end of the year as a percentage of the year's grant,
///   negative for a surplus. It can be below 0 and above 100, so its unit is not a share of a whole.
///
/// An authority is known by its number, whatever its spelling in a release. Source: Department for Education.
public enum DedicatedSchoolsGrantLayout: PublishedLayout {
  /// `dsg`.
  public static let name = "dsg"

  /// What it is, for people.
  public static let summary =
    "Dedicated Schools Grant by financial year: allocations by block, or cumulative deficits"

  /// The unit of a deficit, which may be negative.
  public static let deficitUnit = Unit.other("per cent of the year's DSG")

  private static let deficit = "cumulative_deficit_percent_of_dsg"
  private static let total = "total_dsg"
  private static let blocks = [
    (column: "schools_block", title: "Schools block"),
    (column: "central_school_services_block", title: "Central school services block"),
    (column: "high_needs_block", title: "High needs block"),
    (column: "early_years_block", title: "Early years block"),
  ]

  /// Knows it by its financial year and the names of the blocks or of the deficit.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    guard sample.has("financial_year"), sample.has("la_number") || sample.has("la_name") else { return nil }
    if sample.has(deficit) { return Recognition(.certain, "columns financial_year and \(deficit)") }
    if sample.has(all: ["high_needs_block", total]) {
      return Recognition(.certain, "columns financial_year, high_needs_block and \(total)")
    }
    return sample.has("high_needs_block")
      ? Recognition(.likely, "columns financial_year and high_needs_block") : nil
  }

  /// Reads all figures of a file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when a column is missing or the text cannot be taken apart.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    try input.reading { table throws(EvidenceError) in
      figures.clear()
      var reader = try Reader(table, input.options, &figures)
      try table.forEachRow(into: &figures) { row, figures in reader.read(row, &figures) }
      reader.finish(&figures)
    }
  }

  private struct Measure {
    let column: Int
    let name: String
    let title: String
    let unit: Unit
    let isWanted: Bool
    /// Whether the column is a part of the total.
    let isBlock: Bool
  }

  private struct Reader {
    let year: Int
    let areas: AuthorityColumns
    let measures: [Measure]
    let hasAllBlocks: Bool
    let publication: Publication?
    var wanted: WantedNames
    var cells = MeasureCells()
    var spellings = AreaSpellings()
    var numbersMended = 0

    init(
      _ table: LayoutTable, _ options: LayoutInput.Options, _ figures: inout PublishedFigures
    ) throws(EvidenceError) {
      let isDeficit = table.column(deficit) != nil
      let needed = isDeficit ? [deficit] : ["high_needs_block"]
      year = try table.columns(required: ["financial_year"] + needed, of: DedicatedSchoolsGrantLayout.name)[0]
      areas = try AuthorityColumns(table, of: DedicatedSchoolsGrantLayout.name)
      publication = options.published.map { Publication(date: $0) }
      var wanted = WantedNames(options)
      var measures: [Measure] = []
      func add(_ name: String, _ title: String, _ unit: Unit, isBlock: Bool) {
        guard let column = table.column(name) else { return }
        measures.append(
          Measure(
            column: column, name: name, title: title, unit: unit,
            isWanted: wanted.wants(measure: name, title),
            isBlock: isBlock))
      }
      if isDeficit {
        add(deficit, "Cumulative deficit as a percentage of the year's DSG", deficitUnit, isBlock: false)
      } else {
        for block in blocks { add(block.column, block.title, .pounds, isBlock: true) }
        add(total, "Total Dedicated Schools Grant", .pounds, isBlock: false)
      }
      self.measures = measures
      self.wanted = wanted
      hasAllBlocks = measures.count(where: \.isBlock) == blocks.count
      let read = Set(measures.map(\.column) + areas.columns + [year])
      let others = table.columns.enumerated().filter { !read.contains($0.offset) }
      if !others.isEmpty {
        let names = others.map { "\"\(PublishedText.shown($0.element))\"" }.joined(separator: ", ")
        figures.note("columns that the layout does not know are not read: \(names)")
      }
    }

    mutating func read(_ row: LayoutTable, _ figures: inout PublishedFigures) {
      let period: Period
      do throws(UnreadableText) {
        period = try PublishedPeriod.financialYear(row.trimmed(year))
      } catch {
        figures.failRow(row.row, column: row.columns[year], error)
        return
      }
      guard let found = areas.area(row, &figures) else { return }
      if found.isMended { numbersMended += 1 }
      let area = spellings.area(found.key, found.area, row: row.row, figures: &figures)
      guard wanted.wants(area) else {
        figures.tally.unwantedRows += 1
        return
      }
      var sum = 0.0
      var blocksKnown = 0
      for measure in measures {
        guard measure.isWanted else {
          figures.tally.unwantedCells += 1
          continue
        }
        let observation: Observation
        do throws(UnreadableText) {
          observation = try cells.observation(row, measure.column, unit: measure.unit)
        } catch {
          figures.fail(row: row.row, column: row.columns[measure.column], error)
          continue
        }
        check(measure, observation, row, sum: &sum, known: &blocksKnown, &figures)
        let key = PublishedSeriesKey(
          measure: measure.name, measureName: measure.title, area: area, unit: measure.unit)
        figures.add(
          PublishedFigure(
            period: period, observation: observation, publication: publication, row: row.row),
          to: figures.position(of: key))
      }
    }

    /// Compares the total with its blocks, and a deficit with what is ever owed.
    private func check(
      _ measure: Measure, _ observation: Observation, _ row: LayoutTable, sum: inout Double, known: inout Int,
      _ figures: inout PublishedFigures
    ) {
      guard let value = observation.value else { return }
      if measure.isBlock {
        sum += value
        known += 1
        if value < 0 {
          figures.warn(
            row: row.row, "\(measure.title) is negative, \(observation); check it against the publication")
        }
      } else if measure.unit == .pounds {
        // Five figures, each rounded to the pound, may differ by two and a half in all.
        if hasAllBlocks, known == blocks.count, (sum - value).magnitude > 2.5 {
          figures.warn(
            row: row.row,
            """
            the blocks come to \(Observation.value(sum)) and column "\(row.columns[measure.column])" holds \
            \(observation); check the row against the publication
            """)
        }
      } else if value.magnitude > 100 {
        figures.warn(
          row: row.row,
          "\(observation) per cent is more than the grant of a whole year; check it against the publication")
      }
    }

    func finish(_ figures: inout PublishedFigures) {
      if numbersMended > 0 {
        figures.note(
          "\(PublishedText.count(numbersMended, "authority number")) written as 343.0 \(numbersMended == 1 ? "is" : "are") read as 343"
        )
      }
      if measures.contains(where: { $0.name == deficit }) {
        figures.note("a deficit is positive and a surplus negative, as they were published")
      }
      if let sentence = spellings.note { figures.note(sentence) }
      for sentence in cells.notes { figures.note(sentence) }
      for sentence in wanted.notes { figures.note(sentence) }
    }
  }
}
