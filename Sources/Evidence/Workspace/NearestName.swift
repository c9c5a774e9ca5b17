/// The name that somebody probably meant.
public enum NearestName {
  /// `did you mean "…"? Accepted are …`, or the accepted names alone where none is near.
  ///
  /// - Parameters:
  ///   - name: what was written.
  ///   - names: what would be accepted.
  public static func advice(for name: String, among names: [String]) -> String {
    guard let nearest = nearest(to: name, among: names) else {
      return "accepted are \(names.sorted().joined(separator: ", "))"
    }
    return "did you mean \"\(nearest)\"? Accepted are \(names.sorted().joined(separator: ", "))"
  }

  /// The name with the fewest edits, if that is at most a third of its length or two; the first of equals.
  ///
  /// - Parameters:
  ///   - name: what was written.
  ///   - names: what would be accepted.
  /// - Returns: nil when none is near.
  public static func nearest(to name: String, among names: [String]) -> String? {
    let ranked = names.map { (name: $0, distance: distance(name, $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }),
      best.distance <= max(2, best.name.count / 3)
    else { return nil }
    return best.name
  }

  /// The number of single-character insertions, deletions and replacements between two words (Levenshtein, 1966).
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var previous = Array(0...right.count)
    for (row, character) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        current.append(
          min(previous[column + 1] + 1, current[column] + 1, previous[column] + (character == other ? 0 : 1)))
      }
      previous = current
    }
    return previous[right.count]
  }
}
