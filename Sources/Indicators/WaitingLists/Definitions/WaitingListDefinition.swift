import TimeSeries

/// A waiting list as somebody states it: the children who wait, referrals, capacity and those who leave, each number with its
/// source or the reason why it is assumed.
///
/// It becomes a ``WaitingListModel`` by whole weeks with ``model(weeks:additional:)``.
public struct WaitingListDefinition: Hashable, Sendable {
  /// How many leave unseen.
  public enum Leaving: Hashable, Sendable {
    /// Nobody.
    case nobody
    /// A share of those waiting in each week, whatever they have waited.
    case ofThoseWaiting(WaitingFigure)
    /// A share of referrals. Turned into a share of those waiting: as many as leave in a week, over those who wait at the start.
    case ofReferrals(WaitingFigure)
  }

  /// Something that happens once, on a day.
  public struct DatedChange: Hashable, Sendable {
    /// The day; it counts in the week that holds it.
    public let date: CivilDate
    /// What changes.
    public let kind: WaitingListModel.OneOff.Kind
    /// By how many children, less than 0 for places that are lost.
    public let children: Double
    /// Why.
    public let reason: String

    /// A change on a day.
    public init(date: CivilDate, kind: WaitingListModel.OneOff.Kind, children: Double, reason: String) {
      self.date = date
      self.kind = kind
      self.children = children
      self.reason = reason
    }
  }

  /// What an assessment for a plan has that other lists have not.
  public struct Assessment: Hashable, Sendable {
    /// The share of requests for which it is decided not to assess, at six weeks.
    public let refused: WaitingFigure
    /// The share of assessments that ends in a plan.
    public let issued: WaitingFigure
    /// Children whose advice is in and whose plan is being drafted at the start.
    public let drafting: WaitingFigure
    /// The share of plans issued in time in the last year that is published, where there is one.
    public let published: WaitingFigure?

    /// The parts of an assessment.
    public init(
      refused: WaitingFigure, issued: WaitingFigure, drafting: WaitingFigure, published: WaitingFigure?
    ) {
      self.refused = refused
      self.issued = issued
      self.drafting = drafting
      self.published = published
    }
  }

  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// What is waited for: any text.
  public let kind: String
  /// The first day of week 0: the day on which the children waiting were counted.
  public let start: CivilDate
  /// The children who wait at the start.
  public let waiting: WaitingFigure
  /// Their share by whole weeks waited, in sum 1.
  public let weeksWaited: [Double]
  /// In words, how they were laid out by weeks waited.
  public let layout: String
  /// Referrals in a year at the start.
  public let referrals: WaitingFigure
  /// By how much referrals grow in a year, as a share; nil where they do not.
  public let growth: WaitingFigure?
  /// Children who can be seen in a year, closures and all.
  public let capacity: WaitingFigure
  /// The weeks with less capacity.
  public let calendar: WaitingListCalendar
  /// How many leave unseen.
  public let leaving: Leaving
  /// In which order children are seen.
  public let discipline: WaitingListModel.Discipline
  /// The priorities.
  public let priorities: [WaitingListModel.Priority]
  /// What happens once.
  public let changes: [DatedChange]
  /// The mean wait that is aimed at, where there is one, in weeks.
  public let targetMeanWait: WaitingFigure?
  /// The mean wait that was last published, in weeks, where it was.
  public let publishedMeanWait: WaitingFigure?
  /// The waits that shares are given within.
  public let standards: [Weeks]
  /// The coefficient of variation of the times between referrals; 1 where they come by chance.
  public let referralVariation: Double
  /// The coefficient of variation of the times between children seen.
  public let capacityVariation: Double
  /// Pounds for each child seen, where it is known.
  public let unitCost: WaitingFigure?
  /// What an assessment for a plan has; nil for any other list.
  public let assessment: Assessment?
  /// Why the order in which children are seen, the priorities and the variation are what they are, as sentences.
  public let remarks: [String]
  /// Capacity that was added to what is stated: see ``adding(_:)``.
  public internal(set) var additions: [AdditionalCapacity] = []

  /// A list as it is stated.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` where a number cannot be what it stands for.
  public init(
    id: String, name: String, kind: String, start: CivilDate, waiting: WaitingFigure, weeksWaited: [Double],
    layout: String, referrals: WaitingFigure, growth: WaitingFigure? = nil, capacity: WaitingFigure,
    calendar: WaitingListCalendar = WaitingListCalendar(), leaving: Leaving = .nobody,
    discipline: WaitingListModel.Discipline = .firstInFirstOut,
    priorities: [WaitingListModel.Priority] = [], changes: [DatedChange] = [],
    targetMeanWait: WaitingFigure? = nil, publishedMeanWait: WaitingFigure? = nil,
    standards: [Weeks] = [Weeks(18), Weeks(52)], referralVariation: Double = 1, capacityVariation: Double = 1,
    unitCost: WaitingFigure? = nil, assessment: Assessment? = nil, remarks: [String] = []
  ) throws(IndicatorsError) {
    self.id = id
    self.name = name
    self.kind = kind
    self.start = start
    self.waiting = waiting
    self.weeksWaited = weeksWaited
    self.layout = layout
    self.referrals = referrals
    self.growth = growth
    self.capacity = capacity
    self.calendar = calendar
    self.leaving = leaving
    self.discipline = discipline
    self.priorities = priorities
    self.changes = changes
    self.targetMeanWait = targetMeanWait
    self.publishedMeanWait = publishedMeanWait
    self.standards = standards
    self.referralVariation = referralVariation
    self.capacityVariation = capacityVariation
    self.unitCost = unitCost
    self.assessment = assessment
    self.remarks = remarks
    try check()
  }

  /// The least capacity, in children a year: below it a number is a slip, and waits beyond all bounds.
  public static let leastCapacity = 0.001

  /// The most that one child seen may cost, in pounds.
  public static let mostUnitCost = 1e9

  private func check() throws(IndicatorsError) {
    try require(waiting, waiting.low >= 0, "write 0 or more")
    try require(referrals, referrals.low >= 0, "write 0 or more")
    try require(
      capacity, capacity.low >= Self.leastCapacity,
      "a list from which nobody is seen has no wait that could be worked out; write a number above 0, at least "
        + "\(Self.leastCapacity) a year")
    if case .ofThoseWaiting(let share) = leaving { try requireShare(share) }
    if case .ofReferrals(let share) = leaving {
      try requireShare(share)
      guard waiting.mean > 0 || share.mean == 0 else {
        throw .invalid(
          subject: id,
          reason:
            "nobody waits at the start, from which the share of referrals that leaves is turned into one a week; give that "
            + "share itself")
      }
    }
    if let assessment {
      try requireShare(assessment.refused)
      try requireShare(assessment.issued)
      if let published = assessment.published { try requireShare(published) }
      try require(assessment.drafting, assessment.drafting.low >= 0, "write 0 or more")
    }
    for wait in [targetMeanWait, publishedMeanWait].compactMap({ $0 }) {
      try require(wait, wait.low > 0, "write weeks above 0")
    }
    if let growth { try require(growth, growth.low > -1, "write a share above -100%") }
    if let unitCost {
      try require(unitCost, unitCost.low >= 0, "write 0 or more")
      guard unitCost.high <= Self.mostUnitCost else {
        throw .invalid(
          subject: "\(id): \(unitCost.name)",
          reason:
            "\(IndicatorsError.plain(unitCost.high)) is more than \(IndicatorsError.plain(Self.mostUnitCost)); write the pounds for one child"
        )
      }
    }
    for standard in standards where !(standard.count > 0 && standard.count.isFinite) {
      throw .invalid(
        subject: id,
        reason: "a standard of \(IndicatorsError.plain(standard.count)) weeks; write weeks above 0")
    }
    guard referralVariation >= 0, referralVariation.isFinite, capacityVariation >= 0,
      capacityVariation.isFinite
    else {
      throw .invalid(
        subject: id,
        reason: "coefficients of variation are \(referralVariation) and \(capacityVariation); write 0 or more"
      )
    }
    guard referralVariation <= Self.mostReferralVariation else {
      throw .invalid(
        subject: "\(id): variation of referrals",
        reason:
          "a coefficient of \(IndicatorsError.plain(referralVariation)) cannot be simulated; write 0 to "
          + "\(IndicatorsError.plain(Self.mostReferralVariation)), and 1 where children come by chance")
    }
    guard capacityVariation <= mostCapacityVariation else {
      throw .invalid(
        subject: "\(id): variation of capacity",
        reason:
          "a coefficient of \(IndicatorsError.plain(capacityVariation)) cannot be simulated; write 0 to "
          + "\(IndicatorsError.plain((mostCapacityVariation * 1_000).rounded(.down) / 1_000)), the root of the children seen in a week"
      )
    }
  }

  private func require(_ figure: WaitingFigure, _ isSound: Bool, _ remedy: String) throws(IndicatorsError) {
    if !isSound {
      throw .invalid(
        subject: "\(id): \(figure.name)", reason: "\(IndicatorsError.plain(figure.low)) cannot be; \(remedy)")
    }
  }

  private func requireShare(_ figure: WaitingFigure) throws(IndicatorsError) {
    guard figure.low >= 0, figure.high <= 1 else {
      throw .invalid(
        subject: "\(id): \(figure.name)",
        reason:
          "\(IndicatorsError.plain(figure.low >= 0 ? figure.high : figure.low)) is no share; write 0 to 1, or 0% to 100%"
      )
    }
  }

  /// Every number that the list rests on, in the order in which it is told.
  public var figures: [WaitingFigure] {
    var left: [WaitingFigure] = []
    switch leaving {
    case .nobody: break
    case .ofThoseWaiting(let share), .ofReferrals(let share): left = [share]
    }
    return [waiting, referrals] + [growth].compactMap { $0 } + left
      + [assessment?.refused, assessment?.issued, assessment?.drafting].compactMap { $0 }
      + [capacity] + [publishedMeanWait, targetMeanWait, assessment?.published, unitCost].compactMap { $0 }
  }
}
