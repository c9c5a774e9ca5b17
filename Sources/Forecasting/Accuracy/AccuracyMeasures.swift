/// How accurate a model's forecasts of some series were, in the measures of the field.
///
/// Scaled measures are divided by the ``ErrorScale`` of the history that a forecast was made from, averaged over the
/// forecasts of a series, and then over series; those whose scale is zero are left out of them and counted. What there
/// is nothing to average for is nil.
public struct AccuracyMeasures: Hashable, Sendable {
  /// The number of series with at least one forecast.
  public let series: Int
  /// The number of forecasts that were made and scored.
  public let forecasts: Int
  /// The number of forecasts that could not be made.
  public let failed: Int
  /// The number of series without a forecast whose scale is above zero.
  public let zeroScale: Int
  /// The mean absolute scaled error.
  public let mase: Double?
  /// The root mean squared scaled error: the root is taken for each series.
  public let rmsse: Double?
  /// The symmetric mean absolute percentage error, 0 to 200.
  public let smape: Double?
  /// The mean scaled error: positive where forecasts were too high.
  public let bias: Double?
  /// The scaled pinball loss, averaged over the median and the quantiles at the ends of the intervals.
  public let pinball: Double?
  /// The scaled continuous ranked probability score.
  public let crps: Double?
  /// The share of all forecasts whose interval held the value, in per cent, for each level in its order.
  public let coverage: [Double?]
  /// The mean scaled interval score at 95 per cent.
  public let msis: Double?
}
