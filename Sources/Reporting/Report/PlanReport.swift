import Commissioning
import Indicators

/// One plan for all of its readers: what the page, the workbook and the committee paper are made of, so that each of
/// them shows the same figures.
///
/// It holds results only. Whoever puts it together has run the plan, its scenarios and the questions; a part that
/// could not be worked out is nil and stands in ``omissions`` with the reason.
public struct PlanReport: Sendable {
  /// A part that the report has not, and why.
  public struct Omission: Hashable, Sendable {
    /// The part, as a heading names it.
    public let part: String
    /// The sentence that says why.
    public let reason: String

    /// A part that is left out.
    public init(part: String, reason: String) {
      self.part = part
      self.reason = reason
    }
  }

  /// One scenario of the plan.
  public struct Side: Sendable {
    /// What it changes and why, the farthest that it inherits from first; none for the workspace as it stands.
    public let chain: [ScenarioSummary]
    /// What it comes to in every simulated future.
    public let paths: PlanPaths
    /// What it comes to, summarised.
    public let outcome: PlanOutcome

    /// A scenario, summarised from its futures.
    ///
    /// - Throws: ``CommissioningError/invalid(service:reason:)`` when a figure is not a finite number in some future.
    public init(chain: [ScenarioSummary], paths: PlanPaths) throws(CommissioningError) {
      self.chain = chain
      self.paths = paths
      outcome = try PlanOutcome(paths)
    }

    /// Its name; `base` for the workspace as it stands.
    public var name: String { paths.scenario }
  }

  /// The plan as the workspace defines it in the first scenario.
  public let definition: PlanDefinition
  /// The scenarios of one run; the first is the one that is reported in full. There is at least one.
  public let sides: [Side]
  /// What was set over the workspace in every scenario, `path=value`, in the order given.
  public let overrides: [String]
  /// The others beside the first; nil where there is one scenario.
  public let comparison: ScenarioComparison?
  /// Why the spending of a service goes from its first year to its last, for the services of which that can be said.
  public let bridges: [BridgeReport]
  /// What moves the figure that matters most.
  public let tornado: TornadoReport?
  /// What the measures of the register are worth.
  public let measures: MeasureWorth?
  /// The scorecard of the area.
  public let scorecard: ScorecardReport?
  /// The milestones of the improvement plan.
  public let milestones: (heading: TrajectoryHeading, report: TrajectoryReport)?
  /// What the run was made of.
  public let manifest: Manifest
  /// The parts that are not here, each with the reason.
  public let omissions: [Omission]

  /// Puts together a report.
  ///
  /// - Throws: ``ReportingError/nothingToReport`` without a scenario, ``ReportingError/mixedRuns(scenario:what:)`` when
  ///   the scenarios are not of one run.
  public init(
    definition: PlanDefinition, sides: [Side], overrides: [String] = [],
    comparison: ScenarioComparison? = nil, bridges: [BridgeReport] = [], tornado: TornadoReport? = nil,
    measures: MeasureWorth? = nil, scorecard: ScorecardReport? = nil,
    milestones: (heading: TrajectoryHeading, report: TrajectoryReport)? = nil, manifest: Manifest,
    omissions: [Omission] = []
  ) throws(ReportingError) {
    guard let first = sides.first else { throw .nothingToReport }
    for side in sides.dropFirst() {
      func mixed(_ what: String) -> ReportingError { .mixedRuns(scenario: side.name, what: what) }
      if side.paths.area != first.paths.area { throw mixed("area") }
      if side.paths.asOf != first.paths.asOf { throw mixed("date of knowledge") }
      if side.paths.seed != first.paths.seed { throw mixed("seed") }
      if side.paths.draws != first.paths.draws { throw mixed("number of draws") }
    }
    self.definition = definition
    self.sides = sides
    self.overrides = overrides
    self.comparison = comparison
    self.bridges = bridges
    self.tornado = tornado
    self.measures = measures
    self.scorecard = scorecard
    self.milestones = milestones
    self.manifest = manifest
    self.omissions = omissions
    main = first
  }

  /// The scenario that is reported in full.
  public let main: Side

  /// The rows of files that a series was read from, under the names of the manifest: where the workspace lies on
  /// somebody's machine is nobody else's business, and must not change a byte.
  func rows(of used: PlanOutcome.UsedSeries) -> String? {
    EvidenceDocument(used).row?.split(separator: "; ").map { part in
      let path = part.prefix { $0 != ":" }
      let input = manifest.inputs.first { path == $0.path || path.hasSuffix("/" + $0.path) }
      return input.map { $0.path + part.dropFirst(path.count) } ?? String(part)
    }.joined(separator: "; ")
  }

  /// The plan's title.
  public var name: String { definition.name }
  /// The area that is planned for.
  public var area: String { main.paths.area }
  /// What it comes to, summarised.
  public var outcome: PlanOutcome { main.outcome }
}
