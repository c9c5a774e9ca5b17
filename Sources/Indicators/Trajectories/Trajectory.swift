import TimeSeries

/// A performance measure of an improvement plan: where it starts, what it is to reach by which dates, and how it is measured.
///
/// The dates are what counts. Labels such as "18 months" are kept, and mean different dates in different actions of one plan.
/// Milestones may rise, fall or start again (``Milestone/countsFrom``): nothing is taken to be monotone.
public struct Trajectory: Hashable, Sendable {
  /// Where a measure stood before the plan.
  public struct Baseline: Hashable, Sendable {
    /// The value in the unit of the measure; nil where the plan has none.
    public let value: Double?
    /// The day that it describes.
    public let date: CivilDate
    /// The plan's own words, such as `NA` or `Survey will establish baseline`.
    public let wording: String

    /// A baseline.
    public init(value: Double?, date: CivilDate, wording: String) {
      self.value = value
      self.date = date
      self.wording = wording
    }
  }

  /// What is to be reached by a day.
  public struct Milestone: Hashable, Sendable {
    /// The last day by which it is to be reached.
    public let date: CivilDate
    /// The plan's own name of the date, such as `October 2020 (18 months)`.
    public let label: String
    /// The plan's own words.
    public let wording: String
    /// What the words ask for.
    public let rule: MilestoneRule
    /// Why the words are read so, or why there is no level; nil where the words speak for themselves.
    public let remark: String?
    /// The day from which a count begins again at zero, such as the first of a new academic year; nil where it does not.
    public let countsFrom: CivilDate?

    /// A milestone.
    public init(
      date: CivilDate, label: String, wording: String, rule: MilestoneRule, remark: String? = nil,
      countsFrom: CivilDate? = nil
    ) {
      self.date = date
      self.label = label
      self.wording = wording
      self.rule = rule
      self.remark = remark
      self.countsFrom = countsFrom
    }
  }

  /// Which period of a series a milestone is judged by.
  public enum JudgedBy: String, CaseIterable, Hashable, Sendable {
    /// The last period that is over on the date.
    case lastOver = "last over"
    /// The period that the date lies in, even where it ends after the date.
    case containing
  }

  /// The name by which it is asked for, unique in the plan: `1/2a`.
  public let id: String
  /// The plan's own reference, which two rows may share: `KPI 1/1`.
  public let reference: String
  /// The number of the action that it belongs to.
  public let action: Int
  /// The measure as worded.
  public let wording: String
  /// The part of the reference that the row is about, such as `Writing`; nil where the reference has one row.
  public let part: String?
  /// Who answers for it; nil where the plan does not say.
  public let owner: String?
  /// How often the plan wants it measured, in its own words; nil where it does not say.
  public let frequency: String?
  /// The unit of its values.
  public let unit: Unit
  /// Which way it should go; a measure without a good direction cannot be judged.
  public let polarity: Polarity
  /// Where it stood before.
  public let baseline: Baseline
  /// What is to be reached, in the order of the dates.
  public let milestones: [Milestone]
  /// Which period a milestone is judged by.
  public let judgedBy: JudgedBy
  /// Periods, by their labels, for which nothing is or will be collected, each with the reason.
  public let notCollected: [String: Uncollected]
  /// Remarks of reviewers, in their order.
  public let notes: [String]

  /// A performance measure; ``faults`` says what is wrong with it.
  public init(
    id: String, reference: String, action: Int, wording: String, part: String? = nil, owner: String? = nil,
    frequency: String? = nil, unit: Unit, polarity: Polarity, baseline: Baseline, milestones: [Milestone],
    judgedBy: JudgedBy = .lastOver, notCollected: [String: Uncollected] = [:], notes: [String] = []
  ) {
    self.id = id
    self.reference = reference
    self.action = action
    self.wording = wording
    self.part = part
    self.owner = owner
    self.frequency = frequency
    self.unit = unit
    self.polarity = polarity
    self.baseline = baseline
    self.milestones = milestones
    self.judgedBy = judgedBy
    self.notCollected = notCollected
    self.notes = notes
  }

  /// On which side of a level a milestone is met.
  public var aim: Target.Aim { polarity == .lowerIsBetter ? .atMost : .atLeast }
}

extension Trajectory {
  /// Why nothing is collected for a period.
  public struct Uncollected: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The reason.
    public let reason: String
    /// The day on which that became known, before which nobody could have said so; nil where it always was.
    public let known: CivilDate?

    /// A reason.
    public init(reason: String, known: CivilDate? = nil) {
      self.reason = reason
      self.known = known
    }

    /// A reason that was known from the beginning.
    public init(stringLiteral reason: String) { self.init(reason: reason) }
  }

  /// Why nothing is collected for a period, as far as that was known on a day; nil where it is collected.
  func reasonNotCollected(_ period: Period, asOf day: CivilDate) -> String? {
    notCollected[period.label].flatMap { $0.known.map { $0 <= day } ?? true ? $0.reason : nil }
  }
}

extension Trajectory {
  /// Something that keeps a trajectory from being judged.
  public struct Fault: Hashable, Sendable {
    /// The place of the milestone in ``Trajectory/milestones``; nil where the fault is of the whole.
    public let milestone: Int?
    /// What is wrong.
    public let error: IndicatorsError
  }

  /// What is wrong with the definition, all of it; empty where it can be judged.
  public var faults: [Fault] {
    var faults: [Fault] = []
    if polarity == .neutral {
      faults.append(Fault(milestone: nil, error: .unknownPolarity(indicator: id, text: "neutral")))
    }
    if milestones.isEmpty {
      faults.append(
        Fault(
          milestone: nil, error: .invalid(subject: id, reason: "it has no milestones; write at least one")))
    }
    for (position, milestone) in milestones.enumerated() {
      let earlier = milestones[..<position]
      if let before = earlier.last, before.date >= milestone.date {
        faults.append(
          Fault(
            milestone: position,
            error: .invalid(
              subject: id,
              reason:
                "the milestone of \(milestone.date) stands after that of \(before.date); write them in the order of "
                + "their dates, each date once")))
      }
      if milestone.rule.needsBaseline, baseline.value == nil,
        !earlier.contains(where: { $0.rule.givesBaseline })
      {
        faults.append(
          Fault(
            milestone: position,
            error: .invalid(
              subject: id,
              reason:
                "\"\(milestone.wording)\" builds on a baseline and there is none; give baseline: value:, or an earlier "
                + "milestone with the rule baseline 50% or establish baseline")))
      }
      if let from = milestone.countsFrom, from > milestone.date {
        faults.append(
          Fault(
            milestone: position,
            error: .invalid(
              subject: id,
              reason: "the count of \(milestone.date) begins after it, on \(from); give an earlier day")))
      }
    }
    return faults
  }
}

extension MilestoneRule {
  /// Whether a later milestone can build on the baseline that it gives.
  var givesBaseline: Bool {
    switch self {
    case .statesBaseline, .establishBaseline: true
    case .level, .nationalAverage, .levelOrNational, .baselinePlus, .none, .toBeDetermined: false
    }
  }
}
