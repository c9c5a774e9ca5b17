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

      EXAMPLES:
        needscast plan Datasets/sefton
        needscast plan Datasets/sefton --as-of 2021-09-01 --compare-outturn
        needscast plan Datasets/sefton --scenario base --scenario grant-refused --format csv
        needscast plan Datasets/sefton --set assumptions.plan-approved.value=0 --to 2027/28
      """)

  @Argument(help: "The workspace: a folder that holds workspace.yaml.")
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

  @OptionGroup var threads: JobsOption

  @OptionGroup var options: OutputOptions

  func validate() throws {
    try ArgumentForms.requireFolder(workspace)
    if onlyComparison, !compareOutturn {
      throw ValidationError("--only-comparison needs --compare-outturn.")
    }
  }

  func run() throws {
    try Failure.reporting {
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
