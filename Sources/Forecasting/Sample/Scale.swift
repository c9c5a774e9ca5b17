import RealModule
import TimeSeries

/// The scale on which a model is fitted, chosen so that what a model may say stays inside what the unit allows.
///
/// A model works with `transformed` values, on which errors are taken to be symmetric; a forecast is carried back by
/// ``restored(_:)``. Counts, rates, pounds and weeks are positive and vary in proportion to their size, so they are
/// fitted as logarithms; proportions are fitted as log odds.
public enum Scale: Hashable, Sendable {
  /// As measured.
  case natural
  /// `log(y + offset)`. The offset is zero unless a zero was observed.
  case logarithm(offset: Double)
  /// `log((y - lower + offset) / (upper - y + offset))`. The offset is zero unless a bound was observed.
  case logOdds(lower: Double, upper: Double, offset: Double)
  /// `((y + offset)^power - 1) / power` for a power other than zero (Box and Cox, 1964). The offset is zero unless a
  /// zero was observed.
  case boxCox(power: Double, offset: Double)

  /// The value as the model sees it.
  public func transformed(_ value: Double) -> Double {
    switch self {
    case .natural: value
    case .logarithm(let offset): Double.log(value + offset)
    case .logOdds(let lower, let upper, let offset):
      Double.log((value - lower + offset) / (upper - value + offset))
    case .boxCox(let power, let offset):
      Double.expMinusOne(power * Double.log(value + offset)) / power
    }
  }

  /// The measured value that a transformed value stands for; never outside the bounds that the scale knows. The natural
  /// scale knows none: ``Sample/restored(_:)`` keeps it inside those of the unit.
  public func restored(_ transformed: Double) -> Double {
    switch self {
    case .natural: transformed
    case .logarithm(let offset): max(0, Double.exp(transformed) - offset)
    case .logOdds(let lower, let upper, let offset):
      // Every operation keeps the order of its argument when it rounds, so that quantiles cannot cross; the exponential
      // is the growing one on either side, which loses no digit near a bound and may overflow.
      transformed >= 0
        ? min(
          upper,
          max(
            (lower + upper) / 2,
            (upper + offset) - (upper - lower + 2 * offset) / (1 + Double.exp(transformed))))
        : max(
          lower,
          min(
            (lower + upper) / 2,
            (lower - offset) + (upper - lower + 2 * offset) / (1 + Double.exp(-transformed))))
    case .boxCox(let power, let offset):
      // Beyond the point where the power of nothing (or of infinity) lies there is no value left.
      power * transformed <= -1
        ? (power > 0 ? 0 : .infinity)
        : max(0, Double.exp(Double.log(onePlus: power * transformed) / power) - offset)
    }
  }

  /// What a share of everything is on a bounded scale; nil on the others.
  var whole: Double? {
    if case .logOdds(let lower, let upper, _) = self { upper - lower } else { nil }
  }

  /// The transformed values at and beyond which ``Sample/restored(_:)`` gives the lower bound and the ceiling.
  func transformedRange(ceiling: Double) -> (least: Double, greatest: Double) {
    switch self {
    case .natural: (-.infinity, ceiling)
    case .logarithm(let offset):
      (offset > 0 ? Double.log(offset) : -.infinity, transformed(ceiling))
    case .logOdds(let lower, let upper, let offset):
      offset > 0 ? (transformed(lower), transformed(upper)) : (-.infinity, .infinity)
    case .boxCox(let power, let offset):
      (
        offset > 0 ? transformed(0) : (power > 0 ? -1 / power : -.infinity),
        transformed(ceiling)
      )
    }
  }

  /// The derivative of the transformation at a measured value, which carries a sampling variance to the model's scale.
  public func slope(at value: Double) -> Double {
    switch self {
    case .natural: 1
    case .logarithm(let offset): 1 / (value + offset)
    case .logOdds(let lower, let upper, let offset):
      1 / (value - lower + offset) + 1 / (upper - value + offset)
    case .boxCox(let power, let offset):
      Double.exp((power - 1) * Double.log(value + offset))
    }
  }
}

extension Scale {
  /// The scale that suits a unit and the values observed in it.
  ///
  /// An observed zero (or a proportion at either end) has no logarithm; such a series is moved by half of the unit's
  /// smallest step: 0.5 for counts, and otherwise half of the smallest distance from the bound that was observed. A
  /// share that was never off its bounds is moved by half of a hundredth of the whole, any other unit by 0.5.
  ///
  /// - Parameters:
  ///   - unit: the unit of the series.
  ///   - values: the observed values, in that unit, already known to lie inside its bounds.
  public init(unit: TimeSeries.Unit, values: [Double]) {
    // Pounds may be negative, as a balance is; a series of spending or of prices never is.
    let isPositiveMoney = unit == .pounds && !values.contains { $0 <= 0 }
    guard let lower = unit.lowerBound ?? (isPositiveMoney ? 0 : nil) else {
      self = .natural
      return
    }
    func offset(_ distances: [Double], whole: Double, step: Double) -> Double {
      guard distances.contains(where: { $0 <= 0 }) else { return 0 }
      return (distances.filter { $0 > 0 && $0 < whole }.min() ?? step) / 2
    }
    let above = values.map { $0 - lower }
    if let upper = unit.upperBound {
      let whole = upper - lower
      self = .logOdds(
        lower: lower, upper: upper,
        offset: offset(above + values.map { upper - $0 }, whole: whole, step: whole / 100))
    } else if unit == .count {
      self = .logarithm(offset: above.contains { $0 <= 0 } ? 0.5 : 0)
    } else {
      self = .logarithm(offset: offset(above, whole: .infinity, step: 1))
    }
  }
}
