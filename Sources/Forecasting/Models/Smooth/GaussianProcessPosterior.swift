import LinearAlgebra
import RealModule
import Statistics

/// What a Gaussian process with known parameters says about any period, given the observations: means and covariances in
/// the units of the model's scale, up to the common factor ``variance``.
struct GaussianProcessPosterior: Sendable {
  let likelihood: GaussianProcessLikelihood
  let parameters: [Double]
  /// The common factor of all variances, and how well it is known: one where the variances are taken at their word.
  let variance: ErrorVariance
  let solved: GaussianProcessLikelihood.Solved
  private let noise: Double
  /// The variance of an observation ahead about the process: noise, and sampling as at the last observation.
  private let futureNoise: Double
  /// For each of the ``lengths``, means and the lower triangle of a root of the covariance of so many observations ahead,
  /// row by row, once a path of that length has been asked for; nil where they cannot be had.
  private let ahead = Self.lengths.map { _ in Deferred<Ahead?>() }

  private struct Ahead: Sendable {
    let means: [Double]
    let root: [Double]
  }

  /// How far ahead a root reaches: the root for fewer steps is the beginning of that for more, so a path takes the
  /// shortest that it fits in, whatever was asked for before it.
  private static let lengths = [40, 200, Forecast.longestHorizon]

  /// - Throws: what linear algebra says of a covariance matrix that is not positive definite.
  init(
    _ likelihood: GaussianProcessLikelihood, parameters: [Double], roundingVariance: Double
  ) throws(LinearAlgebraError) {
    self.likelihood = likelihood
    self.parameters = parameters
    noise = Double.exp(parameters[2])
    let furthest = likelihood.positions.last ?? 0
    let covariances = parameters.withUnsafeBufferPointer { likelihood.covariances($0, furthest: furthest) }
    solved = try GaussianProcessLikelihood.Solved(likelihood, likelihood.matrix(covariances, noise: noise))
    futureNoise = noise + (likelihood.knownVariances.last ?? 0)
    variance = ErrorVariance(
      sumOfSquares: solved.quadratic, degreesOfFreedom: likelihood.values.count - likelihood.coefficients,
      floor: roundingVariance / (likelihood.unit * likelihood.unit * futureNoise))
  }

  /// The parts of a process.
  enum Part { case trend, season, both }

  /// Means at some positions, and their covariance in units of ``variance``, of a part of the process; noise is not in it.
  func latent(_ positions: [Int], part: Part = .both) throws(LinearAlgebraError) -> (
    means: [Double], covariance: Matrix
  ) {
    let all = likelihood.positions
    let furthest = max(all.last ?? 0, positions.max() ?? 0)
    let table = parameters.withUnsafeBufferPointer { likelihood.covariances($0, furthest: furthest) }
    func covariance(_ a: Int, _ b: Int) -> Double {
      let distance = abs(a - b)
      return (part == .season ? 0 : table.trend[distance]) + (part == .trend ? 0 : table.season[distance])
    }
    let columns = likelihood.coefficients
    let cross = Matrix(rows: all.count, columns: positions.count) { covariance(all[$0], positions[$1]) }
    let solution = try solved.factor.solve(cross)
    // What is left of the mean's columns once the observations have explained their part (R of Rasmussen and Williams).
    let explained = try solved.inverseMean.transposedTimes(cross)
    let rest = Matrix(rows: columns, columns: positions.count) { column, place in
      (part == .season ? 0 : column == 0 ? 1 : Double(positions[place]) - likelihood.centre)
        - explained[column, place]
    }
    let known = try solved.information.solve(rest)
    let taken = try cross.transposedTimes(solution)
    let added = try rest.transposedTimes(known)
    let fromWeights = try cross.transposedTimes(solved.weights)
    let unit = likelihood.unit
    let means = positions.indices.map { place in
      let line = (0..<columns).reduce(0) { sum, column in
        part == .season
          ? 0
          : sum + solved.coefficients[column]
            * (column == 0 ? 1 : Double(positions[place]) - likelihood.centre)
      }
      return unit * (line + fromWeights[place])
    }
    let matrix = Matrix(rows: positions.count, columns: positions.count) { row, column in
      unit * unit
        * (covariance(positions[row], positions[column]) - taken[row, column] + added[row, column])
    }
    return (means, matrix)
  }

  /// Means and covariance, noise included, of the observations of the first periods ahead.
  func joint(horizon: Int) throws(LinearAlgebraError) -> (means: [Double], covariance: Matrix) {
    let last = likelihood.positions.last ?? 0
    var (means, covariance) = try latent((1...max(1, horizon)).map { last + $0 })
    for step in 0..<covariance.rows { covariance[step, step] += observationVariance }
    return (means, covariance)
  }

  private var observationVariance: Double { likelihood.unit * likelihood.unit * futureNoise }

  /// The mean and the variance, in units of ``variance``, of the observation `step` periods ahead.
  func forecast(step: Int) throws(LinearAlgebraError) -> (mean: Double, variance: Double) {
    let (means, covariance) = try latent([(likelihood.positions.last ?? 0) + step])
    return (means[0], max(0, covariance[0, 0]) + observationVariance)
  }

  /// The means and the variances, in units of ``variance``, of the observations of the first periods ahead.
  func forecasts(horizon: Int) throws(LinearAlgebraError) -> [(mean: Double, variance: Double)] {
    let last = likelihood.positions.last ?? 0
    let (means, covariance) = try latent((1...max(1, horizon)).map { last + $0 })
    return means.indices.map { (means[$0], max(0, covariance[$0, $0]) + observationVariance) }
  }

  /// Means and a root of the covariance for paths of some length.
  private func prepared(_ length: Int) -> Ahead? {
    guard let (means, covariance) = try? joint(horizon: length) else { return nil }
    let order = means.count
    var symmetric = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for column in 0..<order {
        symmetric[row * order + column] = (covariance[row, column] + covariance[column, row]) / 2
      }
    }
    return Ahead(means: means, root: SemidefiniteRoot.lower(of: symmetric, order: order))
  }

  /// Draws one path of observations together, the common factor of the variances among them.
  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let level = Self.lengths.firstIndex { path.count <= $0 }
    guard
      let source = level.map({ index in ahead[index].value { prepared(Self.lengths[index]) } })
        ?? prepared(path.count)
    else {
      path.update(repeating: .nan)
      return
    }
    let order = source.means.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: path.count) { normals in
      for step in path.indices {
        normals.initializeElement(at: step, to: stream.normal())
        var value = 0.0
        for k in 0...step { value += source.root[step * order + k] * normals[k] }
        path[step] = source.means[step] + sigma * value
      }
    }
  }
}
