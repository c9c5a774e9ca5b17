import Indicators
import TimeSeries

/// One waiting list drawn: how many wait, above, and the share within a standard, below, each with the interval in which four futures of
/// five lie.
///
/// The drawing is a self-contained SVG document without scripts in the manner of ``FanChart``: one hue, direct labels, and a title and
/// description for readers who do not see it. Of assessments the expected course is drawn in its interval, and dashed what clearing the
/// backlog does.
public struct WaitingListChart: Hashable, Sendable {
  /// One of the two drawings.
  struct Panel: Hashable, Sendable {
    /// A period: a middle, and the interval about it.
    struct Point: Hashable, Sendable {
      let low: Double
      let middle: Double
      let high: Double
    }

    let name: String
    let isShare: Bool
    /// A point for each label; nil where there is nothing to draw.
    let points: [Point?]
    /// A second line, dashed, and its name; none where there is none.
    let other: [Double?]
    let otherName: String
    /// A level to be reached, and its name.
    let level: (value: Double, name: String)?

    static func == (left: Panel, right: Panel) -> Bool {
      left.name == right.name && left.points == right.points && left.other == right.other
        && left.level?.value == right.level?.value
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(points)
    }

    /// Every number that is drawn.
    var figures: [Double] {
      points.compactMap { $0 }.flatMap { [$0.low, $0.middle, $0.high] } + other.compactMap { $0 }
        + [level?.value].compactMap { $0 }
    }
  }

  /// What becomes of the list, in one line.
  public let title: String
  /// What is drawn, and what is looked at beside the capacity that there is.
  public let subtitle: String
  let labels: [String]
  let upper: Panel
  let lower: Panel
  /// Whether the middle is the expected course, and not the median of the simulated futures.
  let isExpected: Bool

  /// A chart of a list.
  ///
  /// - Parameters:
  ///   - outlook: the list.
  ///   - area: the area that it is of, where it is said.
  /// - Throws: ``ReportingError/emptyChart(_:)`` where no month or quarter ends within the weeks that are looked at, or nobody ever
  ///   waits.
  public init(_ outlook: WaitingListOutlook, area: String?) throws(ReportingError) {
    let definition = outlook.definition
    let finding = WaitingListFinding(outlook)
    title = "\(definition.name)\(area.map { ", \($0)" } ?? ""): \(finding.text)"
    let additional = outlook.additional.map { " Looked at with \(WaitingWords.more($0))." } ?? ""
    if let assessments = outlook.assessments {
      isExpected = true
      let quarters = AssessmentQuarter.all(of: assessments.projection)
      let recovery = assessments.recovery.map { AssessmentQuarter.all(of: $0) } ?? []
      labels = quarters.map(\.period.label)
      let spreads = quarters.map { quarter in assessments.quarters.first { $0.period == quarter.period } }
      func point(
        _ value: Double, _ spread: WaitingListOutlook.Spread?, times factor: Double = 1
      ) -> Panel.Point {
        Panel.Point(
          low: (spread?.p10 ?? value) * factor, middle: value * factor, high: (spread?.p90 ?? value) * factor)
      }
      upper = Panel(
        name: "cases in progress at the end of the quarter", isShare: false,
        points: zip(quarters, spreads).map { point($0.last.inProgress.total, $1?.inProgress) },
        other: recovery.map { $0.last.inProgress.total }, otherName: "backlog cleared", level: nil)
      subtitle =
        "Cases in progress and per cent of plans issued within \(assessments.queue.limit) weeks, by quarter."
        + additional
      let target = Self.level(outlook, within: Weeks(Double(assessments.queue.limit)))
      lower = Panel(
        name: "per cent of plans of the quarter issued within \(assessments.queue.limit) weeks"
          + Self.by(target?.date), isShare: true,
        points: zip(quarters, spreads).map { quarter, spread in
          quarter.shareInTime.map { point($0, spread?.shareInTime, times: 100) }
        },
        other: recovery.map { $0.shareInTime.map { $0 * 100 } }, otherName: "backlog cleared",
        level: target.map { ($0.value, $0.name) })
    } else {
      isExpected = false
      labels = outlook.steps.map(\.period.label)
      // The standard of the first target, so that level and line are of the same thing.
      let standard =
        outlook.answers.lazy.compactMap(\.target.aim.length).first { length in
          outlook.steps.contains { $0.figures[.shareWithin(length)] != nil }
        } ?? definition.standards.first ?? Weeks(18)
      func points(_ figure: WaitingListOutlook.Figure, times factor: Double) -> [Panel.Point?] {
        outlook.steps.map { step in
          (step.figures[figure] ?? nil).map {
            Panel.Point(low: $0.p10 * factor, middle: $0.p50 * factor, high: $0.p90 * factor)
          }
        }
      }
      upper = Panel(
        name: "children waiting", isShare: false, points: points(.waiting, times: 1), other: [],
        otherName: "",
        level: outlook.rules.map { ($0.rules.targetQueue, "target queue") })
      let isMonthly = outlook.steps.allSatisfy { $0.period.kind == .month }
      subtitle =
        "Children waiting and per cent of them within \(WaitingWords.span(standard)), at the end of each "
        + (isMonthly ? "month." : "quarter.") + additional
      let target = Self.level(outlook, within: standard)
      lower = Panel(
        name: "per cent of those waiting within \(WaitingWords.span(standard))"
          + Self.by(target?.date),
        isShare: true,
        points: points(.shareWithin(standard), times: 100), other: [], otherName: "",
        level: target.map { ($0.value, $0.name) })
    }
    guard upper.points.contains(where: { $0 != nil }) else { throw .emptyChart(title) }
  }

  private static func by(_ date: CivilDate?) -> String { date.map { ", target by \($0)" } ?? "" }

  private static func level(
    _ outlook: WaitingListOutlook, within length: Weeks
  ) -> (value: Double, name: String, date: CivilDate)? {
    for answer in outlook.answers {
      switch answer.target.aim {
      case .shareWaiting(let share, let within), .shareSeen(let share, let within, _):
        if within == length { return (share * 100, "target", answer.target.date) }
      case .meanWait, .meanWaitSeen, .waiting: continue
      }
    }
    return nil
  }
}
