import CertifiedRegression
import LinearAlgebra
import Testing

@Suite("On the data sets of NIST StRD least squares is as exact as the rounded data allow")
struct CertifiedRegressionTests {
  static let names = ["Norris", "NoInt1", "NoInt2", "Longley", "Wampler1", "Wampler2", "Wampler3"]
  let anchors: AccuracyAnchors
  let sets: [String: CertifiedDataSet]

  init() throws {
    let folder = try fixture("nist_lls")
    anchors = try AccuracyAnchors(folder: folder)
    let sets = try CertifiedDataSet.load(folder: folder)
    self.sets = Dictionary(uniqueKeysWithValues: sets.map { ($0.name, $0) })
  }

  @Test("Coefficients and standard errors come within half a digit of the ceiling", arguments: names)
  func ceiling(name: String) throws {
    let set = try #require(sets[name])
    let ceiling = try #require(try anchors.digits(of: AccuracyAnchors.ceiling, on: name))
    let design = try Matrix(
      rows: set.response.count, columns: set.columns.count, columnMajor: set.columnMajor)
    let fit = try LeastSquaresProblem(design: design).fit(set.response)
    let errors = try #require(fit.standardErrors)
    let (best, bestErrors) = (
      try #require(ceiling.coefficients), try #require(ceiling.standardErrors)
    )
    #expect(leastLogRelativeError(fit.coefficients, set.estimates) >= best - 0.5)
    #expect(leastLogRelativeError(errors, set.standardErrors) >= bestErrors - 0.5)
    #expect(fit.hasIntercept == set.hasIntercept)
    // Certified to 15 digits; a residual deviation of zero is compared with the size of the response.
    let rSquared = try #require(fit.rSquared)
    #expect(logRelativeError(rSquared, set.rSquared) > 14)
    let deviation = try #require(fit.residualVariance).squareRoot()
    let scale = set.residualDeviation > 0 ? set.residualDeviation : set.response.reduce(0, max)
    #expect(abs(deviation - set.residualDeviation) <= 1e-13 * scale)
  }

  @Test(
    "Trends on an orthogonal basis reach the same ceiling", arguments: ["Wampler1", "Wampler2", "Wampler3"])
  func trends(name: String) throws {
    let set = try #require(sets[name])
    let ceiling = try #require(try anchors.digits(of: AccuracyAnchors.ceiling, on: name))
    let trend = try PolynomialTrend(
      degree: try #require(set.degree), abscissae: set.abscissae, response: set.response)
    let errors = try #require(trend.standardErrors)
    #expect(
      leastLogRelativeError(trend.coefficients, set.estimates) >= (try #require(ceiling.coefficients)) - 0.5)
    #expect(
      leastLogRelativeError(errors, set.standardErrors) >= (try #require(ceiling.standardErrors)) - 0.5)
  }

  @Test("Without refinement digits are lost, so the refinement is what earns them")
  func refinementMatters() throws {
    let set = try #require(sets["Longley"])
    let design = try Matrix(rows: 16, columns: 7, columnMajor: set.columnMajor)
    let plain = try LeastSquaresProblem(design: design, refinement: .none).fit(set.response)
    #expect(plain.refinementSteps == 0)
    let digits = leastLogRelativeError(plain.coefficients, set.estimates)
    #expect(digits > 8 && digits < 13)
    let refined = try LeastSquaresProblem(design: design).fit(set.response)
    #expect(refined.refinementSteps > 0)
    #expect(refined.conditionEstimate > 1e3 && refined.conditionEstimate < 1e8)
  }

  @Test("A log relative error counts digits, and absolute ones where the truth is zero")
  func digits() {
    #expect(abs(logRelativeError(1.001, 1) - 3) < 1e-9)
    #expect(abs(logRelativeError(1e-5, 0) - 5) < 1e-9)
    #expect(logRelativeError(2, 2) == 15)
    #expect(logRelativeError(-5, 1) == 0)
    #expect(logRelativeError(.nan, 1) == 0)
    #expect(leastLogRelativeError([1], [1, 2]) == 0)
  }
}
