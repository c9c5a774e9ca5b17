import Commissioning

/// How a sum is best spread, as programs read it.
public struct AllocationDocument: Codable, Hashable, Sendable {
  /// The area that is planned for.
  public let area: String
  /// What was asked for.
  public let options: PlanDocument.Options
  /// `expected-deficit` or `unmet-need`.
  public let minimise: String
  /// The service; `total` for all services.
  public let service: String
  /// The financial year, `2029/30`.
  public let year: String
  /// The sum, in pounds.
  public let sum: Double
  /// The mean shortfall with nothing bought.
  public let before: MeanDocument
  /// The best plan.
  public let best: Plan
  /// The mean shortfall of the plan run with the whole choice.
  public let whole: MeanDocument
  /// What no choice can come below.
  public let bound: Double
  /// Whether the best plan is proved to be it.
  public let isProved: Bool
  /// The sum and the conditions.
  public let conditions: [Condition]
  /// The next best plan; left out where there is none.
  public let runnerUp: Plan?

  /// A way to spend.
  public struct Plan: Codable, Hashable, Sendable {
    /// What is bought.
    public let choices: [Choice]
    /// Pounds spent.
    public let spent: Double
    /// The mean shortfall that is left.
    public let shortfall: MeanDocument
    /// The mean by which it becomes smaller.
    public let reduction: MeanDocument

    init(_ plan: Allocation.Plan, alone: [MeanEstimate]) {
      choices = zip(plan.choices, alone).map {
        Choice(option: $0.id, units: $0.units, cost: $0.cost, alone: MeanDocument($1))
      }
      spent = plan.spent
      shortfall = MeanDocument(plan.shortfall)
      reduction = MeanDocument(plan.reduction)
    }
  }

  /// What is bought of one option.
  public struct Choice: Codable, Hashable, Sendable {
    /// The option.
    public let option: String
    /// How many units.
    public let units: Double
    /// Pounds.
    public let cost: Double
    /// The mean by which all of it alone makes the shortfall smaller.
    public let alone: MeanDocument
  }

  /// A condition.
  public struct Condition: Codable, Hashable, Sendable {
    /// Its name; `sum` for the sum.
    public let name: String
    /// What the best plan uses of it.
    public let used: Double
    /// Its bound.
    public let bound: Double
    /// By how much the mean shortfall would fall if the bound were eased by one.
    public let price: Double
  }

  /// Writes out a report.
  public init(_ report: AllocationReport) {
    area = report.heading.area
    options = report.heading.options
    minimise = report.shortfall.rawValue
    service = report.service ?? PlanCSV.totalService
    year = "\(report.year)"
    sum = report.sum
    before = MeanDocument(report.allocation.before)
    best = Plan(report.allocation.best, alone: report.alone)
    whole = MeanDocument(report.whole)
    bound = report.allocation.bound
    isProved = report.allocation.isProved
    conditions = report.allocation.prices.map {
      Condition(name: $0.name, used: $0.used, bound: $0.bound, price: $0.price)
    }
    runnerUp = report.allocation.runnerUp.map { Plan($0, alone: report.alone) }
  }
}
