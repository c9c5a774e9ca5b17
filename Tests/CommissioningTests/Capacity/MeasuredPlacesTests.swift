import Testing
import TimeSeries

@testable import Commissioning

@Suite("Places that measures open")
struct MeasuredPlacesTests {
  @Test(
    "a measure of sixty places from September, delivered or not, is worth what it keeps out of dearer settings"
  )
  func places() throws {
    let flow = Flow(service: "high-needs", name: "places.special")
    let measure = try InventedMeasures.measure(
      "free school", [InventedMeasures.plus(60, flow)], start: "2027-09-01", probability: 0.5,
      cost: Mitigation.Cost(oneOff: .fixed(60 * 80_000)))
    let register = try InventedMeasures.register([measure])
    let capacity = try InventedPlaces.capacity(InventedPlaces.places("special", Draws(400)))
    let rule = OverflowRule(
      from: "special", to: [.init(to: "independent", share: Draws(1), broughtBack: Draws(1))],
      leaving: Draws(0))
    let overflow = try Overflow(rules: [rule], capacity: capacity, priced: ["special", "independent"])
    var demand: [FinancialYear: [String: Draws]] = [:]
    for year in 2026...2028 { demand[FinancialYear(year)] = ["special": Draws(500)] }
    func independent(_ mode: MitigationMode) throws -> [Draws?] {
      let changes = try InventedMeasures.changes(register, mode, draws: 1_000)
      let years = try overflow.run(demand: demand) {
        (setting: String, days: ClosedRange<CivilDate>, places: Draws) throws(CommissioningError) -> Draws in
        changes.change(of: "places.\(setting)", in: "high-needs", over: days).applied(to: places)
      }
      #expect(changes.neverAsked.isEmpty)
      return years.map { $0["independent"]?.placed }
    }
    #expect(try independent(.none).map { $0?.knownValue } == [100, 100, 100])
    #expect(try independent(.certain).map { $0?.knownValue } == [100, 65, 40])
    let weighted = try #require(try independent(.weighted).last ?? nil)
    let delivered = (0..<1_000).count { weighted[$0] == 40 }
    #expect((0..<1_000).allSatisfy { weighted[$0] == 40 || weighted[$0] == 100 })
    #expect(abs(Double(delivered) - 500) < 4 * (1_000 * 0.25).squareRoot())
  }
}
