/// The best way to spread a sum, and how sure that is.
///
/// What is to be least is a convex function of what is bought, with as many corners as there are simulated futures. It is
/// minimised exactly by the L-shaped method (Van Slyke and Wets 1969): the function is replaced by the greatest of some
/// of its tangents, the small linear programme that remains is solved, and the tangent at its solution is added, until
/// programme and function agree. Whole units are found by branch and bound (Land and Doig 1960) on the same tangents,
/// which hold everywhere. Two measures that overlap have a variable for "both", tied to theirs (McCormick 1976). The
/// answer comes with the bound below which nothing can be: where the two agree to a ten-millionth of the shortfall, it is
/// proved to be the best on these futures.
public struct Allocation: Sendable {
  /// A way to spend.
  public struct Plan: Sendable {
    /// What is bought of each option, in the order of the options.
    public let choices: [Choice]
    /// Pounds spent.
    public let spent: Double
    /// The mean over the simulated futures of the shortfalls that are left.
    public let shortfall: MeanEstimate
    /// The mean by which the shortfalls become smaller, taken future by future.
    public let reduction: MeanEstimate
  }

  /// What is bought of one option.
  public struct Choice: Hashable, Sendable {
    /// The option.
    public let id: String
    /// How many units.
    public let units: Double
    /// Pounds.
    public let cost: Double
  }

  /// What a condition costs.
  public struct ShadowPrice: Hashable, Sendable {
    /// The condition.
    public let name: String
    /// What the condition counts in the best plan.
    public let used: Double
    /// Its bound.
    public let bound: Double
    /// By how much the mean shortfall would fall if the bound were eased by one, as long as that lasts and if options
    /// could be bought in parts.
    public let price: Double
  }

  /// The mean shortfall with nothing bought.
  public let before: MeanEstimate
  /// The best plan.
  public let best: Plan
  /// The mean shortfall below which no plan can come, on these futures.
  public let bound: Double
  /// Whether the best plan is proved to be the best to a ten-millionth of the shortfall before it.
  public let isProved: Bool
  /// The sum and the further conditions, each with its price.
  public let prices: [ShadowPrice]
  /// The best plan that buys another number of units of some option which is bought in whole units; nil where there is
  /// none.
  public let runnerUp: Plan?

  /// Solves a problem.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for numbers that cannot be computed with, and for
  ///   conditions that cannot be met together, which it names.
  public init(_ problem: AllocationProblem) throws(CommissioningError) {
    try problem.check()
    let futures = try AllocationFutures(problem)
    var search = AllocationSearch(problem, futures: futures)
    try search.requireFeasible()
    let nothing = Array(repeating: 0.0, count: futures.columns.count)
    let before = futures.shortfalls(at: nothing)
    self.before = try MeanEstimate(Draws(before), of: "the shortfall")
    let relaxed = try search.relaxation()
    guard let found = try search.best(also: []) else {
      throw .invalid(
        service: "optimise", reason: "no plan was found within the work allowed; name fewer options")
    }
    let best = try Plan(found.values, problem: problem, futures: futures, before: before)
    self.best = best
    bound = min(found.bound, best.shortfall.value)
    isProved = best.shortfall.value - bound <= 2 * AllocationSearch.tolerance * futures.scale
    prices = search.limits.enumerated().map { index, limit in
      ShadowPrice(
        name: limit.name,
        used: best.choices.reduce(0) { $0 + $1.units * (limit.weights[$1.id] ?? 0) }, bound: limit.bound,
        price: relaxed.prices[index])
    }
    var runner: (values: [Double], objective: Double)?
    for option in problem.options.indices where problem.options[option].isWhole {
      let units = best.choices[option].units
      for change in [
        AllocationSearch.Change(option: option, relation: .atMost, units: units - 1),
        AllocationSearch.Change(option: option, relation: .atLeast, units: units + 1),
      ] where change.units >= 0 && change.units <= problem.options[option].mostUnits {
        let other = try search.best(also: [change], below: runner?.objective)
        if let other, other.objective < runner?.objective ?? .infinity {
          runner = (other.values, other.objective)
        }
      }
    }
    runnerUp = try runner.map { (runner) throws(CommissioningError) in
      try Plan(runner.values, problem: problem, futures: futures, before: before)
    }
  }
}

extension Allocation.Plan {
  init(
    _ values: [Double], problem: AllocationProblem, futures: AllocationFutures, before: [Double]
  ) throws(CommissioningError) {
    choices = problem.options.enumerated().map { index, option in
      let sum = zip(futures.columns, values).reduce(0) { $0 + ($1.0.option == index ? $1.1 : 0) }
      let units = option.isWhole ? sum.rounded() : sum
      return Allocation.Choice(id: option.id, units: units, cost: units * option.unitCost)
    }
    spent = choices.reduce(0) { $0 + $1.cost }
    let after = futures.shortfalls(at: values)
    shortfall = try MeanEstimate(Draws(after), of: "the shortfall")
    reduction = try MeanEstimate(Draws(zip(before, after).map { $0 - $1 }), of: "the shortfall")
  }
}
