/// The shortfalls and what every variable does to them, laid out for the inner loops.
struct AllocationFutures {
  /// A variable: some units of an option, or two measures bought together.
  struct Column {
    /// The option; nil for a pair.
    let option: Int?
    /// The columns of the pair; nil for units of an option.
    let pair: (Int, Int)?
    let most: Double
    let cost: Double
    let isWhole: Bool
  }

  let columns: [Column]
  /// The number of simulated futures.
  let count: Int
  /// What a shortfall is measured against: its mean before anything is bought, and at least 1.
  let scale: Double
  private let shortfalls: [[Double]]
  /// What one unit of a column takes off a shortfall: by shortfall, then by column, then by future.
  private let benefits: [[[Double]]]

  init(_ problem: AllocationProblem) throws(CommissioningError) {
    let all =
      problem.shortfalls + problem.options.flatMap { $0.tiers.flatMap(\.benefits) }
      + problem.interactions.flatMap(\.benefits)
    let count = all.compactMap(\.futures).max() ?? 1
    self.count = count
    var columns: [Column] = []
    var effects: [[[Double]]] = []
    var first: [String: Int] = [:]
    for (index, option) in problem.options.enumerated() {
      first[option.id] = columns.count
      for (number, tier) in option.tiers.enumerated() {
        columns.append(
          Column(
            option: index, pair: nil, most: tier.units, cost: option.unitCost, isWhole: option.isWhole))
        let own = try Self.values(tier.benefits, count: count, of: option.id)
        if number > 0, let earlier = effects.last { try Self.requireNoMore(own, than: earlier, in: option) }
        effects.append(own)
      }
    }
    for interaction in problem.interactions {
      guard let left = first[interaction.first], let right = first[interaction.second] else { continue }
      columns.append(Column(option: nil, pair: (left, right), most: 1, cost: 0, isWhole: false))
      effects.append(
        try Self.values(
          interaction.benefits, count: count, of: "\(interaction.first) and \(interaction.second)"))
    }
    self.columns = columns
    shortfalls = try Self.values(problem.shortfalls, count: count, of: "the shortfall")
    benefits = problem.shortfalls.indices.map { target in effects.map { $0[target] } }
    scale = max(
      1, shortfalls.reduce(0) { $0 + $1.reduce(0) { $0 + max(0, $1) } } / Double(count))
  }

  private static func values(
    _ draws: [Draws], count: Int, of what: String
  ) throws(CommissioningError) -> [[Double]] {
    var values: [[Double]] = []
    for one in draws { values.append(try one.values(count: count, of: what)) }
    return values
  }

  /// Later units that did more than earlier ones would be bought first, which is not how they come.
  private static func requireNoMore(
    _ later: [[Double]], than earlier: [[Double]], in option: AllocationProblem.Option
  ) throws(CommissioningError) {
    for (own, before) in zip(later, earlier) {
      for (one, other) in zip(own, before) where one > other + 1e-4 * max(1, abs(other)) {
        throw .invalid(
          service: "optimise",
          reason:
            "\(option.id): a later unit takes \(plainText(one)) off the shortfall in some future and one before "
            + "it \(plainText(other)); units must do no more the more of them there are, or stand in one tier"
        )
      }
    }
  }

  /// The sum of the shortfalls that are left in every simulated future.
  func shortfalls(at values: [Double]) -> [Double] {
    var left = [Double](repeating: 0, count: count)
    for (target, shortfall) in shortfalls.enumerated() {
      let rest = rest(of: shortfall, target: target, at: values)
      for path in 0..<count { left[path] += max(0, rest[path]) }
    }
    return left
  }

  /// The mean of the shortfalls that are left, and how it changes with each column: a tangent of the function.
  func tangent(at values: [Double]) -> (value: Double, slopes: [Double]) {
    var value = 0.0
    var slopes = [Double](repeating: 0, count: columns.count)
    for (target, shortfall) in shortfalls.enumerated() {
      let rest = rest(of: shortfall, target: target, at: values)
      for path in 0..<count { value += max(0, rest[path]) }
      for column in columns.indices {
        var sum = 0.0
        benefits[target][column].withUnsafeBufferPointer { benefit in
          for path in 0..<count where rest[path] > 0 { sum += benefit[path] }
        }
        slopes[column] -= sum
      }
    }
    return (value / Double(count), slopes.map { $0 / Double(count) })
  }

  private func rest(of shortfall: [Double], target: Int, at values: [Double]) -> [Double] {
    var rest = shortfall
    for (column, amount) in values.enumerated() where amount != 0 {
      benefits[target][column].withUnsafeBufferPointer { benefit in
        for path in 0..<count { rest[path] -= amount * benefit[path] }
      }
    }
    return rest
  }
}
