import Needscast

/// The files that may stand beside the plan in the folder of a workspace, as `check` reads them: a scorecard, the
/// milestones of an improvement plan, waiting lists. One that cannot be read does not keep the others from being read.
struct FilesBeside {
  /// What is wrong with them, in that order.
  private(set) var problems: [Problem] = []
  /// The number of problems that the readers left out.
  private(set) var omitted = 0
  /// A line for each of them that could be read.
  private(set) var summary: [String] = []
  /// Those that cannot be read as long as the workspace is refused.
  private(set) var unread: [String] = []

  private static let names = [ScorecardFile.usualName, TrajectoryFile.usualName, WaitingListFile.usualName]

  /// Reads the files beside a plan.
  ///
  /// - Parameters:
  ///   - path: the folder of the workspace.
  ///   - evidence: its series.
  ///   - area: the area of its plan.
  init(_ folder: String, evidence: Panel, area: String) {
    read(ScorecardFile.usualName, in: folder) { path throws(EvidenceError) in
      let file = try ScorecardFile(reading: path, evidence: evidence, area: area)
      return (
        file.problems,
        "\(file.scorecard.indicators.count) indicators under \(file.scorecard.priorities.count) priorities"
      )
    }
    read(TrajectoryFile.usualName, in: folder) { path throws(EvidenceError) in
      let file = try TrajectoryFile.read(path, evidence: evidence, area: area)
      return (file.problems, "\(file.entries.count) performance measures")
    }
    read(WaitingListFile.usualName, in: folder) { path throws(EvidenceError) in
      let file = try WaitingListFile(reading: path)
      return (file.problems, "\(file.lists.count) of \(file.names.count) waiting lists")
    }
  }

  /// Reads none of those that are there, because what they name is not known.
  init(unreadIn folder: String) {
    unread = Self.names.filter { Self.path($0, in: folder) != nil }
  }

  private mutating func read(
    _ name: String, in folder: String,
    _ reader: (String) throws(EvidenceError) -> (problems: [Problem], summary: String)
  ) {
    guard let path = Self.path(name, in: folder) else { return }
    do throws(EvidenceError) {
      let file = try reader(path)
      problems += file.problems
      summary.append("\(name): \(file.summary)")
    } catch {
      keep(error, of: name, path)
    }
  }

  private mutating func keep(_ error: EvidenceError, of name: String, _ path: String) {
    switch error {
    case .badData(let found, let more):
      // Waiting lists read the workspace themselves; what is wrong with that is not theirs.
      let own = found.filter { $0.file == path }
      if own.isEmpty { unread.append(name) }
      problems += own
      omitted += own.isEmpty ? 0 : more
    default:
      let sentence = "\(error)"
      problems.append(
        Problem(
          file: path,
          message: sentence.hasPrefix("\(path): ") ? String(sentence.dropFirst(path.count + 2)) : sentence))
    }
  }

  /// The path of a file in the folder, where there is one.
  private static func path(_ name: String, in folder: String) -> String? {
    let path = "\(folder)/\(name)"
    return FileIdentity(path).exists ? path : nil
  }
}
