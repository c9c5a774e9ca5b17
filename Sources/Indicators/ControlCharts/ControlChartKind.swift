import TimeSeries

/// The kinds of control chart.
public enum ControlChartKind: String, CaseIterable, Hashable, Sendable {
  /// Individual figures with limits from their moving ranges: for any measure, and the chart of Making Data Count.
  case xmr
  /// Shares of a whole that is counted: limits from the binomial distribution, wider where fewer are counted.
  case p
  /// Events for each so many of a population: limits from the Poisson distribution, wider where fewer are exposed.
  case u
  /// Days or cases between rare events: limits from the geometric distribution.
  case g

  /// The name: `XmR chart`.
  public var label: String {
    switch self {
    case .xmr: "XmR chart"
    case .p: "p chart"
    case .u: "u chart"
    case .g: "g chart"
    }
  }

  /// The kind that suits a series, by its unit and by what is counted: p for a share and u for a rate of which every
  /// figure has its numerator and denominator, XmR otherwise. A g chart is never chosen: that events are rare is for the
  /// analyst to say.
  public static func suited(to series: Series) -> (kind: ControlChartKind, reason: String) {
    let figures = series.points.filter { $0.value != nil || $0.isCounted }
    let counted = figures.count(where: \.isCounted)
    switch series.measure.unit {
    case .proportion, .percentage:
      if !figures.isEmpty, counted == figures.count {
        return (.p, "it is a share, and every figure has its numerator and denominator")
      }
    case .rate:
      if !figures.isEmpty, counted == figures.count {
        return (.u, "it is a rate, and every figure has its numerator and denominator")
      }
    case .count, .pounds, .weeks, .score, .other: return (.xmr, "the measure is neither a share nor a rate")
    }
    return (.xmr, "\(figures.count - counted) of \(figures.count) figures have no numerator and denominator")
  }
}
