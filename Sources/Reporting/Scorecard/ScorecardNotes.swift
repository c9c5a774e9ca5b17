import Indicators

/// What stands under a card: rules, targets in words, what could not be read, and what is not available and why.
struct ScorecardNotes {
  let report: ScorecardReport
  let problems: [String]
  let width: Int
  let style: TextStyle

  init(_ report: ScorecardReport, problems: [String], width: Int, style: TextStyle = .plain) {
    self.style = style
    self.report = report
    self.problems = problems
    self.width = width
  }

  /// The notes as lines.
  var lines: [String] {
    var lines = rules
    if !report.scorecard.statedTargets.isEmpty { lines += [""] + targets }
    if !problems.isEmpty {
      lines += ["", style.painted("WHAT IS WRONG IN THE DEFINITION", .heading)]
      for problem in problems { lines += item(problem) }
    }
    return lines + [""] + withoutFigures + [""] + missing
  }

  private func item(_ text: String, first: String = "- ") -> [String] {
    Paragraph.lines(text, first: first, width: width)
  }

  private var rules: [String] {
    var lines = [style.painted("HOW THIS CARD IS READ", .heading)]
    for rule in [RatingRule.automatic, .target, .benchmark, .quartile, .none] {
      lines += item(rule.statement)
    }
    lines += item(
      "place: among the area and its statistical neighbours with a figure for the same period; 1 is the best, of a "
        + "neutral indicator the highest")
    lines += item(
      "untested: the difference from England or the region, of which nobody can say whether it is beyond chance, because "
        + "neither counts nor intervals are published")
    lines += item(
      "recent trend: OHID's test of the last five yearly figures at 99.8%; it needs counts, which most published rates "
        + "come without. Mann-Kendall with Sen's slope, at 95% and since the last break, stands beside it as a second "
        + "line of evidence and needs none; with few figures it seldom finds anything")
    lines += item(
      "variation and assurance icons: an XmR chart as in Making Data Count, from 12 points on")
    lines += item(
      "next and forecast: the median and the interval that holds the figure in 80 of 100 futures, from the automatic "
        + "forecaster: with the same measure of other areas where at least three have it and that serves the forecast, else "
        + "from the series alone; breaks are bridged")
    if report.isHindcast {
      lines += item(
        "definitions and reasons are as they stand now, and may tell of what came after \(report.context.asOf); figures, "
          + "colours and forecasts do not")
    }
    lines += item("source: \(report.scorecard.source)")
    return lines
  }

  private var targets: [String] {
    var lines = ["TARGETS AS THE PLAN WORDS THEM"]
    for target in report.scorecard.statedTargets {
      let measured =
        target.indicator.map { "see \($0)" } ?? "not measured: \(target.reason ?? "no indicator measures it")"
      lines += item("\(target.text): \(measured)", first: "\(target.id) ")
    }
    return lines
  }

  private var withoutFigures: [String] {
    let empty = report.results.filter { !$0.hasFigure }
    if empty.isEmpty { return ["Every line has a figure."] }
    return ["NO FIGURES, AND WHY"]
      + grouped(empty.map { ($0.latest.reason ?? "", $0.indicator.id) })
  }

  /// What else is not available: of each thing, the lines that have the same reason together.
  private var missing: [String] {
    var all: [(reason: String, id: String)] = []
    for what in Self.order {
      for result in report.results where result.hasFigure {
        // A neutral line says so itself.
        if what == "colour", result.rating.passedOver.isEmpty { continue }
        for missing in result.missing where missing.what == what {
          all.append(
            (
              "\(what): \(ScorecardWords.bare(missing.reason, of: result, area: report.context.area))",
              result.indicator.id
            ))
        }
      }
    }
    if all.isEmpty { return ["Nothing else is missing."] }
    return ["NOT AVAILABLE FOR LINES WITH A FIGURE, AND WHY"] + grouped(all)
  }

  /// The order in which what is missing is told. Why a target is not judged stands beside it.
  private static let order = [
    "colour",
    "standing beside benchmark and region", "standing beside the benchmark", "standing beside the region",
    "neighbours", "previous figure", "recent trend", "Mann-Kendall and Sen", "variation and assurance icons",
    "variation icon", "assurance icon", "forecast",
  ]

  private func grouped(_ pairs: [(reason: String, id: String)]) -> [String] {
    var order: [String] = []
    var ids: [String: [String]] = [:]
    for pair in pairs {
      if ids[pair.reason] == nil { order.append(pair.reason) }
      ids[pair.reason, default: []].append(pair.id)
    }
    return order.flatMap { reason in
      item("\(reason) (\((ids[reason] ?? []).joined(separator: ", ")))")
    }
  }
}
