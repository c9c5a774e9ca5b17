import LinearAlgebra
import RealModule

/// How the voices of a combination are weighed.
public enum CombinationWeighting: String, Hashable, Sendable, CaseIterable {
  /// The forecasts' median, which one model that goes astray cannot move far.
  case median
  /// Equal weights.
  case mean
  /// Weights in inverse proportion to the mean absolute error of earlier forecasts (after Bates and Granger, 1969).
  case inverseError = "inverse-error"
  /// The weights, none negative and of sum one, with which earlier forecasts would have had the least squared error
  /// (Breiman, 1996: stacking).
  case stacked

  /// Whether the weights are learned from earlier forecasts.
  var isLearned: Bool { self == .inverseError || self == .stacked }
}

/// The errors that several models made in forecasting the same values.
struct SharedErrors {
  /// One value that all models forecast.
  struct Row {
    /// The series, by its index in the pool.
    let series: Int
    /// The errors of the models, each in units of the series' own naive error.
    let errors: [Double]
    /// What it counts: the forecasts of several steps from one origin share their errors and count one together.
    let weight: Double
  }

  /// The values forecast.
  let rows: [Row]
  /// The number of models.
  let models: Int

  /// The number of independent forecasts: origins, summed over series.
  var independent: Double { rows.reduce(0) { $0 + $1.weight } }
}

/// Learns the weights of a combination from earlier errors.
///
/// A handful of errors says little about which model is better, and equal weights are hard to beat (Clemen, 1989; Smith
/// and Wallis, 2009). So weights are drawn towards equal ones, or other ones given, with the strength of
/// ``errorsForEachWeight`` forecasts for every weight that there is to learn.
enum WeightLearning {
  /// How many forecasts the belief in equal weights is worth, for each weight less one.
  static let errorsForEachWeight = 5.0

  /// The weights of the models: none negative, of sum one.
  ///
  /// - Parameters:
  ///   - errors: what the models made of earlier values; weights are the prior's where there are none.
  ///   - prior: the weights that they are drawn towards.
  static func weights(_ weighting: CombinationWeighting, _ errors: SharedErrors, prior: [Double]) -> [Double]
  {
    guard !errors.rows.isEmpty, errors.models > 1 else { return prior }
    switch weighting {
    case .median, .mean: return prior
    case .inverseError: return inverseErrors(errors, prior: prior)
    case .stacked: return stacked(errors, prior: prior)
    }
  }

  /// In inverse proportion to the mean absolute error; n independent forecasts count n, the prior
  /// ``errorsForEachWeight`` for each weight less one.
  private static func inverseErrors(_ errors: SharedErrors, prior: [Double]) -> [Double] {
    let independent = errors.independent
    var sizes = [Double](repeating: 0, count: errors.models)
    for row in errors.rows {
      for model in sizes.indices { sizes[model] += row.weight * abs(row.errors[model]) / independent }
    }
    // A model that was right to the last digit is not believed to be infinitely better.
    let least = 1e-3 * (sizes.max() ?? 0)
    guard least > 0 else { return prior }
    let inverse = sizes.map { 1 / max($0, least) }
    let total = inverse.reduce(0, +)
    let belief = errorsForEachWeight * Double(errors.models - 1)
    return zip(inverse, prior).map { (independent * $0 / total + belief * $1) / (independent + belief) }
  }

  /// The least of Σ (Σ wᵢ eᵢ)² + 5 M v Σ (wᵢ − priorᵢ)², where v is the mean squared error of the prior's weights and M the number
  /// of models: from equal weights, to give everything to one model it must save the squared errors of 5 (M − 1) forecasts.
  ///
  /// With Σ w = 1 every term is the square of a linear form in w, so the sum is ‖A w‖². Of ‖A u‖² + (Σ u − 1)² over u ≥
  /// 0 the least is along the same w, whatever its length: a problem of non-negative least squares. Errors of which
  /// the prior's average is more than three times the median are scaled down to that, so that no one year decides.
  private static func stacked(_ errors: SharedErrors, prior: [Double]) -> [Double] {
    let count = errors.models
    func combined(_ row: SharedErrors.Row) -> Double {
      zip(row.errors, prior).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let sizes = errors.rows.map { abs(combined($0)) }
    let limit = 3 * sizes.sorted()[sizes.count / 2]
    guard limit > 0 else { return prior }
    let weights = zip(errors.rows, sizes).map { row, size in
      let share = min(1, limit / max(size, limit))
      return row.weight * share * share
    }
    // The cross products of the errors are all that is needed, whatever the number of rows.
    var products = [Double](repeating: 0, count: count * count)
    var variance = 0.0
    var total = 0.0
    for ((row, size), weight) in zip(zip(errors.rows, sizes), weights) {
      variance += weight * size * size
      total += weight
      for first in 0..<count {
        for second in 0..<count {
          products[first * count + second] += weight * row.errors[first] * row.errors[second]
        }
      }
    }
    variance /= total
    let belief = errorsForEachWeight * Double(count) * variance
    // A square root of the products, and the rows of the belief and of the sum below it.
    let scale = (variance * total).squareRoot()
    guard scale > 0, scale.isFinite,
      let root = try? SymmetricEigendecomposition(
        Matrix(rows: count, columns: count) { products[$0 * count + $1] / (scale * scale) })
    else { return prior }
    let strength = belief.squareRoot() / scale
    let design = Matrix(rows: 2 * count + 1, columns: count) { row, column in
      if row < count { return max(0, root.values[row]).squareRoot() * root.vectors[column, row] }
      if row < 2 * count { return strength * ((row - count == column ? 1 : 0) - prior[row - count]) }
      return 1
    }
    let response = [Double](repeating: 0, count: 2 * count) + [1]
    guard let found = try? NonnegativeLeastSquares(design: design, response: response) else { return prior }
    let sum = found.coefficients.reduce(0, +)
    return sum > 0 ? found.coefficients.map { $0 / sum } : prior
  }
}
