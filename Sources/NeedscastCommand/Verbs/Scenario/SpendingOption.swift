import Needscast

/// Something that a sum can buy, as the command line and the register name it.
enum SpendingOption {
  /// A measure of the workspace's register.
  case measure(Mitigation, cost: Double)
  /// A scenario of the workspace, whose changes come with its cost.
  case scenario(String, cost: Double)
  /// Units of a value or of a flow of the workspace, such as places.
  case places(PlacesArgument)

  /// The name under which it is reported.
  var id: String {
    switch self {
    case .measure(let measure, _): measure.id
    case .scenario(let name, _): name
    case .places(let places): places.path
    }
  }

  var unitCost: Double {
    switch self {
    case .measure(_, let cost), .scenario(_, let cost): cost
    case .places(let places): places.unitCost
    }
  }

  var mostUnits: Int { if case .places(let places) = self { places.most } else { 1 } }

  /// The services that it is about, as far as its own words say.
  func services(among all: [String]) -> Set<String> {
    switch self {
    case .measure(let measure, _):
      return Set(measure.effects.map(\.service) + [measure.cost.service].compactMap { $0 })
    case .scenario: return []
    case .places(let places):
      return Set(all.filter { places.path.hasPrefix("\($0).") || places.path.hasPrefix("services.\($0).") })
    }
  }
}

/// Units of a value or of a flow that can be bought, `path=most@cost`.
struct PlacesArgument: Hashable, Sendable {
  let path: String
  let unitCost: Double
  let most: Int
}

/// The plan with some of the options bought.
struct SpendingPlan {
  let study: ScenarioStudy
  let scenario: String
  let options: [SpendingOption]
  let mode: MitigationMode
  let services: Set<String>?

  /// The plan in every simulated future with so many units of each option, in their order.
  func paths(_ units: [Double]) throws(CommissioningError) -> PlanPaths {
    var measures: Set<String> = []
    var scenarios: [String] = []
    var changes: [Override] = []
    for (option, units) in zip(options, units) where units > 0 {
      switch option {
      case .measure(let measure, _): measures.insert(measure.id)
      case .scenario(let name, _): scenarios.append(name)
      case .places(let places): changes.append(Override(path: "\(places.path).add", value: "\(units)"))
      }
    }
    do {
      return try study.paths(
        of: scenario, also: scenarios, overrides: changes,
        measures: PlanSimulator.Options.Measures(mode: mode, ids: measures), only: services)
    } catch let error as CommissioningError {
      throw error
    } catch {
      throw .invalid(service: "optimise", reason: "\(error)")
    }
  }
}
