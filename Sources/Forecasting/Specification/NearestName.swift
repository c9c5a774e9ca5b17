/// The name that was probably meant by one that does not exist.
enum NearestName {
  /// More wrong letters than this make another word.
  private static let furthest = 2

  /// The known name with the fewest letters to change, add or leave out (Levenshtein, 1966), two at most and never all
  /// of them; nil where there is none. Capitals, hyphens and underscores do not count, and the earlier wins a tie.
  static func of(_ name: String, among known: [String]) -> String? {
    let written = letters(name)
    // No name is much longer, and the table of distances would be.
    guard written.count <= 100 else { return nil }
    var nearest: (name: String, distance: Int)?
    for candidate in known {
      let distance = distance(written, letters(candidate))
      guard distance <= furthest, distance < written.count, distance < nearest?.distance ?? .max else {
        continue
      }
      nearest = (candidate, distance)
    }
    return nearest?.name
  }

  private static func letters(_ name: String) -> [Character] {
    Array(name.lowercased()).filter { $0 != "-" && $0 != "_" }
  }

  /// The number of letters to change, add or leave out that turn one word into the other.
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (place, other) in second.enumerated() {
        let change = diagonal + (letter == other ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(change, diagonal + 1, row[place] + 1)
      }
    }
    return row[second.count]
  }
}
