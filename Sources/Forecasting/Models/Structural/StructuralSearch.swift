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
    var tried: [(point: [Double], value: Double)] = []
    for index in 0..<(8 + 8 * coordinates.dimension) {
      let point = sequence.point(index)
      tried.append((point, value(point, coordinates)))
    }
    tried.sort { $0.value > $1.value }
    var starts: [[Double]] = []
    for candidate in tried where starts.count < Self.starts {
      // Starts that lie side by side lead to one maximum.
      let isNear = starts.contains { start in
        zip(start, candidate.point).allSatisfy { abs($0 - $1) < 0.2 }
      }
      if !isNear { starts.append(candidate.point) }
    }
    guard var maximum = best(among: starts, in: coordinates) else { return nil }
    while let simpler = withoutOneMore(maximum) { maximum = simpler }
    return maximum
  }

  private static let starts = 3

  private func value(_ point: [Double], _ coordinates: StructuralCoordinates) -> Double {
    point.withUnsafeBufferPointer { value($0, coordinates) }
  }

  private func value(_ point: UnsafeBufferPointer<Double>, _ coordinates: StructuralCoordinates) -> Double {
    let value = surface.logLikelihood(surface.run(coordinates, point), concentrated: isConcentrated)
    return value.isNaN ? -.infinity : value
  }

  /// The best of the maxima that some starts lead to.
  private func best(among starts: [[Double]], in coordinates: StructuralCoordinates) -> Maximum? {
    var best: Maximum?
    let zeros = coordinates.layout.parts.indices.filter { !coordinates.active.contains($0) }
    for start in starts {
      var point = start
      var reached = value(start, coordinates)
      if !start.isEmpty {
        let search = QuasiNewton(gradientTolerance: 1e-8, valueTolerance: 1e-13, differenceStep: 1e-5)
        let found = try? search.minimise(
          from: start, lower: start.map { _ in 0 }, upper: start.map { _ in 1 }
        ) { (point: UnsafeBufferPointer<Double>) in -value(point, coordinates) }
        if let found, -found.value > reached {
          point = found.point
          reached = -found.value
        }
      }
      if reached.isFinite, reached > best?.logLikelihood ?? -.infinity {
        best = Maximum(
          parameters: coordinates.parameters(at: point), logLikelihood: reached, zeros: zeros)
      }
    }
    return best
  }

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
