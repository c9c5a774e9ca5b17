import TimeSeries

/// A plan as its workspace defines it: an area, years, services, rules and assumptions; no figures.
public struct PlanDefinition: Sendable {
  /// The area that is planned for, as its series name it.
  public let area: String
  /// The plan's title.
  public let name: String
  /// The financial years that are shown.
  public let years: ClosedRange<FinancialYear>
  /// The number of simulated futures, unless the run says otherwise.
  public let draws: Int
  /// The seed, unless the run says otherwise.
  public let seed: UInt64
  /// The rules set by others.
  public let policies: Policies
  /// The numbers that nobody has published.
  public let assumptions: [Assumption]
  /// The assumption by which populations after their last estimate are multiplied; nil where the forecast of the
  /// estimates stands as it is.
  public let populationBeyondEstimates: String?
  /// The services, in the order in which they are shown.
  public let services: [any ServiceDefinition]
  /// What a scenario changes of the flows of the services, in the order in which it is stated.
  public let levers: [Lever]
  /// The measures that would change need, supply or cost; nil where there is no register.
  public let mitigations: MitigationRegister?
  /// Whether the measures count, and how.
  public let mitigationMode: MitigationMode

  /// Puts together a plan.
  public init(
    area: String, name: String, years: ClosedRange<FinancialYear>, draws: Int, seed: UInt64,
    policies: Policies, assumptions: [Assumption], populationBeyondEstimates: String? = nil,
    services: [any ServiceDefinition], levers: [Lever] = [], mitigations: MitigationRegister? = nil,
    mitigationMode: MitigationMode = .none
  ) {
    self.area = area
    self.name = name
    self.years = years
    self.draws = draws
    self.seed = seed
    self.policies = policies
    self.assumptions = assumptions
    self.populationBeyondEstimates = populationBeyondEstimates
    self.services = services
    self.levers = levers
    self.mitigations = mitigations
    self.mitigationMode = mitigationMode
  }
}
