import TimeSeries

/// Areas by name, such as the statistical neighbours of an authority: the column `area` of comma-separated text.
public struct AreaList: Sendable {
  /// The names, in the order of the file, each once.
  public let names: [String]

  /// Reads a file.
  ///
  /// - Parameter path: the file, or `-` for standard input.
  /// - Throws: ``EvidenceError``: what ``FileContents/read(_:limit:)`` throws, or
  ///   ``EvidenceError/badData(problems:omitted:)`` where there is no such column, or a row names none.
  public static func read(_ path: String) throws(EvidenceError) -> AreaList {
    try AreaList(try FileContents.read(path))
  }

  /// Reads contents that are at hand.
  ///
  /// - Parameter contents: the contents.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)``.
  public init(_ contents: FileContents) throws(EvidenceError) {
    let table = try PlainTable(contents, required: ["area"])
    var problems = table.problems
    var names: [String] = []
    for row in table.rows {
      let name = row["area"]
      if name.isEmpty {
        problems.add(row.problem("column \"area\" is empty; name an area"))
      } else if !names.contains(name) {
        names.append(name)
      }
    }
    guard problems.isEmpty else {
      let (first, omitted) = problems.first(50)
      throw .badData(problems: first, omitted: omitted)
    }
    self.names = names
  }
}
