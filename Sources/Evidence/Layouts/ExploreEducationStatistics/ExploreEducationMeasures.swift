import TimeSeries

/// All measures of a file, and the quotients among them.
struct ExploreEducationMeasures {
  private(set) var all: [ExploreEducationMeasure] = []
  /// What was found, as sentences.
  private(set) var notes: [String] = []
  /// Rates that do not follow from their counts.
  private(set) var doubts: [(row: Int, message: String)] = []

  /// The most trials of pairs of columns; wider files are not searched.
  private static let trialLimit = 2_000_000

  /// - Parameters:
  ///   - columns: which columns hold measures.
  ///   - cells: the cells.
  ///   - levels: the number of the level of each row.
  ///   - levelNames: the levels by number.
  ///   - wanted: what was asked for.
  init(
    _ columns: ExploreEducationColumns, _ cells: inout CellColumns, levels: [Int32], levelNames: [String],
    wanted: inout WantedNames
  ) {
    var values: [[Double]] = []
    values.reserveCapacity(columns.measures.count)
    for column in columns.measures {
      let numbers = Self.values(column, &cells)
      let name = columns.header[column]
      all.append(
        ExploreEducationMeasure(
          column, name, isWanted: wanted.wants(measure: name), numbers, levels: levels,
          levelCount: levelNames.count))
      values.append(numbers)
    }
    findQuotients(values, levels)
    noteRoundings(levelNames)
    let unnamed = all.filter { $0.unit == .other("unit not given") }.map(\.name)
    if !unnamed.isEmpty {
      notes.append(
        "the unit of these measures cannot be told from their names and values: \(ListedNames.of(unnamed))")
    }
  }

  private static func values(_ column: Int, _ cells: inout CellColumns) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(cells.rowCount)
    for cell in cells.cells(column) {
      if case .cell(let read) = cells.reading(cell), let value = read.observation.value {
        values.append(value)
      } else {
        values.append(.nan)
      }
    }
    return values
  }

  private mutating func findQuotients(_ values: [[Double]], _ levels: [Int32]) {
    let rates = all.indices.filter { !all[$0].multipliers.isEmpty }
    let counts = all.indices.filter { all[$0].unit == .count }
    guard !rates.isEmpty, counts.count > 1 else { return }
    let (pairs, overflow) = counts.count.multipliedReportingOverflow(by: counts.count * rates.count)
    guard !overflow, pairs <= Self.trialLimit else {
      notes.append(
        "the counts of which rates are made were not looked for: there are \(rates.count) rates and \(counts.count) counts"
      )
      return
    }
    let search = QuotientSearch(
      counts: counts.map { .init(values[$0], slack: all[$0].slack(levels)) })
    for rate in rates {
      guard let found = search.find(.init(rate: values[rate]), multipliers: all[rate].multipliers) else {
        continue
      }
      let (numerator, denominator) = (all[counts[found.numerator]], all[counts[found.denominator]])
      all[rate].numerator = numerator.column
      all[rate].denominator = denominator.column
      if case .other = all[rate].unit {
        all[rate].unit = found.multiplier == 100 ? .percentage : .rate(per: found.multiplier)
      }
      notes.append(
        """
        \(all[rate].name) is \(Observation.value(found.multiplier)) × \(numerator.name) / \(denominator.name) within \
        rounding in \(found.agreeing) of \(found.compared) rows that can be compared: they are its numerator and \
        denominator
        """)
      if let odd = found.firstOdd {
        doubts.append(
          (
            odd,
            """
            \(all[rate].name) does not follow from \(numerator.name) and \(denominator.name) here, and in \
            \(found.compared - found.agreeing) rows in all, though it does in \(found.agreeing)
            """
          ))
      }
    }
  }

  private mutating func noteRoundings(_ levelNames: [String]) {
    for (level, name) in levelNames.enumerated() {
      var units: [Double: [String]] = [:]
      for measure in all {
        if let unit = measure.roundings[level] { units[unit, default: []].append(measure.name) }
      }
      for unit in units.keys.sorted(by: >) {
        guard let names = units[unit] else { continue }
        notes.append(
          """
          level \(name): every value beside zero of these measures is a multiple of \(Observation.value(unit)), to which \
          they are taken to be rounded: \(ListedNames.of(names, limit: 20))
          """)
      }
    }
  }
}
