import TimeSeries

/// An indicator of a card beside the areas that the card compares with, at its latest period and at an earlier one.
public struct ComparatorFigures: Hashable, Sendable {
  /// What an area is to the card.
  public enum Role: String, CaseIterable, Hashable, Sendable {
    /// The area of the card.
    case own
    /// A statistical neighbour.
    case neighbour
    /// The region.
    case region
    /// The benchmark, such as England.
    case benchmark
  }

  /// An area and its figures, each nil where it has none that can be compared.
  public struct Row: Hashable, Sendable {
    /// The area.
    public let area: String
    /// What it is to the card.
    public let role: Role
    /// The figure of the latest period.
    public let latest: Double?
    /// The figure of the earlier period.
    public let earlier: Double?
  }

  /// The indicator.
  public let indicator: ScorecardIndicator
  /// The unit of the figures.
  public let unit: TimeSeries.Unit
  /// The latest period for which the area of the card has a figure.
  public let latest: Period
  /// The earlier period: the farthest back of the five before it for which the area has a figure of the same
  /// definition; nil where there is none.
  public let earlier: Period?
  /// The area itself, its statistical neighbours in the order of the card, its region and the benchmark.
  public let rows: [Row]

  /// Puts the figures of an indicator together, of what had been published by the day of the card.
  ///
  /// Figures before a break in a series are not compared with figures after it, and neither are figures in another
  /// unit.
  ///
  /// - Parameters:
  ///   - indicator: the indicator.
  ///   - evidence: series of the area and of others.
  ///   - context: for whom, beside whom and as of when.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` where the indicator has no figures, is a number that says
  ///   nothing beside an area of another size, or no other area has a figure.
  public init(
    of indicator: ScorecardIndicator, evidence: Panel, context: ScorecardContext
  ) throws(IndicatorsError) {
    func refusal(_ reason: String) -> IndicatorsError { .invalid(subject: indicator.id, reason: reason) }
    guard let id = indicator.evidence.series else {
      if case .none(let reason) = indicator.evidence { throw refusal("it has no series: \(reason)") }
      throw refusal("it has no series")
    }
    func series(of area: String) -> Series? { evidence[id, area: area]?.known(asOf: context.asOf) }
    guard let own = series(of: context.area), let last = own.latest?.period else {
      throw refusal("nothing of the series \(id) was published by \(context.asOf) for \(context.area)")
    }
    if let reason = ScorecardFilling.sizeReason(own) { throw refusal(reason) }
    let since = own.segmentSinceLastBreak
    let before = (1...5).reversed().map { last.advanced(by: -$0) }
      .first { since.point(at: $0)?.value != nil }
    func row(_ area: String, _ role: Role) -> Row {
      let other = series(of: area).flatMap { $0.measure.unit == own.measure.unit ? $0 : nil }
      let isBroken =
        other?.breaks.contains { one in before.map { $0 < one && one <= last } ?? false } ?? false
      return Row(
        area: area, role: role, latest: other?.point(at: last)?.value,
        earlier: isBroken ? nil : before.flatMap { other?.point(at: $0)?.value })
    }
    let others =
      context.neighbours.map { row($0, .neighbour) }
      + [context.region.map { row($0, .region) }, context.benchmark.map { row($0, .benchmark) }]
      .compactMap { $0 }
    guard others.contains(where: { $0.latest != nil }) else {
      throw refusal("no area that the card compares with has a figure for \(last.label) in the workspace")
    }
    self.indicator = indicator
    unit = own.measure.unit
    latest = last
    earlier = before
    rows = [row(context.area, .own)] + others
  }
}
