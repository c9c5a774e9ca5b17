import TimeSeries

/// The places of a ring-fenced grant's settings, and where children go for whom there is none.
struct GrantCapacity {
  private let overflow: Overflow
  private let service: RingFencedGrant
  private let context: SimulationContext
  /// The first day of the years that can be placed.
  private let first: CivilDate
  /// The setting whose price the children waiting for another have.
  let pricedWhileWaiting: [String: String]

  /// - Parameter fundedPlaces: places of the special setting by its place funding; nil where that is not known.
  /// - Returns: nil where the workspace limits no setting; and, with a note, where the number of places is not known.
  init?(
    _ service: RingFencedGrant, fundedPlaces: Draws?, in context: SimulationContext, notes: inout [String]
  ) throws(CommissioningError) {
    guard !service.capacities.isEmpty else { return nil }
    var settings: [SettingPlaces] = []
    var rules: [OverflowRule] = []
    var waiting: [String: String] = [:]
    var first = CivilDate(daysSinceEpoch: 0)
    for capacity in service.capacities {
      let start: (places: Draws, on: CivilDate)
      if let stated = capacity.starting {
        start = (Draws(stated.places), stated.on)
      } else if capacity.setting == service.specialSetting, let fundedPlaces {
        start = (fundedPlaces, service.priceYear.lastDay)
      } else {
        notes.append(
          "The number of places of \"\(capacity.setting)\" had not been published by \(context.asOf): nobody overflows "
            + "from it.")
        continue
      }
      first = max(first, start.on)
      var changes: [PlaceChange] = []
      for change in capacity.changes {
        changes.append(try Self.change(change, of: capacity, service, context))
      }
      settings.append(
        SettingPlaces(
          setting: capacity.setting, starting: start.places, on: start.on, changes: changes,
          usable: try capacity.usable.map { name throws(CommissioningError) in
            try context.assumption(name, .share, for: service.id)
          } ?? Draws(1)))
      var routes: [OverflowRule.Route] = []
      for route in capacity.routes {
        routes.append(
          OverflowRule.Route(
            to: route.setting, share: try context.assumption(route.share, .share, for: service.id),
            broughtBack: try route.broughtBack.map { name throws(CommissioningError) in
              try context.assumption(name, .share, for: service.id)
            } ?? Draws(0)))
      }
      rules.append(
        OverflowRule(
          from: capacity.setting, to: routes, waits: .remainder,
          leaving: try context.assumption(capacity.leaving, .share, for: service.id)))
      waiting[capacity.setting] = capacity.pricedWhileWaitingAs
    }
    guard !settings.isEmpty else { return nil }
    self.service = service
    self.context = context
    self.first = first
    pricedWhileWaiting = waiting
    overflow = try Overflow(
      rules: rules,
      capacity: try Capacity(
        service: service.id, settings: settings,
        horizon: first.adding(days: 1)...max(first.adding(days: 1), context.years.upperBound.lastDay)),
      priced: Set(service.settings.map(\.id)))
  }

  static func change(
    _ change: RingFencedGrant.PlacesChange, of capacity: RingFencedGrant.SettingCapacity,
    _ service: RingFencedGrant, _ context: SimulationContext
  ) throws(CommissioningError) -> PlaceChange {
    let name = "places/\(service.id)/\(capacity.setting)/\(change.from)"
    let places = change.places.draws(context.draws, seed: context.seed, name: name)
    guard change.isOpening else {
      return .closure(places: places, from: change.from, until: change.until, reason: change.reason)
    }
    return .opening(
      places: places, from: change.from, until: change.until,
      capitalCostPerPlace: change.capitalPerPlace.draws(
        context.draws, seed: context.seed, name: name + "/capital"),
      reason: change.reason)
  }

  /// Whether a year lies after the day of the starting numbers, so that its children can be placed.
  func covers(_ year: FinancialYear) -> Bool { year.firstDay > first }

  /// Places the children who ask for each setting, year by year.
  func placed(
    _ demand: [FinancialYear: [String: Draws]]
  ) throws(CommissioningError) -> [FinancialYear: OverflowYear] {
    let flows = context.flows
    let years = try overflow.run(demand: demand.filter { covers($0.key) }) {
      (setting, days, places) throws(CommissioningError) in
      let change = flows.change(of: "places.\(setting)", in: service.id, over: days)
      return change.applied(to: places)
    }
    return Dictionary(years.map { ($0.year, $0) }, uniquingKeysWith: { $1 })
  }

  /// What became of the children of a year, for the lines of its flows.
  static func flows(of year: OverflowYear, names: (String) -> String?) -> [ServiceFlow] {
    var result: [ServiceFlow] = []
    for route in year.routes {
      result.append(
        ServiceFlow(
          id: "overflow.\(route.from).\(route.to)",
          name: "Overflow, \(route.from) to \(route.to)",
          draws: route.children, isInStock: false))
    }
    for setting in year.settings where setting.waiting.knownValue != 0 {
      result.append(
        ServiceFlow(
          id: "waiting.\(setting.setting)", name: "Waiting, \(setting.setting)",
          draws: setting.waiting, isInStock: false))
    }
    if !result.isEmpty {
      result.append(
        ServiceFlow(
          id: "waiting-child-weeks", name: "Child-weeks of waiting", draws: year.waitingChildWeeks,
          isInStock: false))
    }
    return result
  }

  private static func name(_ id: String, _ names: (String) -> String?) -> String {
    names(id).map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? id
  }
}
