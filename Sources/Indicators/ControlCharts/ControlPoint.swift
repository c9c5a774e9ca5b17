import TimeSeries

/// A period of a control chart and what the chart says of it.
public struct ControlPoint: Hashable, Sendable {
  /// The period.
  public let period: Period
  /// The figure on the chart, in the unit of the chart; nil where there is none.
  public let value: Double?
  /// The count above the line, of p and u charts.
  public let numerator: Double?
  /// The count below the line, of p and u charts.
  public let denominator: Double?
  /// The lines of the chart at the point; nil where the part of the chart that holds it has no limits.
  public internal(set) var limits: ControlLimits?
  /// What the rules say of it.
  public internal(set) var signal: PointSignal

  init(period: Period, value: Double?, numerator: Double? = nil, denominator: Double? = nil) {
    self.period = period
    self.value = value
    self.numerator = numerator
    self.denominator = denominator
    signal = .none
  }

  /// Every cause by which the point is special cause, by priority; none for common cause.
  public var causes: [SpecialCause] { signal.causes.all }

  /// The cause that names it: the first by priority; nil for common cause and where there are no limits.
  public var cause: SpecialCause? { signal.named }

  /// The icon of the point; nil where there is no value or there are no limits.
  public func variation(_ polarity: Polarity) -> VariationIcon? {
    value == nil || limits == nil ? nil : VariationIcon(signal.named, polarity: polarity)
  }
}

extension VariationIcon {
  /// The icon of a cause in the light of which way the measure should go; common cause for none.
  public init(_ cause: SpecialCause?, polarity: Polarity) {
    guard let cause else {
      self = .commonCause
      return
    }
    self =
      switch (cause.isHigh, polarity) {
      case (true, .higherIsBetter): .improvementHigh
      case (false, .higherIsBetter): .concernLow
      case (true, .lowerIsBetter): .concernHigh
      case (false, .lowerIsBetter): .improvementLow
      case (true, .neutral): .neutralHigh
      case (false, .neutral): .neutralLow
      }
  }
}

extension AssuranceIcon {
  /// Whether a process with some limits will meet a target. Where more is better it fails a target above the upper limit
  /// every time and passes one below the lower limit every time; where less is better it is the other way round. A target
  /// between the limits, or on one of them, is hit and missed by chance. Limits without width are the one value that the
  /// process has: a target that is that value, but for rounding, is met every time.
  public init(target: Double?, limits: ControlLimits, polarity: Polarity) {
    guard let target, polarity != .neutral else {
      self = .notApplicable
      return
    }
    let isHigherBetter = polarity == .higherIsBetter
    let rounding = ControlLimits.rounding * max(limits.centre.magnitude, target.magnitude)
    if limits.hasNoWidth, (target - limits.centre).magnitude <= rounding {
      self = .consistentlyPasses
    } else if target > limits.upper {
      self = isHigherBetter ? .consistentlyFails : .consistentlyPasses
    } else if target < limits.lower {
      self = isHigherBetter ? .consistentlyPasses : .consistentlyFails
    } else {
      self = .hitAndMiss
    }
  }
}
