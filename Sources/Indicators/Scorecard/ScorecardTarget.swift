import TimeSeries

/// What a document sets out to reach with an indicator: a level by a day, or only a direction.
public struct ScorecardTarget: Hashable, Sendable {
  /// How much is to be reached.
  public enum Aim: Hashable, Sendable {
    /// A level, on one side of which it is met.
    case level(Double, Target.Aim)
    /// Only a direction, without a figure: nothing can be judged by it.
    case direction(TrendDirection)
  }

  /// The figure that the target was set on, which shows on which definition it rests.
  public struct Baseline: Hashable, Sendable {
    /// The period, as the series labels it.
    public let period: String
    /// The figure as the document gives it.
    public let value: Double

    /// A baseline.
    public init(period: String, value: Double) {
      self.period = period
      self.value = value
    }
  }

  /// How much.
  public let aim: Aim
  /// The last day by which it is to be reached.
  public let date: CivilDate
  /// The document and its words.
  public let source: String
  /// What it was set on; nil where the document does not say.
  public let baseline: Baseline?
  /// How far beside the level, in the unit of the indicator, is amber and not yet red; nil for the usual share of the
  /// level (``RatingRule/usualTolerance``).
  public let tolerance: Double?

  /// A target.
  public init(
    aim: Aim, date: CivilDate, source: String, baseline: Baseline? = nil, tolerance: Double? = nil
  ) {
    self.aim = aim
    self.date = date
    self.source = source
    self.baseline = baseline
    self.tolerance = tolerance
  }

  /// The target with its level; nil where it is only a direction.
  public var measurable: Target? {
    guard case .level(let level, let side) = aim else { return nil }
    return Target(level: level, aim: side, date: date, source: source)
  }

  /// How far beside the level is amber, in the unit of the indicator; nil where there is no level.
  public var amberWithin: Double? {
    guard case .level(let level, _) = aim else { return nil }
    return tolerance ?? level.magnitude * RatingRule.usualTolerance
  }

  /// The break that parts the figures of a period from what the target was set on; of a target that does not say what
  /// it was set on, the last break of the series, since nobody knows on which side of it the target stands.
  ///
  /// - Parameters:
  ///   - series: the series of the indicator, as it is known.
  ///   - period: the period whose figure is to be held against the target.
  /// - Returns: the period before which the series breaks; nil where the definition is the same.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` where the series has no such period as the baseline's.
  func breakBetween(_ series: Series, and period: Period) throws(IndicatorsError) -> Period? {
    guard let baseline else { return series.breaks.last }
    guard let set = series.points.first(where: { $0.period.label == baseline.period })?.period else {
      throw .invalid(
        subject: series.id,
        reason:
          "the target was set on \(baseline.period), and the series has no such period; write the period as the series has it"
      )
    }
    return series.breaks.first { set < $0 && $0 <= period }
  }
}
