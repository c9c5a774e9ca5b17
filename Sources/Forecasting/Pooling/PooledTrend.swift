import RealModule

/// The trend that the series of a pool share, and what each does beside it.
///
/// Every series is written as a relative change: of its logarithm where it is positive and changes by less than a
/// quarter, of a fixed level otherwise. The pool's common change is the mean of the middle half; what is learned of it
/// says how it goes on. What a series does beside it follows from its last change, its own mean and its distance from
/// the others, with coefficients learned over the whole pool, errors included, whose tails and size
/// are those that the same forecasts showed from earlier ends of all series.
public struct PooledTrend: ForecastModel {
  /// The name of the model on the command line and in every output.
  public let specification = "pooled-trend"
  /// One sentence: what the model says about the future.
  public let summary =
    "the trend that the series of a pool share, and what each does beside it; learned over the pool"
  /// Fewer observations than this are refused.
  public let minimumObservations = 1

  /// A description of the model; it has no settings.
  public init() {}

  /// Refuses a sample by itself: there is no pool to learn from.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    throw .unsuitable(
      series: sample.name, model: specification,
      problem:
        "learns from at least \(PoolTable.fewestSeries) series together; name the column that puts them "
        + "into pools with --pool-by, or choose automatic")
  }

  /// Learns from the pool and forecasts each of its series; see ``ForecastModel/fit(pool:horizon:)``.
  public func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    let fitted = fits(pool, horizon: horizon)
    return pool.indices.map { index in
      if let model = fitted[index] { return .success(model) }
      do throws(ForecastingError) {
        return .success(try fit(pool[index]))
      } catch {
        return .failure(error)
      }
    }
  }

  /// The fitted series; nil for those that cannot take part.
  ///
  /// - Parameter contest: how the pool did against each series by itself, where that was found out.
  func fits(_ pool: [Sample], horizon: Int, contest: PoolContest? = nil) -> [FittedPooledTrend?] {
    var result = [FittedPooledTrend?](repeating: nil, count: pool.count)
    let horizon = min(max(horizon, 1), Forecast.longestHorizon)
    guard let table = PoolTable(pool) else { return result }
    let learned = PooledLearning(table, horizon: horizon)
    for (row, place) in table.rows.enumerated() {
      result[place.sample] = FittedPooledTrend(
        learned, row: row, sample: pool[place.sample], contest: contest)
    }
    return result
  }
}
