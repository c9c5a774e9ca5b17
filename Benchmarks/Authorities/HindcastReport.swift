import Foundation
import Needscast

/// The table of a hindcast over many authorities, in Markdown.
struct HindcastReport {
  let scores: [HindcastScore]
  let areas: Int
  let dates: [CivilDate]

  var text: String {
    var lines = [
      "| figure | as known on | authorities | forecasts | inside 80% | inside 95% | error of the plan | of no change | of last year's growth |",
      "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for figure in unique(scores.map(\.figure)) {
      for date in dates {
        lines += row(figure, "\(date)", scores.filter { $0.figure == figure && $0.asOf == date })
      }
      lines += row(figure, "all", scores.filter { $0.figure == figure })
    }
    lines += row("all figures", "all", scores)
    return lines.joined(separator: "\n")
  }

  private func row(_ figure: String, _ date: String, _ scores: [HindcastScore]) -> [String] {
    guard !scores.isEmpty else { return [] }
    func share(_ flag: KeyPath<HindcastScore, Bool>) -> String {
      String(format: "%.1f%%", 100 * Double(scores.count { $0[keyPath: flag] }) / Double(scores.count))
    }
    // The three errors are of the same forecasts: those that all three can make and that have a scale.
    let scaled = scores.compactMap { score -> (Double, Double, Double)? in
      guard let scale = score.scale, scale > 0, let growth = score.growth else { return nil }
      return (score.plan / scale, score.noChange / scale, growth / scale)
    }
    func mean(_ error: KeyPath<(Double, Double, Double), Double>) -> String {
      scaled.isEmpty
        ? "-" : String(format: "%.2f", scaled.map { $0[keyPath: error] }.reduce(0, +) / Double(scaled.count))
    }
    let cells = [
      figure, date, "\(unique(scores.map(\.area)).count)", "\(scores.count)", share(\.isInside80),
      share(\.isInside95),
      mean(\.0), mean(\.1), mean(\.2),
    ]
    return ["| " + cells.joined(separator: " | ") + " |"]
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
