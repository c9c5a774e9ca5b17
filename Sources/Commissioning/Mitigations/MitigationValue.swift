/// What one measure is worth, as a register reports it: in its first year and in a full one, certain and by its
/// probability.
public struct MitigationValue: Sendable {
  /// One financial year of a measure.
  public struct Year: Sendable {
    /// The year.
    public let year: FinancialYear
    /// The share of full effect, on average over the year.
    public let strength: Double
    /// Pounds saved if the measure is delivered.
    public let certain: Draws
    /// Pounds saved where it is delivered, and nothing in the futures where it is not.
    public let weighted: Draws
  }

  /// The measure.
  public let measure: Mitigation
  /// The years of the plan.
  public let years: [Year]
  /// Pounds saved in the year in which it starts, if it is delivered: the part-year value.
  public let partYear: Draws
  /// Pounds saved in a full year at full strength, if it is delivered; nil where it never comes to one in the plan.
  public let fullYear: Draws?

  /// Pounds saved in all the years of the plan, if the measure is delivered.
  public var certain: Draws { Draws.sum(years.map(\.certain)) }
  /// Pounds saved in all the years of the plan, by its probability.
  public var weighted: Draws { Draws.sum(years.map(\.weighted)) }

  /// The value by runs of a plan with and without the measure.
  ///
  /// - Parameters:
  ///   - measure: the measure.
  ///   - certain: pounds saved in each year of the plan, the plan without it less the plan with it, measures certain.
  ///   - weighted: the same, measures weighted by their probability.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the budget has the measure already, or the years of
  ///   the two do not hold the year in which it starts and are not the same.
  public init(
    of measure: Mitigation, certain: [FinancialYear: Draws], weighted: [FinancialYear: Draws]
  ) throws(CommissioningError) {
    try Self.check(measure)
    let first = FinancialYear(containing: measure.start)
    guard let partYear = certain[first], Set(certain.keys) == Set(weighted.keys) else {
      throw MitigationRegister.refusal(
        "\"\(measure.id)\" starts in \(first); give what it saves in that year and in every other of the plan, certain "
          + "and weighted alike")
    }
    var years: [Year] = []
    for year in certain.keys.sorted() {
      guard let certain = certain[year], let weighted = weighted[year] else { continue }
      years.append(
        Year(year: year, strength: measure.strength(in: year), certain: certain, weighted: weighted))
    }
    self.measure = measure
    self.years = years
    self.partYear = partYear
    // A year in the middle of which nothing changes: its strength is one but for rounding.
    fullYear = years.first { $0.strength >= 1 - 1e-9 }?.certain
  }

  /// The value by what one unit of each effect saves.
  ///
  /// - Parameters:
  ///   - measure: the measure.
  ///   - unitValues: for each effect, pounds that one unit of it saves in a full year: for pounds saved 1; for an
  ///     addition, what one more of the flow saves (less than nothing where it costs); for a factor, what the whole flow
  ///     costs with the sign turned round, because the effect of 0.95 is to add -0.05 of it.
  ///   - years: the plan's years.
  ///   - draws: the number of simulated futures.
  ///   - seed: the seed of the run.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the budget has the measure already, it cannot be used
  ///   in these years, or there is not one value for each effect.
  public init(
    of measure: Mitigation, unitValues: [Draws], years: ClosedRange<FinancialYear>, draws: Int, seed: UInt64
  ) throws(CommissioningError) {
    try Self.check(measure)
    guard unitValues.count == measure.effects.count else {
      throw MitigationRegister.refusal(
        "\"\(measure.id)\" has \(measure.effects.count) effects, and \(unitValues.count) values of one unit are given; "
          + "give one for each")
    }
    // What is drawn here has this many futures, unless all of it is known.
    let isKnown = unitValues.allSatisfy { $0.futures == nil }
    let drawn = isKnown ? [] : [Draws(Array(repeating: 0, count: max(0, draws)))]
    if let fault = Draws.futuresFault(unitValues + drawn) {
      throw MitigationRegister.refusal("\"\(measure.id)\": \(fault)")
    }
    let register = try Self.alone(measure, years: years)
    func full(_ mode: MitigationMode) throws(CommissioningError) -> Draws {
      let drawn = try DrawnMitigations(register, mode: mode, draws: draws, seed: seed)
      return Draws.sum(
        unitValues.enumerated().compactMap { index, value in
          drawn.fullSize(of: measure.id, effect: index).map { $0 * value }
        })
    }
    let certain = try full(.certain)
    let weighted = try full(.weighted)
    var list: [Year] = []
    var year = years.lowerBound
    while year <= years.upperBound {
      let strength = measure.strength(in: year)
      list.append(
        Year(year: year, strength: strength, certain: certain * strength, weighted: weighted * strength))
      if year.next == year { break }
      year = year.next
    }
    self.measure = measure
    self.years = list
    partYear = certain * measure.strength(in: FinancialYear(containing: measure.start))
    fullYear = certain
  }

  private static func check(_ measure: Mitigation) throws(CommissioningError) {
    guard measure.isInBudget else { return }
    throw MitigationRegister.refusal(
      "\"\(measure.id)\" is in the budget already and saves nothing further; report the saving that the budget states"
    )
  }

  /// A register of one measure, whose flows and lines cannot meet those of another.
  private static func alone(
    _ measure: Mitigation, years: ClosedRange<FinancialYear>
  ) throws(CommissioningError) -> MitigationRegister {
    var lines: [Flow: Set<String>] = [:]
    for effect in measure.effects {
      if case .flow(let flow) = effect.target { lines[flow] = [] }
    }
    return try MitigationRegister(measures: [measure], years: years, lines: lines)
  }
}
