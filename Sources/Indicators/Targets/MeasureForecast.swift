import Forecasting
import TimeSeries

/// The forecast that indicators are judged by: the automatic forecaster, in the pool of other areas where there are any.
///
/// It is the forecast of the plan and of the command: what is known within bounds widens it, breaks are bridged.
public struct MeasureForecast: Sendable {
  /// The forecast.
  public let forecast: Forecast
  /// The number of other areas that lent it strength: 0 where it was forecast by itself, as the automatic forecaster does
  /// with fewer than three others, with a season, or where alone has served better.
  public let comparatorCount: Int
  /// Why other areas could not be used although there were some; nil otherwise.
  public let remark: String?

  /// Forecasts a series.
  ///
  /// - Parameters:
  ///   - series: the measure in the area that is judged.
  ///   - comparators: the same measure of other areas; those that cannot be used are left out, and
  ///     ``comparatorCount`` says how many were used.
  ///   - horizon: the number of periods after the last figure with a value.
  /// - Throws: what ``Sample/init(_:scale:)``, ``ForecastModel/learn(from:)`` and ``Forecast/init(_:horizon:)`` throw.
  public init(of series: Series, among comparators: [Series] = [], horizon: Int) throws(ForecastingError) {
    let model = Automatic()
    let sample = try model.sample(series)
    let others = comparators.compactMap { other -> Sample? in
      guard other.kind == series.kind, other.area != series.area, other.measure.unit == series.measure.unit
      else { return nil }
      return try? model.sample(other)
    }
    var refusal: String?
    if !others.isEmpty, let own = model.learn(from: [sample] + others, horizon: horizon).first {
      switch own {
      case .success(let fitted):
        forecast = try Forecast(fitted, horizon: horizon)
        comparatorCount = fitted.othersInPool
        remark = nil
        return
      case .failure(let error): refusal = "\(error)"
      }
    }
    forecast = try Forecast(model.learn(from: sample), horizon: horizon)
    comparatorCount = 0
    if let refusal {
      remark =
        "forecast from the series alone, because it could not be forecast with \(others.count) other areas: \(refusal)"
    } else if !comparators.isEmpty, others.isEmpty {
      remark =
        "forecast from the series alone, because none of \(comparators.count) other areas could be used"
    } else {
      remark = nil
    }
  }
}
