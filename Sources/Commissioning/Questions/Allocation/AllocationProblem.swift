/// How a sum may be spread over measures and places, and what each would do in every simulated future.
///
/// A shortfall is what is to be made small: a deficit in pounds, or unmet need in child-weeks. There may be several, of
/// several services or years; what is to be least is the mean over futures of their sum, each counted where it is above
/// nought only.
public struct AllocationProblem: Sendable {
  /// Some units of an option, each of which does the same.
  public struct Tier: Sendable {
    /// How many units there are.
    public let units: Double
    /// What one unit takes off each shortfall in every simulated future.
    public let benefits: [Draws]

    /// Describes some units.
    public init(units: Double, benefits: [Draws]) {
      self.units = units
      self.benefits = benefits
    }
  }

  /// Something that money can buy: a measure, or places.
  public struct Option: Sendable {
    /// The name that scripts use.
    public let id: String
    /// Pounds for one unit.
    public let unitCost: Double
    /// Whether only whole units can be bought.
    public let isWhole: Bool
    /// Its units in the order in which they are bought; a later tier does no more in any future than one before it.
    public let tiers: [Tier]

    /// The most units that can be bought.
    public var mostUnits: Double { tiers.reduce(0) { $0 + $1.units } }

    /// Describes an option.
    public init(id: String, unitCost: Double, isWhole: Bool, tiers: [Tier]) {
      self.id = id
      self.unitCost = unitCost
      self.isWhole = isWhole
      self.tiers = tiers
    }
  }

  /// What two measures do together beyond the sum of what each does alone; negative where they overlap.
  public struct Interaction: Sendable {
    /// One measure; of both there is one whole unit.
    public let first: String
    /// The other.
    public let second: String
    /// What is added to each shortfall's benefit when both are bought, in every simulated future.
    public let benefits: [Draws]

    /// Describes an overlap or a synergy.
    public init(_ first: String, _ second: String, benefits: [Draws]) {
      self.first = first
      self.second = second
      self.benefits = benefits
    }
  }

  /// A condition that any choice must meet.
  public struct Limit: Hashable, Sendable {
    /// Which side is allowed.
    public enum Relation: String, Hashable, Sendable {
      /// At most the bound.
      case atMost = "<="
      /// At least the bound.
      case atLeast = ">="
    }

    /// The name under which it is reported.
    public let name: String
    /// What one unit of each option counts for, by its name; nothing for options that are not named.
    public let weights: [String: Double]
    /// Which side is allowed.
    public let relation: Relation
    /// The bound.
    public let bound: Double

    /// Describes a condition.
    public init(name: String, weights: [String: Double], relation: Relation, bound: Double) {
      self.name = name
      self.weights = weights
      self.relation = relation
      self.bound = bound
    }
  }

  /// The shortfalls with nothing bought: a deficit is positive, a surplus negative.
  public let shortfalls: [Draws]
  /// What can be bought.
  public let options: [Option]
  /// What options do together.
  public let interactions: [Interaction]
  /// The money, in pounds.
  public let sum: Double
  /// Further conditions.
  public let limits: [Limit]

  /// The name under which the sum is reported among the conditions.
  public static let sumName = "sum"

  /// States a problem.
  public init(
    shortfalls: [Draws], options: [Option], interactions: [Interaction] = [], sum: Double,
    limits: [Limit] = []
  ) {
    self.shortfalls = shortfalls
    self.options = options
    self.interactions = interactions
    self.sum = sum
    self.limits = limits
  }

  /// The sum as a condition like the others.
  var sumLimit: Limit {
    Limit(
      name: Self.sumName,
      weights: Dictionary(options.map { ($0.id, $0.unitCost) }, uniquingKeysWith: { $1 }),
      relation: .atMost, bound: sum)
  }

  /// Refuses what cannot be computed with.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` that names the option or the condition.
  func check() throws(CommissioningError) {
    func refuse(_ reason: String) -> CommissioningError { .invalid(service: "optimise", reason: reason) }
    guard !shortfalls.isEmpty else { throw refuse("there is nothing to make smaller; name a figure") }
    guard !options.isEmpty else { throw refuse("there is nothing to buy; name at least one option") }
    guard sum.isFinite, sum >= 0 else {
      throw refuse("the sum is \(plainText(sum)); give pounds, nought or more")
    }
    guard Set(options.map(\.id)).count == options.count else {
      throw refuse("two options have one name; give each its own")
    }
    for option in options {
      guard option.unitCost.isFinite, option.unitCost >= 0 else {
        throw refuse("\(option.id): a unit costs \(plainText(option.unitCost)); give pounds, nought or more")
      }
      guard !option.tiers.isEmpty, option.tiers.allSatisfy({ $0.units.isFinite && $0.units > 0 }) else {
        throw refuse("\(option.id): there are no units to buy; give a number above nought")
      }
      if option.isWhole, let part = option.tiers.first(where: { $0.units != $0.units.rounded() }) {
        throw refuse("\(option.id): it is bought in whole units, and a tier has \(plainText(part.units))")
      }
      guard option.tiers.allSatisfy({ $0.benefits.count == shortfalls.count }) else {
        throw refuse("\(option.id): what it does is needed for each of \(shortfalls.count) shortfalls")
      }
    }
    for interaction in interactions {
      for id in [interaction.first, interaction.second] {
        guard let option = options.first(where: { $0.id == id }), option.isWhole, option.mostUnits == 1 else {
          throw refuse(
            "\(interaction.first) and \(interaction.second) overlap, and \(id) is not a measure to be bought once "
              + "or not at all; only such measures can overlap")
        }
      }
      guard interaction.first != interaction.second, interaction.benefits.count == shortfalls.count else {
        throw refuse(
          "\(interaction.first) and \(interaction.second): two measures and every shortfall are needed")
      }
    }
    for limit in limits {
      guard limit.bound.isFinite, limit.weights.values.allSatisfy(\.isFinite) else {
        throw refuse("\(limit.name): its numbers must be finite")
      }
      for id in limit.weights.keys.sorted() where !options.contains(where: { $0.id == id }) {
        throw refuse(
          "\(limit.name): there is no option \"\(id)\"; the options are "
            + options.map(\.id).joined(separator: ", "))
      }
    }
  }
}
