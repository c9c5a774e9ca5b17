import Indicators
import TimeSeries

/// The queue of assessments as text for people.
struct AssessmentText {
  let assessments: AssessmentOutlook
  let outlook: WaitingListOutlook

  init(_ assessments: AssessmentOutlook, outlook: WaitingListOutlook) {
    self.assessments = assessments
    self.outlook = outlook
  }

  func lines(width: Int) -> [String] {
    func section(_ title: String, _ sentences: [String]) -> [String] {
      ["", title] + sentences.flatMap { Paragraph.lines($0, first: "  ", width: width) }
    }
    return section("What the rules of queues say", rules) + course(width)
      + section("What clearing the backlog does to the published share", recovery)
  }

  private var rules: [String] {
    let queue = assessments.queue
    let over = assessments.projection.weeks.first.map { assessments.projection.overLimit($0) } ?? 0
    return [
      "Load \(WaitingLoadText.ratio(queue.demandForAdvice / queue.meanCapacity)): advice is asked for "
        + "\(WaitingWords.one(queue.demandForAdvice.count)) children a week and can be given for "
        + "\(WaitingWords.one(queue.meanCapacity.count)).",
      "Work in progress: \(NumberText.whole(queue.workInProgress)) cases, of which \(NumberText.whole(over)) are beyond "
        + "\(queue.limit) weeks after the first week; at most \(NumberText.whole(queue.sustainableWork)) can all be in time if nothing "
        + "is left to chance, and a quarter of that, \(NumberText.whole(queue.sustainableWork / 4)), where chance is allowed for.",
      "Waiting for advice: \(NumberText.whole(queue.awaitingAdvice)); at most \(NumberText.whole(queue.sustainableQueue)) can be in "
        + "time. Advice for \(WaitingWords.one(assessments.capacityToClear.count)) children a week clears the difference in "
        + "\(assessments.reliefWeeks) weeks.",
    ]
  }

  private func course(_ width: Int) -> [String] {
    var grid = TextGrid([
      .init("end of", alignment: .left), .init("in", "progress"), .init("80%", "interval", isBeside: true),
      .init("awaiting", "advice"),
      .init("over", "\(assessments.queue.limit) weeks"), .init("median", "age"), .init("plans", "issued"),
      .init("in time", "in quarter"), .init("80%", "interval", isBeside: true),
    ])
    for quarter in AssessmentQuarter.all(of: assessments.projection) {
      let spread = assessments.quarters.first { $0.period == quarter.period }
      grid.add([
        quarter.period.label, NumberText.whole(quarter.last.inProgress.total),
        spread.map { "\(NumberText.whole($0.inProgress.p10))-\(NumberText.whole($0.inProgress.p90))" }
          ?? NumberText.absent,
        NumberText.whole(quarter.last.awaitingAdvice),
        NumberText.whole(assessments.projection.overLimit(quarter.last)),
        quarter.last.medianAge.map { WaitingWords.one($0.count) } ?? NumberText.absent,
        NumberText.whole(quarter.issued),
        quarter.shareInTime.map { WaitingWords.percent($0, decimals: 0) } ?? NumberText.absent,
        spread?.shareInTime.map(Self.interval) ?? NumberText.absent,
      ])
    }
    let years = assessments.projection.publishedYears.compactMap { year in
      year.shareInTime.map {
        "\(WaitingWords.percent($0, decimals: 0))"
          + (assessments.years[year.year].map { " (80% interval \(Self.interval($0)))" } ?? "")
          + " of \(NumberText.whole(year.issued)) plans of \(year.year)"
      }
    }
    var lines = ["", "Its expected course"] + grid.lines(indent: 2, width: width)
    lines += Paragraph.lines(
      "Intervals are the 10th to the 90th percentile of \(WaitingWords.futures(assessments.paths, "simulated ")).",
      first: "  ", width: width)
    if !years.isEmpty {
      lines += Paragraph.lines(
        "As it would be published, within \(assessments.queue.limit) weeks: \(years.joined(separator: ", "))"
          + (assessments.published.map { "; last published \(WaitingWords.percent($0, decimals: 0))." } ?? "."),
        first: "  ", width: width)
    }
    return lines
  }

  private var recovery: [String] {
    guard let dip = assessments.dip else {
      return [
        assessments.capacityToClear.count > assessments.queue.meanCapacity.count
          ? "Not worked out: it takes \(assessments.reliefWeeks) weeks and plans issued in them."
          : "There is no backlog that more advice would have to clear."
      ]
    }
    let more = assessments.capacityToClear.count - assessments.queue.meanCapacity.count
    let day = { (week: Int) in self.assessments.queue.start.adding(days: (week + 1) * 7 - 1) }
    func share(_ value: Double) -> String { WaitingWords.percent(value, decimals: 0) }
    // The difference may be of less than a point.
    func precise(_ value: Double) -> String { WaitingWords.percent(value, decimals: 1) }
    func points(_ value: Double) -> String { NumberText.fixed(value, decimals: 1, dividedByTenTo: -2) }
    var text =
      "Advice for \(WaitingWords.one(more)) more children a week for \(assessments.reliefWeeks) weeks, given to those who are late "
      + "already, is set against the course without it over the same weeks: "
    if dip.depth > 1e-9 {
      text +=
        "the share in time is \(precise(dip.with)) with it and \(precise(dip.without)) without in the \(dip.window) weeks to "
        + "\(day(dip.week)), \(points(dip.depth)) points lower at the most, because each old case that is finished is a late plan; "
        + (dip.aboveFrom.map {
          "in the \(dip.window) weeks to \(day($0)) it is above what it would be without."
        } ?? "it is not above what it would be without within the weeks looked at.")
    } else {
      text += "the share in time is never lower with it than without."
    }
    text += " At the end it is \(share(dip.withAtEnd)) with it and \(share(dip.withoutAtEnd)) without."
    if let published = assessments.published {
      text +=
        " Last published was \(share(published)) of a year; how far the course without it differs from that is no effect of "
        + "clearing."
    }
    return [
      text,
      "A share that falls in a recovery is no failure of it; one that rises because old cases are left is no success.",
    ]
  }

  /// The 10th to the 90th percentile of a share.
  private static func interval(_ spread: WaitingListOutlook.Spread) -> String {
    func share(_ value: Double) -> String { NumberText.fixed(value, decimals: 0, dividedByTenTo: -2) }
    return "\(share(spread.p10))-\(share(spread.p90))%"
  }
}

extension AssessmentProjection {
  /// The calendar years of which all but a week is projected: weeks rarely end with the year.
  var publishedYears: [AssessmentYear] { years.filter { $0.days >= 358 } }
}

/// A quarter of a projected queue of assessments.
struct AssessmentQuarter {
  let period: Period
  /// The last week that is over by its end.
  let last: AssessmentWeek
  let issued: Double
  let issuedInTime: Double

  var shareInTime: Double? { issued > 0 ? issuedInTime / issued : nil }

  /// The quarters that end within a projection, weeks counted in the quarter in which they end.
  static func all(of projection: AssessmentProjection) -> [AssessmentQuarter] {
    var quarters: [AssessmentQuarter] = []
    var weeks: [AssessmentWeek] = []
    for week in projection.weeks {
      weeks.append(week)
      let (day, next) = (week.end.adding(days: -1), week.end.adding(days: 6))
      let isLast = quarter(day) != quarter(next)
      guard isLast, let period = quarter(day) else { continue }
      quarters.append(
        AssessmentQuarter(
          period: period, last: week, issued: weeks.reduce(0) { $0 + $1.issued.total },
          issuedInTime: weeks.reduce(0) { $0 + $1.issuedInTime }))
      weeks = []
    }
    return quarters
  }

  private static func quarter(_ day: CivilDate) -> Period? {
    Period.quarter((day.month - 1) / 3 + 1, ofYear: day.year, .calendar)
  }
}
