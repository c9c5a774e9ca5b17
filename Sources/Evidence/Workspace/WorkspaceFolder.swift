/// Where the files of a workspace are: in a folder on disk, or in memory.
///
/// Either is read alike, and a file is named in the same way in what is said of it: by the folder and its path in there.
public struct WorkspaceFolder: Sendable {
  /// The path of the folder; of files in memory, the name that the workspace goes by.
  public let path: String
  /// The bytes of the files by their path in the workspace; nil for a folder on disk.
  private let held: [String: [UInt8]]?

  /// A folder on disk.
  ///
  /// - Parameter path: the folder, or the `workspace.yaml` in it.
  public init(path: String) {
    self.path = Workspace.folder(of: path)
    held = nil
  }

  /// Files that are held in memory, as text. Nothing on disk is read in their place.
  ///
  /// - Parameters:
  ///   - files: the texts by their path in the workspace, such as `series/population.csv`.
  ///   - name: what the workspace is called where something is wrong with it.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for paths that lead out of the workspace, for two that lead to
  ///   the same file, and for the name of a compressed file, which is no text.
  public init(holding files: [String: String], as name: String) throws(EvidenceError) {
    var held: [String: [UInt8]] = [:]
    var problems: [Problem] = []
    for (path, text) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard let place = Self.place(of: path) else {
        problems.append(Problem(file: name, message: Self.leadsOut(path)))
        continue
      }
      guard !place.hasSuffix(".gz") else {
        problems.append(
          Problem(
            file: "\(name)/\(place)",
            message: "a compressed file is no text; give its contents under its name without .gz"))
        continue
      }
      if held.updateValue(Array(text.utf8), forKey: place) != nil {
        problems.append(
          Problem(
            file: "\(name)/\(place)", message: "two of the files that were given have this path; give one"))
      }
    }
    guard problems.isEmpty else { throw .badData(problems: problems, omitted: 0) }
    path = name
    self.held = held
  }

  /// Reads a file.
  ///
  /// - Parameter name: its path in the workspace.
  /// - Throws: ``EvidenceError``: what reading a file gives; ``EvidenceError/notGiven(path:)`` for one that is not among
  ///   the files in memory.
  func read(_ name: String) throws(EvidenceError) -> FileContents {
    let path = "\(path)/\(name)"
    guard let held else { return try FileContents.read(path) }
    guard let place = Self.place(of: name) else {
      throw .badData(Problem(file: self.path, message: Self.leadsOut(name)))
    }
    guard let bytes = held[place] else { throw .notGiven(path: path) }
    return FileContents(path: path, bytes: bytes)
  }

  /// The parts of the path of a file in a workspace; nil for a path that leads out of it, or nowhere.
  static func parts(of name: String) -> [Substring]? {
    let parts = name.split(separator: "/").filter { $0 != "." }
    return name.hasPrefix("/") || parts.contains("..") || parts.isEmpty ? nil : parts
  }

  /// What is said of a path that ``parts(of:)`` refuses.
  static func leadsOut(_ name: String) -> String {
    "\"\(name)\" leads out of the workspace; keep its files in its folder"
  }

  private static func place(of name: String) -> String? { parts(of: name)?.joined(separator: "/") }
}

extension WorkspaceFolder: Equatable {
  /// Whether the same is read from both, and the same is said of it. Names are compared as bytes: two texts that look the
  /// same may be written differently.
  public static func == (one: WorkspaceFolder, other: WorkspaceFolder) -> Bool {
    one.path.utf8.elementsEqual(other.path.utf8) && one.held == other.held
  }
}
