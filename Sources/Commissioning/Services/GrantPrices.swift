import TimeSeries

/// What plans cost: shares and relative prices of settings from Section 251, lines that do not follow plans, and the
/// line that published data do not explain.
struct GrantPrices {
  /// The cost of a year, in all and by line.
  struct Cost {
    private(set) var total: Draws
    /// What of it no published series says, gross: the inflation of each line, lines at a price borrowed from another
    /// setting, and the unexplained line, each by its size, because a part up and a part down do not make a fact.
    private(set) var onAssumption: Draws
    private(set) var lines: [ServiceLine]

    /// Adds a line, all of it on assumption.
    mutating func add(_ line: ServiceLine) {
      lines.append(line)
      total = total + line.amount
      onAssumption = onAssumption + line.amount.magnitude
    }
  }

  private struct PricedSetting {
    let id: String
    let name: String
    let share: Double
    let drawnShare: Draws
    /// Pounds for one plan on average over the year, in prices of the service's price year.
    let price: Draws
    /// Whether the price is another setting's, for want of a line of its own.
    let isBorrowed: Bool
  }

  private let service: RingFencedGrant
  private let context: SimulationContext
  private var settings: [PricedSetting] = []
  private var fixedLines: [(id: String, name: String, amount: Double)] = []
  /// The unexplained line as a share of the explained spending, in every simulated future.
  private var unexplained = Draws(0)
  /// The price level at which the published figures stand, against the price year.
  private var evidenceLevel = Draws(1)
  private(set) var notes: [String] = []

  /// - Parameter plans: the average number of plans in a year.
  init(
    _ service: RingFencedGrant, plans: (FinancialYear) throws(CommissioningError) -> Draws?,
    in context: SimulationContext
  ) throws(CommissioningError) {
    self.service = service
    self.context = context
    try context.requirePeriod(
      service.census, of: service.settings.flatMap(\.plans), as: "census", for: service.id)
    let lines =
      service.settings.flatMap(\.spend) + service.fixedLines.flatMap(\.spend) + [
        service.evidence.specialPlaces
      ]
    try context.requirePeriod(service.priceYear.period, of: lines, as: "price-year", for: service.id)
    let counts = service.settings.map { setting in
      setting.plans.compactMap { context.published($0, at: service.census) }
    }
    let isCounted = zip(counts, service.settings).allSatisfy { $0.count == $1.plans.count }
    let total = counts.joined().reduce(0, +)
    guard isCounted, total > 0, context.series(service.evidence.specialPlaces) != nil else {
      notes.append(
        "Plans by setting and Section 251 spending had not been published by \(context.asOf): every plan costs the same."
      )
      return
    }
    guard let average = try plans(service.priceYear) else {
      throw .missing(
        service: service.id, what: "the number of plans on which Section 251 was spent",
        period: "\(service.priceYear)")
    }
    let shares = counts.map { $0.reduce(0, +) / total }
    let concentration = try context.assumption(
      service.assumptions.mixConcentration, .divisor, for: service.id)
    let drawn = context.scattered(shares, concentration: concentration, name: "mix/\(service.id)")
    var priced: [String: Draws] = [:]
    for (index, setting) in service.settings.enumerated() {
      let price: Draws
      if let other = setting.pricedAs {
        guard let known = priced[other] else {
          throw .missingPrice(service: service.id, line: setting.name, series: other)
        }
        price = known
      } else {
        guard shares[index] > 0 else {
          throw .invalid(
            service: service.id,
            reason:
              "\(setting.name) has no plans at \(service.census.label), so its Section 251 lines give no price; "
              + "join it with another setting, or make its lines a fixed line")
        }
        price = Draws(try spend(setting.spend, line: setting.name)) / (average * shares[index])
      }
      priced[setting.id] = price
      settings.append(
        PricedSetting(
          id: setting.id, name: setting.name, share: shares[index], drawnShare: drawn[index], price: price,
          isBorrowed: setting.pricedAs != nil))
    }
    for line in service.fixedLines {
      fixedLines.append((line.id, line.name, try spend(line.spend, line: line.name)))
    }
  }

  /// The sum of Section 251 lines in the price year; an income line is taken off.
  private func spend(_ ids: [String], line: String) throws(CommissioningError) -> Double {
    var sum = 0.0
    for id in ids {
      guard let value = try context.pounds(id, spentIn: service.priceYear, for: service.id) else {
        throw .missingPrice(service: service.id, line: line, series: id)
      }
      sum += id.hasSuffix("income") ? -value : value
    }
    return sum
  }

  /// Sets the level by the years whose whole spending is known.
  ///
  /// The last of them fixes the share that is not explained, in every simulated future with that future's own
  /// inflation, so that the last known year is reproduced exactly; the assumption says how it goes on.
  ///
  /// - Returns: the year that fixed it; nil where no year's whole spending is known.
  mutating func calibrate(
    to anchors: [GrantBalances.Anchor], plans: (FinancialYear) throws(CommissioningError) -> Draws?,
    inflation: (FinancialYear) -> Draws
  ) throws(CommissioningError) -> FinancialYear? {
    for anchor in anchors.reversed() {
      guard let average = try plans(anchor.year) else { continue }
      try calibrate(to: anchor, plans: average, inflation: inflation(anchor.year))
      return anchor.year
    }
    guard !settings.isEmpty else {
      throw .missing(
        service: service.id, what: "what plans cost, from Section 251 or from any year's spending",
        period: "any year before \(context.asOf)")
    }
    notes.append("No year's whole spending is known: the level is that of Section 251 and not calibrated.")
    return nil
  }

  private mutating func calibrate(
    to anchor: GrantBalances.Anchor, plans average: Draws, inflation: Draws
  ) throws(CommissioningError) {
    if settings.isEmpty {
      // One price for every plan, brought back to the price year with each future's own inflation.
      settings = [
        PricedSetting(
          id: "all-plans", name: "All plans", share: 1, drawnShare: Draws(1),
          price: anchor.spend / average / inflation, isBorrowed: false)
      ]
      evidenceLevel = inflation
      notes.append(
        "A plan costs what spending of \(millions(anchor.stated)) in \(anchor.year) comes to, \(anchor.source)."
      )
      return
    }
    let explained =
      Draws.sum(explained(average, in: anchor.year).map(\.amount)) * inflation
    guard explained.mean > 0 else {
      throw .invalid(
        service: service.id,
        reason:
          "the Section 251 lines of \(service.priceYear) come to \(millions(explained.mean)), and no level can be set by them"
      )
    }
    let share = (anchor.spend - explained) / explained
    unexplained = share * (try context.assumption(service.assumptions.unexplained, .amount, for: service.id))
    let percent = plainText((share.mean * 1000).rounded() / 10)
    notes.append(
      "Section 251 prices come to \(millions(explained.mean)) in \(anchor.year), where spending was "
        + "\(millions(anchor.stated)) (\(anchor.source)). The difference, \(percent) per cent, is a line of its own, "
        + "\"not explained by published data\", and goes on in proportion.")
  }

  /// The explained spending by line, in prices of the price year.
  private func explained(
    _ plans: Draws, in year: FinancialYear
  ) -> [(id: String, name: String, amount: Draws, isBorrowed: Bool, units: Draws?)] {
    settings.map { setting in
      let units = plans * share(of: setting, in: year)
      return (setting.id, setting.name, units * setting.price, setting.isBorrowed, units)
    } + fixedLines.map { ($0.id, $0.name, Draws($0.amount), false, nil) }
  }

  /// The mix is the census's own up to the year that begins after it, and scatters about it later.
  private func share(of setting: PricedSetting, in year: FinancialYear) -> Draws {
    let isCounted = service.census.end.map { year.start <= $0.year } ?? true
    return isCounted ? Draws(setting.share) : setting.drawnShare
  }

  /// The plans that ask for each setting in a year, in the order of the settings.
  ///
  /// Scenario and measures may change shares; the settings that they leave alone take what is left in proportion.
  func units(of plans: Draws, in year: FinancialYear) throws(CommissioningError) -> [Draws] {
    let base = settings.map { share(of: $0, in: year) }
    let changes = settings.map { change("share.\($0.id)", year) }
    guard changes.contains(where: { !$0.isNone }) else { return base.map { plans * $0 } }
    var shares = base
    var kept = Draws(0)
    var left = Draws(1)
    for index in settings.indices {
      if changes[index].isNone {
        kept = kept + base[index]
      } else {
        let flow = Flow(service: service.id, name: "share.\(settings[index].id)")
        shares[index] = try changes[index].applied(
          to: base[index], within: 0...1, of: flow, in: "\(year)")
        left = left - shares[index]
      }
    }
    let isWhole = changes.allSatisfy { !$0.isNone }
    try left.require(
      "what the changed shares of settings leave of all plans in \(year)",
      isWhole ? "nothing, because every share is changed," : "a share of 0 or more", service: service.id
    ) { isWhole ? abs($0) < 1e-9 : $0 >= 0 }
    for index in settings.indices where changes[index].isNone {
      shares[index] = left * base[index].combined(kept) { $1 > 0 ? $0 / $1 : 0 }
    }
    return shares.map { plans * $0 }
  }

  private func change(_ flow: String, _ year: FinancialYear) -> FlowChange {
    context.flows.change(of: flow, in: service.id, year: year)
  }

  /// The share of plans in a setting; nil when plans by setting are not known.
  func share(of setting: String, in year: FinancialYear) -> Draws? {
    settings.first { $0.id == setting }.map { share(of: $0, in: year) }
  }

  /// The setting in which a plan is dearest, and how many times as much it costs there as in another; nil where
  /// settings have no prices of their own or none is dearer.
  func dearest(against id: String) -> (name: String, times: Double)? {
    guard let base = settings.first(where: { $0.id == id })?.price.mean, base > 0,
      let dearest = settings.max(by: { $0.price.mean < $1.price.mean }), dearest.price.mean > base
    else { return nil }
    return (dearest.name, dearest.price.mean / base)
  }

  /// The name of a setting that has a price.
  func name(of id: String) -> String? { settings.first { $0.id == id }?.name }

  /// State special-school places, from place funding in the price year; nil when that is not known.
  func specialPlaces() throws(CommissioningError) -> Draws? {
    guard
      let funding = try context.pounds(
        service.evidence.specialPlaces, spentIn: service.priceYear, for: service.id)
    else { return nil }
    return Draws(funding)
      / (try context.assumption(service.assumptions.placeFunding, .divisor, for: service.id))
  }

  /// The lines of a year whose whole spending is known: what the settings explain at that year's prices, and as the
  /// unexplained line all that they do not, so that the lines sum to the spending in every simulated future.
  func lines(
    of spend: Draws, plans: Draws, in year: FinancialYear, inflation: Draws
  ) -> [ServiceLine] {
    let lines = explainedLines(plans, in: year, inflation: inflation)
    let rest = spend - Draws.sum(lines.map(\.amount))
    return lines + (rest.knownValue == 0 ? [] : [Self.unexplainedLine(rest)])
  }

  private func explainedLines(
    _ plans: Draws, in year: FinancialYear, inflation: Draws
  ) -> [ServiceLine] {
    explained(plans, in: year).map {
      ServiceLine(
        id: $0.id, name: $0.name, part: .spend, amount: $0.amount * inflation, units: $0.units)
    }
  }

  private static func unexplainedLine(_ rest: Draws) -> ServiceLine {
    ServiceLine(id: "unexplained", name: "Not explained by published data", part: .spend, amount: rest)
  }

  /// The cost of the plans in each setting over a year, on average.
  ///
  /// - Parameter units: in the order of the settings.
  func cost(
    of units: [Draws], in year: FinancialYear, inflation: Draws
  ) throws(CommissioningError) -> Cost {
    var lines: [ServiceLine] = []
    var assumed: [Draws] = []
    for (setting, units) in zip(settings, units) {
      let price = try price(of: setting, in: year, inflation: inflation)
      let amount = units * price
      lines.append(
        ServiceLine(id: setting.id, name: setting.name, part: .spend, amount: amount, units: units))
      assumed.append(
        setting.isBorrowed ? amount.magnitude : (units * (price - setting.price * evidenceLevel)).magnitude)
    }
    for line in fixedLines {
      lines.append(
        ServiceLine(id: line.id, name: line.name, part: .spend, amount: inflation * line.amount))
      assumed.append(((inflation - evidenceLevel) * line.amount).magnitude)
    }
    let explained = Draws.sum(lines.map(\.amount))
    let rest = explained * unexplained
    if rest.knownValue != 0 { lines.append(Self.unexplainedLine(rest)) }
    let total = explained + rest
    return Cost(total: total, onAssumption: Draws.sum(assumed + [rest.magnitude]).atMost(total), lines: lines)
  }

  /// What a plan costs in a setting, as scenario and measures make it.
  private func price(
    of setting: PricedSetting, in year: FinancialYear, inflation: Draws
  ) throws(CommissioningError) -> Draws {
    let flow = Flow(service: service.id, name: "price.\(setting.id)")
    return try change("price", year).then(change(flow.name, year)).applied(
      to: setting.price * inflation, within: 0 ... .infinity, of: flow, in: "\(year)")
  }

  /// The line of children who wait for a setting, at the price of the one they are in meanwhile.
  func waiting(
    _ waited: OverflowYear.Setting, pricedAs id: String, in year: FinancialYear, inflation: Draws
  ) throws(CommissioningError) -> ServiceLine {
    guard let setting = settings.first(where: { $0.id == id }) else {
      throw .missingPrice(service: service.id, line: "waiting for \(waited.setting)", series: id)
    }
    let name = name(of: waited.setting) ?? waited.setting
    return ServiceLine(
      id: "waiting.\(waited.setting)", name: "Waiting: \(name)", part: .spend,
      amount: waited.waiting * (try price(of: setting, in: year, inflation: inflation)), units: waited.waiting
    )
  }

  /// The settings, in their order; none where plans by setting are not known.
  var ids: [String] { settings.map(\.id) }
}
