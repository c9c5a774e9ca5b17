/// A regression on three variables without a constant: Huber's M-estimate with a ridge, by reweighting.
struct RobustRidge {
  typealias Triple = (momentum: Double, mean: Double, others: Double)

  /// Huber's bend, in robust standard deviations.
  private static let bend = 1.5
  private static let rounds = 6

  private var rows: [Triple] = []
  private var targets: [Double] = []
  /// The errors of the last solution.
  private(set) var errors: [Double] = []

  /// The number of observations.
  var count: Int { targets.count }

  mutating func append(_ row: Triple, _ target: Double) {
    rows.append(row)
    targets.append(target)
  }

  /// The coefficients; the ridge is a share of the mean diagonal of the cross-products.
  mutating func solve(ridge: Double) -> Triple {
    var weights = [Double](repeating: 1, count: count)
    var solution: Triple = (0, 0, 0)
    errors = targets
    var sizes = targets
    for _ in 0..<Self.rounds {
      var (aa, ab, ac, bb, bc, cc) = (1e-9, 0.0, 0.0, 1e-9, 0.0, 1e-9)
      var (ay, by, cy) = (0.0, 0.0, 0.0)
      for index in rows.indices {
        let (a, b, c) = rows[index]
        let (wa, wb, wc) = (weights[index] * a, weights[index] * b, weights[index] * c)
        aa += wa * a
        ab += wa * b
        ac += wa * c
        bb += wb * b
        bc += wb * c
        cc += wc * c
        ay += wa * targets[index]
        by += wb * targets[index]
        cy += wc * targets[index]
      }
      let addition = ridge * (aa + bb + cc) / 3
      solution = Self.solve(
        (aa + addition, ab, ac, bb + addition, bc, cc + addition), (ay, by, cy))
      for index in rows.indices {
        let (a, b, c) = rows[index]
        errors[index] =
          targets[index] - a * solution.momentum - b * solution.mean - c * solution.others
        sizes[index] = abs(errors[index])
      }
      let limit = Self.bend * 1.4826 * Middle.median(sizes) + 1e-9
      for index in rows.indices { weights[index] = min(1, limit / max(sizes[index], 1e-9)) }
    }
    return solution
  }

  /// The solution of three symmetric positive definite equations, by Cholesky's factor.
  private static func solve(
    _ m: (aa: Double, ab: Double, ac: Double, bb: Double, bc: Double, cc: Double), _ y: Triple
  ) -> Triple {
    let first = m.aa.squareRoot()
    let (b1, c1) = (m.ab / first, m.ac / first)
    let second = (m.bb - b1 * b1).squareRoot()
    let c2 = (m.bc - c1 * b1) / second
    let third = (m.cc - c1 * c1 - c2 * c2).squareRoot()
    let w1 = y.momentum / first
    let w2 = (y.mean - b1 * w1) / second
    let w3 = (y.others - c1 * w1 - c2 * w2) / third
    let others = w3 / third
    let mean = (w2 - c2 * others) / second
    return ((w1 - b1 * mean - c1 * others) / first, mean, others)
  }
}
