import TimeSeries

extension PublishedFigures {
  /// The population of several single years of age together: of children, `0...17`, one series to an area, sex and basis.
  ///
  /// A figure is the sum of one figure for each year of age, in the order of the ages. Where an age has none, the sum is
  /// not available; where ages are suppressed or round to zero, it has no value either, because what is missing is not
  /// zero; a warning says which ages lack one, once for each series. Each part is rounded to its unit, so the sum is
  /// known no better than all those units together, which is the rounding of the sum: 0.018 for eighteen ages to 0.001.
  ///
  /// - Parameter ages: the years of age, both ends included; single years end where the publisher's open age begins.
  /// - Returns: the sums, with the notes of these figures; their tally counts sums, not rows.
  /// - Throws: ``EvidenceError/badArgument(_:)`` for ages that do not begin at 0 or more, or where no series is by single
  ///   year of age.
  public func summed(overAges ages: ClosedRange<Int>) throws(EvidenceError) -> PublishedFigures {
    guard ages.lowerBound >= 0, ages.upperBound <= 120 else {
      throw .badArgument(
        "ages \(ages.lowerBound) to \(ages.upperBound) are no ages; name years from 0 to 120")
    }
    let name = PopulationProjectionsLayout.ageName
    var groups: [PublishedSeriesKey: Int] = [:]
    var parts: [(key: PublishedSeriesKey, byAge: [Int: [PublishedFigure]])] = []
    for one in series {
      guard let text = one.key.breakdown.first(where: { $0.name == name })?.value,
        let age = AgeSpan(parsing: text), age.isSingleYear, ages.contains(age.from)
      else { continue }
      var key = one.key
      let all = AgeSpan(from: ages.lowerBound, through: ages.upperBound).description
      key.breakdown = key.breakdown.map { $0.name == name ? Series.Attribute(name: name, value: all) : $0 }
      let position = groups[key] ?? parts.count
      if position == parts.count {
        groups[key] = position
        parts.append((key, [:]))
      }
      parts[position].byAge[age.from, default: []] += one.figures
    }
    guard !parts.isEmpty else {
      throw .badArgument(
        "ages \(ages.lowerBound) to \(ages.upperBound): \(file) has no figures by single year of those ages")
    }
    var result = PublishedFigures(file: file, layout: layout)
    for sentence in notes { result.note(sentence) }
    result.note(
      """
      figures of ages \(ages.lowerBound) to \(ages.upperBound) are sums of \(ages.count) single years of age; the \
      rounding of a sum is that of its parts together
      """)
    for part in parts { result.addSums(part.key, part.byAge, ages: ages) }
    return result
  }

  private mutating func addSums(
    _ key: PublishedSeriesKey, _ byAge: [Int: [PublishedFigure]], ages: ClosedRange<Int>
  ) {
    var figures: [Period: [Int: PublishedFigure]] = [:]
    var order: [Period] = []
    for age in ages {
      for figure in byAge[age] ?? [] {
        if figures[figure.period] == nil { order.append(figure.period) }
        if let before = figures[figure.period]?[age] {
          guard before.observation != figure.observation else { continue }
          warn(
            row: figure.row,
            """
            age \(age) of \(key.area.name) in \(figure.period) is \(figure.observation) here and \
            \(before.observation) in row \(before.row); remove one, for now the first counts
            """)
        } else {
          figures[figure.period, default: [:]][age] = figure
        }
      }
    }
    let target = position(of: key)
    var isWarned = false
    for period in order.sorted() {
      let parts = figures[period] ?? [:]
      let lacking = ages.filter { parts[$0]?.observation.value == nil }
      if let first = lacking.first, !isWarned {
        isWarned = true
        warn(
          row: parts[first]?.row,
          """
          \(key.area.name) has no figure of age \(first)\(lacking.count > 1 ? " and \(lacking.count - 1) more" : "") in \
          \(period), so ages \(ages.lowerBound) to \(ages.upperBound) have no sum
          """)
      }
      let (sum, rounding) = Self.sum(ages.compactMap { parts[$0] })
      let flags = parts.values.reduce(into: DataFlags()) { $0.formUnion($1.flags) }
      // The order of a dictionary shows in no result: the first of the ages says where and when.
      let first = ages.lazy.compactMap { parts[$0] }.first
      add(
        PublishedFigure(
          period: period, observation: lacking.isEmpty ? .value(sum) : .notAvailable,
          rounding: rounding, publication: first?.publication, flags: flags,
          note: first?.note, row: first?.row ?? 1), to: target)
    }
  }

  /// The sum of values, and the unit to which it is known. Decimals that are rounded to thousandths add up to
  /// thousandths: what binary arithmetic adds beyond them is left out again.
  private static func sum(_ parts: [PublishedFigure]) -> (sum: Double, rounding: Double?) {
    let sum = parts.reduce(0) { $0 + ($1.observation.value ?? 0) }
    let units = parts.compactMap(\.rounding)
    guard let unit = units.first else { return (sum, nil) }
    let inverse = (1 / unit).rounded()
    guard units.allSatisfy({ $0 == unit }), units.count == parts.count, inverse >= 1, 1 / inverse == unit,
      (sum * inverse).magnitude < 0x1p53
    else { return (sum, units.reduce(0, +)) }
    return ((sum * inverse).rounded() / inverse, Double(units.count) / inverse)
  }
}
