import RealModule

/// The exact search for a continuous piecewise linear trend: of all ways to place a number of knots on observed
/// periods, the one of least sum of squares.
///
/// The value of the trend at a knot ties the pieces on either side together, so the least cost up to a knot is
/// kept as a function of that value: the lower envelope of quadratics, one for each placing of the earlier knots
/// that is best for some value (CPOP: Fearnhead, Maidstone and Letchford, 2019). Placings that are best for no
/// value are dropped, which loses nothing. O(K n²) times the square of
/// the size of the envelopes, which is a few dozen.
public struct ContinuousTrendSearch: Hashable, Sendable {
  /// The fewest observations from one knot (or end) to the next.
  public let minimumLength: Int

  /// A search; pieces have one observation at least.
  public init(minimumLength: Int = 1) { self.minimumLength = max(1, minimumLength) }

  /// Knots, and what is left over.
  public struct Placing: Hashable, Sendable {
    /// The indices of the observations at which the trend bends.
    public let knots: [Int]
    /// The sum of squared deviations from the trend.
    public let sumOfSquares: Double
  }

  /// The best placings of 0, 1, … knots, as far as there are observations for them.
  ///
  /// - Parameters:
  ///   - values: the observations, finite.
  ///   - positions: their periods, strictly increasing; consecutive where nil.
  ///   - most: the greatest number of knots.
  public func placings(of values: [Double], positions: [Int]? = nil, upTo most: Int) -> [Placing] {
    let count = values.count
    guard count >= 2, most >= 0, values.allSatisfy(\.isFinite) else { return [] }
    let positions = positions ?? Array(values.indices)
    let pieces = PieceCosts(values, positions)
    var arena = [Step(knot: -1, parent: -1)]
    // open[t]: the quadratics in the value at t of all that came before, with so many knots; the first
    // observation costs its own deviation.
    var open = [[Quadratic]](repeating: [], count: count)
    let start = Quadratic(
      square: 1, linear: -2 * pieces.values[0], constant: pieces.values[0] * pieces.values[0], knot: -1,
      history: 0)
    for end in max(1, minimumLength - 1)..<max(count, minimumLength) where end < count {
      open[end] = [pieces.extended(start, from: 0, to: end)]
    }
    var found: [Placing] = []
    for knots in 0...most {
      guard let best = open[count - 1].min(by: { $0.least < $1.least }) else { break }
      found.append(Placing(knots: Self.history(best.history, arena), sumOfSquares: max(0, best.least)))
      guard knots < most else { break }
      var next = [[Quadratic]](repeating: [], count: count)
      for end in 0..<count {
        var candidates: [Quadratic] = []
        for knot in stride(from: 1, through: end - minimumLength, by: 1) {
          for quadratic in open[knot] {
            candidates.append(pieces.extended(quadratic, from: knot, to: end))
          }
        }
        next[end] = Quadratic.lowerEnvelope(candidates).map { quadratic in
          arena.append(Step(knot: quadratic.knot, parent: quadratic.history))
          var recorded = quadratic
          recorded.history = arena.count - 1
          return recorded
        }
      }
      open = next
    }
    return found
  }

  /// One knot and those before it.
  private struct Step {
    let knot: Int
    let parent: Int
  }

  private static func history(_ last: Int, _ arena: [Step]) -> [Int] {
    var knots: [Int] = []
    var place = last
    while place > 0 {
      knots.append(arena[place].knot)
      place = arena[place].parent
    }
    return knots.reversed()
  }
}

/// The squared deviations of a stretch from the line between two values at its ends, as sums.
private struct PieceCosts {
  /// Deviations from the straight line through the whole, which a piecewise line takes up without a trace.
  let values: [Double]
  private let times: [Double]
  private let sums: [Double]
  private let squares: [Double]
  private let products: [Double]
  private let timeSums: [Double]
  private let timeSquares: [Double]

  init(_ raw: [Double], _ positions: [Int]) {
    let line = SegmentCosts.line(raw, positions)
    let values = zip(raw, positions).map { $0 - line(Double($1)) }
    let middle = Double(positions[positions.count / 2])
    let times = positions.map { Double($0) - middle }
    func running(_ term: (Int) -> Double) -> [Double] {
      var sum = 0.0
      return [0]
        + values.indices.map {
          sum += term($0)
          return sum
        }
    }
    self.values = values
    self.times = times
    sums = running { values[$0] }
    squares = running { values[$0] * values[$0] }
    products = running { times[$0] * values[$0] }
    timeSums = running { times[$0] }
    timeSquares = running { times[$0] * times[$0] }
  }

  /// The least cost up to `end` as a function of the value there, given that up to `start` as a function of the
  /// value there: the observations after `start` lie about the line between the two.
  func extended(_ before: Quadratic, from start: Int, to end: Int) -> Quadratic {
    let (origin, length) = (times[start], times[end] - times[start])
    let count = Double(end - start)
    let time = timeSums[end + 1] - timeSums[start + 1] - count * origin
    let timeSquare =
      timeSquares[end + 1] - timeSquares[start + 1] - 2 * origin * (timeSums[end + 1] - timeSums[start + 1])
      + count * origin * origin
    let sum = sums[end + 1] - sums[start + 1]
    let product = products[end + 1] - products[start + 1] - origin * sum
    // Shares w of the later and 1 − w of the earlier value, summed.
    let (w, ww, wy) = (time / length, timeSquare / (length * length), product / length)
    let both = 2 * (w - ww)
    let earlier = count - 2 * w + ww + before.square
    let earlierLinear = -2 * (sum - wy) + before.linear
    // The earlier value at its best, −(both·φ + earlierLinear) / (2·earlier).
    return Quadratic(
      square: ww - both * both / (4 * earlier), linear: -2 * wy - both * earlierLinear / (2 * earlier),
      constant: squares[end + 1] - squares[start + 1] + before.constant
        - earlierLinear * earlierLinear / (4 * earlier),
      knot: start, history: before.history)
  }
}

/// A convex quadratic of one variable, with the knot it was extended from and the place of that knot's own
/// history.
private struct Quadratic {
  let square: Double
  let linear: Double
  let constant: Double
  let knot: Int
  var history: Int

  /// The least value.
  var least: Double { square > 0 ? constant - linear * linear / (4 * square) : constant }

  /// Those of some quadratics that are the least of all for some value of the variable.
  static func lowerEnvelope(_ all: [Quadratic]) -> [Quadratic] {
    guard let lowest = all.min(by: { $0.least < $1.least }) else { return [] }
    // Most lie above the lowest everywhere and are out of the race at once; of the rest the walk from left to
    // right drops those above the quadratic it stands on.
    var alive = all.filter { !$0.isNowhereBelow(lowest) }
    alive.append(lowest)
    guard var current = alive.min(by: { $0.isBelowFarLeft($1) }) else { return [] }
    var place = -Double.infinity
    var kept = [current]
    // Each quadratic can take over twice at most.
    for _ in 0..<(2 * alive.count) {
      let standing = current
      alive.removeAll { $0.isNowhereBelow(standing) && !$0.isSame(standing) }
      var nearest = Double.infinity
      var successor: Quadratic?
      for candidate in alive {
        guard let crossing = candidate.undercuts(current, after: place) else { continue }
        if crossing < nearest || (crossing == nearest && candidate.square < successor?.square ?? .infinity) {
          (nearest, successor) = (crossing, candidate)
        }
      }
      guard let successor else { break }
      (place, current) = (nearest, successor)
      if !kept.contains(where: { $0.isSame(current) }) { kept.append(current) }
    }
    return kept
  }

  /// Whether two quadratics stand for the same placing of knots.
  private func isSame(_ other: Quadratic) -> Bool { knot == other.knot && history == other.history }

  /// Whether the quadratic lies on or above another for every value of the variable.
  private func isNowhereBelow(_ other: Quadratic) -> Bool {
    let (a, b, c) = (square - other.square, linear - other.linear, constant - other.constant)
    if a > 0 { return b * b <= 4 * a * c }
    return a == 0 && b == 0 && c >= 0
  }

  /// Whether the quadratic is the lesser towards minus infinity.
  private func isBelowFarLeft(_ other: Quadratic) -> Bool {
    (square, -linear, constant) < (other.square, -other.linear, other.constant)
  }

  /// Where after a place the quadratic falls below another that has been the lesser up to there; nil where it
  /// never does.
  private func undercuts(_ other: Quadratic, after place: Double) -> Double? {
    let (a, b, c) = (square - other.square, linear - other.linear, constant - other.constant)
    if a == 0 {
      guard b < 0 else { return nil }
      let root = -c / b
      return root > place ? root : nil
    }
    let discriminant = b * b - 4 * a * c
    guard discriminant > 0 else { return nil }
    // The root at which the difference turns negative is the lower one of a cup and the upper one of a cap: in
    // both cases (−b − √Δ)/2a, written so that nothing cancels.
    let width = discriminant.squareRoot()
    let root = b >= 0 ? (-b - width) / (2 * a) : 2 * c / (-b + width)
    return root > place ? root : nil
  }
}
