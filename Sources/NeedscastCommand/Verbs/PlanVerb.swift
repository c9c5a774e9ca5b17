import ArgumentParser
import Needscast

/// `needscast plan`: the main job.
struct PlanVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan a workspace's services: need, demand, supply, unmet need, money, chance of overspend.",
    discussion: """
      Reads a workspace (a folder with workspace.yaml), carries its services through simulated futures and reports \
      them by financial year. With --output DIR it writes plan.json, plan.csv and manifest.json there.

      With - it reads requests from standard input, one JSON object to a line, and writes their rows as CSV before it \
      reads the next: {"workspace": "Sefton", "run": "a", "files": {"workspace.yaml": "...", "series/plans.csv": "..."}, \
      "set": ["plan.to=2029/30"]}.

      EXAMPLES:
        needscast plan Datasets/sefton
        needscast plan Datasets/sefton --as-of 2021-09-01 --compare-outturn
        needscast plan Datasets/sefton --scenario base --scenario grant-refused --format csv
        needscast plan Datasets/sefton --set assumptions.plan-approved.value=0 --to 2027/28
        needscast plan - --format csv --errors-inline --tally
      """)

  @Argument(help: "The workspace: a folder that holds workspace.yaml; - for requests on standard input.")
  var workspace: String

  @Flag(help: "Set what has been published since beside the plan.")
  var compareOutturn = false

  @Flag(help: "Show only that comparison and the refusals (text only).")
  var onlyComparison = false

  @Option(
    help: ArgumentHelp(
      "A scenario of the workspace, or a file of one; may be repeated (default: base).",
      valueName: "name|file.yaml"))
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp("Plan to this financial year.", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var to: FinancialYear?

  @Flag(help: "Show the lines of the money, the reasons of the assumptions and the series used (text only).")
  var detail = false

  @OptionGroup var simulation: SimulationOptions

  @OptionGroup var filter: FilterOptions

  @OptionGroup var threads: JobsOption

  @OptionGroup var options: OutputOptions

  func validate() throws {
    if isStream {
      try requireStreamOptions()
      return
    }
    if filter.errorsInline || filter.tally {
      throw ValidationError("--errors-inline and --tally are about requests on standard input; write plan -.")
    }
    if onlyComparison, !compareOutturn {
      throw ValidationError("--only-comparison needs --compare-outturn.")
    }
  }

  func run() throws {
    try Failure.reporting {
      if isStream {
        var stream = PlanStream(
          PlanStream.Defaults(simulation: simulation, scenarios: scenario, to: to, jobs: threads.count),
          filter: filter, quiet: options.quiet)
        try stream.run()
        return
      }
      let files = scenario.filter { Workspace.isScenarioFile($0) }
      let workspace = try Workspace(reading: self.workspace, scenarioFiles: files)
      let doubts = ComparatorDoubts(workspace.evidence, area: try workspace.plan().area)
      for warning in doubts.gathered(workspace.warnings) { options.say("\(warning)") }
      let folder = options.output.map { PlanFolder(path: $0, overwrites: options.force) }
      try folder?.check(against: workspace)
      let run = try PlanRun(
        simulation.study(of: workspace, to: to, jobs: threads.count),
        scenarios: scenario, comparesOutturn: compareOutturn, quiet: options.quiet)
      if let folder {
        try folder.write(run)
        options.say("wrote \(PlanFolder.files.joined(separator: ", ")) to \(folder.path)")
      } else {
        let page = options.page
        try StandardStreams.output(page.shown(try text(of: run, on: page)))
      }
      // The text says itself what could not be planned.
      if options.output != nil || options.format != .text { run.nameRefusals() }
      if run.hasRefusals { throw ExitCode(Failure.wrongData) }
    }
  }

  private func text(of run: PlanRun, on page: Terminal) throws -> String {
    switch options.format {
    case .json: return try PlanJSON.text(run.outcomes, overrides: run.changes, changes: run.scenarioChanges)
    case .csv: return PlanCSV.text(run.outcomes)
    case .text:
      let table = PlanTable(
        name: run.definition.name, detail: detail ? .full : .summary, width: page.width,
        overrides: run.changes, changes: run.scenarioChanges, style: page.style)
      return run.outcomes.map { onlyComparison ? table.hindcast($0) : table.text($0) }
        .joined(separator: "\n")
    }
  }
}

extension PlanVerb {
  /// Whether requests come from standard input.
  private var isStream: Bool { workspace == "-" }

  /// Refuses what means nothing where the plans of many workspaces go to standard output row by row.
  private func requireStreamOptions() throws {
    if options.format != .csv {
      throw ValidationError(
        "The plans of standard input are written as CSV, row by row as they come; add --format csv.")
    }
    if options.output != nil {
      throw ValidationError(
        "The plans of standard input go to standard output as they come; leave out --output and send that to a file."
      )
    }
    if detail || compareOutturn || onlyComparison {
      throw ValidationError(
        "--detail, --compare-outturn and --only-comparison are for the plan of one folder; leave them out, or name it."
      )
    }
    if let file = scenario.first(where: { Workspace.isScenarioFile($0) }) {
      throw ValidationError(
        "--scenario \(file): a workspace of standard input has no files but those of its request; name a scenario, and "
          + "list its file under scenario-files in workspace.yaml.")
    }
  }
}
