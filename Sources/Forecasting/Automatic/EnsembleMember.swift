/// One forecaster of an ensemble: parameters that are known, and the forecasts that they give from every end of a series.
///
/// A member is a recursion over consecutive values. Because its parameters stay those of the whole series, forecasts from
/// all earlier ends cost one pass; that they know a little of what came after is made good in ``ErrorSpread``.
protocol EnsembleMember: Sendable {
  /// The name under which the member speaks.
  var name: String { get }
  /// Writes the forecasts of steps 1 to `horizon` from the ends `first...`, those of an end side by side.
  ///
  /// - Parameters:
  ///   - values: the series that the member was fitted to.
  ///   - first: the index of the first value that forecasts are wanted after; forecasts after index t start at
  ///     `(t - first) * horizon`.
  ///   - horizon: how many steps are forecast from each end.
  ///   - forecasts: room for `(values.count - first) * horizon` numbers.
  func forecast(
    _ values: UnsafeBufferPointer<Double>, from first: Int, horizon: Int,
    into forecasts: UnsafeMutableBufferPointer<Double>)
}

/// The last value and a constant step: no change, or the mean change of the past continued.
struct WalkMember: EnsembleMember {
  let name: String
  /// The step.
  let drift: Double

  func forecast(
    _ values: UnsafeBufferPointer<Double>, from first: Int, horizon: Int,
    into forecasts: UnsafeMutableBufferPointer<Double>
  ) {
    for end in first..<values.count {
      for step in 0..<horizon {
        forecasts[(end - first) * horizon + step] = values[end] + Double(step + 1) * drift
      }
    }
  }
}
