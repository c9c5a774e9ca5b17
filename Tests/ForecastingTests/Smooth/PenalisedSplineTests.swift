import Foundation
import LinearAlgebra
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Penalised splines")
struct PenalisedSplineTests {
  private func row(_ basis: SplineBasis, _ position: Int) -> (first: Int, values: [Double]) {
    var values = [Double](repeating: 0, count: basis.degree + 1)
    let first = values.withUnsafeMutableBufferPointer { basis.values(at: position, into: $0) }
    return (first, values)
  }

  @Test(
    "B-splines sum to one everywhere, beyond the observations too, and a line in the coefficients is a line in time"
  )
  func basis() {
    for degree in 1...5 {
      for (intervals, span) in [(4, 10), (7, 20), (10, 10)] {
        let basis = SplineBasis(degree: degree, intervals: intervals, span: span)
        for position in 0...(span + 7) {
          let (first, values) = row(basis, position)
          #expect(abs(values.reduce(0, +) - 1) < 1e-14)
          #expect(values.allSatisfy { $0 >= 0 })
          // The coefficient of a line stands at the average of the knots inside its spline.
          let line = values.enumerated().reduce(0.0) {
            $0 + $1.element * (Double(first + $1.offset) - Double(degree - 1) / 2) * basis.spacing
          }
          #expect(abs(line - Double(position)) < 1e-11)
        }
      }
    }
  }

  @Test("cubic splines on knots one apart are 1/6, 4/6, 1/6")
  func cubic() {
    let basis = SplineBasis(degree: 3, intervals: 10, span: 10)
    let (first, values) = row(basis, 4)
    #expect(first == 4)
    #expect(zip(values, [1 / 6.0, 4 / 6.0, 1 / 6.0, 0]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test(
    "under an endless penalty the curve is the line of least squares and has two degrees of freedom",
    arguments: [1, 2, 3, 4, 5])
  func line(degree: Int) throws {
    let sample = try natural(wave(20, gaps: [3, 9]))
    let smoother = SplineSmoother(sample: sample, basis: SplineBasis(degree: degree, intervals: 8, span: 19))
    let stiff = try #require(smoother.solve(logPenalty: SplineSmoother.logPenalties.upperBound, floor: 0))
    let fit = try LeastSquaresProblem(
      design: Matrix(rows: sample.count, columns: 2) { $1 == 0 ? 1 : Double(sample.positions[$0]) }
    ).fit(sample.values)
    for (found, expected) in zip(stiff.fitted, fit.fitted) { #expect(abs(found - expected) < 1e-4) }
    #expect(abs(stiff.effectiveDegreesOfFreedom - 2) < 1e-3)
    #expect(agree(stiff.residualSumOfSquares, fit.residualSumOfSquares, relative: 1e-5))
    // The forecast is that of the regression, with its standard error.
    let (mean, variance) = SplineContinuation(stiff, basis: smoother.basis).forecast(step: 5)
    let row = [1.0, 24]
    let expected = row[0] * fit.coefficients[0] + row[1] * fit.coefficients[1]
    var factor = 0.0
    for i in 0..<2 { for j in 0..<2 { factor += row[i] * row[j] * fit.unscaledCovariance[i, j] } }
    #expect(abs(mean - expected) < 1e-3)
    #expect(agree(variance, factor, relative: 1e-3))
  }

  /// The mixed model that a penalised spline is, as dense matrices: a line and, about it, coefficients whose second
  /// differences are independent.
  private func mixedModel(
    _ basis: SplineBasis, _ penalty: Double, positions: [Int]
  ) throws -> (line: Matrix, covariance: Matrix) {
    let furthest = row(basis, positions.max() ?? 0).first + basis.degree + 1
    let count = max(basis.count, furthest)
    let design = Matrix(rows: positions.count, columns: count) { index, column in
      let (first, values) = row(basis, positions[index])
      return column >= first && column <= first + basis.degree ? values[column - first] : 0
    }
    let differences = Matrix(rows: count - 2, columns: count) {
      $1 == $0 || $1 == $0 + 2 ? 1 : $1 == $0 + 1 ? -2 : 0
    }
    // c = line + Dᵀ(DDᵀ)⁻¹u with u of variance 1/λ.
    let gram = try differences * differences.transposed
    let root = try CholeskyFactorisation(gram).solve(differences).transposed
    let effects = try design * root
    let product = try effects * effects.transposed
    return (
      Matrix(rows: positions.count, columns: 2) { $1 == 0 ? 1 : Double(positions[$0]) },
      Matrix(rows: positions.count, columns: positions.count) { product[$0, $1] / penalty }
    )
  }

  @Test("the restricted likelihood is that of the mixed model, by dense matrices, weights included")
  func likelihood() throws {
    let values = wave(14).compactMap(\.self)
    let variances = values.indices.map { 0.05 + 0.02 * Double($0 % 4) }
    for (sample, name) in [
      (try natural(values), "equal"), (sampled(values, variances: variances), "weighted"),
    ] {
      let basis = SplineBasis(degree: 3, intervals: 6, span: 13)
      let smoother = SplineSmoother(sample: sample, basis: basis)
      for logPenalty in [-6.0, 0, 3, 8] {
        let solution = try #require(smoother.solve(logPenalty: logPenalty, floor: 0))
        let variance = solution.penalisedSumOfSquares / 12
        let model = try mixedModel(basis, solution.penalty, positions: sample.positions)
        let weights = smoother.observationWeights
        #expect(name == "equal" || weights[0] != weights[1])
        let covariance = Matrix(rows: 14, columns: 14) {
          variance * (model.covariance[$0, $1] + ($0 == $1 ? 1 / weights[$0] : 0))
        }
        let dense = try denseLogLikelihood(values, covariance: covariance, mean: model.line)
        #expect(agree(solution.logLikelihood, dense, relative: 1e-8))
        // Fitted values and the trace, by the dense smoother.
        let noisy = Matrix(rows: 14, columns: 14) {
          model.covariance[$0, $1] + ($0 == $1 ? 1 / weights[$0] : 0)
        }
        let (means, errors) = try densePrediction(
          values, covariance: noisy, mean: model.line, cross: model.covariance,
          newCovariance: model.covariance,
          newMean: model.line)
        #expect(greatestDifference(solution.fitted, means) < 1e-8)
        let curve = SplineSmoother.curve(solution, basis: basis)
        #expect(greatestDifference(curve.values, means) < 1e-8)
        #expect(greatestDifference(curve.variances, errors.diagonal) < 1e-6)
        let trace = zip(errors.diagonal, weights).reduce(0.0) { $0 + $1.0 * $1.1 }
        #expect(agree(solution.effectiveDegreesOfFreedom, trace, relative: 1e-6))
      }
    }
  }

  @Test(
    "forecasts and their variance are those of the mixed model on an extended basis", arguments: [1, 2, 3, 5])
  func continuation(degree: Int) throws {
    let values = wave(16).compactMap(\.self)
    let sample = try natural(values)
    let basis = SplineBasis(degree: degree, intervals: 7, span: 15)
    let solution = try #require(SplineSmoother(sample: sample, basis: basis).solve(logPenalty: 1, floor: 0))
    let continuation = SplineContinuation(solution, basis: basis)
    let all = Array(0..<24)
    let model = try mixedModel(basis, solution.penalty, positions: all)
    let (means, covariance) = try densePrediction(
      values,
      covariance: Matrix(rows: 16, columns: 16) { model.covariance[$0, $1] + ($0 == $1 ? 1 : 0) },
      mean: model.line[rows: 0..<16, columns: 0..<2], cross: model.covariance[rows: 0..<16, columns: 16..<24],
      newCovariance: model.covariance[rows: 16..<24, columns: 16..<24],
      newMean: model.line[rows: 16..<24, columns: 0..<2])
    for step in 1...8 {
      let (mean, variance) = continuation.forecast(step: step)
      #expect(agree(mean, means[step - 1], relative: 1e-8))
      #expect(agree(variance, covariance[step - 1, step - 1], relative: 1e-7))
    }
    // Beyond the reach of the last observations it goes on straight.
    let ahead = (20...23).map { continuation.forecast(step: $0).mean }
    #expect(abs(ahead[3] - 2 * ahead[2] + ahead[1]) < 1e-9)
  }

  @Test("the smoothness that is reported is the most likely one, and a wave is found under the noise")
  func smoothness() throws {
    let sample = try natural(wave(60))
    let model = try #require(try PenalisedSpline().fit(sample) as? FittedPenalisedSpline)
    let smoother = SplineSmoother(sample: sample, basis: SplineBasis(degree: 3, intervals: 30, span: 59))
    for logPenalty in stride(from: -12.0, through: 18, by: 0.23) {
      let other = try #require(smoother.solve(logPenalty: logPenalty, floor: 0))
      #expect(other.logLikelihood <= model.best.logLikelihood + 1e-9)
    }
    let trend = try #require(model.components.first)
    let truth = (0..<60).map { 20 + 0.2 * Double($0) + 2 * sin(Double($0) / 4) }
    let error = zip(trend.values, truth).map { ($0 - $1) * ($0 - $1) }
    #expect(try DescriptiveStatistics.mean(error).squareRoot() < 0.2)
    #expect(model.parameters[0].value > 5 && model.parameters[0].value < 30)
    #expect(abs(model.parameters[2].value - 0.3) < 0.1)
    #expect(model.remarks.isEmpty)
    let inside = zip(zip(trend.values, truth), try #require(trend.standardErrors)).count {
      abs($0.0 - $0.1) < 2 * $1
    }
    #expect(inside > 48)
    // Cross-validation chooses by another rule, and finds the wave too.
    let crossed = try #require(
      try PenalisedSpline(criterion: .crossValidation).fit(sample) as? FittedPenalisedSpline)
    #expect(crossed.best.logLikelihood <= model.best.logLikelihood)
    #expect(crossed.parameters[0].value > 5 && crossed.parameters[0].value < 30)
    func score(_ solution: SplineSmoother.Solution) -> Double {
      let freedom = 60 - solution.effectiveDegreesOfFreedom
      return 60 * solution.residualSumOfSquares / (freedom * freedom)
    }
    #expect(score(crossed.best) <= score(model.best))
  }

  @Test(
    "a straight line with noise is said to be straight, and a curve without any to pass through every point")
  func extremes() throws {
    // Alternating errors bend at every point, which no smooth curve explains.
    let line = try PenalisedSpline().fit(try natural(zigzag))
    #expect(line.remarks == ["the most likely curve is a straight line"])
    #expect(line.parameterCount == 4)
    let exact = try PenalisedSpline(knots: 25).fit(
      try natural((0..<26).map { 1e3 * sin(1.3 * Double($0)) } as [Double?]))
    #expect(exact.remarks.first?.hasPrefix("the most likely curve passes through every observation") == true)
  }
}
