import CertifiedRegression
import LinearAlgebra
import Testing

@Suite("A polynomial trend keeps its digits, however awkward its abscissae")
struct PolynomialTrendTests {
  @Test(
    "Degree 10: raw coefficients and standard errors agree with rational arithmetic to 13 digits",
    arguments: ["wampler10", "wampler10_weighted", "years10", "negative10"])
  func degreeTen(name: String) throws {
    let data = try CommaSeparatedTable(path: try fixture("polynomials/\(name)_data.csv"))
    let truth = try CommaSeparatedTable(path: try fixture("polynomials/\(name)_truth.csv"))
    let trend = try PolynomialTrend(
      degree: 10, abscissae: try data.column("x"), response: try data.column("y"),
      weights: try data.column("weight"))
    #expect(leastLogRelativeError(trend.coefficients, try truth.column("estimate")) >= 13)
    let errors = try #require(trend.standardErrors)
    #expect(leastLogRelativeError(errors, try truth.column("std_error")) >= 13)
  }

  @Test("A trend agrees with the regression on its powers where these are harmless")
  func agreesWithRegression() throws {
    var generator = SplitMix64(seed: 9)
    let (x, y) = (generator.vector(30), generator.vector(30))
    let weights = generator.vector(30).map { 2 + $0 }
    let design = Matrix(rows: 30, columns: 4) { row, power in
      (0..<power).reduce(1) { product, _ in product * x[row] }
    }
    let fit = try LeastSquaresProblem(design: design).fit(y, weights: weights)
    let trend = try PolynomialTrend(degree: 3, abscissae: x, response: y, weights: weights)
    #expect(relativeDistance(trend.coefficients, fit.coefficients) < 1e-14)
    #expect(relativeDistance(trend.standardErrors ?? [], fit.standardErrors ?? [0]) < 1e-14)
    #expect(relativeDistance(trend.fitted, fit.fitted) < 1e-14)
    #expect(relativeDistance(trend.residuals, fit.residuals) < 1e-14)
    #expect(relativeDistance([trend.residualSumOfSquares], [fit.residualSumOfSquares]) < 1e-14)
    #expect(relativeDistance([trend.residualVariance ?? 0], [fit.residualVariance ?? 1]) < 1e-14)
    #expect(trend.degreesOfFreedom == 26)
    // A leverage is the squared standard error of a fitted value in units of the residual variance over the
    // weight.
    let atFirst = try #require(trend.standardError(at: x[0]))
    let expected = (fit.leverages[0] * (fit.residualVariance ?? 0) / weights[0]).squareRoot()
    #expect(relativeDistance([atFirst], [expected]) < 1e-13)
  }

  @Test("The value at an abscissa is the fitted value, and beyond them the polynomial goes on")
  func evaluation() throws {
    let years = (2015...2024).map(Double.init)
    let trend = try PolynomialTrend(
      degree: 2, abscissae: years, response: years.map { ($0 - 2010) * ($0 - 2010) })
    #expect(relativeDistance(years.map { trend.value(at: $0) }, trend.fitted) < 1e-15)
    #expect(relativeDistance([trend.value(at: 2030)], [400]) < 1e-15)
    #expect(relativeDistance(trend.coefficients, [4_040_100, -4020, 1]) < 1e-15)
    #expect(trend.domain == 2015...2024)
    #expect(trend.degree == 2)
  }

  @Test("A weight of zero leaves an observation out of everything but the residuals")
  func zeroWeights() throws {
    let x = [1.0, 2, 3, 4, 50]
    let y = [2.0, 3, 5, 4, 1000]
    let with = try PolynomialTrend(degree: 1, abscissae: x, response: y, weights: [1, 1, 1, 1, 0])
    let without = try PolynomialTrend(degree: 1, abscissae: Array(x[..<4]), response: Array(y[..<4]))
    #expect(relativeDistance(with.coefficients, without.coefficients) < 1e-15)
    #expect(with.standardErrors?.count == without.standardErrors?.count)
    #expect(with.domain == without.domain)
    #expect(with.degreesOfFreedom == 2)
    #expect(relativeDistance([with.residuals[4]], [1000 - without.value(at: 50)]) < 1e-15)
  }

  @Test("A trend through as many points as it has coefficients has no standard errors")
  func noFreedom() throws {
    let trend = try PolynomialTrend(degree: 1, abscissae: [1, 3], response: [2, 6])
    #expect(trend.coefficients == [0, 2])
    #expect(trend.degreesOfFreedom == 0)
    #expect(trend.standardErrors == nil && trend.residualVariance == nil)
    #expect(trend.standardError(at: 2) == nil)
    let constant = try PolynomialTrend(degree: 0, abscissae: [7, 7], response: [1, 2])
    #expect(constant.coefficients == [1.5])
  }

  @Test("What cannot be fitted is refused with its reason")
  func refusals() {
    func fit(_ degree: Int, _ x: [Double], _ y: [Double], _ weights: [Double]? = nil) throws {
      _ = try PolynomialTrend(degree: degree, abscissae: x, response: y, weights: weights)
    }
    #expect(throws: LinearAlgebraError.negativeDegree(-1)) { try fit(-1, [1], [1]) }
    #expect(throws: LinearAlgebraError.empty(rows: 0, columns: 2)) { try fit(1, [], []) }
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "responses", expected: 2, found: 1)) {
      try fit(1, [1, 2], [1])
    }
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "weights", expected: 2, found: 1)) {
      try fit(1, [1, 2], [1, 2], [1])
    }
    #expect(throws: LinearAlgebraError.nonFinite(column: .init(index: 0, name: "abscissa"), row: 1)) {
      try fit(1, [1, .nan], [1, 2])
    }
    #expect(throws: LinearAlgebraError.nonFiniteResponse(row: 0)) { try fit(1, [1, 2], [.infinity, 2]) }
    #expect(throws: LinearAlgebraError.invalidWeight(row: 1)) { try fit(1, [1, 2], [1, 2], [1, -1]) }
    #expect(throws: LinearAlgebraError.tooFewDistinctAbscissae(found: 2, degree: 2)) {
      try fit(2, [1, 2, 2, 1], [1, 2, 3, 4])
    }
    #expect(throws: LinearAlgebraError.tooFewDistinctAbscissae(found: 0, degree: 0)) {
      try fit(0, [1], [1], [0])
    }
    #expect(throws: LinearAlgebraError.tooFewDistinctAbscissae(found: 4, degree: 5)) {
      // Six different doubles, four of them neighbours: not even 32 digits tell six apart.
      try fit(5, [0, 1.nextDown, 1, 1.nextUp, 1.nextUp.nextUp, 2], [1, 2, 3, 4, 5, 6])
    }
    #expect(throws: LinearAlgebraError.overflow(column: .init(index: 1, name: "power 1"))) {
      try fit(1, [0, 1e-200], [0, 1e200])
    }
  }
}
