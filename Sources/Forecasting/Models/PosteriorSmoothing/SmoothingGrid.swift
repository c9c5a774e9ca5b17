import RealModule

/// Nodes at the centres of the cells of a regular grid over a box of smoothing parameters.
///
/// A grid over the whole cube is drawn together around the nodes that matter until the posterior fills it, so that
/// short series keep all their doubt and long ones keep their precision.
struct SmoothingGrid {
  let region: [ClosedRange<Double>]
  let cells: [Int]
  /// The nodes that could be solved, with weights relative to the heaviest once the grid is filled.
  private(set) var nodes: [SmoothingNode] = []
  /// The cell of each node.
  private var places: [Int] = []

  init(region: [ClosedRange<Double>], cells: [Int]) {
    self.region = region
    self.cells = cells
  }

  /// Visits every cell's centre; `node` gives the node there with the logarithm of its weight, or nil.
  mutating func fill(_ node: (UnsafeBufferPointer<Double>) -> SmoothingNode?) {
    let total = cells.reduce(1, *)
    nodes.reserveCapacity(total)
    places.reserveCapacity(total)
    var centre = Array(repeating: 0.0, count: cells.count)
    for cell in 0..<total {
      place(cell, into: &centre)
      guard let solved = centre.withUnsafeBufferPointer(node) else { continue }
      nodes.append(solved)
      places.append(cell)
    }
    let top = nodes.reduce(-Double.infinity) { max($0, $1.weight) }
    for index in nodes.indices { nodes[index].weight = Double.exp(nodes[index].weight - top) }
  }

  /// The centre of a node's cell.
  func point(_ index: Int) -> [Double] {
    var centre = Array(repeating: 0.0, count: cells.count)
    place(places[index], into: &centre)
    return centre
  }

  private func place(_ cell: Int, into centre: inout [Double]) {
    var rest = cell
    for axis in cells.indices {
      centre[axis] = region[axis].lowerBound + (Double(rest % cells[axis]) + 0.5) * width(axis)
      rest /= cells[axis]
    }
  }

  private func width(_ axis: Int) -> Double {
    (region[axis].upperBound - region[axis].lowerBound) / Double(cells[axis])
  }

  /// The part of the box that holds the nodes of more than a thousandth of the heaviest one's weight, with one cell on
  /// either side; nil when that is not notably smaller.
  func drawnTogether() -> [ClosedRange<Double>]? {
    var lowest = region.map(\.upperBound)
    var highest = region.map(\.lowerBound)
    var centre = Array(repeating: 0.0, count: cells.count)
    for (node, cell) in zip(nodes, places) where node.weight > 1e-3 {
      place(cell, into: &centre)
      for axis in cells.indices {
        lowest[axis] = min(lowest[axis], centre[axis])
        highest[axis] = max(highest[axis], centre[axis])
      }
    }
    var changed = false
    let smaller = region.indices.map { axis -> ClosedRange<Double> in
      let margin = 1.5 * width(axis)
      let kept =
        max(
          region[axis].lowerBound, lowest[axis] - margin)...min(
          region[axis].upperBound, highest[axis] + margin)
      guard kept.upperBound - kept.lowerBound < 0.7 * (region[axis].upperBound - region[axis].lowerBound)
      else { return region[axis] }
      changed = true
      return kept
    }
    return changed ? smaller : nil
  }

  /// The nodes that can be seen in a forecast, with weights that sum to one.
  func normalisedNodes() -> [SmoothingNode] {
    var kept = nodes.filter { $0.weight > 1e-6 }
    let total = kept.reduce(0) { $0 + $1.weight }
    for index in kept.indices { kept[index].weight /= total }
    return kept
  }
}
