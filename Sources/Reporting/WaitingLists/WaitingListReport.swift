import Indicators
import TimeSeries

/// What becomes of waiting lists, as text for people, as comma-separated text, as JSON and as a chart.
public struct WaitingListReport: Sendable {
  /// The area that the lists are of, where it is said.
  public let area: String?
  /// The lists, in order.
  public let outlooks: [WaitingListOutlook]
  /// What the counts of a list say of its demand and capacity, by its name; none for lists that are defined in a file.
  public let estimates: [String: WaitingFlowEstimates]

  /// Reports some lists.
  public init(
    area: String?, outlooks: [WaitingListOutlook], estimates: [String: WaitingFlowEstimates] = [:]
  ) {
    self.area = area
    self.outlooks = outlooks
    self.estimates = estimates
  }

  /// The tables for a terminal: what all lists have in common side by side where there are several, then each list with what it
  /// rests on, the rules of queues, its course and what its targets take.
  public func text(width: Int = 100) -> String {
    let width = max(60, width)
    var lines: [String] = []
    if outlooks.count > 1 { lines += WaitingListOverview(outlooks, area: area).lines(width: width) + [""] }
    for outlook in outlooks {
      lines += WaitingListText(outlook, area: area, estimates: estimates[outlook.definition.id]).lines(
        width: width)
      lines.append("")
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The report as comma-separated text: see ``columns``.
  public func csv() -> String { WaitingListCSV.text(self) }

  /// The columns of the comma-separated text.
  public static let columns = [
    "list", "section", "period", "quantity", "unit", "mean", "low", "middle", "high", "note",
  ]

  /// The report as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``, which finite figures never cause.
  public func json() throws(ReportingError) -> String { try JSONText.text(WaitingListDocument(self)) }
}

/// Several lists side by side.
struct WaitingListOverview {
  let outlooks: [WaitingListOutlook]
  let area: String?

  init(_ outlooks: [WaitingListOutlook], area: String?) {
    self.outlooks = outlooks
    self.area = area
  }

  func lines(width: Int) -> [String] {
    var grid = TextGrid([
      .init("list", alignment: .left), .init("waiting"), .init("waited", "so far"), .init("load"),
      .init("target", "queue"), .init("pressure"), .init("seen", "a week"), .init("for", "relief"),
      .init("to", "keep"),
    ])
    for outlook in outlooks {
      guard let rules = outlook.rules else {
        if let queue = outlook.assessments?.queue {
          grid.add([
            Self.name(outlook), NumberText.whole(queue.workInProgress), NumberText.absent,
            WaitingLoadText.ratio(queue.demandForAdvice / queue.meanCapacity),
            NumberText.whole(queue.sustainableWork / 4),
            NumberText.absent, WaitingWords.one(queue.meanCapacity.count),
            WaitingWords.one(outlook.assessments?.capacityToClear.count ?? 0), NumberText.absent,
          ])
        }
        continue
      }
      grid.add([
        Self.name(outlook), NumberText.whole(rules.rules.waiting),
        rules.meanWait.map { WaitingWords.one($0.count) } ?? NumberText.absent,
        WaitingLoadText.ratio(rules.rules.load), NumberText.whole(rules.rules.targetQueue),
        rules.pressure.map(WaitingWords.ratio) ?? NumberText.absent,
        WaitingWords.one(rules.rules.capacity.count),
        rules.relief.map { WaitingWords.one($0.count) } ?? "none", WaitingWords.one(rules.target.count),
      ])
    }
    var lines =
      Paragraph.lines("Waiting lists\(area.map { ", \($0)" } ?? ""): where they stand", width: width) + [""]
    lines += grid.lines(indent: 0, width: width) + [""]
    lines += Paragraph.lines(
      "Waited so far: mean weeks already waited by those waiting, a part of their wait. Load: demand over capacity; a list grows "
        + "where it stays above 1, and stays about as it is near 1. Target queue: the list that goes with the target. Pressure: twice the wait that a child who joins now can "
        + "expect (the list over its capacity) over the wait within which all but few are to be seen; above 1 waits are too long. "
        + "Relief: the capacity a week that brings a list which is more than twice its target queue to it in 26 weeks. To keep: the "
        + "capacity a week that holds a list at its target queue.", width: width)
    return lines
  }

  /// The name, cut where it would not leave room for the figures; it stands in full above the list itself.
  private static func name(_ outlook: WaitingListOutlook) -> String {
    let name = outlook.definition.name
    return name.count <= 46 ? name : name.prefix(45) + "…"
  }
}

/// Numbers and targets in words.
enum WaitingWords {
  static func one(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
  static func ratio(_ value: Double) -> String { NumberText.fixed(value, decimals: 2) }

  /// A number of weeks, with decimals only where it has some.
  static func weeks(_ weeks: Weeks) -> String { NumberText.grouped((weeks.count * 100).rounded() / 100) }

  /// A length of time: 18 weeks, 1 week.
  static func span(_ length: Weeks) -> String {
    let number = weeks(length)
    return number == "1" ? "1 week" : "\(number) weeks"
  }

  /// A share as a percentage with at most one decimal: 92%, 98.5%.
  static func percent(_ share: Double, decimals: Int = 1) -> String {
    NumberText.fixed(share, decimals: decimals, dividedByTenTo: -2) + "%"
  }

  /// A share as its author wrote it: 92%.
  static func level(_ share: Double) -> String { NumberText.grouped((share * 1e6).rounded() / 1e4) + "%" }

  /// Additional capacity: so many more children a week, and from when.
  static func more(_ additional: AdditionalCapacity) -> String {
    "\(one(additional.places.count)) more children a week, \(course(additional))"
  }

  /// How additional capacity comes.
  static func course(_ additional: AdditionalCapacity) -> String {
    switch additional.course {
    case .level: "all of them from \(additional.from)"
    case .ramp: "growing evenly from \(additional.from) to all of them on \(additional.complete)"
    }
  }

  /// A target as a sentence's subject.
  static func target(_ target: WaitTarget) -> String {
    switch target.aim {
    case .shareWaiting(let share, let length):
      "\(level(share)) of those waiting within \(span(length)) by \(target.date)"
    case .shareSeen(let share, let length, let over):
      "\(level(share)) of plans of \(over) weeks within \(span(length)) by \(target.date)"
    case .meanWait(let length): "a mean wait of at most \(span(length)) by \(target.date)"
    case .meanWaitSeen(let length, let over):
      "a mean wait of those seen in \(over) weeks of at most \(span(length)) by \(target.date)"
    case .waiting(let count): "at most \(NumberText.whole(count)) children waiting by \(target.date)"
    }
  }

  /// So many futures: 1 future, 1,000 simulated futures.
  static func futures(_ count: Int, _ kind: String = "") -> String {
    "\(NumberText.whole(count)) \(kind)\(count == 1 ? "future" : "futures")"
  }

  /// What is expected of a target at its date and at worst after it, as a clause: `expected are 92.1% at the date, at worst ...`.
  static func expected(_ answer: CapacityAnswer, to end: CivilDate) -> String {
    let nobody: String
    switch answer.target.aim {
    case .shareWaiting, .meanWait, .waiting: nobody = "nobody is expected to wait"
    case .shareSeen: nobody = "no plan is expected to be issued"
    case .meanWaitSeen: nobody = "nobody is expected to be seen"
    }
    guard let worst = answer.worst else { return "\(nobody) at the date, nor from then to \(end)" }
    let later = "at worst \(measured(worst, answer.target)) from then to \(end)"
    guard let atDate = answer.atDate else { return "\(nobody) at the date; \(later)" }
    return "expected are \(measured(atDate, answer.target)) at the date, \(later)"
  }

  /// What a target measures, in the unit of its level.
  static func measured(_ value: Double, _ target: WaitTarget) -> String {
    switch target.aim {
    case .shareWaiting, .shareSeen: return percent(value)
    case .meanWait, .meanWaitSeen: return "\(one(value)) weeks"
    case .waiting: return "\(NumberText.whole(value)) children"
    }
  }

  /// A number that a list rests on.
  static func figure(_ figure: WaitingFigure) -> String {
    func number(_ value: Double) -> String {
      if figure.isShare { return NumberText.grouped((value * 1e4).rounded() / 100) + "%" }
      return NumberText.fixed(value, decimals: value == value.rounded() || value >= 100 ? 0 : 1)
    }
    guard figure.isUncertain else { return number(figure.mostLikely) }
    return "\(number(figure.low)) to \(number(figure.high)), most likely \(number(figure.mostLikely))"
  }

  /// On whose word a number stands.
  static func basis(_ basis: WaitingFigure.Basis) -> String {
    switch basis {
    case .published(let source): "published: \(source)"
    case .estimated(let source): "estimated from \(source)"
    case .assumed(let reason): "assumed: \(reason)"
    }
  }

  /// The name of a figure of the course.
  static func name(_ figure: WaitingListOutlook.Figure) -> String {
    switch figure {
    case .waiting: "waiting"
    case .meanWait: "mean_wait"
    case .medianWait: "median_wait"
    case .percentile92: "percentile_92_wait"
    case .shareWithin(let length): "share_within_\(weeks(length))_weeks"
    case .over52: "over_52_weeks"
    }
  }

  /// The unit of a figure of the course.
  static func unit(_ figure: WaitingListOutlook.Figure) -> String {
    switch figure {
    case .waiting, .over52: "children"
    case .meanWait, .medianWait, .percentile92: "weeks"
    case .shareWithin: "proportion"
    }
  }
}
