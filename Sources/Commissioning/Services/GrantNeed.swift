import TimeSeries

/// A ring-fenced grant of which the plans can be forecast and the money cannot, because what prices them, or what pays
/// for them, had not been published: the need is shown, and the rest is refused with its reason.
struct GrantNeed {
  private let service: RingFencedGrant
  private let context: SimulationContext
  private let plans: StockPaths

  init(_ service: RingFencedGrant, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    plans = try StockPaths(
      counts: service.evidence.plans, population: service.evidence.population,
      average: YearAverage(rule: .januaryCensus), in: context, service: service.id)
  }

  func simulate(without reason: CommissioningError) throws(CommissioningError) -> ServiceSimulation {
    var result = ServiceSimulation()
    for year in context.allYears {
      var figures = ServiceYear(year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
      figures.need = try plans.average(in: year)
      result.years.append(figures)
    }
    result.tracked = try plans.tracked(
      name: "Plans at the January census", through: context.years.upperBound)
    result.notes = plans.notes
    result.refusal = ServiceSimulation.Partial(
      cause: reason, text: "\(reason); the plans are forecast, what they cost is not")
    return result
  }
}
