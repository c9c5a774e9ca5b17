import Needscast

/// One service of a plan, or all of them together, in its futures and summed up.
struct Subject: Sendable {
  /// The name of all services together, which no service has in a plan's CSV either.
  static let total = PlanCSV.totalService

  let id: String
  let name: String
  let isRingFenced: Bool
  /// The summary of every year.
  let years: [YearOutcome]
  /// The service's summary; nil for all services together.
  let service: ServiceOutcome?
  let paths: PlanPaths

  /// - Returns: nil where the service, or the total, is not there because something could not be planned.
  init?(_ outcome: PlanOutcome, paths: PlanPaths, service: String?) {
    self.paths = paths
    if let service {
      guard let found = outcome.services.first(where: { $0.id == service }) else { return nil }
      id = found.id
      name = found.name
      years = found.years
      isRingFenced = found.isRingFenced
      self.service = found
    } else {
      guard !outcome.total.isEmpty else { return nil }
      id = Self.total
      name = "All services"
      years = outcome.total
      isRingFenced = false
      self.service = nil
    }
  }

  /// The figure that the service is judged by.
  var balance: PlanFigure { isRingFenced ? .closingBalance : .inYearBalance }

  /// The last year that has the balance.
  var last: YearOutcome? { years.last { balance.quantity(of: $0) != nil } }

  /// The figures that can be drawn, the balance first.
  var figures: [PlanFigure] {
    let known = PlanFigure.allCases.filter { figure in years.contains { figure.quantity(of: $0) != nil } }
    return known.filter { $0 == balance } + known.filter { $0 != balance }
  }

  /// What a reader calls a figure.
  func name(of figure: PlanFigure) -> String {
    if let service { return figure.name(in: service) }
    switch figure {
    case .spend: return "Spend"
    case .budget: return "Budget"
    default: return "Budget less spend"
    }
  }

  /// A figure of the last year in every future.
  func draws(of figure: PlanFigure, in year: FinancialYear) -> [Double] {
    guard
      let draws = paths.draws(
        of: figure, service: id == Self.total && service == nil ? nil : id, year: year)
    else { return [] }
    if let known = draws.knownValue { return [known] }
    return (0..<paths.draws).compactMap { draws[$0] }
  }
}

extension Quantity {
  /// The figure, or the median of what is uncertain.
  var middle: Double {
    switch self {
    case .known(let value): value
    case .uncertain(let one): one.p50
    }
  }

  /// The 80 per cent interval; nil for what is known.
  var interval80: ClosedRange<Double>? {
    guard case .uncertain(let one) = self else { return nil }
    return one.p10...max(one.p10, one.p90)
  }
}
