import LinearAlgebra
import RealModule

/// The penalised least squares problem of P. H. C. Eilers and B. D. Marx, "Flexible smoothing with B-splines and
/// penalties" (1996): a sum of B-splines close to the observations, whose coefficients bend little.
///
///     minimise  Σ wᵢ (yᵢ − (Bc)ᵢ)² + λ Σ (cⱼ − 2cⱼ₋₁ + cⱼ₋₂)²
///
/// The normal equations have a band of the degree. Read as a mixed model, second differences of c are normal with variance
/// σ²/λ, and λ has a likelihood.
struct SplineSmoother: Sendable {
  let basis: SplineBasis
  private let values: [Double]
  private let weights: [Double]
  /// The lower band of BᵀWB by diagonals, and BᵀWy.
  private let gram: [[Double]]
  private let cross: [Double]
  /// The index of the first spline at each observation, and the values there, `degree + 1` each.
  private let firsts: [Int]
  private let rows: [Double]
  /// What λ is measured against: the size of BᵀWB over that of the penalty.
  private let unit: Double

  /// A solution for one λ.
  struct Solution: Sendable {
    /// λ, relative to the sizes of the two parts of the problem, as a logarithm.
    let logPenalty: Double
    /// λ itself.
    let penalty: Double
    let coefficients: [Double]
    /// yᵀW(y − Bc): the sum of squares that the variance of the mixed model is estimated from.
    let penalisedSumOfSquares: Double
    /// Σ w (y − Bc)².
    let residualSumOfSquares: Double
    /// The trace of the matrix that takes observations to fitted values.
    let effectiveDegreesOfFreedom: Double
    /// The restricted log-likelihood, with all constants, of the mixed model with a flat prior on level and slope.
    let logLikelihood: Double
    /// The covariance of the last `degree + 1` coefficients in units of the error variance, row by row.
    let lastCovariance: [Double]
    /// Fitted values of the observations.
    let fitted: [Double]
    /// The diagonals of the inverse of the normal equations, from the main one down to the degree: the covariances of
    /// neighbouring coefficients in units of the error variance.
    let inverseBand: [[Double]]
  }

  init(sample: Sample, basis: SplineBasis) {
    self.basis = basis
    let values = sample.values
    let weights = SamplingWeights(sample).values
    let width = basis.degree + 1
    var gram = [[Double]](repeating: [Double](repeating: 0, count: basis.count), count: width)
    var cross = [Double](repeating: 0, count: basis.count)
    var rows = [Double](repeating: 0, count: width * sample.count)
    var firsts: [Int] = []
    rows.withUnsafeMutableBufferPointer { rows in
      for (index, position) in sample.positions.enumerated() {
        let row = UnsafeMutableBufferPointer(rebasing: rows[(index * width)..<((index + 1) * width)])
        let first = basis.values(at: position, into: row)
        firsts.append(first)
        for i in 0..<width {
          cross[first + i] += weights[index] * row[i] * values[index]
          for j in 0...i { gram[i - j][first + j] += weights[index] * row[i] * row[j] }
        }
      }
    }
    self.values = values
    self.weights = weights
    self.gram = gram
    self.cross = cross
    self.firsts = firsts
    self.rows = rows
    // Each second difference puts 1 + 4 + 1 on the diagonal.
    unit = gram[0].reduce(0, +) / Double(6 * (basis.count - 2))
  }

  /// The range of log λ within which the answer changes: from interpolation to a straight line, as near as doubles tell.
  static let logPenalties = -12.0...18.0

  /// Solves for one λ, with an error variance no less than `floor`; nil where the matrix is not positive definite in double precision.
  func solve(logPenalty: Double, floor: Double) -> Solution? {
    let penalty = unit * Double.exp(logPenalty)
    let (count, width) = (basis.count, basis.degree + 1)
    guard
      let factor = try? BandedCholesky(
        bandwidth: max(2, basis.degree), order: count,
        cell: { row, column in
          let distance = row - column
          return (distance < width ? gram[distance][column] : 0)
            + penalty * Self.penaltyCell(row, column, count: count)
        }),
      let coefficients = try? factor.solve(cross)
    else { return nil }
    let inverse = factor.inverseBand
    var trace = 0.0
    for distance in 0..<width {
      for column in 0..<(count - distance) {
        trace += (distance == 0 ? 1 : 2) * gram[distance][column] * inverse[distance][column]
      }
    }
    var squares = 0.0
    var fitted: [Double] = []
    for index in values.indices {
      let first = firsts[index]
      var value = 0.0
      for i in 0..<width { value += rows[index * width + i] * coefficients[first + i] }
      let error = values[index] - value
      squares += weights[index] * error * error
      fitted.append(value)
    }
    // yᵀW(y − Bc) = Σ w e² + λ|Dc|², which does not cancel.
    var penalised = squares
    for index in 2..<count {
      let bend = coefficients[index] - 2 * coefficients[index - 1] + coefficients[index - 2]
      penalised += penalty * bend * bend
    }
    let freedom = Double(values.count - 2)
    let variance = max(penalised / freedom, floor, .leastNormalMagnitude)
    // With a flat prior on the height and the slope of the line in the coefficients' null space (Wood, 2011). The product
    // of the penalty's positive eigenvalues, m²(m² − 1)/12, is also that of the null space's cross-product, and cancels.
    let determinants =
      factor.logDeterminant - Double(count - 2) * Double.log(penalty) + 2 * Double.log(basis.spacing)
      - weights.reduce(0) { $0 + Double.log($1) }
    let logLikelihood =
      -0.5
      * (freedom * Double.log(2 * Double.pi * variance) + penalised / variance + determinants)
    let start = count - width
    return Solution(
      logPenalty: logPenalty, penalty: penalty, coefficients: coefficients, penalisedSumOfSquares: penalised,
      residualSumOfSquares: squares, effectiveDegreesOfFreedom: trace, logLikelihood: logLikelihood,
      lastCovariance: (0..<width).flatMap { i in
        (0..<width).map { j in inverse[abs(i - j)][start + min(i, j)] }
      }, fitted: fitted, inverseBand: Array(inverse.prefix(width)))
  }

  /// The curve at every period from the first observation to the last, and its variances in units of the error variance.
  static func curve(_ solution: Solution, basis: SplineBasis) -> (values: [Double], variances: [Double]) {
    let width = basis.degree + 1
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { row in
      row.initialize(repeating: 0)
      var (values, variances): ([Double], [Double]) = ([], [])
      for position in 0...basis.span {
        let first = basis.values(at: position, into: row)
        var (value, variance) = (0.0, 0.0)
        for i in 0..<width {
          value += row[i] * solution.coefficients[first + i]
          for j in 0..<width {
            variance += row[i] * row[j] * solution.inverseBand[abs(i - j)][first + min(i, j)]
          }
        }
        values.append(value)
        variances.append(max(0, variance))
      }
      return (values, variances)
    }
  }

  /// A cell of DᵀD, for D the second differences of `count` coefficients.
  private static func penaltyCell(_ row: Int, _ column: Int, count: Int) -> Double {
    // Row r of D holds 1, −2, 1 in columns r to r + 2.
    let pattern = [1.0, -2, 1]
    var sum = 0.0
    for place in 0...2 {
      let difference = row - place
      let other = column - difference
      if difference >= 0, difference <= count - 3, other >= 0, other <= 2 {
        sum += pattern[place] * pattern[other]
      }
    }
    return sum
  }

  /// Weights of the observations.
  var observationWeights: [Double] { weights }
}
