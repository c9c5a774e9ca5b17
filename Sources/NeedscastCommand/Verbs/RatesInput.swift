import Needscast

/// What `needscast rates` reads: every series told as rates, and what failed on the way.
struct RatesInput {
  /// A series, or part of one, that failed.
  struct Fault {
    let series: String
    let area: String?
    let message: String
  }

  /// A series told as rates, or why it cannot be.
  struct Told {
    let id: String
    let area: String?
    let measure: Measure
    let rated: RatedSeries?
    let reason: String?
  }

  private(set) var told: [Told] = []
  private(set) var faults: [Fault] = []
  private(set) var notes: [String] = []
  /// The identifiers of all series, reported or not.
  private var known: Set<String> = []
  /// How rates were made, as sentences.
  private(set) var rules: [String] = []

  /// The levels at which limits are worked out: those that are shown, and those that comparisons and tests look at.
  let levels: [Confidence]

  init(_ verb: RatesVerb, levels: [Confidence]) throws {
    self.levels = levels
    if let standardisation = verb.standardise, let bands = verb.bands {
      try readBands(verb, standardisation, bands)
    } else {
      try readSeries(verb)
    }
    for id in verb.series
    where !told.contains(where: { $0.id == id }) && !faults.contains(where: { $0.series == id }) {
      let known = known.sorted().prefix(8).joined(separator: ", ")
      throw Failure(
        "\(verb.input): there is no series \"\(id)\"; it has \(known)", code: Failure.wrongArguments)
    }
  }

  // MARK: Series

  private mutating func readSeries(_ verb: RatesVerb) throws {
    let file = try read(verb.input, verb, publishedLimits: true)
    known = Set(file.keys.map(\.id)).union(file.failed.map(\.id))
    if !verb.series.isEmpty {
      // What is wrong with series that were not asked for is nobody's concern here.
      faults.removeAll { !verb.series.contains($0.series) }
    }
    let populations = try populations(verb)
    var pooled = 0
    // The rows of which the reader's warnings are not said: those of other series, and those that are told as failures
    // or doubts.
    var silent: Set<Int> = []
    defer {
      notes += file.warnings.filter { $0.row.map { !silent.contains($0) } ?? true }.map { "\($0)" }
    }
    for position in 0..<file.count {
      guard var series = try file.series(at: position) else { continue }
      let rows = series.points.map { (period: $0.period, row: $0.origin?.row) }
      guard verb.series.isEmpty || verb.series.contains(series.id) else {
        silent.formUnion(rows.compactMap(\.row))
        continue
      }
      do throws(IndicatorsError) {
        if let years = verb.pool {
          let result = try PooledYears(of: series, over: years)
          series = result.series
          pooled += 1
          for refusal in result.refusals { notes.append(refusal.description) }
        }
        if let populations, series.measure.unit == .count, populations[series.area ?? ""] == nil {
          throw Self.withoutPopulation(series, in: verb.population ?? "")
        }
        let base: PopulationBase? =
          if let people = populations?[series.area ?? ""] { try PopulationBase(people) } else { nil }
        let rated = try RatedSeries(
          series,
          by: RatedSeries.Telling(
            population: base, per: verb.per ?? 10_000, confidence: levels,
            hasPublishedLimits: !file.covariateNames.isEmpty))
        add(rated, polarity: polarityText(series))
        let reportsDoubts = !verb.latest && (verb.area.isEmpty || verb.area.contains(series.area ?? ""))
        let said = rated.figures.filter {
          $0.isFault && !$0.isFaultOfPopulation || reportsDoubts && $0.doubt != nil
        }
        let periods = Set(said.map(\.period))
        silent.formUnion(rows.filter { periods.contains($0.period) }.compactMap(\.row))
      } catch {
        told.append(
          Told(
            id: series.id, area: series.area, measure: measure(series, polarityText(series)), rated: nil,
            reason: "\(error)"))
        if error.isFaultOfData {
          faults.append(Fault(series: series.id, area: series.area, message: "\(error)"))
        }
      }
    }
    if let years = verb.pool, pooled > 0 {
      rules.append("Counts are summed over \(years) years; such periods overlap, and are no test of a trend.")
    }
  }

  /// Why counts are no rates: the file of populations does not have that of the area.
  private static func withoutPopulation(_ series: Series, in file: String) -> IndicatorsError {
    .unfit(
      series: series.area.map { "\(series.id), \($0)" } ?? series.id, method: "a rate",
      reason: series.area.map { "it is a count and \(file) does not have the population of \($0)" }
        ?? "it is a count without an area and all populations of \(file) are of areas",
      remedy: series.area == nil ? "name its area" : "add that population")
  }

  private mutating func add(_ rated: RatedSeries, polarity text: String? = nil) {
    let series = rated.series
    told.append(
      Told(
        id: series.id, area: series.area, measure: measure(series, text), rated: rated, reason: nil))
    for figure in rated.figures where figure.isFault && !figure.isFaultOfPopulation {
      if let reason = figure.reason {
        faults.append(Fault(series: series.id, area: series.area, message: reason))
      }
    }
    // Each kind of fault of the population is told once, by the first of its periods.
    var kinds: [RatedSeries.PopulationFault] = []
    for figure in rated.figures {
      if let kind = figure.populationFault, !kinds.contains(kind) { kinds.append(kind) }
    }
    for kind in kinds {
      let alike = rated.figures.filter { $0.populationFault == kind }
      guard let reason = alike.first?.reason else { continue }
      let others = alike.count - 1
      let more = others == 0 ? "" : " (\(others) other \(others == 1 ? "period" : "periods") likewise)"
      faults.append(Fault(series: series.id, area: series.area, message: reason + more))
    }
  }

  /// What the column `polarity` says of a series, which the reader of files keeps and does not interpret.
  private func polarityText(_ series: Series) -> String? {
    series.attributes.first { $0.name.lowercased() == "polarity" }?.value
  }

  /// The measure of a series with its polarity; one that is not known is a fault, and nothing is judged by it.
  private mutating func measure(_ series: Series, _ text: String?) -> Measure {
    let own = series.measure
    let polarity: Polarity
    switch (text ?? "").lowercased() {
    case "": polarity = own.polarity
    case "higher", "higher is better": polarity = .higherIsBetter
    case "lower", "lower is better": polarity = .lowerIsBetter
    case "neutral": polarity = .neutral
    default:
      polarity = .neutral
      let error = IndicatorsError.unknownPolarity(indicator: series.id, text: text ?? "")
      if !faults.contains(where: { $0.message == "\(error)" }) {
        faults.append(Fault(series: series.id, area: series.area, message: "\(error)"))
      }
    }
    return Measure(id: own.id, name: own.name, unit: own.unit, polarity: polarity)
  }

  /// Reads a series file; what is wrong with single series is a fault of theirs.
  private mutating func read(
    _ path: String, _ verb: RatesVerb, publishedLimits: Bool = false
  ) throws -> SeriesFile {
    var options = SeriesFileOptions(
      frequency: verb.seriesInput.frequency, yearType: verb.seriesInput.calendar, keepsSoundSeries: true)
    // Standard input can be read once, and columns are known only when it has been.
    let contents = path == "-" ? try FileContents.read(path) : nil
    func read(_ options: SeriesFileOptions) throws -> SeriesFile {
      if let contents { return try SeriesFile(contents, options: options) }
      return try SeriesFile.read(path, options: options)
    }
    var file = try read(options)
    let names = Set(file.columnNames.map { $0.lowercased() })
    if publishedLimits, names.contains("lower_limit"), names.contains("upper_limit") {
      options.covariates = ["lower_limit", "upper_limit"]
      file = try read(options)
    }
    notes += file.notes.map { PlacedNote.text($0, of: file.file) }
    if path != verb.input { notes += file.warnings.map { "\($0)" } }
    faults += file.failed.map { Fault(series: $0.id, area: $0.area, message: $0.message) }
    return file
  }

  /// The population of each area.
  private mutating func populations(_ verb: RatesVerb) throws -> [String: Series]? {
    guard let path = verb.population else { return nil }
    let file = try read(path, verb)
    var found: [String: Series] = [:]
    var ids: [String] = []
    for position in 0..<file.count {
      guard let series = try file.series(at: position) else { continue }
      if let wanted = verb.populationSeries, series.id != wanted { continue }
      if !ids.contains(series.id) { ids.append(series.id) }
      found[series.area ?? ""] = series
    }
    guard ids.count == 1 else {
      throw Failure(
        ids.isEmpty
          ? "\(path): there is no series \"\(verb.populationSeries ?? "")\""
          : "\(path): it holds several series (\(ids.prefix(5).joined(separator: ", "))); say which with --population-series",
        code: Failure.wrongArguments)
    }
    return found
  }

  // MARK: Age bands

  private mutating func readBands(
    _ verb: RatesVerb, _ standardisation: RatesVerb.Standardisation, _ column: String
  ) throws {
    let counts = try BandedCounts.read(
      verb.input, bands: column, frequency: verb.seriesInput.frequency, yearType: verb.seriesInput.calendar)
    notes += counts.notes.map { PlacedNote.text($0, of: counts.file) }
    known = Set(counts.groups.map(\.series))
    let groups = counts.groups.filter { verb.series.isEmpty || verb.series.contains($0.series) }
    let standard = try verb.standard.map { try StandardPopulation.read($0) } ?? .european2013
    let reference = verb.benchmark ?? "England"
    let multiplier = verb.per ?? 100_000
    switch standardisation {
    case .direct: rules.append("Rates are standardised directly for age by the \(standard.name).")
    case .indirect:
      rules.append("Events are set beside those that the rates of \(reference) by age would make.")
    }
    let unit: TimeSeries.Unit =
      standardisation == .indirect && verb.per == nil ? .other("ratio") : .rate(per: multiplier)
    var order: [Panel.Key] = []
    var found: [Panel.Key: [(period: Period, estimate: Result<Estimate, IndicatorsError>)]] = [:]
    for group in groups {
      let key = Panel.Key(id: group.series, area: group.area)
      if found[key] == nil { order.append(key) }
      let name = group.area.map { "\(group.series), \($0)" } ?? group.series
      let result: Result<Estimate, IndicatorsError>
      do throws(IndicatorsError) {
        switch standardisation {
        case .direct:
          result = .success(
            try DirectStandardisation(
              group.bands, standard: standard, series: name, period: group.period.label
            ).estimate(per: multiplier, confidence: levels))
        case .indirect:
          guard
            let other = groups.first(where: {
              $0.series == group.series && $0.area == reference && $0.period == group.period
            })
          else {
            throw .unfit(
              series: name, method: "indirect standardisation",
              reason: "\(reference) has no bands at \(group.period.label)",
              remedy: "add its rows, or name another reference with --benchmark")
          }
          let events = try IndirectStandardisation(
            group.bands, reference: other.bands, series: name, period: group.period.label)
          result = .success(
            verb.per == nil
              ? try events.ratio(confidence: levels)
              : try events.rate(per: multiplier, confidence: levels))
        }
      } catch {
        result = .failure(error)
      }
      found[key, default: []].append((group.period, result))
    }
    for key in order {
      let group = groups.first { $0.series == key.id && $0.area == key.area }
      let measure = Measure(id: key.id, name: group?.measure ?? key.id, unit: unit)
      do throws(IndicatorsError) {
        add(
          try RatedSeries(estimates: found[key] ?? [], measure: measure, area: key.area),
          polarity: group?.polarity)
      } catch {
        told.append(Told(id: key.id, area: key.area, measure: measure, rated: nil, reason: "\(error)"))
        faults.append(Fault(series: key.id, area: key.area, message: "\(error)"))
      }
    }
  }
}

extension IndicatorsError {
  /// Whether the data are wrong, and not merely of a kind that no rate is made of.
  var isFaultOfData: Bool {
    switch self {
    case .unfit, .tooFewPoints, .countsNotKnown: false
    default: true
    }
  }
}
