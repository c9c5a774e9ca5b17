import RealModule
import Statistics

/// The straight line through five figures that the recent-trend marker is read from, in plain numbers.
///
/// It allocates nothing, so that a hundred thousand series cost no more than their arithmetic. ``RecentTrend`` checks a
/// series, makes the limits and says what cannot be judged; whoever has checked may begin here.
///
/// Source: the trend calculator of the Fingertips service (Department of Health and Social Care), of which the weights,
/// the threshold and the rule of leaving out one are those below.
public struct FivePointTrend: Hashable, Sendable {
  /// The number of figures.
  public static let count = 5
  /// The value of chi-squared, on one degree of freedom, beyond which a slope is beyond chance at 99.8%.
  public static let threshold = 9.54953570608324
  /// How small a slope is nothing but rounding, as a part of the greatest figure.
  private static let rounding = 1e-12

  /// The slope: in the unit of the figures from one period to the next, or in log odds for counts; exactly 0 where it is
  /// nothing but rounding (10⁻¹² of the greatest figure).
  public let slope: Double
  /// The standard error of the slope.
  public let standardError: Double
  /// The slopes without the first figure, without the second and so on, in lanes 0 to 4.
  private let slopesWithout: SIMD8<Double>

  init(slope: Double, standardError: Double, slopesWithout: SIMD8<Double>) {
    self.slope = slope
    self.standardError = standardError
    self.slopesWithout = slopesWithout
  }

  /// Fits the line to figures weighted by their 95% limits: the weight is 1 / ((upper − lower) / 3.92)².
  ///
  /// - Parameters:
  ///   - values: five figures in the order of their periods, which are equally far apart.
  ///   - lower: their lower 95% limits.
  ///   - upper: their upper 95% limits.
  /// - Returns: nil unless there are five finite figures, each with limits of which the upper is above the lower.
  public init?(values: Span<Double>, lower: Span<Double>, upper: Span<Double>) {
    guard values.count == Self.count, lower.count == Self.count, upper.count == Self.count else { return nil }
    var weights = SIMD8<Double>(repeating: 0)
    var figures = SIMD8<Double>(repeating: 0)
    for position in 0..<Self.count {
      let error = (upper[position] - lower[position]) / 3.92
      guard error > 0, values[position].isFinite else { return nil }
      weights[position] = 1 / (error * error)
      figures[position] = values[position]
    }
    let ranks = SIMD8<Double>(1, 2, 3, 4, 5, 0, 0, 0)
    let greatest = max(figures.max(), -figures.min())
    let full = Self.line(weights, figures - figures[0], ranks, scale: greatest)
    guard full.slope.isFinite, full.standardError > 0, full.standardError.isFinite else { return nil }
    var without = SIMD8<Double>(repeating: 0)
    for position in 0..<Self.count {
      var others = weights
      others[position] = 0
      // Measured from a figure that is kept, so that equal figures are 0 apart and not a rounding error.
      let origin = figures[position == 0 ? 1 : 0]
      without[position] = Self.line(others, figures - origin, ranks, scale: greatest).slope
    }
    self.init(slope: full.slope, standardError: full.standardError, slopesWithout: without)
  }

  /// The weighted line through figures at ranks; a weight of 0 leaves a figure out. A slope that is nothing beside the
  /// scale of the figures is 0.
  private static func line(
    _ weights: SIMD8<Double>, _ figures: SIMD8<Double>, _ ranks: SIMD8<Double>, scale: Double
  ) -> (slope: Double, standardError: Double) {
    let weightedRanks = weights * ranks
    let sum = weights.sum()
    let ofRanks = weightedRanks.sum()
    let ofFigures = (weights * figures).sum()
    let ofProducts = (weightedRanks * figures).sum()
    let ofSquares = (weightedRanks * ranks).sum()
    let determinant = sum * ofSquares - ofRanks * ofRanks
    let slope = (sum * ofProducts - ofRanks * ofFigures) / determinant
    return (slope.magnitude < rounding * scale ? 0 : slope, (sum / determinant).squareRoot())
  }

  /// Chi-squared on one degree of freedom: (slope / standard error)².
  public var statistic: Double {
    let ratio = slope / standardError
    return ratio * ratio
  }

  /// The probability of a slope as far from 0, either way, where nothing changes.
  public var pValue: Double { 2 * StandardNormal.complement((slope / standardError).magnitude) }

  /// The slopes when the first figure is left out, the second, and so on.
  public var leaveOneOutSlopes: [Double] { (0..<Self.count).map { slopesWithout[$0] } }

  /// Whether the slope and all slopes that leave out one figure rise, or all fall. A slope of 0 does neither: four equal
  /// figures and a leap are no trend, since without the leap nothing moves.
  public var isSteady: Bool {
    for position in 0..<Self.count {
      guard slope < 0 ? slopesWithout[position] < 0 : slope > 0 && slopesWithout[position] > 0 else {
        return false
      }
    }
    return true
  }

  /// Which way the figures go: beyond chance, and whichever figure is left out.
  public var direction: TrendDirection {
    guard statistic > Self.threshold, isSteady else { return .none }
    return slope < 0 ? .decreasing : .increasing
  }
}
