/// What a forecast costs when the value comes: plain functions, each in the unit of the series unless it says otherwise.
///
/// Means over forecasts and series, and the division by an ``ErrorScale``, are those of ``AccuracyTally``.
public enum ForecastLoss {
  /// The symmetric absolute percentage error, 0 to 200: 200 |y − ŷ| / (|y| + |ŷ|), and 0 where both are zero
  /// (S. Makridakis and M. Hibon, "The M3-Competition", 2000, with absolute values below the line).
  public static func symmetricPercentage(actual: Double, forecast: Double) -> Double {
    let size = abs(actual) + abs(forecast)
    return size > 0 ? 200 * (abs(actual - forecast) / size) : 0
  }

  /// The pinball loss of a quantile: p (y − q) above it and (1 − p)(q − y) below, without a factor of two.
  ///
  /// Its expectation is least at the true quantile (R. Koenker and G. Bassett, 1978); at p = ½ it is half of the
  /// absolute error.
  public static func pinball(actual: Double, quantile: Double, probability: Double) -> Double {
    actual >= quantile ? probability * (actual - quantile) : (1 - probability) * (quantile - actual)
  }

  /// The interval score (R. L. Winkler, 1972; T. Gneiting and A. E. Raftery, 2007): the width of the interval, and
  /// 2 / (1 − level) times the distance by which it was missed.
  ///
  /// - Parameters:
  ///   - actual: the value that came.
  ///   - lower: the lower end of the interval.
  ///   - upper: its upper end.
  ///   - level: the share that the interval is meant to hold, above 0 and below 1.
  public static func interval(actual: Double, lower: Double, upper: Double, level: Double) -> Double {
    let missed = actual < lower ? lower - actual : actual > upper ? actual - upper : 0
    return upper - lower + 2 / (1 - level) * missed
  }
}
