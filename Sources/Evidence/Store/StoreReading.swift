import GRDB
import TimeSeries

// What a store knows.

extension Store {
  /// The imports, in their order.
  ///
  /// - Throws: ``EvidenceError`` when the file cannot be read.
  public func imports() throws(EvidenceError) -> [StoreImport] {
    try reading { database in
      let statement = try PreparedStatement(
        database,
        "SELECT id, file, sha256, layout, child_level, rows, unreadable, figures, added, revised, unchanged, "
          + "superseded, conflicting FROM imports ORDER BY id")
      var imports: [StoreImport] = []
      while try statement.step() {
        let counts = (5..<13).map { Int(statement.integer($0)) }
        imports.append(
          StoreImport(
            file: statement.text(1), digest: statement.text(2), layout: statement.text(3),
            number: Int(statement.integer(0)), isRepeat: false, isChildLevel: statement.integer(4) != 0,
            rows: counts[0], unreadable: counts[1],
            figures: counts[2], added: counts[3], revised: counts[4], unchanged: counts[5],
            superseded: counts[6], conflicting: counts[7], newSeries: 0, problems: [], omittedProblems: 0))
      }
      return imports
    }
  }

  /// The series, in the order of the first imports.
  ///
  /// - Throws: ``EvidenceError`` when the file cannot be read or is damaged.
  public func series(_ selection: StoreSelection = .all) throws(EvidenceError) -> [StoredSeries] {
    try reading { database in try StoreCatalogue.series(database).filter(selection.holds) }
  }

  /// What was published of a series: by period, and for each in the order in which it became known.
  ///
  /// - Throws: ``EvidenceError`` when the file cannot be read or is damaged.
  public func vintages(of series: StoredSeries) throws(EvidenceError) -> [Vintage] {
    try reading { database in
      var found: [Vintage] = []
      try VintageReader(database).eachPeriod(of: series.number) { _, vintages in found += vintages }
      return found.sorted {
        $0.figure.period == $1.figure.period ? $0.isBefore($1) : $0.figure.period < $1.figure.period
      }
    }
  }

  /// The periods that were published more than once with different figures, by series and period.
  ///
  /// - Throws: ``EvidenceError`` when the file cannot be read or is damaged.
  public func revisions(_ selection: StoreSelection = .all) throws(EvidenceError) -> [Revision] {
    try reading { database in
      var revisions: [Revision] = []
      let reader = try VintageReader(database)
      for series in try StoreCatalogue.series(database) where selection.holds(series) {
        var own: [Revision] = []
        try reader.eachPeriod(of: series.number) { period, vintages in
          guard vintages.count > 1 else { return }
          own.append(
            Revision(series: series, period: period, vintages: vintages.sorted { $0.isBefore($1) }))
        }
        revisions += own.sorted { $0.period < $1.period }
      }
      return revisions
    }
  }

  /// The series as they were known on a day: for every period, the latest vintage known by then.
  ///
  /// Figures of which it is not known when they were published are taken as known, as in `Series.known(asOf:)`; series
  /// of which nothing was known by then are left out. Every figure says the file and row that it was read from.
  ///
  /// - Parameters:
  ///   - day: the day; nil for the latest of everything.
  ///   - selection: the series that are wanted.
  /// - Throws: ``EvidenceError`` when the file cannot be read or is damaged.
  public func panel(asOf day: CivilDate? = nil, _ selection: StoreSelection = .all) throws(EvidenceError)
    -> StoredPanel
  {
    try reading { database in
      let reader = try VintageReader(database)
      var series: [Series] = []
      var problems: [Problem] = []
      var childLevel: Set<Panel.Key> = []
      for stored in try StoreCatalogue.series(database) where selection.holds(stored) {
        var points: [DataPoint] = []
        var isChildLevel = false
        try reader.eachPeriod(of: stored.number) { _, vintages in
          let known = day.map { day in vintages.filter { $0.isKnown(on: day) } } ?? vintages
          if let latest = known.max(by: { $0.isBefore($1) }) {
            points.append(latest.point)
            isChildLevel = isChildLevel || latest.isChildLevel
          }
        }
        guard !points.isEmpty else { continue }
        do throws(TimeSeriesError) {
          series.append(try stored.series(points))
          if isChildLevel { childLevel.insert(Panel.Key(id: stored.id, area: stored.area)) }
        } catch {
          problems.append(Problem(file: path, message: "\(error); the series is left out"))
        }
      }
      do throws(TimeSeriesError) {
        return StoredPanel(panel: try Panel(series), childLevel: childLevel, problems: problems)
      } catch {
        throw EvidenceError.badData(Problem(file: path, message: "\(error)"))
      }
    }
  }
}

extension Vintage {
  /// The figure as a point of a series.
  fileprivate var point: DataPoint {
    DataPoint(
      period: figure.period, observation: figure.observation, rounding: figure.rounding,
      numerator: figure.numerator, denominator: figure.denominator, publication: figure.publication,
      flags: figure.flags, origin: Origin(file: file, row: figure.row, source: figure.source),
      note: figure.note)
  }
}

extension StoredSeries {
  /// The series with some points.
  fileprivate func series(_ points: [DataPoint]) throws(TimeSeriesError) -> Series {
    var attributes = key.breakdown
    for (name, value) in [
      ("area_code", key.area.code), ("area_number", key.area.number), ("area_level", key.area.level),
    ] {
      if let value { attributes.append(Series.Attribute(name: name, value: value)) }
    }
    return try Series(
      id: id, area: area,
      measure: Measure(
        id: key.measure, name: key.measureName, unit: key.unit, polarity: key.polarity ?? .neutral),
      points: points, attributes: attributes)
  }
}
