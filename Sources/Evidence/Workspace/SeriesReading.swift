import TimeSeries

/// The series files of a workspace, read one after another; what is wrong with one does not stop the others.
struct SeriesReading {
  private(set) var series: [Series] = []
  private(set) var files: [Workspace.WorkspaceFile] = []
  private(set) var notes: [String] = []
  private(set) var warnings: [Problem] = []
  private(set) var problems: [Problem] = []
  /// The number of problems that the readers of single files left out.
  private(set) var omitted = 0
  /// What the files would have given.
  private(set) var unread = Unread()

  /// The series that could not be read, about which nothing more is to be complained.
  struct Unread {
    /// The names of series of which a row is wrong.
    var names: Set<String> = []
    /// Whether a whole file could not be read, so that nobody knows what is in it.
    var hasFile = false
  }

  /// Reads the files that a list names, all of them inside a folder.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when the list itself is none.
  init(_ list: WorkspaceNode, in folder: WorkspaceFolder) throws(EvidenceError) {
    var seen: Set<[Substring]> = []
    for item in try list.items() {
      do throws(EvidenceError) {
        let name = try item.text()
        let parts = try item.fileInFolder()
        guard seen.insert(parts).inserted else { throw item.problem("\"\(name)\" is listed twice") }
        try read(name, in: folder)
      } catch {
        unread.hasFile = true
        switch error {
        case .badData(let found, let more):
          problems += found
          omitted += more
        default:
          problems.append(item.remark("\(error)"))
        }
      }
    }
  }

  private mutating func read(_ name: String, in folder: WorkspaceFolder) throws(EvidenceError) {
    let contents = try folder.read(name)
    files.append(Workspace.WorkspaceFile(path: name, bytes: contents.bytes, location: contents.path))
    let file = try SeriesFile(contents, options: SeriesFileOptions(keepsSoundSeries: true))
    problems += file.problems
    omitted += file.omittedProblems
    unread.names.formUnion(file.failed.map(\.id))
    notes += file.notes.map { "\(name): \($0)" }
    warnings += file.warnings
    for position in 0..<file.count {
      do {
        if let one = try file.series(at: position) {
          series.append(one)
          if let warning = undated(one, in: contents.path) { warnings.append(warning) }
        }
      } catch {
        problems.append(Problem(file: contents.path, message: "\(error)"))
      }
    }
  }

  /// A warning about rows that do not say when they were published: nothing keeps them out of a hindcast.
  private func undated(_ series: Series, in file: String) -> Problem? {
    guard series.undatedCount > 0,
      let row = series.points.first(where: { $0.publication == nil })?.origin?.row
    else { return nil }
    let area = series.area.map { " of \($0)" } ?? ""
    return Problem(
      file: file, row: row,
      message:
        "\(series.undatedCount) figures of \"\(series.id)\"\(area) do not say when they were published and enter every "
        + "hindcast; fill the column published",
      severity: .warning)
  }
}
