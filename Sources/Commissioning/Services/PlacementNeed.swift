import TimeSeries

/// A placement service of which the children can be forecast and the money cannot, because nothing of a series that
/// prices them had been published: the need is shown, and the rest is refused with its reason.
struct PlacementNeed {
  private let service: Placements
  private let context: SimulationContext
  private let children: StockPaths

  init(_ service: Placements, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    children = try StockPaths(
      counts: service.evidence.children, population: service.evidence.population,
      average: YearAverage(rule: .marchCensus), fallback: service.holdSpread, in: context,
      service: service.id)
  }

  func simulate(without reason: CommissioningError) throws(CommissioningError) -> ServiceSimulation {
    var result = ServiceSimulation()
    for year in context.allYears where context.years.contains(year) {
      var figures = ServiceYear(year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
      figures.need = try children.average(in: year)
      result.years.append(figures)
    }
    result.tracked = try children.tracked(name: "Children at 31 March", through: context.years.upperBound)
    result.notes = children.notes
    result.refusal = ServiceSimulation.Partial(
      cause: reason,
      text: "\(reason); the children are forecast, their placements and spending are not")
    return result
  }
}
