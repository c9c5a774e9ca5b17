import LinearAlgebra
import RealModule
import Statistics

/// What an intervention changed, period by period, on the model's scale: on logarithms the exponential of an
/// effect is a ratio.
public struct InterventionEffect: Hashable, Sendable {
  /// The intervention as it was written, or the names of several.
  public let name: String
  /// The effect at each period from the beginning of the intervention to the last observation.
  public let periods: [EstimateAtPeriod]
}

/// An estimate at one period, with its interval.
public struct EstimateAtPeriod: Hashable, Sendable {
  /// Periods since the first observation.
  public let position: Int
  /// The period as it is written.
  public let label: String
  /// The estimate.
  public let estimate: Double
  /// Its standard error.
  public let standardError: Double
  /// The lower end of the interval.
  public let lower: Double
  /// The upper end of the interval.
  public let upper: Double
}

extension FittedTrendRegression {
  /// The effect of each intervention among the terms, at each period from its beginning on.
  ///
  /// - Parameter level: the confidence of the intervals, strictly between 0 and 1.
  /// - Throws: ``ForecastingError/probability(_:)`` for any other level.
  public func interventionEffects(level: Double = 0.95) throws(ForecastingError) -> [InterventionEffect] {
    var effects: [InterventionEffect] = []
    for column in design.columns {
      guard case .intervention(_, let start, _) = column.rule else { continue }
      effects.append(
        InterventionEffect(
          name: column.name,
          periods: try estimates(from: start, level: level) { $0.name == column.name }))
    }
    return effects
  }

  /// The effect of all interventions together, at each period from the first beginning on; nil where there are
  /// none.
  ///
  /// - Parameter level: the confidence of the intervals, strictly between 0 and 1.
  public func combinedEffect(level: Double = 0.95) throws(ForecastingError) -> InterventionEffect? {
    var start: Int?
    var names: [String] = []
    for column in design.columns {
      guard case .intervention(_, let first, _) = column.rule else { continue }
      start = min(start ?? first, first)
      names.append(column.name)
    }
    guard let start else { return nil }
    return InterventionEffect(
      name: names.joined(separator: ", "),
      periods: try estimates(from: start, level: level) { $0.term.role == .interventions })
  }

  /// What the terms without the interventions say at each period from the first to the last observation: what
  /// would have been expected had there been none, with the interval of the expectation.
  ///
  /// - Parameter level: the confidence of the intervals, strictly between 0 and 1.
  /// - Throws: ``ForecastingError/probability(_:)`` for any other level, and
  ///   ``ForecastingError/unsuitable(series:model:problem:)`` for a regressor that is not known at a gap.
  public func counterfactual(level: Double = 0.95) throws(ForecastingError) -> [EstimateAtPeriod] {
    try estimates(from: 0, level: level) { $0.term.role != .interventions }
  }

  /// What some of the columns contribute, from a position to the last observation.
  private func estimates(
    from start: Int, level: Double, of isPart: (RegressionColumn) -> Bool
  ) throws(ForecastingError) -> [EstimateAtPeriod] {
    guard level > 0, level < 1,
      let student = try? StudentT(degreesOfFreedom: Double(degreesOfFreedom), location: 0, scale: 1),
      let quantile = try? student.quantile((1 + level) / 2)
    else { throw .probability(level) }
    let parts = design.columns.map(isPart)
    let last = sample.positions[sample.count - 1]
    var estimates: [EstimateAtPeriod] = []
    for position in start...max(start, last) {
      // A regressor that plays no part need not be known.
      var row = [Double](repeating: 0, count: parts.count)
      for index in parts.indices where parts[index] { row[index] = try design.value(index, at: position) }
      let estimate = zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      let error = max(0, covariance.quadraticForm(row)).squareRoot()
      estimates.append(
        EstimateAtPeriod(
          position: position, label: sample.label(at: position), estimate: estimate, standardError: error,
          lower: estimate - quantile * error, upper: estimate + quantile * error))
    }
    return estimates
  }
}
