import TimeSeries

/// The queue of assessments of education, health and care needs, from request to final plan, week by week.
///
/// A request is answered after ``decisionWeeks``: some are refused, the others wait for the advice of an
/// educational psychologist, whose places are the bottleneck. After advice the plan is drafted; some
/// assessments end without a plan. The law allows 6 weeks to decide whether to assess, 16 to decide whether
/// to issue a plan, and 20 to the final plan (Special Educational Needs and Disability Regulations 2014,
/// regulations 5, 10 and 13), exceptions aside.
public struct AssessmentQueue: Hashable, Sendable {
  /// Whose advice is given first.
  public enum Order: Hashable, Sendable {
    /// Those who have waited longest.
    case longestFirst
    /// Those who can still have their plan in time, longest first; only then the others. It holds the
    /// published figure up while old cases grow older.
    case inTimeFirst
    /// A share of the places goes to those who have waited longest, the others by chance among all.
    case mixed(longestFirst: Double)
  }

  /// The name, such as the authority.
  public let name: String
  /// The first day of week 0.
  public let start: CivilDate
  /// Requests in each week; the last goes on for ever.
  public let requests: [PerWeek]
  /// The share of decisions that is to assess.
  public let assessedShare: Double
  /// The share of assessments that ends in a plan.
  public let issuedShare: Double
  /// The share of those who wait for a decision or for advice whose request is withdrawn in a week.
  public let withdrawing: Double
  /// Children at the start who wait for a decision or for advice, by whole weeks since request; from
  /// ``decisionWeeks`` on the decision to assess has been taken. The last index holds longer waits as well.
  public let waiting: [Double]
  /// Children at the start whose advice is in and whose plan is being drafted, by whole weeks since request;
  /// taken as due evenly over the weeks that drafting takes.
  public let drafting: [Double]
  /// Advice that can be given in each week, school holidays and all; the last goes on for ever.
  public let capacity: [PerWeek]
  /// Advice besides that goes only to those whose plan cannot be in time any more, longest first: a recovery
  /// team, or a contract to clear the backlog. The last goes on for ever; none where it is empty.
  public let backlogCapacity: [PerWeek]
  /// Whose advice is given first.
  public let order: Order
  /// Whole weeks from request to the decision whether to assess: 6 in law.
  public let decisionWeeks: Int
  /// Whole weeks from advice to the decision whether to issue a plan.
  public let noticeWeeks: Int
  /// Whole weeks from advice to the final plan, no fewer than ``noticeWeeks``.
  public let draftingWeeks: Int
  /// Whole weeks from request within which a plan is in time: 20 in law.
  public let limit: Int

  /// A queue; ``validated()`` says whether its numbers can be. The weeks of the stages are those of the law
  /// where they are not given: a decision by week 6, advice by week 12, a decision to issue by week 16, a
  /// plan by week 20.
  public init(
    name: String, start: CivilDate, requests: [PerWeek], assessedShare: Double, issuedShare: Double,
    withdrawing: Double = 0, waiting: [Double], drafting: [Double] = [], capacity: [PerWeek],
    backlogCapacity: [PerWeek] = [], order: Order = .longestFirst, decisionWeeks: Int = 6,
    noticeWeeks: Int = 4,
    draftingWeeks: Int = 8, limit: Int = 20
  ) {
    self.name = name
    self.start = start
    self.requests = requests
    self.assessedShare = assessedShare
    self.issuedShare = issuedShare
    self.withdrawing = withdrawing
    self.waiting = waiting
    self.drafting = drafting
    self.capacity = capacity
    self.backlogCapacity = backlogCapacity
    self.order = order
    self.decisionWeeks = decisionWeeks
    self.noticeWeeks = noticeWeeks
    self.draftingWeeks = draftingWeeks
    self.limit = limit
  }

  /// The latest whole weeks since request at which advice still leaves time for the plan.
  public var latestAdvice: Int { limit - draftingWeeks }

  /// The queue itself, if its numbers can be.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for the first number that cannot be.
  @discardableResult
  public func validated() throws(IndicatorsError) -> AssessmentQueue {
    // What it has in common with any list is refused in the same words.
    for (what, children, places) in [
      ("waiting", waiting, capacity),
      ("drafting", drafting, backlogCapacity.isEmpty ? capacity : backlogCapacity),
    ] {
      try WaitingListModel(
        name: "\(name) (\(what))", start: start, waiting: children, referrals: requests, capacity: places
      ).validated()
    }
    for (what, share) in [
      ("share of decisions to assess", assessedShare),
      ("share of assessments that end in a plan", issuedShare),
      ("share withdrawn in a week", withdrawing),
    ] {
      guard share >= 0, share <= 1 else {
        throw .invalid(
          subject: "\(name): \(what)", reason: "\(share) is not a share from 0 to 1; write 65% as 0.65")
      }
    }
    if case .mixed(let share) = order {
      guard share >= 0, share <= 1 else {
        throw .invalid(
          subject: "\(name): share of places for the longest waits",
          reason: "\(share) is not from 0 to 1; write 60% as 0.6")
      }
    }
    guard decisionWeeks >= 0, noticeWeeks >= 0, noticeWeeks <= draftingWeeks, draftingWeeks <= 52,
      (1...104).contains(limit), decisionWeeks + draftingWeeks <= limit
    else {
      throw .invalid(
        subject: "\(name): weeks of the stages",
        reason:
          "a decision after \(decisionWeeks), notice \(noticeWeeks) and a plan \(draftingWeeks) weeks after advice do "
          + "not fit one another and a limit of \(limit); no plan could be in time")
    }
    return self
  }

  /// The same queue with another capacity for the backlog, such as a recovery team for a year.
  public func replacing(
    capacity: [PerWeek]? = nil, backlogCapacity: [PerWeek]? = nil, order: Order? = nil
  ) -> AssessmentQueue {
    AssessmentQueue(
      name: name, start: start, requests: requests, assessedShare: assessedShare, issuedShare: issuedShare,
      withdrawing: withdrawing, waiting: waiting, drafting: drafting, capacity: capacity ?? self.capacity,
      backlogCapacity: backlogCapacity ?? self.backlogCapacity, order: order ?? self.order,
      decisionWeeks: decisionWeeks, noticeWeeks: noticeWeeks, draftingWeeks: draftingWeeks, limit: limit)
  }

  /// A weekly figure; the last that is given goes on for ever, and 0 where none is.
  static func flow(_ flows: [PerWeek], _ week: Int) -> Double {
    flows.isEmpty ? 0 : flows[min(week, flows.count - 1)].count
  }
}

// MARK: Rules

extension AssessmentQueue {
  /// Requests in a week, on average over the first year.
  public var meanRequests: PerWeek { Self.yearMean(requests) }

  /// Advice that can be given in a week, on average over the first year, what is for the backlog aside.
  public var meanCapacity: PerWeek { Self.yearMean(capacity) }

  private static func yearMean(_ flows: [PerWeek]) -> PerWeek {
    PerWeek((0..<52).reduce(0) { $0 + flow(flows, $1) } / 52)
  }

  /// Children for whom advice is asked in a week: requests that are neither withdrawn before the decision nor
  /// refused.
  public var demandForAdvice: PerWeek {
    var staying = assessedShare
    for _ in 0...max(0, decisionWeeks) { staying *= 1 - withdrawing }
    return PerWeek(meanRequests.count * staying)
  }

  /// Children at the start who wait for advice.
  public var awaitingAdvice: Double { waiting.dropFirst(decisionWeeks).reduce(0, +) }

  /// Children at the start at any stage.
  public var workInProgress: Double { waiting.reduce(0, +) + drafting.reduce(0, +) }

  /// The most work in progress with which every plan can be in time if cases are taken in turn and nothing is
  /// left to chance: accepted requests a week times the limit; a quarter of it where chance is to be allowed
  /// for.
  public var sustainableWork: Double { meanRequests.count * assessedShare * Double(limit) }

  /// The most children waiting for advice with whom every plan can be in time, taken in turn: demand for
  /// advice times the weeks between the decision and the latest advice.
  public var sustainableQueue: Double { demandForAdvice * Weeks(Double(latestAdvice - decisionWeeks)) }

  /// The capacity for advice that brings those who wait for it down to ``sustainableQueue`` in a time: demand
  /// for advice, and what is above over the time; demand for advice alone where nothing is.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a time that is not above 0.
  public func capacityToClear(within time: Weeks) throws(IndicatorsError) -> PerWeek {
    guard time.count > 0, time.count.isFinite else {
      throw .invalid(
        subject: "\(name): time to clear the backlog",
        reason: "\(time.count) weeks is not a length of time above 0")
    }
    return demandForAdvice + PerWeek(max(0, awaitingAdvice - sustainableQueue), in: time)
  }
}
