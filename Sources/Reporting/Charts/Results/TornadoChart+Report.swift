import Commissioning
import RealModule

extension TornadoChart {
  /// What moves a figure of a plan most, as a chart: the widest bars, with a note that says how many are left out.
  ///
  /// A number of which the plan refuses an end is not drawn, and named in a note with the reason.
  ///
  /// - Parameters:
  ///   - report: the tornado.
  ///   - assumptions: what the plan assumes, of which those that are written as percentages are shown so; without them,
  ///     numbers stand as the plan holds them.
  ///   - service: the name that people use for the service; the name that scripts use unless it is given.
  ///   - most: the most bars that are drawn; at least 1.
  ///   - identifier: what the ids of the document begin with.
  /// - Throws: ``ReportingError/chart(_:)`` where nothing moves the figure.
  public init(
    _ report: TornadoReport, assumptions: [Assumption] = [], service: String? = nil, most: Int = 12,
    identifier: String = "tornado"
  ) throws(ReportingError) {
    let tornado = report.tornado
    let question = report.question
    let words =
      "\(question.figure.words) of \(service ?? question.service ?? "all services") in \(question.year)"
    let unit: ChartUnit = question.figure.isMoney ? .pounds : .count(question.figure.words)
    var bars: [Bar] = []
    var refused: [String] = []
    var still = 0
    for one in tornado.bars {
      guard let low = one.low, let high = one.high else {
        refused.append("\(one.candidate.id) (\(one.refusals.joined(separator: "; ")))")
        continue
      }
      guard one.swing != 0 || low.mean.value != high.mean.value else {
        still += 1
        continue
      }
      let isPercentage = assumptions.first { $0.id == one.candidate.id }?.isPercentage ?? false
      func setting(_ value: Double) -> String {
        isPercentage ? Self.short(value * 100) + "%" : Self.short(value)
      }
      let ends = "\(setting(low.value)) to \(setting(high.value))"
      bars.append(Bar("\(one.candidate.id): \(ends)", low: low.mean.value, high: high.mean.value))
    }
    let drawn = Array(bars.prefix(max(1, most)))
    guard let first = drawn.first,
      let widest = tornado.bars.first(where: { $0.swing != 0 && $0.low != nil && $0.high != nil })
    else {
      throw .chart(
        "nothing that the plan assumes moves \(question.words), so that there is no tornado; ask about another figure"
      )
    }
    let figures = FigureText(unit, showing: [tornado.mean.value] + drawn.flatMap { [$0.low, $0.high] })
    var notes: [String] = []
    if bars.count > drawn.count {
      let left = bars.count - drawn.count
      notes.append(
        "\(left) more that \(left == 1 ? "moves" : "move") it less \(left == 1 ? "is" : "are") not drawn.")
    }
    if still > 0 { notes.append("\(still) more \(still == 1 ? "does" : "do") not move it.") }
    if !refused.isEmpty {
      notes.append("Not drawn, because the plan refuses an end: \(refused.joined(separator: ", ")).")
    }
    notes += report.left
    try self.init(
      title: "\(widest.candidate.id) moves the \(words) most: "
        + "from \(figures.text(first.low)) to \(figures.text(first.high))"
        + (report.heading.draws == 1 ? " in one simulated future" : " on average"),
      subtitle:
        "\(report.heading.area), scenario \(report.heading.scenario), as known on \(report.heading.asOf); each "
        + "number moved alone between the ends beside its name, \(NumberText.whole(report.heading.draws)) simulated futures",
      unit: unit, base: tornado.mean.value, bars: drawn, notes: notes, identifier: identifier)
  }

  /// A number to three significant digits, without the noughts at its end: `0.0219`, `9,000`.
  private static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite, value.magnitude >= 1e-6, value.magnitude < 1e9 else {
      return NumberText.significant(value)
    }
    let size = Int(Double.log10(value.magnitude).rounded(.down))
    var text = NumberText.fixed(value, decimals: max(0, 2 - size))
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text
  }
}
