import TimeSeries

extension Overflow {
  /// Places the children of consecutive years.
  ///
  /// - Parameters:
  ///   - demand: children who ask for each setting, by financial year: on average over it, or at its census. It counts
  ///     all who need the setting, whether they are placed in it, elsewhere for want of a place, or wait.
  ///   - measure: which places count.
  ///   - opening: how full settings stood before the first year, by setting; a setting that is left out had passed on
  ///     nobody, and all it has no place for in the first year is shared out by its rule.
  ///   - adjusting: what scenarios and measures make of a setting's places over some days; nothing, unless given.
  /// - Returns: a year of children for each year of demand, in order.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the years are not consecutive or lie outside the
  ///   horizon, demand or an opening number is missing, negative or no number, or an adjustment leaves fewer than no
  ///   places; whatever `adjusting` throws.
  public func run(
    demand: [FinancialYear: [String: Draws]], measure: CapacityMeasure = .yearAverage,
    opening: [String: OverflowOpening] = [:],
    adjusting: (
      _ setting: String, _ days: ClosedRange<CivilDate>, _ places: Draws
    ) throws(CommissioningError) -> Draws = { _, _, places throws(CommissioningError) in places }
  ) throws(CommissioningError) -> [OverflowYear] {
    var states = try self.states(from: opening)
    var previous: FinancialYear?
    var settings: Set<String>?
    var result: [OverflowYear] = []
    for year in demand.keys.sorted() {
      guard let asked = demand[year] else { continue }
      if let previous, previous.next != year {
        throw refusal("demand is known for \(previous) and then for \(year); give the years between")
      }
      if let settings, settings != Set(asked.keys) {
        let missing = settings.symmetricDifference(asked.keys).sorted().map { "\"\($0)\"" }
        throw refusal(
          "demand for \(missing.joined(separator: ", ")) is known in one of \(year.previous) and \(year) and not in the "
            + "other; give both")
      }
      previous = year
      settings = Set(asked.keys)
      try check(asked, in: year)
      let quantities =
        asked.values + capacity.settings.flatMap(\.quantities) + rules.flatMap(\.quantities)
        + opening.values.flatMap { [$0.placed, $0.waiting] + $0.elsewhere.values }
      if let fault = Draws.futuresFault(Array(quantities)) { throw refusal("\(year): \(fault)") }
      result.append(
        try place(asked, in: year, measure: measure, states: &states, adjusting: adjusting))
    }
    return result
  }

  // MARK: Checks

  private func refusal(_ reason: String) -> CommissioningError {
    .invalid(service: capacity.service, reason: reason)
  }

  private func check(_ asked: [String: Draws], in year: FinancialYear) throws(CommissioningError) {
    for rule in rules where asked[rule.setting] == nil {
      throw refusal("demand for \"\(rule.setting)\" is not known in \(year); give it, 0 where there is none")
    }
    for (setting, children) in asked.sorted(by: { $0.key < $1.key }) {
      if let wrong = children.firstValue(outside: 0 ... .infinity) {
        throw refusal(
          "demand for \"\(setting)\" is \(grouped(wrong)) in \(year) in at least one future, and 0 or more is needed"
        )
      }
    }
  }

  /// How a setting with a limit stands at the end of a year.
  private struct State {
    var placed = Draws(0)
    /// In the order of the rule's routes.
    var elsewhere: [Draws]
    var waiting = Draws(0)
  }

  private func states(from opening: [String: OverflowOpening]) throws(CommissioningError) -> [State] {
    for (setting, opening) in opening.sorted(by: { $0.key < $1.key }) {
      guard let rule = rules.first(where: { $0.setting == setting }) else {
        throw refusal(
          "\"\(setting)\" is said to have passed on children, and it has no places that could be full; leave it out"
        )
      }
      for target in opening.elsewhere.keys.sorted()
      where !rule.routes.contains(where: { $0.setting == target }) {
        throw refusal(
          "\"\(setting)\" is said to have passed on children to \"\(target)\", to which it has no route; add one, of a "
            + "share of 0 where nobody else goes there")
      }
      for children in [opening.placed, opening.waiting]
        + opening.elsewhere.sorted(by: { $0.key < $1.key }).map(\.value)
      {
        if let wrong = children.firstValue(outside: 0 ... .infinity) {
          throw refusal("\"\(setting)\" is said to begin with \(grouped(wrong)) children; give 0 or more")
        }
      }
    }
    return rules.map { rule in
      guard let opening = opening[rule.setting] else {
        return State(elsewhere: rule.routes.map { _ in Draws(0) })
      }
      return State(
        placed: opening.placed, elsewhere: rule.routes.map { opening.elsewhere[$0.setting] ?? Draws(0) },
        waiting: opening.waiting)
    }
  }

  // MARK: A year

  private func place(
    _ asked: [String: Draws], in year: FinancialYear, measure: CapacityMeasure, states: inout [State],
    adjusting: (String, ClosedRange<CivilDate>, Draws) throws(CommissioningError) -> Draws
  ) throws(CommissioningError) -> OverflowYear {
    guard let days = measure.days(of: year) else {
      throw refusal("the day of the census does not exist in \(year); name a day that every year has")
    }
    guard capacity.horizon.contains(days.lowerBound), capacity.horizon.contains(days.upperBound) else {
      throw refusal(
        "\(year) lies outside the days that places are stated for, \(plainDate(capacity.horizon.lowerBound)) to "
          + "\(plainDate(capacity.horizon.upperBound))")
    }
    var received: [String: Draws] = [:]
    var settings: [OverflowYear.Setting] = []
    var routes: [OverflowYear.Route] = []
    for (index, rule) in rules.enumerated() {
      guard let places = capacity[rule.setting], let own = asked[rule.setting] else { continue }
      let adjusted = try adjusting(rule.setting, days, places.places(over: days))
      if let wrong = adjusted.firstValue(outside: 0 ... .infinity) {
        throw refusal(
          "\"\(rule.setting)\" would have \(grouped(wrong)) places in \(year) in at least one future, and 0 or more are "
            + "needed; take away fewer")
      }
      if let fault = Draws.futuresFault([adjusted, own, places.starting, places.usable]) {
        throw refusal("the places of \"\(rule.setting)\" in \(year): \(fault)")
      }
      let usable = adjusted * places.usable
      let passedOn = received[rule.setting] ?? Draws(0)
      let broughtBack = Self.step(&states[index], children: own + passedOn, places: usable, rule: rule)
      let state = states[index]
      for (route, children) in zip(rule.routes, state.elsewhere) {
        received[route.setting] = (received[route.setting] ?? Draws(0)) + children
        routes.append(OverflowYear.Route(from: rule.setting, to: route.setting, children: children))
      }
      settings.append(
        OverflowYear.Setting(
          setting: rule.setting, demand: own, received: passedOn, placed: state.placed, usablePlaces: usable,
          sparePlaces: (usable - state.placed).positivePart, waiting: state.waiting, broughtBack: broughtBack)
      )
    }
    let unlimited = Set(asked.keys).union(received.keys).subtracting(rules.map(\.setting))
    for setting in unlimited.sorted() {
      let own = asked[setting] ?? Draws(0)
      let passedOn = received[setting] ?? Draws(0)
      settings.append(
        OverflowYear.Setting(
          setting: setting, demand: own, received: passedOn, placed: own + passedOn, usablePlaces: nil,
          sparePlaces: nil, waiting: Draws(0), broughtBack: Draws(0)))
    }
    return OverflowYear(
      year: year, settings: settings, routes: routes, capitalCost: capacity.capitalCost(in: year))
  }

  /// One year of one setting: who stays elsewhere, who is placed, who is passed on, who waits.
  ///
  /// Of all `children`, those passed on before and still there stay where they are. The places go to children who are in
  /// them, then to those who wait, then to those who are new; what is left of them to children brought back. New
  /// children without a place go by the rule.
  ///
  /// - Returns: the children brought back.
  private static func step(
    _ state: inout State, children: Draws, places: Draws, rule: OverflowRule
  ) -> Draws {
    let staying = rule.leaving.map { 1 - $0 }
    // No more can be elsewhere, and no more of the rest wait, than there are children.
    let before = Draws.sum(state.elsewhere) * staying
    let elsewhere = before.lesser(children)
    let waited = (state.waiting * staying).lesser(children - elsewhere)
    let others = children - elsewhere - waited
    let inPlace = (state.placed * staying).lesser(others)
    let placed = (others + waited).lesser(places)
    let unplaced = (others + waited) - placed
    let stillWaiting = (waited - (places - inPlace).positivePart).positivePart
    let new = (unplaced - stillWaiting).positivePart
    // Of nobody elsewhere, and of nobody to bring back, every part is none.
    let remained = elsewhere.part(of: Draws.sum(state.elsewhere))
    let there = state.elsewhere.map { $0 * remained }
    let wanted = zip(there, rule.routes).map { $0 * $1.broughtBack }
    let broughtBack = Draws.sum(wanted).lesser(places - placed)
    let returning = broughtBack.part(of: Draws.sum(wanted))
    state.elsewhere = rule.routes.indices.map { index in
      // Rounding must not leave fewer than nobody.
      (there[index] - wanted[index] * returning).positivePart + new * rule.routes[index].share
    }
    state.waiting = stillWaiting + new * rule.waitingShare
    state.placed = placed + broughtBack
    return broughtBack
  }
}

extension Draws {
  /// The share that a part has of a whole in every future, and nothing where the whole is nothing.
  fileprivate func part(of whole: Draws) -> Draws { combined(whole) { $1 > 0 ? $0 / $1 : 0 } }
}
