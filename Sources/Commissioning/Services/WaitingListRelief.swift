import Indicators

/// What the rules of queues say of a waiting list in the first year to come, at the means over the simulated futures: is
/// there enough capacity, is the list too long, and what would mend it.
struct WaitingListRelief {
  private let rules: QueueRules
  private let year: FinancialYear
  private let meanWait: Weeks

  /// - Parameters:
  ///   - year: the first year that is not over.
  ///   - waiting: children waiting at its end.
  ///   - demand: referrals that stay in the year.
  ///   - capacity: children who can be seen in the year.
  ///   - meanWait: the mean wait that is the target.
  init(
    _ year: FinancialYear, waiting: Draws, demand: Draws, capacity: Draws, meanWait: Weeks, service: String
  ) throws(CommissioningError) {
    let length = Weeks(year.weeks)
    do {
      rules = try QueueRules(
        demand: PerWeek(demand.mean, in: length), capacity: PerWeek(capacity.mean, in: length),
        waiting: waiting.mean, target: Weeks(meanWait.count * QueueRules.Assurance.p982.factor))
    } catch {
      throw .invalid(service: service, reason: "\(error)")
    }
    self.year = year
    self.meanWait = meanWait
  }

  /// The list that goes with the target for the mean wait where so many are seen in a year (Little, 1961).
  static func compatible(seen: Draws, in year: FinancialYear, meanWait: Weeks) -> Draws {
    seen.map { PerWeek($0, in: Weeks(year.weeks)) * meanWait }
  }

  /// The sentence for the plan's notes.
  func note(service: String) throws(CommissioningError) -> String {
    let verdict =
      rules.isStable
      ? "a load of \(Self.text(rules.load, 100)), below 1, at which the list settles"
      : "a load of \(Self.text(rules.load, 100)); at 1 or above the list grows without end"
    let relief: PerWeek?
    do {
      relief = try rules.reliefCapacity()
    } catch {
      throw .invalid(service: service, reason: "\(error)")
    }
    let now = Self.text(rules.capacity.count, 10)
    let mend =
      if let relief {
        "To bring it to the \(Self.text(rules.targetQueue, 1)) that go with a mean wait of \(plainText(meanWait.count)) weeks "
          + "within 26 weeks takes capacity for \(Self.text(relief.count, 10)) children a week (relief capacity), and there "
          + "is capacity for \(now)."
      } else {
        "A list of up to twice the \(Self.text(rules.targetQueue, 1)) that go with a mean wait of "
          + "\(plainText(meanWait.count)) weeks calls for no relief; capacity for "
          + "\(Self.text(rules.targetCapacity().count, 10)) children a week keeps the wait there in the long run (target "
          + "capacity), and there is capacity for \(now)."
      }
    return
      "In \(year), at the means, \(Self.text(rules.demand.count, 10)) children a week join the list and stay: \(verdict). "
      + "It stands at \(Self.text(rules.waiting, 1)) at the end of the year. \(mend)"
  }

  /// A number rounded to one part in so many, as a sentence has it.
  private static func text(_ number: Double, _ parts: Double) -> String {
    grouped((number * parts).rounded() / parts)
  }
}
