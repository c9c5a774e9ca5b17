import TimeSeries

/// Waiting lists of community health services, as NHS England publishes them by organisation, month and service.
///
/// A row has `organisation_type`, `organisation`, `month`, `service`, and measures: `waiting`, the whole list, and bands
/// of the time waited. NHS England publishes the bands 0 to 1, 1 to 2, 2 to 4, 4 to 12, 12 to 18, 18 to 52 and over 52
/// weeks (community health services situation report); files keep some of them, so every column whose name begins with
/// `waiting` is read: `waiting_18_to_52_weeks`, `waiting_over_52_weeks`.
///
/// The list is counted at the end of a month, so a figure belongs to the last day of its month, as a monthly census:
/// lists of several months do not add up to anything. Source: NHS England, Community health services waiting lists.
public enum CommunityWaitsLayout: PublishedLayout {
  /// `nhs-community-waits`.
  public static let name = "nhs-community-waits"

  /// What it is, for people.
  public static let summary = "waiting lists of community health services by organisation, month and service"

  private static let keys = ["organisation_type", "organisation", "month", "service"]

  /// Knows it by its four key columns and a list that is counted.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    guard sample.has(all: ["organisation", "month", "service"]),
      sample.columns.contains(where: { $0.hasPrefix("waiting") })
    else { return nil }
    let isWhole = sample.has("organisation_type") && sample.has("waiting")
    return Recognition(
      isWhole ? .certain : .likely, "columns organisation, month, service and numbers waiting")
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

  /// The level of an organisation; empty where the file does not say and the name does not either.
  private static func level(type: String, organisation: String) -> String {
    switch type.lowercased() {
    case "icb": "ICB"
    case "region": "Region"
    case "national": "National"
    case "provider", "organisation": "Provider"
    case "": organisation.lowercased() == "england" ? "National" : ""
    default: type
    }
  }

  private struct Measure {
    let column: Int
    let name: String
    let title: String
    let isWanted: Bool
    /// The weeks waited, from and to; nil for the whole list and for names that do not say.
    let band: ClosedRange<Int>?
  }

  private struct Reader {
    let type: Int
    let organisation: Int
    let month: Int
    let service: Int
    let measures: [Measure]
    let publication: Publication?
    var wanted: WantedNames
    var cells = MeasureCells()
    var spellings = AreaSpellings()
    var renamed = 0
    var untyped = 0
    var unknownTypes: Set<String> = []

    init(
      _ table: LayoutTable, _ options: LayoutInput.Options, _ figures: inout PublishedFigures
    ) throws(EvidenceError) {
      let positions = try table.columns(required: keys + ["waiting"], of: CommunityWaitsLayout.name)
      (type, organisation, month, service) = (positions[0], positions[1], positions[2], positions[3])
      publication = options.published.map { Publication(date: $0) }
      var wanted = WantedNames(options)
      var measures: [Measure] = []
      var others: [String] = []
      for (column, name) in table.columns.enumerated() where !positions.prefix(4).contains(column) {
        guard name.lowercased().hasPrefix("waiting") else {
          others.append("\"\(PublishedText.shown(name))\"")
          continue
        }
        let title = name.lowercased().split(whereSeparator: { $0 == "_" || $0 == " " }).joined(separator: " ")
        measures.append(
          Measure(
            column: column, name: name, title: title, isWanted: wanted.wants(measure: name, title),
            band: Self.band(title)))
      }
      self.measures = measures
      self.wanted = wanted
      if !others.isEmpty {
        figures.note("columns that are no numbers waiting are not read: \(others.joined(separator: ", "))")
      }
    }

    mutating func read(_ row: LayoutTable, _ figures: inout PublishedFigures) {
      let typeText = row.trimmed(type)
      let (name, serviceName) = (row.trimmed(organisation), row.trimmed(service))
      guard !name.isEmpty, !serviceName.isEmpty else {
        let column = row.columns[name.isEmpty ? organisation : service]
        figures.failRow(
          row.row, "column \"\(column)\" is empty; name the \(name.isEmpty ? "organisation" : "service")")
        return
      }
      let period: Period
      do throws(UnreadableText) {
        period = try Self.monthEnd(row.trimmed(month))
      } catch {
        figures.failRow(row.row, column: row.columns[month], error)
        return
      }
      let level = level(type: typeText, organisation: name)
      let area = spellings.area(
        "\(level.lowercased())\u{1}\(name.lowercased())",
        PublishedArea(name: name, level: level.isEmpty ? nil : level), row: row.row, figures: &figures)
      guard wanted.wants(area) else {
        figures.tally.unwantedRows += 1
        return
      }
      if typeText.isEmpty { untyped += 1 }
      if typeText.lowercased() == "organisation" { renamed += 1 }
      if level == typeText, !["ICB", "Region", "National", "Provider", ""].contains(level),
        unknownTypes.count < 100, unknownTypes.insert(level).inserted
      {
        figures.warn(
          row: row.row,
          """
          "\(PublishedText.shown(level))" in column "\(row.columns[type])" is not known; ICB, Region, Organisation, \
          Provider, National or nothing are, and it is kept as it is written
          """)
      }
      add(row, period, area, serviceName, &figures)
    }

    private mutating func add(
      _ row: LayoutTable, _ period: Period, _ area: PublishedArea, _ service: String,
      _ figures: inout PublishedFigures
    ) {
      var whole: Double?
      var bands: [(weeks: ClosedRange<Int>, value: Double)] = []
      for measure in measures {
        guard measure.isWanted else {
          figures.tally.unwantedCells += 1
          continue
        }
        let observation: Observation
        do throws(UnreadableText) {
          observation = try cells.observation(row, measure.column, unit: .count, isWhole: true)
        } catch {
          figures.fail(row: row.row, column: measure.name, error)
          continue
        }
        if let value = observation.value {
          if let band = measure.band { bands.append((band, value)) }
          if measure.name.lowercased() == "waiting" { whole = value }
        }
        let key = PublishedSeriesKey(
          measure: measure.name.lowercased(), measureName: measure.title, area: area, unit: .count,
          breakdown: [Series.Attribute(name: "service", value: service)])
        figures.add(
          PublishedFigure(
            period: period, observation: observation, publication: publication, row: row.row),
          to: figures.position(of: key))
      }
      if let whole, let most = Self.least(bands), most > whole {
        figures.warn(
          row: row.row,
          """
          \(Observation.value(most)) wait in the bands and \(Observation.value(whole)) in all; check the row against \
          the publication
          """)
      }
    }

    /// How many are waiting at least, by bands of which some may overlap: the greatest sum of bands that do not.
    private static func least(_ bands: [(weeks: ClosedRange<Int>, value: Double)]) -> Double? {
      var best: [(end: Int, sum: Double)] = []
      for band in bands.sorted(by: {
        ($0.weeks.upperBound, $0.weeks.lowerBound) < ($1.weeks.upperBound, $1.weeks.lowerBound)
      }) {
        let before = best.last { $0.end <= band.weeks.lowerBound }?.sum ?? 0
        best.append((band.weeks.upperBound, max(best.last?.sum ?? 0, before + band.value)))
      }
      return best.last?.sum
    }

    /// The weeks of a band: `waiting 18 to 52 weeks`, `waiting over 52 weeks`; nil for other names.
    private static func band(_ title: String) -> ClosedRange<Int>? {
      let words = title.split(separator: " ")
      let numbers = words.compactMap { $0.utf8.count <= 4 ? Int($0) : nil }
      if numbers.count == 2, numbers[0] >= 0, numbers[0] < numbers[1] { return numbers[0]...numbers[1] }
      if numbers.count == 1, words.contains("over"), numbers[0] >= 0 { return numbers[0]...Int.max }
      return nil
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
          \(figures.tally.notAvailable == 1 ? "is" : "are") empty in the file, which does not say why; not available
          """)
      }
      for sentence in cells.notes { figures.note(sentence) }
      for sentence in wanted.notes { figures.note(sentence) }
    }
  }
}
