/// Where children are placed and what it costs: the authority's own provision, framework contracts, spot purchases,
/// inside the area and outside it, near and far.
public struct Provision: Sendable {
  /// The providers, in the order in which they are filled.
  public let providers: [Provider]
  /// The distance bands.
  public let bands: [DistanceBand]

  static let service = "provision"

  /// Checks and puts together providers and distances.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for names used twice, shares by distance that do not sum
  ///   to one or name no band, and terms that cannot be.
  public init(providers: [Provider], bands: [DistanceBand]) throws(CommissioningError) {
    var check = FutureCheck(Self.service)
    try check.requireUnique(providers.map(\.id), "the provider")
    try check.requireUnique(bands.map(\.id), "the distance band")
    guard !providers.isEmpty else {
      throw .invalid(service: Self.service, reason: "there are no providers; give at least one")
    }
    for band in bands {
      try check.take(band.visitsPerYear, "the number of visits a year at \(band.name)", .amount)
      try check.take(band.costPerVisit, "the cost of a visit at \(band.name)", .amount)
      try check.take(band.weeklyJourneys, "the weekly cost of journeys at \(band.name)", .amount)
    }
    for provider in providers {
      try check.requireKnown(
        provider.distances.keys, among: bands.map(\.id), "\(provider.name): the distance band",
        "describe the band, or name another")
      for share in provider.distances.values {
        try check.take(Draws(share), "a share by distance of \(provider.name)", .share)
      }
      let sum = provider.distances.values.sorted().reduce(0, +)
      guard (sum - 1).magnitude <= 1e-9 else {
        throw .invalid(
          service: Self.service,
          reason:
            "the shares by distance of \(provider.name) sum to \(plainText((sum * 1e9).rounded() / 1e9)), and 1 "
            + "is needed; add a band without cost for children who live near")
      }
      try Self.takeTerms(of: provider, &check)
    }
    self.providers = providers
    self.bands = bands
  }

  private static func takeTerms(
    of provider: Provider, _ check: inout FutureCheck
  ) throws(CommissioningError) {
    switch provider.terms {
    case .inHouse(let places, let occupancy, let fixedCost, let weeklyCost):
      try check.take(places, "the number of places of \(provider.name)", .amount)
      try check.take(occupancy, "the greatest occupancy of \(provider.name)", .share)
      try check.take(fixedCost, "the fixed cost of \(provider.name)", .amount)
      try check.take(weeklyCost, "the weekly cost of a child at \(provider.name)", .amount)
    case .framework(let fee, let places):
      try check.take(fee, "the weekly fee of \(provider.name)", .amount)
      if let places { try check.take(places, "the number of places of \(provider.name)", .amount) }
    case .spot(let fee): try check.take(fee, "the weekly fee of \(provider.name)", .amount)
    }
  }

  /// One provider in a year.
  public struct Row: Sendable {
    /// The provider.
    public let id: String
    /// Whether it lies outside the authority's area.
    public let isOutOfArea: Bool
    /// Children on average over the year.
    public let children: Draws
    /// Children in each distance band.
    public let childrenByBand: [(band: String, children: Draws)]
    /// The part of the places that is filled; nil for what is bought by the child.
    public let occupancy: Draws?
    /// What is paid whether places are filled or not.
    public let fixedCost: FundLine
    /// Fees, or what its children cost beside the fixed cost.
    public let childCost: FundLine
    /// Visits and journeys.
    public let distanceCost: FundLine
    /// The sum of the three.
    public let cost: FundLine
    /// Pounds for a child and week, fixed cost and distance included; nil where a future has no child there.
    public let weeklyUnitCost: Draws?
  }

  /// All providers in a year.
  public struct Year: Sendable {
    /// The financial year.
    public let year: FinancialYear
    /// The providers, in their order.
    public let rows: [Row]
    /// Children for whom no provider has a place, on average over the year.
    public let unplaced: Draws
    /// Children placed outside the area.
    public let outOfArea: Draws
    /// The sum of the rows' costs, to the penny.
    public let cost: FundLine
  }

  /// Places children with the providers in their order: each is filled to its places before the next is asked.
  ///
  /// Those for whom nobody has a place are shown, and cost nothing here.
  ///
  /// - Parameters:
  ///   - children: children to be placed, averaged over the year.
  ///   - year: the financial year.
  public func placing(_ children: Draws, in year: FinancialYear) throws(CommissioningError) -> Year {
    var check = try inputs(in: year)
    try check.take(children, "the number of children to be placed in \(year)", .amount)
    var left = children
    var placed: [Draws] = []
    for provider in providers {
      let here = provider.capacity.map { left.lesser($0) } ?? left
      placed.append(here)
      left = left - here
    }
    return try settle(placed, unplaced: left, in: year)
  }

  /// The cost of children who are with given providers.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a provider that is not described, and for more
  ///   children than a provider can have.
  public func costing(_ children: [String: Draws], in year: FinancialYear) throws(CommissioningError) -> Year
  {
    var check = try inputs(in: year)
    try check.requireKnown(children.keys, among: providers.map(\.id), "the provider", "describe its terms")
    var placed: [Draws] = []
    for provider in providers {
      guard let here = children[provider.id] else {
        throw .missing(
          service: Self.service, what: "the number of children at \(provider.name)", period: "\(year)")
      }
      try check.take(here, "the number of children at \(provider.name) in \(year)", .amount)
      if let capacity = provider.capacity {
        let beyond = here - capacity
        for path in 0..<(check.futures ?? 1) {
          guard let excess = beyond[path], excess > 1e-9 else { continue }
          throw .invalid(
            service: Self.service,
            reason: "\(provider.name) has \(plainText(here[path] ?? 0)) children in \(year) and can have "
              + "\(plainText(capacity[path] ?? 0)), in simulated future \(path); place the others elsewhere")
        }
      }
      placed.append(here)
    }
    return try settle(placed, unplaced: Draws(0), in: year)
  }

  /// A check that has taken the providers' own inputs, so that children of another run are refused.
  private func inputs(in year: FinancialYear) throws(CommissioningError) -> FutureCheck {
    var check = FutureCheck(Self.service)
    for provider in providers { try Self.takeTerms(of: provider, &check) }
    for band in bands {
      try check.take(distanceCost(of: band, in: year), "the cost of distance at \(band.name)", .amount)
    }
    return check
  }

  /// What distance costs for one child who is placed all year.
  private func distanceCost(of band: DistanceBand, in year: FinancialYear) -> Draws {
    band.visitsPerYear * band.costPerVisit + band.weeklyJourneys * year.weeks
  }

  private func settle(
    _ placed: [Draws], unplaced: Draws, in year: FinancialYear
  ) throws(CommissioningError) -> Year {
    var rows: [Row] = []
    for (provider, children) in zip(providers, placed) {
      let byBand = bands.map { band in
        (band: band.id, children: children * (provider.distances[band.id] ?? 0))
      }
      let distance = Draws.sum(
        zip(bands, byBand).map { band, own in own.children * distanceCost(of: band, in: year) })
      var fixed = Draws(0)
      let weekly: Draws
      var occupancy: Draws?
      switch provider.terms {
      case .inHouse(let places, _, let fixedCost, let weeklyCost):
        fixed = fixedCost
        weekly = weeklyCost
        // No places are neither full nor empty.
        occupancy = isPositive(places) ? children / places : nil
      case .framework(let fee, let places):
        weekly = fee
        occupancy = places.flatMap { isPositive($0) ? children / $0 : nil }
      case .spot(let fee): weekly = fee
      }
      let parts = [
        try line("fixed", provider, "fixed cost", fixed),
        try line("children", provider, "children", children * weekly * year.weeks),
        try line("distance", provider, "visits and journeys", distance),
      ]
      let cost = FundLine.total(parts, id: provider.id, name: provider.name)
      rows.append(
        Row(
          id: provider.id, isOutOfArea: provider.isOutOfArea, children: children, childrenByBand: byBand,
          occupancy: occupancy, fixedCost: parts[0], childCost: parts[1], distanceCost: parts[2], cost: cost,
          weeklyUnitCost: isPositive(children) ? cost.pounds / (children * year.weeks) : nil))
    }
    return Year(
      year: year, rows: rows, unplaced: unplaced,
      outOfArea: Draws.sum(rows.filter(\.isOutOfArea).map(\.children)),
      cost: .total(rows.map(\.cost), id: "provision", name: "Provision"))
  }

  private func line(
    _ part: String, _ provider: Provider, _ name: String, _ pounds: Draws
  ) throws(CommissioningError) -> FundLine {
    try FundLine(
      id: "\(provider.id)-\(part)", name: "\(provider.name): \(name)", pounds: pounds, service: Self.service)
  }

  private func isPositive(_ draws: Draws) -> Bool {
    switch draws.storage {
    case .known(let value): value > 0
    case .sampled(let values): values.allSatisfy { $0 > 0 }
    }
  }
}
