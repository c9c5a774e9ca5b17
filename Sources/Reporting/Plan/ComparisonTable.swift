import Commissioning
import TimeSeries

/// What a plan forecast, beside what has been published since.
struct ComparisonTable {
  private let comparisons: [OutturnComparison]
  private let names: [String: String]
  private let hasChances: Bool

  init(_ outcome: PlanOutcome) {
    comparisons = outcome.comparisons
    hasChances = outcome.draws > 1
    names = Dictionary(
      outcome.services.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  /// The comparison; no lines where none was asked for or nothing has been published.
  func lines(width: Int, style: TextStyle = .plain) -> [String] {
    if comparisons.isEmpty { return [] }
    let title = "Compared with what has been published since"
    var grid = TextGrid([
      .init("", alignment: .left), .init("forecast", "mean"), .init("80% interval"), .init("95% interval"),
      .init("published"),
      .init(
        "where it fell", alignment: .left,
        tone: {
          $0 == "inside 80%" ? .good : $0 == "inside 95%" ? .warning : $0 == "outside 95%" ? .bad : nil
        }),
    ])
    var service: String?
    var figure: String?
    for comparison in comparisons {
      if comparison.service != service {
        grid.addLine(names[comparison.service] ?? comparison.service)
        service = comparison.service
        figure = nil
      }
      if comparison.figure != figure {
        grid.addLine("  \(comparison.name)")
        figure = comparison.figure
      }
      grid.add(row(comparison))
    }
    let count80 = comparisons.count { $0.isInside80 }
    let count95 = comparisons.count { $0.isInside95 }
    let table =
      style.underlined(title, width: width)
      + grid.lines(indent: 0, width: width, style: style)
    if !hasChances { return table }
    return table
      + Paragraph.lines(
        "Inside the 80% interval: \(count80) of \(comparisons.count); inside the 95% interval: \(count95) of "
          + "\(comparisons.count).", width: width)
  }

  private func row(_ comparison: OutturnComparison) -> [String] {
    let one = comparison.forecast.distribution
    let shown = [comparison.forecast.mean, comparison.actual] + [one?.p2_5, one?.p97_5].compactMap { $0 }
    let isMillions = shown.contains { $0.magnitude >= 1e6 }
    let decimals = NumberText.decimals(showing: shown)
    func text(_ value: Double) -> String {
      let number =
        isMillions
        ? NumberText.fixed(value, decimals: 1, dividedByTenTo: 6) + "m"
        : NumberText.fixed(value, decimals: decimals)
      guard comparison.isMoney else { return number }
      return number.hasPrefix("-") ? "-£" + number.dropFirst() : "£" + number
    }
    func interval(_ ends: (Quantity.Distribution) -> (Double, Double)) -> String {
      guard let one else { return "known" }
      let (lower, upper) = ends(one)
      return hasChances ? "\(text(lower)) to \(text(upper))" : NumberText.absent
    }
    let verdict =
      comparison.isInside80 ? "inside 80%" : comparison.isInside95 ? "inside 95%" : "outside 95%"
    return [
      "    \(comparison.period.label)", text(comparison.forecast.mean),
      interval { ($0.p10, $0.p90) }, interval { ($0.p2_5, $0.p97_5) }, text(comparison.actual),
      hasChances ? verdict : NumberText.absent,
    ]
  }
}
