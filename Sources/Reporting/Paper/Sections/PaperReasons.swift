import Commissioning
import TimeSeries

/// Why the recommendations are put: what becomes of need, and why the spending changes.
struct PaperReasons {
  /// How old the published money of each service is.
  let ages: [String]
  let needs: [String]
  let bridge: PaperTable?
  let largest: [String]

  init(_ report: PlanReport, numbers: inout PaperNumbers) {
    ages = report.outcome.services.map(Self.age)
    needs = SummaryOfNeed(outcome: report.outcome).sentences
    bridge = Self.table(report, &numbers)
    largest = report.bridges.compactMap { Self.sentence($0, in: report) }
  }

  /// From which year on a service's money is no longer published, which a reader must know before any forecast.
  private static func age(_ service: ServiceOutcome) -> String {
    let money = service.years.filter { $0.spend != nil }
    guard let published = money.last(where: { $0.kind == .outturn }) else {
      return "\(service.name): no year's money is published; every figure is an estimate or a forecast."
    }
    let later = money.count { $0.year > published.year }
    return "\(service.name): the last year whose money is published is \(published.year)"
      + (later == 0 ? "." : "; the \(NumberText.whole(later)) after it are estimates and forecasts.")
  }

  private static func name(_ id: String, in report: PlanReport) -> String {
    report.outcome.services.first { $0.id == id }?.name ?? id
  }

  private static func table(_ report: PlanReport, _ numbers: inout PaperNumbers) -> PaperTable? {
    guard !report.bridges.isEmpty else { return nil }
    let unit = PaperWords.unit(report.bridges.flatMap { [$0.summary.from.pounds, $0.summary.to.pounds] })
    func sum(_ bridge: BridgeReport, _ ids: Set<String>) -> String {
      unit.cell(bridge.summary.steps.filter { ids.contains($0.id) }.reduce(0) { $0 + $1.mean.pounds })
    }
    let parts = Set(CostBridge.Part.allCases.map(\.rawValue))
    return PaperTable(
      &numbers, "Why the expected spending changes, \(PaperWords.name(unit))",
      [
        "Service", "From", "Spending then", "More or fewer people", "Share who need it", "Kind of place",
        "Price",
        "Other", "To", "Spending then",
      ], words: [1, 8],
      rows: report.bridges.map { one in
        let isDivided = one.bridge.isDividedByPopulation
        return [
          name(one.service, in: report), one.bridge.from, unit.cell(one.summary.from.pounds),
          isDivided ? sum(one, ["population"]) : NumberText.absent,
          sum(one, ["volume"]), sum(one, ["mix"]), sum(one, ["price"]),
          unit.cell(one.summary.steps.filter { !parts.contains($0.id) }.reduce(0) { $0 + $1.mean.pounds }),
          one.bridge.to, unit.cell(one.summary.to.pounds),
        ]
      },
      note:
        "Worked out inside each simulated future and averaged. Where no population is stated, \"share who need it\" is the "
        + "whole change in numbers. Kind of place: moves between dearer and cheaper places.")
  }

  /// The step that moves the cost most.
  private static func sentence(_ one: BridgeReport, in report: PlanReport) -> String? {
    let change = one.summary.change.pounds
    guard let step = one.summary.steps.max(by: { $0.mean.pounds * change < $1.mean.pounds * change }),
      step.mean.pounds * change > 0
    else { return nil }
    let unit = MoneyUnit(suiting: [change, step.mean.pounds])
    let what: String =
      switch step.id {
      case "population": "the number of people in the area"
      case "volume":
        one.bridge.isDividedByPopulation
          ? "the share of people who need it" : "the number of people who use it"
      case "mix": "the kind of place that is used"
      case "price": "the price of a place or treatment"
      default: "the line \"\(step.name)\""
      }
    return
      "\(name(one.service, in: report)): spending is expected to \(change > 0 ? "rise" : "fall") by "
      + "\(unit.sentence(change.magnitude)) from \(one.bridge.from) to \(one.bridge.to); the largest part, "
      + "\(unit.sentence(step.mean.pounds.magnitude)), comes from \(what)."
  }
}
