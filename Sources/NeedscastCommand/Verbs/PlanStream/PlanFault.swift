import Needscast

/// Why a request, or a part of it, has no plan.
struct PlanFault: Error {
  /// What is at fault, under the word that programs read.
  enum Code: String {
    /// The line is no request.
    case request
    /// The workspace cannot be read.
    case workspace
    /// What was asked of the workspace cannot be had: an unknown scenario, a change that leads nowhere, years that are over.
    case arguments
    /// A service could not be planned; the others could.
    case service
  }

  let code: Code
  /// The scenario of which there is no plan; empty where it is all of them.
  var scenario = ""
  /// The service that cannot be planned; empty where it is the whole plan.
  var service = ""
  /// What is wrong and what would be accepted, on one line.
  let message: String

  init(_ code: Code, scenario: String = "", service: String = "", _ message: String) {
    self.code = code
    self.scenario = scenario
    self.service = service
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: "; ")
  }

  /// What keeps a workspace from being read, or a plan of it from being made.
  init(_ code: Code, scenario: String = "", _ error: EvidenceError) {
    // Arguments are named as the keys of a request are, without hyphens: before these a cell would need a guard.
    self.init(code, scenario: scenario, String("\(Self.shortened(error))".drop { $0 == "-" }))
  }

  /// The most problems that one message lists; the others are counted.
  private static let mostProblems = 5

  private static func shortened(_ error: EvidenceError) -> EvidenceError {
    guard case .badData(let problems, let omitted) = error else { return error }
    let left = max(0, problems.count - mostProblems)
    return .badData(problems: Array(problems.prefix(mostProblems)), omitted: omitted + left)
  }

  /// What kept a scenario from being planned; nil for a fault of ours, which is no answer to a request.
  init?(_ error: any Error, scenario: String) {
    switch error {
    case let error as CommissioningError:
      self.init(
        error.service == nil ? .arguments : .service, scenario: scenario, service: error.service ?? "",
        "\(error)")
    case let error as EvidenceError: self.init(.arguments, scenario: scenario, error)
    case let failure as Failure: self.init(.arguments, scenario: scenario, failure.message)
    default: return nil
    }
  }
}
