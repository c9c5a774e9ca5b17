import RealModule

/// The likelihood of a structural model over its parameters, for one series: the filter, the system it runs and room for
/// parameters, all allocated once.
final class StructuralSurface {
  let layout: StructuralLayout
  let filter: KalmanFilter
  /// The least factor by which variances are multiplied where the scale is concentrated out: no series is known to more
  /// digits than are published.
  let floor: Double
  private(set) var system: StateSpace
  private let parameters: UnsafeMutableBufferPointer<Double>

  init(layout: StructuralLayout, series: ObservedSeries, floor: Double) {
    self.layout = layout
    self.floor = floor
    filter = KalmanFilter(series, dimension: layout.dimension)
    system = layout.system()
    parameters = .allocate(capacity: layout.parts.count + layout.shapes.count)
    parameters.initialize(repeating: 0)
  }

  deinit { parameters.deallocate() }

  /// Filters the series with the parameters of a point.
  func run(_ coordinates: StructuralCoordinates, _ point: UnsafeBufferPointer<Double>) -> FilterSummary {
    coordinates.fill(parameters, from: point)
    layout.fill(&system, UnsafeBufferPointer(parameters))
    return filter.run(system)
  }

  /// Filters the series with given parameters.
  func run(_ given: [Double]) -> FilterSummary {
    given.withUnsafeBufferPointer { layout.fill(&system, $0) }
    return filter.run(system)
  }

  /// The log-likelihood of a pass, its scale at its most likely where it is concentrated out.
  func logLikelihood(_ summary: FilterSummary, concentrated: Bool) -> Double {
    guard concentrated else { return summary.logLikelihood }
    var scaled = summary
    let scale = scale(summary)
    scaled.logDeterminant += Double(summary.degreesOfFreedom) * Double.log(scale)
    scaled.sumOfSquares /= scale
    return scaled.logLikelihood
  }

  /// The most likely factor of all variances, and never less than ``floor``.
  func scale(_ summary: FilterSummary) -> Double { max(summary.scale, floor) }

  /// The logarithm of the posterior density up to a constant: the likelihood with the scale, where there is one,
  /// integrated out under Jeffreys' prior.
  func logPosterior(_ summary: FilterSummary, concentrated: Bool) -> Double {
    guard concentrated else { return summary.logLikelihood }
    let freedom = Double(summary.degreesOfFreedom)
    return -0.5 * (summary.logDeterminant + freedom * Double.log(max(summary.sumOfSquares, freedom * floor)))
  }
}
