/// The unit in which a measure is expressed.
public enum Unit: Hashable, Sendable {
  /// Whole things: children, plans, places.
  case count
  /// So many to each `per` of a population: `rate(per: 10_000)`.
  case rate(per: Double)
  /// A share of the whole, from 0 to 1.
  case proportion
  /// A share of the whole, from 0 to 100.
  case percentage
  /// Pounds sterling.
  case pounds
  /// Weeks.
  case weeks
  /// Points on a scale, which may be negative.
  case score
  /// Any other unit, by its name.
  case other(String)

  /// The least value the unit allows; nil where there is none (pounds may be a deficit, scores may be negative).
  public var lowerBound: Double? {
    switch self {
    case .count, .rate, .proportion, .percentage, .weeks: 0
    case .pounds, .score, .other: nil
    }
  }

  /// The greatest value the unit allows; nil where there is none.
  public var upperBound: Double? { whole }

  /// What a share of everything is in this unit: 1 for a proportion, 100 for a percentage; nil for other units.
  public var whole: Double? {
    switch self {
    case .proportion: 1
    case .percentage: 100
    case .count, .rate, .pounds, .weeks, .score, .other: nil
    }
  }

  /// The number by which numerator / denominator is multiplied to give a value in this unit: the `per` of a rate, the
  /// whole of a share; nil where the unit is not a quotient.
  public var multiplier: Double? {
    if case .rate(let per) = self { per } else { whole }
  }
}
