import Foundation
import Testing

@testable import Forecasting

@Suite("ARIMA with automatic orders")
struct AutomaticARIMATests {
  private struct Automatic: Decodable {
    struct Full: Decodable { let aicc: Double }
    let orderPdqPDQm: [Int]
    let aicc: Double
    let fullSearch: Full?
    enum CodingKeys: String, CodingKey {
      case aicc
      case orderPdqPDQm = "order_pdqPDQm"
      case fullSearch = "full_search"
    }
  }

  static let series = [
    ("AirPassengers", 12), ("JohnsonJohnson", 4), ("Nile", 1), ("WWWusage", 1), ("logAirPassengers", 12),
    ("sunspot.year", 1), ("uspop", 1),
  ]

  @Test("no criterion is more than 2 above that of auto.arima with the same differences", arguments: series)
  func reference(name: String, period: Int) throws {
    let reference = try JSONDecoder().decode(
      Automatic.self, from: try Reference.text("auto_arima/\(name).json"))
    let sample = try ARIMAReference.sample(name, period: period)
    let choice = try AutomaticARIMA().choose(sample)
    let best = try #require(choice.ranking.first)
    let criterion = try #require(best.criterion)
    for (own, place) in [(best.model.order.differences, 1), (best.model.seasonal.differences, 4)] {
      expectReference(
        "auto_arima", name, "differences, d and D", Double(own), Double(reference.orderPdqPDQm[place]),
        .absolute(0))
    }
    if best.model.order.differences == reference.orderPdqPDQm[1],
      best.model.seasonal.differences == reference.orderPdqPDQm[4]
    {
      expectReference(
        "auto_arima", name, "AICc, the lower the better", criterion,
        min(reference.aicc, reference.fullSearch?.aicc ?? .infinity), .noGreater(2))
    }
    // The fit that is handed on is the one that won.
    let likelihood = try #require(choice.fitted.likelihood)
    #expect(abs(likelihood.correctedAkaike - criterion) < 1e-3)
  }

  @Test("the ranking runs from the best to the refused, which say why")
  func ranking() throws {
    let choice = try AutomaticARIMA().choose(try ARIMAReference.sample("uspop", period: 1))
    let criteria = choice.ranking.compactMap(\.criterion)
    #expect(criteria == criteria.sorted())
    #expect(choice.ranking.allSatisfy { ($0.criterion == nil) != ($0.refusal == nil) })
    #expect(choice.ranking.count > 15)
    #expect(Set(choice.ranking.map(\.model)).count == choice.ranking.count)
    #expect(choice.fitted.specification == choice.ranking[0].model.specification)
  }

  @Test("a smaller total order is kept to")
  func maximumOrder() throws {
    let sample = try ARIMAReference.sample("sunspot.year", period: 1)
    let choice = try AutomaticARIMA(maximumOrder: 1).choose(sample)
    #expect(choice.ranking.allSatisfy { $0.model.order.autoregressive + $0.model.order.movingAverage <= 1 })
  }

  @Test("a regressor stays in every model, and gaps are no obstacle")
  func regressor() throws {
    let noise = RandomProcess(ARMAOrders(p: 1), count: 60, path: 40).values
    let x = (0..<60).map { Double($0 % 7) }
    let values: [Double?] = noise.indices.map { $0 == 9 ? nil : noise[$0] + 5 * x[$0] }
    let sample = numbers(values, regressors: [Regressor(name: "x", values: x)])
    let choice = try AutomaticARIMA(maximumOrder: 2, terms: [.regressor("x")]).choose(sample)
    let effect = try #require(choice.fitted.parameters.first { $0.name == "x" })
    #expect(abs(effect.value - 5) < 0.5)
    #expect(choice.ranking.allSatisfy { $0.model.terms == [.regressor("x")] })
  }

  @Test("a walk is differenced once, its sum twice, noise not at all, and a strong season once")
  func differences() {
    let noise = RandomProcess(ARMAOrders(), count: 200, path: 41).values
    var walk = noise
    for index in walk.indices.dropFirst() { walk[index] += walk[index - 1] }
    var sum = walk
    for index in sum.indices.dropFirst() { sum[index] += sum[index - 1] }
    #expect(DifferencingOrder.regular(noise) == 0)
    #expect(DifferencingOrder.regular(walk) == 1)
    #expect(DifferencingOrder.regular(sum) == 2)
    #expect(DifferencingOrder.regular((0..<50).map { 3 * Double($0) }) == 1)
    #expect(DifferencingOrder.levelStatistic([4]) == 0 && DifferencingOrder.levelStatistic([4, 4, 4]) == 0)
    let season = noise.indices.map { noise[$0] + [9.0, -3, 2, -8][$0 % 4] }
    #expect(DifferencingOrder.seasonal(season, season: 4) == 1)
    #expect(DifferencingOrder.seasonal(noise, season: 4) == 0)
    #expect(DifferencingOrder.seasonal(Array(season.prefix(12)), season: 4) == 0)
    #expect(DifferencingOrder.seasonalStrength(Array(season.prefix(7)), season: 4) == 0)
    #expect(DifferencingOrder.seasonalStrength(season, season: 5) < 0.64)
    #expect(DifferencingOrder.seasonalStrength(Array(repeating: 2, count: 30), season: 4) == 0)
  }
}

@Suite("ARIMA of a straight line")
struct StraightLineARIMATests {
  @Test("chooses the drift that fits exactly, and is no surer than rounding allows", arguments: [6, 12])
  func line(count: Int) throws {
    let sample = try natural((1...count).map(Double.init))
    let fitted = try AutomaticARIMA().fit(sample)
    #expect(fitted.specification == "arima(0,1,0,drift)")
    #expect(fitted.remarks.contains { $0.contains("fits the figures exactly") })
    let forecast = try Forecast(fitted, horizon: 2)
    #expect(abs(try forecast.median(step: 1) - Double(count + 1)) < 1e-9)
    #expect(abs(try forecast.median(step: 2) - Double(count + 2)) < 1e-9)
    #expect(try forecast.quantile(0.9, step: 1) > Double(count + 1) + 0.2)
    let value = try #require(fitted.likelihood).value
    #expect(value.isFinite)
  }
}
