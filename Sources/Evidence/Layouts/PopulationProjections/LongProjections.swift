import TimeSeries

/// The columns of a long file of the Office for National Statistics' interface, of which the first holds the figure.
enum LongColumns {
  /// Whether a column holds the figure: `v4_0`, where the number says how many columns of remarks follow.
  static func isObservation(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasPrefix("v4_") && (1...2).contains(name.utf8.count - 3)
      && name.dropFirst(3).utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The position of the codes of ages; nil where there is none.
  static func age(of columns: [String]) -> Int? {
    ["singleyearofage", "agegroups", "age"].lazy.compactMap { position(of: $0, in: columns) }.first
  }

  /// The position of the codes of projections; nil where there is none.
  static func projection(of columns: [String]) -> Int? {
    ["projectiontype", "projection", "populationprojectiontype"].lazy
      .compactMap { position(of: $0, in: columns) }.first
  }

  /// The first column of a name, whatever its capitals, hyphens and underscores.
  static func position(of name: String, in columns: [String]) -> Int? {
    columns.firstIndex { $0.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " } == name }
  }
}

/// Reads projections with one figure to a row.
struct LongProjections {
  private let value: Int
  private let remarks: Range<Int>
  private let year: Int
  private let code: Int
  private let name: Int
  private let sex: Int
  private let age: Int
  private let projection: Int?
  private let unit: Int?
  private let base: Int?
  var common: ProjectionReading

  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a column that is missing.
  init(
    _ table: LayoutTable, _ options: LayoutInput.Options, _ figures: inout PublishedFigures
  ) throws(EvidenceError) {
    let keys = try table.columns(
      required: ["calendar-years", "administrative-geography", "Geography", "sex"],
      of: PopulationProjectionsLayout.name)
    (year, code, name, sex) = (keys[0], keys[1], keys[2], keys[3])
    guard let age = LongColumns.age(of: table.columns) else {
      throw .badData(
        Problem(
          file: table.file, row: 1,
          message: "the header has no column of ages; single-year-of-age, age-groups or agegroups is needed"))
    }
    self.age = age
    value = 0
    let count = Int(table.columns[0].dropFirst(3)) ?? 0
    remarks = 1..<min(1 + count, table.columns.count)
    projection = LongColumns.projection(of: table.columns)
    unit = LongColumns.position(of: "unitofmeasure", in: table.columns)
    base = options.year
    common = ProjectionReading(options)
    if projection == nil {
      figures.note(
        """
        no column of the file says that it holds projections: estimates have the same columns; it is read as \
        projections because it was named so
        """)
    }
  }

  /// Reads the figure of a row.
  mutating func read(_ row: LayoutTable, _ figures: inout PublishedFigures) {
    func refuse(_ column: Int, _ problem: String, _ remedy: String) {
      figures.failRow(
        row.row, column: row.columns[column],
        UnreadableText(text: row.trimmed(column), problem: problem, remedy: remedy))
    }
    let yearText = row.trimmed(year)
    guard let number = PopulationProjectionsLayout.year(of: yearText),
      let period = PopulationProjectionsLayout.middle(of: number)
    else {
      refuse(
        year, "is not a year that a projection can be of",
        "write a year from \(PublishedPeriod.years.lowerBound) to \(PublishedPeriod.years.upperBound)")
      return
    }
    guard let sexText = ProjectionReading.sex(row.trimmed(sex)) else {
      refuse(sex, "is not a sex that projections have", "write all, male or female")
      return
    }
    guard let ages = AgeSpan(parsing: row.trimmed(age)) else {
      refuse(age, "is not an age", "write a year of age, a band such as 0-15 or 90+, or total")
      return
    }
    var unit = Unit.count
    if let column = self.unit {
      switch row.trimmed(column).lowercased() {
      case "number", "count", "people", "persons", "": break
      case "percentage", "percent", "per-cent", "%": unit = .percentage
      default:
        refuse(column, "is not a unit that projections have", "write number or percentage")
        return
      }
    }
    let codeText = row.trimmed(code)
    guard !codeText.isEmpty else {
      figures.failRow(row.row, "column \"\(row.columns[code])\" is empty; name the area by its code")
      return
    }
    let area = PublishedArea(name: row.trimmed(name), code: codeText)
    guard common.wanted.wants(area) else {
      figures.tally.unwantedRows += 1
      return
    }
    guard common.isWanted else {
      figures.tally.unwantedCells += 1
      return
    }
    let observation: Observation
    do throws(UnreadableText) {
      observation = try common.cells.observation(row, value, unit: unit)
    } catch {
      figures.fail(row: row.row, column: row.columns[value], error)
      return
    }
    let kind = projection.map { row.trimmed($0) } ?? ""
    let basis = [base.map { "\($0)-based" }, kind.isEmpty ? nil : kind, "projection"]
      .compactMap { $0 }.joined(separator: " ")
    let remark = remarks.map { row.trimmed($0) }.filter { !$0.isEmpty }.joined(separator: "; ")
    figures.add(
      PublishedFigure(
        period: period, observation: observation, publication: common.publication,
        note: remark.isEmpty ? nil : remark, row: row.row),
      to: figures.position(of: common.key(area, sex: sexText, age: ages, basis: basis, unit: unit)))
  }
}
