import Testing
import TimeSeries

@testable import Commissioning

/// A thousand plans, a quarter of them in special schools with 200 places: fifty find none.
@Suite("Settings that fill up")
struct GrantCapacityTests {
  private func plan(
    share: Double = 0.6, starting: Double? = 200, changes: [RingFencedGrant.PlacesChange] = []
  ) throws -> InventedPlan {
    var plan = try InventedPlan.grant { parts in
      parts.settings += [
        RingFencedGrant.Setting(
          id: "mainstream", name: "Mainstream", plans: ["plans-mainstream"], spend: ["spend-mainstream"])
      ]
      parts.capacities = [
        RingFencedGrant.SettingCapacity(
          setting: "special",
          starting: starting.map { .init(places: $0, on: Invented.date(2021, 3, 31)) }, changes: changes,
          usable: nil, routes: [.init(setting: "mainstream", share: "overflow")], leaving: "leaving",
          pricedWhileWaitingAs: "mainstream")
      ]
    }
    plan.assumptions["overflow"] = .fixed(share)
    plan.assumptions["leaving"] = .fixed(0)
    plan.assumptions["mix"] = .fixed(1e12)
    return plan
  }

  private func year(_ plan: InventedPlan, _ start: Int = 2023) throws -> ServiceYear {
    try #require(try plan.paths().services.first?.years.first { $0.year == FinancialYear(start) })
  }

  @Test("fifty without a place: thirty in mainstream schools, twenty waiting, all counted")
  func overflow() throws {
    let year = try year(plan())
    #expect(agree(year.demand?.mean, 250, within: 1e-5))
    #expect(year.supply?.mean == 200)
    #expect(agree(year.unmetNeed?.mean, 50, within: 1e-4))
    func flow(_ id: String) throws -> Double { try #require(year.flows.first { $0.id == id }).draws.mean }
    #expect(agree(try flow("overflow.special.mainstream"), 30, within: 1e-4))
    #expect(agree(try flow("waiting.special"), 20, within: 1e-4))
    // 2023/24 holds a 29 February.
    #expect(agree(try flow("waiting-child-weeks"), 20 * 366 / 7, within: 1e-4))
  }

  @Test("children are priced where they are, and the number of them is kept in every future")
  func priced() throws {
    let year = try year(plan())
    func line(_ id: String) throws -> ServiceLine {
      try #require(year.lines.first { $0.id == id && $0.part == .spend })
    }
    let (special, mainstream, waiting) = (
      try line("special"), try line("mainstream"), try line("waiting.special")
    )
    let units = try Draws.sum([special, mainstream, waiting].map { try #require($0.units) })
    for path in 0..<64 { #expect(abs(try #require(units[path]) - 1000) < 1e-9) }
    let price = try #require(mainstream.unitCost?.mean)
    #expect(agree(waiting.unitCost?.mean, price, within: 1e-6))
  }

  @Test("sixty places from September count seven twelfths in their first year and end the wait in the next")
  func opening() throws {
    let change = RingFencedGrant.PlacesChange(
      isOpening: true, places: .fixed(60), from: Invented.date(2023, 9, 1), reason: "a new school")
    let plan = try plan(changes: [change])
    #expect(agree(try year(plan).supply?.mean, 235))
    let next = try year(plan, 2024)
    #expect(next.supply?.mean == 260)
    #expect(next.flows.first { $0.id == "waiting.special" }.map { $0.draws.mean < 1e-6 } ?? true)
  }

  @Test("places follow place funding where no number is stated, and a scenario may change them")
  func fundedPlaces() throws {
    var plan = try plan(starting: nil)
    // 4m of place funding at 10,000 a place.
    #expect(try year(plan).supply?.mean == 400)
    plan.levers = [
      try Lever(
        flow: Flow(service: "high-needs", name: "places.special"), operation: .add, value: .fixed(-100),
        from: FinancialYear(2023))
    ]
    #expect(try year(plan).supply?.mean == 300)
  }

  @Test("a capacity that closes more than there is, or shares above one, are refused with the number")
  func refusals() throws {
    let closure = RingFencedGrant.PlacesChange(
      isOpening: false, places: .fixed(300), from: Invented.date(2023, 9, 1), reason: "a closure")
    #expect(try plan(changes: [closure]).refusal().contains("more places close than there are"))
    #expect(try plan(share: 1.2).refusal().contains("overflow"))
    let early = RingFencedGrant.PlacesChange(
      isOpening: true, places: .fixed(10), from: Invented.date(2023, 9, 1), until: Invented.date(2023, 8, 1),
      reason: "a mistake")
    #expect(try plan(changes: [early]).refusal().contains("before it begins"))
  }
}
