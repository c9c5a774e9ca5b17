import Commissioning
import TimeSeries

/// Which assumption moves a figure most, for a terminal, a spreadsheet or a program.
public struct TornadoReport: Sendable {
  let heading: QuestionHeading
  let question: PlanQuestion
  let tornado: Tornado
  let shares: VarianceShares
  /// Numbers that were not moved, each with the reason.
  let left: [String]

  /// Puts together a report.
  public init(
    heading: QuestionHeading, question: PlanQuestion, tornado: Tornado, shares: VarianceShares, left: [String]
  ) {
    self.heading = heading
    self.question = question
    self.tornado = tornado
    self.shares = shares
    self.left = left
  }

  /// The columns of the comma-separated text.
  public static let columns = [
    "method", "id", "path", "low", "high", "base_mean", "low_mean", "high_mean", "swing", "swing_error",
    "base_probability", "low_probability", "high_probability", "share", "share_error",
  ]

  /// The name under which the part of the variance stands that no single driver explains.
  public static let remainder = "remainder"

  /// The report as comma-separated text: a row for each number moved, then one for each share of the variance.
  public func csv() -> String {
    var text = CSVText.row(Self.columns)
    func row(_ texts: [String], _ numbers: [Double?]) {
      text += CSVText.row(texts.map { CSVText.text($0) } + numbers.map { $0.map(CSVText.number) ?? "" })
    }
    for bar in tornado.bars {
      row(
        ["one-at-a-time", bar.candidate.id, bar.candidate.path],
        [
          bar.candidate.low, bar.candidate.high, tornado.mean.value, bar.low?.mean.value,
          bar.high?.mean.value, bar.swing, bar.swingError, tornado.probability?.value,
          bar.low?.probability?.value, bar.high?.probability?.value, nil, nil,
        ])
    }
    let none: [Double?] = Array(repeating: nil, count: 10)
    for share in shares.shares {
      row(["variance-share", share.id, share.kind.rawValue], none + [share.value, share.error])
    }
    row(["variance-share", Self.remainder, ""], none + [shares.remainder, shares.remainderError])
    return text
  }

  /// The report as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)`` when a figure is not a finite number.
  public func json() throws(ReportingError) -> String { try JSONText.text(TornadoDocument(self)) }

  // MARK: Text

  /// The report for a terminal; fewer than 60 characters in a line are taken as 60.
  public func text(width: Int = 100) -> String {
    let width = max(60, width)
    let sections = [opening(width), bars(width), variance(width), remarks(width)]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var money: MoneyUnit {
    MoneyUnit(
      suiting: [tornado.mean.value]
        + tornado.bars.flatMap { [$0.low?.mean.value, $0.high?.mean.value].compactMap { $0 } })
  }

  private func cell(_ value: Double) -> String { question.cell(value, money: money) }

  private func opening(_ width: Int) -> [String] {
    var sentence = "What moves \(question.words): \(cell(tornado.mean.value)) on average as the plan stands"
    if let probability = tornado.probability {
      sentence += ", and \(NumberText.percent(probability)) chance of being below nought"
    }
    return heading.lines(width: width) + Paragraph.lines(sentence + ".", width: width)
  }

  /// The places of a bar: fewer where the names leave little room.
  private static func bar(_ width: Int) -> Int { width < 80 ? 12 : 20 }

  private func bars(_ width: Int) -> [String] {
    let ends =
      tornado.bars.flatMap { [$0.low?.mean.value, $0.high?.mean.value].compactMap { $0 } }
      + [tornado.mean.value]
    let moving = tornado.bars.filter { $0.swing != 0 || !$0.refusals.isEmpty }
    guard let least = ends.min(), let most = ends.max(), !moving.isEmpty else {
      return ["None of the assumptions moves it."]
    }
    var columns: [TextGrid.Column] = [
      .init("one at a time", alignment: .left), .init("low"), .init("high"), .init("mean", "at low"),
      .init("mean", "at high"),
    ]
    if tornado.probability != nil { columns += [.init("chance", "at low"), .init("chance", "at high")] }
    columns.append(.init("swing"))
    columns.append(.init("", alignment: .left, isBeside: true, wraps: false))
    var grid = TextGrid(columns)
    for bar in moving {
      let means = [bar.low?.mean.value, bar.high?.mean.value]
      var row = [
        bar.candidate.id, NumberText.significant(bar.candidate.low),
        NumberText.significant(bar.candidate.high),
      ]
      row += means.map { $0.map(cell) ?? NumberText.absent }
      if tornado.probability != nil {
        row += [bar.low, bar.high].map { $0?.probability.map(NumberText.percent) ?? NumberText.absent }
      }
      row.append(cell(abs(bar.swing)))
      row.append(
        least < most
          ? CharacterBar.between(
            means.compactMap { $0 } + (means.contains { $0 == nil } ? [tornado.mean.value] : []),
            middle: tornado.mean.value, in: least...most, width: Self.bar(width)) : "")
      grid.add(row)
    }
    return grid.lines(indent: 0, width: width)
  }

  private func variance(_ width: Int) -> [String] {
    guard shares.variance > 0 else {
      return ["It is the same in every simulated future, so that there is no variance to share out."]
    }
    var grid = TextGrid([
      .init("share of the variance", alignment: .left), .init("what", alignment: .left), .init("share"),
      .init("+/-", isBeside: true),
      .init("", alignment: .left, isBeside: true, wraps: false),
    ])
    func percent(_ share: Double) -> String { NumberText.fixed(share, decimals: 1, dividedByTenTo: -2) + "%" }
    let shown = shares.shares.filter { $0.value > 2 * $0.error }
    for share in shown {
      grid.add([
        share.id, share.kind.rawValue, percent(share.value), percent(share.error),
        CharacterBar.of(share.value, width: Self.bar(width)),
      ])
    }
    let rest = shares.shares.count - shown.count
    if rest > 0 {
      let sum = shares.shares.filter { $0.value <= 2 * $0.error }
      grid.add([
        "\(rest) more, none told apart from nought", "", percent(sum.reduce(0) { $0 + $1.value }),
        percent(sum.reduce(0) { $0 + $1.error * $1.error }.squareRoot()), "",
      ])
    }
    grid.add([
      "together only, or by no single one", Self.remainder, percent(shares.remainder),
      percent(shares.remainderError), CharacterBar.of(shares.remainder, width: Self.bar(width)),
    ])
    grid.add(["all of the variance", "", "100.0%", "", ""])
    return grid.lines(indent: 0, width: width)
  }

  private func remarks(_ width: Int) -> [String] {
    let swings = tornado.bars.compactMap { bar -> Double? in
      if case .swing(let share) = bar.candidate.reason { share } else { nil }
    }
    let hasOutcomes = tornado.bars.contains { $0.candidate.reason == .outcomes }
    var sentences = [
      "One at a time: each assumption with a range at its own 10th and 90th percentile"
        + (swings.first.map {
          ", each fixed number \(NumberText.fixed($0, decimals: 0, dividedByTenTo: -2))% either way"
        } ?? "")
        + (hasOutcomes ? ", the probability of an event at 0 and at 1" : "")
        + ", all else drawn as before with the same random numbers. The line in a bar is the plan as it stands.",
      "Shares are first-order: what a number explains by itself. +/- is one standard error. They sum to 100% with the "
        + "remainder, which is negative where drivers move together.",
    ]
    for bar in tornado.bars {
      sentences += bar.refusals.map { "\(bar.candidate.id): not moved so far: \($0)." }
    }
    sentences += left
    return sentences.flatMap { Paragraph.lines($0, width: width) }
  }
}
