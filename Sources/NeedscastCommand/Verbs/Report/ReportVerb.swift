import ArgumentParser
import Needscast

/// `needscast report`: one plan for everyone who must read it.
struct ReportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Report a plan to those who read it: a page, a workbook, a committee paper, a summary.",
    discussion: """
      Runs the plan of a workspace with its scenarios, asks why its spending changes, what moves the result and what the \
      measures are worth, fills the scorecard and judges the milestones that stand beside the workspace, and writes all of \
      it into a folder. Without --output the executive summary is printed, or with --format the committee paper or the page.

      EXAMPLES:
        needscast report Datasets/sefton --draws 500
        needscast report Datasets/sefton --draws 500 --scenario base --scenario mitigated
        needscast report Datasets/sefton --draws 500 --format markdown
      """)

  @Argument(help: "The workspace: a folder that holds workspace.yaml.")
  var workspace: String

  @Flag(help: "Set what has been published since beside the plan.")
  var compareOutturn = false

  @Option(
    help: ArgumentHelp(
      "A scenario of the workspace, or a file of one; may be repeated; the first is reported in full, the others beside it "
        + "(default: base, then every scenario of the workspace).",
      valueName: "name|file.yaml"))
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp("Plan to this financial year.", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var to: FinancialYear?

  @Option(
    help: ArgumentHelp(
      "Write this part alone into the folder; may be repeated (default: all).",
      valueName: ReportPart.allCases.map(\.rawValue).joined(separator: "|")))
  var part: [ReportPart] = []

  @Option(
    help: ArgumentHelp(
      "How it is printed where no --output is given.",
      valueName: PrintedReport.allCases.map(\.rawValue).joined(separator: "|")))
  var format: PrintedReport?

  @OptionGroup var simulation: SimulationOptions

  @OptionGroup var threads: JobsOption

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the parts into this folder: all of them or none.", valueName: "folder"))
  var output: String?

  @Flag(help: "Replace what is there already.")
  var force = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  @Flag(help: "Use no colour; a summary has none.")
  var noColor = false

  func validate() throws {
    try ArgumentForms.requireFolder(workspace)
    if output == nil, !part.isEmpty {
      throw ValidationError("--part chooses what is written into a folder; name one with --output.")
    }
    if output != nil, format != nil {
      throw ValidationError(
        "--format chooses what is printed; with --output the parts have forms of their own, chosen by --part."
      )
    }
    if let twice = scenario.first(where: { name in scenario.count { $0 == name } > 1 }) {
      throw ValidationError("--scenario \(twice): this is named twice; name each scenario once.")
    }
  }

  func run() throws {
    try Failure.reporting {
      // What cannot be made is refused or left out before the work, not after it.
      let programs = ReportPrograms()
      let parts = try output.map { _ in try programs.parts(of: part, say: say) } ?? []
      let files = scenario.filter { Workspace.isScenarioFile($0) }
      let workspace = try Workspace(reading: self.workspace, scenarioFiles: files)
      let doubts = ComparatorDoubts(workspace.evidence, area: try workspace.plan().area)
      for warning in doubts.gathered(workspace.warnings) { say("\(warning)") }
      let folder = output.map {
        ReportFolder(path: $0, overwrites: force, parts: parts, programs: programs)
      }
      try folder?.check(against: workspace)
      let study = simulation.study(of: workspace, to: to, jobs: threads.count)
      let run = try PlanRun(
        study, scenarios: scenario.isEmpty ? [Workspace.baseScenario] + workspace.scenarios : scenario,
        comparesOutturn: compareOutturn, quiet: quiet)
      var gathering = ReportGathering(run, quiet: quiet)
      let report = try gathering.report()
      if let folder {
        try folder.write(report)
        say("wrote \(folder.files.joined(separator: ", ")) to \(folder.path)")
      } else {
        try StandardStreams.output(try (format ?? .text).text(of: report, on: .output(noColour: noColor)))
      }
      for omission in report.omissions { say("left out: \(omission.part): \(omission.reason)") }
      run.nameRefusals()
      if run.hasRefusals { throw ExitCode(Failure.wrongData) }
    }
  }

  private func say(_ message: String) {
    if !quiet { StandardStreams.error(message + "\n") }
  }
}
