/// A reader's note with the file that it is about before it, once.
enum PlacedNote {
  /// A note of a file. Some notes begin with the file's name themselves.
  static func text(_ note: String, of file: String) -> String {
    note.hasPrefix("\(file) ") ? "\(file):\(note.dropFirst(file.count))" : "\(file): \(note)"
  }

  /// A note that may name its file twice, first inside the workspace and then as it was opened:
  /// `series/a.csv: Datasets/sefton/series/a.csv has tabs`.
  static func text(_ note: String) -> String {
    guard let colon = note.firstRange(of: ": ") else { return note }
    let file = note[..<colon.lowerBound]
    let rest = note[colon.upperBound...]
    guard let end = rest.firstRange(of: " has ")?.lowerBound, rest[..<end].hasSuffix(file) else {
      return note
    }
    return "\(file):\(rest[end...])"
  }
}
