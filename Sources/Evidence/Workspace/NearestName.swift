/// The name that somebody probably meant.
public enum NearestName {
  /// `did you mean "…"? Accepted are …`, or the accepted names alone where none is near.
  ///
  /// - Parameters:
  ///   - name: what was written.
  ///   - names: what would be accepted.
  public static func advice(for name: String, among names: [String]) -> String {
    let verb = names.count == 1 ? "is" : "are"
    let list = names.sorted().joined(separator: ", ")
    guard let nearest = nearest(to: name, among: names) else { return "accepted \(verb) \(list)" }
    // The one name there is need not be said twice.
    guard names.count > 1 else { return "did you mean \"\(nearest)\"?" }
    return "did you mean \"\(nearest)\"? Accepted are \(list)"
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

  /// The longest word that is compared, in characters: no name is so long, and a text of a million characters in place of
  /// one would be compared for minutes.
  static let longest = 500

  /// The number of single-character insertions, deletions and replacements between two words (Levenshtein, 1966).
  ///
  /// - Parameters:
  ///   - left: a word.
  ///   - right: another.
  ///   - limit: beyond it the exact number does not matter.
  /// - Returns: the number, or one above the limit; of words longer than ``longest``, the length of the longer.
  static func distance(_ left: String, _ right: String, limit: Int = .max - 1) -> Int {
    let right = Array(right)
    let left = Array(left)
    guard max(left.count, right.count) <= longest else { return max(left.count, right.count) }
    guard abs(left.count - right.count) <= limit else { return limit + 1 }
    var previous = Array(0...right.count)
    for (row, character) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        current.append(
          min(previous[column + 1] + 1, current[column] + 1, previous[column] + (character == other ? 0 : 1)))
      }
      previous = current
      // No later row has a smaller least number.
      if let least = current.min(), least > limit { return limit + 1 }
    }
    return previous[right.count]
  }
}
