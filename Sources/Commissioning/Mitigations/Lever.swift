import Statistics
import TimeSeries

/// A change to a flow that a scenario states: requests growing a tenth slower, sixty more places, a price held.
public struct Lever: Hashable, Sendable {
  /// What is done to the flow.
  public enum Operation: String, Hashable, Sendable, CaseIterable {
    /// The flow is the value, whatever it would have been.
    case set
    /// The flow grows by the value, a share, in every year from the first, on top of its own growth.
    ///
    /// What it has gained or lost by the last year stays: growth that ends does not jump back.
    case growth
    /// The flow is multiplied by the value.
    case multiply
    /// The value is added to the flow, in the flow's own units.
    case add
  }

  /// The flow it acts on.
  public let flow: Flow
  /// What it does.
  public let operation: Operation
  /// By how much: one number, or a range drawn once for each future.
  public let value: Assumption.Value
  /// The first financial year; nil for the first of the plan.
  public let from: FinancialYear?
  /// The last financial year; nil for the last of the plan.
  public let until: FinancialYear?

  /// States a change.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the value is not finite or out of order, is no
  ///   factor (0 or more) or no growth (above -1), or when the last year comes before the first.
  public init(
    flow: Flow, operation: Operation, value: Assumption.Value, from: FinancialYear? = nil,
    until: FinancialYear? = nil
  ) throws(CommissioningError) {
    let checked: Assumption
    do {
      checked = try Assumption(id: "\(flow)", value: value, unit: "", reason: "")
    } catch {
      throw .invalid(service: flow.service, reason: "the change to \"\(flow.name)\": \(error)")
    }
    let wanted: String? =
      switch operation {
      case .multiply where checked.bounds.lowerBound < 0: "a factor, 0 or more"
      case .growth where checked.bounds.lowerBound <= -1: "growth a year, above -1 or -100%"
      default: nil
      }
    if let wanted {
      throw .invalid(
        service: flow.service,
        reason: "\"\(operation.rawValue)\" of \"\(flow.name)\" is \(checked.text), and \(wanted), is needed")
    }
    if let from, let until, until < from {
      throw .invalid(
        service: flow.service,
        reason: "the change to \"\(flow.name)\" ends in \(until), before it begins in \(from); exchange them")
    }
    self.flow = flow
    self.operation = operation
    self.value = value
    self.from = from
    self.until = until
  }

  /// Refuses years that the plan does not have.
  func check(within years: ClosedRange<FinancialYear>) throws(CommissioningError) {
    for (year, word) in [(from, "begins"), (until, "ends")] {
      guard let year, !years.contains(year) else { continue }
      throw .invalid(
        service: flow.service,
        reason:
          "the change to \"\(flow.name)\" \(word) in \(year), and the years that can be changed are "
          + "\(years.lowerBound) to \(years.upperBound); name one of these, or leave it out")
    }
  }

  /// The years in which it acts.
  func years(within plan: ClosedRange<FinancialYear>) -> ClosedRange<FinancialYear> {
    let first = from ?? plan.lowerBound
    return first...max(first, until ?? plan.upperBound)
  }
}

/// A lever with its value in every simulated future.
struct DrawnLever {
  let lever: Lever
  let years: ClosedRange<FinancialYear>
  let value: Draws

  /// Draws the value from a stream that scenarios share, so that two that state one range see one future of it.
  init(_ lever: Lever, number: Int, plan: ClosedRange<FinancialYear>, draws: Int, seed: UInt64) {
    self.lever = lever
    years = lever.years(within: plan)
    value = lever.value.draws(
      draws, seed: seed, name: "lever/\(lever.flow)/\(lever.operation.rawValue)/\(number)")
  }

  /// What it does over a stretch of time, of which the years it acts in may be a part.
  func change(over window: MonthSpan, days: ClosedRange<CivilDate>) -> FlowChange {
    let acting = MonthSpan(years.lowerBound.days.lowerBound...years.upperBound.days.upperBound)
    let share = acting.share(of: window)
    switch lever.operation {
    case .growth: return FlowChange(factor: grown(over: window, days: days))
    case _ where share == 0: return .none
    case .set: return FlowChange(factor: Draws(1 - share), addition: value * share)
    // One more and one less of a factor is not the factor to the last bit.
    case .multiply where share == 1: return FlowChange(factor: value)
    case .multiply: return FlowChange(factor: value.map { 1 + ($0 - 1) * share })
    case .add: return FlowChange(addition: value * share)
    }
  }

  /// The mean over a stretch of time of what growth has made of one by each of its years.
  private func grown(over window: MonthSpan, days: ClosedRange<CivilDate>) -> Draws {
    let first = FinancialYear(containing: days.lowerBound)
    let last = FinancialYear(containing: days.upperBound)
    guard last >= years.lowerBound else { return Draws(1) }
    var terms: [(steps: Double, share: Double)] = []
    var year = first
    while true {
      let steps = min(year, years.upperBound).start - years.lowerBound.start + 1
      terms.append((Double(max(0, steps)), year.span.share(of: window)))
      if year >= last { break }
      year = year.next
    }
    // A window within one year is that year, and its share is then one but for rounding.
    if let only = terms.first, terms.count == 1 { return value.map { power(1 + $0, only.steps) } }
    return value.map { growth in
      terms.reduce(0) { $0 + $1.share * power(1 + growth, $1.steps) }
    }
  }
}

extension Assumption.Value {
  /// The value in every simulated future: constant where it is fixed, drawn from the named stream where it ranges.
  func draws(_ count: Int, seed: UInt64, name: String) -> Draws {
    switch self {
    case .fixed(let number): return Draws(number)
    case .range(let low, let mostLikely, let high):
      if low == high { return Draws(low) }
      let stream = RandomStream(seed: seed, name: name)
      return Draws(
        (0..<max(0, count)).map { path in
          var own = stream.path(UInt64(path))
          return own.pert(minimum: low, mode: mostLikely, maximum: high)
        })
    }
  }
}
