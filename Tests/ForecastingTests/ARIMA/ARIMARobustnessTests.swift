import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("ARIMA at its limits")
struct ARIMARobustnessTests {
  @Test("a short series of any kind is forecast in finite numbers or refused")
  func shortSeries() throws {
    var stream = RandomStream(seed: 99, name: "short series")
    func whole(_ count: Int) -> Int { Int(stream.uniform() * Double(count)) }
    var forecast = 0
    for _ in 0..<400 {
      let season = [1, 2, 3, 4][whole(4)]
      let count = 3 + whole(18)
      let kind = whole(5)
      let size = Double.pow(10, Double(whole(9) - 3))
      let values: [Double?] = (0..<count).map { t in
        if t > 0, t < count - 1, stream.uniform() < 0.1 { return nil }
        switch kind {
        case 0: return size * stream.normal()
        case 1: return size * Double(t)
        case 2: return size * (stream.uniform() < 0.8 ? 0 : 1)
        case 3: return size * Double([3, 1, 4, 1][t % 4])
        default: return size * (100 + stream.normal()).rounded()
        }
      }
      let hasSeason = season > 1 && stream.uniform() < 0.6
      let (d, seasonalD) = (whole(3), hasSeason ? whole(2) : 0)
      let model = ARIMA(
        order: .init(whole(4), d, whole(4)),
        seasonal: hasSeason ? .init(whole(3), seasonalD, whole(3)) : .none, season: hasSeason ? season : nil,
        constant: d + seasonalD == 0 ? .mean : d + seasonalD == 1 ? .drift : .none)
      let fitted: any FittedModel
      do { fitted = try model.fit(numbers(values, season: season)) } catch { continue }
      forecast += 1
      for step in try fitted.predictive(horizon: 5) {
        let (low, high) = (try step.quantile(0.05), try step.quantile(0.95))
        #expect(low.isFinite && high.isFinite && low < high, "\(model.specification) \(values)")
      }
      let drawn = paths(of: fitted, 2, horizon: 5).flatMap { $0 } + fitted.residuals
      #expect(!drawn.contains { !$0.isFinite })
      #expect(try #require(fitted.likelihood).value.isFinite)
      #expect(fitted.parameters.allSatisfy { $0.value.isFinite && $0.standardError?.isFinite ?? true })
    }
    #expect(forecast > 80)
  }

  @Test("the airline model's maximum is nowhere exceeded on a fine grid")
  func airline() throws {
    let orders = ARMAOrders(q: 1, seasonalQ: 1, season: 4)
    for path in 0..<12 {
      let process = RandomProcess(orders, count: 36, path: UInt64(3000 + path), reach: 1)
      let likelihood = ARMALikelihood(orders: orders, response: process.values)
      let found = try #require(ARIMASearch(likelihood: likelihood).maximum(response: process.values))
      for i in -20...20 {
        for j in -20...20 {
          let value = likelihood.value(at: [Double(i) / 20, Double(j) / 20])
          #expect(found.value <= value + 1e-6, "\(path): \(i) \(j)")
        }
      }
    }
  }

  @Test("the points of the coefficients' doubt have its mean and covariance, and stay inside the region")
  func posterior() throws {
    let process = RandomProcess(ARMAOrders(p: 1, q: 1), count: 300, path: 60, reach: 0.5)
    let likelihood = ARMALikelihood(orders: process.orders, response: process.values)
    let maximum = try #require(ARIMASearch(likelihood: likelihood).maximum(response: process.values))
    let covariance: [[Double]] = [[0.003, -0.001], [-0.001, 0.002]]
    let points = ARIMAPosterior.points(
      maximum, covariance: ([0, 1], covariance), orders: process.orders)
    #expect(points.count == 5 && points[0].coefficients == maximum.coefficients)
    #expect(abs(points.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    for i in 0..<2 {
      let mean = points.reduce(0) { $0 + $1.weight * $1.coefficients[i] }
      #expect(abs(mean - maximum.coefficients[i]) < 1e-12)
      for j in 0..<2 {
        let product = points.reduce(0) {
          $0 + $1.weight * ($1.coefficients[i] - maximum.coefficients[i])
            * ($1.coefficients[j] - maximum.coefficients[j])
        }
        #expect(abs(product - covariance[i][j]) < 1e-12)
      }
    }
    let wide = ARIMAPosterior.points(
      maximum, covariance: ([0, 1], [[4, 0], [0, 4]]), orders: process.orders)
    #expect(wide.allSatisfy { abs($0.coefficients[0]) < 1 && abs($0.coefficients[1]) <= 1 })
    let none = ARIMAPosterior.points(maximum, covariance: nil, orders: process.orders)
    #expect(none.count == 1 && none[0].weight == 1)
    let broken = ARIMAPosterior.points(
      maximum, covariance: ([0, 1], [[1, 2], [2, 1]]), orders: process.orders)
    #expect(broken.count == 1)
  }

  @Test("the doubt about coefficients widens a forecast, the less the longer the series")
  func widening() throws {
    func ratio(_ count: Int) throws -> Double {
      let process = RandomProcess(ARMAOrders(p: 1), count: count, path: 61, reach: 0.9)
      let fitted = try ARIMA(order: .init(1, 0, 0), constant: .none).fitted(numbers(process.values))
      let plugIn = try fitted.plugIn(horizon: 2).variances[1].squareRoot()
      let predictive = try fitted.predictive(step: 2)
      let width = try predictive.quantile(0.975) - predictive.quantile(0.025)
      return width / (2 * 1.959964 * plugIn)
    }
    let (short, long) = (try ratio(20), try ratio(600))
    #expect(short > 1.03)
    #expect(long < 1.02 && long > 0.99)
  }

  @Test("a likelihood that has no curvature has no standard errors")
  func flat() throws {
    let values = RandomProcess(ARMAOrders(), count: 30, path: 62).values
    let likelihood = ARMALikelihood(orders: ARMAOrders(p: 1, q: 1), response: values)
    // Where the two factors cancel the likelihood is a ridge.
    let ridge = ARIMASearch.Maximum(
      coefficients: [0.5, -0.5], value: likelihood.value(at: [0.5, -0.5]), isOnBoundary: [false, false],
      converged: true)
    let found = ARIMAInformation.covariance(likelihood, at: ridge)
    #expect(found == nil || (found?.matrix[0][0] ?? 0) > 1)
  }

  @Test("errors stand at their own periods where one of those differenced away is missing")
  func errorPositions() throws {
    var values = (0..<24).map { Double?(Double($0 * $0 % 13)) }
    values[1] = nil
    let fitted = try ARIMA(order: .none, seasonal: .init(0, 1, 0)).fit(numbers(values, season: 4))
    #expect(fitted.residualPositions == [4] + Array(6..<24))
    for (position, residual) in zip(fitted.residualPositions, fitted.residuals) {
      let change = try #require(values[position]) - (try #require(values[position - 4]))
      #expect(abs(residual - change) < 1e-9)
    }
  }
}
