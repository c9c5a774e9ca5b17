import TimeSeries

/// The rows of a download of Fingertips, held until the unit of each indicator is known.
struct FingertipsRows {
  /// What tells a series from others, but for its unit.
  struct Identity {
    let indicator: Int32
    let area: PublishedArea
    let breakdown: [Series.Attribute]
    let isWanted: Bool
  }

  struct Row {
    let identity: Int32
    let figure: PublishedFigure
  }

  private let columns: FingertipsColumns
  let options: LayoutInput.Options
  private let publication: Publication?
  var wanted: WantedNames
  private var texts = TextTable()
  var identities: [Identity] = []
  private var numbers: [[Int32]: Int32] = [:]
  var indicators: [(id: String, name: String, isWanted: Bool)] = []
  private var indicatorNumbers: [String: Int32] = [:]
  var rows: [Row] = []
  private var periods: [Int32: Result<FingertipsPeriod, UnreadableText>] = [:]
  private var valueNotes: [Int32: FingertipsNote] = [:]
  var problems = RepeatedProblems()
  var warnings = RepeatedProblems()
  var hasSplitYear = false
  var renamed: Set<String> = []

  init(_ columns: FingertipsColumns, _ options: LayoutInput.Options) {
    self.columns = columns
    self.options = options
    publication = options.published.map { Publication(date: $0) }
    wanted = WantedNames(options)
  }

  /// Takes the row on which a table stands.
  mutating func take(_ table: LayoutTable, into figures: inout PublishedFigures) {
    figures.tally.rows += 1
    if table.isBlank {
      figures.tally.blankRows += 1
      return
    }
    guard table.fieldCount == columns.width else {
      figures.tally.unreadableRows += 1
      figures.report(RowShape.problem(table))
      return
    }
    let identity = number(of: table)
    let known = identities[Int(identity)]
    guard known.isWanted else {
      figures.tally.unwantedRows += 1
      return
    }
    let periodText = table.withBytes(columns.period) { texts.number(of: $0) }
    let period: FingertipsPeriod
    switch read(periodText) {
    case .success(let read): period = read
    case .failure(let error):
      figures.tally.unreadableRows += 1
      problems.add(
        "period \"\(error.text)\" in column \"Time period\" \(error.problem); \(error.remedy)", row: table.row
      )
      return
    }
    hasSplitYear = hasSplitYear || period.isSplitYear
    checkOrder(period, table)
    guard let figure = figure(period.period, table, into: &figures) else { return }
    rows.append(Row(identity: identity, figure: figure))
  }

  private mutating func read(_ text: Int32) -> Result<FingertipsPeriod, UnreadableText> {
    if let known = periods[text] { return known }
    let result: Result<FingertipsPeriod, UnreadableText>
    do throws(UnreadableText) {
      result = .success(try FingertipsPeriod(texts[text].withoutOuterSpaces, yearType: options.yearType))
    } catch {
      result = .failure(error)
    }
    periods[text] = result
    return result
  }

  /// The text of a cell without spaces at its ends; empty for the `NA` of a table written by R.
  private static func filled(_ text: String) -> String {
    let trimmed = text.withoutOuterSpaces
    return trimmed == "NA" ? "" : trimmed
  }

  /// The year that `Time period Sortable` begins with must be the one in which the period begins.
  private mutating func checkOrder(_ period: FingertipsPeriod, _ table: LayoutTable) {
    guard let column = columns.sortable else { return }
    let text = Self.filled(table.text(column))
    guard !text.isEmpty, let year = period.firstYear, Int(text.prefix(4)) != year || text.utf8.count != 8
    else {
      return
    }
    warnings.add(
      """
      "\(text)" in column "Time period Sortable" is not of \(period.period), which begins in \(year); the time period is \
      taken, look which of the two is right
      """,
      row: table.row)
  }

  private mutating func number(of table: LayoutTable) -> Int32 {
    var key = [columns.indicator, columns.indicatorName, columns.areaCode, columns.areaName].map { column in
      table.withBytes(column) { texts.number(of: $0) }
    }
    if let column = columns.areaType { key.append(table.withBytes(column) { texts.number(of: $0) }) }
    for (_, column) in columns.breakdowns { key.append(table.withBytes(column) { texts.number(of: $0) }) }
    if let known = numbers[key] { return known }
    func text(_ column: Int) -> String { Self.filled(table.text(column)) }
    let id = text(columns.indicator)
    let name = text(columns.indicatorName)
    let indicator: Int32
    if let known = indicatorNumbers[id] {
      indicator = known
      if indicators[Int(known)].name != name { renamed.insert(id) }
    } else {
      indicator = Int32(clamping: indicators.count)
      indicatorNumbers[id] = indicator
      indicators.append((id, name, wanted.wants(measure: id, name)))
    }
    let code = text(columns.areaCode)
    let type = columns.areaType.map(text)
    let area = PublishedArea(
      name: text(columns.areaName), code: code.isEmpty ? nil : code, level: type?.isEmpty == true ? nil : type
    )
    let isAreaWanted = wanted.wants(area)
    let identity = Identity(
      indicator: indicator, area: area,
      breakdown: columns.breakdowns.map { Series.Attribute(name: $0.name, value: text($0.column)) },
      isWanted: indicators[Int(indicator)].isWanted && isAreaWanted)
    let number = Int32(clamping: identities.count)
    identities.append(identity)
    numbers[key] = number
    return number
  }

  private mutating func figure(
    _ period: Period, _ table: LayoutTable, into figures: inout PublishedFigures
  ) -> PublishedFigure? {
    let note = columns.note.map { column in
      let number = table.withBytes(column) { texts.number(of: $0) }
      if let known = valueNotes[number] { return known }
      let read = FingertipsNote(Self.filled(texts[number]))
      valueNotes[number] = read
      return read
    }
    let text = Self.filled(table.text(columns.value))
    let observation: Observation
    if text.isEmpty {
      observation = note?.absence ?? .notAvailable
    } else {
      do throws(UnreadableText) {
        observation = try PublishedCell(text).observation
      } catch {
        figures.fail(
          row: table.row, "value \"\(error.text)\" in column \"Value\" \(error.problem); \(error.remedy)")
        return nil
      }
    }
    return PublishedFigure(
      period: period, observation: observation, numerator: number(columns.count, "Count", table),
      denominator: number(columns.denominator, "Denominator", table),
      limits: observation.value == nil ? nil : limits(table), publication: publication,
      flags: observation.value == nil ? [] : note?.flags ?? [], note: note?.text, row: table.row)
  }

  /// A number beside the value; nil, with a warning, for what is none. The publisher's databases write -1 for "no count".
  private mutating func number(_ column: Int?, _ name: String, _ table: LayoutTable) -> Double? {
    guard let column else { return nil }
    let text = Self.filled(table.text(column))
    if text.isEmpty { return nil }
    guard let value = PlainDecimal.value(of: text), value.isFinite else {
      warnings.add(
        "\"\(text)\" in column \"\(name)\" is not a number, and is left out; leave it empty", row: table.row)
      return nil
    }
    if value == -1 { return nil }
    guard value > 0 || value == 0 && column == columns.count else {
      let sign = value < 0 ? "below zero" : "not above zero"
      warnings.add(
        "\"\(text)\" in column \"\(name)\" is \(sign), and is left out; leave it empty", row: table.row)
      return nil
    }
    return value
  }

  private mutating func limits(_ table: LayoutTable) -> ClosedRange<Double>? {
    guard let lower = columns.lower, let upper = columns.upper else { return nil }
    let (low, high) = (Self.filled(table.text(lower)), Self.filled(table.text(upper)))
    if low.isEmpty, high.isEmpty { return nil }
    guard let from = PlainDecimal.value(of: low), let to = PlainDecimal.value(of: high), from.isFinite,
      to.isFinite,
      from <= to
    else {
      warnings.add(
        "the limits \"\(low)\" and \"\(high)\" are not two numbers of which the first is no greater, and are left out",
        row: table.row)
      return nil
    }
    return from...to
  }
}
