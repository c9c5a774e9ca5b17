import TimeSeries

/// What a control chart says of an indicator's latest point and of its target.
struct ScorecardChart {
  /// The variation icon.
  let variation: Availability<VariationIcon>
  /// The assurance icon.
  let assurance: Availability<AssuranceIcon>

  /// What must be known before the icons are believed, as the chart says it.
  let warnings: [String]

  /// Draws up an XmR chart with its usual settings, of the figures since the last break: limits that mixed two
  /// definitions would make of a redefinition an improvement.
  ///
  /// - Parameters:
  ///   - series: the series, with its breaks.
  ///   - polarity: which way it should go.
  ///   - target: what it is to reach.
  ///   - obstacle: why the figures are not held against the target, whose assurance is then not told; nil where they are.
  init(series: Series, polarity: Polarity, target: ScorecardTarget?, obstacle: String?) {
    let level = target?.measurable?.level
    let chart = Availability { () throws(IndicatorsError) in
      try ControlChart(
        of: series.segmentSinceLastBreak, kind: .xmr,
        settings: ControlChartSettings(target: level, polarity: polarity))
    }
    switch chart {
    case .unavailable(let reason):
      let since = series.breaks.last.map { "; only figures since the break before \($0.label) are charted" }
      variation = .unavailable(reason + (since ?? ""))
      assurance = .unavailable(reason + (since ?? ""))
      warnings = []
    case .available(let chart):
      let refusal = chart.lastSegment?.refusal ?? "the last part of the chart has no limits"
      variation = chart.variation.map { .available($0) } ?? .unavailable(refusal)
      if level != nil, let obstacle {
        assurance = .unavailable(obstacle)
      } else {
        assurance = chart.assurance.map { .available($0) } ?? .unavailable(refusal)
      }
      // Without an icon there is nothing to be careful with, and its reason is told.
      warnings = chart.variation == nil ? [] : chart.warnings
    }
  }
}
