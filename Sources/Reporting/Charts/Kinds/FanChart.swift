/// One quantity by period: what was published as a line with dots, what is forecast as a median inside its
/// intervals, and beside them the level to be kept to and what had been forecast of published periods before
/// they came.
///
/// One hue that survives printing in grey and colour blindness, direct labels in place of a legend, and a
/// title and description for readers who do not see it.
public struct FanChart: Hashable, Sendable {
  /// A median with its intervals.
  public struct Fan: Hashable, Sendable {
    /// The median.
    public let median: Double
    /// The 50 per cent interval, where it is known.
    public let interval50: ClosedRange<Double>?
    /// The 80 per cent interval.
    public let interval80: ClosedRange<Double>
    /// The 95 per cent interval.
    public let interval95: ClosedRange<Double>

    /// A median with its intervals.
    public init(
      median: Double, interval50: ClosedRange<Double>? = nil, interval80: ClosedRange<Double>,
      interval95: ClosedRange<Double>
    ) {
      self.median = median
      self.interval50 = interval50
      self.interval80 = interval80
      self.interval95 = interval95
    }

    /// Something that is certain.
    public init(certain value: Double) {
      self.init(
        median: value, interval50: value...value, interval80: value...value, interval95: value...value)
    }

    /// Whether there is nothing between the ends of the intervals.
    var isCertain: Bool { interval95.lowerBound == interval95.upperBound }

    var figures: [Double] {
      [median, interval80.lowerBound, interval80.upperBound, interval95.lowerBound, interval95.upperBound]
        + (interval50.map { [$0.lowerBound, $0.upperBound] } ?? [])
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
    /// The level to be kept to, a budget or a target; nil where there is none.
    public let level: Double?
    /// What an earlier forecast had for the period; nil where there is none.
    public let hindcast: Double?
    /// What has been published since of a period that is drawn as its forecast; nil where nothing has.
    public let outturn: Double?

    /// A period and what is known of it.
    public init(
      label: String, content: Content, level: Double? = nil, hindcast: Double? = nil, outturn: Double? = nil
    ) {
      self.label = label
      self.content = content
      self.level = level
      self.hindcast = hindcast
      self.outturn = outturn
    }

    /// The point without the figures that have no place on an axis.
    fileprivate var drawable: Point {
      let isDrawable =
        switch content {
        case .published(let value): value.isDrawable
        case .forecast(let fan): fan.figures.allSatisfy(\.isDrawable)
        case .missing: false
        }
      return Point(
        label: label, content: isDrawable ? content : .missing,
        level: level.flatMap { $0.isDrawable ? $0 : nil },
        hindcast: hindcast.flatMap { $0.isDrawable ? $0 : nil },
        outturn: outturn.flatMap { $0.isDrawable ? $0 : nil })
    }
  }

  /// What the chart finds.
  public let title: String
  /// What it shows.
  public let subtitle: String
  /// What the axis counts.
  public let unit: ChartUnit
  /// The periods, in order.
  public let points: [Point]
  /// The name of the level to be kept to: `budget`.
  public let levelName: String
  /// Notes at the foot.
  public let notes: [String]
  /// What the ids of the document begin with; charts on one page need different ones.
  public let identifier: String

  /// A chart of some periods. A figure that is no number or beyond 1e300 is missing; so is a forecast with
  /// one.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` when no period has a published value or a forecast.
  public init(
    title: String, subtitle: String = "", unit: ChartUnit, points: [Point], levelName: String = "level",
    notes: [String] = [], identifier: String = "chart"
  ) throws(ReportingError) {
    let drawable = points.map(\.drawable)
    guard drawable.contains(where: { $0.content != .missing }) else { throw .emptyChart(title) }
    self.title = title
    self.subtitle = subtitle
    self.unit = unit
    self.points = drawable
    self.levelName = levelName
    self.notes = notes
    self.identifier = identifier
  }
}

extension FanChart.Point {
  /// The published value.
  var published: Double? {
    if case .published(let value) = content { value } else { nil }
  }

  /// The forecast.
  var fan: FanChart.Fan? {
    if case .forecast(let fan) = content { fan } else { nil }
  }

  /// All numbers of the point.
  var figures: [Double] {
    (fan?.figures ?? []) + [published, level, hindcast, outturn].compactMap { $0 }
  }
}
