import RealModule
import Statistics
import Synchronization

/// What a season that was taken out of a series takes of the degrees of freedom of the model that saw the rest.
///
/// A model of the adjusted series divides a sum of squares S by its own degrees of freedom ν and does not know that p more
/// quantities were estimated. The variance is S/(ν − p), √(ν/(ν − p)) times as wide, and Student's t has ν − p degrees of
/// freedom.
struct SeasonalCost: Sendable {
  /// p.
  let parameters: Double
  /// ν.
  private let degreesOfFreedom: Double
  private let centres = PathCentres()

  /// Nothing: the model has taken the season off its degrees of freedom itself.
  static let none = SeasonalCost(parameters: 0, degreesOfFreedom: .infinity)

  /// What is taken off the degrees of freedom of a forecast that is Student's t.
  let taken: Double

  /// The cost of so many parameters out of so many degrees of freedom, of which some must be left.
  ///
  /// - Parameter keepsTails: whether the tails of the forecast are no matter of estimation and stay as they are.
  init(parameters: Double, degreesOfFreedom: Double, keepsTails: Bool = false) {
    self.parameters = parameters
    self.degreesOfFreedom = degreesOfFreedom
    taken = keepsTails ? 0 : parameters
  }

  /// The degrees of freedom of a fitted model, and whether its tails stand for something else.
  ///
  /// A model without a Student's t for its forecast, and a combination whose tails are set by its length, has as many
  /// degrees of freedom as observations beyond its parameters.
  static func freedom(
    of base: any FittedModel
  ) throws(ForecastingError) -> (degreesOfFreedom: Double, keepsTails: Bool) {
    let left = Double(base.sample.count - base.parameterCount)
    if isCombination(base) { return (left, true) }
    let mixture = try base.predictive(step: 1) as? StudentMixture
    return (mixture?.degreesOfFreedom ?? left, false)
  }

  private static func isCombination(_ fitted: any FittedModel) -> Bool {
    if let rescaled = fitted as? RescaledFit { return isCombination(rescaled.base) }
    return fitted is FittedEnsemble
  }

  /// The cost of a season of so many parameters to a model of the adjusted series.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` where no degree of freedom is left, and what the
  ///   base model's forecast throws.
  init(parameters: Int, base: any FittedModel, model: String) throws(ForecastingError) {
    let (freedom, keepsTails) = try Self.freedom(of: base)
    guard freedom - Double(parameters) >= 1 else {
      throw .unsuitable(
        series: base.sample.name, model: model,
        problem:
          "estimates \(parameters) quantities for the season, which leaves none of the \(base.sample.count) observations "
          + "to tell how far forecasts err; supply more years or choose window=periodic"
      )
    }
    self.init(parameters: Double(parameters), degreesOfFreedom: freedom, keepsTails: keepsTails)
  }

  /// √(ν/(ν − p)).
  var stretch: Double {
    degreesOfFreedom.isFinite ? (degreesOfFreedom / (degreesOfFreedom - parameters)).squareRoot() : 1
  }

  /// Widens a path of the base model about the middle of its forecasts.
  ///
  /// A path drew its variance as S/χ² with ν degrees of freedom. A chi-squared variable with ν − p is that one times an
  /// independent beta variable of (ν − p)/2 and p/2, so the path's deviations are divided by its root.
  func widen(
    _ path: UnsafeMutableBufferPointer<Double>, of base: any FittedModel, from stream: inout RandomStream
  ) {
    guard parameters > 0, degreesOfFreedom.isFinite else { return }
    let share = stream.beta(alpha: (degreesOfFreedom - parameters) / 2, beta: parameters / 2)
    // Far below anything that is drawn in practice: it only keeps the quotient finite.
    let factor = 1 / max(share, 1e-12).squareRoot()
    centres.withValues(of: base, count: path.count) { centres in
      for index in path.indices {
        path[index] =
          centres.indices.contains(index) ? centres[index] + factor * (path[index] - centres[index]) : .nan
      }
    }
  }

  /// The medians of a model's forecasts, computed when paths first ask for them.
  private final class PathCentres: Sendable {
    private let storage = Mutex<[Double]>([])

    /// Hands over the medians of at least the first `count` steps; none where there is no forecast so far ahead.
    func withValues(of base: any FittedModel, count: Int, _ body: ([Double]) -> Void) {
      let values = storage.withLock { stored in
        if stored.count < count, let steps = try? base.predictive(horizon: count) {
          let medians = steps.compactMap { try? $0.quantile(0.5) }
          if medians.count == count { stored = medians }
        }
        return stored
      }
      body(values)
    }
  }
}
