/// The names of statistical neighbours, in order of rank, from a file with the columns `area` and `rank`.
struct NeighbourList {
  /// The file that was read.
  let path: String
  /// The names.
  let areas: [String]

  /// Reads the file that a value names, inside a folder.
  ///
  /// - Throws: ``EvidenceError`` where it cannot be read, a column is missing, a rank is no whole number from 1, or an
  ///   area stands twice.
  init(named node: WorkspaceNode, besides folder: String) throws(EvidenceError) {
    _ = try node.fileInFolder()
    path = "\(folder)/\(try node.text())"
    let text = try DecodedText(FileContents.read(path))
    var reader = DelimitedReader(bytes: text.bytes, file: text.file, separator: .comma)
    _ = try reader.findSeparator()
    guard try reader.next() else {
      throw .badData(Problem(file: text.file, message: "the file is empty; a header and rows are wanted"))
    }
    let header = (0..<reader.fieldCount).map { [reader] in reader.text($0) }
    guard let area = header.firstIndex(of: "area"), let rank = header.firstIndex(of: "rank") else {
      throw .badData(
        Problem(
          file: text.file, row: reader.row,
          message:
            "the columns \"area\" and \"rank\" are wanted; the file has \(header.joined(separator: ", "))"))
    }
    var found: [(rank: Int, area: String)] = []
    var problems: [Problem] = []
    while try reader.next() {
      let cells = (0..<reader.fieldCount).map { [reader] in reader.text($0) }
      guard cells.indices.contains(area), cells.indices.contains(rank), !cells[area].isEmpty else {
        problems.append(
          Problem(file: text.file, row: reader.row, message: "the row names no area or no rank; give both"))
        continue
      }
      guard let number = Int(cells[rank]), number >= 1 else {
        problems.append(
          Problem(
            file: text.file, row: reader.row,
            message:
              "\"\(cells[rank])\" in column \"rank\" is not a whole number from 1; write 1 for the nearest"))
        continue
      }
      if found.contains(where: { $0.area == cells[area] }) {
        problems.append(
          Problem(file: text.file, row: reader.row, message: "\"\(cells[area])\" stands twice; keep one row"))
        continue
      }
      found.append((number, cells[area]))
    }
    guard problems.isEmpty else { throw .badData(problems: problems, omitted: 0) }
    // A stable order: by rank, and as they stand where two have one rank.
    areas = found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element.area)
  }
}
