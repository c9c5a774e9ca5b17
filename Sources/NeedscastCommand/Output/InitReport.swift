import Needscast

/// What `needscast init` made, and what to type next.
enum InitReport {
  /// How many notes of each kind are shown.
  private static let limit = 12

  /// How the files were read, for standard error.
  static func reading(_ published: StartingFiles, _ workspace: StartingWorkspace) -> String {
    var lines = published.files.map { file in
      file.series.isEmpty ? file.sentence : "\(file.sentence): \(file.series.count) series of a plan"
    }
    let notes = published.notes + workspace.notes
    lines += notes.prefix(limit).map { "note: \($0)" }
    if notes.count > limit { lines.append("note: and \(notes.count - limit) more notes") }
    lines += published.warnings.prefix(limit).map { "warning: \($0)" }
    if published.warnings.count > limit {
      lines.append(
        "warning: and \(published.warnings.count - limit) more; needscast check FILE shows all of a file")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What was made.
  static func text(_ workspace: StartingWorkspace, folder: String) -> String {
    let rows = workspace.files.compactMap(\.rows)
    var lines = [
      "\(workspace.area), \(workspace.years.lowerBound) to \(workspace.years.upperBound): wrote \(folder)",
      "",
    ]
    lines += workspace.files.map { file in
      "  \(file.name)"
        + (file.rows.map { ": \($0) figures" } ?? ": the plan, with comments that explain every key")
    }
    if workspace.authorities > 1 {
      lines.append("  \(rows.reduce(0, +)) figures of \(workspace.authorities) authorities in all")
    }
    lines += ["", "Services: \(workspace.services.joined(separator: "; "))"]
    for one in workspace.leftOut { lines.append("Left out: \(one.name): \(one.reason)") }
    lines += [
      "",
      "\(workspace.unreviewed) assumptions begin \"\(UnreviewedAssumptions.mark)\": put local values and reasons in "
        + "their place.",
      "",
      "Next:",
      "  needscast check \(quoted(folder))",
      "  needscast plan \(quoted(folder))",
      "  needscast plan \(quoted(folder)) --detail",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// A path as a shell takes it.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-".utf8.contains(byte)
      }
    }
    return isPlain && !path.isEmpty
      ? path
      : "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
