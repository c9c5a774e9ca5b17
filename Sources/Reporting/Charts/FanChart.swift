import Commissioning
import Forecasting
import TimeSeries

/// One quantity by period: what was published as a line, what is forecast as a median inside its 80 and 95 per cent
/// intervals.
///
/// The drawing is a self-contained SVG document without scripts: one hue that survives printing in grey and colour
/// blindness, direct labels in place of a legend, and a title and description for readers who do not see it.
public struct FanChart: Hashable, Sendable {
  /// What the axis counts.
  public enum Axis: Hashable, Sendable {
    /// Pounds, shown in the unit that suits them.
    case pounds
    /// Anything else, by its name: `plans`, `per cent`.
    case count(String)
  }

  /// A median with its intervals.
  public struct Fan: Hashable, Sendable {
    /// The median.
    public let median: Double
    /// The 80 per cent interval.
    public let interval80: ClosedRange<Double>
    /// The 95 per cent interval.
    public let interval95: ClosedRange<Double>

    /// A median with its intervals.
    public init(median: Double, interval80: ClosedRange<Double>, interval95: ClosedRange<Double>) {
      self.median = median
      self.interval80 = interval80
      self.interval95 = interval95
    }
  }

  /// A period and what is known of it.
  public struct Point: Hashable, Sendable {
    /// What is known of a period.
    public enum Content: Hashable, Sendable {
      /// A published value.
      case published(Double)
      /// A forecast.
      case forecast(Fan)
      /// Nothing: the line is broken here.
      case missing
    }

    /// The period, as it is shown.
    public let label: String
    /// What is known of it.
    public let content: Content

    /// A period and what is known of it.
    public init(label: String, content: Content) {
      self.label = label
      self.content = content
    }
  }

  /// The title.
  public let title: String
  /// What the axis counts.
  public let axis: Axis
  /// The periods, in order.
  public let points: [Point]
  /// What the ids of the document begin with; charts on one page need different ones.
  public let identifier: String

  /// A chart of some periods.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` when no period has a finite figure.
  public init(title: String, axis: Axis, points: [Point], identifier: String = "chart") throws(ReportingError)
  {
    // A figure that is not finite has no place on an axis.
    let drawable = points.map { point in
      point.figures.allSatisfy(\.isFinite) ? point : Point(label: point.label, content: .missing)
    }
    guard drawable.contains(where: { $0.content != .missing }) else { throw .emptyChart(title) }
    self.title = title
    self.axis = axis
    self.points = drawable
    self.identifier = String(
      identifier.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" })
  }

  /// A chart of one figure of a service.
  ///
  /// Only the figures of outturn years are published; what is rolled forward is drawn as the forecast it is.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` when the service has no such figure.
  public init(_ service: ServiceOutcome, figure: PlanFigure, identifier: String? = nil) throws(ReportingError)
  {
    try self.init(
      title: "\(service.name): \(figure.name(in: service))",
      axis: figure.isMoney ? .pounds : .count("people or places"),
      points: service.years.map { year in
        Point(label: "\(year.year)", content: Self.content(figure.quantity(of: year), year.kind))
      },
      identifier: identifier ?? "\(service.id)-\(figure.rawValue)")
  }

  /// A chart of a series and its forecast.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` or ``ReportingError/forecast(_:)``.
  public init(_ forecast: SeriesForecast, identifier: String? = nil) throws(ReportingError) {
    let series = forecast.series
    let spaced: Series
    do {
      spaced = try series.evenlySpaced()
    } catch {
      throw .forecast("\(error)")
    }
    var points = spaced.points.map { point in
      Point(
        label: point.period.labelAsWritten,
        content: point.value.map { .published($0) } ?? .missing)
    }
    // Periods after the last value that have none are forecast.
    while points.last?.content == .missing { points.removeLast() }
    for step in try forecast.steps(levels: .standard) {
      guard let interval80 = step.intervals.first, let interval95 = step.intervals.last else { continue }
      points.append(
        Point(
          label: step.period,
          content: .forecast(Fan(median: step.median, interval80: interval80, interval95: interval95))))
    }
    try self.init(
      title: series.area.map { "\(series.measure.name), \($0)" } ?? series.measure.name,
      axis: series.measure.unit == .pounds ? .pounds : .count("\(series.measure.unit)"), points: points,
      identifier: identifier ?? series.id)
  }

  private static func content(_ quantity: Quantity?, _ kind: YearKind) -> Point.Content {
    switch (quantity, kind) {
    case (nil, _): .missing
    case (.known(let value), .outturn): .published(value)
    case (.known(let value), _):
      .forecast(Fan(median: value, interval80: value...value, interval95: value...value))
    case (.uncertain(let one), _):
      .forecast(
        Fan(
          median: one.p50, interval80: one.p10...max(one.p10, one.p90),
          interval95: one.p2_5...max(one.p2_5, one.p97_5)))
    }
  }
}

extension FanChart.Point {
  /// All numbers of the point.
  var figures: [Double] {
    switch content {
    case .published(let value): [value]
    case .forecast(let fan):
      [
        fan.median, fan.interval80.lowerBound, fan.interval80.upperBound, fan.interval95.lowerBound,
        fan.interval95.upperBound,
      ]
    case .missing: []
    }
  }

  /// The published value.
  var published: Double? {
    if case .published(let value) = content { value } else { nil }
  }

  /// The forecast.
  var fan: FanChart.Fan? {
    if case .forecast(let fan) = content { fan } else { nil }
  }
}
