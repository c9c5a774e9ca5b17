// Steps, distance and order of periods.

extension Period {
  /// The period a number of steps later (earlier, when negative), written in the same form.
  ///
  /// A step is one of the period's ``frequency``; pooled years and rolling windows move on by one step and overlap.
  /// No step leaves the range of some two thousand million steps from year 0; sums that would pass it stay on it.
  public func advanced(by steps: Int) -> Period {
    let bounded = Int(Int32(clamping: steps))
    return Period(
      family, variant: variant, extent: extent, ordinal: Int(ordinal) + bounded * unitsInStep, style: style)
  }

  /// The number of steps from this period to another; negative when the other is earlier.
  ///
  /// Nil when there is no whole number of steps: the kinds differ, weeks begin on different days of the week, yearly
  /// censuses stand in different months. Censuses of one month are a whole number of steps apart whatever their day,
  /// since census days move (18 January 2024, 16 January 2025).
  public func distance(to other: Period) -> Int? {
    guard family == other.family, variant == other.variant, family == .census || extent == other.extent
    else { return nil }
    let (steps, rest) = (Int(other.ordinal) - Int(ordinal)).quotientAndRemainder(dividingBy: unitsInStep)
    return rest == 0 ? steps : nil
  }

  /// How many units of `ordinal` there are in one step.
  private var unitsInStep: Int {
    switch family {
    case .index, .year, .quarter, .month, .day, .pooledYears: 1
    case .week: 7
    case .census, .rollingMonths: namedFrequency.months ?? 1
    }
  }
}

extension Period: Hashable {
  /// Whether two periods are the same; the form in which they are written does not matter.
  public static func == (left: Period, right: Period) -> Bool {
    left.ordinal == right.ordinal && left.family == right.family && left.variant == right.variant
      && left.extent == right.extent
  }

  /// Feeds everything but the form to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(family)
    hasher.combine(variant)
    hasher.combine(extent)
    hasher.combine(ordinal)
  }
}

extension Period: Comparable {
  /// Orders by first day, then last day, then kind; plain counts come first.
  public static func < (left: Period, right: Period) -> Bool {
    if left.family == right.family, left.variant == right.variant, left.extent == right.extent {
      return left.ordinal < right.ordinal
    }
    return left.rank < right.rank
  }

  /// What orders unlike kinds. Plain counts have no day and rank before every day there is.
  private var rank: (Int, Int, UInt8, UInt8, UInt8, Int32) {
    (
      start?.daysSinceEpoch ?? Int.min, end?.daysSinceEpoch ?? Int.min, family.rawValue, variant, extent,
      ordinal
    )
  }
}
