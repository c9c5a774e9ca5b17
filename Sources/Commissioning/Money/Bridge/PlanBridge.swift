extension CostBridge {
  /// Bridges what a service spends in a year of one plan and in a year of another: two years of one plan, one year of
  /// two scenarios, or one year of the last plan and of this one.
  ///
  /// Scenarios of one seed and one number of draws share their random numbers, so that the bridge between them is of
  /// differences and not of noise; plans of other seeds are refused, because their futures do not belong together.
  ///
  /// - Parameters:
  ///   - first: a plan and the year of it to start from.
  ///   - second: a plan and the year of it to arrive at.
  ///   - service: the service, which both plans have.
  ///   - form: whose weights the bridge has.
  /// - Throws: ``CommissioningError`` when the plans do not belong together, a service or year is not in them, or its
  ///   spending is not known by line.
  public init(
    from first: (plan: PlanPaths, year: FinancialYear), to second: (plan: PlanPaths, year: FinancialYear),
    service: String, form: Form
  ) throws(CommissioningError) {
    guard first.plan.seed == second.plan.seed, first.plan.draws == second.plan.draws else {
      throw Self.refused(
        "the plans have \(first.plan.draws) draws of seed \(first.plan.seed) and \(second.plan.draws) of "
          + "\(second.plan.seed); run both with one seed and one number of draws")
    }
    func table(
      _ side: (plan: PlanPaths, year: FinancialYear)
    ) throws(CommissioningError) -> CostTable {
      let name = "\(service), \(side.plan.scenario), \(side.year)"
      guard let paths = side.plan.services.first(where: { $0.id == service }) else {
        let known = side.plan.services.map(\.id).joined(separator: ", ")
        throw Self.refused(
          "\(side.plan.scenario) has no planned service \"\(service)\"; it has \(known.isEmpty ? "none" : known)"
        )
      }
      guard let year = paths.years.first(where: { $0.year == side.year }) else {
        throw .missing(
          service: service, what: "the spending of \(side.plan.scenario)", period: "\(side.year)")
      }
      return try CostTable(name: name, spendingOf: year)
    }
    try self.init(from: table(first), to: table(second), form: form)
  }
}
