import TimeSeries

/// A measure that changes need, supply or cost: who answers for it, when it starts, what it does, how likely it is.
public struct Mitigation: Hashable, Sendable {
  /// Where a measure stands towards the budget.
  public enum Status: Hashable, Sendable {
    /// The budget already counts on it, with so many pounds saved in a full year.
    ///
    /// It is shown and never subtracted again, because what the plan starts from has it already.
    case inBudget(saving: Double)
    /// It is decided.
    case planned
    /// It is not decided.
    case proposed
  }

  /// What it takes to deliver a measure, in pounds.
  public struct Cost: Hashable, Sendable {
    /// Spent once, in the financial year of the first day.
    public let oneOff: Assumption.Value
    /// Spent in every full year that the measure is in place.
    public let recurring: Assumption.Value
    /// Whether it is spent in futures in which the measure is not delivered too, as what is paid in advance is.
    public let evenIfNotDelivered: Bool
    /// The service out of whose money it is paid; nil where it is out of none that the plan has.
    public let service: String?

    /// States what a measure costs; nothing, unless said.
    public init(
      oneOff: Assumption.Value = .fixed(0), recurring: Assumption.Value = .fixed(0),
      evenIfNotDelivered: Bool = true, service: String? = nil
    ) {
      self.oneOff = oneOff
      self.recurring = recurring
      self.evenIfNotDelivered = evenIfNotDelivered
      self.service = service
    }

    var isNothing: Bool { oneOff == .fixed(0) && recurring == .fixed(0) }
  }

  /// The name that scripts use; it also names the measure's random numbers, so that it is the same in every scenario.
  public let id: String
  /// The name that people use.
  public let name: String
  /// Who answers for it.
  public let owner: String
  /// Why its author believes it works.
  public let evidence: String
  /// Where it stands towards the budget.
  public let status: Status
  /// The first day.
  public let start: CivilDate
  /// The last day; nil where it stays.
  public let end: CivilDate?
  /// How it grows to full effect.
  public let ramp: Ramp
  /// How likely it is to be delivered, 0 to 1.
  public let probability: Double
  /// The multiple of every stated size that it comes to, drawn once for each future; one where it is certain.
  public let spread: Assumption.Value
  /// What it does; nothing for a measure that the budget has already.
  public let effects: [MitigationEffect]
  /// What it takes.
  public let cost: Cost

  /// Describes a measure; the register checks it.
  public init(
    id: String, name: String, owner: String, evidence: String, status: Status, start: CivilDate,
    end: CivilDate? = nil, ramp: Ramp = .immediate, probability: Double,
    spread: Assumption.Value = .fixed(1), effects: [MitigationEffect], cost: Cost = Cost()
  ) {
    self.id = id
    self.name = name
    self.owner = owner
    self.evidence = evidence
    self.status = status
    self.start = start
    self.end = end
    self.ramp = ramp
    self.probability = probability
    self.spread = spread
    self.effects = effects
    self.cost = cost
  }

  /// Whether the budget counts on it already.
  public var isInBudget: Bool {
    if case .inBudget = status { true } else { false }
  }

  /// The services that it acts on, by the names that scripts use.
  public var servicesActedOn: Set<String> {
    Set(
      effects.map { effect in
        switch effect.target {
        case .flow(let flow): flow.service
        case .line(let line): line.service
        }
      })
  }

  /// When it is in place.
  var active: MonthSpan { MonthSpan(from: start, through: end) }

  /// The share of its full effect, on average over a financial year: by months, and by days within a month, so that a
  /// measure that begins on 1 September in full has seven twelfths of it in its first year.
  public func strength(in year: FinancialYear) -> Double {
    ramp.strength(over: year.span, active: active)
  }

  /// Whether two measures are ever in place together.
  func meets(_ other: Mitigation) -> Bool { active.within(other.active).months > 0 }

  /// A part of the measure, or a multiple of it: as much of its effects for as much of its cost, with everything else
  /// as it is, so that money can be spread over measures.
  ///
  /// - Parameter part: 0 for nothing of it, 1 for the measure itself.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the part is negative or no number, or the budget has
  ///   the measure already. Whether a multiple can still be is checked by the register.
  public func scaled(by part: Double) throws(CommissioningError) -> Mitigation {
    guard part.isFinite, part >= 0 else {
      throw MitigationRegister.refusal(
        "\(grouped(part)) of \"\(id)\" is to be taken, and 0 or more is needed")
    }
    guard !isInBudget else {
      throw MitigationRegister.refusal(
        "\"\(id)\" is in the budget already, and no more or less of it can be taken")
    }
    return Mitigation(
      id: id, name: name, owner: owner, evidence: evidence, status: status, start: start, end: end,
      ramp: ramp,
      probability: probability, spread: spread, effects: effects.map { $0.scaled(by: part) },
      cost: Cost(
        oneOff: cost.oneOff.mapped { $0 * part }, recurring: cost.recurring.mapped { $0 * part },
        evenIfNotDelivered: cost.evenIfNotDelivered, service: cost.service))
  }

  // MARK: Checks

  /// What is wrong with it by itself; nil where nothing is.
  func fault(within years: ClosedRange<FinancialYear>) -> String? {
    for (text, what) in [(name, "name"), (owner, "owner"), (evidence, "evidence")] {
      if text.allSatisfy(\.isWhitespace) { return "it has no \(what); give one" }
    }
    guard (0...1).contains(probability) else {
      return "its probability is \(grouped(probability)), and 0 to 1 is needed"
    }
    if let end, end < start {
      return "it ends on \(plainDate(end)), before it starts on \(plainDate(start)); exchange the two"
    }
    if let fault = ramp.fault { return fault }
    return isInBudget ? budgetFault : (horizonFault(years) ?? sizeFault)
  }

  private var budgetFault: String? {
    guard case .inBudget(let saving) = status else { return nil }
    guard saving.isFinite else { return "the saving in the budget is \(saving); give pounds a year" }
    if !effects.isEmpty {
      return
        "the budget has it already, and an effect would count it twice; leave the effect out, or enter as a planned "
        + "measure only what goes beyond the budget"
    }
    guard cost.isNothing else {
      return "the budget has it already, and so has its cost; leave the cost out"
    }
    return nil
  }

  private func horizonFault(_ years: ClosedRange<FinancialYear>) -> String? {
    let days = years.lowerBound.firstDay...years.upperBound.lastDay
    guard !days.contains(start) else { return nil }
    let remedy =
      start < days.lowerBound
      ? "what it has done by then stands in the figures the plan starts from; enter what it will do further, from "
        + "\(plainDate(days.lowerBound)), or say that the budget has it"
      : "plan further, or leave it out"
    return
      "it starts on \(plainDate(start)), outside the plan's years, \(years.lowerBound) to \(years.upperBound); \(remedy)"
  }

  private var sizeFault: String? {
    guard !effects.isEmpty else {
      return "it has no effect; say which flow of which service it changes, or which line it saves pounds on"
    }
    let multiples: Assumption
    do {
      multiples = try Assumption(id: "spread", value: spread, unit: "", reason: "")
    } catch {
      return "its spread cannot be used: \(error)"
    }
    for effect in effects {
      if let fault = effect.fault(spread: multiples.bounds) { return fault }
    }
    for (name, value) in [("one-off cost", cost.oneOff), ("recurring cost", cost.recurring)] {
      do {
        let pounds = try Assumption(id: name, value: value, unit: "", reason: "")
        guard pounds.bounds.lowerBound >= 0 else {
          return "its \(name) is \(pounds.text), and pounds of 0 or more are needed"
        }
      } catch {
        return "its \(name) cannot be used: \(error)"
      }
    }
    return nil
  }
}
