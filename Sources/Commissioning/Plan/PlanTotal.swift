/// The sum of all services inside each simulated future.
struct PlanTotal {
  /// The years in which every service has spending and a budget, in order.
  let years: [ServiceYear]

  private struct Sum {
    var services = 0
    var kind = YearKind.outturn
    var spend = Draws(0)
    var budget = Draws(0)
    var spendOnAssumption = Draws(0)
    var budgetOnAssumption = Draws(0)

    mutating func add(_ year: ServiceYear) {
      guard let spend = year.spend, let budget = year.budget else { return }
      services += 1
      self.spend = self.spend + spend
      self.budget = self.budget + budget
      if let part = year.spendOnAssumption { spendOnAssumption = spendOnAssumption + part }
      if let part = year.budgetOnAssumption { budgetOnAssumption = budgetOnAssumption + part }
      // A total is only as certain as its least certain part.
      if year.kind == .forecast || (year.kind == .estimate && kind == .outturn) { kind = year.kind }
    }
  }

  init(of services: [ServicePaths]) {
    var sums: [FinancialYear: Sum] = [:]
    for service in services {
      for year in service.years { sums[year.year, default: Sum()].add(year) }
    }
    years = sums.sorted { $0.key < $1.key }.filter { $0.value.services == services.count }.map { year, sum in
      var total = ServiceYear(year: year, kind: sum.kind)
      total.spend = sum.spend
      total.budget = sum.budget
      total.inYearBalance = sum.budget - sum.spend
      total.spendOnAssumption = sum.spendOnAssumption
      total.budgetOnAssumption = sum.budgetOnAssumption
      return total
    }
  }
}
