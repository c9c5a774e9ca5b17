import Indicators
import TimeSeries

/// A line of a filled scorecard as it stands in JSON.
struct ScorecardLineDocument: Encodable {
  struct Evidence: Encodable {
    let kind: String
    let series: String?
    let reason: String?
  }

  struct Figure: Encodable {
    let period: String
    let value: Double
    let published: String?
    let lagDays: Int?
    let ageDays: Int?

    init(_ figure: ScorecardFigure) {
      period = figure.period.label
      value = figure.value
      published = figure.publication.map { "\($0.date)" }
      lagDays = figure.lagDays
      ageDays = figure.ageDays
    }
  }

  struct Limits: Encodable {
    let lower95: Double
    let upper95: Double
    let statistic: String
    let method: String

    init?(_ estimate: Estimate?) {
      guard let estimate, let limits = estimate.limits(.p95) else { return nil }
      lower95 = limits.lower
      upper95 = limits.upper
      statistic = estimate.statistic
      method = estimate.method
    }
  }

  struct Comparison: Encodable {
    let area: String
    let value: Double
    let difference: Double
    let standing: String
    let method: String
    let reason: String?

    init(_ comparison: BenchmarkComparison) {
      area = comparison.benchmarkName
      value = comparison.benchmark
      difference = comparison.difference
      standing = comparison.standing.rawValue
      method = comparison.method.rule
      reason = comparison.reason
    }
  }

  struct Neighbours: Encodable {
    let rank: Int
    let of: Int
    let quartile: String?
    let median: Double
    let zScore: Double?
    let missing: [String]

    init(_ peers: PeerComparison) {
      rank = peers.rank
      of = peers.count
      quartile = peers.quartile?.rawValue
      median = peers.median
      zScore = peers.zScore
      missing = peers.missing
    }
  }

  struct Colour: Encodable {
    let colour: String
    let rule: String
    let reason: String
    let passedOver: [String]
  }

  struct Interval: Encodable {
    let period: String
    let median: Double
    let lower80: Double
    let upper80: Double
    let comparators: Int
    let remark: String?
  }

  struct TargetDocument: Encodable {
    let text: String
    let level: Double?
    let by: String
    let source: String
    let status: String
    let period: String?
    let value: Double?
    let forecast: Interval?
    let probability: Double?
    let reason: String?
  }

  struct RecentTrendDocument: Encodable {
    let marker: String
    let statistic: Double
    let pValue: Double
    let slope: Double
    let method: String
    let basis: String
  }

  struct MonotonicTrend: Encodable {
    let marker: String?
    let pValue: Double
    let senSlope: Double
    let since: String?
  }

  struct Absent: Encodable {
    let what: String
    let reason: String
  }

  let id: String
  let list: String
  let name: String
  let theme: String
  let priority: Int
  let definition: String
  let owner: String
  let polarity: String
  let unit: String
  let source: String
  let evidence: Evidence
  let latest: Figure?
  let interval: Limits?
  let previous: Figure?
  let benchmark: Comparison?
  let region: Comparison?
  let neighbours: Neighbours?
  let rating: Colour
  let target: TargetDocument?
  let recentTrend: RecentTrendDocument?
  let mannKendall: MonotonicTrend?
  let variation: String?
  let assurance: String?
  let chartWarnings: [String]
  let next: Interval?
  let notAvailable: [Absent]

  init(_ result: ScorecardResult) {
    let one = result.indicator
    id = one.id
    list = one.list
    name = one.name
    theme = one.theme
    priority = one.priority
    definition = one.definition
    owner = one.owner
    polarity = one.polarity.words
    unit = one.unit
    source = one.source
    let note: String? =
      switch one.evidence {
      case .series: nil
      case .proxy(_, let reason), .none(let reason): reason
      }
    evidence = Evidence(kind: one.evidence.kind, series: one.evidence.series, reason: note)
    latest = result.latest.value.map(Figure.init)
    interval = Limits(result.estimate)
    previous = result.previous.value.map(Figure.init)
    benchmark = result.benchmark.value.map(Comparison.init)
    region = result.region.value.map(Comparison.init)
    neighbours = result.neighbours.value.map(Neighbours.init)
    rating = Colour(
      colour: result.rating.colour.rawValue, rule: result.rating.rule.rawValue, reason: result.rating.reason,
      passedOver: result.rating.passedOver)
    target = one.target.map { Self.target($0, result.outlook) }
    recentTrend = result.trend.value.map {
      RecentTrendDocument(
        marker: result.marker.rawValue, statistic: $0.statistic, pValue: $0.pValue, slope: $0.slope,
        method: $0.method.name, basis: $0.basis.label)
    }
    mannKendall = result.monotonicTrend.value.map {
      MonotonicTrend(
        marker: result.monotonicMarker?.rawValue, pValue: $0.test.pValue, senSlope: $0.test.slope.value,
        since: $0.first?.label)
    }
    variation = result.variation.value?.rawValue
    assurance = result.assurance.value?.rawValue
    chartWarnings = result.chartWarnings
    next = result.forecast.value.map {
      Interval(
        period: $0.period.label, median: $0.median, lower80: $0.lower80, upper80: $0.upper80,
        comparators: $0.comparatorCount, remark: $0.remark)
    }
    notAvailable = result.missing.map { Absent(what: $0.what, reason: $0.reason) }
  }

  private static func target(
    _ target: ScorecardTarget, _ outlook: Availability<TargetOutlook>?
  ) -> TargetDocument {
    var value: Double?
    var forecast: Interval?
    if let known = outlook?.value {
      switch known.verdict {
      case .known(let figure, _): value = figure
      case .forecast(let median, let lower, let upper, _):
        forecast = Interval(
          period: known.period.label, median: median, lower80: lower, upper80: upper,
          comparators: known.comparatorCount, remark: known.remark)
      }
    }
    return TargetDocument(
      text: target.levelText, level: target.measurable?.level, by: "\(target.date)", source: target.source,
      status: ScorecardWords.status(outlook), period: outlook?.value?.period.label, value: value,
      forecast: forecast,
      probability: outlook?.value?.probability, reason: outlook?.reason)
  }
}
