import ArgumentParser
import Needscast

/// What a scenario costs when it is bought, `name=pounds`.
struct PricedScenario: Hashable, Sendable {
  let name: String
  let cost: Double
}

/// A condition of a spending plan, `spend high-needs >= 1m` or `units a,b <= 1`.
struct SpendingCondition: Hashable, Sendable {
  /// What is counted: pounds or units.
  let countsPounds: Bool
  /// Options, or services for all options about them.
  let names: [String]
  let relation: AllocationProblem.Limit.Relation
  let bound: Double

  var text: String { "\(countsPounds ? "spend" : "units") \(names.joined(separator: ","))" }

  private static let form = "write \"spend NAME >= POUNDS\" or \"units NAME,NAME <= NUMBER\"."

  init(reading text: String) throws {
    var words: [String] = []
    for relation in [AllocationProblem.Limit.Relation.atMost, .atLeast] where text.contains(relation.rawValue)
    {
      let parts = text.split(separator: relation.rawValue, omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw ValidationError(Self.form) }
      words =
        parts[0].split(separator: " ").map(String.init) + [relation.rawValue]
        + parts[1].split(separator: " ").map(String.init)
    }
    guard words.count == 4, let relation = AllocationProblem.Limit.Relation(rawValue: words[2]),
      let bound = ArgumentForms.amount(words[3]), ["spend", "units"].contains(words[0])
    else { throw ValidationError(Self.form) }
    countsPounds = words[0] == "spend"
    names = words[1].split(separator: ",").map(String.init)
    self.relation = relation
    self.bound = bound
  }

  /// The condition on the options that its names name.
  func limit(on options: [SpendingOption], services: [String]) throws(Failure) -> AllocationProblem.Limit {
    var weights: [String: Double] = [:]
    for name in names {
      let named = options.filter { $0.id == name || $0.services(among: services).contains(name) }
      guard !named.isEmpty else {
        throw Failure(
          "--limit \"\(text)\": no option, and no service that an option is about, is \"\(name)\"; the options are "
            + options.map(\.id).joined(separator: ", "), code: Failure.wrongArguments)
      }
      for option in named { weights[option.id] = countsPounds ? option.unitCost : 1 }
    }
    return AllocationProblem.Limit(name: text, weights: weights, relation: relation, bound: bound)
  }
}

extension ArgumentForms {
  /// Pounds, nought or more.
  static func pounds(_ text: String) throws -> Double {
    guard let pounds = amount(text), pounds >= 0, !text.hasSuffix("%") else {
      throw ValidationError("write pounds, such as 5000000, £5m or 500k.")
    }
    return pounds
  }

  /// A scenario with what it costs.
  static func pricedScenario(_ text: String) throws -> PricedScenario {
    guard let equals = text.lastIndex(of: "="), equals != text.startIndex,
      let cost = try? pounds(String(text[text.index(after: equals)...]))
    else { throw ValidationError("write SCENARIO=POUNDS, such as fewer-requests=500k.") }
    return PricedScenario(name: String(text[..<equals]), cost: cost)
  }

  /// Units of a value or a flow that can be bought.
  static func places(_ text: String) throws -> PlacesArgument {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    let numbers = parts.count == 2 ? parts[1].split(separator: "@", omittingEmptySubsequences: false) : []
    guard numbers.count == 2, !parts[0].isEmpty, let most = Int(numbers[0]), (1...100_000).contains(most),
      let cost = try? pounds(String(numbers[1]))
    else {
      throw ValidationError(
        "write PATH=MOST@POUNDS, such as participation.places=60@2400: sixty at £2,400 each.")
    }
    return PlacesArgument(path: String(parts[0]), unitCost: cost, most: most)
  }
}

extension Shortfall: ExpressibleByArgument {}
extension MitigationMode: ExpressibleByArgument {}
