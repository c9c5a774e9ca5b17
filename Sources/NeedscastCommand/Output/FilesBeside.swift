import Needscast

/// The files that may stand beside the plan in the folder of a workspace, as `check` reads them: a scorecard, the
/// milestones of an improvement plan, waiting lists.
struct FilesBeside {
  /// What is wrong with them, in that order.
  private(set) var problems: [Problem] = []
  /// A line for each of them that there is.
  private(set) var summary: [String] = []

  init(_ workspace: Workspace, area: String) throws(EvidenceError) {
    if let path = Self.file(ScorecardFile.usualName, of: workspace) {
      let file = try ScorecardFile(reading: path, evidence: workspace.evidence, area: area)
      problems += file.problems
      summary.append(
        "\(ScorecardFile.usualName): \(file.scorecard.indicators.count) indicators under "
          + "\(file.scorecard.priorities.count) priorities")
    }
    if let path = Self.file(TrajectoryFile.usualName, of: workspace) {
      let file = try TrajectoryFile.read(path, evidence: workspace.evidence, area: area)
      problems += file.problems
      summary.append("\(TrajectoryFile.usualName): \(file.entries.count) performance measures")
    }
    if let path = Self.file(WaitingListFile.usualName, of: workspace) {
      let file = try WaitingListFile(reading: path)
      problems += file.problems
      summary.append("\(WaitingListFile.usualName): \(file.lists.count) of \(file.names.count) waiting lists")
    }
  }

  /// The path of a file in the folder, where there is one.
  private static func file(_ name: String, of workspace: Workspace) -> String? {
    let path = "\(workspace.folder)/\(name)"
    return FileIdentity(path).exists ? path : nil
  }
}
