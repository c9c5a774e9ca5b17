import TimeSeries

/// What one scenario makes of a plan beside another, figure by figure.
///
/// Differences are taken inside each simulated future, which the two share, and summarised last: the interval of a
/// difference is its own, and much narrower than what the intervals of the two would suggest.
public struct PlanComparison: Sendable {
  /// The scenario that is compared with.
  public let first: String
  /// The scenario that is compared.
  public let other: String
  /// The differences: service by service in the order of the plan, then all services together; within each by year, then
  /// by figure.
  public let differences: [FigureDifference]
  /// What only one of the two plans has, a sentence each: a service that could not be planned, a year.
  public let notCompared: [String]

  /// The figures that are compared unless others are asked for.
  public static let usualFigures: [PlanFigure] = [
    .need, .unmetNeed, .spend, .budget, .inYearBalance, .closingBalance, .generalFund,
  ]

  /// Compares two runs of one plan.
  ///
  /// - Parameters:
  ///   - other: the scenario that is compared.
  ///   - first: the scenario that it is compared with.
  ///   - figures: the figures that are wanted.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the two do not share their simulated futures, or a
  ///   figure is not a finite number in some future.
  public init(
    of other: PlanPaths, with first: PlanPaths, figures: [PlanFigure] = usualFigures
  ) throws(CommissioningError) {
    for (what, isShared) in [
      ("area", other.area == first.area), ("date of knowledge", other.asOf == first.asOf),
      ("seed", other.seed == first.seed), ("number of simulated futures", other.draws == first.draws),
    ] where !isShared {
      throw .invalid(
        service: "comparison of \(other.scenario) with \(first.scenario)",
        reason: "the two have not one \(what), so that their differences would be noise; run both alike")
    }
    self.first = first.scenario
    self.other = other.scenario
    var differences: [FigureDifference] = []
    var notCompared: [String] = []
    func compare(
      _ service: String?, _ years: [ServiceYear], with firstYears: [ServiceYear]
    ) throws(CommissioningError) {
      for year in years {
        guard let before = firstYears.first(where: { $0.year == year.year }) else { continue }
        for figure in figures {
          guard let value = figure.draws(of: year), let from = figure.draws(of: before) else { continue }
          differences.append(
            try FigureDifference(
              service: service, year: year.year, kind: year.kind, figure: figure, other: value, first: from))
        }
      }
    }
    for service in other.services {
      guard let same = first.services.first(where: { $0.id == service.id }) else { continue }
      try compare(service.id, service.years, with: same.years)
    }
    try compare(nil, other.total, with: first.total)
    for (one, two) in [(first, other), (other, first)] {
      for service in one.services {
        guard let same = two.services.first(where: { $0.id == service.id }) else {
          notCompared.append("\(service.id) is planned in \(one.scenario) and not in \(two.scenario)")
          continue
        }
        let years = service.years.map(\.year).filter { year in !same.years.contains { $0.year == year } }
        if !years.isEmpty {
          notCompared.append(
            "\(service.id) is planned for \(years.map(\.description).joined(separator: ", ")) in \(one.scenario) and not "
              + "in \(two.scenario)")
        }
      }
    }
    self.differences = differences
    self.notCompared = notCompared
  }
}

/// A figure of a year in two scenarios, and their difference.
public struct FigureDifference: Sendable {
  /// The service; nil for all services together.
  public let service: String?
  /// The financial year.
  public let year: FinancialYear
  /// Whether the year is published, rolled forward or forecast.
  public let kind: YearKind
  /// The figure.
  public let figure: PlanFigure
  /// The figure in the scenario that is compared with.
  public let first: Quantity
  /// The figure in the scenario that is compared.
  public let other: Quantity
  /// The second less the first, in each simulated future; exactly zero, and known, where no future differs.
  public let difference: Quantity
  /// The probability that the figure is higher in the scenario that is compared.
  public let probabilityAbove: Probability
  /// The probability that it is lower.
  public let probabilityBelow: Probability

  init(
    service: String?, year: FinancialYear, kind: YearKind, figure: PlanFigure, other: Draws, first: Draws
  ) throws(CommissioningError) {
    self.service = service
    self.year = year
    self.kind = kind
    self.figure = figure
    self.first = try Quantity(first)
    self.other = try Quantity(other)
    // Sums taken in another order differ in their last digits, and that is no difference.
    let difference = other.combined(first) { other, first in
      abs(other - first) <= 1e-9 * max(abs(other), abs(first)) ? 0 : other - first
    }.certainIfConstant
    self.difference = try Quantity(difference)
    probabilityAbove = try Probability(negative: -difference)
    probabilityBelow = try Probability(negative: difference)
  }

  /// Whether there is none, in any future.
  public var isNone: Bool { difference == .known(0) }
}

extension Draws {
  /// The same quantity, as a known one where it has one value in every future: a difference between futures that share
  /// their random numbers may be exact, and then nothing is left to chance. One future alone says so of nothing but a
  /// difference that is none.
  fileprivate var certainIfConstant: Draws {
    guard case .sampled(let values) = storage, let value = values.first, values.allSatisfy({ $0 == value }),
      values.count > 1 || value == 0
    else { return self }
    return Draws(value)
  }
}
