/// Which column of a table holds what a series file knows.
struct SeriesColumns {
  let series: Int?
  let period: Int
  let value: Int
  let numerator: Int?
  let denominator: Int?
  let calendar: Int?
  let frequency: Int?
  let unit: Int?
  let measure: Int?
  let area: Int?
  let source: Int?
  let published: Int?
  let publishedApproximate: Int?
  let note: Int?
  let breakBefore: Int?
  let rounding: Int?
  let status: Int?
  /// The names by which a column is known.
  static let names = [
    "series", "period", "value", "numerator", "denominator", "calendar", "frequency", "unit", "measure",
    "area",
    "source", "published", "published_approximate", "note", "break", "rounding", "status", "lower_limit",
    "upper_limit",
  ]

  /// The columns that are kept as attributes of the series.
  let attributes: [(name: String, column: Int)]
  /// The columns of numbers that are wanted beside the values, in the order in which they were asked for.
  let covariates: [(name: String, column: Int)]

  /// The columns that describe the series of a row, each once: series, area, unit, measure, calendar, frequency, the
  /// attributes and the pool.
  let shared: [Int]
  /// The positions in ``shared`` of what names a series: its name and its area.
  let identity: [Int]
  /// The columns of what names a series.
  let identityColumns: [Int]
  /// The columns by which sorted rows stand in order: pool, series and area.
  let sortColumns: [Int]
  /// The positions in ``shared`` of what may not vary within a series.
  let fixed: [Int]
  /// The position in ``shared`` of the pool; nil where none was asked for.
  let pool: Int?
  /// The position in ``shared`` of the measure.
  let sharedMeasure: Int?
  /// The positions in ``shared`` of the attributes.
  let sharedAttributes: [Int]

  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when `period`, `value` or a wanted covariate is missing, and
  ///   ``EvidenceError/badArgument(_:)`` when the column of the pools is.
  init(
    _ table: TableHeader, covariates wanted: [String] = [], poolBy: String? = nil
  ) throws(EvidenceError) {
    // Files of forecasting competitions count their periods and call the two columns so.
    let countedPeriod = table.column("period") ?? table.column("period_index")
    let missing = [("period", countedPeriod), ("value", table.column("value"))].filter { $0.1 == nil }.map(
      \.0)
    guard missing.isEmpty, let period = countedPeriod, let value = table.column("value") else {
      let wanted = missing.map { "\"\($0)\"" }.joined(separator: " and no column ")
      let found = table.names.map { "\"\($0)\"" }.joined(separator: ", ")
      throw .badData(
        Problem(
          file: table.file, row: 1,
          message: "there is no column \(wanted); the header has \(found), and period and value are needed"))
    }
    self.period = period
    self.value = value
    series = table.column("series") ?? table.column("series_id")
    numerator = table.column("numerator")
    denominator = table.column("denominator")
    calendar = table.column("calendar")
    frequency = table.column("frequency")
    unit = table.column("unit")
    measure = table.column("measure")
    area = table.column("area")
    source = table.column("source")
    published = table.column("published")
    publishedApproximate = table.column("published_approximate")
    note = table.column("note")
    breakBefore = table.column("break")
    rounding = table.column("rounding")
    status = table.column("status")
    let known: Set<Int?> = [
      series, period, value, numerator, denominator, calendar, frequency, unit, measure, area, source,
      published,
      publishedApproximate, note, breakBefore, rounding, status,
      // The publisher's limits of confidence are kept in the file; no model uses them.
      table.column("lower_limit"), table.column("upper_limit"),
    ]
    var covariates: [(name: String, column: Int)] = []
    for name in wanted {
      guard let column = table.column(name) else {
        let found = table.names.map { "\"\($0)\"" }.joined(separator: ", ")
        throw .badData(
          Problem(
            file: table.file, row: 1,
            message: "the model asks for a column \"\(name)\" of numbers, and the header has \(found)"))
      }
      covariates.append((name, column))
    }
    self.covariates = covariates
    attributes = table.names.enumerated().filter { column in
      !known.contains(column.offset) && !covariates.contains { $0.column == column.offset }
    }.map { ($0.element, $0.offset) }
    var poolColumn: Int?
    if let poolBy {
      guard let column = table.column(poolBy) else {
        let found = table.names.map { "\"\($0)\"" }.joined(separator: ", ")
        throw .badArgument(
          "--pool-by \(poolBy): \(table.file) has no such column; name one of its columns: \(found)")
      }
      poolColumn = column
    }
    let described = [series, area, unit, measure, calendar, frequency].compactMap { $0 }
    var shared = described + attributes.map(\.column)
    if let poolColumn, !shared.contains(poolColumn) { shared.append(poolColumn) }
    self.shared = shared
    func position(_ column: Int?) -> Int? { column.flatMap { shared.firstIndex(of: $0) } }
    identity = [position(series), position(area)].compactMap { $0 }
    identityColumns = [series, area].compactMap { $0 }
    sortColumns = [poolColumn, series, area].compactMap { $0 }.reduce(into: []) { columns, column in
      if !columns.contains(column) { columns.append(column) }
    }
    pool = position(poolColumn)
    fixed = [position(unit), position(measure), position(calendar), position(frequency), pool]
      .compactMap { $0 }
    sharedMeasure = position(measure)
    sharedAttributes = attributes.compactMap { position($0.column) }
  }
}
