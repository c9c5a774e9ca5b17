import TimeSeries

/// A service of a plan as its workspace defines it: need, what it asks of a scarce resource, and money.
///
/// A kind of service is one file: a value that conforms to this protocol. One line in the workspace reader makes it
/// known there.
public protocol ServiceDefinition: Sendable {
  /// The name that scripts use.
  var id: String { get }
  /// The name that people use.
  var name: String { get }
  /// What the service's columns count, for the reader of a table.
  var meaning: ServiceMeaning { get }
  /// The days on which what the definition itself states became known: balances, transfers. None for most services.
  var knownDates: [CivilDate] { get }
  /// What a scenario or a measure may change of the service, year by year. None unless a service says otherwise.
  var flows: [FlowName] { get }
  /// The lines of spending that a flow moves, so that a saving of pounds on one of them is not counted beside it.
  func lines(movedBy flow: String) -> Set<String>
  /// Carries the service through every simulated future.
  ///
  /// - Throws: ``CommissioningError`` when too little is known to plan it.
  func simulate(in simulation: Simulation) throws(CommissioningError) -> ServiceSimulation
  /// What has been published since about a figure that the service forecasts, where anything has.
  func published(_ id: String, at period: Period, in panel: Panel, area: String) -> Double?
}

extension ServiceDefinition {
  /// None.
  public var knownDates: [CivilDate] { [] }
  /// None.
  public var flows: [FlowName] { [] }
  /// None.
  public func lines(movedBy flow: String) -> Set<String> { [] }
}

/// What a service's columns count.
public struct ServiceMeaning: Hashable, Sendable {
  /// Who needs the service.
  public let need: String
  /// What they ask of the scarce resource.
  public let demand: String
  /// What there is of it.
  public let supply: String
  /// What is left over.
  public let unmetNeed: String

  /// Names the columns.
  public init(need: String, demand: String, supply: String, unmetNeed: String) {
    self.need = need
    self.demand = demand
    self.supply = supply
    self.unmetNeed = unmetNeed
  }
}

/// A run of a plan, as services see it.
public struct Simulation {
  let context: SimulationContext
}

/// A service carried through every simulated future.
public struct ServiceSimulation {
  /// The years, in order.
  var years: [ServiceYear] = []
  /// Figures that will be published one day, to be compared then.
  var tracked: [TrackedFigure] = []
  /// What a reader must know of how the figures came about.
  var notes: [String] = []
  /// Between which counts the flows of its years lie, as a reader calls it: "January to January".
  var flowSpan: String?
  /// Why a part of the service is not planned; nil where all of it is.
  var refusal: Partial?

  /// A part of a service that cannot be planned.
  struct Partial {
    /// Why.
    let cause: CommissioningError
    /// The reason as a sentence that says which part is planned all the same.
    let text: String
  }
}

/// A figure that a publisher will state for a period, in every simulated future.
struct TrackedFigure {
  let id: String
  let name: String
  let period: Period
  let draws: Draws
  /// Whether the figure is in pounds.
  var isMoney = false
}
