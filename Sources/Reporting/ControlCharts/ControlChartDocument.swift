import Indicators
import TimeSeries

/// Control charts as they stand in JSON; what there is none of is left out.
struct ControlChartDocument: Encodable {
  struct Lines: Encodable {
    let centre: Double
    let lower: Double
    let upper: Double
    let nearLower: Double
    let nearUpper: Double

    init(_ limits: ControlLimits) {
      centre = limits.centre
      lower = limits.lower
      upper = limits.upper
      nearLower = limits.nearLower
      nearUpper = limits.nearUpper
    }
  }

  struct Segment: Encodable {
    let from: String
    let to: String
    let reason: String?
    let points: Int
    let baselinePoints: Int
    let mean: Double?
    let meanMovingRange: Double?
    let movingRanges: Int?
    let screened: Int?
    let dispersion: Double?
    let limits: Lines?
    let refusal: String?

    init(_ segment: ControlSegment) {
      from = segment.first.label
      to = segment.last.label
      reason = segment.recalculation?.reason
      points = segment.pointCount
      baselinePoints = segment.baselineCount
      mean = segment.mean
      meanMovingRange = segment.meanMovingRange
      movingRanges = segment.meanMovingRange == nil ? nil : segment.movingRangeCount
      screened = segment.meanMovingRange == nil ? nil : segment.screenedCount
      dispersion = segment.dispersion
      limits = segment.limits.map(Lines.init)
      refusal = segment.refusal
    }
  }

  struct Point: Encodable {
    let period: String
    let value: Double?
    let numerator: Double?
    let denominator: Double?
    let limits: Lines?
    let causes: [String]
    let cause: String?
    let variation: String?

    init(_ point: ControlPoint, _ polarity: Polarity) {
      period = point.period.label
      value = point.value
      numerator = point.numerator
      denominator = point.denominator
      limits = point.limits.map(Lines.init)
      causes = point.causes.map { "\($0)" }
      cause = point.cause.map { "\($0)" }
      variation = point.variation(polarity)?.rawValue
    }
  }

  struct Suggestion: Encodable {
    let from: String
    let evidence: String
    let size: Double?
    let points: Int
    let sentence: String
  }

  struct Chart: Encodable {
    let series: String
    let area: String?
    let measure: String
    let unit: String
    let polarity: String
    let chart: String
    let chartReason: String?
    let method: String
    let screening: Bool?
    let twoOfThree: String
    let target: Double?
    let variation: String?
    let assurance: String?
    let findings: [String]
    let segments: [Segment]
    let points: [Point]
    let suggestions: [Suggestion]
    let warnings: [String]
    let notes: [String]

    init(_ chart: ControlChart) {
      let finding = ControlChartFinding(chart)
      series = chart.id
      area = chart.area
      measure = chart.measure.name
      unit = "\(chart.unit)"
      polarity = chart.polarity.rawValue
      self.chart = chart.kind.rawValue
      chartReason = chart.kindReason
      method = chart.method
      screening = chart.kind == .xmr ? chart.settings.screensMovingRanges : nil
      twoOfThree = chart.settings.twoOfThree.rawValue
      target = chart.settings.target
      variation = chart.variation?.rawValue
      assurance = chart.assurance?.rawValue
      findings = finding.sentences
      segments = chart.segments.map(Segment.init)
      points = chart.points.map { Point($0, chart.polarity) }
      suggestions = chart.suggestions.map {
        Suggestion(
          from: $0.from.label, evidence: $0.evidence.rawValue, size: $0.size, points: $0.pointCount,
          sentence: finding.sentence($0))
      }
      warnings = chart.warnings
      notes = chart.notes
    }
  }

  let charts: [Chart]
}
