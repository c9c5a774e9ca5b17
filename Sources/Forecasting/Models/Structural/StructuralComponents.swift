import RealModule

// What is seen of the parts of a structural model when the whole series is known.

extension FittedStructuralModel {
  /// The level, its slope, the season, the cycle, the regression and the irregular at every period, gaps included, with
  /// standard errors; the most likely parameters count as known.
  var components: [SeriesComponent] { ownComponents.value(computedComponents) }

  private func computedComponents() -> [SeriesComponent] {
    let smoother = KalmanSmoother(system, series)
    let m = layout.dimension
    func part(_ name: String, _ weights: (Int) -> [Double]) -> SeriesComponent {
      let (values, errors) = smoother.combination(weights)
      return SeriesComponent(name, values, standardErrors: errors)
    }
    func loadings(of states: Range<Int>) -> [Double] {
      (0..<m).map { states.contains($0) ? system.loading[$0] : 0 }
    }
    func covariates(_ time: Int) -> [Double] {
      let own = m - layout.covariates
      return (0..<m).map { $0 < own ? 0 : series.covariates[time * layout.covariates + $0 - own] }
    }
    var parts = [part("level") { _ in loadings(of: 0..<1) }]
    if layout.trend != .level { parts.append(part("slope") { _ in (0..<m).map { $0 == 1 ? 1 : 0 } }) }
    if layout.season != .none { parts.append(part("season") { _ in loadings(of: layout.seasonStates) }) }
    if !layout.cycleStates.isEmpty { parts.append(part("cycle") { _ in loadings(of: layout.cycleStates) }) }
    if layout.covariates > 0 { parts.append(part("regression", covariates)) }
    let signal = part("signal") { time in zip(loadings(of: 0..<m), covariates(time)).map { $0 + $1 } }
    // What an observation does not have in its signal is noise; where there is none, noise is all that is possible.
    let irregular = zip(series.values, signal.values).map { $0.isNaN ? 0 : $0 - $1 }
    let errors = zip(series.values, signal.standardErrors ?? []).map {
      $0.isNaN ? system.noise.squareRoot() : $1
    }
    parts.append(SeriesComponent("irregular", irregular, standardErrors: errors))
    return parts
  }
}
