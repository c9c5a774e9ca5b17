import TimeSeries

/// Which places count in a year of demand.
public enum CapacityMeasure: Hashable, Sendable {
  /// Those of the financial year on average, where demand is that of the year on average.
  case yearAverage
  /// Those of a day in each financial year, where demand is that of a census: `.census(month: 1, day: 20)`.
  case census(month: Int, day: Int)

  /// The days of a financial year that count; nil where the day does not exist in it.
  func days(of year: FinancialYear) -> ClosedRange<CivilDate>? {
    switch self {
    case .yearAverage: year.days
    case .census(let month, let day):
      CivilDate(year: month >= 4 ? year.start : year.start + 1, month: month, day: day).map { $0...$0 }
    }
  }
}

/// What happens to children for whom a setting has no place: rules for every setting with a limit, checked against each
/// other.
///
/// Children who overflow fill the places of the setting they go to; when that is full too, it passes on as many by its
/// own rule. The number of children is kept: those placed and those waiting are those who ask, in every future.
///
/// With the shortage x = max(0, demand - places), the share k of the route to dearer settings and the rest waiting, a
/// growing shortage of children none of whom leaves places k x in dearer settings and lets (1 - k) x wait, which is how
/// councils estimate it. When it shrinks, children do not come back by themselves: freed places go to those who wait,
/// then to a stated part of the children placed elsewhere.
public struct Overflow: Sendable {
  /// The places.
  public let capacity: Capacity
  /// The rules, in an order in which no setting passes on to one before it.
  public let rules: [OverflowRule]

  /// Checks the rules.
  ///
  /// - Parameters:
  ///   - rules: one for each setting with a limit.
  ///   - capacity: the places.
  ///   - priced: the settings that have a price, which every route must lead to.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a setting with a limit and no rule, a rule without a
  ///   limit, two rules for one setting, shares that do not sum to one, a route to a setting without a price, and routes
  ///   that lead back to where they begin.
  public init(
    rules: [OverflowRule], capacity: Capacity, priced: Set<String>
  ) throws(CommissioningError) {
    func refuse(_ setting: String, _ reason: String) -> CommissioningError {
      .invalid(service: capacity.service, reason: "the overflow of \"\(setting)\": \(reason)")
    }
    var names: Set<String> = []
    for rule in rules {
      guard names.insert(rule.setting).inserted else {
        throw refuse(rule.setting, "it is stated twice; put all routes into one rule")
      }
      guard capacity[rule.setting] != nil else {
        throw refuse(
          rule.setting, "no places are stated for it, so that it is never full; state them, or leave this out"
        )
      }
      if let fault = rule.fault { throw refuse(rule.setting, fault) }
      var targets: Set<String> = []
      for route in rule.routes {
        guard targets.insert(route.setting).inserted else {
          throw refuse(rule.setting, "\"\(route.setting)\" is named twice; add the two shares")
        }
        guard priced.contains(route.setting) else {
          throw refuse(
            rule.setting,
            "children go to \"\(route.setting)\", which has no price; give it one, or name one of "
              + priced.sorted().map { "\"\($0)\"" }.joined(separator: ", "))
        }
      }
    }
    for places in capacity.settings where !names.contains(places.setting) {
      throw refuse(
        places.setting,
        "it has \(places.changes.isEmpty ? "a number of places" : "places") and no rule; say where children go when it "
          + "is full, or that they wait")
    }
    self.capacity = capacity
    self.rules = try Self.ordered(rules, service: capacity.service)
  }

  /// The rules in an order in which children are only passed on to later ones (A. B. Kahn, "Topological sorting of large
  /// networks", 1962); of those that could come next, the first stated.
  private static func ordered(
    _ rules: [OverflowRule], service: String
  ) throws(CommissioningError) -> [OverflowRule] {
    var left = rules
    var result: [OverflowRule] = []
    while !left.isEmpty {
      let next = left.firstIndex { rule in
        !left.contains { $0.routes.contains { $0.setting == rule.setting } }
      }
      guard let next else {
        throw .invalid(
          service: service,
          reason: "children overflow in a circle, " + circle(in: left)
            + "; leave out one of these routes, or let its part wait")
      }
      result.append(left.remove(at: next))
    }
    return result
  }

  /// A circle among rules each of which is reached from another: walking back must come to a setting again.
  private static func circle(in rules: [OverflowRule]) -> String {
    var path: [String] = []
    var setting = rules.first?.setting ?? ""
    while !path.contains(setting) {
      path.append(setting)
      setting = rules.first { $0.routes.contains { $0.setting == setting } }?.setting ?? setting
    }
    let start = path.firstIndex(of: setting) ?? 0
    return ([setting] + path[start...].reversed()).map { "\"\($0)\"" }.joined(separator: " to ")
  }
}
