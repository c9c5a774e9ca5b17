import Statistics

/// The maximum of the likelihood of a structural model.
///
/// Points that fill the box evenly are tried, the best of them are improved by the quasi-Newton search within the box,
/// and every variance that is small beside the others is then tried at exactly zero: it is zero if the likelihood is no
/// lower for it.
struct StructuralSearch {
  let surface: StructuralSurface
  let coordinates: StructuralCoordinates

  /// A maximum: its parameters, with the variances still to be multiplied by the scale where that is concentrated out.
  struct Maximum {
    var parameters: [Double]
    var logLikelihood: Double
    /// The places of the variances that are exactly zero.
    var zeros: [Int]
  }

  private var isConcentrated: Bool { coordinates.reference == nil }

  /// Searches from several starts; nil where no point of the box has a likelihood.
  func maximum() -> Maximum? {
    guard coordinates.dimension > 0 else {
      return best(among: [[]], in: coordinates)
    }
    let sequence = LowDiscrepancySequence(dimension: coordinates.dimension)
    let points =
      (0..<(8 + 8 * coordinates.dimension)).map { sequence.point($0) }
      + coordinates.extremes(shapes: sequence.point(0).suffix(coordinates.layout.shapes.count))
    var tried: [(point: [Double], value: Double)] = []
    points.flatMap(\.self).withUnsafeBufferPointer { flat in
      surface.runEach(coordinates, flat, count: points.count) { index, summary, _ in
        tried.append((points[index], value(summary)))
      }
    }
    tried.sort { $0.value > $1.value }
    var starts: [[Double]] = []
    for candidate in tried where starts.count < Self.starts {
      // Starts that lie side by side lead to one maximum.
      let isNear = starts.contains { start in
        zip(start, candidate.point).allSatisfy { abs($0 - $1) < 0.1 }
      }
      if !isNear { starts.append(candidate.point) }
    }
    guard var maximum = best(among: starts, in: coordinates) else { return nil }
    while let simpler = withoutOneMore(maximum) { maximum = simpler }
    return maximum
  }

  private static let starts = 4

  private func value(_ point: [Double], _ coordinates: StructuralCoordinates) -> Double {
    point.withUnsafeBufferPointer { value($0, coordinates) }
  }

  private func value(_ point: UnsafeBufferPointer<Double>, _ coordinates: StructuralCoordinates) -> Double {
    value(surface.run(coordinates, point))
  }

  private func value(_ summary: FilterSummary) -> Double {
    let value = surface.logLikelihood(summary, concentrated: isConcentrated)
    return value.isNaN ? -.infinity : value
  }

  /// The best of the maxima that some starts lead to: all are brought near their maxima, and the best to its top.
  private func best(among starts: [[Double]], in coordinates: StructuralCoordinates) -> Maximum? {
    var best: (point: [Double], value: Double)?
    for start in starts {
      let near = climbed(from: start, in: coordinates, Self.approach)
      if near.value > best?.value ?? -.infinity { best = near }
    }
    guard let near = best else { return nil }
    let top = climbed(from: near.point, in: coordinates, Self.ascent)
    return Maximum(
      parameters: coordinates.parameters(at: top.point), logLikelihood: top.value,
      zeros: coordinates.layout.parts.indices.filter { !coordinates.active.contains($0) })
  }

  private static let approach = QuasiNewton(
    gradientTolerance: 1e-7, valueTolerance: 1e-7, maximumIterations: 40)
  private static let ascent = QuasiNewton(gradientTolerance: 1e-8, valueTolerance: 1e-11)

  /// Where a search from a start ends; the start itself where the search finds nothing better.
  private func climbed(
    from start: [Double], in coordinates: StructuralCoordinates, _ search: QuasiNewton
  ) -> (point: [Double], value: Double) {
    let reached = value(start, coordinates)
    let n = start.count
    guard n > 0, reached.isFinite else { return (start, reached) }
    // Two points for each coordinate, one on either side.
    let sides = UnsafeMutableBufferPointer<Double>.allocate(capacity: 2 * n * n)
    defer { sides.deallocate() }
    // The search asks for the gradient where it has just asked for the value.
    var last = (point: start, value: reached)
    let found = try? search.minimise(
      from: start, lower: start.map { _ in 0 }, upper: start.map { _ in 1 }
    ) { (point: UnsafeBufferPointer<Double>, gradient: UnsafeMutableBufferPointer<Double>?) in
      if !point.elementsEqual(last.point) {
        last.value = value(point, coordinates)
        for axis in 0..<n { last.point[axis] = point[axis] }
      }
      if let gradient { differentiate(point, value: last.value, coordinates, sides, into: gradient) }
      return -last.value
    }
    guard let found, -found.value > reached else { return (start, reached) }
    return (found.point, -found.value)
  }

  /// The gradient of the negative log-likelihood by central differences, one-sided at the faces of the box and where one
  /// side has no likelihood.
  private func differentiate(
    _ point: UnsafeBufferPointer<Double>, value: Double, _ coordinates: StructuralCoordinates,
    _ sides: UnsafeMutableBufferPointer<Double>, into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    let n = point.count
    for axis in 0..<n {
      for other in 0..<n {
        sides[(2 * axis) * n + other] = point[other]
        sides[(2 * axis + 1) * n + other] = point[other]
      }
      sides[(2 * axis) * n + axis] = max(0, point[axis] - Self.difference)
      sides[(2 * axis + 1) * n + axis] = min(1, point[axis] + Self.difference)
    }
    var below = value
    surface.runEach(coordinates, UnsafeBufferPointer(sides), count: 2 * n) { index, summary, _ in
      let side = self.value(summary)
      guard index % 2 == 1 else {
        below = side
        return
      }
      let axis = index / 2
      let (lower, upper) = (sides[(index - 1) * n + axis], sides[index * n + axis])
      if below.isFinite, side.isFinite {
        gradient[axis] = -(side - below) / (upper - lower)
      } else if side.isFinite {
        gradient[axis] = -(side - value) / max(upper - point[axis], .leastNormalMagnitude)
      } else if below.isFinite {
        gradient[axis] = -(value - below) / max(point[axis] - lower, .leastNormalMagnitude)
      } else {
        gradient[axis] = 0
      }
    }
  }

  private static let difference = 1e-5

  /// The same maximum with one variance more at zero, where that costs nothing.
  private func withoutOneMore(_ maximum: Maximum) -> Maximum? {
    let count = coordinates.layout.parts.count
    let variances = maximum.parameters[..<count]
    let largest = max(variances.max() ?? 0, (coordinates.reference ?? 0) * (coordinates.reference ?? 0))
    let small = variances.indices
      .filter { !maximum.zeros.contains($0) && variances[$0] <= 1e-3 * largest }
      .sorted { variances[$0] < variances[$1] }
    for index in small {
      var reduced = coordinates
      reduced.active.removeAll { maximum.zeros.contains($0) || $0 == index }
      guard !reduced.active.isEmpty || coordinates.reference != nil else { continue }
      // At zero the other variances are near where they were.
      let start = reduced.point(of: maximum.parameters)
      guard let found = best(among: [start], in: reduced) else { continue }
      if found.logLikelihood >= maximum.logLikelihood - 1e-9 * (1 + abs(maximum.logLikelihood)) {
        return found
      }
    }
    return nil
  }
}
