import TimeSeries

/// What a control chart says of an indicator's latest point and of its target.
struct ScorecardChart {
  /// The variation icon.
  let variation: Availability<VariationIcon>
  /// The assurance icon.
  let assurance: Availability<AssuranceIcon>

  /// Draws up an XmR chart with its usual settings.
  init(series: Series, polarity: Polarity, target: ScorecardTarget?) {
    let level = target?.measurable?.level
    let chart = Availability { () throws(IndicatorsError) in
      try ControlChart(
        of: series, kind: .xmr, settings: ControlChartSettings(target: level, polarity: polarity))
    }
    switch chart {
    case .unavailable(let reason):
      variation = .unavailable(reason)
      assurance = .unavailable(reason)
    case .available(let chart):
      let refusal = chart.lastSegment?.refusal ?? "the last part of the chart has no limits"
      variation = chart.variation.map { .available($0) } ?? .unavailable(refusal)
      assurance = chart.assurance.map { .available($0) } ?? .unavailable(refusal)
    }
  }
}
