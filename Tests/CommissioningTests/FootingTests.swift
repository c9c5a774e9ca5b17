import Testing
import TimeSeries

@testable import Commissioning

@Suite("Reported money foots")
struct FootingTests {
  /// Plans with ranges for everything, so that every mean is an odd number of pence.
  static let seeds: [UInt64] = [1, 2, 3, 5, 8]

  @Test(
    "in every year the lines sum to their totals and the movements to the closing balance, to the penny",
    arguments: seeds)
  func foots(seed: UInt64) throws {
    var plan = try InventedPlan.grant { parts in
      parts.settings.append(
        RingFencedGrant.Setting(
          id: "mainstream", name: "Mainstream", plans: ["plans-mainstream"], spend: ["spend-mainstream"]))
    }
    plan.seed = seed
    plan.assumptions["price-growth"] = .range(low: 0.01, mostLikely: 0.03, high: 0.09)
    plan.assumptions["grant-growth"] = .range(low: 0.01, mostLikely: 0.02, high: 0.04)
    plan.assumptions["other-blocks"] = .range(low: -1e5, mostLikely: 333, high: 1e5)
    plan.assumptions["import-export"] = .range(low: -1e5, mostLikely: 777, high: 1e5)
    plan.draws = 97
    let outcome = try plan.outcome()
    let service = try #require(outcome.services.first)
    var opening: Int?
    var accounted = 0
    for year in service.years {
      func pence(_ quantity: Quantity?) -> Int? { quantity.map { Int(($0.mean * 100).rounded()) } }
      func sum(_ part: String) -> Int {
        year.lines.filter { $0.part == part }.reduce(0) { $0 + (pence($1.amount) ?? 0) }
      }
      for quantity in [year.spend, year.budget, year.closingBalance].compactMap({ $0 }) {
        #expect(abs(quantity.mean * 100 - (quantity.mean * 100).rounded()) < 1e-3)
      }
      if year.lines.contains(where: { $0.part == "spend" }) { #expect(sum("spend") == pence(year.spend)) }
      if let spend = pence(year.spend), let budget = pence(year.budget) {
        #expect(pence(year.inYearBalance) == budget - spend)
      }
      if let opening, year.lines.contains(where: { $0.part == "balance" }) {
        #expect(sum("budget") == pence(year.budget))
        #expect(pence(year.closingBalance) == opening + (pence(year.inYearBalance) ?? 0) + sum("balance"))
        accounted += 1
      }
      opening = pence(year.closingBalance)
    }
    #expect(accounted >= 2)
    // One service: its figures are the total's.
    for total in outcome.total {
      let year = try #require(service.years.first { $0.year == total.year })
      #expect(total.spend?.mean == year.spend?.mean)
      #expect(total.budget?.mean == year.budget?.mean)
    }
  }
}
