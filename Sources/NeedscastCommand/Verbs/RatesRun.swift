import Needscast

/// One run of `needscast rates`: what was read, compared and tested, as a document.
struct RatesRun {
  let document: RatesDocument
  /// What was recognised, taken for granted or is doubtful, as sentences.
  let notes: [String]
  /// What failed.
  let failures: [RatesInput.Fault]

  /// The failures as comma-separated text.
  var failuresCSV: String {
    CSVText.row(["series", "code", "message"])
      + failures.map { CSVText.row([CSVText.text($0.series), "data", CSVText.text($0.message)]) }.joined()
  }

  init(_ verb: RatesVerb) throws {
    let shown = (verb.confidence?.percentages.map { $0 / 100 } ?? [0.95, 0.998]).compactMap { Confidence($0) }
    var levels = shown
    for level in Confidence.published where !levels.contains(level) { levels.append(level) }
    let input = try RatesInput(verb, levels: levels)
    let areas = Set(input.told.compactMap(\.area))
    for area in verb.area + [verb.benchmark, verb.region].compactMap({ $0 }) where !areas.contains(area) {
      throw Failure(
        "\(verb.input): there is no area \"\(area)\"; it has \(areas.sorted().prefix(8).joined(separator: ", "))",
        code: Failure.wrongArguments)
    }
    let benchmark = verb.benchmark ?? (areas.contains("England") ? "England" : nil)
    let neighbours = try verb.neighbours.map { try AreaList.read($0).names }
    let comparer = RatesComparer(
      input.told, verb: verb, benchmark: benchmark, neighbours: neighbours, shown: shown)
    let reported = input.told.filter { verb.area.isEmpty || verb.area.contains($0.area ?? "") }
    let tester = RatesTrends(
      verb: verb, shown: shown, hasShares: reported.contains { $0.rated?.series.measure.unit.whole != nil })
    var entries: [RatesDocument.Entry] = []
    var doubts: [String] = []
    for told in reported {
      let polarity = verb.polarity ?? told.measure.polarity
      let all = told.rated?.figures ?? []
      let figures = verb.latest ? Array(all.suffix(1)) : all
      doubts += told.rated?.doubts(about: figures) ?? []
      entries.append(
        RatesDocument.Entry(
          series: told.id, area: told.area, measure: told.measure.name,
          unit: "\(told.rated?.series.measure.unit ?? told.measure.unit)", polarity: polarity.rawValue,
          reason: told.reason,
          figures: figures.map { comparer.figure($0, of: told, polarity: polarity) },
          trends: told.rated.map { tester.trends(of: $0, polarity: polarity) } ?? []))
    }
    document = RatesDocument(
      series: entries,
      rules: input.rules + comparer.rules + tester.rules,
      levels: shown.map(\.level))
    notes = input.notes + doubts
    failures = input.faults
  }
}

extension RatesDocument.Limits {
  /// Limits of an estimate at the levels that are shown.
  static func of(_ limits: [ConfidenceLimits], at shown: [Confidence]) -> [RatesDocument.Limits] {
    shown.compactMap { level in
      limits.first { $0.confidence == level }.map {
        RatesDocument.Limits(level: level.level, lower: $0.lower, upper: $0.upper)
      }
    }
  }
}
