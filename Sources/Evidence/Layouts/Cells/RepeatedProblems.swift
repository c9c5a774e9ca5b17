/// Texts of a column that cannot be read, each said once with the number of rows that have it.
struct RepeatedProblems {
  private var order: [String] = []
  private var found: [String: (row: Int, count: Int)] = [:]
  /// Rows with texts beyond those that are held.
  private var beyond = 0

  /// Counts a row.
  ///
  /// - Parameters:
  ///   - message: what is wrong with the text, and what would be accepted.
  ///   - row: the line of the file.
  mutating func add(_ message: String, row: Int) {
    if let known = found[message] {
      found[message] = (known.row, known.count + 1)
    } else if order.count >= PublishedFigures.problemLimit {
      beyond += 1
    } else {
      order.append(message)
      found[message] = (row, 1)
    }
  }

  /// Reports each text once, on the first row that has it.
  func report(to figures: inout PublishedFigures, severity: Problem.Severity = .error) {
    for message in order {
      guard let (row, count) = found[message] else { continue }
      let others = count > 1 ? " (and \(count - 1) more rows that say the same)" : ""
      figures.report(Problem(file: figures.file, row: row, message: message + others, severity: severity))
    }
    for _ in 0..<beyond {
      figures.report(
        Problem(file: figures.file, message: "there are more problems of this kind", severity: severity))
    }
  }
}
