import TimeSeries

/// A process-control chart as NHS England's Making Data Count draws it: the points, the limits within which the process
/// itself moves, and which points are more than that.
///
/// Rules, in order of priority: a point beyond a limit; seven points that rise or fall; two of three near a limit; seven
/// points on one side of the centre. Runs are looked for inside each part of the chart with limits of its own; a missing
/// figure ends them. Limits are worked out anew only where the settings give an event and its reason; what might be one is
/// listed (``suggestions``) and never applied.
public struct ControlChart: Hashable, Sendable {
  /// The fewest points from which limits are worked out.
  public static let fewestPoints = 12
  /// The fewest points from which limits are worked out without a warning; at ``fewestPoints`` itself the guidance and the
  /// code of NHSRplotthedots differ, and the chart warns as the code does.
  public static let fewestPointsUnwarned = 13

  /// What is charted, without its figures.
  public let measure: Measure
  /// The identifier of the series.
  public let id: String
  /// The area, where there is one.
  public let area: String?
  /// The kind of chart.
  public let kind: ControlChartKind
  /// Why that kind was chosen; nil where it was asked for.
  public let kindReason: String?
  /// The settings.
  public let settings: ControlChartSettings
  /// Which way the points should go: as the settings say, or the measure. Days between events should go the other way than
  /// the events.
  public let polarity: Polarity
  /// The unit of the points and lines.
  public let unit: TimeSeries.Unit
  /// The points, at every period from the first to the last; a g chart's are its events from the second on.
  public let points: [ControlPoint]
  /// The parts with limits of their own, in order; at least one of them has limits.
  public let segments: [ControlSegment]
  /// Periods from which limits might be worked out anew, if somebody can say what happened.
  public let suggestions: [RecalculationSuggestion]
  /// What must be known before the chart is believed, as sentences without full stops: definitions that changed, limits
  /// from few points, points that vary more than chance.
  public let warnings: [String]
  /// How the chart was drawn up, as sentences without full stops: the method, screening, gaps, limits beyond what the unit allows.
  public let notes: [String]

  /// A chart of a series.
  ///
  /// - Parameters:
  ///   - series: the figures; p and u charts need numerators and denominators, g charts the days of events or the numbers
  ///     between them.
  ///   - kind: the kind of chart; nil for the one that suits the series (``ControlChartKind/suited(to:)``).
  ///   - settings: how it is drawn up.
  /// - Throws: ``IndicatorsError/tooFewPoints(series:method:found:needed:)`` with fewer than ``fewestPoints`` figures in
  ///   every part; ``IndicatorsError/unfit(series:method:reason:remedy:)`` for periods that overlap or figures of another
  ///   form than the chart needs; ``IndicatorsError/invalid(subject:reason:)`` for a setting that the series cannot have;
  ///   the errors of counts of p, u and g charts.
  public init(
    of series: Series, kind: ControlChartKind? = .xmr, settings: ControlChartSettings = ControlChartSettings()
  ) throws(IndicatorsError) {
    let suited = kind == nil ? ControlChartKind.suited(to: series) : nil
    let kind = kind ?? suited?.kind ?? .xmr
    var draft = try ControlChartDraft(series, kind: kind, settings: settings)
    try draft.divide()
    try draft.drawLimits()
    let remarks = ControlChartRemarks(draft)
    measure = series.measure
    id = series.id
    area = series.area
    self.kind = kind
    kindReason = suited?.reason
    self.settings = settings
    polarity = draft.polarity
    unit = draft.unit
    points = draft.points
    segments = draft.segments
    suggestions = RecalculationSearch.suggestions(for: draft)
    warnings = remarks.warnings
    notes = remarks.notes
  }

  /// The part of the chart at its end.
  public var lastSegment: ControlSegment? { segments.last }

  /// The last point that has a value.
  public var lastPoint: ControlPoint? { points.last { $0.value != nil } }

  /// The variation icon: that of the last point; nil where the last part of the chart has no limits, which its
  /// ``ControlSegment/refusal`` explains.
  public var variation: VariationIcon? { variation(polarity) }

  /// The variation icon in the light of another polarity than the chart's.
  public func variation(_ polarity: Polarity) -> VariationIcon? { lastPoint?.variation(polarity) }

  /// The assurance icon, by the limits at the end of the chart; nil where there are none.
  public var assurance: AssuranceIcon? { assurance(target: settings.target, polarity) }

  /// The assurance icon for another target or polarity than the chart's.
  public func assurance(target: Double?, _ polarity: Polarity) -> AssuranceIcon? {
    lastSegment?.limits.map { AssuranceIcon(target: target, limits: $0, polarity: polarity) }
  }

  /// How the chart was worked out, as results name their methods: `XmR chart, limits 2.66 mean moving ranges, moving ranges
  /// screened`.
  public var method: String {
    switch kind {
    case .xmr:
      "XmR chart, limits 2.66 mean moving ranges, moving ranges "
        + (settings.screensMovingRanges ? "screened" : "not screened")
    case .p: "p chart, limits three binomial standard deviations" + dispersionText
    case .u: "u chart, limits three Poisson standard deviations" + dispersionText
    case .g: "g chart, limits at 0.135% and 99.865% of the geometric distribution"
    }
  }

  private var dispersionText: String {
    settings.adjustsForDispersion ? ", times Laney's sigma z" : ""
  }
}
