import RealModule
import Statistics

/// The least squares, and the posterior, of a Theta model over alpha and the share of the line.
struct ThetaSearch {
  let problem: ThetaProblem
  let estimatesTheta: Bool
  /// The sum of squares that rounding of the figures leaves at the least.
  let floor: Double

  /// The bounds of Fiorucci and others: 0.1 to 0.99 for alpha, 1 to 10 to the power of 10 for theta.
  static let alphas = 0.1...0.99
  static let shares = 0...(1 - 1 / greatestTheta)
  static let greatestTheta = 1e10
  /// The share of a theta of 2.
  static let half = 0.5

  private static let cells = 24
  private static let shareCells = 7

  /// The best node, and nodes over the region where the posterior lies, with weights that sum to one.
  ///
  /// Nil when no alpha gives finite errors.
  func learn() -> (best: ThetaNode, nodes: [ThetaNode])? {
    let coarse = grid(over: Self.alphas)
    guard let best = minimum(coarse) else { return nil }
    var fine = coarse
    for _ in 0..<8 {
      guard let smaller = drawnTogether(fine) else { break }
      fine = grid(over: smaller)
    }
    return (node(best.alpha, best.share), nodes(fine))
  }

  /// The node of the best parameters, its sum of squares taken from the errors themselves.
  private func node(_ alpha: Double, _ share: Double) -> ThetaNode {
    let sums = problem.sums(alpha: alpha)
    let errors = problem.errors(alpha: alpha, share: share, level: sums.level(share))
    return ThetaNode(
      problem: problem, alpha: alpha, share: share, sums: sums,
      slopeFactor: problem.slopeFactor(alpha: alpha), squares: errors.reduce(0) { $0 + $1 * $1 })
  }

  /// The best share of the line for given sums, and its sum of squares.
  func profile(_ sums: ThetaProblem.Sums) -> (share: Double, squares: Double) {
    var share = Self.half
    if estimatesTheta, sums.hasLine {
      share = min(max(sums.freeShare, Self.shares.lowerBound), Self.shares.upperBound)
    }
    return (share, sums.squares(share))
  }

  // MARK: The least sum of squares

  /// The global minimum: every valley of the coarse grid is followed to its ground by Brent's method.
  private func minimum(_ coarse: [Cell]) -> (alpha: Double, share: Double)? {
    func squares(_ alpha: Double) -> Double { profile(problem.sums(alpha: alpha)).squares }
    let ends = [Self.alphas.lowerBound, Self.alphas.upperBound]
    let places = [ends[0]] + coarse.map(\.alpha) + [ends[1]]
    let heights = [squares(ends[0])] + coarse.map(\.squares) + [squares(ends[1])]
    var best: (alpha: Double, squares: Double)?
    func offer(_ alpha: Double, _ squares: Double) {
      if squares.isFinite, squares < best?.squares ?? .infinity { best = (alpha, squares) }
    }
    for index in places.indices {
      let before = index > 0 ? heights[index - 1] : .infinity
      let after = index + 1 < heights.count ? heights[index + 1] : .infinity
      guard heights[index] <= before, heights[index] <= after else { continue }
      offer(places[index], heights[index])
      let ground = try? minimiseUnivariate(
        lower: places[max(index - 1, 0)], upper: places[min(index + 1, places.count - 1)], tolerance: 1e-9,
        squares)
      if let ground { offer(ground.point, ground.value) }
    }
    return best.map { ($0.alpha, profile(problem.sums(alpha: $0.alpha)).share) }
  }

  // MARK: The posterior

  /// A cell of the grid over alpha, by its centre.
  private struct Cell {
    let alpha: Double
    let width: Double
    let sums: ThetaProblem.Sums
    /// The least sum of squares, and the logarithm of the posterior weight there.
    let squares: Double
    let logWeight: Double
  }

  private func grid(over region: ClosedRange<Double>) -> [Cell] {
    let width = (region.upperBound - region.lowerBound) / Double(Self.cells)
    return (0..<Self.cells).map { cell in
      let alpha = region.lowerBound + (Double(cell) + 0.5) * width
      let sums = problem.sums(alpha: alpha)
      let squares = profile(sums).squares
      return Cell(
        alpha: alpha, width: width, sums: sums, squares: squares,
        logWeight: logWeight(sums, squares: squares))
    }
  }

  /// What is left of the likelihood when level and error variance are integrated out, with a flat prior for the level
  /// and Jeffreys' for the variance; flat, too, in alpha and in the share of the line. A sum of squares below what
  /// rounding leaves counts as that.
  private func logWeight(_ sums: ThetaProblem.Sums, squares: Double) -> Double {
    -0.5 * Double.log(sums.uu) - 0.5 * Double(problem.counted - 1)
      * Double.log(max(squares, floor, .leastNormalMagnitude))
  }

  /// The part of the region that holds the cells of more than a thousandth of the heaviest one's weight, with one cell
  /// on either side; nil when that is not notably smaller.
  private func drawnTogether(_ cells: [Cell]) -> ClosedRange<Double>? {
    let top = cells.reduce(-Double.infinity) { max($0, $1.logWeight) }
    let heavy = cells.filter { $0.logWeight > top - 7 }
    guard let first = heavy.first, let last = heavy.last, let start = cells.first, let end = cells.last
    else { return nil }
    let low = max(first.alpha - 1.5 * first.width, start.alpha - 0.5 * start.width)
    let high = min(last.alpha + 1.5 * last.width, end.alpha + 0.5 * end.width)
    return high - low < 0.7 * (end.alpha - start.alpha + start.width) ? low...high : nil
  }

  /// Nodes over the cells, and within each over the shares that the data leave possible.
  private func nodes(_ cells: [Cell]) -> [ThetaNode] {
    let top = cells.reduce(-Double.infinity) { max($0, $1.logWeight) }
    var nodes: [ThetaNode] = []
    for cell in cells where cell.logWeight > top - 12 {
      let (shares, width) = shares(cell)
      let slopeFactor = problem.slopeFactor(alpha: cell.alpha)
      for share in shares {
        let weight = Double.exp(logWeight(cell.sums, squares: cell.sums.squares(share)) - top) * width
        guard weight.isFinite, weight > 0 else { continue }
        var node = ThetaNode(
          problem: problem, alpha: cell.alpha, share: share, sums: cell.sums, slopeFactor: slopeFactor)
        node.weight = weight
        nodes.append(node)
      }
    }
    let total = nodes.reduce(0) { $0 + $1.weight }
    for index in nodes.indices { nodes[index].weight /= total }
    return nodes
  }

  /// The middles of equal parts of the range of shares that holds nearly all of the posterior for one alpha, and the width
  /// of that range.
  private func shares(_ cell: Cell) -> (middles: [Double], width: Double) {
    let sums = cell.sums
    guard estimatesTheta, sums.hasLine else { return ([Self.half], 1) }
    let freedom = Double(max(problem.counted - 2, 1))
    let deviation = (max(cell.squares, floor, .leastNormalMagnitude) / freedom / sums.line).squareRoot()
    let (least, greatest) = (Self.shares.lowerBound, Self.shares.upperBound)
    let free = sums.freeShare
    var low = max(least, free - 4 * deviation)
    var high = min(greatest, free + 4 * deviation)
    // Beyond a bound the weight falls off like an exponential of this length.
    if free > greatest {
      low = min(low, max(least, greatest - 5 * deviation * deviation / (free - greatest)))
    }
    if free < least { high = max(high, min(greatest, least + 5 * deviation * deviation / (least - free))) }
    low = min(low, greatest)
    high = max(high, least)
    guard high > low else { return ([min(max(free, least), greatest)], 1e-10) }
    let width = (high - low) / Double(Self.shareCells)
    return ((0..<Self.shareCells).map { low + (Double($0) + 0.5) * width }, high - low)
  }
}
