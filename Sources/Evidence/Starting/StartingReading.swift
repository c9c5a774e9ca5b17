import TimeSeries

/// Reads one published file after another, and keeps what a plan needs of it.
struct StartingReading {
  let gazetteer: Gazetteer
  let measures: PublishedMeasures
  private(set) var files: [StartingFiles.File] = []
  private(set) var notes: [String] = []
  private(set) var warnings: [Problem] = []
  private(set) var held: [String: [StartingFiles.Place: StartingFiles.Held]] = [:]
  private(set) var neighbours: NeighbourSet?
  private(set) var latestDay: CivilDate?
  private var authorities: [PublishedArea: [Authority]] = [:]

  init(gazetteer: Gazetteer, measures: PublishedMeasures) {
    self.gazetteer = gazetteer
    self.measures = measures
  }

  /// Reads a file: a set of statistical neighbours, the dictionary of the Local Authority Interactive Tool, or figures.
  mutating func read(_ path: String) throws(EvidenceError) {
    let choice: LayoutChoice
    do {
      choice = try LayoutChoice(recognising: LayoutInput(path))
    } catch EvidenceError.badData(let problems, let omitted) {
      if try readCompanion(path) { return }
      let advice = Problem(
        file: path, message: "a workspace cannot begin from it; give \(StartingAdvice.files)")
      throw .badData(problems: problems + [advice], omitted: omitted)
    }
    let wanted = measures.measures(of: choice.layout.name)
    guard !wanted.isEmpty || choice.layout.name == PlainSeriesLayout.name else {
      throw .badData(
        Problem(
          file: path,
          message: """
            the file is read as \(choice.layout.name), which holds nothing that a plan needs; give \
            \(StartingAdvice.files)
            """))
    }
    // Only the long files are large enough for it to matter that the rest is passed over.
    let names = choice.layout.name == InteractiveToolLayout.name ? wanted.map(\.measureAsPublished) : []
    let figures = try Layouts.read(LayoutInput(path, options: .init(measures: names)), as: choice.layout)
    take(figures, from: choice, path)
  }

  /// Reads a file that holds no figures; false for another.
  private mutating func readCompanion(_ path: String) throws(EvidenceError) -> Bool {
    guard path != "-", FolderListing.files(of: path) == nil else { return false }
    let header = try LayoutInput(path).reading(allowsRepeatedNames: true) { $0.columns }
    if header.contains(where: { $0.lowercased() == "measure_short" }) {
      notes.append("\(path) explains measures; those that a plan needs are known, and it is not read")
      files.append(
        StartingFiles.File(
          path: path, sentence: "\(path) explains the measures of the Local Authority Interactive Tool",
          layout: nil, series: [], authorities: []))
      return true
    }
    guard NeighbourLayout(header: header) != nil else { return false }
    let set = try NeighbourSet(
      reading: try FileContents.read(path), name: FileContents.baseName(of: path),
      firstDay: CivilDate(daysSinceEpoch: 0), gazetteer: gazetteer)
    neighbours = neighbours ?? set
    warnings += set.warnings
    files.append(
      StartingFiles.File(
        path: path, sentence: "\(path) is read as a set of statistical neighbours, by its columns",
        layout: nil, series: [],
        authorities: []))
    return true
  }

  private mutating func take(_ figures: PublishedFigures, from choice: LayoutChoice, _ path: String) {
    var found: Set<String> = []
    var authorities: Set<Int> = []
    var taken: [String: Int] = [:]
    let name = StartingFiles.File.name(of: path)
    var absent = 0
    var unfit = 0
    for series in figures.series {
      guard let measure = measures.measure(series.key, in: choice.layout.name) else { continue }
      var places: [StartingFiles.Place: [PublishedFigure]] = [:]
      for figure in series.figures {
        guard let period = measure.period(of: figure.period) else {
          unfit += 1
          continue
        }
        guard let place = place(series.key.area, period) else { continue }
        switch figure.observation {
        case .notAvailable, .notApplicable:
          absent += 1
          continue
        case .value, .suppressed, .roundsToZero: break
        }
        var kept = figure
        kept.period = period
        kept.publication = figure.publication ?? measure.publication(of: period)
        kept.source = "\(name):\(figure.row), measure \(series.key.measure): \(measure.publisher)"
        places[place, default: []].append(kept)
      }
      for (place, figures) in places.sorted(by: { "\($0.key)" < "\($1.key)" }) {
        found.insert(measure.series)
        if case .authority(let number) = place { authorities.insert(number) }
        if let other = held[measure.series]?[place], other.path != path {
          taken[other.path, default: 0] += 1
          continue
        }
        keep(figures, measure, place, path, named: series.key)
      }
    }
    report(path, absent: absent, unfit: unfit, taken: taken, figures)
    files.append(
      StartingFiles.File(
        path: path, sentence: choice.sentence, layout: choice.layout.name, series: found.sorted(),
        authorities: authorities))
  }

  private mutating func keep(
    _ figures: [PublishedFigure], _ measure: PublishedMeasure, _ place: StartingFiles.Place, _ path: String,
    named key: PublishedSeriesKey
  ) {
    // A series may come in pieces, as when an authority is spelt in two ways.
    let before = held[measure.series]?[place]?.figures ?? []
    let choice = VintageChoice(before + figures)
    for (first, second) in choice.conflicts {
      warnings.append(VintageChoice.problem(first, second, of: key, area: key.area.name, file: path))
    }
    guard !choice.figures.isEmpty else { return }
    held[measure.series, default: [:]][place] = StartingFiles.Held(
      measure: measure, path: path, figures: choice.figures)
    if case .authority = place, let day = choice.figures.compactMap(\.period.end).max() {
      latestDay = max(latestDay ?? day, day)
    }
  }

  /// Says what became of what is not kept.
  private mutating func report(
    _ path: String, absent: Int, unfit: Int, taken: [String: Int], _ figures: PublishedFigures
  ) {
    if absent > 0 {
      notes.append("\(path): \(absent) figures are not available in the file and are left out")
    }
    if unfit > 0 {
      notes.append(
        "\(path): \(unfit) figures are of another kind of period than a plan needs and are left out")
    }
    for (other, count) in taken.sorted(by: { $0.key < $1.key }) {
      notes.append(
        "\(path): \(count) series that \(other) holds too are taken from that file, which is named first")
    }
    warnings += figures.problems.filter { $0.severity == .error }.map {
      Problem(file: $0.file, row: $0.row, column: $0.column, message: $0.message, severity: .warning)
    }
  }

  // MARK: Whose figures they are

  /// The place of an area; nil for regions and for authorities that were not there in the period.
  private mutating func place(_ area: PublishedArea, _ period: Period) -> StartingFiles.Place? {
    if area.level == "ICB" { return .board(area.name.split(separator: " ").joined(separator: " ")) }
    if area.level == "Provider" || area.level == "Region" || area.level == "Regional" { return nil }
    if area.level == "National" || area.name == "England" { return .england }
    let meant = authorities(area)
    guard meant.count > 1 else { return meant.first.map { .authority($0.number) } }
    return meant.first { one in period.end.map { one.exists(on: $0) } ?? false }.map { .authority($0.number) }
  }

  private mutating func authorities(_ area: PublishedArea) -> [Authority] {
    if let known = authorities[area] { return known }
    var found: [Authority] = []
    for text in [area.number, area.code, area.name.isEmpty ? nil : area.name].compactMap({ $0 }) {
      found = gazetteer.meanings(of: text).compactMap {
        if case .authority(let one) = $0 { one } else { nil }
      }
      if !found.isEmpty { break }
    }
    authorities[area] = found
    return found
  }
}
