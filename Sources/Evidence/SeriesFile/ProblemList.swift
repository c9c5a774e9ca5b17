/// The problems of a file as they are found, with a bound on how many are held.
struct ProblemList {
  /// The most that are held before they are sorted; the rest are only counted.
  private static let capacity = 10_000

  private(set) var problems: [Problem] = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func add(_ problem: Problem) {
    count += 1
    if problems.count < Self.capacity { problems.append(problem) }
  }

  /// Whether all problems are held.
  var isComplete: Bool { count == problems.count }

  /// The first problems by row, and the number of the others.
  func first(_ limit: Int) -> (problems: [Problem], omitted: Int) {
    let sorted = problems.enumerated().sorted {
      ($0.element.row ?? 0, $0.offset) < ($1.element.row ?? 0, $1.offset)
    }
    let shown = sorted.prefix(limit).map(\.element)
    return (shown, count - shown.count)
  }
}
