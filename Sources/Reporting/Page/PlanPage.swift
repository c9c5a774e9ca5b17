import Commissioning

/// A plan as one page for a browser: everything in one file, without scripts and without anything from elsewhere.
///
/// It is read from a telephone to a wide screen, in light and in dark, aloud, and on A4 paper. The same report gives the
/// same bytes.
public struct PlanPage: Sendable {
  private let report: PlanReport

  /// Describes a page.
  public init(_ report: PlanReport) { self.report = report }

  /// The page, with a line feed at the end.
  ///
  /// It is HTML that also reads as XML.
  ///
  /// - Throws: ``ReportingError`` when a figure cannot be drawn because it is no finite number in some future.
  public func html() throws(ReportingError) -> String {
    var summary = try SummaryPart(report).section()
    var sections = [ReadingPart(report).section()]
    for index in report.outcome.services.indices {
      if let part = ServicePart(report, index: index) { sections.append(try part.section()) }
    }
    sections.append(try TotalPart(report).section())
    if let part = ScenariosPart(report) { sections.append(try part.section()) }
    if !report.bridges.isEmpty { sections.append(try BridgesPart(report).section()) }
    if let tornado = report.tornado { sections.append(try TornadoPart(report, tornado).section()) }
    if let part = MeasuresPart(report) { sections.append(part.section()) }
    if let part = OutturnPart(report) { sections.append(part.section()) }
    if let card = report.scorecard { sections.append(ScorecardPart(card).section()) }
    if let (heading, milestones) = report.milestones {
      sections.append(MilestonesPart(milestones, heading).section())
    }
    sections.append(AssumptionsPart(report).section())
    sections.append(EvidencePart(report).section())
    sections.append(MethodPart(report).section())
    sections.append(OmissionsPart(report).section())
    sections.append(ManifestPart(report).section())
    var (tables, figures) = (0, 0)
    summary.number(tables: &tables, figures: &figures)
    for index in sections.indices { sections[index].number(tables: &tables, figures: &figures) }
    return try PageTemplates.page(
      PageContext(
        title: report.name, area: report.area, facts: facts, summary: summary, sections: sections,
        colours: ChartColour.styleSheet, maker: "Needscast \(report.manifest.version)"))
  }

  /// What the page is a report of.
  private var facts: [String] {
    let outcome = report.outcome
    let futures =
      outcome.draws == 1 ? "1 simulated future" : "\(NumberText.whole(outcome.draws)) simulated futures"
    let heading = PlanHeading(
      name: report.name, overrides: report.overrides,
      changes: [ScenarioChanges(scenario: report.main.name, changes: report.main.chain.flatMap(\.changes))])
    return [
      "As known on \(SummaryWords.day(outcome.asOf))",
      "Scenario \(outcome.scenario), \(futures), seed \(outcome.seed)", heading.standing(outcome),
    ]
  }
}
