import LinearAlgebra

/// The covariance W of the one-step errors of several series: variances and, where the method asks for them,
/// correlations.
struct ErrorCovariance: Sendable {
  /// The variances, in the order of the series.
  let variances: [Double]
  /// The correlations; nil where they are taken as zero.
  let correlations: Matrix?
  /// The share of the correlations that was shrunk away, 0 to 1; nil where nothing was shrunk.
  private(set) var shrinkage: Double?
  /// How many eigenvalues had to be raised to make the correlations positive definite.
  private(set) var raisedEigenvalues = 0
  /// The least number of periods that two series have in common; nil where nothing was compared.
  private(set) var commonPeriods: Int?

  /// Variances without correlations.
  init(variances: [Double]) {
    self.variances = variances
    correlations = nil
  }

  /// The correlations of the errors, shrunk towards zero by the intensity that Schäfer and Strimmer (2005)
  /// find best, or as they are.
  ///
  /// The intensity is λ = Σ var(rᵢⱼ) / Σ r²ᵢⱼ over all pairs, held between 0 and 1; errors are taken about
  /// zero (Wickramasuriya, Athanasopoulos and Hyndman, 2019, section 2.4).
  ///
  /// - Parameter floor: the least eigenvalue that the correlations are left with, as a share of the largest.
  init(
    _ panel: ErrorPanel, shrunk: Bool, floor: Double = ErrorCovariance.floor
  ) throws(ForecastingError) {
    let count = panel.count
    var elements = [Double](repeating: 0, count: count * count)
    var (doubt, squares) = (0.0, 0.0)
    var common = Int.max
    for column in 0..<count {
      elements[column * count + column] = 1
      for row in 0..<column {
        let pair = panel.pair(row, column)
        elements[column * count + row] = pair.correlation
        elements[row * count + column] = pair.correlation
        doubt += pair.variance
        squares += pair.correlation * pair.correlation
        common = min(common, pair.periods)
      }
    }
    variances = panel.variances
    commonPeriods = count > 1 ? common : nil
    if shrunk {
      let intensity = squares > 0 ? min(1, doubt / squares) : 1
      shrinkage = intensity
      for column in 0..<count {
        for row in 0..<count where row != column { elements[column * count + row] *= 1 - intensity }
      }
    }
    do {
      let repair = try PositiveDefiniteRepair(
        Matrix(rows: count, columns: count, columnMajor: elements), floor: floor)
      correlations = repair.correlations
      raisedEigenvalues = repair.raised
    } catch {
      throw .hierarchy(problem: "the covariance of the errors cannot be used: \(error)")
    }
  }

  /// The least eigenvalue of the correlations, as a share of the largest. Directions that the errors hardly
  /// ever took move forecasts by up to one over its root: a hundredfold is more than enough.
  static let floor = 1e-4

  /// With fewer common periods than this for each series a covariance that is not shrunk is mostly chance.
  static let trustworthyPeriods = 10

  /// The covariance of two series.
  func covariance(_ row: Int, _ column: Int) -> Double {
    if row == column { return variances[row] }
    guard let correlations else { return 0 }
    return correlations[row, column] * (variances[row] * variances[column]).squareRoot()
  }

  /// What the reader must know of it.
  var remarks: [String] {
    var remarks: [String] = []
    if let shrinkage {
      remarks.append(
        "\(Self.percent(shrinkage)) of the correlations between errors was shrunk away")
    }
    if raisedEigenvalues > 0, let commonPeriods {
      remarks.append(
        "the covariance of \(variances.count) series is not positive definite from \(commonPeriods) common "
          + "periods: \(raisedEigenvalues) of its eigenvalues "
          + (raisedEigenvalues == 1 ? "was" : "were") + " raised"
      )
    }
    if shrinkage == nil, let commonPeriods, commonPeriods < Self.trustworthyPeriods * variances.count {
      remarks.append(
        "\(commonPeriods) common periods say little about the covariance of \(variances.count) series, "
          + "and single forecasts may be moved far; shrinking it is safer")
    }
    return remarks
  }

  private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) per cent" }
}
