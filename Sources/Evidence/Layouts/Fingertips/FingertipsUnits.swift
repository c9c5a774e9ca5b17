import TimeSeries

// MARK: Figures

extension FingertipsRows {
  /// Turns the rows into figures.
  mutating func emit(into figures: inout PublishedFigures) {
    problems.report(to: &figures)
    warnings.report(to: &figures, severity: .warning)
    let units = units(&figures)
    var positions = Array(repeating: -1, count: identities.count)
    for row in rows {
      let index = Int(row.identity)
      if positions[index] < 0 {
        let identity = identities[index]
        let indicator = indicators[Int(identity.indicator)]
        positions[index] = figures.position(
          of: PublishedSeriesKey(
            measure: indicator.id, measureName: indicator.name, area: identity.area,
            unit: units[Int(identity.indicator)], breakdown: identity.breakdown))
      }
      figures.add(row.figure, to: positions[index])
    }
    if hasSplitYear, options.yearType == nil {
      figures.note(
        "periods such as 2018/19 are read as financial years; say that they are academic if they are")
    }
    if !renamed.isEmpty {
      figures.note(
        "indicators have several names in the file, of which the first is taken: \(ListedNames.of(renamed.sorted()))"
      )
    }
    if figures.tally.rows == 0 {
      figures.report(Problem(file: figures.file, row: 1, message: "there are no rows under the header"))
    }
    for note in wanted.notes { figures.note(note) }
  }

  /// The unit of each indicator, by the arithmetic of its rows.
  private func units(_ figures: inout PublishedFigures) -> [Unit] {
    var values = Array(repeating: [Double](), count: indicators.count)
    var counts = values
    var denominators = values
    // Whether the values of an indicator are its counts, without exception.
    var equal = Array(repeating: (rows: 0, isCount: true), count: indicators.count)
    for row in rows {
      guard let value = row.figure.observation.value, let count = row.figure.numerator else { continue }
      let indicator = Int(identities[Int(row.identity)].indicator)
      equal[indicator].rows += 1
      if value != count { equal[indicator].isCount = false }
      guard let denominator = row.figure.denominator else { continue }
      values[indicator].append(value)
      counts[indicator].append(count)
      denominators[indicator].append(denominator)
    }
    var unknown: [String] = []
    var units: [Unit] = []
    for indicator in indicators.indices {
      let none = Array(repeating: 0.0, count: values[indicator].count)
      let search = QuotientSearch(
        counts: [.init(counts[indicator], slack: none), .init(denominators[indicator], slack: none)])
      let found = search.find(
        .init(rate: values[indicator]), multipliers: [1, 100, 1000, 10_000, 100_000], pairs: [(0, 1)],
        leastRows: 5,
        leastShare: 0.95)
      if found == nil, equal[indicator].isCount, equal[indicator].rows >= 5 {
        units.append(.count)
        figures.note("indicator \(indicators[indicator].id) is a count: value = count in every row")
        continue
      }
      guard let found else {
        units.append(.other("unit not given"))
        if indicators[indicator].isWanted { unknown.append(indicators[indicator].id) }
        continue
      }
      units.append(
        found.multiplier == 1
          ? .proportion : found.multiplier == 100 ? .percentage : .rate(per: found.multiplier))
      figures.note(
        """
        indicator \(indicators[indicator].id) is \(units[indicator]): value = count / denominator × \
        \(Observation.value(found.multiplier)) in \(found.agreeing) of \(found.compared) rows that can be compared
        """)
    }
    if !unknown.isEmpty {
      figures.note(
        "the file does not say the unit of indicators, and the arithmetic does not show that of \(ListedNames.of(unknown))"
      )
    }
    return units
  }
}
