import TimeSeries

/// What a ring-fenced grant costs the General Fund beside the grant, year by year; the account of the grant knows
/// nothing of it.
struct GrantGeneralFund {
  /// The rate at which a deficit is financed; nil where none is stated.
  let carryingRate: Draws?
  private(set) var notes: [String] = []

  private let service: RingFencedGrant
  private let terms: RingFencedGrant.GeneralFund
  private let context: SimulationContext
  private let transport: PupilTransport?
  private let schemes: [CapitalScheme]
  /// The settings whose children waiting for another place travel as theirs.
  private let whileWaiting: [String: String]

  /// - Parameters:
  ///   - settings: the settings with a price, in which children are counted.
  ///   - whileWaiting: the setting that children waiting for another are counted in.
  /// - Returns: nil where the workspace does not ask for it.
  init?(
    _ service: RingFencedGrant, settings: [String], whileWaiting: [String: String],
    in context: SimulationContext
  ) throws(CommissioningError) {
    guard let terms = service.generalFund else { return nil }
    self.service = service
    self.terms = terms
    self.context = context
    self.whileWaiting = whileWaiting
    carryingRate = try terms.carryingCost.map { name throws(CommissioningError) in
      try context.assumption(name, .share, for: service.id)
    }
    transport = try terms.transport.flatMap { terms throws(CommissioningError) in
      try Self.transport(terms, settings: settings, service, context)
    }
    schemes =
      try terms.capital.map { terms throws(CommissioningError) in
        try Self.schemes(terms, service, context)
      } ?? []
    if terms.capital != nil, schemes.isEmpty {
      notes.append("No place opens at a capital cost, so that there is nothing to charge for capital.")
    }
    if let transport {
      notes.append(
        "Transport is planned from \(transport.priceYear), the year of its prices, by children in each setting; it is no "
          + "part of the grant's account.")
    }
  }

  private static func transport(
    _ terms: RingFencedGrant.GeneralFund.Transport, settings: [String], _ service: RingFencedGrant,
    _ context: SimulationContext
  ) throws(CommissioningError) -> PupilTransport? {
    let growth = try context.assumption(terms.priceGrowth, .growth, for: service.id)
    var described: [PupilTransport.Setting] = []
    for travel in terms.settings where settings.contains(travel.setting) {
      described.append(
        PupilTransport.Setting(
          id: travel.setting,
          name: service.settings.first { $0.id == travel.setting }?.name ?? travel.setting,
          travelShare: try context.assumption(travel.share, .share, for: service.id),
          costPerDay: try context.assumption(travel.costPerDay, .amount, for: service.id)))
    }
    // Nobody is counted in any setting where none has a price.
    if described.isEmpty { return nil }
    var byYear: [FinancialYear: Draws] = [:]
    var year = terms.priceYear.next
    while year <= context.years.upperBound {
      byYear[year] = growth
      year = year.next
    }
    return try PupilTransport(
      settings: described, priceYear: terms.priceYear, priceGrowth: byYear, schoolDays: terms.schoolDays)
  }

  /// A scheme for every opening of places that has a cost.
  private static func schemes(
    _ terms: RingFencedGrant.GeneralFund.Capital, _ service: RingFencedGrant, _ context: SimulationContext
  ) throws(CommissioningError) -> [CapitalScheme] {
    let granted =
      try terms.grantShare.map { name throws(CommissioningError) in
        try context.assumption(name, .share, for: service.id)
      } ?? Draws(0)
    let loan = try terms.borrowing.map { terms throws(CommissioningError) in
      CapitalScheme.Loan(
        rate: try context.assumption(terms.rate, .share, for: service.id), years: terms.years)
    }
    var schemes: [CapitalScheme] = []
    for capacity in service.capacities {
      for opening in capacity.changes where opening.isOpening {
        let change = try GrantCapacity.change(opening, of: capacity, service, context)
        let cost = change.places * change.capitalCostPerPlace
        guard cost.knownValue != 0 else { continue }
        let name = service.settings.first { $0.id == capacity.setting }?.name ?? capacity.setting
        let count = schemes.count { $0.id.hasPrefix("capital.\(capacity.setting).\(change.from)") }
        schemes.append(
          try CapitalScheme(
            id: "capital.\(capacity.setting).\(change.from)" + (count == 0 ? "" : ".\(count + 1)"),
            name: "Capital, \(name), from \(plainDate(change.from))", places: change.places.mean, cost: cost,
            grant: cost * granted, loan: loan, firstCharge: FinancialYear(containing: change.from).next))
      }
    }
    return schemes
  }

  // MARK: A year

  /// Beside a closed year of the account: transport, the carrying cost of the deficit, what the end of the override
  /// charges, and the charges for capital.
  ///
  /// - Parameters:
  ///   - children: children in each setting, averaged over the year.
  ///   - placed: what became of those who asked for a setting that can be full.
  func lines(
    in year: FinancialYear, children: [String: Draws], placed: OverflowYear?,
    account: DedicatedSchoolsGrantAccount.Result
  ) throws(CommissioningError) -> [ServiceLine] {
    var lines: [ServiceLine] = []
    if let transport, travels(in: year) {
      let found = try transport.year(year, plans: travellers(children, placed: placed), asOf: context.asOf)
      for row in found.rows {
        lines.append(
          Self.line("transport.\(row.id)", row.cost.name, row.cost.pounds, units: row.travellers))
      }
    }
    if let cost = account.carryingCost {
      lines.append(Self.line("carrying-cost", "Carrying cost of the deficit", cost.pounds))
    }
    if let charge = account.generalFundCharge {
      lines.append(
        Self.line("deficit-charged", "Deficit charged at the end of the override", charge.pounds))
    }
    for scheme in schemes {
      guard let (provision, interest) = try scheme.charges(in: year) else { continue }
      lines.append(Self.line("\(scheme.id).provision", provision.name, provision.pounds))
      lines.append(Self.line("\(scheme.id).interest", interest.name, interest.pounds))
    }
    return lines
  }

  private static func line(_ id: String, _ name: String, _ pounds: Draws, units: Draws? = nil) -> ServiceLine
  {
    ServiceLine(id: "general-fund.\(id)", name: name, part: .generalFund, amount: pounds, units: units)
  }

  /// Whether transport of a year can be planned: from the year of its prices on, where its school days were known.
  private func travels(in year: FinancialYear) -> Bool {
    guard let transport else { return true }
    return year >= transport.priceYear
      && DatedRule.inForce(transport.schoolDays, on: year.firstDay, asOf: context.asOf) != nil
  }

  /// The children who are in each setting, those who wait for another place among them.
  private func travellers(_ children: [String: Draws], placed: OverflowYear?) -> [String: Draws] {
    var result = children
    for setting in placed?.settings ?? [] where setting.waiting.knownValue != 0 {
      let here = whileWaiting[setting.setting] ?? setting.setting
      result[here] = (result[here] ?? Draws(0)) + setting.waiting
    }
    return result
  }

  // MARK: Reserves

  /// What reserves are left at the end of the statutory override, as a sentence, or why they are not tested; nil where
  /// no reserves are stated.
  ///
  /// - Parameters:
  ///   - lines: the lines of every year that has been closed.
  ///   - balances: closing balances.
  ///   - end: the last day of the override, as known.
  func reservesNote(
    lines: [FinancialYear: [ServiceLine]], balances: [FinancialYear: Draws], overrideEnd end: CivilDate?
  ) throws(CommissioningError) -> String? {
    guard let stated = terms.reserves else { return nil }
    let usable = stated.usable
    func untested(_ reason: String) -> String { "The deficit is not tested against reserves: \(reason)." }
    guard usable.known <= context.asOf else {
      return untested("those of \(usable.year) became known on \(usable.known), after the plan's date")
    }
    guard let end else { return untested("no end of the statutory override was known on \(context.asOf)") }
    let year = FinancialYear(containing: end)
    guard year > usable.year else {
      return untested(
        "they are those of \(usable.year), and the statutory override ends on \(plainDate(end)), before or with it"
      )
    }
    guard balances[year] != nil else {
      return untested("the statutory override ends on \(plainDate(end)), outside the years of the account")
    }
    guard DatedRule.inForce(stated.minimum, on: year.lastDay, asOf: context.asOf) != nil else {
      return untested("no minimum level had been set by \(context.asOf)")
    }
    var effects: [GeneralFundYear] = []
    for start in (usable.year.start + 1)...year.start {
      let each = FinancialYear(start)
      guard let own = lines[each], travels(in: each) else {
        return untested(
          "what high needs costs the General Fund in \(each) is not planned, and the reserves are those of "
            + "\(usable.year); state those of a later year")
      }
      effects.append(try Self.effects(in: each, own))
    }
    do throws(CommissioningError) {
      let test = try Reserves(
        usable: Draws(usable.amount), at: usable.year, known: usable.known, source: usable.source,
        plannedUse: stated.plannedUse.mapValues { Draws($0) }, minimum: stated.minimum
      ).testAtEndOfOverride(
        [DatedRule(content: end, effective: end, known: context.asOf, source: "the override")],
        effects: effects,
        budgeted: stated.budgeted.mapValues { Draws($0) }, balances: balances, asOf: context.asOf)
      return Self.sentence(test)
    } catch {
      // Not `.missing`, for which the whole account would be put aside.
      throw .invalid(service: service.id, reason: "general-fund.reserves: \(error)")
    }
  }

  private static func effects(
    in year: FinancialYear, _ lines: [ServiceLine]
  ) throws(CommissioningError) -> GeneralFundYear {
    var own: [FundLine] = []
    for line in lines where line.part == .generalFund {
      own.append(
        try FundLine(id: line.id, name: line.name, pounds: line.amount, service: GeneralFundEffects.service))
    }
    return GeneralFundYear(
      year: year, transport: nil, lines: own,
      total: .total(own, id: "general-fund", name: "General Fund effects"))
  }

  private static func sentence(_ test: ReservesTest) -> String {
    let day = plainDate(test.year.lastDay)
    var text =
      "Reserves on \(day), the end of the statutory override: \(millions(test.usable.pounds.mean)) usable, less "
      + "\(millions(test.plannedUse.pounds.mean)) of planned use, the minimum of "
      + "\(millions(test.minimum.pounds.mean)), a deficit of \(millions(test.deficit.pounds.mean)) and "
      + "\(millions((test.effects.pounds - test.budgeted.pounds).mean)) of General Fund costs that budgets do not "
      + "provide for, leaves a headroom of \(millions(test.headroomQuantity.mean)) on average"
    if case .uncertain(let own) = test.headroomQuantity {
      text +=
        " (\(millions(own.p10)) to \(millions(own.p90)) in 80 per cent of futures, median \(millions(own.p50)))"
    }
    let chance = test.probabilityExceeded
    return text
      + "; they are exceeded with a probability of \(perCent(chance.value)), Monte Carlo error "
      + "\(perCent(chance.error))."
  }
}
