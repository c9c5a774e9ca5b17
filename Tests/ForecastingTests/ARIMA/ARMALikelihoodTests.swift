import LinearAlgebra
import RealModule
import Statistics
import Testing

@testable import Forecasting

/// A random stationary and invertible process.
struct RandomProcess {
  let orders: ARMAOrders
  let coefficients: [Double]
  let values: [Double]

  init(_ orders: ARMAOrders, count: Int, path: UInt64, reach: Double = 0.9) {
    var stream = RandomStream(seed: 7, name: "random process", path: path)
    var point = (0..<orders.count).map { _ in reach * (2 * stream.uniform() - 1) }
    point.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress {
        ARMAPolynomials.coefficients(fromPartials: base, orders: orders)
      }
    }
    self.orders = orders
    coefficients = point
    let (phi, theta) = orders.expanded(point)
    var values: [Double] = []
    var errors: [Double] = []
    for t in 0..<(count + 400) {
      let error = stream.normal()
      var value = error
      for (index, weight) in phi.enumerated() where index < t { value += weight * values[t - 1 - index] }
      for (index, weight) in theta.enumerated() where index < t { value += weight * errors[t - 1 - index] }
      values.append(value)
      errors.append(error)
    }
    self.values = Array(values.suffix(count))
  }

  /// The covariances of the process at lags 0 to `count` − 1 from the weights of its moving average of infinite degree.
  func covariances(_ count: Int) -> [Double] {
    let (phi, theta) = orders.expanded(coefficients)
    var weights: [Double] = []
    for j in 0..<6000 {
      var weight = j == 0 ? 1 : j <= theta.count ? theta[j - 1] : 0
      for (index, value) in phi.enumerated() where index < j { weight += value * weights[j - 1 - index] }
      weights.append(weight)
    }
    return (0..<count).map { lag in
      zip(weights.dropFirst(lag), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  static let shapes = [
    ARMAOrders(p: 1), ARMAOrders(q: 1), ARMAOrders(p: 2, q: 1), ARMAOrders(p: 1, q: 3), ARMAOrders(q: 3),
    ARMAOrders(p: 3), ARMAOrders(q: 1, seasonalQ: 1, season: 4),
    ARMAOrders(p: 1, q: 1, seasonalP: 1, seasonalQ: 1, season: 4), ARMAOrders(p: 2, seasonalP: 1, season: 5),
    ARMAOrders(p: 1, seasonalQ: 2, season: 3), ARMAOrders(),
  ]
}

@Suite("The exact likelihood of an ARMA process")
struct ARMALikelihoodTests {
  /// The density of a multivariate normal vector with its scale at the maximum, from Cholesky's factor of the whole
  /// covariance.
  private func dense(_ values: [Double], _ covariance: Matrix) throws -> Double {
    let factor = try CholeskyFactorisation(covariance)
    let quadratic = zip(values, try factor.solve(values)).reduce(0) { $0 + $1.0 * $1.1 }
    let count = Double(values.count)
    return -0.5
      * (count * Double.log(2 * .pi * quadratic / count) + count + factor.logDeterminant)
  }

  @Test("is the density of a multivariate normal vector", arguments: RandomProcess.shapes.indices)
  func density(shape: Int) throws {
    for path in 0..<3 {
      let process = RandomProcess(
        RandomProcess.shapes[shape], count: 10 + 12 * path, path: UInt64(10 * shape + path))
      let gamma = process.covariances(process.values.count)
      let covariance = Matrix(rows: gamma.count, columns: gamma.count) { gamma[abs($0 - $1)] }
      let own = ARMALikelihood(orders: process.orders, response: process.values)
      let value = own.logLikelihood(own.value(at: process.coefficients))
      #expect(agree(value, try dense(process.values, covariance), relative: 1e-9))
    }
  }

  @Test("of a series with gaps is the density of what was observed", arguments: RandomProcess.shapes.indices)
  func gaps(shape: Int) throws {
    let process = RandomProcess(RandomProcess.shapes[shape], count: 30, path: UInt64(100 + shape))
    let missing = [0, 7, 8, 21]
    let known = process.values.indices.filter { !missing.contains($0) }
    let gamma = process.covariances(process.values.count)
    let covariance = Matrix(rows: known.count, columns: known.count) { gamma[abs(known[$0] - known[$1])] }
    var filled = process.values
    for index in missing { filled[index] = 3 }
    let own = ARMALikelihood(
      orders: process.orders, response: filled,
      gaps: missing.map { gap in process.values.indices.map { $0 == gap ? 1 : 0 } })
    let value = own.logLikelihood(own.value(at: process.coefficients))
    #expect(agree(value, try dense(known.map { process.values[$0] }, covariance), relative: 1e-9))
  }

  @Test("is the same by Givens rotations, with gaps and regressors", arguments: RandomProcess.shapes.indices)
  func rotations(shape: Int) throws {
    let process = RandomProcess(RandomProcess.shapes[shape], count: 40, path: UInt64(200 + shape))
    let gaps = [[3], [17]].map { gap in process.values.indices.map { gap.contains($0) ? 1.0 : 0 } }
    let regressors = [
      process.values.map { _ in 1.0 }, process.values.indices.map { Double.cos(Double($0)) },
    ]
    let fast = ARMALikelihood(
      orders: process.orders, response: process.values, gaps: gaps, regressors: regressors)
    _ = fast.value(at: process.coefficients)
    let (phi, theta) = process.orders.expanded(process.coefficients)
    let slow = try #require(
      ARMAInnovations(
        phi: phi, theta: theta, orders: process.orders, response: process.values, gaps: gaps,
        regressors: regressors))
    #expect(agree(fast.sumOfSquares, slow.sumOfSquares, relative: 1e-9))
    #expect(abs(fast.logDeterminant - slow.logDeterminant) <= 1e-9)
    // Determinant and squares also follow from the innovations one by one, where there is no gap.
    let complete = try #require(
      ARMAInnovations(
        phi: phi, theta: theta, orders: process.orders, response: process.values, gaps: [], regressors: []))
    #expect(abs(complete.logScales.reduce(0, +) * 2 - complete.logDeterminant) <= 1e-9)
    #expect(complete.standardised.count == process.values.count)
  }

  @Test("is that of the Kalman filter with an exact diffuse start, differences and gaps included")
  func kalman() throws {
    for (index, shape) in RandomProcess.shapes.enumerated() {
      let process = RandomProcess(shape, count: 48, path: UInt64(300 + index), reach: 0.8)
      for (d, seasonalD) in [(0, 0), (1, 0), (2, 0), (1, 1)] {
        let season = 4
        let polynomial = ARMAPolynomials.difference(d, seasonal: seasonalD, season: season)
        var levels = process.values
        for t in levels.indices {
          for lag in 1..<max(1, polynomial.count) where lag <= t {
            levels[t] -= polynomial[lag] * levels[t - lag]
          }
        }
        for missing in [[], [5, 20, 21], [1, 30]] {
          let series: [Double?] = levels.indices.map { missing.contains($0) ? nil : levels[$0] }
          let model = ARIMA(
            order: .init(shape.p, d, shape.q), seasonal: .init(0, seasonalD, 0),
            season: seasonalD > 0 ? season : nil, constant: .none)
          let design = try ARIMADesign(model, numbers(series))
          let own = ARMALikelihood(
            orders: process.orders, response: design.response, gaps: design.differencedGaps)
          let value = own.logLikelihood(own.value(at: process.coefficients))
          let filter = try StateSpaceARIMA(process, difference: polynomial)
          let expected = filter.logLikelihood(series.map { $0 ?? .nan })
          #expect(agree(value, expected, relative: 1e-9), "\(shape) \(d) \(seasonalD) \(missing)")
        }
      }
    }
  }

  @Test("does not depend on what was filled into the gaps")
  func filling() throws {
    let process = RandomProcess(ARMAOrders(p: 1, q: 1), count: 30, path: 400)
    let values = [-50.0, 0, 4].map { filling in
      var filled = process.values
      filled[12] = filling
      let own = ARMALikelihood(
        orders: process.orders, response: filled, gaps: [filled.indices.map { $0 == 12 ? 1 : 0 }])
      return own.value(at: process.coefficients)
    }
    #expect(agree(values[0], values[1], relative: 1e-10) && agree(values[2], values[1], relative: 1e-10))
  }

  @Test("is finite on the boundary of invertibility and refused beyond that of stationarity")
  func boundary() {
    let process = RandomProcess(ARMAOrders(q: 1, seasonalQ: 1, season: 12), count: 60, path: 500)
    let airline = ARMALikelihood(orders: process.orders, response: process.values)
    let edge = airline.value(at: [-1, -1])
    #expect(edge.isFinite)
    #expect(abs(edge - airline.value(at: [-1 + 1e-7, -1 + 1e-7])) < 1e-5)
    let walk = ARMALikelihood(orders: ARMAOrders(p: 1), response: process.values)
    #expect(walk.value(at: [1]) == .infinity)
    #expect(walk.value(at: [1.2]) == .infinity)
  }

  @Test("of an invertible moving average is that of its mirror image")
  func mirror() {
    // θ and 1/θ are one process, but for the variance of its innovations.
    let process = RandomProcess(ARMAOrders(q: 1), count: 40, path: 600)
    let likelihood = ARMALikelihood(orders: process.orders, response: process.values)
    #expect(agree(likelihood.value(at: [0.8]), likelihood.value(at: [1.25]), relative: 1e-9))
  }
}

@Suite("The polynomials of an ARMA process")
struct ARMAPolynomialsTests {
  @Test("partial autocorrelations and coefficients are one to one")
  func partials() throws {
    var stream = RandomStream(seed: 1, name: "partials")
    for count in 1...6 {
      let partials = (0..<count).map { _ in 1.96 * stream.uniform() - 0.98 }
      var coefficients = partials
      coefficients.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress {
          ARMAPolynomials.coefficients(fromPartials: base, count: count)
        }
      }
      let back = try #require(ARMAPolynomials.partials(of: coefficients))
      for (found, expected) in zip(back, partials) { #expect(abs(found - expected) < 1e-9) }
    }
    #expect(ARMAPolynomials.partials(of: [1.5, -0.4]) == nil)
  }

  @Test("a root at 1/0.98 lies beyond 1.01 and not beyond 1.03")
  func roots() {
    #expect(ARMAPolynomials.hasRoots(of: [0.98], beyond: 1.01))
    #expect(!ARMAPolynomials.hasRoots(of: [0.98], beyond: 1.03))
  }

  @Test("the differences of the airline model are those of a year's change")
  func differences() {
    var expected = [Double](repeating: 0, count: 14)
    (expected[0], expected[1], expected[12], expected[13]) = (1, -1, -1, 1)
    #expect(ARMAPolynomials.difference(1, seasonal: 1, season: 12) == expected)
    #expect(ARMAPolynomials.difference(0, seasonal: 0, season: 1) == [1])
    #expect(ARMAPolynomials.difference(2, seasonal: 0, season: 1) == [1, -2, 1])
  }
}
