import TimeSeries

/// Reads projections with a column for each year.
struct WideProjections {
  private let code: Int
  private let name: Int
  private let component: Int
  private let sex: Int
  private let age: Int
  private let years: [(column: Int, period: Period)]
  private let base: Int
  private let basis: String
  var common: ProjectionReading

  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a column that is missing, and where no column is a year.
  init(
    _ table: LayoutTable, _ options: LayoutInput.Options, _ figures: inout PublishedFigures
  ) throws(EvidenceError) {
    let keys = try table.columns(
      required: ["AREA_CODE", "AREA_NAME", "COMPONENT", "SEX", "AGE_GROUP"],
      of: PopulationProjectionsLayout.name)
    (code, name, component, sex, age) = (keys[0], keys[1], keys[2], keys[3], keys[4])
    common = ProjectionReading(options)
    var years: [(column: Int, period: Period)] = []
    var others: [String] = []
    var first: Int?
    var problems: [Problem] = []
    for (column, text) in table.columns.enumerated() where !keys.contains(column) {
      guard let year = PopulationProjectionsLayout.year(of: text) else {
        others.append("\"\(PublishedText.shown(text))\"")
        continue
      }
      guard let period = PopulationProjectionsLayout.middle(of: year),
        !years.contains(where: { $0.period == period })
      else {
        problems.append(
          Problem(
            file: table.file, row: 1,
            message: """
              column "\(text)" is no year that a projection can be of, or stands there twice; name each column by its \
              year, from \(PublishedPeriod.years.lowerBound) to \(PublishedPeriod.years.upperBound)
              """))
        continue
      }
      years.append((column, period))
      first = min(first ?? year, year)
    }
    guard problems.isEmpty else { throw .badData(problems: problems, omitted: 0) }
    guard let first else {
      throw .badData(
        Problem(
          file: table.file, row: 1,
          message:
            "the header has no column named by a year, such as 2022; projections have one for each year"))
    }
    base = options.year ?? first
    self.years = years
    basis = "\(base)-based projection"
    if options.year == nil {
      figures.note(
        "the first year, \(first), is taken for the one on which the projection is based; its figures are estimates"
      )
    }
    if !others.isEmpty {
      figures.note("columns that are no years are not read: \(others.joined(separator: ", "))")
    }
  }

  /// Reads the years of a row.
  mutating func read(_ row: LayoutTable, _ figures: inout PublishedFigures) {
    func refuse(_ column: Int, _ problem: String, _ remedy: String) {
      figures.failRow(
        row.row, column: row.columns[column],
        UnreadableText(text: row.trimmed(column), problem: problem, remedy: remedy))
    }
    guard row.trimmed(component).lowercased() == "population" else {
      refuse(
        component, "is no population", "read the file whose component is Population; flows are not of one day"
      )
      return
    }
    guard let sexText = ProjectionReading.sex(row.trimmed(sex)) else {
      refuse(sex, "is not a sex that projections have", "write persons, males or females")
      return
    }
    guard let ages = AgeSpan(parsing: row.trimmed(age)) else {
      refuse(age, "is not an age", "write 0 to 89, 90 and over, or All ages")
      return
    }
    let (codeText, nameText) = (row.trimmed(code), row.trimmed(name))
    guard !codeText.isEmpty || !nameText.isEmpty else {
      figures.failRow(
        row.row, "columns \"\(row.columns[code])\" and \"\(row.columns[name])\" are empty; name the area")
      return
    }
    let area = PublishedArea(name: nameText, code: codeText.isEmpty ? nil : codeText)
    guard common.wanted.wants(area) else {
      figures.tally.unwantedRows += 1
      return
    }
    let position =
      common.isWanted ? figures.position(of: common.key(area, sex: sexText, age: ages, basis: basis)) : 0
    for (column, period) in years {
      guard common.isWanted else {
        figures.tally.unwantedCells += 1
        continue
      }
      let observation: Observation
      do throws(UnreadableText) {
        observation = try common.cells.observation(row, column, unit: .count)
      } catch {
        figures.fail(row: row.row, column: row.columns[column], error)
        continue
      }
      let isBase = period.start?.year == base
      figures.add(
        PublishedFigure(
          period: period, observation: observation, rounding: PopulationProjectionsLayout.rounding,
          publication: common.publication, note: isBase ? Self.baseNote : nil, row: row.row), to: position)
    }
  }

  private static let baseNote = "The estimate on which the projection is based."
}
