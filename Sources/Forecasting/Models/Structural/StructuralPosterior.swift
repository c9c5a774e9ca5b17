import RealModule
import Statistics

/// The posterior of a structural model's parameters as nodes with weights.
///
/// The prior is flat in the coordinates of the box (``StructuralCoordinates``). Nodes fill a part of the box evenly that
/// is drawn around the maximum, wide enough to hold all but a thousandth of the posterior's height, and is drawn anew
/// where the nodes show it to be too narrow or too wide: short series keep all their doubt, long ones their precision.
struct StructuralPosterior {
  let surface: StructuralSurface
  let coordinates: StructuralCoordinates

  private var isConcentrated: Bool { coordinates.reference == nil }
  /// Nodes below this share of the heaviest count as outside the posterior.
  private static let negligible = 1e-3

  /// The nodes, with weights that sum to one.
  func nodes(around maximum: [Double]) -> [StructuralNode] {
    let centre = coordinates.point(of: maximum)
    guard !centre.isEmpty else { return normalised(evaluate([[]])) }
    var region = surroundings(of: centre)
    var nodes: [StructuralNode] = []
    for _ in 0..<5 {
      let points = filling(region)
      nodes = evaluate(points)
      guard let next = redrawn(region, points, nodes) else { break }
      region = next
    }
    return normalised(nodes)
  }

  /// How many nodes fill the region.
  private var count: Int {
    switch coordinates.dimension {
    case 1: 24
    case 2: 64
    case 3: 128
    default: 192
    }
  }

  private func filling(_ region: [ClosedRange<Double>]) -> [[Double]] {
    let sequence = LowDiscrepancySequence(dimension: region.count)
    return (0..<count).map { index in
      zip(sequence.point(index), region).map { $1.lowerBound + $0 * ($1.upperBound - $1.lowerBound) }
    }
  }

  private func evaluate(_ points: [[Double]]) -> [StructuralNode] {
    var nodes: [StructuralNode] = []
    nodes.reserveCapacity(points.count)
    points.flatMap(\.self).withUnsafeBufferPointer { flat in
      surface.runEach(coordinates, flat, count: points.count) { _, summary, ending in
        let height = surface.logPosterior(summary, concentrated: isConcentrated)
        let ending = ending()
        nodes.append(
          StructuralNode(
            weight: height.isNaN ? -.infinity : height, system: ending.system, state: ending.state,
            variance: ending.variance,
            scale: isConcentrated
              ? ErrorVariance(
                sumOfSquares: summary.sumOfSquares, degreesOfFreedom: summary.degreesOfFreedom,
                floor: surface.leastScale(summary))
              : nil))
      }
    }
    return nodes
  }

  private func height(_ point: [Double]) -> Double {
    let summary = point.withUnsafeBufferPointer { surface.run(coordinates, $0) }
    return surface.logPosterior(summary, concentrated: isConcentrated)
  }

  /// The box around a point whose faces lie where the posterior has fallen to a thousandth along each axis.
  private func surroundings(of centre: [Double]) -> [ClosedRange<Double>] {
    let fall = Double.log(Self.negligible)
    let top = height(centre)
    return centre.indices.map { axis in
      func reach(_ direction: Double) -> Double {
        var distance = 0.01
        var point = centre
        while distance < 1 {
          point[axis] = centre[axis] + direction * distance
          guard point[axis] > 0, point[axis] < 1 else { break }
          if height(point) - top < fall { break }
          distance *= 2
        }
        return min(1, max(0, centre[axis] + direction * distance))
      }
      return reach(-1)...reach(1)
    }
  }

  /// A region that suits the nodes better; nil where this one does.
  private func redrawn(
    _ region: [ClosedRange<Double>], _ points: [[Double]], _ nodes: [StructuralNode]
  ) -> [ClosedRange<Double>]? {
    let top = nodes.reduce(-Double.infinity) { max($0, $1.weight) }
    let heavy = points.indices.filter { nodes[$0].weight - top > Double.log(Self.negligible) }
    var changed = false
    let next = region.indices.map { axis -> ClosedRange<Double> in
      let range = region[axis]
      let width = range.upperBound - range.lowerBound
      let places = heavy.map { points[$0][axis] }
      var lower = places.min() ?? range.lowerBound
      var upper = places.max() ?? range.upperBound
      // A heavy node next to a face, which is none of the box's own, says that more lies beyond.
      lower = lower - range.lowerBound < 0.05 * width ? range.lowerBound - 0.5 * width : lower - 0.15 * width
      upper = range.upperBound - upper < 0.05 * width ? range.upperBound + 0.5 * width : upper + 0.15 * width
      lower = max(0, lower)
      upper = min(1, upper)
      guard lower < range.lowerBound || upper > range.upperBound || upper - lower < 0.7 * width else {
        return range
      }
      changed = true
      return lower...upper
    }
    return changed ? next : nil
  }

  /// The nodes that can be seen in a forecast, with weights that sum to one.
  private func normalised(_ nodes: [StructuralNode]) -> [StructuralNode] {
    let top = nodes.reduce(-Double.infinity) { max($0, $1.weight) }
    var kept = nodes
    for index in kept.indices { kept[index].weight = Double.exp(kept[index].weight - top) }
    kept.removeAll { !($0.weight > Self.negligible) }
    let total = kept.reduce(0) { $0 + $1.weight }
    for index in kept.indices { kept[index].weight /= total }
    return kept
  }
}
