import ArgumentParser
import Needscast

/// The charts of a file, and what could not be charted.
struct ControlChartBatch {
  /// A series that has no chart.
  struct Failed {
    let series: String
    let message: String
    /// Whether the chart failed, and not the rows of the series, whose problems are named with their places.
    let isOfChart: Bool
  }

  private(set) var charts: [ControlChart] = []
  private(set) var failures: [Failed] = []

  /// Charts the series that a verb asks for.
  ///
  /// - Throws: ``Failure`` where there is none, or more than one to be drawn.
  init(_ file: SeriesFile, asked verb: SPCVerb) throws {
    func isAsked(_ id: String, _ area: String?) -> Bool {
      (verb.series ?? id) == id && (verb.area.map { $0 == area } ?? true)
    }
    let positions = file.keys.indices.filter { isAsked(file.keys[$0].id, file.keys[$0].area) }
    let failed = file.failed.filter { isAsked($0.id, $0.area) }
    guard positions.count + failed.count > 0 else {
      if file.count + file.failed.count == 0 {
        throw Failure("\(file.file): there is no series in it", code: Failure.wrongData)
      }
      throw Failure(
        "\(file.file): no series \(Self.name(verb.series ?? "of any name", verb.area)); it has "
          + Self.listed(file), code: Failure.wrongArguments)
    }
    if verb.options.format == .svg, positions.count + failed.count > 1 {
      throw Failure(
        "--format svg draws one series and \(positions.count + failed.count) are asked for; choose one with --series NAME "
          + "and, where areas differ, --area NAME, of " + Self.listed(file), code: Failure.wrongArguments)
    }
    failures = failed.map { Failed(series: $0.id, message: $0.message, isOfChart: false) }
    for position in positions {
      guard let series = try file.series(at: position) else { continue }
      do {
        let chart = try Self.chart(series, asked: verb)
        charts.append(chart)
        for option in Self.needless(verb, for: chart.kind) {
          verb.options.say("\(Self.name(series.id, series.area)): \(option)")
        }
      } catch {
        failures.append(Failed(series: series.id, message: "\(error)", isOfChart: true))
      }
    }
  }

  /// The failures as comma-separated text.
  var failuresCSV: String {
    CSVText.row(["series", "code", "message"])
      + failures.map {
        CSVText.row([CSVText.text($0.series), $0.isOfChart ? "chart" : "data", CSVText.text($0.message)])
      }.joined()
  }

  /// What was asked for and changes nothing, as sentences.
  private static func needless(_ verb: SPCVerb, for kind: ControlChartKind) -> [String] {
    var sentences: [String] = []
    if verb.laney, kind != .p, kind != .u {
      sentences.append("--laney is for p and u charts and changes nothing here (\(kind.label))")
    }
    if verb.noScreening, kind != .xmr {
      sentences.append("--no-screening is for XmR charts and changes nothing here (\(kind.label))")
    }
    return sentences
  }

  private static func chart(_ series: Series, asked verb: SPCVerb) throws(IndicatorsError) -> ControlChart {
    let name = series.area.map { "\(series.id), \($0)" } ?? series.id
    var settings = ControlChartSettings(
      screensMovingRanges: !verb.noScreening,
      twoOfThree: verb.westernElectric ? .westernElectric : .makingDataCount,
      adjustsForDispersion: verb.laney, target: verb.target, polarity: verb.polarity)
    switch verb.baseline {
    case nil: break
    case .points(let count): settings.baseline = .points(count)
    case .upTo(let text):
      settings.baseline = .upTo(try period(text, of: series, option: "--baseline", name))
    }
    for one in verb.rebase {
      settings.recalculations.append(
        Recalculation(from: try period(one.period, of: series, option: "--rebase", name), reason: one.reason))
    }
    return try ControlChart(of: try judged(series, name), kind: verb.chart.kind, settings: settings)
  }

  /// The series with the polarity of its column, which the reader of files keeps and does not interpret.
  private static func judged(_ series: Series, _ name: String) throws(IndicatorsError) -> Series {
    guard
      let text = series.attributes.first(where: { $0.name.lowercased() == "polarity" })?.value, !text.isEmpty
    else { return series }
    guard let polarity = ControlChartArguments.read(polarity: text) else {
      throw .unknownPolarity(indicator: name, text: text)
    }
    let measure = Measure(
      id: series.measure.id, name: series.measure.name, unit: series.measure.unit, polarity: polarity)
    do {
      return try Series(
        id: series.id, area: series.area, measure: measure, points: series.points,
        attributes: series.attributes,
        covariateNames: series.covariateNames)
    } catch {
      throw .invalid(subject: name, reason: "\(error)")
    }
  }

  private static func period(
    _ text: String, of series: Series, option: String, _ name: String
  ) throws(IndicatorsError) -> Period {
    do {
      return try Period(
        parsing: text, frequency: series.frequency, yearType: series.points.first?.period.yearType)
    } catch {
      throw .invalid(subject: "\(name), \(option) \(text)", reason: "\(error)")
    }
  }

  private static func name(_ series: String, _ area: String?) -> String {
    area.map { "\(series) of \($0)" } ?? series
  }

  /// The first series of a file, for somebody who has to choose.
  private static func listed(_ file: SeriesFile) -> String {
    let keys = file.keys
    let names = keys.prefix(8).map { name($0.id, $0.area) }.joined(separator: "; ")
    return names + (keys.count > 8 ? "; and \(keys.count - 8) more" : "")
  }
}
