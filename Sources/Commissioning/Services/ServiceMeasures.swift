/// What the measures of a register do to a service's money in a year, beside what they do to its flows: pounds saved
/// where no flow fits, and what delivering them costs.
struct ServiceMeasures {
  let service: String
  let year: FinancialYear
  let context: SimulationContext

  /// The lines that the measures add to a year's spending.
  ///
  /// - Parameter lines: the spending on which they save.
  func lines(beside lines: [ServiceLine]) throws(CommissioningError) -> [ServiceLine] {
    var saved = Draws(0)
    for line in lines {
      saved =
        saved + (try context.flows.saving(on: line.id, of: service, year: year, from: line.amount))
    }
    let costs = (context.flows.mitigations?.costs(in: year) ?? []).filter {
      $0.measure.cost.service == service
    }
    var result: [ServiceLine] = []
    if saved.knownValue != 0 {
      result.append(ServiceLine(id: "savings", name: "Saved by measures", part: .spend, amount: -saved))
    }
    if !costs.isEmpty {
      result.append(
        ServiceLine(
          id: "measures", name: "Cost of measures", part: .spend, amount: Draws.sum(costs.map(\.amount))))
    }
    return result
  }
}
