import TimeSeries

/// The plain series file: one observation to a row, with `series`, `area`, `period`, `value` and what else is known.
///
/// It is read as ``SeriesFile`` reads it. A series keeps its own identifier; its other columns are its breakdown, but for
/// `area_code`, `area_number` and `area_level`, which say more of the area; `polarity` is kept as both. A series with a problem is left out whole and
/// named, with all its rows; the others are read. The publisher's limits of confidence (`lower_limit`, `upper_limit`) are
/// passed over, as in every series file.
public enum PlainSeriesLayout: PublishedLayout {
  /// `series`.
  public static let name = "series"

  /// What it is, for people.
  public static let summary = "plain series files: one observation to a row, with its period and value"

  /// Knows it by `period` and `value`, and by `series`; files with authority numbers or measures beside regions are
  /// others.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    if sample.has(all: ["series_id", "period_index", "value"]) {
      return Recognition(.certain, "columns series_id, period_index and value")
    }
    guard sample.has(all: ["period", "value"]) else { return nil }
    if sample.has("series") { return Recognition(.certain, "columns series, period and value") }
    guard !sample.has("la_number"), !sample.has("time_period") else { return nil }
    return Recognition(.possible, "columns period and value")
  }

  /// Reads all figures of a file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when a column is missing, there are no rows, or the text
  ///   cannot be taken apart.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    let options = SeriesFileOptions(
      frequency: input.options.frequency, yearType: input.options.yearType, keepsSoundSeries: true,
      problemLimit: PublishedFigures.problemLimit, byteLimit: input.options.byteLimit)
    let sheet = try input.isWorkbook ? input.sheetTable().delimitedText() : nil
    let file: SeriesFile
    if let sheet {
      file = try SeriesFile(sheet.contents, options: options)
    } else {
      file = try SeriesFile.read(input.path, options: options)
    }
    figures.clear()
    for sentence in file.notes { figures.note(sentence) }
    figures.report(file.problems, omitted: file.omittedProblems)
    figures.report(file.warnings, omitted: 0)
    var wanted = WantedNames(input.options)
    let published = input.options.published.map { Publication(date: $0) }
    figures.tally.blankRows = file.blankRowCount
    figures.tally.rows = file.readRowCount + file.blankRowCount
    var sound = 0
    for position in 0..<file.count {
      let series: Series?
      do throws(TimeSeriesError) {
        series = try file.series(at: position)
      } catch {
        figures.report(Problem(file: input.path, message: "\(error)"))
        continue
      }
      guard let series else { continue }
      sound += series.points.count
      let key = key(of: series)
      guard wanted.wants(key.area), wanted.wants(measure: series.id, series.measure.id) else {
        figures.tally.unwantedRows += series.points.count
        continue
      }
      let place = figures.position(of: key)
      for point in series.points {
        var figure = figure(point, published)
        figure.row = sheet?.sheetRow(ofLine: figure.row) ?? figure.row
        figures.add(figure, to: place)
      }
    }
    figures.tally.unreadableRows = max(0, file.readRowCount - sound)
    if !file.failed.isEmpty {
      figures.note(
        """
        \(PublishedText.count(file.failed.count, "series", plural: "series")) with a problem \
        \(file.failed.count == 1 ? "is" : "are") left out, with all \
        \(PublishedText.count(figures.tally.unreadableRows, "row")) of \(file.failed.count == 1 ? "it" : "them")
        """)
    }
    for name in ["lower_limit", "upper_limit"]
    where file.columnNames.contains(where: { $0.lowercased() == name }) {
      figures.note("column \"\(name)\" is passed over")
    }
    for sentence in wanted.notes { figures.note(sentence) }
  }

  private static func figure(_ point: DataPoint, _ published: Publication?) -> PublishedFigure {
    PublishedFigure(
      period: point.period, observation: point.observation, numerator: point.numerator,
      denominator: point.denominator, rounding: point.rounding, publication: point.publication ?? published,
      flags: point.flags, note: point.note, source: point.origin?.source, row: point.origin?.row ?? 1)
  }

  private static func key(of series: Series) -> PublishedSeriesKey {
    var area = PublishedArea(name: series.area ?? "")
    var breakdown: [Series.Attribute] = []
    var polarity: Polarity?
    for attribute in series.attributes {
      let value = attribute.value.isEmpty ? nil : attribute.value
      switch attribute.name.lowercased() {
      case "area_code": area.code = value
      case "area_number": area.number = value
      case "area_level": area.level = value
      default:
        breakdown.append(attribute)
        if attribute.name.lowercased() == "polarity" { polarity = Self.polarity(attribute.value) }
      }
    }
    // What several series of a file measure is the measure they share, by which what adds up is found.
    return PublishedSeriesKey(
      measure: series.measure.id, measureName: series.measure.id, area: area, unit: series.measure.unit,
      breakdown: breakdown, polarity: polarity, givenID: series.id)
  }

  /// Which way a measure should go; nil for a text that does not say.
  private static func polarity(_ text: String) -> Polarity? {
    switch text.lowercased() {
    case "higher is better": .higherIsBetter
    case "lower is better": .lowerIsBetter
    case "neutral": .neutral
    default: nil
    }
  }
}
