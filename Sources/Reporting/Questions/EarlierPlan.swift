import Commissioning
import FoundationEssentials

/// A plan that was written to `plan.json` on an earlier day, to be compared with this one.
public struct EarlierPlan: Sendable {
  /// What was written.
  public let document: PlanDocument

  /// Reads what ``PlanJSON`` wrote.
  ///
  /// - Throws: ``ReportingError/earlierPlan(_:)`` for what is not such a file.
  public init(json: [UInt8]) throws(ReportingError) {
    do {
      document = try JSONDecoder().decode(PlanDocument.self, from: Data(json))
    } catch {
      throw .earlierPlan("it is not a plan.json that \"needscast plan\" writes: \(error)")
    }
  }

  /// The mean spending of a service in a year as a bridge takes it.
  ///
  /// - Throws: ``ReportingError/earlierPlan(_:)`` where it has no such scenario, service or year, or was written before
  ///   lines had numbers.
  public func costs(
    of service: String, in year: FinancialYear, scenario: String, isDivided: Bool
  ) throws(ReportingError) -> CostTable {
    let figures = try self.year(year, of: service, scenario: scenario)
    let name = "\(year) as planned on the knowledge of \(document.asOf)"
    var rows: [CostTable.Row] = []
    do {
      var lines: [CostTable.Line] = []
      for line in figures.lines where line.part == "spend" {
        if let units = line.units?.mean {
          rows.append(
            CostTable.Row(
              id: line.id, name: line.name, number: Draws(units),
              unitCost: Draws(units > 0 ? line.amount.mean / units : 0)))
        } else {
          lines.append(
            CostTable.Line(
              id: line.id, name: line.name, amount: PenceDraws(try Pence(pounds: line.amount.mean))))
        }
      }
      guard !rows.isEmpty else {
        throw ReportingError.earlierPlan(
          "\(service) in \(year) has no line with a number of children; it was written before lines had numbers, or "
            + "nothing was known of the year")
      }
      return try CostTable(
        name: name, rows: rows, lines: lines,
        population: isDivided ? figures.population.map { Draws($0.mean) } : nil)
    } catch let error as ReportingError {
      throw error
    } catch {
      throw .earlierPlan("\(error)")
    }
  }

  /// Whether the year states a population.
  public func hasPopulation(of service: String, in year: FinancialYear, scenario: String)
    throws(ReportingError)
    -> Bool
  {
    try self.year(year, of: service, scenario: scenario).population != nil
  }

  private func year(
    _ year: FinancialYear, of service: String, scenario: String
  ) throws(ReportingError) -> YearDocument {
    guard let found = document.scenarios.first(where: { $0.name == scenario }) else {
      throw .earlierPlan(
        "it has no scenario \"\(scenario)\"; it has " + document.scenarios.map(\.name).joined(separator: ", ")
      )
    }
    guard let planned = found.services.first(where: { $0.id == service }) else {
      throw .earlierPlan(
        "it has no service \"\(service)\"; it has " + found.services.map(\.id).joined(separator: ", "))
    }
    guard let figures = planned.years.first(where: { $0.year == "\(year)" }) else {
      throw .earlierPlan("\(service) has no \(year) in it")
    }
    return figures
  }
}

extension CostTable {
  /// The means of a side, as certain numbers: what can be set beside a plan of which only the means are known.
  public init(meansOf year: ServiceYear, name: String, service: String, isDivided: Bool)
    throws(CommissioningError)
  {
    var rows: [CostTable.Row] = []
    var lines: [CostTable.Line] = []
    for line in year.lines where line.part == .spend {
      if let units = line.units?.mean {
        rows.append(
          CostTable.Row(
            id: line.id, name: line.name, number: Draws(units),
            unitCost: Draws(units > 0 ? line.amount.mean / units : 0)))
      } else {
        lines.append(
          CostTable.Line(
            id: line.id, name: line.name, amount: PenceDraws(try Pence(pounds: line.amount.mean))))
      }
    }
    try self.init(
      name: name, rows: rows, lines: lines,
      population: isDivided ? year.population.map { Draws($0.mean) } : nil)
  }
}
