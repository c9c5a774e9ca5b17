import RealModule
import TimeSeries

/// A figure that is known as an interval, with what it stands for on the scale of a sample.
struct LatentFigure {
  /// The values that it may have, in the unit of the series.
  let bounds: ClosedRange<Double>
  /// Whether only whole numbers are possible.
  let isWhole: Bool
  /// The least and the greatest on the scale. Of whole numbers, the half on either side belongs to each.
  let lower: Double
  let upper: Double

  private let scale: Scale

  /// The interval of a figure.
  ///
  /// An end that the scale cannot show, such as a zero where no zero is expected, is moved inwards by a thousandth of
  /// the interval.
  ///
  /// - Parameters:
  ///   - bounds: where the quantity lies, in the unit of the series.
  ///   - countsWholes: whether the quantity is a number of whole things.
  ///   - unit: the unit of the series.
  ///   - scale: the scale.
  /// - Returns: nil where the scale shows nothing of the interval.
  init?(_ bounds: ClosedRange<Double>, countsWholes: Bool, unit: TimeSeries.Unit?, scale: Scale) {
    let least = bounds.lowerBound.rounded(.up)
    let greatest = bounds.upperBound.rounded(.down)
    isWhole = countsWholes && least <= greatest
    self.bounds = isWhole ? least...greatest : bounds
    self.scale = scale
    var low = self.bounds.lowerBound
    var high = self.bounds.upperBound
    if isWhole, low < high { (low, high) = (max(low - 0.5, unit?.lowerBound ?? low - 0.5), high + 0.5) }
    switch scale {
    case .natural: break
    case .logarithm, .boxCox: low = max(low, 0)
    case .logOdds(let least, let greatest, _): (low, high) = (max(low, least), min(high, greatest))
    }
    guard low <= high else { return nil }
    let inwards = (high - low) / 1000
    if !scale.transformed(low).isFinite { low += inwards }
    if !scale.transformed(high).isFinite { high -= inwards }
    lower = scale.transformed(low)
    upper = scale.transformed(high)
    guard lower.isFinite, upper.isFinite, lower <= upper else { return nil }
  }

  /// The middle of the interval, on the scale.
  var middle: Double {
    let middle = scale.transformed(bounds.middle)
    return middle.isFinite ? min(max(middle, lower), upper) : lower + (upper - lower) / 2
  }

  /// A value on the scale carried to one that the figure may have, and back to the scale.
  func scaled(_ transformed: Double) -> Double { scale.transformed(value(transformed)) }

  /// The value in the unit of the series that a value on the scale stands for: inside the bounds, and whole where only
  /// whole numbers are possible.
  func value(_ transformed: Double) -> Double {
    var value = scale.restored(transformed)
    if isWhole { value.round() }
    value = min(max(value, bounds.lowerBound), bounds.upperBound)
    // Below every size that a figure has.
    if !Sample.isSize(value) { value = scale.transformed(0).isFinite ? 0 : Sample.sizes.lowerBound }
    return value
  }
}
