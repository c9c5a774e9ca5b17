import ArgumentParser
import Needscast

/// `needscast kpi`: will we reach the milestones of our improvement plan?
struct KPIVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kpi",
    abstract:
      "Set the milestones of an improvement plan beside what was published, and say how likely the others are.",
    discussion: """
      Reads the performance measures of an improvement plan, wording, baselines and dated milestones, from kpis.yaml in the \
      folder of a workspace, and judges each milestone by the series of the workspace or by figures of your own: met, \
      missed, on track, at risk, off track, not yet due or not measurable, always with the reason, the change that is needed \
      and, where it can be forecast, the probability of reaching it.

      EXAMPLES:
        needscast kpi Datasets/sefton
        needscast kpi Datasets/sefton --id 1/1 --as-of 2020-02-01
        needscast kpi Datasets/sefton --actuals Datasets/invented/kpi-actuals.csv --as-of 2020-08-31
        needscast kpi Datasets/sefton --action 5 --format csv
      """)

  @Argument(help: "The folder of a workspace.")
  var workspace: String

  @Option(
    help: ArgumentHelp(
      "The performance measures; kpis.yaml in the workspace unless given.", valueName: "file"))
  var kpis: String?

  @Option(
    help: ArgumentHelp(
      "A series file with figures of your own: series is the id of a measure, then period and value.",
      valueName: "file"))
  var actuals: String?

  @Option(
    help: ArgumentHelp(
      "Judge by what was published on this day; the latest day of publication unless given.",
      valueName: "yyyy-mm-dd"),
    transform: ArgumentForms.day)
  var asOf: CivilDate?

  @Option(help: ArgumentHelp("Only the measures of this action.", valueName: "number"))
  var action: Int?

  @Option(
    help: ArgumentHelp(
      "Only this measure, by its id or reference, such as 1/2a; repeatable.", valueName: "id"))
  var id: [String] = []

  @OptionGroup var options: OutputOptions

  func validate() throws {
    try ArgumentForms.requireFolder(workspace)
  }

  func run() throws {
    try Failure.reporting {
      let workspace = try Workspace(reading: self.workspace)
      let area = try workspace.plan().area
      let doubts = ComparatorDoubts(workspace.evidence, area: area)
      for warning in doubts.gathered(workspace.warnings) { options.say("\(warning)") }
      let path = kpis ?? "\(workspace.folder)/\(TrajectoryFile.usualName)"
      try OutputTarget.check(
        options.target, against: workspace.files.map(\.location) + [path] + [actuals].compactMap { $0 },
        overwrite: options.force)
      let file = try TrajectoryFile.read(path, evidence: workspace.evidence, area: area)
      let given = try actuals.map { try TrajectoryActuals(reading: $0, for: file) }
      for note in given?.notes ?? [] { options.say(note) }
      let problems = file.problems + (given?.problems ?? [])
      for problem in problems { StandardStreams.error("\(problem)\n") }
      try checkSelection(in: file)
      let published = [workspace.latestPublication, given?.latestPublication].compactMap { $0 }.max()
      guard let day = asOf ?? published else {
        throw Failure(
          "\(self.workspace): nothing in it has a date of publication; say --as-of yyyy-mm-dd",
          code: Failure.wrongData)
      }
      let (report, refusals) = Progress.during(
        "judging", unit: "measures", of: file.entries.count, quiet: options.quiet
      ) { progress in
        file.report(asOf: day, evidence: workspace.evidence, area: area, actuals: given) { trajectory in
          defer { progress.advance() }
          return isWanted(trajectory)
        }
      }
      let table = TrajectoryTable(
        report, heading: file.heading(area: area, asOf: day, known: published, hasOwnFigures: actuals != nil))
      switch options.format {
      case .text: try options.write(table.text(width: options.page.width, style: options.page.style))
      case .csv: try options.write(table.csv())
      case .json: try options.write(try table.json())
      }
      for refusal in refusals { StandardStreams.error(refusal + "\n") }
      if !problems.isEmpty || !refusals.isEmpty { throw ExitCode(Failure.wrongData) }
    }
  }

  // MARK: Which measures

  private func isWanted(_ trajectory: Trajectory) -> Bool {
    (action.map { $0 == trajectory.action } ?? true)
      && (id.isEmpty || id.contains { Self.names(of: trajectory).contains($0) })
  }

  /// The names by which a measure can be asked for: `1/1-writing`, `KPI 1/1` and `1/1`.
  private static func names(of trajectory: Trajectory) -> [String] {
    let reference = trajectory.reference
    return [trajectory.id, reference]
      + (reference.hasPrefix("KPI ") ? [String(reference.dropFirst("KPI ".count))] : [])
  }

  private func checkSelection(in file: TrajectoryFile) throws {
    let trajectories = file.entries.map(\.trajectory)
    if let action, !trajectories.contains(where: { $0.action == action }) {
      let known = Set(trajectories.map(\.action)).sorted().map { "\($0)" }.joined(separator: ", ")
      throw Failure(
        "--action \(action): there is no such action with a sound measure in \(file.file); there are \(known)",
        code: Failure.wrongArguments)
    }
    let names = trajectories.flatMap(Self.names)
    for one in id where !names.contains(one) {
      throw Failure(
        "--id \(one): there is no such measure in \(file.file); "
          + NearestName.advice(for: one, among: trajectories.map(\.id)), code: Failure.wrongArguments)
    }
    if !trajectories.isEmpty, !trajectories.contains(where: isWanted) {
      throw Failure(
        "--action and --id leave no measure; ask for one of them", code: Failure.wrongArguments)
    }
  }
}
