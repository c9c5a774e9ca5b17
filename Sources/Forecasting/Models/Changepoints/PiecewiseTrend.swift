import LinearAlgebra
import RealModule
import Statistics

/// A straight trend that changes at a few points of time, which the series itself tells; the last piece goes on.
///
/// Changes are searched for exactly (``ContinuousTrendSearch``, ``ChangepointSearch``), and their number by the
/// Bayesian information criterion, in which the place of a change counts as a parameter (Yao, 1988). With a prior
/// probability of change nothing is chosen: the forecast is averaged over all places of all changes
/// (``ChangepointPosterior``).
public struct PiecewiseTrend: ForecastModel {
  /// How pieces meet.
  public enum Joint: String, Hashable, Sendable, CaseIterable {
    /// The trend bends.
    case continuous
    /// The trend may leap as well as bend.
    case broken
  }

  /// How changes are found.
  public enum Changes: Hashable, Sendable {
    /// As many as the information criterion asks for.
    case automatic
    /// So many.
    case count(Int)
    /// As likely as a prior says; pieces are broken.
    case prior(ChangePrior)
  }

  /// How changes are found.
  public let changes: Changes
  /// How pieces meet.
  public let joint: Joint
  /// The fewest observations of a piece.
  public let minimumLength: Int

  /// The fewest observations of a piece unless said otherwise.
  public static let usualLength = 4
  /// The greatest number of changes that the automatic choice considers.
  public static let mostChanges = 8

  /// More observations than this are refused: the search over all places of change grows with their square at the least.
  public static let mostObservations = 1000

  /// A piecewise linear trend.
  ///
  /// - Parameters:
  ///   - changes: how changes are found.
  ///   - joint: how pieces meet; pieces are broken where changes have a prior.
  ///   - minimumLength: the fewest observations of a piece, 2 or more.
  public init(
    changes: Changes = .automatic, joint: Joint = .continuous, minimumLength: Int = usualLength
  ) {
    self.changes = changes
    if case .prior = changes { self.joint = .broken } else { self.joint = joint }
    self.minimumLength = max(2, minimumLength)
  }

  /// The name of the model on the command line and in every output.
  public var specification: String {
    var words: [String] = []
    switch changes {
    case .automatic: break
    case .count(let count): words.append("changepoints=\(count)")
    case .prior(let prior): words.append("\(prior)")
    }
    if case .prior = changes {} else if joint == .broken { words.append(joint.rawValue) }
    if minimumLength != Self.usualLength { words.append("minimum=\(minimumLength)") }
    return words.isEmpty ? "piecewise" : "piecewise(\(words.joined(separator: ",")))"
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    if case .prior = changes {
      return "the present straight trend goes on, and may change as it did before"
    }
    return "the last of a few straight pieces goes on"
  }

  /// Fewer observations than this are refused.
  public var minimumObservations: Int {
    switch changes {
    case .automatic, .prior: max(6, minimumLength)
    case .count(let count): max((count + 1) * minimumLength, Self.freedomUsed(by: count, joint) + 2)
    }
  }

  /// The coefficients and places of change that a number of changes takes.
  static func freedomUsed(by changes: Int, _ joint: Joint) -> Int {
    joint == .continuous ? 2 + 2 * changes : 2 + 3 * changes
  }

  /// Fits the model to a sample.
  ///
  /// - Throws: ``ForecastingError`` when the sample is too short for the changes, longer than ``mostObservations``, or
  ///   cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    guard sample.count <= Self.mostObservations else {
      throw .unsuitable(
        series: sample.name, model: specification,
        problem: "takes at most \(Self.mostObservations) observations, and there are \(sample.count); "
          + "begin the series later, or choose spline or smooth-trend")
    }
    if case .prior(let prior) = changes {
      return try FittedChangingTrend(
        sample, prior: prior, minimumLength: minimumLength, specification: specification)
    }
    let places = places(sample)
    return try FittedPiecewiseTrend(sample, changes: places, joint: joint, specification: specification)
  }

  /// The indices of the observations at which the trend changes: knots where pieces are continuous, else the
  /// first observations of the pieces after the first.
  func places(_ sample: Sample) -> [Int] {
    let most: Int
    if case .count(let count) = changes {
      most = count
    } else {
      most = min(Self.mostChanges, max(0, sample.count / minimumLength - 1))
    }
    let found: [(places: [Int], sumOfSquares: Double)]
    switch joint {
    case .continuous:
      found = ContinuousTrendSearch(minimumLength: minimumLength)
        .placings(of: sample.values, positions: sample.positions, upTo: most)
        .map { ($0.knots, $0.sumOfSquares) }
    case .broken:
      found = ChangepointSearch(cost: .linearTrend, minimumLength: minimumLength)
        .segmentations(of: sample.values, positions: sample.positions, upTo: most)
        .map { ($0.changes, $0.cost) }
    }
    if case .count(let count) = changes { return found.count > count ? found[count].places : [] }
    return Self.chosen(found, joint: joint, sample: sample)
  }

  /// The placing of least criterion; among equals the one with fewer changes.
  private static func chosen(
    _ found: [(places: [Int], sumOfSquares: Double)], joint: Joint, sample: Sample
  ) -> [Int] {
    let count = Double(sample.count)
    var best: [Int] = []
    var least = Double.infinity
    for (changes, candidate) in found.enumerated() {
      let used = freedomUsed(by: changes, joint)
      guard sample.count - used >= 2 else { break }
      // Deviations that rounding explains are not believed to be smaller still.
      let variance = max(candidate.sumOfSquares / count, sample.roundingVariance, .leastNormalMagnitude)
      let criterion = count * Double.log(variance) + Double(used + 1) * Double.log(count)
      if criterion < least { (least, best) = (criterion, candidate.places) }
    }
    return best
  }
}
