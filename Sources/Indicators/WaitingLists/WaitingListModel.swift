import TimeSeries

/// A list of children who wait for one thing, such as a first appointment or an assessment, week by week: who
/// waits now, who is referred, who can be seen, and who leaves unseen.
///
/// Everything is by whole weeks: week 0 is the first after ``start``. The same model is run on expectations
/// (compartments by weeks waited) and simulated child by child.
public struct WaitingListModel: Hashable, Sendable {
  /// In which order children are seen.
  public enum Discipline: Hashable, Sendable {
    /// Whoever has waited longest is seen first, within a priority.
    case firstInFirstOut
    /// A share of the places goes to those who have waited longest; the others are given by chance among all
    /// who wait, as happens where clinics choose for themselves; both within a priority. 1 is first in, first
    /// out.
    case mixed(longestFirst: Double)
  }

  /// A part of the referrals that is seen before others.
  public struct Priority: Hashable, Sendable {
    /// The name, such as urgent.
    public let name: String
    /// Its share of referrals, and of those waiting at the start where nothing else is known; shares sum to
    /// 1.
    public let share: Double

    /// A priority.
    public init(name: String, share: Double) {
      self.name = name
      self.share = share
    }
  }

  /// Something that happens once: an outsourced clinic, a backlog that is transferred in, a lost week.
  public struct OneOff: Hashable, Sendable {
    /// What is added, or taken away where the amount is negative.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
      /// Places in the week.
      case capacity
      /// Children who join the list in the week.
      case referrals
    }
    /// The week, 0 being the first.
    public let week: Int
    /// What changes.
    public let kind: Kind
    /// By how many children.
    public let amount: Double
    /// Why.
    public let reason: String

    /// A single change.
    public init(week: Int, kind: Kind, amount: Double, reason: String) {
      self.week = week
      self.kind = kind
      self.amount = amount
      self.reason = reason
    }
  }

  /// The name of the list.
  public let name: String
  /// The first day of week 0.
  public let start: CivilDate
  /// Children waiting at the start by whole weeks waited: index 0 has waited less than a week; the last has
  /// waited as many weeks as its index, or longer.
  public let waiting: [Double]
  /// Referrals in each week; the last goes on for ever.
  public let referrals: [PerWeek]
  /// Children who can be seen in each week, school holidays and all; the last goes on for ever.
  public let capacity: [PerWeek]
  /// The share of those who wait that leaves unseen in a week, by the whole weeks that they will have waited
  /// at its end: index 0 is for the week of the referral itself. The last holds for longer waits; none leave
  /// where it is empty.
  public let leaving: [Double]
  /// In which order children are seen.
  public let discipline: Discipline
  /// The priorities, the first seen first; none where all are alike.
  public let priorities: [Priority]
  /// What happens once.
  public let oneOffs: [OneOff]

  /// A list; ``validated()`` says whether its numbers can be.
  public init(
    name: String, start: CivilDate, waiting: [Double], referrals: [PerWeek], capacity: [PerWeek],
    leaving: [Double] = [], discipline: Discipline = .firstInFirstOut, priorities: [Priority] = [],
    oneOffs: [OneOff] = []
  ) {
    self.name = name
    self.start = start
    self.waiting = waiting
    self.referrals = referrals
    self.capacity = capacity
    self.leaving = leaving
    self.discipline = discipline
    self.priorities = priorities
    self.oneOffs = oneOffs
  }
}
