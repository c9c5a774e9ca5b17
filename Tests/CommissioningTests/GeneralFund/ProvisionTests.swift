import Testing
import TimeSeries

@testable import Commissioning

@Suite("In-house, external and distant provision")
struct ProvisionTests {
  typealias S = FundSample

  static let near = DistanceBand(
    id: "near", name: "Under 20 miles", visitsPerYear: Draws(0), costPerVisit: Draws(0),
    weeklyJourneys: Draws(0))
  static let far = DistanceBand(
    id: "far", name: "20 miles or more", visitsPerYear: Draws(52), costPerVisit: Draws(80),
    weeklyJourneys: Draws(20))

  static func provision(
    places: Draws = Draws(10), framework: Draws? = Draws(5),
    distances: [String: Double] = ["near": 0.5, "far": 0.5]
  ) throws -> Provision {
    try Provision(
      providers: [
        Provider(
          id: "home", name: "Own home",
          terms: .inHouse(
            places: places, occupancy: Draws(0.9), fixedCost: Draws(730_000), weeklyCost: Draws(700)),
          isOutOfArea: false, distances: ["near": 1]),
        Provider(
          id: "framework", name: "Framework", terms: .framework(weeklyFee: Draws(3500), places: framework),
          isOutOfArea: false, distances: ["near": 1]),
        Provider(
          id: "spot", name: "Spot", terms: .spot(weeklyFee: Draws(4900)), isOutOfArea: true,
          distances: distances),
      ], bands: [near, far])
  }

  @Test("own places are filled to their occupancy, then the framework, and the rest is bought at a distance")
  func placing() throws {
    let year = try Self.provision().placing(Draws(20), in: S.year(2025))
    #expect(year.rows.map(\.children.knownValue) == [9, 5, 6])
    #expect(year.rows.map(\.occupancy?.knownValue) == [0.9, 1, nil])
    #expect(year.unplaced.knownValue == 0)
    #expect(year.outOfArea.knownValue == 6)
    // 730,000 + 9 x 100 x 365; 5 x 500 x 365; 6 x 700 x 365, and for half of them 52 visits at 80 and 20 a week of journeys.
    #expect(year.rows.map(\.fixedCost.pence.knownValue) == [73_000_000, 0, 0])
    #expect(year.rows.map(\.childCost.pence.knownValue) == [32_850_000, 91_250_000, 153_300_000])
    #expect(year.rows.map(\.distanceCost.pence.knownValue) == [0, 0, 1_560_857])
    #expect(year.cost.pence.knownValue == 351_960_857)
    #expect(year.rows[2].childrenByBand.map(\.children.knownValue) == [3, 3])
    // (730,000 + 328,500) / (9 x 365 / 7).
    #expect(abs((year.rows[0].weeklyUnitCost?.knownValue ?? 0) - 2255.5555556) < 1e-6)
  }

  @Test("the fixed cost is paid with no child there, and then there is no cost of one child")
  func empty() throws {
    let year = try Self.provision().placing(Draws([0, 4]), in: S.year(2025))
    #expect(S.values(year.rows[0].cost.pence, 2) == [73_000_000, 87_600_000])
    #expect(year.rows[0].weeklyUnitCost == nil)
    #expect(S.values(year.rows[0].occupancy ?? Draws(9), 2) == [0, 0.4])
    #expect(try Self.provision(places: Draws(0)).placing(Draws(1), in: S.year(2025)).rows[0].occupancy == nil)
  }

  @Test("children for whom nobody has a place are shown; in every future all children are somewhere")
  func unplaced() throws {
    let closed = try Provision(
      providers: Array(Self.provision().providers.prefix(2)), bands: [Self.near, Self.far])
    let demand = Draws((0..<100).map { 4 + Double($0) / 4 })
    let year = try closed.placing(demand, in: S.year(2025))
    for path in 0..<100 {
      func at(_ draws: Draws) -> Double { draws[path] ?? .nan }
      let placed = year.rows.map { at($0.children) }.reduce(0, +)
      #expect(abs(placed + at(year.unplaced) - at(demand)) < 1e-9)
      let cost = year.rows.map { at($0.cost.pence) }.reduce(0, +)
      #expect(cost == at(year.cost.pence))
    }
    #expect(year.unplaced[99] == 14.75)
  }

  @Test("numbers that are known are costed as they are, and not beyond the places")
  func costing() throws {
    let known = ["home": Draws(8), "framework": Draws(0), "spot": Draws(1)]
    let year = try Self.provision().costing(known, in: S.year(2025))
    #expect(year.rows[0].childCost.pence.knownValue == 29_200_000)
    #expect(year.unplaced.knownValue == 0)
    let said = S.refusal {
      try Self.provision().costing(
        ["home": Draws([8, 9.5]), "framework": Draws(0), "spot": Draws(0)], in: S.year(2025))
    }
    #expect(said.contains("Own home has 9.5 children in 2025/26 and can have 9, in simulated future 1"))
    #expect(
      S.refusal { try Self.provision().costing(["home": Draws(1)], in: S.year(2025)) }.contains(
        "children at Framework is not known"))
    #expect(
      S.refusal { try Self.provision().costing(["castle": Draws(1)], in: S.year(2025)) }.contains(
        "describe its terms"))
  }

  @Test("providers and distances that cannot be are refused")
  func refusals() throws {
    #expect(S.refusal { try Self.provision(distances: ["near": 0.5]) }.contains("sum to 0.5"))
    #expect(S.refusal { try Self.provision(distances: ["moon": 1]) }.contains("\"moon\" is not among"))
    #expect(
      S.refusal { try Self.provision(distances: ["near": 1.5, "far": -0.5]) }.contains("a share, 0 to 1"))
    #expect(S.refusal { try Self.provision(places: Draws(-1)) }.contains("places of Own home is -1"))
    #expect(S.refusal { try Self.provision(framework: Draws(.nan)) }.contains("places of Framework"))
    #expect(S.refusal { try Provision(providers: [], bands: []) }.contains("no providers"))
    #expect(
      S.refusal { try Self.provision(places: Draws([1, 2])).placing(Draws([1, 2, 3]), in: S.year(2025)) }
        .contains(
          "one run"))
    #expect(S.refusal { try Self.provision().placing(Draws(-1), in: S.year(2025)) }.contains("not negative"))
    let bad = DistanceBand(
      id: "bad", name: "Bad", visitsPerYear: Draws(-1), costPerVisit: Draws(0), weeklyJourneys: Draws(0))
    #expect(
      S.refusal { try Provision(providers: Self.provision().providers, bands: [Self.near, Self.far, bad]) }
        .contains(
          "visits a year at Bad"))
  }

  // MARK: Break-even

  static func unit(
    children: Draws = Draws(5), replaced: Draws = Draws(4900), places: Double = 6
  ) throws -> BreakEven {
    try BreakEven(
      of: "a home", in: S.year(2025), places: places, children: children, fixedCost: Draws(730_000),
      weeklyCost: Draws(700), replaced: replaced)
  }

  @Test(
    "730,000 a year pays when it replaces 3.33 placements at 4,900 with 700 a week for each child: 4 children"
  )
  func breakEven() throws {
    // The margin is 4,200 a week, 600 a day, 219,000 a year.
    let found = try Self.unit()
    #expect(abs((found.children.knownValue ?? 0) - 730.0 / 219) < 1e-12)
    #expect(found.wholeChildren == 4)
    #expect(abs((found.occupancy.knownValue ?? 0) - 730.0 / 219 / 6) < 1e-12)
    #expect(found.saving.pence.knownValue == 36_500_000)
    #expect(found.probabilityNever.value == 0 && found.probabilityLoss.value == 0)
    #expect(found.childrenQuantity != nil)
    // At break-even nothing is saved and nothing lost.
    #expect(try Self.unit(children: found.children).saving.pence.knownValue == 0)
    #expect(try Self.unit(children: Draws(3)).probabilityLoss.value == 1)
  }

  @Test("where the placement replaced is no dearer than a child more, it never pays")
  func never() throws {
    let sure = try Self.unit(replaced: Draws(700))
    #expect(sure.children.knownValue == .infinity)
    #expect(sure.wholeChildren == nil && sure.childrenQuantity == nil)
    #expect(sure.probabilityNever.value == 1)
    let mixed = try Self.unit(replaced: Draws([600, 4900, 4900, 4900]))
    #expect(mixed.probabilityNever.value == 0.25)
    #expect(mixed.probabilityNever.error > 0.2)
    #expect(mixed.childrenQuantity == nil)
    #expect(mixed.wholeChildren == 5)
    #expect(mixed.probabilityLoss.value == 0.25)
  }

  @Test("more children than places, or no places, are refused")
  func unitRefusals() throws {
    #expect(
      S.refusal { try Self.unit(children: Draws([5, 7])) }.contains(
        "7 children are expected in simulated future 1"))
    #expect(S.refusal { try Self.unit(places: 0) }.contains("above zero"))
    #expect(S.refusal { try Self.unit(replaced: Draws(-1)) }.contains("not negative"))
  }
}
