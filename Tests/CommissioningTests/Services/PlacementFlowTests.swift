import Testing
import TimeSeries

@testable import Commissioning

/// Children looked after with those who start and those who cease, by financial year.
@Suite("The flows behind the number of children looked after")
struct PlacementFlowTests {
  private static let names = Placements.FlowEvidence(starts: "starts", ceased: "ceased")

  /// Around 100 children at every 31 March from 2013 to 2022; 40 start in a year and about as many cease.
  private func plan(_ flows: Placements.FlowEvidence? = names, levers: [Lever] = []) throws -> InventedPlan {
    var plan = try InventedPlan.placements(flows: flows)
    plan.replace(
      try Invented.census("children", 3, 31, from: 2013, [96, 99, 97, 101, 98, 102, 99, 103, 100, 104]))
    plan.replace(try Invented.census("people", 6, 30, from: 2011, Array(repeating: 20_000, count: 12)))
    plan.asOf = Invented.date(2022, 12, 31)
    plan.years = FinancialYear(2020)...FinancialYear(2026)
    plan.levers = levers
    plan.series += [
      try Invented.yearly("starts", .count, from: 2013, [40, 38, 44, 37, 43, 40, 42, 36, 41]),
      try Invented.yearly("ceased", .count, from: 2013, [37, 41, 39, 40, 38, 44, 37, 40, 38]),
    ]
    return plan
  }

  private func lever(
    _ name: String, _ operation: Lever.Operation, _ value: Double, from: Int = 2023, until: Int? = nil
  ) throws -> Lever {
    try Lever(
      flow: Flow(service: "looked-after", name: name), operation: operation, value: .fixed(value),
      from: FinancialYear(from), until: until.map { FinancialYear($0) })
  }

  private func service(_ plan: InventedPlan) throws -> ServicePaths {
    let paths = try plan.paths()
    return try #require(paths.services.first, "\(paths.refusals)")
  }

  private func year(_ start: Int, _ plan: InventedPlan) throws -> ServiceYear {
    try #require(try service(plan).years.first { $0.year == FinancialYear(start) })
  }

  private func values(_ draws: Draws?, _ count: Int = 64) throws -> [Double] {
    let draws = try #require(draws)
    return try (0..<count).map { try #require(draws[$0]) }
  }

  private func flow(_ id: String, _ year: ServiceYear) throws -> [Double] {
    try values(try #require(year.flows.first { $0.id == id }, "\(id) in \(year.year)").draws)
  }

  private func line(_ id: String, _ year: ServiceYear) throws -> [Double] {
    try values(try #require(year.lines.first { $0.id == id }, "\(id) in \(year.year)").amount)
  }

  private func near(_ left: Double, _ right: Double, within relative: Double = 1e-9) -> Bool {
    abs(left - right) <= relative * max(1, abs(right))
  }

  @Test(
    "opening, starts, ceased and the rest make the closing number in every future, with and without levers")
  func identity() throws {
    for levers in [
      [], [try lever("entries", .multiply, 0.5)],
      [try lever("exits", .growth, 0.1), try lever("entries", .add, 12), try lever("unexplained", .add, -3)],
    ] {
      var before: [Double]?
      for year in try service(try plan(levers: levers)).years where year.year >= FinancialYear(2022) {
        let opening = try flow("opening", year)
        let closing = try flow("closing", year)
        let (starts, ceased) = (try flow("starts", year), try flow("ceased", year))
        let rest = try flow("unexplained", year)
        for path in 0..<64 {
          #expect(near(opening[path] + starts[path] + ceased[path] + rest[path], closing[path]))
          #expect(starts[path] >= 0 && ceased[path] <= 0 && closing[path] >= 0)
        }
        if let before { #expect(before == opening) }
        before = closing
      }
    }
  }

  @Test("the closing number is the one that the need of the service is the average of")
  func need() throws {
    let service = try service(try plan(levers: [try lever("entries", .multiply, 0.7)]))
    for year in service.years where year.year >= FinancialYear(2022) {
      let (need, opening, closing) = (
        try values(year.need), try flow("opening", year), try flow("closing", year)
      )
      for path in 0..<64 { #expect(near(need[path], (opening[path] + closing[path]) / 2)) }
    }
    #expect(service.flowSpan == "March to March")
  }

  @Test("published flows are shown with what they leave unexplained")
  func published() throws {
    let year = try year(2021, try plan())
    #expect(year.flows.map(\.id) == ["opening", "starts", "ceased", "unexplained", "closing"])
    #expect(year.flows.map { $0.draws.knownValue } == [100, 41, -38, 1, 104])
    var bare = try plan()
    bare.replace(try Invented.yearly("ceased", .count, from: 2013, [37, 41, 39, 40]))
    let without = try self.year(2021, bare)
    // Nothing says how many ceased: with the rest it is 63 fewer.
    #expect(without.flows.map(\.id) == ["opening", "starts", "unexplained", "closing"])
    #expect(without.flows.map { $0.draws.knownValue } == [100, 41, -37, 104])
    bare.replace(try Invented.yearly("starts", .count, from: 2013, [40, 38]))
    #expect(try self.year(2021, bare).flows.isEmpty)
  }

  @Test("without levers children and spending are the forecast's own, to the last bit")
  func unchanged() throws {
    let (with, without) = (try service(try plan()), try service(try plan(nil)))
    #expect(without.years.allSatisfy { $0.flows.isEmpty })
    // A change in 2025 leaves the years before it to the bit as well.
    let later = try service(try plan(levers: [try lever("entries", .add, 10, from: 2025)]))
    for (index, year) in without.years.enumerated() {
      #expect(try values(with.years[index].need) == values(year.need))
      #expect(try values(with.years[index].spend) == values(year.spend))
      let isBefore = year.year < FinancialYear(2025)
      #expect(try (values(later.years[index].need) == values(year.need)) == isBefore)
    }
  }

  @Test("ten more who start are at risk of leaving for half the year, and for whole years after it")
  func entries() throws {
    let base = try service(try plan()).years
    let more = try service(try plan(levers: [try lever("entries", .add, 10, until: 2023)])).years
    var extra = [Double](repeating: 0, count: 64)
    for (before, after) in zip(base, more) where before.year >= FinancialYear(2023) {
      let added = before.year == FinancialYear(2023) ? 10.0 : 0
      let (opening, closing) = (try flow("opening", before), try flow("closing", before))
      let (ceased, rest) = (try flow("ceased", before), try flow("unexplained", before))
      let (starts, newStarts) = (try flow("starts", before), try flow("starts", after))
      let changed = try flow("closing", after)
      for path in 0..<64 {
        #expect(near(newStarts[path], starts[path] + added))
        let half = -ceased[path] / (opening[path] + closing[path])
        extra[path] = (extra[path] * (1 - half + rest[path] / opening[path]) + added) / (1 + half)
        #expect(near(changed[path] - closing[path], extra[path], within: 1e-8))
      }
    }
    // A hazard of about 0.4 leaves eight of the ten at the end of the year, and fewer than three after three more.
    #expect((0.5...4).contains(extra.reduce(0, +) / 64))
  }

  @Test("the hazard of leaving acts on those who are there: halved, fewer leave and the number grows")
  func exits() throws {
    let base = try year(2023, try plan())
    let half = try year(2023, try plan(levers: [try lever("exits", .multiply, 0.5)]))
    func hazards(_ year: ServiceYear) throws -> [Double] {
      let (opening, closing) = (try flow("opening", year), try flow("closing", year))
      return try flow("ceased", year).enumerated().map {
        -$0.element * 2 / (opening[$0.offset] + closing[$0.offset])
      }
    }
    for (before, after) in zip(try hazards(base), try hazards(half)) { #expect(near(after, before / 2)) }
    let stated = try year(2023, try plan(levers: [try lever("exits", .set, 0.25)]))
    for hazard in try hazards(stated) { #expect(near(hazard, 0.25)) }
    let (left, right) = (try flow("closing", base), try flow("closing", half))
    #expect(zip(left, right).allSatisfy { $0 <= $1 })
  }

  @Test("what moves the number of children moves spending by the whole cost of a child")
  func spending() throws {
    let base = try year(2025, try plan())
    let fewer = try year(2025, try plan(levers: [try lever("entries", .multiply, 0.6)]))
    let (need, newNeed) = (try values(base.need), try values(fewer.need))
    let (spend, newSpend) = (try values(base.spend), try values(fewer.spend))
    for path in 0..<64 {
      #expect(newNeed[path] < need[path])
      #expect(near(newSpend[path] / spend[path], newNeed[path] / need[path]))
    }
  }

  @Test("a price moves its own line and the total by as much, and leaves the rest as it was")
  func prices() throws {
    let base = try year(2025, try plan())
    let one = try year(2025, try plan(levers: [try lever("price.homes", .multiply, 1.1)]))
    let all = try year(2025, try plan(levers: [try lever("price", .add, 100)]))
    let (homes, foster, other) = (
      try line("homes", base), try line("foster", base), try line("other-looked-after-spending", base)
    )
    #expect(try line("foster", one) == foster)
    for path in 0..<64 {
      #expect(near(try line("homes", one)[path], homes[path] * 1.1))
      #expect(near(try line("other-looked-after-spending", one)[path], other[path], within: 1e-8))
      #expect(near(try values(one.spend)[path], try values(base.spend)[path] + homes[path] * 0.1))
      // 100 pounds a week on 1,000 and on 5,000.
      #expect(near(try line("homes", all)[path], homes[path] * 1.02))
      #expect(near(try line("foster", all)[path], foster[path] * 1.1))
    }
  }

  @Test(
    "a share that is changed leaves the others what is left, in proportion, and the total follows the prices")
  func shares() throws {
    let base = try year(2025, try plan())
    // 60, 20 and 10 per cent with 10 left over: at 40 per cent in foster care the others have 60 of 40 before.
    let fewer = try year(2025, try plan(levers: [try lever("share.foster", .set, 0.4)]))
    for path in 0..<64 {
      #expect(near(try values(fewer.demand)[path], try values(base.demand)[path] * 2 / 3))
      #expect(near(try line("foster", fewer)[path], try line("foster", base)[path] * 2 / 3))
      #expect(near(try line("homes", fewer)[path], try line("homes", base)[path] * 1.5))
      let moved =
        try line("homes", base)[path] * 0.5 - (try line("foster", base)[path]) / 3
      #expect(near(try values(fewer.spend)[path], try values(base.spend)[path] + moved))
    }
    let whole = try year(
      2025, try plan(levers: [try lever("share.foster", .set, 0.7), try lever("share.homes", .set, 0.3)]))
    #expect(try values(whole.lines.first { $0.id == "homes" }?.units) == values(whole.need).map { $0 * 0.3 })
  }

  @Test("what cannot be is refused and not cut")
  func refusals() throws {
    for (levers, words) in [
      ([try lever("share.homes", .set, 1.5)], "\"share.homes\" becomes 1.5"),
      (
        [try lever("share.homes", .set, 0.5), try lever("share.foster", .set, 0.6)],
        "the changed shares of placements leave -0.1"
      ),
      ([try lever("exits", .set, 3)], "\"exits\" become 3 a child-year on average in 2023/24"),
      ([try lever("exits", .add, -1)], "from 0 to 2 are possible"),
      ([try lever("entries", .add, -500)], "\"entries\" become -4"),
      ([try lever("price", .add, -2000)], "\"price.foster\" becomes -1,000 in 2023/24"),
      (
        [try lever("entry", .multiply, 0.5)], "its flows are entries, exits, unexplained, price, price.foster"
      ),
    ] {
      let reason = try plan(levers: levers).refusal()
      #expect(reason.contains(words), "\(reason)")
    }
    #expect(
      try plan(nil, levers: [try lever("entries", .add, 1)]).refusal().contains("\"entries\" is changed"))
  }

  @Test("in single futures a flow is held at its end, and the notes say how often")
  func held() throws {
    let emptied = try plan(levers: [try lever("unexplained", .set, -400)])
    #expect(try values(try year(2024, emptied).flows.last?.draws).allSatisfy { $0 == 0 })
    #expect(
      try service(emptied).notes.contains { $0.contains("fewer than no children would have been left") })
    let few = try plan(levers: [try lever("entries", .add, -33)])
    #expect(try service(few).notes.contains { $0.contains("changed starts would have been below zero") })
    let stuck = try plan(levers: [try lever("exits", .add, -0.33)])
    #expect(
      try service(stuck).notes.contains { $0.contains("a changed hazard of leaving would have left 0 to 2") })
    for name in ["entries", "exits"] {
      let ids = ["entries": "starts", "exits": "ceased"]
      let year = try year(2025, name == "entries" ? few : stuck)
      #expect(try flow(ids[name] ?? "", year).contains { $0 == 0 })
    }
  }

  @Test("measures save pounds on a line and cost what they cost, and the lines still sum to the spending")
  func measures() throws {
    var plan = try plan()
    let years = FinancialYear(2023)...FinancialYear(2026)
    func register(_ saved: Double) throws -> MitigationRegister {
      try MitigationRegister(
        measures: [
          Mitigation(
            id: "homes", name: "Block contract", owner: "Head of placements", evidence: "a tender",
            status: .planned, start: Invented.date(2024, 4, 1), probability: 1,
            effects: [
              MitigationEffect(
                .save(service: "looked-after", line: "homes"), size: .fixed(saved))
            ],
            cost: Mitigation.Cost(
              oneOff: .fixed(50_000), recurring: .fixed(20_000), service: "looked-after"))
        ], years: years, lines: [:])
    }
    plan.mitigations = try register(300_000)
    let before = try year(2025, plan)
    plan.mitigationMode = .certain
    let after = try year(2025, plan)
    for path in 0..<64 {
      #expect(try line("savings", after)[path] == -300_000)
      #expect(try line("measures", after)[path] == 20_000)
      #expect(near(try values(after.spend)[path], try values(before.spend)[path] - 280_000))
      let sum = try after.lines.filter { $0.part == .spend }.reduce(0.0) { try $0 + values($1.amount)[path] }
      #expect(near(sum, try values(after.spend)[path]))
      #expect(near(try values(after.inYearBalance)[path], try values(before.inYearBalance)[path] + 280_000))
    }
    plan.mitigations = try register(900_000_000)
    #expect(try plan.refusal().contains("more on the line \"homes\""))
  }

  @Test("a measure acts on the flows as a lever does")
  func measureOnFlow() throws {
    var measured = try plan()
    measured.mitigations = try MitigationRegister(
      measures: [
        Mitigation(
          id: "edge", name: "Edge of care", owner: "Head of service", evidence: "a pilot", status: .planned,
          start: Invented.date(2023, 4, 1), probability: 1,
          effects: [
            MitigationEffect(.multiply(Flow(service: "looked-after", name: "entries")), size: .fixed(0.9))
          ])
      ], years: FinancialYear(2023)...FinancialYear(2026), lines: [:])
    measured.mitigationMode = .certain
    let lever = try plan(levers: [try lever("entries", .multiply, 0.9)])
    for (left, right) in zip(try values(year(2026, measured).need), try values(year(2026, lever).need)) {
      #expect(near(left, right))
    }
  }

  @Test("a flow says which lines it moves, so that no saving is counted beside it")
  func movedLines() throws {
    let service = try #require(try plan().services.first)
    let other = "other-looked-after-spending"
    #expect(service.lines(movedBy: "entries") == ["foster", "homes", other])
    #expect(service.lines(movedBy: "share.parents") == ["foster", "homes"])
    #expect(service.lines(movedBy: "price") == ["foster", "homes"])
    #expect(service.lines(movedBy: "price.homes") == ["homes"])
    #expect(
      service.flows.map(\.id) == [
        "entries", "exits", "unexplained", "price", "price.foster", "price.homes", "share.foster",
        "share.homes",
        "share.parents",
      ])
  }

  @Test("where nobody has published who starts or ceases, a note says that the flows are not known")
  func unpublished() throws {
    for (id, word) in [("starts", "start"), ("ceased", "cease")] {
      var plan = try plan()
      plan.remove(id)
      #expect(
        try plan.notes().contains {
          $0.hasPrefix("No children who \(word) to be looked after had been published")
        })
      #expect(try service(plan).years.allSatisfy { $0.flows.isEmpty })
    }
  }

  @Test("an area without flows of its own has those of other areas, and one with few is drawn towards them")
  func comparators() throws {
    var plan = try plan()
    plan.draws = 400
    func mean() throws -> Double {
      let flows = try year(2023, plan).flows
      return try #require(flows.first { $0.id == "starts" }).draws.mean
    }
    let own = try mean()
    for other in ["Felpersham", "Penny Hassett", "Loxley Barrett"] {
      for (id, month, values) in [
        ("children", 3, [300.0, 306, 298, 303, 301]),
        ("people", 6, [20_000, 20_000, 20_000, 20_000, 20_000]),
      ] {
        plan.series.append(
          try Invented.series(
            id, .count,
            values.enumerated().map {
              (.censusDate(Invented.date(2018 + $0.offset, month, month == 3 ? 31 : 30)), $0.element)
            }, area: other))
      }
      for (id, values) in [("starts", [121.0, 118, 123, 119]), ("ceased", [120, 122, 117, 121])] {
        plan.series.append(
          try Invented.series(
            id, .count, values.enumerated().map { (.financialYear(2018 + $0.offset), $0.element) },
            area: other))
      }
    }
    let many = try mean()
    plan.remove("starts")
    plan.remove("ceased")
    for other in ["Felpersham", "Penny Hassett", "Loxley Barrett"] {
      for (id, values) in [("starts", [121.0, 118, 123, 119]), ("ceased", [120, 122, 117, 121])] {
        plan.series.append(
          try Invented.series(
            id, .count, values.enumerated().map { (.financialYear(2018 + $0.offset), $0.element) },
            area: other))
      }
    }
    let borrowed = try mean()
    // The others have three times as many who start, and agree with each other: nine years of its own move part of the
    // way, and without any theirs are all there is.
    #expect((30...50).contains(own))
    #expect(own < many && many < borrowed)
    #expect(borrowed > 60)
  }

  @Test("a year whose counts contradict each other is left out and named")
  func contradiction() throws {
    var plan = try plan()
    plan.replace(try Invented.yearly("ceased", .count, from: 2013, [37, 41, 390, 40, 38, 44, 37, 40, 38]))
    #expect(
      try plan.notes().contains {
        $0.hasPrefix(
          "390 children of Ambridge ceased to be looked after in 2015/16, and there were no more than 141")
      })
  }

  @Test("the same seed gives the same bytes on any number of threads")
  func threads() throws {
    var plan = try plan(levers: [try lever("entries", .multiply, 0.8)])
    let one = try flow("closing", try year(2026, plan))
    for jobs in [2, 16] {
      plan.jobs = jobs
      #expect(try flow("closing", try year(2026, plan)) == one)
    }
    plan.seed = 2
    #expect(try flow("closing", try year(2026, plan)) != one)
  }
}
