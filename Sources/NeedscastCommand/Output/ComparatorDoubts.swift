import Needscast

/// Doubts about the series of other areas, which lend strength to the forecasts of a workspace's own: one for each series,
/// and the number of those like it, so that they do not bury what is wrong with the area itself.
struct ComparatorDoubts {
  private struct Place: Hashable {
    let file: String
    let row: Int
  }

  /// The series of other areas by the rows of their figures.
  private var series: [Place: String] = [:]

  init(_ evidence: Panel, area: String) {
    for one in evidence where one.area != nil && one.area != area {
      for point in one.points {
        if let origin = point.origin { series[Place(file: origin.file, row: origin.row)] = one.id }
      }
    }
  }

  /// The problems, those of other areas gathered by series.
  func gathered(_ problems: [Problem]) -> [Problem] {
    var counts: [String: Int] = [:]
    var first: [String: Int] = [:]
    var kept: [Problem] = []
    for problem in problems {
      guard problem.severity == .warning, let row = problem.row,
        let id = series[Place(file: problem.file, row: row)]
      else {
        kept.append(problem)
        continue
      }
      counts[id, default: 0] += 1
      guard first[id] == nil else { continue }
      first[id] = kept.count
      kept.append(problem)
    }
    for (id, position) in first {
      guard let count = counts[id], count > 1 else { continue }
      let problem = kept[position]
      kept[position] = Problem(
        file: problem.file, row: problem.row, column: problem.column,
        message: "\(count) doubts about \"\(id)\" in other areas, the first: \(problem.message)",
        severity: problem.severity)
    }
    return kept
  }
}
