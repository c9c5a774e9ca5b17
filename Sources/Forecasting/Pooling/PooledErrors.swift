import RealModule

/// The sum of the common movement and a series' own error, for every size that the own error has in a pool.
///
/// The sum has no closed form, and its shape depends on a series only through the size of its error. So it is worked
/// out for a few sizes from the smallest to the greatest in the pool, and read off between them.
struct PooledErrors {
  /// The sizes for which the quantiles were worked out, increasing.
  private var sizes: [Double] = []
  /// The quantiles at ``QuantileTable/probabilities`` for each.
  private var quantiles: [[Double]] = []
  /// Neighbouring sizes differ by at most about this factor.
  private static let ratio = 1.5
  private static let mostSizes = 12

  /// - Parameters:
  ///   - common: the common movement.
  ///   - tails: the shape of the own errors.
  ///   - range: the least and the greatest scale of the own errors, both positive.
  init(common: MixtureNodes, tails: StudentTable, range: ClosedRange<Double>) {
    let spread = range.upperBound / range.lowerBound
    let count = min(Self.mostSizes, 1 + Int((Double.log(spread) / Double.log(Self.ratio)).rounded(.up)))
    for index in 0..<count {
      let share = count > 1 ? Double(index) / Double(count - 1) : 0
      let size = range.lowerBound * Double.pow(spread, share)
      sizes.append(size)
      quantiles.append(Self.quantiles(common: common, tails: tails, size: size))
    }
  }

  /// The quantiles for one size, moved to a centre.
  func table(size: Double, centre: Double) -> QuantileTable {
    var upper = 0
    while upper < sizes.count - 1, sizes[upper] < size { upper += 1 }
    let lower = max(upper - 1, 0)
    let width = sizes[upper] - sizes[lower]
    let share = width > 0 ? min(max((size - sizes[lower]) / width, 0), 1) : 0
    var result = [Double](repeating: 0, count: QuantileTable.probabilities.count)
    for index in result.indices {
      let value =
        quantiles[lower][index] + share * (quantiles[upper][index] - quantiles[lower][index])
      result[index] = centre + value
    }
    return QuantileTable(quantiles: result)
  }

  private static func quantiles(common: MixtureNodes, tails: StudentTable, size: Double) -> [Double] {
    let points = common.points
    func cumulative(_ x: Double) -> Double {
      var sum = 0.0
      for index in points.indices {
        sum += MixtureNodes.weights[index] * tails.cumulative((x - points[index]) / size)
      }
      return sum
    }
    let least = (points.first ?? 0) - 60 * size
    let greatest = (points.last ?? 0) + 60 * size
    var result: [Double] = []
    result.reserveCapacity(QuantileTable.probabilities.count)
    for probability in QuantileTable.probabilities {
      let lower = result.last ?? least
      // The quantile lies within the neighbourhood of the one before; the wide bound is needed for the tails only.
      var upper = min(greatest, lower + 2 * size + 1e-12)
      while upper < greatest, cumulative(upper) < probability {
        upper = min(greatest, upper + 2 * (upper - lower))
      }
      result.append(Bracket.solve(lower: lower, upper: upper) { cumulative($0) - probability })
    }
    return result
  }
}

/// The tails and the scale of the errors of a pool, in units of a series' typical change.
struct ErrorTails {
  /// The distribution function of the standardised error.
  let table: StudentTable
  /// The scale.
  let scale: Double

  /// Student's t through the 80th and the 95th percentile of the sizes of the errors.
  init?(_ errors: [Double]) {
    let sizes = errors.map(abs).sorted()
    let inner = Middle.quantile(sizes, 0.8)
    guard inner > 0 else { return nil }
    let ratio = Middle.quantile(sizes, 0.95) / inner
    guard
      let nearest = StudentTable.candidates.min(by: { abs($0.ratio - ratio) < abs($1.ratio - ratio) })
    else { return nil }
    table = nearest.table
    scale = inner / nearest.ninetieth
  }

  /// What is taken where a pool has too few errors to tell: four degrees of freedom, for which the scale is the mean
  /// size.
  private init(assumed table: StudentTable) {
    self.table = table
    scale = 1
  }

  static let assumed = ErrorTails(assumed: StudentTable.table(4))
}
