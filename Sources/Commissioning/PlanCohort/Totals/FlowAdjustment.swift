/// A change to one flow in one year: the flow times a factor, and then an addition.
public struct FlowLever: Sendable {
  /// What the flow is multiplied by.
  public let factor: Draws
  /// What is then added, in the flow's own unit.
  public let addition: Draws

  /// A change; without arguments, none.
  public init(factor: Draws = Draws(1), addition: Draws = Draws(0)) {
    self.factor = factor
    self.addition = addition
  }

  /// The flow as it is.
  public static var unchanged: FlowLever { FlowLever() }

  /// Whether nothing changes.
  var isUnchanged: Bool { factor.knownValue == 1 && addition.knownValue == 0 }
}

/// Changes to the flows of one calendar year.
public struct FlowAdjustment: Sendable {
  /// The growth of requests on the year before, as a share: −0.10 added lowers it by ten points. A change
  /// lasts: later years grow from the changed requests.
  public var requestsGrowth: FlowLever
  /// Requests of the year alone, after their growth.
  public var requests: FlowLever
  /// The share of decisions that are to assess.
  public var assessedShare: FlowLever
  /// The share of decisions after an assessment that are to issue a plan.
  public var issuedShare: FlowLever
  /// New plans for each request behind them.
  public var yield: FlowLever
  /// The share of January's plans that cease within the year.
  public var ceasing: FlowLever
  /// Net transfers and late data: an addition is in plans.
  public var transfers: FlowLever

  /// Changes to a year's flows; what is not given stays as it is.
  public init(
    requestsGrowth: FlowLever = .unchanged, requests: FlowLever = .unchanged,
    assessedShare: FlowLever = .unchanged, issuedShare: FlowLever = .unchanged, yield: FlowLever = .unchanged,
    ceasing: FlowLever = .unchanged, transfers: FlowLever = .unchanged
  ) {
    self.requestsGrowth = requestsGrowth
    self.requests = requests
    self.assessedShare = assessedShare
    self.issuedShare = issuedShare
    self.yield = yield
    self.ceasing = ceasing
    self.transfers = transfers
  }
}
