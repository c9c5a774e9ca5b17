import Needscast

/// The folder that a report is written to: every file whole, and none of them before all of them can be.
struct ReportFolder {
  let path: String
  let overwrites: Bool
  let parts: [ReportPart]
  let programs: ReportPrograms

  /// The names of the files.
  var files: [String] { parts.map(\.file) + ["manifest.json"] }

  /// Refuses, before any work, a folder in which a file of the report would replace an input, or that cannot be
  /// written.
  func check(against workspace: Workspace) throws(Failure) {
    try OutputTarget.requireFolder(path)
    guard FileIdentity(path).exists else { return }
    try OutputTarget.check(
      files.map { OutputTarget(option: "--output", path: "\(path)/\($0)") },
      against: workspace.files.map(\.location), overwrite: overwrites)
  }

  /// Writes the report; makes the folder when it is not there.
  func write(_ report: PlanReport) throws {
    var contents: [(name: String, bytes: [UInt8])] = []
    for part in parts {
      do {
        contents.append((name: part.file, bytes: try part.bytes(of: report, by: programs)))
      } catch let failure as Failure {
        throw Failure(
          "\(part.file) cannot be written: \(failure.message); nothing was written (--part writes other parts without it)",
          code: failure.code)
      }
    }
    contents.append((name: "manifest.json", bytes: Array(try report.manifest.json().utf8)))
    try FolderOutput.write(contents, to: path, overwrite: overwrites)
  }
}
