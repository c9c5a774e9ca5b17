import Indicators
import TimeSeries

/// What a chart of a waiting list finds, in one line: who waits now and at the end, and of assessments the share
/// of plans in time.
struct WaitingListFinding {
  /// The finding: `574 children wait now, about 849 by 2028-02`.
  let text: String

  init(_ outlook: WaitingListOutlook) {
    let course = outlook.assessments.map(Self.share) ?? Self.waiting(outlook)
    let more =
      outlook.additional.map { " with \(WaitingWords.one($0.places.count)) more children a week" } ?? ""
    text = course + more
  }

  private static func waiting(_ outlook: WaitingListOutlook) -> String {
    let now: String
    switch NumberText.whole(outlook.definition.waiting.mean) {
    case "0": now = "nobody waits now"
    case "1": now = "1 child waits now"
    case let children: now = "\(children) children wait now"
    }
    guard let last = outlook.steps.last, let spread = last.figures[.waiting] ?? nil else { return now }
    let then = NumberText.whole(spread.p50)
    return "\(now), \(then == "0" ? "nobody" : "about \(then)") by \(last.period.label)"
  }

  private static func share(_ assessments: AssessmentOutlook) -> String {
    let quarters = AssessmentQuarter.all(of: assessments.projection).filter { $0.shareInTime != nil }
    func percent(_ share: Double) -> String { WaitingWords.percent(share, decimals: 0) }
    func expected(_ quarter: AssessmentQuarter) -> String? {
      quarter.shareInTime.map { "about \(percent($0)) in \(quarter.period.label)" }
    }
    let last = quarters.last.flatMap(expected)
    if let published = assessments.published {
      return "\(percent(published)) of plans in time as last published" + (last.map { ", \($0)" } ?? "")
    }
    guard let first = quarters.first, let start = expected(first), let last else {
      return "no plan is issued"
    }
    return "plans in time \(start)" + (quarters.count > 1 ? ", \(last)" : "")
  }
}
