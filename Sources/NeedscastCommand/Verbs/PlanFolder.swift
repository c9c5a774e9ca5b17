import Needscast

/// The folder that a plan is written to: every file whole, and none of them before all of them can be.
struct PlanFolder {
  let path: String
  let overwrites: Bool

  /// The files that a plan is written as.
  static let files = ["plan.json", "plan.csv", "manifest.json"]

  /// Writes the plan; makes the folder when it is not there.
  func write(_ run: PlanRun) throws {
    let contents = [
      try PlanJSON.text(run.outcomes), PlanCSV.text(run.outcomes), try run.manifest.json(),
    ]
    try FolderOutput.write(
      zip(Self.files, contents).map { (name: $0, text: $1) }, to: path, overwrite: overwrites)
  }
}
