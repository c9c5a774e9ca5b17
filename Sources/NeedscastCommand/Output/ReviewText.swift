import Needscast

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A review of forecasts as a table and as JSON.
struct ReviewText {
  private let report: ReviewReport

  init(_ report: ReviewReport) { self.report = report }

  /// The review for people.
  var text: String {
    let scored = report.details.count { $0.error != nil }
    let pending = report.details.count { $0.outcome == .pending }
    var lines = [
      "\(report.details.count) forecasts: \(scored) scored, \(pending) whose outturn has not come, "
        + "\(report.details.count - scored - pending) whose outturn has no value",
      "outturns are the \(report.outturn == .latest ? "latest" : "first") published",
    ]
    if report.replaced > 0 {
      lines.append("\(report.replaced) forecasts were made again later; only the later are scored")
    }
    if report.unknownSeries > 0 {
      lines.append(
        "\(report.unknownSeries) series with forecasts have no figures in the store; import them under the same name"
      )
    }
    lines.append("")
    let header =
      ["model", "ahead", "scored", "pending", "MASE", "bias"] + report.levels.map { "in \(percent($0))%" }
    let isGrouped = report.rows.contains { $0.group != "all" }
    let rows = report.rows.map { row in
      (isGrouped ? [row.group] : [])
        + [
          row.model, row.step.map { "\($0)" } ?? "all", "\(row.scored)", "\(row.pending)", number(row.mase),
          number(row.bias),
        ] + row.coverage.map { $0.map { NumberText.fixed($0, decimals: 0) + "%" } ?? NumberText.absent }
    }
    lines += table([(isGrouped ? ["group"] : []) + header] + rows, texts: isGrouped ? 2 : 1)
    lines += [
      "",
      "MASE: mean absolute error over that of no change in the history (below 1 is better than no change).",
      "bias: mean error on the same scale, above 0 where forecasts were too high.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func percent(_ level: Double) -> String { NumberText.fixed(level * 100, decimals: 0) }

  private func number(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, decimals: 2) } ?? NumberText.absent
  }

  /// Columns side by side, the first of them to the left and the numbers to the right.
  private func table(_ rows: [[String]], texts: Int) -> [String] {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column < texts ? cell + padding : padding + cell
      }.joined(separator: "  ")
    }
  }

  /// The review for programs.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(
      outturn: report.outturn.rawValue, levels: report.levels, replaced: report.replaced,
      unknownSeries: report.unknownSeries, rows: report.rows.map(Document.Row.init))
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private struct Document: Encodable {
    struct Row: Encodable {
      let group: String
      let model: String
      let step: Int?
      let forecasts: Int
      let scored: Int
      let pending: Int
      let withoutValue: Int
      let series: Int
      let zeroScale: Int
      let error: Double?
      let absoluteError: Double?
      let mase: Double?
      let rmsse: Double?
      let smape: Double?
      let bias: Double?
      let pinball: Double?
      let coverage: [Double?]
      let msis: Double?

      init(_ row: ReviewReport.Row) {
        group = row.group
        model = row.model
        step = row.step
        forecasts = row.forecasts
        scored = row.scored
        pending = row.pending
        withoutValue = row.withoutValue
        series = row.series
        zeroScale = row.zeroScale
        error = row.error
        absoluteError = row.absoluteError
        mase = row.mase
        rmsse = row.rmsse
        smape = row.smape
        bias = row.bias
        pinball = row.pinball
        coverage = row.coverage
        msis = row.msis
      }
    }

    let outturn: String
    let levels: [Double]
    let replaced: Int
    let unknownSeries: Int
    let rows: [Row]
  }
}
