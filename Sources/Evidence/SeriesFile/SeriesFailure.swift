/// What is wrong with a series that is left out.
struct SeriesFailure {
  private var first: Problem?
  private var count = 0
  /// The least message, by whether rows contradict one another and then by its text: it does not depend on the order of the rows.
  private var least: (isDiscord: Bool, message: String)?

  mutating func add(_ problem: Problem, isDiscord: Bool) {
    first = first ?? problem
    count += 1
    guard let known = least else {
      least = (isDiscord, problem.message)
      return
    }
    let isLess = known.isDiscord == isDiscord ? problem.message < known.message : isDiscord
    if isLess { least = (isDiscord, problem.message) }
  }

  /// What is said of the series.
  ///
  /// - Parameter options: whether the place of a row in the file counts, or may count for nothing.
  func message(_ options: SeriesFileOptions) -> String {
    switch options.periodReading {
    case .file: (first?.description ?? "") + (count > 1 ? " (and \(count - 1) more)" : "")
    case .pool: least?.message ?? ""
    }
  }
}
