import Commissioning
import TimeSeries

/// The value of one or more levers at which a goal is met, for a terminal, a spreadsheet or a program.
public struct GoalSeekReport: Sendable {
  let heading: QuestionHeading
  let question: PlanQuestion
  let seek: GoalSeek

  /// Puts together a report.
  public init(heading: QuestionHeading, question: PlanQuestion, seek: GoalSeek) {
    self.heading = heading
    self.question = question
    self.seek = seek
  }

  /// The place to report, and the range around it; the best reachable where the goal is met nowhere.
  var found: (point: GoalSeek.Point, nearest: GoalSeek.Point?, farthest: GoalSeek.Point?) {
    switch seek.outcome {
    case .metAtStart(let point): (point, nil, nil)
    case .met(let solution): (solution.point, solution.range.nearest, solution.range.farthest)
    case .impossible(let best): (best, nil, nil)
    }
  }

  /// `met-at-start`, `met` or `impossible`.
  var status: String {
    switch seek.outcome {
    case .metAtStart: "met-at-start"
    case .met: "met"
    case .impossible: "impossible"
    }
  }

  /// The sentence with which an impossible goal is refused; nil where it is met.
  public var refusal: String? {
    guard case .impossible(let best) = seek.outcome else { return nil }
    let places = zip(seek.levers, best.values).map { "\($0.path) at \(NumberText.significant($1))" }
    return
      "\(goal) is not reached anywhere between the ends of the levers: the best is \(statistic(best)), with "
      + "\(places.joined(separator: ", ")); widen the levers, add another, or ask for less"
  }

  // MARK: CSV and JSON

  /// The columns of the comma-separated text.
  public static let columns = [
    "status", "lever", "start", "end", "share", "value", "value_nearest", "value_farthest", "achieved",
    "achieved_error", "goal",
  ]

  /// The answer as comma-separated text: a row for each lever.
  public func csv() -> String {
    var text = CSVText.row(Self.columns)
    for (index, lever) in seek.levers.enumerated() {
      let numbers: [Double?] = [
        lever.start, lever.end, found.point.shares[index], found.point.values[index],
        found.nearest?.values[index], found.farthest?.values[index], found.point.achieved, found.point.error,
        seek.goal.value,
      ]
      text += CSVText.row(
        [status, CSVText.text(lever.path)] + numbers.map { $0.map(CSVText.number) ?? "" })
    }
    return text
  }

  /// The answer as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)`` when a figure is not a finite number.
  public func json() throws(ReportingError) -> String { try JSONText.text(GoalSeekDocument(self)) }

  // MARK: Text

  /// The answer for a terminal; fewer than 60 characters in a line are taken as 60.
  public func text(width: Int = 100) -> String {
    let width = max(60, width)
    let sections = [
      heading.lines(width: width) + Paragraph.lines("Sought: \(goal).", width: width), answer(width),
      scan(width), remarks(width),
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// The goal in words.
  var goal: String {
    let what =
      switch seek.goal.statistic {
      case .mean: "the mean of \(question.words)"
      case .quantile(let p):
        "the \(NumberText.fixed(p, decimals: 0, dividedByTenTo: -2))% quantile of \(question.words)"
      case .probabilityBelowZero: "the chance that \(question.words) is below nought"
      }
    return "\(what) \(seek.goal.relation == .atMost ? "at most" : "at least") \(cell(seek.goal.value))"
  }

  private func cell(_ value: Double) -> String {
    if case .probabilityBelowZero = seek.goal.statistic {
      return NumberText.fixed(value, decimals: 1, dividedByTenTo: -2) + "%"
    }
    return question.cell(value, money: MoneyUnit(suiting: seek.scan.map(\.achieved)))
  }

  private func statistic(_ point: GoalSeek.Point) -> String {
    "\(cell(point.achieved)) (+/- \(cell(point.error)))"
  }

  private func answer(_ width: Int) -> [String] {
    switch seek.outcome {
    case .metAtStart(let point):
      return Paragraph.lines(
        "It is met where the levers start: \(statistic(point)). Nothing need be changed.", width: width)
    case .impossible:
      return Paragraph.lines("Impossible: " + (refusal ?? "") + ".", width: width)
    case .met(let solution):
      var grid = TextGrid([
        .init("lever", alignment: .left), .init("from"), .init("to"), .init("needed"), .init("nearest"),
        .init("farthest"), .init("of its way"),
      ])
      for (index, lever) in seek.levers.enumerated() {
        func value(_ point: GoalSeek.Point?) -> String {
          point.map { NumberText.significant($0.values[index]) } ?? "beyond"
        }
        grid.add([
          lever.path, NumberText.significant(lever.start), NumberText.significant(lever.end),
          value(solution.point), value(solution.range.nearest), value(solution.range.farthest),
          NumberText.fixed(solution.point.shares[index], decimals: 1, dividedByTenTo: -2) + "%",
        ])
      }
      return grid.lines(indent: 0, width: width)
        + Paragraph.lines("It comes to \(statistic(solution.point)) there.", width: width)
    }
  }

  private func scan(_ width: Int) -> [String] {
    var grid = TextGrid(
      seek.levers.map { .init($0.path) } + [.init("figure"), .init("+/-"), .init("met")])
    for point in seek.scan {
      grid.add(
        point.values.map { NumberText.significant($0) } + [
          cell(point.achieved), cell(point.error),
          (seek.goal.relation == .atMost
            ? point.achieved <= seek.goal.value : point.achieved >= seek.goal.value) ? "yes" : "no",
        ])
    }
    return grid.lines(indent: 0, width: width)
  }

  private func remarks(_ width: Int) -> [String] {
    var sentences: [String] = []
    if !seek.isMonotone {
      sentences.append("The figure does not only rise or only fall along the way: it turns between the ends.")
    }
    if case .met(let solution) = seek.outcome {
      if solution.isLostAgain { sentences.append("Farther along the way the goal is missed again.") }
      sentences.append(
        "Nearest and farthest: where the goal would be met if the simulated figure were 1.96 of its standard errors "
          + "better, and worse; beyond is outside the levers' way.")
    }
    sentences.append(
      "+/- is one standard error of the simulation. The plan was run \(NumberText.whole(seek.evaluations)) times on the "
        + "same random numbers; the answer is exact to \(NumberText.significant(seek.tolerance)) of the way.")
    return sentences.flatMap { Paragraph.lines($0, width: width) }
  }
}
