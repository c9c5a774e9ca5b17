/// A chart, drawn once for wide pages and paper and once for a telephone.
struct PageFigure {
  let wide: String
  let narrow: String
  /// What is said below it; empty for nothing.
  let caption: String
  /// Its number on the page, given when the page is put together.
  var number = 0

  /// The widths for which a chart is drawn, in pixels.
  static let widths = (wide: 720.0, narrow: 360.0)

  /// A chart, or the reason why there is none.
  ///
  /// - Parameters:
  ///   - identifier: what its ids begin with; no other chart of the page has it.
  ///   - caption: what is said below it.
  ///   - chart: makes the chart with the identifier that it is given.
  /// - Throws: what `chart` throws, but for a chart that its plan has no figures for: that becomes a sentence.
  static func block(
    _ identifier: String, caption: String = "",
    _ chart: (String) throws(ReportingError) -> any Chart
  ) throws(ReportingError) -> PageBlock {
    do {
      return .figure(
        PageFigure(
          wide: try chart("chart-" + identifier).svg(width: widths.wide),
          narrow: try chart("chart-" + identifier + "-narrow").svg(width: widths.narrow), caption: caption))
    } catch {
      switch error {
      case .chart(let reason): return .paragraph("No chart is drawn here: \(reason).", .note)
      case .emptyChart: return .paragraph("No chart is drawn here: \(error).", .note)
      default: throw error
      }
    }
  }
}
