/// The automatic forecaster for series whose breaks and provisional figures have been seen to.
struct UnflaggedAutomatic: ForecastModel {
  var specification: String { Automatic().specification }
  var summary: String { Automatic().summary }
  var minimumObservations: Int { Automatic().minimumObservations }

  func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try Automatic().choose(sample).fitted
  }

  func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    let together = fitTogether(pool, horizon: horizon)
    return pool.indices.map { index in
      if let fitted = together[index] { return .success(fitted) }
      do throws(ForecastingError) {
        return .success(try fit(pool[index]))
      } catch {
        return .failure(error)
      }
    }
  }

  /// The series that are forecast together; nil for the others.
  private func fitTogether(_ pool: [Sample], horizon: Int) -> [(any FittedModel)?] {
    guard pool.count >= PoolTable.fewestSeries, pool.allSatisfy({ $0.season == 1 }) else {
      return pool.map { _ in nil }
    }
    let contest = PoolContest(pool, horizon: horizon) { try fit($0) }
    if let contest, contest.isWonAlone { return pool.map { _ in nil } }
    return PooledTrend().fits(pool, horizon: horizon, contest: contest)
  }
}
