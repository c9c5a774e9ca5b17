import RealModule

/// The likelihood of a structural model over its parameters, for one series: the filter, the system it runs and room for
/// parameters, all allocated once.
final class StructuralSurface {
  let layout: StructuralLayout
  let filter: KalmanFilter
  /// The least variance of a one-step error where the scale is concentrated out: no series is known to more digits than
  /// are published.
  let floor: Double
  private(set) var system: StateSpace
  private var four: [StateSpace]
  private let parameters: UnsafeMutableBufferPointer<Double>

  /// Where a pass ended: its system, and the state at the first period to come with its variance.
  struct Ending {
    let system: StateSpace
    let state: [Double]
    let variance: [Double]
  }

  init(layout: StructuralLayout, series: ObservedSeries, floor: Double) {
    self.layout = layout
    self.floor = floor
    filter = KalmanFilter(series, dimension: layout.dimension)
    system = layout.system()
    four = Array(repeating: system, count: 4)
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

  /// Filters the series with the parameters of many points, four at a time where there are two states.
  ///
  /// - Parameters:
  ///   - coordinates: the box of the points.
  ///   - points: the coordinates of the points, point after point.
  ///   - count: the number of points.
  ///   - visit: is called for each point in order, with its place, its pass, and a function that says where it ended.
  func runEach(
    _ coordinates: StructuralCoordinates, _ points: UnsafeBufferPointer<Double>, count: Int,
    _ visit: (_ index: Int, _ summary: FilterSummary, _ ending: () -> Ending) -> Void
  ) {
    func point(_ index: Int) -> UnsafeBufferPointer<Double> {
      UnsafeBufferPointer(
        rebasing: points[(index * coordinates.dimension)..<((index + 1) * coordinates.dimension)])
    }
    var index = 0
    while index < count {
      // Fewer than four are made up by the last, if it pays to run them together at all.
      let group = min(4, count - index)
      if layout.dimension == 2, group >= 2 {
        for lane in 0..<4 {
          coordinates.fill(parameters, from: point(index + min(lane, group - 1)))
          layout.fill(&four[lane], UnsafeBufferPointer(parameters))
        }
        if let passes = filter.runFour(four) {
          for lane in 0..<group {
            visit(index + lane, passes.summaries[lane]) {
              Ending(
                system: four[lane], state: [passes.state.0[lane], passes.state.1[lane]],
                variance: [
                  passes.variance.0[lane], passes.variance.1[lane], passes.variance.1[lane],
                  passes.variance.2[lane],
                ])
            }
          }
          index += group
          continue
        }
      }
      for single in index..<(index + group) {
        visit(single, run(coordinates, point(single))) {
          Ending(system: system, state: filter.predictedState, variance: filter.predictedVariance)
        }
      }
      index += group
    }
  }

  /// Filters the series with given parameters.
  func run(_ given: [Double]) -> FilterSummary {
    given.withUnsafeBufferPointer { layout.fill(&system, $0) }
    return filter.run(system)
  }

  /// The log-likelihood of a pass, its scale at its most likely where it is concentrated out.
  func logLikelihood(_ summary: FilterSummary, concentrated: Bool) -> Double {
    concentrated ? summary.logLikelihood(scale: scale(summary)) : summary.logLikelihood
  }

  /// The most likely factor of all variances, and never less than ``leastScale(_:)``.
  func scale(_ summary: FilterSummary) -> Double { max(summary.scale, leastScale(summary)) }

  /// The factor of all variances that makes the geometric mean of those of the one-step errors the ``floor``.
  func leastScale(_ summary: FilterSummary) -> Double {
    floor * Double.exp(-summary.logDeterminant / Double(summary.degreesOfFreedom))
  }

  /// The logarithm of the posterior density up to a constant: the likelihood with the scale, where there is one,
  /// integrated out under Jeffreys' prior.
  func logPosterior(_ summary: FilterSummary, concentrated: Bool) -> Double {
    guard concentrated else { return summary.logLikelihood }
    let freedom = Double(summary.degreesOfFreedom)
    return -0.5
      * (summary.diffuseLogDeterminant + summary.logDeterminant + freedom * Double.log(scale(summary)))
  }
}
