// A series as it would have looked to somebody who did not know some of its figures.

extension Series {
  /// The series with some figures hidden: their values, counts, flags and notes are gone.
  ///
  /// Covariates stay, because they are what a model with regressors is given for the periods to come; a figure of a
  /// series without covariates leaves nothing behind.
  ///
  /// - Parameter isHidden: whether a figure is hidden.
  public func hiding(_ isHidden: (DataPoint) -> Bool) -> Series {
    guard !covariateNames.isEmpty else { return keeping(points.filter { !isHidden($0) }) }
    return keeping(
      points.map { point in
        isHidden(point)
          ? DataPoint(period: point.period, observation: .notAvailable, covariates: point.covariates) : point
      })
  }

  /// The series from a period on; earlier figures are left out.
  public func since(_ period: Period) -> Series { keeping(points.filter { $0.period >= period }) }
}
