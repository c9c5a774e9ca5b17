import LinearAlgebra
import RealModule

/// The data of a generalised linear model, checked, and the iteration that fits it: Fisher's scoring as a sequence of
/// weighted least squares problems (McCullagh and Nelder, 1989, section 2.5).
struct ReweightedLeastSquares {
  let model: GeneralisedLinearModel
  let response: [Double]
  /// Numbers of trials; ones for families that have none.
  let trials: [Double]
  let offset: [Double]
  let weights: [Double]
  /// The design as it iterates, and as it takes the last steps: the first is faster, the second right to the last digit.
  private let coarse: LeastSquaresProblem
  private let fine: LeastSquaresProblem

  /// Where the iteration ended.
  struct Solution {
    let law: ResponseLaw
    let coefficients: [Double]
    /// The linear predictor, offset included.
    let predictor: [Double]
    let means: [LinkFunction.Mean]
    /// (XᵀWX)⁻¹ with the weights of Fisher's expected information.
    let unscaledCovariance: Matrix
    let leverages: [Double]
    let deviance: Double
    let iterations: Int
  }

  /// Steps beyond which an iteration is given up: an ordinary one takes four to ten.
  private static let mostIterations = 200

  init(
    _ model: GeneralisedLinearModel, response: [Double], trials: [Double]?, offset: [Double]?,
    weights: [Double]?
  ) throws(ForecastingError) {
    let rows = model.design.rows
    self.model = model
    self.response = response
    self.trials = trials ?? [Double](repeating: 1, count: rows)
    self.offset = offset ?? [Double](repeating: 0, count: rows)
    self.weights = weights ?? [Double](repeating: 1, count: rows)
    let lengths = [response.count, self.trials.count, self.offset.count, self.weights.count]
    guard lengths.allSatisfy({ $0 == rows }) else {
      throw model.refusal(
        "needs as many responses, trials, offsets and weights as the design has rows, \(rows)")
    }
    guard (trials != nil) == model.family.hasTrials else {
      throw model.refusal(
        trials == nil
          ? "needs the number of trials behind each count" : "takes counts without a number of trials")
    }
    do {
      coarse = try LeastSquaresProblem(
        design: model.design, columnNames: model.columnNames, refinement: .none)
      fine = try LeastSquaresProblem(design: model.design, columnNames: model.columnNames)
    } catch {
      throw model.failure("\(error)")
    }
    try checkResponses()
  }

  private func checkResponses() throws(ForecastingError) {
    for row in response.indices {
      let count = response[row]
      guard count.isFinite, count >= 0, count == count.rounded(.down), count <= 1e8 else {
        throw model.refusal(
          "needs whole counts from 0 to 100 million, and row \(row + 1) has \(NumberText.plain(count))")
      }
      guard offset[row].isFinite else {
        throw model.refusal("needs finite offsets, and row \(row + 1) has none")
      }
      guard weights[row] >= 0, weights[row].isFinite else {
        throw model.refusal(
          "needs finite prior weights of zero or more, and row \(row + 1) has \(NumberText.plain(weights[row]))"
        )
      }
      guard model.family.hasTrials else { continue }
      let trials = trials[row]
      guard trials >= 1, trials <= ResponseLaw.largestMean, trials == trials.rounded(.down) else {
        throw model.refusal(
          "needs whole numbers of trials from 1 to a thousand million, and row \(row + 1) has \(NumberText.plain(trials))"
        )
      }
      guard count <= trials else {
        throw model.refusal(
          "counts \(NumberText.plain(count)) successes in \(NumberText.plain(trials)) trials in row \(row + 1); check the two"
        )
      }
    }
    let weighted = response.indices.filter { weights[$0] > 0 }
    guard weighted.contains(where: { response[$0] > 0 }) else {
      throw model.refusal(
        "needs at least one count above zero: where all are zero the likelihood has no maximum, because every lower "
          + "rate fits better")
    }
    if model.family.hasTrials, !weighted.contains(where: { response[$0] < trials[$0] }) {
      throw model.refusal(
        "needs at least one count below its number of trials: where all succeed the likelihood has no maximum"
      )
    }
  }

  /// Iterates from the observations, or from coefficients that are known to be near.
  ///
  /// - Parameter toLastDigit: whether the last digits matter; a node of an average over a parameter does without.
  func solve(
    _ law: ResponseLaw, from start: [Double]? = nil, toLastDigit: Bool = true
  ) throws(ForecastingError) -> Solution {
    var point = try startingPoint(law, from: start)
    var last: LeastSquaresFit?
    for iteration in 1...Self.mostIterations {
      // Close to the end the working responses hardly change, and the least squares fit is the accuracy.
      let isClose = point.change <= 1e-6 * (1 + point.extent)
      let fit: LeastSquaresFit
      do {
        fit = try (isClose && toLastDigit ? fine : coarse).fit(
          point.workingResponses, weights: point.workingWeights)
      } catch {
        // Fitted means on their bound carry no weight: the design then seems to lose its rank.
        try refuseSeparation(law, point, isLast: true)
        throw model.failure("\(error)")
      }
      let next = step(law, from: point, to: fit.coefficients)
      let hasConverged = isClose && next.change <= (toLastDigit ? 4e-13 : 1e-8) * (1 + next.extent)
      last = fit
      point = next
      if hasConverged { return solution(law, point, fit, iteration) }
      if iteration >= 8 { try refuseSeparation(law, point, isLast: false) }
    }
    try refuseSeparation(law, point, isLast: true)
    // Rounding can keep the last digits moving; a change that nobody could see ends the iteration all the same.
    guard let last, point.change <= 1e-8 * (1 + point.extent) else {
      throw model.failure("the iteration did not converge in \(Self.mostIterations) steps")
    }
    return solution(law, point, last, Self.mostIterations)
  }

  /// A point of the iteration.
  struct Point {
    /// Nil at the start, which is a set of means and not yet of coefficients.
    var coefficients: [Double]?
    var predictor: [Double]
    var means: [LinkFunction.Mean]
    var deviance: Double
    /// How the coefficients, and the largest linear predictor, changed in the last step.
    var direction: [Double]
    var change: Double
    var workingResponses: [Double]
    var workingWeights: [Double]

    var extent: Double { predictor.reduce(0) { max($0, abs($1)) } }
  }

  private func startingPoint(
    _ law: ResponseLaw, from start: [Double]?
  ) throws(ForecastingError) -> Point {
    if let start, start.count == model.design.columns {
      return point(law, predictor: predictor(start), coefficients: start)
    }
    let means = response.indices.map { law.startingMean(response[$0], trials: trials[$0]) }
    return point(law, predictor: means.map(law.link.predictor(mean:)), coefficients: nil)
  }

  private func predictor(_ coefficients: [Double]) -> [Double] {
    var η = offset
    for column in coefficients.indices {
      for row in η.indices { η[row] += model.design[row, column] * coefficients[column] }
    }
    return η
  }

  private func point(_ law: ResponseLaw, predictor: [Double], coefficients: [Double]?) -> Point {
    let means = predictor.map(law.link.mean(predictor:))
    var (working, weight) = (predictor, weights)
    var deviance = 0.0
    for row in predictor.indices {
      let mean = means[row]
      deviance += weights[row] * law.deviance(response[row], trials: trials[row], mean: mean)
      let slope = max(mean.slope, .leastNormalMagnitude)
      working[row] += (response[row] / trials[row] - mean.value) / slope - offset[row]
      weight[row] *=
        trials[row] * slope * (slope / max(law.variance(mean), .leastNormalMagnitude))
    }
    return Point(
      coefficients: coefficients, predictor: predictor, means: means, deviance: deviance, direction: [],
      change: .infinity, workingResponses: working, workingWeights: weight)
  }

  /// The point at new coefficients, or as many halvings of the way there as keep the deviance from rising.
  private func step(_ law: ResponseLaw, from old: Point, to target: [Double]) -> Point {
    var coefficients = target
    for _ in 0..<30 {
      var new = point(law, predictor: predictor(coefficients), coefficients: coefficients)
      if let before = old.coefficients {
        new.direction = zip(coefficients, before).map { $0 - $1 }
        new.change = zip(new.predictor, old.predictor).reduce(0) { max($0, abs($1.0 - $1.1)) }
      }
      let isUsable = new.deviance.isFinite && new.workingResponses.allSatisfy(\.isFinite)
      guard let before = old.coefficients else { return new }
      if isUsable, new.deviance <= old.deviance + 1e-9 * (0.1 + abs(old.deviance)) { return new }
      coefficients = zip(coefficients, before).map { ($0 + $1) / 2 }
    }
    // No step along the scoring direction lowers the deviance: this is the minimum, as far as a double can tell.
    var settled = old
    settled.change = 0
    return settled
  }

  private func solution(
    _ law: ResponseLaw, _ point: Point, _ fit: LeastSquaresFit, _ iterations: Int
  ) -> Solution {
    Solution(
      law: law, coefficients: point.coefficients ?? fit.coefficients, predictor: point.predictor,
      means: point.means, unscaledCovariance: fit.unscaledCovariance, leverages: fit.leverages,
      deviance: point.deviance, iterations: iterations)
  }

  private func refuseSeparation(
    _ law: ResponseLaw, _ point: Point, isLast: Bool
  ) throws(ForecastingError) {
    guard let column = separatingColumn(law, point, isLast: isLast) else { return }
    let name = model.columnNames.indices.contains(column) ? model.columnNames[column] : "column \(column + 1)"
    throw model.refusal(
      model.family.hasTrials
        ? "cannot estimate the coefficient of \(name): it separates the observations in which all or none of the trials "
          + "succeed from the others, so its likelihood has no maximum; leave the term out or merge its groups"
        : "cannot estimate the coefficient of \(name): every observation that it tells from the others is zero, so its "
          + "likelihood has no maximum; leave the term out or merge its groups")
  }
}
