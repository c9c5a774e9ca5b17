import TimeSeries

/// What plans cost: shares and relative prices of settings from Section 251, lines that do not follow plans, and the
/// line that published data do not explain.
struct GrantPrices {
  /// A year whose whole spending is known.
  struct Anchor {
    let year: FinancialYear
    let spend: Double
    let source: String
  }

  /// The cost of a year, in all and by line.
  struct Cost {
    let total: Draws
    /// What the published series alone would make of it: no inflation, no unexplained line.
    let onEvidence: Draws
    let lines: [ServiceLine]
  }

  private struct PricedSetting {
    let id: String
    let name: String
    let share: Double
    let drawnShare: Draws
    /// Pounds for one plan, in prices of the service's price year.
    let price: Double
  }

  private let service: RingFencedGrant
  private let context: SimulationContext
  private var settings: [PricedSetting] = []
  private var fixedLines: [(id: String, name: String, amount: Double)] = []
  /// The unexplained line as a share of the explained spending, in every simulated future.
  private var unexplained = Draws(0)
  private(set) var notes: [String] = []

  init(_ service: RingFencedGrant, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
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
    let shares = counts.map { $0.reduce(0, +) / total }
    let concentration = try context.assumption(service.assumptions.mixConcentration, for: service.id).mean
    guard concentration > 0 else {
      throw .invalid(
        service: service.id,
        reason: "the concentration of the mix must be positive, and \(concentration) is given")
    }
    let drawn = context.scattered(shares, concentration: concentration, name: "mix/\(service.id)")
    var priced: [String: Double] = [:]
    for (index, setting) in service.settings.enumerated() {
      let price: Double
      if let other = setting.pricedAs {
        guard let known = priced[other] else {
          throw .missingPrice(service: service.id, line: setting.name, series: other)
        }
        price = known
      } else {
        price = try spend(setting.spend, line: setting.name) / (shares[index] * total)
      }
      guard price.isFinite else {
        throw .missingPrice(
          service: service.id, line: setting.name, series: setting.plans.joined(separator: ", "))
      }
      priced[setting.id] = price
      settings.append(
        PricedSetting(
          id: setting.id, name: setting.name, share: shares[index], drawnShare: drawn[index], price: price))
    }
    for line in service.fixedLines {
      fixedLines.append((line.id, line.name, try spend(line.spend, line: line.name)))
    }
  }

  /// The sum of Section 251 lines in the price year; an income line is taken off.
  private func spend(_ ids: [String], line: String) throws(CommissioningError) -> Double {
    var sum = 0.0
    for id in ids {
      guard let value = context.published(id, at: service.priceYear.period) else {
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
  mutating func calibrate(
    to anchors: [Anchor], plans: (FinancialYear) -> Draws?, inflation: (FinancialYear) -> Draws
  ) throws(CommissioningError) {
    guard let anchor = anchors.last(where: { plans($0.year) != nil }), let average = plans(anchor.year)
    else {
      guard !settings.isEmpty else {
        throw .missing(
          service: service.id, what: "what plans cost, from Section 251 or from any year's spending",
          period: "any year before \(context.asOf)")
      }
      notes.append("No year's whole spending is known: the level is that of Section 251 and not calibrated.")
      return
    }
    if settings.isEmpty {
      // One price for every plan, brought back to the price year with each future's own inflation.
      let level = inflation(anchor.year)
      let price = Draws(anchor.spend) / average / level
      settings = [
        PricedSetting(
          id: "all-plans", name: "All plans", share: 1, drawnShare: price / price.mean, price: price.mean)
      ]
      notes.append(
        "A plan costs what spending of £\(millions(anchor.spend))m in \(anchor.year) comes to, \(anchor.source).")
      return
    }
    let explained = explained(average, in: anchor.year).reduce(Draws(0)) { $0 + $1.amount }
      * inflation(anchor.year)
    let share = (Draws(anchor.spend) - explained) / explained
    unexplained = share * (try context.assumption(service.assumptions.unexplained, for: service.id))
    let percent = (share.mean * 1000).rounded() / 10
    notes.append(
      "Section 251 prices explain £\(millions(explained.mean))m of the £\(millions(anchor.spend))m of "
        + "\(anchor.year) (\(anchor.source)); the rest, \(percent) per cent of the explained, is a line of its own.")
  }

  private func millions(_ pounds: Double) -> Double { (pounds / 1e5).rounded() / 10 }

  /// The explained spending by line, in prices of the price year.
  private func explained(
    _ plans: Draws, in year: FinancialYear
  ) -> [(id: String, name: String, amount: Draws)] {
    settings.map { setting in
      (setting.id, setting.name, plans * drawnShare(of: setting, in: year) * setting.price)
    } + fixedLines.map { ($0.id, $0.name, Draws($0.amount)) }
  }

  /// The mix is the census's own in the year that follows it, and scatters about it later.
  private func drawnShare(of setting: PricedSetting, in year: FinancialYear) -> Draws {
    if setting.share == 1 { return setting.drawnShare }
    let isCounted = year.start <= (service.census.end?.year ?? year.start)
    return isCounted ? Draws(setting.share) : setting.drawnShare
  }

  /// The share of plans in a setting; nil when plans by setting are not known.
  func share(of setting: String, in year: FinancialYear) -> Draws? {
    settings.first { $0.id == setting }.map { drawnShare(of: $0, in: year) }
  }

  /// State special-school places, from place funding; nil when that is not known.
  func specialPlaces() throws(CommissioningError) -> Draws? {
    guard let funding = context.published(service.evidence.specialPlaces, at: service.priceYear.period)
    else { return nil }
    return Draws(funding) / (try context.assumption(service.assumptions.placeFunding, for: service.id))
  }

  /// The cost of a year's average number of plans.
  func cost(
    of plans: Draws, in year: FinancialYear, inflation: Draws
  ) throws(CommissioningError) -> Cost {
    let parts = explained(plans, in: year)
    let real = Draws.sum(parts.map(\.amount))
    var lines = parts.map {
      ServiceLine(id: $0.id, name: $0.name, part: .spend, amount: $0.amount * inflation)
    }
    let explainedTotal = Draws.sum(lines.map(\.amount))
    let rest = explainedTotal * unexplained
    if rest.knownValue != 0 {
      lines.append(
        ServiceLine(
          id: "unexplained", name: "Not explained by published data", part: .spend, amount: rest))
    }
    return Cost(total: explainedTotal + rest, onEvidence: real, lines: lines)
  }
}
