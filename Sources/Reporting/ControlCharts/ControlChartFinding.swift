import Indicators
import TimeSeries

/// What a control chart finds, as sentences that a board can read.
public struct ControlChartFinding: Sendable {
  private let chart: ControlChart
  private let figures: ControlChartFigures

  /// Puts what a chart finds into words.
  public init(_ chart: ControlChart) {
    self.chart = chart
    figures = ControlChartFigures(chart)
  }

  /// What is charted, and where: `Seen in time, Sefton`.
  public var subject: String {
    chart.area.map { "\(chart.measure.name), \($0)" } ?? chart.measure.name
  }

  /// The icons in words, on one line: `Special cause: concern, low. Consistently fails the target.`
  public var icons: String {
    let variation = chart.variation?.label ?? "No limits at the end of the chart"
    guard let assurance = chart.assurance, assurance != .notApplicable else { return variation + "." }
    return "\(variation). \(assurance.label)."
  }

  /// What the last point says, and by which rule.
  public var variation: String {
    guard let point = chart.lastPoint, let value = point.value else { return "There is no point." }
    let subject = "The last point, \(figures.text(value)) at \(point.period)"
    guard point.limits != nil, let icon = chart.variation else {
      return "\(subject), has no limits to be judged by."
    }
    guard let cause = point.cause else {
      return
        "\(subject), is common cause variation: it lies within the process limits and no rule is met, so that nothing but "
        + "the usual variation is seen."
    }
    let word = icon.label.prefix(1).lowercased() + icon.label.dropFirst()
    var sentence = "\(subject), is \(word), because \(reason(cause, point))."
    let others = point.causes.filter { $0 != cause }
    if !others.isEmpty {
      sentence += " It is also \(others.map(Self.part).joined(separator: " and "))."
    }
    return sentence
  }

  /// What a point is that meets a rule besides the one that names it.
  private static func part(_ cause: SpecialCause) -> String {
    switch cause.rule {
    case .outsideLimits: cause.label
    case .twoOfThree: "one of \(cause.label)"
    case .trend, .shift: "part of a \(cause.label)"
    }
  }

  /// Why a cause names the last point.
  private func reason(_ cause: SpecialCause, _ point: ControlPoint) -> String {
    let centre = chart.kind == .g ? "median" : "mean"
    switch cause {
    case .aboveLimit:
      return "it lies above the upper process limit of \(figures.text(point.limits?.upper ?? .nan))"
    case .belowLimit:
      return "it lies below the lower process limit of \(figures.text(point.limits?.lower ?? .nan))"
    case .rising: return "it ends \(run(cause)) points that rise without a break"
    case .falling: return "it ends \(run(cause)) points that fall without a break"
    case .nearUpperLimit: return "it is one of two of three consecutive points near the upper process limit"
    case .nearLowerLimit: return "it is one of two of three consecutive points near the lower process limit"
    case .aboveCentre: return "\(run(cause)) consecutive points lie above the \(centre)"
    case .belowCentre: return "\(run(cause)) consecutive points lie below the \(centre)"
    }
  }

  /// The number of points at the end of the chart that a cause marks without a break, in its last part.
  private func run(_ cause: SpecialCause) -> Int {
    guard let last = chart.points.lastIndex(where: { $0.value != nil }),
      let segment = chart.segments.last(where: { $0.positions.contains(last) })
    else { return 0 }
    return chart.points[segment.positions.lowerBound...last].reversed()
      .prefix { $0.signal.causes.contains(cause) }.count
  }

  /// Whether the process will meet the target.
  public var assurance: String {
    guard let target = chart.settings.target else {
      return "No target was given, so that nothing is said of whether it will be met."
    }
    let level = "The target of \(figures.text(target))"
    guard let limits = chart.lastSegment?.limits, let icon = chart.assurance else {
      return "\(level) cannot be judged without limits at the end of the chart."
    }
    switch icon {
    case .notApplicable:
      return "\(level) cannot be judged, because nobody has said whether higher or lower is better."
    case .hitAndMiss:
      let place = chart.kind == .p || chart.kind == .u ? "process limits at the last point" : "process limits"
      return
        "\(level) lies between the \(place), \(figures.text(limits.lower)) and \(figures.text(limits.upper)): as the process "
        + "is, chance decides whether it is met."
    case .consistentlyFails:
      return "\(level) lies \(side(target, limits)): as the process is, it will be failed every time."
    case .consistentlyPasses:
      return "\(level) lies \(side(target, limits)): as the process is, it will be passed every time."
    }
  }

  private func side(_ target: Double, _ limits: ControlLimits) -> String {
    let (lower, upper) = (figures.text(limits.lower), figures.text(limits.upper))
    if lower == upper, figures.text(target) == upper { return "on the limits, which have no width" }
    return target > limits.upper
      ? "above the upper process limit, \(figures.text(limits.upper))"
      : "below the lower process limit, \(figures.text(limits.lower))"
  }

  /// A suggestion with what must be given before it is applied.
  public func sentence(_ suggestion: RecalculationSuggestion) -> String {
    let size =
      suggestion.size.map {
        " (\($0 >= 0 ? "up" : "down") \(figures.text($0.magnitude)) on the points before, \(suggestion.pointCount) points)"
      } ?? ""
    let what =
      switch suggestion.evidence {
      case .definitionBreak: "what is measured changed, by the series' own account"
      case .reportingBreak: "the way of collecting or reporting changed, by the series' own account"
      case .step: "a new level seems to begin"
      case .run: "a run of \(suggestion.pointCount) points on one side of the mean begins"
      }
    return
      "\(suggestion.from): \(what)\(size). Recalculate from there only if somebody can say what happened, and give that as "
      + "the reason."
  }

  /// Everything, as sentences in the order in which a board needs them.
  public var sentences: [String] { [variation, assurance] }
}

/// The figures of a chart as text, all to the same decimals.
struct ControlChartFigures {
  let decimals: Int

  /// Decimals that show at least two digits of the distance between the limits, or of the figures where they do not differ.
  init(_ chart: ControlChart) {
    let widths = chart.segments.compactMap(\.limits).map { $0.upper - $0.lower }
    let width = widths.filter { $0 > 0 }.min()
    let shown = width ?? chart.points.compactMap(\.value).map(\.magnitude).max() ?? 1
    decimals =
      switch shown {
      case 100...: 0
      case 10...: 1
      case 1...: 2
      case 0.1...: 3
      case 0.01...: 4
      default: shown == 0 ? 1 : 6
      }
  }

  /// A figure, without decimals that are all zero where it is whole.
  func text(_ value: Double) -> String {
    value == value.rounded() ? NumberText.whole(value) : NumberText.fixed(value, decimals: decimals)
  }

  /// A figure for a column.
  func cell(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, decimals: decimals) } ?? NumberText.absent
  }
}
