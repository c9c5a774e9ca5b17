import Statistics

/// The slope of Theil and Sen: the median of the slopes through all pairs of figures, which a few wild years do not move.
///
/// Source: Sen, *Journal of the American Statistical Association* 63 (1968); Gilbert (1987), section 16.5.
public struct SenSlope: Hashable, Sendable {
  /// The median slope, in the unit of the figures for one unit of time.
  public let value: Double
  /// Where the line stands at the time 0: the median of the figures less slope times time.
  public let intercept: Double
  /// The limits of the slope. None at a level for which there are too few pairs: five figures have none at 99.8%.
  ///
  /// They are the slopes whose ranks lie half of z √Var(S) from the middle, taken outwards where the rank is not whole.
  public let limits: [ConfidenceLimits]

  /// The limits at a level; nil where there are too few figures for it.
  public func limits(_ confidence: Confidence) -> ConfidenceLimits? {
    limits.first { $0.confidence == confidence }
  }

  init(_ values: [Double], _ times: [Double], variance: Double, confidence: [Confidence]) {
    var slopes: [Double] = []
    slopes.reserveCapacity(values.count * (values.count - 1) / 2)
    for later in values.indices.dropFirst() {
      for earlier in 0..<later {
        slopes.append((values[later] - values[earlier]) / (times[later] - times[earlier]))
      }
    }
    slopes.sort()
    let slope = Self.median(slopes)
    value = slope
    intercept = Self.median(zip(values, times).map { $0 - slope * $1 }.sorted())
    limits = confidence.compactMap { level in
      let reach = level.z * variance.squareRoot()
      let lower = ((Double(slopes.count) - reach) / 2).rounded(.down)
      let upper = ((Double(slopes.count) + reach) / 2).rounded(.up) + 1
      guard lower >= 1, upper <= Double(slopes.count) else { return nil }
      return ConfidenceLimits(level, lower: slopes[Int(lower) - 1], upper: slopes[Int(upper) - 1])
    }
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
