import LinearAlgebra
import Statistics
import Testing

@testable import Forecasting

@Suite("Regressions that wild observations do not bend")
struct RobustRegressionTests {
  static func random(_ count: Int, columns: Int, path: UInt64, whole: Bool) -> (Matrix, [Double]) {
    var stream = RandomStream(seed: 31, name: "robust", path: path)
    func number() -> Double { whole ? (2 * stream.normal()).rounded() : stream.normal() }
    let cells = (0..<(count * columns)).map { _ in number() }
    return (
      Matrix(rows: count, columns: columns) { $1 == 0 ? 1 : cells[$0 * columns + $1] },
      (0..<count).map { _ in number() }
    )
  }

  @Test("a regression of a quantile passes through the best of all sets of observations, ties or not")
  func bruteForce() throws {
    for path in 0..<24 as Range<UInt64> {
      let columns = 1 + Int(path % 3)
      let (design, response) = Self.random(9, columns: columns, path: path, whole: path % 2 == 0)
      guard (try? LeastSquaresProblem(design: design)) != nil else { continue }
      for tau in [0.2, 0.5, 0.9] {
        let regression = try #require(QuantileRegression(tau))
        let fit = try regression.fit(design: design, response: response)
        var least = Double.infinity
        func search(_ rows: [Int]) throws {
          guard rows.count == columns else {
            for next in ((rows.last ?? -1) + 1)..<9 { try search(rows + [next]) }
            return
          }
          let square = Matrix(rows: columns, columns: columns) { design[rows[$0], $1] }
          guard let solved = try? LeastSquaresProblem(design: square).fit(rows.map { response[$0] }) else {
            return
          }
          let fitted = try design * solved.coefficients
          least = min(least, zip(response, fitted).reduce(0) { $0 + regression.loss($1.0 - $1.1) })
        }
        for first in 0..<9 { try search([first]) }
        #expect(abs(fit.objective - least) <= 1e-9 * max(1, least), "path \(path) tau \(tau)")
        #expect(fit.basis.allSatisfy { fit.residuals[$0] == 0 })
      }
    }
    #expect(QuantileRegression(0) == nil && QuantileRegression(1) == nil)
  }

  @Test("the median of a series is its regression on a constant")
  func median() throws {
    let values = [3.0, 9, 4, 100, 5]
    let fit = try QuantileRegression.median.fit(
      design: Matrix(rows: 5, columns: 1, repeating: 1), response: values)
    #expect(fit.coefficients == [5] && fit.objective == (2 + 4 + 1 + 95) / 2)
  }

  @Test("half and more of the residuals lie on either side of a quantile")
  func sides() throws {
    let (design, response) = Self.random(200, columns: 4, path: 90, whole: false)
    for tau in [0.1, 0.5, 0.8] {
      let fit = try #require(QuantileRegression(tau)).fit(design: design, response: response)
      let below = Double(fit.residuals.count { $0 < 0 })
      #expect(below <= tau * 200 && tau * 200 <= below + 4)
      #expect(fit.covariance.diagonal.allSatisfy { $0 > 0 })
    }
  }

  @Test("where no error is wild, Huber's regression is least squares, with its standard errors")
  func clean() throws {
    let design = Matrix(rows: 12, columns: 2) { $1 == 0 ? 1 : Double($0) }
    let response = (0..<12).map { row -> Double in
      let error: Double = row % 2 == 0 ? 1 : -1
      return 4 + 2 * Double(row) + error
    }
    let ordinary = try LeastSquaresProblem(design: design).fit(response)
    let huber = try #require(try HuberRegression().fit(design: design, response: response))
    #expect(agree(huber.coefficients, ordinary.coefficients, relative: 1e-10))
    #expect(huber.weights.allSatisfy { $0 == 1 })
    let errors = huber.covariance.diagonal.map { $0.squareRoot() }
    #expect(agree(errors, try #require(ordinary.standardErrors), relative: 1e-10))
  }

  @Test("Huber's regression satisfies its equations: the clipped residuals are orthogonal to the design")
  func equations() throws {
    for path in 40..<46 as Range<UInt64> {
      var (design, response) = Self.random(30, columns: 3, path: path, whole: false)
      response[3] += 40
      response[17] -= 25
      let fit = try #require(try HuberRegression().fit(design: design, response: response))
      let limit = 1.345 * fit.scale
      let clipped = fit.residuals.map { max(-limit, min(limit, $0)) }
      for score in try design.transposedTimes(clipped) { #expect(abs(score) < 1e-8) }
      let sizes = fit.residuals.map(\.magnitude).sorted()
      #expect(agree(fit.scale, (sizes[14] + sizes[15]) / 2 / 0.6745, relative: 1e-9))
      #expect(fit.weights[3] < 0.2 && fit.iterations > 1)
      // A wild observation that becomes wilder moves nothing.
      response[3] += 1e6
      let wilder = try #require(try HuberRegression().fit(design: design, response: response))
      #expect(agree(wilder.coefficients, fit.coefficients, relative: 1e-6))
      design[0, 0] = 1
    }
  }

  @Test("a scale of nothing is no scale")
  func noScale() throws {
    let design = Matrix(rows: 6, columns: 2) { $1 == 0 ? 1 : Double($0) }
    #expect(try HuberRegression().fit(design: design, response: [0, 0, 0, 0, 0, 0]) == nil)
    let exact = try #require(
      try HuberRegression().fit(design: design, response: [0, 1, 2, 3, 4, 5], floor: 0.1))
    #expect(abs(exact.coefficients[1] - 1) < 1e-12)
  }

  @Test("one wild year moves neither the median nor Huber's line by much, and least squares by far")
  func wildYear() throws {
    var values = wavy(20, slope: 1, size: 0.2)
    let clean = values
    values[18] += 60
    func slope(_ loss: TrendRegression.Loss, _ values: [Double]) throws -> Double {
      try TrendRegression([.trend(degree: 1)], loss: loss).fit(try natural(values)).parameters[1].value
    }
    #expect(abs(try slope(.median, values) - slope(.median, clean)) < 0.05)
    #expect(abs(try slope(.huber, values) - slope(.huber, clean)) < 0.05)
    #expect(abs(try slope(.leastSquares, values) - slope(.leastSquares, clean)) > 0.5)
    // The wild year may come again: the forecast knows it.
    let predictive = try TrendRegression([.trend(degree: 1)], loss: .huber).fit(try natural(values))
      .predictive(step: 1)
    #expect(try predictive.quantile(0.99) > 60 && predictive.quantile(0.9) < 45)
  }

  @Test("stackloss: Huber's regression is the one that Venables and Ripley print")
  func stackloss() throws {
    // summary(rlm(stack.loss ~ ., stackloss)); their iteration stops at a relative change of 1e-4.
    let rows = try RegressionFixture.rows("quantreg/stackloss.csv")
    let design = Matrix(rows: rows.count, columns: 4) { $1 == 0 ? 1 : rows[$0][$1 - 1] }
    let fit = try #require(try HuberRegression().fit(design: design, response: rows.map { $0[3] }))
    let item = "stackloss, MASS::rlm"
    expectReference(
      "published", item, "coefficients", fit.coefficients, [-41.0265, 0.8294, 0.9261, -0.1278],
      .relative(2e-3))
    expectReference(
      "published", item, "standard errors", fit.covariance.diagonal.map { $0.squareRoot() },
      [9.8073, 0.1112, 0.3034, 0.1289], .relative(2e-3))
    expectReference("published", item, "scale", fit.scale, 2.441, .relative(1e-3))
  }
}
