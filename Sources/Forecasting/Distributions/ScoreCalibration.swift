import RealModule
import Statistics

/// How many standard deviations a forecast should have meant where it said one, two or three: a rising map of normal
/// scores, learned from the scores of past errors.
///
/// A score is the size of an error as the model itself measured it: the standard normal quantile of the probability that
/// it gave to what came. A model that tells the truth has scores that are standard normal in size; one whose variance is four times too
/// small has scores twice that. The map says for each score that the model means the one that it should have meant, the
/// same on both sides, so that medians stay.
///
/// With n independent scores it is put together from three maps, the more of the later the more scores there are:
///
/// 1. the model's own, which changes nothing;
/// 2. one scale: λ, the mean size of the scores over that of a standard normal, √(2/π), with ``priorErrors``
///    scores of exactly that size added; and since λ is an estimate, Student's t in place of the normal with (n + prior)²/n × 0.88
///    degrees of freedom (the efficiency of the mean size; Huber, 1981). With no score it is the model's own;
/// 3. split conformal prediction (Vovk, Gammerman and Shafer, 2005): the k-th smallest of n sizes is the half width of
///    the interval of coverage k/(n + 1), exactly and whatever the distribution of exchangeable errors. Between
///    them scores are interpolated, beyond the greatest it goes on as the second does.
///
/// The third has the share n/(n + ``conformalErrors``), the second the rest.
public struct ScoreCalibration: Sendable, Hashable {
  /// The number of errors that the belief in the model's own spread is worth.
  public static let priorErrors = 4.0
  /// The number of errors at which the order of the scores counts as much as their mean size.
  public static let conformalErrors = 20.0

  /// The number of independent scores behind it.
  public let errors: Double
  /// How many times wider the model's spread was found than it said, before the order of the scores is looked at.
  public let spread: Double
  /// The meant scores at each whole multiple of ``step``, from zero.
  private let knots: [Double]

  /// Whether every score is multiplied alike, which is then done to the last digit.
  private var isProportional: Bool { errors == 0 }

  private static let step = 0.1
  private static let count = 36

  /// A map that multiplies every score with one positive factor: the spread is so many times what the model says.
  public init(spread: Double) {
    let factor = spread > 0 && spread.isFinite ? spread : 1
    errors = 0
    self.spread = factor
    knots = (0..<Self.count).map { Double($0) * Self.step * factor }
  }

  /// Learns the map from past errors.
  ///
  /// - Parameters:
  ///   - scores: the normal scores of past outcomes under their forecasts, in any order; those that are not finite are
  ///     left out.
  ///   - independent: how many independent errors they stand for; nil for as many as there are. Errors
  ///     several steps ahead from one origin share what happened, and are no more than one.
  public init(scores: [Double], independent: Double? = nil) {
    let sizes = scores.map { abs($0) }.filter(\.isFinite).sorted()
    guard !sizes.isEmpty else {
      self = ScoreCalibration(spread: 1)
      return
    }
    let errors = min(max(independent ?? Double(sizes.count), 1), Double(sizes.count))
    let meanSize = sizes.reduce(0) { $0 + $1 / Double(sizes.count) }
    let normalSize = (2 / Double.pi).squareRoot()
    let prior = Self.priorErrors
    let spread = (prior + errors * meanSize / normalSize) / (prior + errors)
    let freedom = 0.88 * (errors + prior) * (errors + prior) / errors
    let student = try? StudentT(degreesOfFreedom: freedom, location: 0, scale: 1)
    func scaled(_ score: Double) -> Double {
      spread * (student.flatMap { try? $0.quantile(StandardNormal.cumulative(score)) } ?? score)
    }
    // The score that belongs to the coverage of each size: k/(n + 1), of as many as are independent.
    let share = errors / (errors + 1)
    let covered = sizes.indices.map { index in
      let coverage = Double(index + 1) / Double(sizes.count) * share
      return StandardNormal.quantile((1 + coverage) / 2)
    }
    let last = sizes.count - 1
    let beyond = sizes[last] / scaled(covered[last])
    let weight = errors / (errors + Self.conformalErrors)
    var knots = [0.0]
    var place = 0
    for index in 1..<Self.count {
      let score = Double(index) * Self.step
      while place <= last, covered[place] < score { place += 1 }
      let own = scaled(score)
      let ordered: Double
      if place > last {
        ordered = beyond * own
      } else {
        let (z, size) = place > 0 ? (covered[place - 1], sizes[place - 1]) : (0, 0)
        ordered = size + (sizes[place] - size) * (score - z) / (covered[place] - z)
      }
      // A least rise keeps the map one that can be undone.
      knots.append(
        max((1 - weight) * own + weight * ordered, knots[index - 1] + 1e-3 * Self.step))
    }
    self.errors = errors
    self.spread = spread
    self.knots = knots
  }

  /// The score that should have been meant by a score of the model.
  public func calibrated(_ score: Double) -> Double {
    let size = abs(score)
    let place = size / Self.step
    let last = Self.count - 1
    if isProportional { return score * spread }
    guard place < Double(last) else { return score * (knots[last] / (Double(last) * Self.step)) }
    let index = Int(place)
    let value = knots[index] + (place - Double(index)) * (knots[index + 1] - knots[index])
    return score < 0 ? -value : value
  }

  /// The score of the model at which a given one should have been meant: ``calibrated(_:)`` undone.
  func original(_ score: Double) -> (score: Double, slope: Double) {
    if isProportional { return (score / spread, 1 / spread) }
    let size = abs(score)
    let last = Self.count - 1
    guard size < knots[last] else {
      let slope = Double(last) * Self.step / knots[last]
      return (score * slope, slope)
    }
    var (low, high) = (0, last)
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle] <= size { low = middle } else { high = middle }
    }
    let slope = Self.step / (knots[low + 1] - knots[low])
    let value = Double(low) * Self.step + (size - knots[low]) * slope
    return (score < 0 ? -value : value, slope)
  }
}
