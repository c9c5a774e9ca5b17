import RealModule
import TimeSeries

/// How the scale of a model is chosen, before the values are known.
public enum ScaleChoice: Hashable, Sendable {
  /// The scale that suits the unit: logarithms for counts, rates, pounds and weeks, log odds for shares.
  case unit
  /// As measured.
  case natural
  /// Logarithms, whatever the unit.
  case logarithm
  /// Log odds, for a unit with two bounds.
  case logOdds
  /// The power transformation of Box and Cox; nil chooses the power by the profile likelihood of a random walk with
  /// drift.
  case boxCox(Double?)
  /// A scale that is already known.
  case exactly(Scale)

  /// The scale for the values of a series.
  func scale(unit: TimeSeries.Unit, values: [Double], series: String) throws(ForecastingError) -> Scale {
    switch self {
    case .unit: return Scale(unit: unit, values: values)
    case .natural: return .natural
    case .exactly(let scale): return scale
    case .logarithm:
      return .logarithm(offset: try Self.offset(of: values, series: series, scale: "logarithms need"))
    case .logOdds:
      guard unit.lowerBound != nil, unit.upperBound != nil else {
        throw .scale(
          series: series,
          problem: "log odds need a unit with two bounds, such as a percentage, and "
            + ("\(unit)".isEmpty
              ? "the series has no unit; add a column unit that holds percentage, for example"
              : "the unit is \(unit)"))
      }
      return Scale(unit: unit, values: values)
    case .boxCox(let given):
      let offset = try Self.offset(of: values, series: series, scale: "a Box-Cox transformation needs")
      let power: Double
      if let given {
        power = given
      } else {
        power = try BoxCox.power(of: values.map { $0 + offset }, series: series)
      }
      // Within rounding of zero the transformation is the logarithm, and is computed as such.
      return abs(power) < 1e-6 ? .logarithm(offset: offset) : .boxCox(power: power, offset: offset)
    }
  }

  /// What is added to values that may be zero but never negative.
  private static func offset(
    of values: [Double], series: String, scale scaleNeeds: String
  ) throws(ForecastingError) -> Double {
    if let negative = values.first(where: { $0 < 0 }) {
      throw .scale(
        series: series,
        problem: "\(scaleNeeds) values that are never negative, and there is \(NumberText.plain(negative))")
    }
    guard values.contains(0) else { return 0 }
    return (values.filter { $0 > 0 }.min() ?? 1) / 2
  }
}
