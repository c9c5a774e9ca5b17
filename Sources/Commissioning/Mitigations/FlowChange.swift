/// What scenarios and measures make of a flow over a stretch of time: the flow times a factor, plus an addition, in
/// every simulated future.
public struct FlowChange: Sendable {
  /// What the flow is multiplied by.
  public let factor: Draws
  /// What is then added, in the flow's own units.
  public let addition: Draws

  /// Puts together a change.
  public init(factor: Draws = Draws(1), addition: Draws = Draws(0)) {
    self.factor = factor
    self.addition = addition
  }

  /// The flow as it is.
  public static let none = FlowChange()

  /// Whether it leaves every flow as it is, in every future.
  public var isNone: Bool { factor.knownValue == 1 && addition.knownValue == 0 }

  /// This change, and then another made to what it leaves.
  public func then(_ next: FlowChange) -> FlowChange {
    if isNone { return next }
    if next.isNone { return self }
    return FlowChange(factor: factor * next.factor, addition: addition * next.factor + next.addition)
  }

  /// The flow as it becomes; the very same numbers where nothing changes.
  public func applied(to value: Draws) -> Draws {
    isNone ? value : value * factor + addition
  }

  /// The flow as it becomes, refused where any simulated future takes it outside what it can be.
  ///
  /// - Parameters:
  ///   - value: the flow before the change.
  ///   - bounds: what it can be: `0...1` for a share or a hazard, `0 ... .infinity` for a count.
  ///   - flow: which flow it is.
  ///   - period: the year or census, as it is written.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` with the value and what would be accepted. Nothing is cut
  ///   to fit, because what is cut is no longer what its author stated.
  public func applied(
    to value: Draws, within bounds: ClosedRange<Double>, of flow: Flow, in period: String
  ) throws(CommissioningError) -> Draws {
    // What nothing acts on is the forecast's own, wherever its simulated futures lie.
    if isNone, value.firstValue(outside: -.infinity ... .infinity) == nil { return value }
    let result = applied(to: value)
    guard let wrong = result.firstValue(outside: bounds) else { return result }
    let wanted =
      bounds.upperBound == .infinity
      ? "\(grouped(bounds.lowerBound)) or more"
      : "\(grouped(bounds.lowerBound)) to \(grouped(bounds.upperBound))"
    throw .invalid(
      service: flow.service,
      reason:
        "\"\(flow.name)\" becomes \(grouped(wrong)) in \(period) in at least one future once scenario and measures have "
        + "acted on it, and it must be \(wanted); weaken what acts on \(flow)")
  }
}
