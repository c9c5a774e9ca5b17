extension DataPoint {
  /// Where the quantity lies when all that is known of it is an interval: a rounded value, a value suppressed within
  /// bounds, a figure that rounds to zero. Nil for an exact value and for a figure of which nothing is known.
  ///
  /// - A value rounded to `u` stands for value − u/2 to value + u/2, as far as the unit has such values: 0 children to
  ///   the nearest 5 are 0 to 2.5, 100 per cent to the nearest 1 are 99.5 to 100.
  /// - A suppressed value lies within the bounds that were published with it.
  /// - A figure that rounds to zero is not above u/2, where the unit of rounding is known; nor below −u/2, in a unit that
  ///   may be negative.
  ///
  /// The interval is closed: where a half goes, up or down or to the nearest even figure, differs between publishers.
  /// Both ends are whole steps of no count; who wants whole numbers takes those between them.
  ///
  /// - Parameter unit: the unit of the series (``Measure/unit``), which bounds the quantity.
  /// - Returns: the interval, in that unit; nil also for a value that the unit does not allow.
  public func bounds(in unit: Unit) -> ClosedRange<Double>? {
    switch observation {
    case .value(let value): return roundingHalf.flatMap { Self.interval(around: value, half: $0, in: unit) }
    case .roundsToZero: return roundingHalf.flatMap { Self.interval(around: 0, half: $0, in: unit) }
    case .suppressed(let bounds): return bounds
    case .notAvailable, .notApplicable: return nil
    }
  }

  /// Half of the unit of rounding; nil where there is none, or none that a publisher can round to.
  private var roundingHalf: Double? {
    rounding.flatMap { Self.isRounding($0) ? $0 / 2 : nil }
  }

  /// Whether a number can be the unit to which a publisher rounds.
  static func isRounding(_ unit: Double) -> Bool { unit > 0 && unit.isFinite }

  private static func interval(around value: Double, half: Double, in unit: Unit) -> ClosedRange<Double>? {
    let least = unit.lowerBound ?? -.greatestFiniteMagnitude
    let greatest = unit.upperBound ?? .greatestFiniteMagnitude
    guard value >= least, value <= greatest else { return nil }
    return max(least, value - half)...min(greatest, value + half)
  }
}
