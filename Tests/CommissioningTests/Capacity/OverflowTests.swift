import Statistics
import Testing
import TimeSeries

@testable import Commissioning

@Suite("Children for whom there is no place")
struct OverflowTests {
  private typealias Make = InventedPlaces

  private static let prices: Set<String> = ["special", "units", "independent", "mainstream"]

  private func rule(
    _ setting: String, _ routes: [(String, Double)], waits: OverflowRule.Waits = .remainder,
    leaving: Double = 0,
    back: Double = 0
  ) -> OverflowRule {
    OverflowRule(
      from: setting,
      to: routes.map { OverflowRule.Route(to: $0.0, share: Draws($0.1), broughtBack: Draws(back)) },
      waits: waits, leaving: Draws(leaving))
  }

  private func overflow(
    _ rules: [OverflowRule], _ capacity: Capacity, priced: Set<String> = prices
  ) throws -> Overflow {
    try Overflow(rules: rules, capacity: capacity, priced: priced)
  }

  private func demand(_ years: [[String: Double]], from first: Int = 2026) -> [FinancialYear: [String: Draws]]
  {
    Dictionary(
      uniqueKeysWithValues: years.enumerated().map { offset, settings in
        (FinancialYear(first + offset), settings.mapValues { Draws($0) })
      })
  }

  private func known(_ draws: Draws?) -> Double { draws?.knownValue ?? .nan }

  // MARK: One year

  @Test("of x children beyond the places a share goes to dearer settings and the rest waits")
  func oneYear() throws {
    let capacity = try Make.capacity(Make.places("special", Draws(500), usable: Draws(0.8)))
    let years = try overflow([rule("special", [("independent", 0.6)])], capacity)
      .run(demand: demand([["special": 450, "independent": 100]]))
    let year = try #require(years.first)
    let special = try #require(year["special"])
    #expect(known(special.usablePlaces) == 400)
    #expect(known(special.placed) == 400 && known(special.sparePlaces) == 0)
    #expect(known(special.waiting) == 20)
    #expect(year.routes.map(\.from) == ["special"] && year.routes.map(\.to) == ["independent"])
    #expect(known(year.routes.first?.children) == 30)
    let independent = try #require(year["independent"])
    #expect(known(independent.placed) == 130 && known(independent.received) == 30)
    #expect(independent.usablePlaces == nil && independent.sparePlaces == nil)
    #expect(known(year.placed) + known(year.waiting) == 550 && known(year.demand) == 550)
  }

  @Test("unmet need is child-weeks by the days of the year: 366 sevenths in one with a 29 February")
  func childWeeks() throws {
    let capacity = try Make.capacity(Make.places("special", Draws(400)))
    let years = try overflow([rule("special", [])], capacity)
      .run(demand: demand([["special": 407], ["special": 407]]))
    // 2027/28 holds 29 February 2028.
    #expect(years.map { known($0.waiting) } == [7, 7])
    #expect(years.map { (known($0.waitingChildWeeks) * 1e6).rounded() / 1e6 } == [365, 366])
  }

  @Test("places that are not needed are spare, and nobody waits")
  func spare() throws {
    let capacity = try Make.capacity(Make.places("special", Draws(400)))
    let year = try #require(
      try overflow([rule("special", [("independent", 1)])], capacity).run(demand: demand([["special": 380]]))
        .first)
    #expect(known(year["special"]?.sparePlaces) == 20 && known(year["special"]?.placed) == 380)
    #expect(known(year.waiting) == 0 && known(year["independent"]?.placed) == 0)
  }

  @Test("a setting that is full because of others passes on by its own shares")
  func chain() throws {
    let capacity = try Make.capacity(Make.places("special", Draws(110)), Make.places("units", Draws(50)))
    // Stated the other way round: the order in which children pass is found, not stated.
    let rules = [
      rule("special", [("independent", 0.75)]), rule("units", [("special", 0.5), ("mainstream", 0.5)]),
    ]
    let year = try #require(
      try overflow(rules, capacity).run(demand: demand([["special": 100, "units": 90]])).first)
    // 40 beyond the units: 20 to mainstream, 20 to special, where 10 find a place and 10 do not.
    #expect(known(year["mainstream"]?.placed) == 20)
    #expect(known(year["special"]?.received) == 20 && known(year["special"]?.placed) == 110)
    #expect(known(year["independent"]?.placed) == 7.5)
    #expect(known(year.waiting) == 2.5)
    #expect(year.settings.map(\.setting) == ["units", "special", "independent", "mainstream"])
  }

  @Test("at a census the places of its day count, on average those of the year")
  func measures() throws {
    let capacity = try Make.capacity(
      Make.places("special", Draws(400), [Make.opening(Draws(60), "2026-09-01", capital: Draws(100))]))
    let overflow = try overflow([rule("special", [])], capacity)
    let asked = demand([["special": 500]])
    #expect(known(try overflow.run(demand: asked).first?.waiting) == 65)
    #expect(known(try overflow.run(demand: asked).first?.capitalCost) == 6_000)
    #expect(known(try overflow.run(demand: asked, measure: .census(month: 1, day: 20)).first?.waiting) == 40)
    #expect(known(try overflow.run(demand: asked, measure: .census(month: 5, day: 20)).first?.waiting) == 100)
    let error = #expect(throws: CommissioningError.self) {
      try overflow.run(demand: asked, measure: .census(month: 2, day: 30))
    }
    #expect(error?.description.contains("does not exist in 2026/27") == true)
  }

  @Test("a measure's places count beside those that are stated, and cannot take away more than there are")
  func adjusting() throws {
    let capacity = try Make.capacity(Make.places("special", Draws(400), usable: Draws(0.5)))
    let overflow = try overflow([rule("special", [])], capacity)
    let years = try overflow.run(demand: demand([["special": 300]])) {
      (setting: String, days: ClosedRange<CivilDate>, places: Draws) throws(CommissioningError) -> Draws in
      #expect(setting == "special" && days == FinancialYear(2026).days)
      return places + 60
    }
    #expect(known(years.first?["special"]?.placed) == 230)
    let error = #expect(throws: CommissioningError.self) {
      try overflow.run(demand: demand([["special": 300]])) {
        (_, _, places: Draws) throws(CommissioningError) -> Draws in places + -401
      }
    }
    #expect(error?.description.contains("would have -1 places in 2026/27") == true)
    #expect(throws: CommissioningError.horizon("x")) {
      try overflow.run(demand: demand([["special": 300]])) {
        (_, _, _) throws(CommissioningError) -> Draws in throw .horizon("x")
      }
    }
  }

  // MARK: Years one after another

  @Test("while the shortage grows and nobody leaves, dearer settings hold their share of all of it")
  func growing() throws {
    let capacity = try Make.capacity(Make.places("special", Draws(400)))
    let years = try overflow([rule("special", [("independent", 0.6)])], capacity)
      .run(demand: demand([410, 430, 460, 500].map { ["special": $0, "independent": 0] }))
    for (year, shortage) in zip(years, [10.0, 30, 60, 100]) {
      #expect(abs(known(year["independent"]?.placed) - 0.6 * shortage) < 1e-9)
      #expect(abs(known(year.waiting) - 0.4 * shortage) < 1e-9)
    }
  }

  @Test("of a lasting shortage x, k x / (k + l w) stands in dearer settings in the end if a part l leaves")
  func lasting() throws {
    let capacity = try Capacity(
      service: "high-needs", settings: [try Make.places("special", Draws(400))],
      horizon: Make.day("2026-04-01")...Make.day("2226-03-31"))
    let years = try overflow([rule("special", [("independent", 0.6)], leaving: 0.08)], capacity)
      .run(demand: demand(Array(repeating: ["special": 450, "independent": 0], count: 200)))
    #expect(known(years.first?["independent"]?.placed) == 30)
    #expect(abs(known(years.last?["independent"]?.placed) - 0.6 * 50 / (0.6 + 0.08 * 0.4)) < 1e-5)
  }

  @Test("freed places go to those who wait first, and what is left to children brought back")
  func freed() throws {
    let capacity = try Make.capacity(
      Make.places(
        "special", Draws(400), [Make.opening(Draws(10), "2027-04-01"), Make.opening(Draws(50), "2028-04-01")])
    )
    let years = try overflow([rule("special", [("independent", 0.5)], back: 0.25)], capacity)
      .run(demand: demand([440, 440, 440].map { ["special": $0, "independent": 0] }))
    // 40 too many: 20 there, 20 waiting. Ten places: ten wait. Fifty more: ten from the list, a quarter of 20 back.
    #expect(years.map { known($0.waiting) } == [20, 10, 0])
    #expect(years.map { known($0["independent"]?.placed) } == [20, 20, 15])
    #expect(years.map { known($0["special"]?.broughtBack) } == [0, 0, 5])
    #expect(years.map { known($0["special"]?.placed) } == [400, 410, 425])
    #expect(years.map { known($0["special"]?.sparePlaces) } == [0, 0, 35])
  }

  @Test("no more are brought back than there are spare places")
  func broughtBack() throws {
    let capacity = try Make.capacity(
      Make.places("special", Draws(400), [Make.opening(Draws(6), "2027-04-01")]))
    let years = try overflow(
      [rule("special", [("independent", 0.75), ("mainstream", 0.25)], back: 1)], capacity
    ).run(demand: demand([440, 440].map { ["special": $0] }))
    #expect(known(years.last?["special"]?.broughtBack) == 6)
    #expect(known(years.last?["independent"]?.placed) == 30 - 4.5)
    #expect(known(years.last?["mainstream"]?.placed) == 10 - 1.5)
  }

  @Test(
    "without anybody brought back, children placed elsewhere stay there until they leave, and places stand empty"
  )
  func staying() throws {
    let capacity = try Make.capacity(
      Make.places("special", Draws(400), [Make.opening(Draws(100), "2027-04-01")]))
    let years = try overflow([rule("special", [("independent", 1)], leaving: 0.1)], capacity)
      .run(demand: demand([440, 440, 440].map { ["special": $0] }))
    #expect(years.map { (known($0["independent"]?.placed) * 1e9).rounded() / 1e9 } == [40, 36, 32.4])
    #expect(years.map { (known($0["special"]?.placed) * 1e9).rounded() / 1e9 } == [400, 404, 407.6])
    #expect(years.map { (known($0["special"]?.sparePlaces) * 1e9).rounded() / 1e9 } == [0, 96, 92.4])
  }

  @Test("those who wait come before those who are new, who then go by the rule")
  func waitersFirst() throws {
    let capacity = try Make.capacity(Make.places("special", Draws(100)))
    // Ten wait. Half of the hundred leave, and fifty new children come: ten places of fifty go to those who wait.
    let years = try overflow([rule("special", [("independent", 0.5)], leaving: 0.5)], capacity).run(
      demand: demand([["special": 120]]),
      opening: ["special": OverflowOpening(placed: Draws(100), waiting: Draws(20))])
    // 50 remain, 10 still wait, 60 are new. 50 places: 10 to the list, 40 to the new, 20 of whom are left.
    #expect(known(years.first?["special"]?.waiting) == 10)
    #expect(known(years.first?["independent"]?.placed) == 10)
  }

  @Test("a closure passes on children by the rule")
  func closure() throws {
    let capacity = try Make.capacity(
      Make.places("special", Draws(400), [Make.closure(Draws(40), "2027-04-01")]))
    let years = try overflow([rule("special", [("independent", 0.75)])], capacity)
      .run(demand: demand([400, 400].map { ["special": $0] }))
    #expect(known(years.last?["special"]?.placed) == 360)
    #expect(known(years.last?["independent"]?.placed) == 30 && known(years.last?.waiting) == 10)
  }

  @Test("children who were elsewhere before the first year stay there, and no more than there are children")
  func opening() throws {
    let capacity = try Make.capacity(Make.places("special", Draws(400)))
    let overflow = try overflow([rule("special", [("independent", 1)])], capacity)
    let stood = OverflowOpening(placed: Draws(390), elsewhere: ["independent": Draws(30)])
    let year = try overflow.run(demand: demand([["special": 410]]), opening: ["special": stood]).first
    #expect(known(year?["independent"]?.placed) == 30 && known(year?["special"]?.placed) == 380)
    let fewer = try overflow.run(demand: demand([["special": 20]]), opening: ["special": stood]).first
    #expect(known(fewer?["independent"]?.placed) == 20 && known(fewer?["special"]?.placed) == 0)
  }

  // MARK: Every future

  @Test(
    "the number of children is kept in every future, no place is filled twice, and nobody waits beside an empty one"
  )
  func conserved() throws {
    let count = 400
    let stream = RandomStream(seed: 11, name: "overflow test")
    func uniform(_ index: UInt64, _ low: Double, _ high: Double) -> Draws {
      Draws(
        (0..<count).map { path in
          var own = stream.path(UInt64(path) * 1_000 + index)
          return low + (high - low) * own.uniform()
        })
    }
    let capacity = try Make.capacity(
      Make.places("units", uniform(1, 40, 80), usable: uniform(2, 0.8, 1)),
      Make.places(
        "special", uniform(3, 300, 420),
        [
          Make.opening(uniform(4, 0, 90), "2027-09-01"), Make.closure(uniform(5, 0, 100), "2028-09-01"),
          Make.opening(uniform(6, 0, 90), "2029-04-01"),
        ]), Make.places("mainstream", uniform(7, 0, 60)))
    let share = uniform(8, 0, 0.6)
    let rules = [
      OverflowRule(
        from: "special", to: [.init(to: "independent", share: share, broughtBack: uniform(9, 0, 1))],
        waits: .remainder, leaving: uniform(10, 0, 0.3)),
      OverflowRule(
        from: "units",
        to: [
          .init(to: "special", share: share, broughtBack: uniform(11, 0, 1)),
          .init(to: "mainstream", share: share.map { 0.9 - $0 }, broughtBack: uniform(12, 0, 1)),
        ], waits: .share(Draws(0.1)), leaving: uniform(13, 0, 0.3)),
      OverflowRule(from: "mainstream", to: [], waits: .share(Draws(1)), leaving: Draws(0.1)),
    ]
    var asked: [FinancialYear: [String: Draws]] = [:]
    for year in 2026...2030 {
      let base = UInt64(100 * (year - 2020))
      asked[FinancialYear(year)] = [
        "special": uniform(base + 1, 250, 500), "units": uniform(base + 2, 20, 140),
        "independent": uniform(base + 3, 50, 60), "mainstream": uniform(base + 4, 0, 80),
      ]
    }
    let years = try overflow(rules, capacity).run(demand: asked)
    #expect(years.map(\.year.start) == [2026, 2027, 2028, 2029, 2030])
    var waits = 0
    var spares = 0
    for year in years {
      for path in 0..<count {
        func value(_ draws: Draws?) -> Double { draws?[path] ?? .nan }
        let all = asked[year.year]?.values.reduce(0.0) { $0 + value($1) } ?? .nan
        #expect(abs(value(year.placed) + value(year.waiting) - all) < 1e-9)
        for setting in year.settings {
          #expect(
            value(setting.placed) >= 0 && value(setting.waiting) >= 0 && value(setting.broughtBack) >= 0)
          guard setting.usablePlaces != nil else { continue }
          #expect(value(setting.placed) <= value(setting.usablePlaces) + 1e-9)
          #expect(min(value(setting.sparePlaces), value(setting.waiting)) < 1e-9)
          // Each setting keeps, passes on or lets wait all who ask for it.
          let passedOn = year.routes.filter { $0.from == setting.setting }.reduce(0.0) {
            $0 + value($1.children)
          }
          let here = value(setting.demand) + value(setting.received)
          #expect(abs(value(setting.placed) + value(setting.waiting) + passedOn - here) < 1e-9)
          if value(setting.waiting) > 0 { waits += 1 }
          if value(setting.sparePlaces) > 0 { spares += 1 }
        }
      }
    }
    // The futures reach both sides of every rule.
    #expect(waits > 1_000 && spares > 1_000)
  }

  @Test("a future is the same whether it is run alone or among others")
  func alone() throws {
    let demands = [[410.0, 500], [470, 380], [430, 460]]
    func run(_ demand: (Int) -> Draws) throws -> [OverflowYear] {
      let capacity = try Make.capacity(Make.places("special", Draws(400)))
      var asked: [FinancialYear: [String: Draws]] = [:]
      for year in 0..<3 { asked[FinancialYear(2026 + year)] = ["special": demand(year)] }
      return try overflow([rule("special", [("independent", 0.3)], leaving: 0.1, back: 0.4)], capacity)
        .run(demand: asked)
    }
    let together = try run { Draws(demands[$0]) }
    for path in 0..<2 {
      let one = try run { Draws(demands[$0][path]) }
      for (left, right) in zip(together, one) {
        #expect(left.waiting[path] == right.waiting.knownValue)
        #expect(left["independent"]?.placed[path] == right["independent"]?.placed.knownValue)
      }
    }
  }

  // MARK: Refusals of rules

  private func refusal(_ rules: [OverflowRule], priced: Set<String> = prices, _ settings: String...) throws
    -> String
  {
    let capacity = try Capacity(
      service: "high-needs", settings: settings.map { try Make.places($0, Draws(10)) },
      horizon: Make.horizon())
    let error = #expect(throws: CommissioningError.self) { try overflow(rules, capacity, priced: priced) }
    return error?.description ?? ""
  }

  @Test("shares that do not sum to one are refused, unless the remainder is said to wait")
  func shares() throws {
    let short = rule("special", [("independent", 0.6)], waits: .share(Draws(0.3)))
    #expect(try refusal([short], "special").contains("its shares sum to 0.9"))
    let long = rule("special", [("independent", 0.6), ("mainstream", 0.5)])
    #expect(try refusal([long], "special").contains("its shares sum to 1.1, and 1 or less is needed"))
    let thirds = rule(
      "special", [("independent", 1.0 / 3), ("mainstream", 1.0 / 3)], waits: .share(Draws(1.0 / 3)))
    #expect(throws: Never.self) { try overflow([thirds], Make.capacity(Make.places("special", Draws(1)))) }
    let some = OverflowRule(
      from: "special", to: [.init(to: "independent", share: Draws([1, 0.9]))], leaving: Draws(0))
    #expect(try refusal([some], "special").contains("its shares sum to 0.9"))
  }

  @Test("parts outside 0 to 1 are refused by name", arguments: [-0.1, 1.1, .nan])
  func parts(_ value: Double) throws {
    #expect(
      try refusal([rule("special", [("independent", value)])], "special").contains("goes to \"independent\""))
    #expect(
      try refusal([rule("special", [], waits: .share(Draws(value)))], "special").contains(
        "the part that waits"))
    #expect(try refusal([rule("special", [], leaving: value)], "special").contains("leaves in a year"))
    #expect(
      try refusal([rule("special", [("independent", 1)], back: value)], "special").contains(
        "brought back from \"independent\""))
  }

  @Test("a route to a setting without a price is refused")
  func priced() throws {
    let text = try refusal([rule("special", [("independent", 1)])], priced: ["special", "units"], "special")
    #expect(text.contains("children go to \"independent\", which has no price"))
    #expect(text.contains("\"special\", \"units\""))
  }

  @Test("routes that lead in a circle are refused, with the circle")
  func circle() throws {
    let rules = [
      rule("units", [("special", 1)]), rule("special", [("mainstream", 0.5)]),
      rule("mainstream", [("special", 0.1)]),
    ]
    let text = try refusal(rules, "units", "special", "mainstream")
    #expect(
      text.contains("\"special\" to \"mainstream\" to \"special\"")
        || text.contains("\"mainstream\" to \"special\" to \"mainstream\""))
    #expect(
      try refusal([rule("special", [("special", 1)])], "special").contains("\"special\" to \"special\""))
  }

  @Test("a setting with a limit needs a rule, a rule needs a limit, and each is stated once")
  func complete() throws {
    #expect(try refusal([], "special").contains("no rule; say where children go"))
    #expect(try refusal([rule("special", [])]).contains("it is never full"))
    #expect(try refusal([rule("special", []), rule("special", [])], "special").contains("stated twice"))
    #expect(
      try refusal([rule("special", [("independent", 0.5), ("independent", 0.5)])], "special").contains(
        "named twice"))
  }

  // MARK: Refusals of runs

  private func runRefusal(
    _ demand: [FinancialYear: [String: Draws]], opening: [String: OverflowOpening] = [:]
  ) throws -> String {
    let capacity = try Make.capacity(Make.places("special", Draws([10, 20])))
    let overflow = try overflow([rule("special", [("independent", 1)])], capacity)
    let error = #expect(throws: CommissioningError.self) {
      try overflow.run(demand: demand, opening: opening)
    }
    return error?.description ?? ""
  }

  @Test("years with a gap, outside the horizon, or of other settings are refused")
  func years() throws {
    var gap = demand([["special": 1], ["special": 1], ["special": 1]])
    gap[FinancialYear(2027)] = nil
    #expect(try runRefusal(gap).contains("known for 2026/27 and then for 2028/29"))
    #expect(try runRefusal(demand([["special": 1]], from: 2031)).contains("2031/32 lies outside the days"))
    #expect(
      try runRefusal(demand([["special": 1], ["special": 1, "units": 2]])).contains(
        "demand for \"units\" is known in one of 2026/27 and 2027/28"))
  }

  @Test("demand that is missing, negative or of another run is refused")
  func demands() throws {
    let year = FinancialYear(2026)
    #expect(
      try runRefusal(demand([["independent": 1]])).contains("demand for \"special\" is not known in 2026/27"))
    #expect(try runRefusal(demand([["special": -1]])).contains("demand for \"special\" is -1"))
    #expect(try runRefusal([year: ["special": Draws([1, .nan])]]).contains("0 or more is needed"))
    #expect(try runRefusal([year: ["special": Draws([1, 2, 3])]]).contains("of 2 and 3 simulated futures"))
  }

  @Test("an adjustment of another run is refused")
  func adjustment() throws {
    let capacity = try Make.capacity(Make.places("special", Draws([10, 20])))
    let error = #expect(throws: CommissioningError.self) {
      try overflow([rule("special", [])], capacity).run(demand: demand([["special": 300]])) {
        (_, _, _) throws(CommissioningError) -> Draws in Draws([1, 2, 3])
      }
    }
    #expect(error?.description.contains("of 2 and 3") == true)
  }

  @Test("an opening that no rule explains is refused")
  func openings() throws {
    let asked = demand([["special": 1]])
    #expect(
      try runRefusal(asked, opening: ["independent": OverflowOpening(placed: Draws(1))]).contains(
        "that could be full"))
    #expect(
      try runRefusal(
        asked, opening: ["special": OverflowOpening(placed: Draws(1), elsewhere: ["units": Draws(1)])]
      )
      .contains("to \"units\", to which it has no route"))
    for opening in [
      OverflowOpening(placed: Draws(-1)), OverflowOpening(placed: Draws(1), waiting: Draws(-1)),
      OverflowOpening(placed: Draws(1), elsewhere: ["independent": Draws(-1)]),
    ] {
      #expect(try runRefusal(asked, opening: ["special": opening]).contains("begin with -1 children"))
    }
  }
}
