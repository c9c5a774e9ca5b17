import Needscast

/// The folder that a plan is written to: every file whole, and none of them before all of them can be.
struct PlanFolder {
  let path: String
  let overwrites: Bool

  /// The files that a plan is written as.
  static let files = ["plan.json", "plan.csv", "report.html", "plan.xlsx", "manifest.json"]

  /// Refuses, before any work, a folder in which a file of the plan would replace an input, or that cannot be written.
  func check(against workspace: Workspace) throws(Failure) {
    try OutputTarget.requireFolder(path)
    if FileIdentity(path).exists {
      try OutputTarget.check(
        Self.files.map { OutputTarget(option: "--output", path: "\(path)/\($0)") },
        against: workspace.files.map(\.location), overwrite: overwrites)
    }
  }

  /// Writes the plan; makes the folder when it is not there.
  func write(_ run: PlanRun) throws {
    let report = try ReportGathering(run, quiet: true).planAlone()
    let contents = [
      Array(
        try PlanJSON.text(run.outcomes, overrides: run.changes, changes: run.scenarioChanges).utf8),
      Array(PlanCSV.text(run.outcomes).utf8),
      Array(try PlanPage(report).html().utf8),
      try PlanWorkbook(report).bytes(),
      Array(try report.manifest.json().utf8),
    ]
    try FolderOutput.write(
      zip(Self.files, contents).map { (name: $0, bytes: $1) }, to: path, overwrite: overwrites)
  }
}
