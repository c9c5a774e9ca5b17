import LinearAlgebra
import Testing

@Suite("Least squares")
struct LeastSquaresTests {
  @Test("A straight line through three points is the one worked out by hand")
  func byHand() throws {
    // y = 1, 2, 4 at x = 0, 1, 2: slope 3/2, intercept 5/6, residuals 1/6, -1/3, 1/6.
    let problem = try LeastSquaresProblem(design: try Matrix([[1, 0], [1, 1], [1, 2]]))
    let fit = try problem.fit([1, 2, 4])
    #expect(relativeDistance(fit.coefficients, [5.0 / 6, 1.5]) < 1e-15)
    #expect(relativeDistance(fit.residuals, [1.0 / 6, -1.0 / 3, 1.0 / 6]) < 1e-15)
    #expect(relativeDistance(fit.fitted, [5.0 / 6, 7.0 / 3, 23.0 / 6]) < 1e-15)
    #expect(relativeDistance([fit.residualSumOfSquares], [1.0 / 6]) < 1e-15)
    #expect(relativeDistance([fit.residualVariance ?? 0], [1.0 / 6]) < 1e-15)
    #expect(fit.degreesOfFreedom == 1)
    #expect(relativeDistance(fit.unscaledCovariance, try Matrix([[5.0 / 6, -0.5], [-0.5, 0.5]])) < 1e-15)
    #expect(
      relativeDistance(fit.standardErrors ?? [], [(5.0 / 36).squareRoot(), (1.0 / 12).squareRoot()]) < 1e-15)
    #expect(relativeDistance(fit.leverages, [5.0 / 6, 1.0 / 3, 5.0 / 6]) < 1e-15)
    #expect(relativeDistance([fit.rSquared ?? 0], [27.0 / 28]) < 1e-15)
  }

  @Test("A weight counts like as many equal rows", arguments: 1...6)
  func weightsAreReplicates(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let (design, response) = (try generator.design(12, 4), generator.vector(12))
    let counts = (0..<12).map { 1 + $0 * seed % 4 }
    let rows = counts.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
    let replicated = Matrix(rows: rows.count, columns: 4) { design[rows[$0], $1] }
    let weighted = try LeastSquaresProblem(design: design).fit(response, weights: counts.map(Double.init))
    let plain = try LeastSquaresProblem(design: replicated).fit(rows.map { response[$0] })
    #expect(relativeDistance(weighted.coefficients, plain.coefficients) < 1e-15)
    #expect(relativeDistance(weighted.unscaledCovariance, plain.unscaledCovariance) < 1e-15)
    #expect(relativeDistance([weighted.residualSumOfSquares], [plain.residualSumOfSquares]) < 1e-15)
    #expect(relativeDistance([weighted.rSquared ?? 0], [plain.rSquared ?? 1]) < 1e-15)
    #expect(weighted.degreesOfFreedom == 8)
  }

  @Test("Weights far from one change nothing but the units of the variance", arguments: [-300, -7, 1, 300])
  func scaleOfWeights(exponent: Int) throws {
    var generator = SplitMix64(seed: 5)
    let (design, response) = (try generator.design(10, 3), generator.vector(10))
    let weights = generator.vector(10).map { $0 + 2 }
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let problem = try LeastSquaresProblem(design: design)
    let (one, other) = (
      try problem.fit(response, weights: weights),
      try problem.fit(response, weights: weights.map { $0 * scale })
    )
    #expect(relativeDistance(other.coefficients, one.coefficients) < 1e-15)
    #expect(relativeDistance(other.standardErrors ?? [], one.standardErrors ?? [0]) < 1e-14)
    #expect(relativeDistance([other.residualVariance ?? 0], [(one.residualVariance ?? 0) * scale]) < 1e-14)
    #expect(
      relativeDistance([other.unscaledCovariance[1, 1]], [one.unscaledCovariance[1, 1] / scale]) < 1e-14)
  }

  @Test("Leverages lie between zero and one and sum to the rank", arguments: 1...6)
  func leverages(columns: Int) throws {
    var generator = SplitMix64(seed: UInt64(columns))
    let design = try generator.matrix(20, columns)
    let fit = try LeastSquaresProblem(design: design).fit(
      generator.vector(20), weights: generator.vector(20).map { $0 + 1.5 })
    #expect(fit.leverages.allSatisfy { (0...1).contains($0) })
    #expect(abs(fit.leverages.reduce(0, +) - Double(columns)) < 1e-13)
  }

  @Test("A row without weight has a residual and no say")
  func zeroWeight() throws {
    var generator = SplitMix64(seed: 11)
    let (design, response) = (try generator.design(9, 3), generator.vector(9))
    let problem = try LeastSquaresProblem(design: design)
    let with = try problem.fit(response, weights: [0, 1, 1, 1, 1, 1, 1, 1, 0])
    let without = try LeastSquaresProblem(design: design[rows: 1..<8, columns: 0..<3]).fit(
      Array(response[1..<8]))
    #expect(relativeDistance(with.coefficients, without.coefficients) < 1e-15)
    #expect(relativeDistance(with.standardErrors ?? [], without.standardErrors ?? [0]) < 1e-15)
    #expect(with.degreesOfFreedom == 4)
    #expect(with.leverages[0] == 0)
    let expected = try design * without.coefficients
    #expect(
      relativeDistance([with.residuals[0], with.fitted[8]], [response[0] - expected[0], expected[8]]) < 1e-14)
  }

  @Test("Residuals are orthogonal to the columns, and responses are fitted plus residuals", arguments: 1...5)
  func normalEquations(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let (design, response) = (try generator.matrix(30, 5), generator.vector(30))
    let fit = try LeastSquaresProblem(design: design).fit(response)
    #expect(try design.transposedTimes(fit.residuals).allSatisfy { abs($0) < 1e-14 })
    #expect(relativeDistance(zip(fit.fitted, fit.residuals).map(+), response) < 1e-15)
    let inverse = try CholeskyFactorisation(try design.transposedTimes(design)).solve(.identity(5))
    #expect(relativeDistance(fit.unscaledCovariance, inverse) < 1e-12)
    #expect(fit.unscaledCovariance == fit.unscaledCovariance.transposed)
    #expect(!fit.hasIntercept)
  }

  @Test(
    "The units of a column and of the response only change the units of the answer",
    arguments: [-900, -40, 40, 900])
  func equilibration(exponent: Int) throws {
    var generator = SplitMix64(seed: 21)
    let (design, response) = (try generator.design(10, 3), generator.vector(10))
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    var scaled = design
    for row in 0..<10 { scaled[row, 2] *= scale }
    let (one, other) = (
      try LeastSquaresProblem(design: design).fit(response),
      try LeastSquaresProblem(design: scaled).fit(response)
    )
    #expect(bits([one.coefficients[2] / scale]) == bits([other.coefficients[2]]))
    #expect(bits([one.coefficients[0]]) == bits([other.coefficients[0]]))
    let larger = try LeastSquaresProblem(design: design).fit(response.map { $0 * scale })
    #expect(larger.coefficients == one.coefficients.map { $0 * scale })
    #expect(larger.rSquared == one.rSquared)
  }

  @Test("A line through two points has no standard errors, and says so")
  func noFreedom() throws {
    let fit = try LeastSquaresProblem(design: try Matrix([[1, 1], [1, 2]])).fit([3, 5])
    #expect(relativeDistance(fit.coefficients, [1, 2]) < 1e-15)
    #expect(fit.degreesOfFreedom == 0)
    #expect(fit.residualVariance == nil && fit.standardErrors == nil)
    #expect(relativeDistance(fit.leverages, [1, 1]) < 1e-15)
  }

  @Test("A response that does not vary has no R², one of zeros has coefficients of zero")
  func constantResponse() throws {
    let problem = try LeastSquaresProblem(design: try Matrix([[1, 0], [1, 1], [1, 3]]))
    #expect(try problem.fit([4, 4, 4]).rSquared == nil)
    let zero = try problem.fit([0, 0, 0])
    #expect(zero.coefficients == [0, 0])
    #expect(zero.residualSumOfSquares == 0)
  }

  @Test(
    "A response that the columns explain without a rest is fitted, however small its numbers",
    arguments: [1.0, 0.1, 67, 4.204692619390966, 1e-9, 3e7], [0.0, 0.7, -1e-3])
  func exactFits(level: Double, slope: Double) throws {
    for times in [[-1.5, -0.5, 0.5, 1.5], [-2, -1, 0, 1, 2], [-3, -1, 0, 4], [0, 2, 3, 7, 8, 11]] {
      let design = Matrix(rows: times.count, columns: 2) { row, column in column == 0 ? 1 : times[row] }
      let response = times.map { level + slope * $0 }
      for weights in [nil, times.map { 1 + $0 * $0 }] {
        let fit = try LeastSquaresProblem(design: design).fit(response, weights: weights)
        #expect(abs(fit.coefficients[0] - level) <= 1e-15 * max(level, abs(slope) * 10))
        #expect(abs(fit.coefficients[1] - slope) <= 1e-15 * max(level, abs(slope) * 10))
        #expect(fit.residuals.allSatisfy { abs($0) <= 1e-14 * max(level, abs(slope) * 10) })
      }
    }
  }

  @Test("Indicators for every group hold an intercept between them")
  func implicitIntercept() throws {
    let design = try Matrix([[1, 0], [1, 0], [0, 1], [0, 1]])
    #expect(try LeastSquaresProblem(design: design).fit([1, 2, 3, 5]).hasIntercept)
    let years = Matrix(rows: 11, columns: 1) { row, _ in Double(2010 + row) }
    #expect(try !LeastSquaresProblem(design: years).fit([Double](repeating: 1, count: 11)).hasIntercept)
  }

  @Test("Hilbert's columns, condition 10¹³, still give all but the last digits")
  func hilbert() throws {
    // Scaled to integers, so that the design is exact, with a response that is an exact sum of its columns.
    let scale = 232_792_560.0  // the least common multiple of 1 ... 20
    let design = Matrix(rows: 10, columns: 9) { scale / Double($0 + $1 + 1) }
    let truth: [Double] = [1, -2, 3, -4, 5, -6, 7, -8, 9]
    let fit = try LeastSquaresProblem(design: design).fit(try design * truth)
    #expect(relativeDistance(fit.coefficients, truth) < 1e-15)
    #expect(fit.conditionEstimate > 1e10)
  }
}
