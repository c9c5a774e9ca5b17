/// A figure of one service in one year, which a question asks about.
public struct PlanQuestion: Hashable, Sendable {
  /// The figure.
  public let figure: PlanFigure
  /// The service, by the name that scripts use; nil for all services together.
  public let service: String?
  /// The financial year.
  public let year: FinancialYear

  /// Asks about a figure.
  public init(figure: PlanFigure, service: String?, year: FinancialYear) {
    self.figure = figure
    self.service = service
    self.year = year
  }

  /// The services that must be run to answer it; nil for all of them.
  public var services: Set<String>? { service.map { [$0] } }

  /// The figure in every simulated future of a plan.
  ///
  /// - Throws: ``CommissioningError`` with the reason, where the plan does not have it.
  public func figure(of paths: PlanPaths) throws(CommissioningError) -> Draws {
    // A part that could not be planned may be one that the figure does not need.
    if let draws = paths.draws(of: figure, service: service, year: year) { return draws }
    let name = service ?? "total"
    if let refusal = paths.refusals.first(where: { service == nil || $0.service == service }) {
      throw .invalid(service: name, reason: "it could not be planned: \(refusal.reason)")
    }
    if let service, !paths.services.contains(where: { $0.id == service }) {
      throw .invalid(service: name, reason: "the plan has no such service")
    }
    throw .invalid(
      service: name,
      reason: "\(figure.rawValue) of \(year) is neither known nor forecast; ask about another year or figure")
  }
}

extension PlanFigure {
  /// Whether it is a balance, of which being below nought is what is feared.
  public var isBalance: Bool { self == .inYearBalance || self == .closingBalance }
}
