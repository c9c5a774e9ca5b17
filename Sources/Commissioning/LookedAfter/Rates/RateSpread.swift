import RealModule

/// How much the true rates of several groups differ beyond what chance does to their counts.
///
/// Counts are taken as Poisson about `expected × θ`, with θ gamma of mean 1 and coefficient of variation τ, so that each is
/// negative binomial. τ has the half-Cauchy prior that Gelman (2006) proposes for the scale of a hierarchy, and its
/// posterior median is taken: unlike the mode it is never zero, so that two groups that happen to agree are not declared
/// the same for ever. 1/τ² is then the strength of the prior, in events.
struct RateSpread {
  /// The coefficient of variation between groups.
  let deviation: Double

  /// The number of events that the centre is worth.
  var strength: Double { 1 / (deviation * deviation) }

  /// - Parameters:
  ///   - counts: the events of each group, not negative.
  ///   - expected: what the centre expects of each; a group with none says nothing and is passed over.
  ///   - scale: the median of the prior of τ.
  init(counts: [Double], expected: [Double], scale: Double) {
    let groups = zip(counts, expected).filter { $0.1 > 0 }
    // The posterior over the angle of the half-Cauchy is flat in the prior: τ = scale × tan(angle).
    let size = 400
    var angles: [Double] = []
    var logs: [Double] = []
    for index in 0..<size {
      let angle = (Double(index) + 0.5) / Double(size) * Double.pi / 2
      let deviation = scale * Double.tan(angle)
      angles.append(angle)
      logs.append(groups.reduce(0) { $0 + Self.logProbability($1.0, mean: $1.1, deviation: deviation) })
    }
    let greatest = logs.max() ?? 0
    let weights = logs.map { Double.exp($0 - greatest) }
    let half = weights.reduce(0, +) / 2
    var sum = 0.0
    var median = Double.pi / 4
    for (angle, weight) in zip(angles, weights) {
      // Within a cell of the grid the mass is spread evenly.
      if sum + weight >= half {
        let cell = Double.pi / 2 / Double(size)
        median = angle + ((half - sum) / weight - 0.5) * cell
        break
      }
      sum += weight
    }
    deviation = scale * Double.tan(median)
  }

  /// The logarithm of the negative binomial probability of a count, up to a term that τ does not enter.
  private static func logProbability(_ count: Double, mean: Double, deviation: Double) -> Double {
    let size = 1 / (deviation * deviation)
    // For a size far above the count the gamma functions cancel to rounding error, and the limit is Poisson's.
    guard size < 1e7 * (count + 1) else { return count * Double.log(mean) - mean }
    let ratio = mean / size
    return Double.logGamma(count + size) - Double.logGamma(size) - count * Double.log(size)
      - (count + size) * Double.log(onePlus: ratio) + count * Double.log(mean)
  }
}
