#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Takes published figures into a workspace: as a series file in its folder `series`, listed in `workspace.yaml`.
public struct SeriesImport: Sendable {
  /// The file that was written, from the workspace's folder: `series/lait.csv`.
  public let name: String
  /// Whether it was added to the list of series, and not there already.
  public let isNew: Bool
  /// The rows that were written.
  public let rowCount: Int

  /// Writes a series file into a workspace.
  ///
  /// The series file is written first and then the list, each whole or not at all, so that a list never names a file
  /// that is not there. All else in `workspace.yaml`, comments too, stays as it is.
  ///
  /// - Parameters:
  ///   - text: the series file.
  ///   - baseName: the name of its source, from which its own is made: `lait` gives `series/lait.csv`.
  ///   - workspace: the folder of the workspace, or its `workspace.yaml`.
  ///   - overwrite: whether a series file of that name is replaced.
  /// - Throws: ``EvidenceError``: no workspace, a list that cannot be added to, a file that is there already or cannot
  ///   be written.
  public init(
    _ text: SeriesFileText, named baseName: String, into workspace: String, overwrite: Bool
  ) throws(EvidenceError) {
    let folder = Workspace.folder(of: workspace)
    let list = "\(folder)/workspace.yaml"
    let contents = try FileContents.read(list)
    guard let yaml = String(validating: contents.bytes, as: UTF8.self) else {
      throw .badData(Problem(file: list, message: "this is not UTF-8; save it as UTF-8"))
    }
    let listed = try Self.listed(in: yaml, file: list)
    let stem = SeriesName.of(baseName)
    name = "series/\(stem.isEmpty ? "imported" : stem).csv"
    rowCount = text.rowCount
    isNew = !listed.contains(name)
    var edited = WorkspaceSeriesList(yaml, file: list)
    if isNew { try edited.add(name) }
    var status = stat()
    if stat("\(folder)/series", &status) != 0, mkdir("\(folder)/series", 0o777) != 0 {
      throw .cannotWrite(path: "\(folder)/series", reason: SystemMessage.of(errno))
    }
    if isNew {
      // What would come of it is read before anything is written.
      let after = try Self.listed(in: edited.text, file: list)
      guard after == listed + [name] else {
        throw .badData(
          Problem(
            file: list,
            message: "the list of series is not written one file to a line; add \"\(name)\" to it by hand"))
      }
    }
    try AtomicOutput.write(text.bytes, to: "\(folder)/\(name)", overwrite: overwrite)
    if isNew { try AtomicOutput.write(edited.text, to: list, overwrite: true) }
  }

  /// The series files that a workspace lists.
  private static func listed(in yaml: String, file: String) throws(EvidenceError) -> [String] {
    guard let series = try WorkspaceNode(yaml: yaml, file: file).value(of: "series") else { return [] }
    var names: [String] = []
    for item in try series.items() { names.append(try item.text()) }
    return names
  }
}
