import RealModule

/// A change to the flows of a cohort from one calendar year to another.
public struct CohortLever: Sendable {
  /// What is changed.
  public enum Effect: Sendable {
    /// Requests, times a factor, at the given closing ages (nil for all).
    case requests(factor: Draws, ages: ClosedRange<Int>? = nil)
    /// The growth of requests: an addition of −0.02 lowers each year's by two points, and lasts.
    case requestGrowth(addition: Draws)
    /// The share of decisions that are to assess.
    case assessed(FlowLever)
    /// The share of decisions after an assessment that are to issue a plan.
    case issued(FlowLever)
    /// The share that ceases, at the given ages at the opening census and in the given settings (nil for
    /// all).
    case ceasing(FlowLever, ages: ClosedRange<Int>? = nil, settings: Set<String>? = nil)
    /// The part of those who stay that moves from one setting to another, times a factor; the others of the
    /// row keep their proportions.
    case transition(from: String, to: String, factor: Draws, ages: ClosedRange<Int>? = nil)
    /// The part of new plans placed in a setting, times a factor; the others keep their proportions.
    case placement(setting: String, factor: Draws, ages: ClosedRange<Int>? = nil)
    /// Nobody new is placed in or moves to a setting; with `emptying`, nobody stays either.
    case forbid(setting: String, emptying: Bool = false)
    /// Net transfers and late data; an addition is in plans a year.
    case transfers(FlowLever)
  }

  /// The first and the last calendar year of the change.
  public let years: ClosedRange<Int>
  /// What is changed.
  public let effect: Effect

  /// Describes a change.
  public init(years: ClosedRange<Int>, effect: Effect) {
    self.years = years
    self.effect = effect
  }
}

/// A lasting change of a rate from year to year, which fades: the k-th year adds perYear × damping^(k−1), on
/// log odds for ceasing and on logarithms for requests.
public struct RateTrend: Hashable, Sendable {
  /// The change in the first year.
  public let perYear: Double
  /// Its standard error: how little is known of it.
  public let standardError: Double
  /// What is left of it each year, 0 to 1.
  public let damping: Double

  /// No trend.
  public static let none = RateTrend(perYear: 0, standardError: 0)

  /// Describes a trend.
  public init(perYear: Double, standardError: Double, damping: Double = 0.8) {
    self.perYear = perYear
    self.standardError = standardError
    self.damping = damping
  }

  /// The trend of a rate over its published years: least squares on the transformed rate.
  ///
  /// - Parameters:
  ///   - kind: A share is taken in log odds, a ratio in logarithms.
  ///   - years: Observations by year; at least three, above zero and, for a share, below one.
  ///   - damping: What is left of it each year, 0 to 1.
  /// - Returns: nil where fewer than three years can be transformed.
  public static func estimated(
    _ kind: ShrunkRate.Kind, years: [Int: RateObservation], damping: Double = 0.8
  ) -> RateTrend? {
    var points: [(x: Double, y: Double)] = []
    for year in years.keys.sorted() {
      guard let observation = years[year], observation.count > 0, observation.exposure > 0 else { continue }
      let rate = observation.rate
      guard kind == .ratio || rate < 1 else { continue }
      points.append((Double(year), kind == .share ? Double.log(rate / (1 - rate)) : Double.log(rate)))
    }
    guard points.count > 2 else { return nil }
    let n = Double(points.count)
    let x = points.reduce(0) { $0 + $1.x } / n
    let y = points.reduce(0) { $0 + $1.y } / n
    let square = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    let slope = points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / square
    let rest = points.reduce(0) { sum, point in
      let residual = point.y - y - slope * (point.x - x)
      return sum + residual * residual
    }
    return RateTrend(
      perYear: slope, standardError: (rest / (n - 2) / square).squareRoot(), damping: damping)
  }
}
