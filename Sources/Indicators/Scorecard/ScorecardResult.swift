import TimeSeries

/// One line of a filled card: everything that can be said of an indicator, and of everything else the reason why not.
public struct ScorecardResult: Hashable, Sendable {
  /// Something that is not available, and why.
  public struct Missing: Hashable, Sendable {
    /// What: `recent trend`, `benchmark`.
    public let what: String
    /// Why, a sentence without its full stop.
    public let reason: String
  }

  /// The indicator.
  public let indicator: ScorecardIndicator
  /// The unit of the figures; nil where there is no series.
  public let unit: TimeSeries.Unit?
  /// The latest figure.
  public let latest: Availability<ScorecardFigure>
  /// The latest figure with its limits, where counts are known or implied; nil where there is no figure.
  public let estimate: Estimate?
  /// The figure before it, where the definition is the same.
  public let previous: Availability<ScorecardFigure>
  /// How it stands beside the benchmark.
  public let benchmark: Availability<BenchmarkComparison>
  /// How it stands beside the region.
  public let region: Availability<BenchmarkComparison>
  /// Where it stands among the statistical neighbours.
  public let neighbours: Availability<PeerComparison>
  /// Its colour, the rule and the reason.
  public let rating: Rating
  /// OHID's recent trend.
  public let trend: Availability<RecentTrend>
  /// A second line of evidence of where it goes, which needs no counts: Mann-Kendall's test with Sen's slope, of the
  /// figures since the last break.
  public let monotonicTrend: Availability<MonotonicTrend>
  /// What kind of variation the latest point shows, on an XmR chart.
  public let variation: Availability<VariationIcon>
  /// Whether the process, as it is, will meet its target.
  public let assurance: Availability<AssuranceIcon>
  /// What must be known before the icons are believed, as the chart says it; none without a chart.
  public let chartWarnings: [String]
  /// Whether the target is met, or how likely it is to be; nil where no document sets one.
  public let outlook: Availability<TargetOutlook>?
  /// The next period.
  public let forecast: Availability<ScorecardForecast>

  /// The marker of the recent trend, in the light of which way the indicator should go.
  public var marker: TrendMarker {
    trend.value?.marker(polarity: indicator.polarity) ?? .cannotBeCalculated
  }

  /// The marker of the monotonic trend at 95%; nil where it is not available.
  public var monotonicMarker: TrendMarker? {
    monotonicTrend.value.map { TrendMarker($0.test.direction(), polarity: indicator.polarity) }
  }

  /// Whether there is a figure.
  public var hasFigure: Bool { latest.value != nil }

  /// Everything that is not available, with its reason. Where there is no figure, that is the only thing said.
  public var missing: [Missing] {
    if let reason = latest.reason { return [Missing(what: "figures", reason: reason)] }
    var all: [Missing] = []
    func add(_ what: String, _ reason: String?) {
      if let reason { all.append(Missing(what: what, reason: reason)) }
    }
    add("previous figure", previous.reason)
    let (beside, around) = (
      benchmark.reason ?? benchmark.value?.reason, region.reason ?? region.value?.reason
    )
    if beside == around {
      add("standing beside benchmark and region", beside)
    } else {
      add("standing beside the benchmark", beside)
      add("standing beside the region", around)
    }
    add("neighbours", neighbours.reason)
    if rating.colour == .notJudged { add("colour", rating.reason) }
    add("recent trend", trend.reason)
    add("Mann-Kendall and Sen", monotonicTrend.reason)
    if variation.reason == assurance.reason {
      add("variation and assurance icons", variation.reason)
    } else {
      add("variation icon", variation.reason)
      add("assurance icon", assurance.reason)
    }
    add("target", outlook?.reason)
    add("forecast", forecast.reason)
    return all
  }
}
