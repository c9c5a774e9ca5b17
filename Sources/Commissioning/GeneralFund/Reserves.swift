import TimeSeries

/// What an authority holds against what it cannot foresee: usable reserves at a date, what of them is already meant for
/// something, and the level below which they must not fall.
public struct Reserves: Sendable {
  /// Pounds usable on the last day of ``at``.
  public let usable: Draws
  /// The year at whose end they were counted.
  public let at: FinancialYear
  /// The day on which that became known.
  public let known: CivilDate
  /// Where it is written.
  public let source: String
  /// Pounds of planned use in each later year; a contribution is negative.
  public let plannedUse: [FinancialYear: Draws]
  /// The least that must be left, pounds, as the authority has set it.
  public let minimum: [DatedRule<Double>]

  /// Puts together what is known of reserves; ``test(at:effects:budgeted:balances:asOf:)`` checks it.
  public init(
    usable: Draws, at: FinancialYear, known: CivilDate, source: String, plannedUse: [FinancialYear: Draws],
    minimum: [DatedRule<Double>]
  ) {
    self.usable = usable
    self.at = at
    self.known = known
    self.source = source
    self.plannedUse = plannedUse
    self.minimum = minimum
  }
}

/// Reserves against the deficit and what it does to the General Fund, at the end of a year. In every future
///
///     headroom = usable - plannedUse - minimum - deficit - (effects - budgeted)
public struct ReservesTest: Sendable {
  /// The year at whose end it is made.
  public let year: FinancialYear
  /// Usable reserves at their date.
  public let usable: FundLine
  /// What is meant to be used of them from their date to the test.
  public let plannedUse: FundLine
  /// The level they must not fall below.
  public let minimum: FundLine
  /// The deficit that is left in the ring-fenced account.
  public let deficit: FundLine
  /// General Fund effects from the date of the reserves to the test.
  public let effects: FundLine
  /// The part of those effects that budgets already provide for.
  public let budgeted: FundLine
  /// What is left; negative where reserves do not suffice.
  public let headroom: FundLine
  /// The mean and quantiles of the headroom, pounds.
  public let headroomQuantity: Quantity
  /// The probability that the deficit and the effects exceed the reserves, with its Monte Carlo error.
  public let probabilityExceeded: Probability
}

extension Reserves {
  static let service = "reserves"

  /// Tests reserves at the end of the statutory override, as its end was known on a date.
  ///
  /// - Throws: ``CommissioningError`` when no end was known, or it is not a 31 March, at which accounts are closed.
  public func testAtEndOfOverride(
    _ override: [DatedRule<CivilDate>], effects: [GeneralFundYear], budgeted: [FinancialYear: Draws],
    balances: [FinancialYear: Draws], asOf: CivilDate
  ) throws(CommissioningError) -> ReservesTest {
    guard let end = DatedRule.latest(override.filter { $0.known <= asOf })?.content else {
      throw .missing(
        service: Self.service, what: "the end of the statutory override", period: "a plan made on \(asOf)")
    }
    let year = FinancialYear(end.year - 1)
    guard year.lastDay == end else {
      throw .invalid(
        service: Self.service,
        reason:
          "the statutory override ends on \(plainDate(end)), and a 31 March is needed, on which accounts close"
      )
    }
    return try test(at: year, effects: effects, budgeted: budgeted, balances: balances, asOf: asOf)
  }

  /// Tests reserves at the end of a year.
  ///
  /// - Parameters:
  ///   - year: the financial year.
  ///   - effects: the General Fund effects of every year after the date of the reserves, up to the test.
  ///   - budgeted: pounds of those effects that each year's budget provides for; 0 has to be said.
  ///   - balances: closing balances of the ring-fenced account; a deficit is negative. A deficit that has been charged
  ///     to the General Fund stands among the effects and is no longer in the balance, so that it counts once.
  ///   - asOf: the day by which the reserves must have been known.
  public func test(
    at year: FinancialYear, effects: [GeneralFundYear], budgeted: [FinancialYear: Draws],
    balances: [FinancialYear: Draws], asOf: CivilDate
  ) throws(CommissioningError) -> ReservesTest {
    guard known <= asOf else {
      throw .invalid(
        service: Self.service,
        reason: "the reserves of \(at) (\(source)) became known on \(known), after the plan's date of \(asOf)"
      )
    }
    guard known >= at.lastDay else {
      throw .invalid(
        service: Self.service,
        reason:
          "the reserves of \(at) (\(source)) are said to have been known on \(known), before that year ended; "
          + "give what was counted, not what was forecast")
    }
    guard year > at else {
      throw .invalid(
        service: Self.service,
        reason:
          "reserves are tested at the end of \(year), and were counted at the end of \(at); test a later year"
      )
    }
    guard let floor = DatedRule.inForce(minimum, on: year.lastDay, asOf: asOf) else {
      throw .missing(service: Self.service, what: "the minimum level of reserves", period: "\(year)")
    }
    var check = FutureCheck(Self.service)
    try check.take(usable, "the usable reserves", .amount)
    try check.take(Draws(floor.content), "the minimum level of reserves (\(floor.source))", .amount)
    let balance = try check.take(balances, year, "the closing balance", .number)
    var planned: [FundLine] = []
    var provided: [FundLine] = []
    var called: [FundLine] = []
    for start in (at.start + 1)...year.start {
      let year = FinancialYear(start)
      let matching = effects.filter { $0.year == year }
      guard let effect = matching.first, matching.count == 1 else {
        throw .invalid(
          service: Self.service,
          reason: "General Fund effects of \(year) are given \(matching.count) times, and once is needed")
      }
      try check.take(effect.total.pence, "the General Fund effects of \(year)", .number)
      called.append(effect.total)
      planned.append(
        try line("planned", try check.take(plannedUse, year, "the planned use of reserves", .number)))
      provided.append(
        try line(
          "budgeted", try check.take(budgeted, year, "what budgets provide for these effects", .amount)))
    }
    let lines = (
      usable: FundLine(id: "usable", name: "Usable reserves", pence: try line("usable", usable).pence),
      plannedUse: FundLine.total(planned, id: "planned-use", name: "Planned use"),
      minimum: try FundLine(
        id: "minimum", name: "Minimum level", pounds: Draws(floor.content), service: Self.service),
      deficit: try FundLine(
        id: "deficit", name: "Deficit left in the ring-fenced account", pounds: (-balance).positivePart,
        service: Self.service),
      effects: FundLine.total(called, id: "effects", name: "General Fund effects"),
      budgeted: FundLine.total(provided, id: "budgeted", name: "Provided for in budgets")
    )
    let headroom = FundLine(
      id: "headroom", name: "Headroom",
      pence: lines.usable.pence - lines.plannedUse.pence - lines.minimum.pence - lines.deficit.pence
        - lines.effects.pence + lines.budgeted.pence)
    return ReservesTest(
      year: year, usable: lines.usable, plannedUse: lines.plannedUse, minimum: lines.minimum,
      deficit: lines.deficit, effects: lines.effects, budgeted: lines.budgeted, headroom: headroom,
      headroomQuantity: try Quantity(headroom.pounds),
      probabilityExceeded: try Probability(negative: headroom.pence))
  }

  private func line(_ id: String, _ pounds: Draws) throws(CommissioningError) -> FundLine {
    try FundLine(id: id, name: id, pounds: pounds, service: Self.service)
  }
}
