import TimeSeries

/// Reads rows of community waiting lists.
///
/// What a row says of its organisation and service is worked out once for each way in which it is written.
struct CommunityWaitsReader {
  /// What is known of an organisation and service as rows write them.
  private struct Known {
    let area: PublishedArea
    let service: String
    let isWanted: Bool
    let isUntyped: Bool
    let isRenamed: Bool
    /// The position of the series of each measure; nil before its first figure.
    var positions: [Int?]
  }

  /// An organisation and service as a row writes them.
  private struct Written: Hashable {
    let type: String
    let organisation: String
    let service: String
  }

  private let type: Int
  private let organisation: Int
  private let month: Int
  private let service: Int
  private let measures: [WaitingMeasure]
  private let publication: Publication?
  private var wanted: WantedNames
  private var cells = MeasureCells()
  private var spellings = AreaSpellings()
  private var known: [Known] = []
  private var numbers: [Written: Int] = [:]
  private var months: [String: Period] = [:]
  private var renamed = 0
  private var untyped = 0
  private var unknownTypes: Set<String> = []

  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a column that is missing.
  init(
    _ table: LayoutTable, _ options: LayoutInput.Options, _ figures: inout PublishedFigures
  ) throws(EvidenceError) {
    let positions = try table.columns(
      required: CommunityWaitsLayout.keys + ["waiting"], of: CommunityWaitsLayout.name)
    (type, organisation, month, service) = (positions[0], positions[1], positions[2], positions[3])
    publication = options.published.map { Publication(date: $0) }
    var wanted = WantedNames(options)
    var measures: [WaitingMeasure] = []
    var others: [String] = []
    for (column, name) in table.columns.enumerated() where !positions.prefix(4).contains(column) {
      guard var measure = WaitingMeasure(name, column: column) else {
        others.append("\"\(PublishedText.shown(name))\"")
        continue
      }
      measure.isWanted = wanted.wants(measure: name, measure.title)
      measures.append(measure)
    }
    self.measures = measures
    self.wanted = wanted
    if !others.isEmpty {
      figures.note("columns that are no numbers waiting are not read: \(others.joined(separator: ", "))")
    }
  }

  /// Reads a row that has a field for each column.
  mutating func read(_ row: LayoutTable, _ figures: inout PublishedFigures) {
    guard let period = period(row, &figures), let number = number(row, &figures) else { return }
    guard known[number].isWanted else {
      figures.tally.unwantedRows += 1
      return
    }
    if known[number].isUntyped { untyped += 1 }
    if known[number].isRenamed { renamed += 1 }
    var bands = WaitingBands()
    for (place, measure) in measures.enumerated() {
      guard measure.isWanted else {
        figures.tally.unwantedCells += 1
        continue
      }
      let observation: Observation
      do throws(UnreadableText) {
        observation = try cells.observation(row, measure.column, unit: .count, isWhole: true)
      } catch {
        figures.fail(row: row.row, column: measure.column(of: row), error)
        continue
      }
      if let value = observation.value { bands.add(value, of: measure) }
      let position: Int
      if let before = known[number].positions[place] {
        position = before
      } else {
        position = figures.position(of: measure.key(known[number].area, service: known[number].service))
        known[number].positions[place] = position
      }
      figures.add(
        PublishedFigure(period: period, observation: observation, publication: publication, row: row.row),
        to: position)
    }
    if let sentence = bands.doubt { figures.warn(row: row.row, sentence) }
  }

  /// The number of the organisation and service of a row; nil, and a problem, where it names none.
  private mutating func number(_ row: LayoutTable, _ figures: inout PublishedFigures) -> Int? {
    let written = Written(
      type: row.text(type), organisation: row.text(organisation), service: row.text(service))
    if let number = numbers[written] { return number }
    let (typeText, name, serviceName) = (row.trimmed(type), row.trimmed(organisation), row.trimmed(service))
    guard !name.isEmpty, !serviceName.isEmpty else {
      let column = row.columns[name.isEmpty ? organisation : service]
      figures.failRow(
        row.row, "column \"\(column)\" is empty; name the \(name.isEmpty ? "organisation" : "service")")
      return nil
    }
    let level = level(typeText, organisation: name, row, &figures)
    let area = spellings.area(
      "\(level.lowercased())\u{1}\(name.lowercased())",
      PublishedArea(name: name, level: level.isEmpty ? nil : level), row: row.row, figures: &figures)
    numbers[written] = known.count
    known.append(
      Known(
        area: area, service: serviceName, isWanted: wanted.wants(area), isUntyped: typeText.isEmpty,
        isRenamed: typeText.lowercased() == "organisation",
        positions: [Int?](repeating: nil, count: measures.count)))
    return known.count - 1
  }

  /// The level of an organisation; empty where the file does not say and the name does not either. A type that is not
  /// known is kept as it is written, and doubted.
  private mutating func level(
    _ type: String, organisation: String, _ row: LayoutTable, _ figures: inout PublishedFigures
  ) -> String {
    switch type.lowercased() {
    case "icb": return "ICB"
    case "region": return "Region"
    case "national": return "National"
    case "provider", "organisation": return "Provider"
    case "": return organisation.lowercased() == "england" ? "National" : ""
    default:
      if unknownTypes.insert(type).inserted {
        figures.warn(
          row: row.row,
          """
          "\(PublishedText.shown(type))" in column "\(row.columns[self.type])" is not known; ICB, Region, \
          Organisation, Provider, National or nothing are, and it is kept as it is written
          """)
      }
      return type
    }
  }

  /// The month of a row; nil, and a problem, where it is none.
  private mutating func period(_ row: LayoutTable, _ figures: inout PublishedFigures) -> Period? {
    let text = row.trimmed(month)
    if let known = months[text] { return known }
    do throws(UnreadableText) {
      let period = try Self.monthEnd(text)
      months[text] = period
      return period
    } catch {
      figures.failRow(row.row, column: row.columns[month], error)
      return nil
    }
  }

  /// The month of a list as the day on which it was counted, the last.
  private static func monthEnd(_ text: String) throws(UnreadableText) -> Period {
    let refusal = UnreadableText(
      text: text, problem: "is not a month",
      remedy: """
        write the first day of a month from \(PublishedPeriod.years.lowerBound) to \
        \(PublishedPeriod.years.upperBound), such as 2023-01-01, or 2023-01
        """)
    let day: CivilDate
    if let date = CivilDate(text) {
      guard date.day == 1 || date == date.lastOfMonth else { throw refusal }
      day = date
    } else {
      guard let period = try? Period(parsing: text, frequency: .monthly), period.kind == .month,
        let end = period.end
      else { throw refusal }
      day = end
    }
    guard PublishedPeriod.years.contains(day.year) else { throw refusal }
    return .censusDate(day.lastOfMonth, every: .monthly)
  }

  /// Says what was taken for granted.
  func finish(_ figures: inout PublishedFigures) {
    if figures.tally.figures > 0 {
      figures.note("a list is of the end of its month: 2023-01-01 is read as the count on 2023-01-31")
    }
    if untyped > 0 {
      figures.note(
        """
        \(PublishedText.count(untyped, "row")) without an organisation type \(untyped == 1 ? "is" : "are") read as \
        National where the organisation is England, else as of no level
        """)
    }
    if renamed > 0 {
      figures.note(
        """
        \(PublishedText.count(renamed, "row")) of type "Organisation" \(renamed == 1 ? "is" : "are") read as Provider, \
        as later releases call them
        """)
    }
    if let sentence = spellings.note { figures.note(sentence) }
    if figures.tally.notAvailable > 0 {
      figures.note(
        """
        \(PublishedText.count(figures.tally.notAvailable, "figure")) \
        \(figures.tally.notAvailable == 1 ? "has" : "have") no number in the file, which does not say why; not available
        """)
    }
    for sentence in cells.notes { figures.note(sentence) }
    for sentence in wanted.notes { figures.note(sentence) }
  }
}
