import Indicators
import TimeSeries

/// What the load of a list means for it.
///
/// The load is that of the start: those who leave are a share of all who wait, so that more of them leave where
/// more wait; referrals may grow; and clinics may close. A load near 1 therefore says neither that a list grows
/// nor that it shrinks, and where the expected course does not do what the load says, that is told beside it.
struct WaitingLoadText {
  /// How far from 1 a load may be for its list to be said to stay about as it is.
  static let margin = 0.01

  let outlook: WaitingListOutlook

  /// A load with two decimals, and with three where it is near 1.
  static func ratio(_ load: Double) -> String {
    NumberText.fixed(load, decimals: abs(load - 1) <= margin ? 3 : 2)
  }

  /// The load, what it is of, and what it means.
  func sentence(_ rules: QueueRules) -> String {
    let name = outlook.definition.weeklyLeaving == nil ? "Load" : "Load net of those who leave"
    let joining =
      "\(name) \(Self.ratio(rules.load)): \(WaitingWords.one(rules.demand.count)) children a week join and do "
      + "not leave unseen, "
    let seen = WaitingWords.one(rules.capacity.count)
    if abs(rules.load - 1) <= Self.margin {
      return joining + "about as many as the \(seen) who can be seen; the list "
        + (drift(beyond: 0.1, { _ in true }).map { "would stay about as it is, \($0)." }
          ?? "stays about as it is.")
    }
    if rules.isStable {
      return joining + "\(seen) can be seen; the list can settle"
        + (drift(beyond: 0.01) { $0 > 0 }.map { ", \($0)." } ?? ".")
    }
    return joining + "\(seen) can be seen; the list grows for as long as that lasts"
      + (drift(beyond: 0.01) { $0 < 0 }.map { ", \($0)." } ?? ".")
  }

  /// That the expected course goes another way, and why; nil where it does not, or where capacity is added of
  /// which the rules say nothing.
  ///
  /// Two ends of periods that are whole years apart are compared, because a list swells and shrinks with the
  /// holidays of each year.
  private func drift(beyond share: Double, _ isContrary: (Double) -> Bool) -> String? {
    guard outlook.additional == nil, let last = outlook.steps.last,
      let first = outlook.steps.first(where: { step in
        let years = (Double(last.week - step.week) * 7 / 365.25).rounded()
        return years >= 1 && abs(Double(last.week - step.week) - years * 365.25 / 7) <= 1
      })
    else { return nil }
    let change = last.expectedWaiting - first.expectedWaiting
    guard abs(change) >= 1, abs(change) > share * first.expectedWaiting, isContrary(change) else {
      return nil
    }
    return
      "but its expected course goes from \(NumberText.whole(first.expectedWaiting)) at the end of "
      + "\(first.period.label) to \(NumberText.whole(last.expectedWaiting)) at that of \(last.period.label)"
      + (reasons.isEmpty ? "" : ", because \(reasons.joined(separator: " and "))")
  }

  /// What the load of the start leaves out.
  private var reasons: [String] {
    let definition = outlook.definition
    var reasons: [String] = []
    if let growth = definition.growth?.mean, growth != 0 {
      reasons.append(growth > 0 ? "referrals grow" : "referrals fall")
    }
    if definition.weeklyLeaving != nil { reasons.append("those who leave are a share of all who wait") }
    if !definition.changes.isEmpty { reasons.append("there are single changes") }
    if !definition.calendar.closures.isEmpty { reasons.append("clinics are not open alike in all weeks") }
    return reasons
  }
}
