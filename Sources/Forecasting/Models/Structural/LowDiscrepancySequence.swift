import RealModule

/// Points that fill the unit box evenly: the additive recurrence of the powers of the generalised golden ratio, the root
/// of x^(d+1) = x + 1 (Roberts, 2018, "The unreasonable effectiveness of quasirandom sequences").
struct LowDiscrepancySequence: Sendable {
  private let steps: [Double]

  /// The sequence in some number of dimensions.
  init(dimension: Int) {
    var root = 1.5
    // The map is a contraction: forty rounds settle every digit.
    for _ in 0..<40 { root = Double.pow(1 + root, 1 / Double(dimension + 1)) }
    steps = (1...max(1, dimension)).prefix(dimension).map { Double.pow(root, -Double($0)) }
  }

  /// A point, counted from 0.
  func point(_ index: Int) -> [Double] {
    steps.map { step in
      let value = 0.5 + Double(index + 1) * step
      return value - value.rounded(.down)
    }
  }
}
