import TimeSeries

/// What a sum is to make small.
public enum Shortfall: String, Hashable, Sendable, CaseIterable {
  /// Pounds below nought of the closing balance, or of the in-year balance of what has no ring-fence.
  case expectedDeficit = "expected-deficit"
  /// Child-weeks of the year beyond what there is: unmet need times the weeks of the year.
  case unmetNeed = "unmet-need"

  /// The shortfalls of a plan in a year: a deficit is positive, a surplus negative.
  ///
  /// - Parameters:
  ///   - paths: the plan in every simulated future.
  ///   - service: the service; nil for all of them: one deficit of all together, or the unmet need of each.
  ///   - year: the financial year.
  /// - Throws: ``CommissioningError`` with the reason, where the plan does not have them.
  public func draws(
    of paths: PlanPaths, service: String?, year: FinancialYear
  ) throws(CommissioningError) -> [Draws] {
    switch self {
    case .expectedDeficit:
      let isCarried = paths.draws(of: .closingBalance, service: service, year: year) != nil
      let question = PlanQuestion(
        figure: isCarried ? .closingBalance : .inYearBalance, service: service, year: year)
      return [-(try question.figure(of: paths))]
    case .unmetNeed:
      let services = service.map { [$0] } ?? paths.services.map(\.id)
      let found = services.compactMap { paths.draws(of: .unmetNeed, service: $0, year: year) }
      guard !found.isEmpty else {
        // The same words for what is not there as any question has.
        let question = PlanQuestion(figure: .unmetNeed, service: service, year: year)
        return [try question.figure(of: paths)]
      }
      if let refusal = paths.refusals.first {
        throw .invalid(service: refusal.service, reason: "it could not be planned: \(refusal.reason)")
      }
      return zip(services, services.map { service in paths.services.first { $0.id == service } })
        .compactMap { $1?.years.first { $0.year == year }?.shortage.map { $0 * year.weeks } }
    }
  }
}

extension Mitigation {
  /// Pounds that it takes on average up to the end of a year: what is spent once, and what is spent every year, by
  /// the months of it in which it is in place.
  public func meanCost(through year: FinancialYear) -> Double {
    var next = FinancialYear(containing: start)
    guard next <= year else { return 0 }
    var cost = self.cost.oneOff.mean
    while next <= year {
      cost += self.cost.recurring.mean * active.share(of: next.span)
      next = next.next
    }
    return cost
  }
}

extension Assumption.Value {
  /// The number, or the mean of the PERT distribution.
  var mean: Double {
    switch self {
    case .fixed(let number): number
    case .range(let low, let mostLikely, let high): low / 6 + mostLikely * (4.0 / 6) + high / 6
    }
  }
}

extension Draws {
  /// By how much each shortfall falls from one plan to another, for each of some units.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when one plan has another number of shortfalls.
  public static func differences(
    _ before: [Draws], _ after: [Draws], over units: Double
  ) throws(CommissioningError) -> [Draws] {
    try requireSame(before, after)
    return zip(before, after).map { ($0 - $1) / units }
  }

  /// What two measures do together beyond the sum of what each does alone; nil where that is nothing in any future.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when one plan has another number of shortfalls.
  public static func interaction(
    _ none: [Draws], _ first: [Draws], _ second: [Draws], _ both: [Draws]
  ) throws(CommissioningError) -> [Draws]? {
    for other in [first, second, both] { try requireSame(none, other) }
    let result = none.indices.map { (first[$0] - none[$0]) + (second[$0] - both[$0]) }
    // What is left of the rounding of amounts that cancel is nothing.
    let isNothing = zip(result, none).allSatisfy { interaction, shortfall in
      (interaction.magnitude - (shortfall.magnitude * 1e-9 + 1e-6)).isNowherePositive
    }
    return isNothing ? nil : result
  }

  /// The mean of the sum of some shortfalls, each counted where it is above nought.
  public static func shortfall(_ parts: [Draws]) throws(CommissioningError) -> MeanEstimate {
    try MeanEstimate(sum(parts.map(\.positivePart)), of: "the shortfall")
  }

  /// The mean by which that falls from one plan to another, taken inside each future.
  public static func reduction(from before: [Draws], to after: [Draws]) throws(CommissioningError)
    -> MeanEstimate
  {
    try requireSame(before, after)
    return try MeanEstimate(
      sum(before.map(\.positivePart)) - sum(after.map(\.positivePart)), of: "the shortfall")
  }

  fileprivate var isNowherePositive: Bool {
    switch storage {
    case .known(let value): value <= 0
    case .sampled(let values): values.allSatisfy { $0 <= 0 }
    }
  }

  private static func requireSame(_ left: [Draws], _ right: [Draws]) throws(CommissioningError) {
    guard left.count == right.count else {
      throw .invalid(
        service: "optimise",
        reason: "one plan has \(left.count) shortfalls and another \(right.count); ask about one service")
    }
  }
}

extension ServiceYear {
  /// What is left over, and as a negative number what is to spare, where unmet need is what is asked for beyond what
  /// there is: the room in a future with places to spare counts when their number is changed. Unmet need alone where it
  /// is something else.
  var shortage: Draws? {
    guard let unmetNeed, let demand, let supply else { return unmetNeed }
    let shortage = demand - supply
    let isSame = ((shortage.positivePart - unmetNeed).magnitude - (unmetNeed.magnitude * 1e-9 + 1e-9))
      .isNowherePositive
    return isSame ? shortage : unmetNeed
  }
}
