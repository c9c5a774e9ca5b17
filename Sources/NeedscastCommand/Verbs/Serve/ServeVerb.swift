import ArgumentParser
import Explorer
import Needscast

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `needscast serve`: a local page on which a plan can be moved.
struct ServeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract:
      "Serve a page, to this machine alone, on which sliders move a plan and settings become scenarios.",
    discussion: """
      Reads a workspace once and prints the address of a page on one line. The page belongs to whoever has that \
      address: it holds a secret of this run, no other machine can reach it, and other pages are refused. What the page \
      shows is what needscast plan prints with the same --set, --scenario, --draws and --seed. Ctrl-C ends it.

      EXAMPLES:
        needscast serve Datasets/sefton
        needscast serve Datasets/sefton --open --scenarios scenarios
        needscast serve Datasets/sefton --port 8080 --draws 5000 --set plan.mitigations=weighted
      """)

  @Argument(help: "The workspace: a folder that holds workspace.yaml.")
  var workspace: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Listen on this port of 127.0.0.1 (default: one that is free).", valueName: "n"),
    transform: ArgumentForms.port)
  var port: Int?

  @Flag(help: "Open the page in the browser, with xdg-open or open.")
  var open = false

  @Option(
    help: ArgumentHelp("Save scenarios in this folder, which must be there.", valueName: "dir"))
  var scenarios = "."

  @Option(
    help: ArgumentHelp(
      "Begin with a scenario of the workspace, or with a file of one; files may be repeated (default: base).",
      valueName: "name|file.yaml"))
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp(
      "Use only what was known by this day (default: the latest publication in the workspace).",
      valueName: "yyyy-mm-dd"), transform: ArgumentForms.day)
  var asOf: CivilDate?

  @Option(
    help: ArgumentHelp(
      "Change one value of the workspace before the page is opened; may be repeated.", valueName: "path=value"
    ),
    transform: ArgumentForms.change)
  var set: [Override] = []

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The number of simulated futures.", valueName: "n"),
    transform: ArgumentForms.draws)
  var draws = 2000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of all chance (default: the workspace's).", valueName: "n"),
    transform: ArgumentForms.seed)
  var seed: UInt64?

  @OptionGroup var threads: JobsOption

  @Flag(help: "Say nothing on standard error but what is wrong.")
  var quiet = false

  func validate() throws {
    try ArgumentForms.requireFolder(workspace)
  }

  func run() throws {
    try Failure.reporting {
      let server = try prepared()
      let opens = open
      let outcome = AsyncRun {
        try await server.run { address in
          // Where nobody reads the line, nobody can open the page; the server ends with the process all the same.
          try? StandardStreams.output("\(address.url)\n")
          if opens { BrowserWindow.open(address.url) }
        }
      }.wait(untilSignal: [SIGINT, SIGTERM])
      if let error = outcome as? ExplorerError { throw Failure("\(error)", code: error.exitCode) }
      if let outcome { throw outcome }
    }
  }

  /// Reads and plans the workspace, so that what is wrong with it is said before anybody opens a page.
  private func prepared() throws -> ExplorerServer {
    let workspace = try Workspace(
      reading: self.workspace, scenarioFiles: scenario.filter { Workspace.isScenarioFile($0) })
    if !quiet {
      let doubts = ComparatorDoubts(workspace.evidence, area: try workspace.plan().area)
      for warning in doubts.gathered(workspace.warnings) { StandardStreams.error("\(warning)\n") }
    }
    guard FileIdentity.isFolder(scenarios) else {
      throw Failure(
        "--scenarios \(scenarios): there is no such folder to save scenarios in; make it first",
        code: Failure.cannotWrite)
    }
    try OutputTarget.requireFolder(scenarios)
    let start = scenario.first.map(workspace.scenarioName) ?? Workspace.baseScenario
    do {
      let plan = try ExplorerPlan(
        workspace, path: self.workspace, asOf: asOf, overrides: set, draws: draws, seed: seed,
        jobs: threads.count)
      let paths = try plan.paths(ExplorerSettings(scenario: start), service: nil)
      for refusal in paths.refusals {
        StandardStreams.error("\(start): not planned: \(refusal.reason)\n")
      }
      return try ExplorerServer(plan, scenario: start, port: port ?? 0, saving: scenarios)
    } catch let error as ExplorerError {
      throw Failure("\(error)", code: error.exitCode)
    }
  }
}

extension ArgumentForms {
  /// A port that a program may listen on.
  static func port(_ text: String) throws -> Int {
    guard let port = Int(text), (1...65_535).contains(port) else {
      throw ValidationError("write a whole number from 1 to 65,535, such as 8080.")
    }
    return port
  }
}
