import Indicators
import TimeSeries

/// The performance measures of an improvement plan, read from YAML: wording, baselines, dated milestones and what each is
/// measured by.
///
/// A measure with something wrong in it is left out and named in ``problems``, all that is wrong with it at once; the others
/// can still be judged.
public struct TrajectoryFile: Sendable {
  /// The name of the file in the folder of a workspace.
  public static let usualName = "kpis.yaml"

  /// An action of the plan.
  public struct Action: Hashable, Sendable {
    /// Its number.
    public let number: Int
    /// What it is for.
    public let title: String
  }

  /// A performance measure, and the series that it is measured by.
  public struct Entry: Sendable {
    /// The definition.
    public let trajectory: Trajectory
    /// The series of the workspace that holds its figures; nil where there is none.
    public let series: String?
    /// Why that series is not quite the plan's measure; nil where it is.
    public let proxy: String?
  }

  /// The file, as it was named.
  public let file: String
  /// The name of the plan.
  public let plan: String
  /// Where the wording stands.
  public let source: String
  /// When the plan became public; nil where the file does not say.
  public let published: CivilDate?
  /// The area whose figures are the national average.
  public let national: String
  /// When a milestone whose figure is to come is on track.
  public let rules: TrajectoryRules
  /// What "plus 10%" of a measure in per cent adds; nil where that is not declared.
  public let increase: MilestoneRule.Increase?
  /// The actions, in the order of the file.
  public let actions: [Action]
  /// The measures that can be judged, in the order of the file.
  public let entries: [Entry]
  /// What is wrong with the others.
  public let problems: [Problem]

  /// Reads a file of performance measures.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - evidence: the series that baselines, levels and figures may name.
  ///   - area: the area that the plan is for.
  /// - Throws: ``EvidenceError`` where the file cannot be read, or is not of this kind at all.
  public static func read(
    _ path: String, evidence: Panel, area: String
  ) throws(EvidenceError) -> TrajectoryFile {
    try TrajectoryFile(try FileContents.read(path), evidence: evidence, area: area)
  }

  /// Reads contents that are at hand.
  public init(_ contents: FileContents, evidence: Panel, area: String) throws(EvidenceError) {
    guard let text = String(validating: contents.bytes, as: UTF8.self) else {
      throw .badData(Problem(file: contents.path, message: "this is not UTF-8; save it as UTF-8"))
    }
    let root = try WorkspaceNode(yaml: text, file: contents.path)
    let fields = try root.fields(
      required: ["needscast", "plan", "kpis"],
      optional: ["source", "published", "national", "settings", "actions"])
    file = contents.path
    // What is wrong with the head of the file does not hide what is wrong with its measures.
    var head = GatheredFaults()
    _ = head.keep { () throws(EvidenceError) in try fields["needscast"].version() }
    plan = head.keep { () throws(EvidenceError) in try fields["plan"].text() } ?? ""
    source = head.keep { () throws(EvidenceError) in try fields.optional("source")?.text() ?? "" } ?? ""
    published = head.keep { () throws(EvidenceError) in try fields.optional("published")?.date() } ?? nil
    national =
      head.keep { () throws(EvidenceError) in try fields.optional("national")?.text() ?? "England" } ?? ""
    let settings = try TrajectorySettings(fields.optional("settings"))
    rules = settings.rules
    increase = settings.increase
    actions = try Self.actions(fields.optional("actions"))
    var reading = TrajectoryReading(
      evidence: evidence, area: area, increase: settings.increase, actions: Set(actions.map(\.number)))
    for node in try fields["kpis"].items() { reading.read(node) }
    guard head.problems.isEmpty else {
      throw .badData(problems: head.problems + reading.problems, omitted: 0)
    }
    entries = reading.entries
    problems = reading.problems
  }

  private static func actions(_ node: WorkspaceNode?) throws(EvidenceError) -> [Action] {
    var actions: [Action] = []
    for (key, value) in try node?.entries() ?? [] {
      guard let number = Int(key.name), number >= 1 else {
        throw value.problem("\"\(key.name)\" is not the number of an action; write a whole number from 1")
      }
      actions.append(Action(number: number, title: try value.text()))
    }
    return actions
  }
}

/// The settings of a file of performance measures.
struct TrajectorySettings {
  let rules: TrajectoryRules
  let increase: MilestoneRule.Increase?

  init(_ node: WorkspaceNode?) throws(EvidenceError) {
    guard let node else {
      rules = .standard
      increase = nil
      return
    }
    let fields = try node.fields(
      required: [],
      optional: ["baseline-plus", "on-track-from", "at-risk-from", "at-risk-share", "figures-to-forecast"])
    increase = try fields.optional("baseline-plus")?.choice(MilestoneRule.Increase.self)
    let standard = TrajectoryRules.standard
    let onTrack = try fields.optional("on-track-from")?.share() ?? standard.onTrackFrom
    let atRisk = try fields.optional("at-risk-from")?.share() ?? standard.atRiskFrom
    let share = try fields.optional("at-risk-share")?.share() ?? standard.atRiskShare
    let figures =
      try fields.optional("figures-to-forecast")?.wholeNumber(1...1000) ?? standard.figuresToForecast
    do throws(IndicatorsError) {
      rules = try TrajectoryRules(
        onTrackFrom: onTrack, atRiskFrom: atRisk, atRiskShare: share, figuresToForecast: figures)
    } catch {
      throw node.problem("\(error)")
    }
  }
}
