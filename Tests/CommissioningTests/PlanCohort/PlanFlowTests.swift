import Statistics
import Testing

@testable import Commissioning

/// Counts made up for these tests.
private func area(
  _ name: String, from year: Int = 2020, stock: [Double], requests: [Double], new: [Double], ceased: [Double]
) throws -> PlanCounts {
  func dated(_ values: [Double], _ first: Int) -> [Int: Double] {
    Dictionary(uniqueKeysWithValues: values.enumerated().map { (first + $0, $1) })
  }
  return try PlanCounts(
    area: name, stock: dated(stock, year), requests: dated(requests, year - 1), newPlans: dated(new, year),
    ceased: dated(ceased, year))
}

private func own() throws -> PlanCounts {
  try area(
    "Here", stock: [2000, 2120, 2260, 2380], requests: [380, 400, 430, 450], new: [260, 280, 300],
    ceased: [150, 160, 190])
}

private func neighbours() throws -> [PlanCounts] {
  [
    try area(
      "North", stock: [3000, 3150, 3320, 3500], requests: [600, 620, 640, 700], new: [400, 410, 430],
      ceased: [240, 250, 280]),
    try area(
      "South", stock: [1500, 1580, 1650, 1740], requests: [300, 310, 320, 330], new: [190, 180, 210],
      ceased: [130, 110, 120]),
    try area(
      "West", stock: [2500, 2660, 2800, 2990], requests: [480, 500, 510, 560], new: [330, 320, 350],
      ceased: [170, 190, 180]),
  ]
}

private func rates() throws -> PlanFlowRates {
  try PlanFlowRates.estimated(from: own(), comparators: neighbours(), service: "plans")
}

private func expectIdentity(_ flows: PlanFlows, paths: Int) throws {
  for (place, year) in flows.years.enumerated() {
    for path in 0..<paths {
      let opening = try #require(year.opening[path])
      let new = try #require(year.newPlans[path])
      let ceased = try #require(year.ceased[path])
      let rest = try #require(year.unexplained[path])
      let closing = try #require(year.closing[path])
      #expect(opening + new - ceased + rest == closing)
      #expect(closing >= 0 && new >= 0 && ceased >= 0)
      if place > 0 { #expect(flows.years[place - 1].closing[path] == opening) }
    }
  }
}

private func values(_ flows: PlanFlows, paths: Int) -> [Double?] {
  flows.years.flatMap { year in
    (0..<paths).flatMap { path in
      [
        year.opening[path], year.requests?[path], year.newPlans[path], year.ceased[path],
        year.unexplained[path],
        year.closing[path],
      ]
    }
  }
}

@Suite("Flows of plans from totals")
struct PlanFlowTests {
  // MARK: Forward

  @Test("opening + new - ceased + unexplained = closing in every future, in whole plans")
  func forwardIdentity() throws {
    let flows = try rates().forward(
      openingStock: Draws(2380), firstYear: 2023, requests: [Draws(460), Draws(480), Draws(500)],
      requestsBefore: Draws(450), paths: 500, seed: 3, service: "plans")
    try expectIdentity(flows, paths: 500)
    #expect(flows.years.map(\.year) == [2023, 2024, 2025])
    for path in 0..<500 {
      let stock = try #require(flows.stock(atJanuary: 2026)?[path])
      #expect(stock == stock.rounded())
    }
    #expect(flows.stock(atJanuary: 2023)?.mean == 2380)
    #expect(flows.stock(atJanuary: 2022) == nil && flows.stock(atJanuary: 2027) == nil)
    #expect(flows.notes.contains(PlanFlowRates.limits))
  }

  @Test("with rates that are all but certain, the mean and variance are those of counts alone")
  func forwardMoments() throws {
    let certain = { (mean: Double, kind: ShrunkRate.Kind) in
      ShrunkRate(
        kind: kind, centre: nil, strength: 0, yearlyStrength: nil,
        first: kind == .share ? mean * 1e12 : mean * 1e12,
        second: kind == .share ? (1 - mean) * 1e12 : 1e12, ownYears: 1, notes: [])
    }
    let rates = PlanFlowRates(
      yield: certain(0.6, .ratio), ceasing: certain(0.08, .share),
      unexplained: ShrunkBalance(mean: 0, standardDeviation: 0, yearlyScale: 0, notes: []), assessed: nil,
      issued: nil, sameYearShare: 0.5, notes: [])
    let paths = 20_000
    let flows = try rates.forward(
      openingStock: Draws(1000), firstYear: 2023, requests: [Draws(200), Draws(220)],
      requestsBefore: Draws(180), paths: paths, seed: 1, service: "x")
    let one = 1000 * 0.92 + 0.6 * 190
    let two = one * 0.92 + 0.6 * 210
    let varianceOne = 1000 * 0.08 * 0.92 + 0.6 * 190
    let varianceTwo = varianceOne * 0.92 * 0.92 + one * 0.08 * 0.92 + 0.6 * 210
    let closing = (0..<paths).compactMap { flows.years[1].closing[$0] }
    let mean = try DescriptiveStatistics.mean(closing)
    let variance = try DescriptiveStatistics.variance(closing)
    #expect(abs(mean - two) < 4 * (varianceTwo / Double(paths)).squareRoot())
    // The standard error of a variance of nearly normal values is its size times the root of 2/n.
    #expect(abs(variance / varianceTwo - 1) < 4 * (2 / Double(paths)).squareRoot())
  }

  @Test("the same seed gives the same futures, and another seed others")
  func seeds() throws {
    func run(_ seed: UInt64) throws -> [Double?] {
      values(
        try rates().forward(
          openingStock: Draws(2380), firstYear: 2023, requests: [Draws(460), Draws(480)],
          requestsBefore: Draws(450), paths: 50, seed: seed, service: "plans"), paths: 50)
    }
    #expect(try run(1) == run(1))
    #expect(try run(1) != run(2))
  }

  @Test("more plans than there are cannot move away, and the notes count the years")
  func emptied() throws {
    let leaving = PlanFlowRates(
      yield: try rates().yield, ceasing: try rates().ceasing,
      unexplained: ShrunkBalance(mean: -2, standardDeviation: 0, yearlyScale: 0, notes: []), assessed: nil,
      issued: nil, sameYearShare: 1, notes: [])
    let flows = try leaving.forward(
      openingStock: Draws(100), firstYear: 2023, requests: [Draws(10), Draws(10)], paths: 20, seed: 1,
      service: "x")
    try expectIdentity(flows, paths: 20)
    #expect(flows.years[0].closing.mean == 0)
    #expect(flows.notes.contains { $0.contains("simulated years more plans would have moved away") })
    let anchored = try leaving.anchored(
      stock: [Draws(100), Draws(90)], firstYear: 2023, requests: [Draws(10)], paths: 20, seed: 1, service: "x"
    )
    try expectIdentity(anchored, paths: 20)
    #expect(anchored.notes.contains { $0.hasPrefix("In 20 of 20 simulated years more plans") })
  }

  // MARK: Anchored

  @Test("a stock forecast on its own is kept, and its flows add up to it")
  func anchored() throws {
    let paths = 400
    var stream = RandomStream(seed: 9, name: "stock")
    let growth = (0..<paths).map { _ in 2380 * (1.05 + 0.02 * stream.normal()) }
    let stock = [Draws(2380), Draws(growth), Draws(growth.map { $0 * 1.04 })]
    let flows = try rates().anchored(
      stock: stock, firstYear: 2023, requestsBefore: Draws(450), paths: paths, seed: 4, service: "plans")
    try expectIdentity(flows, paths: paths)
    for path in 0..<paths {
      for step in 1...2 {
        let wanted = try #require(stock[step][path])
        let got = try #require(flows.stock(atJanuary: 2023 + step)?[path])
        #expect(abs(got / wanted - 1) < 1e-12)
      }
    }
    #expect(flows.years.allSatisfy { $0.requests != nil })
  }

  @Test("with requests, what the growth lacks is shared by variance: Poisson new plans, binomial ceasing")
  func conditioned() throws {
    let rates = PlanFlowRates(
      yield: try .stated(.ratio, mean: 0.6, strength: 1e12, service: "x", what: "yield"),
      ceasing: try .stated(.share, mean: 0.08, strength: 1e12, service: "x", what: "ceasing"),
      unexplained: .none,
      assessed: nil, issued: nil, sameYearShare: 1, notes: [])
    let paths = 4000
    // From rates alone 300 new plans less 160 ceased; the forecast stock grows by 200.
    let flows = try rates.anchored(
      stock: [Draws(2000), Draws(2200)], firstYear: 2023, requests: [Draws(500)], paths: paths, seed: 4,
      service: "x")
    let new = 300.0
    let ceased = 2000 * 0.08 * 0.92
    let error = 4 * (new * ceased / (new + ceased) / Double(paths)).squareRoot()
    // The parts are those of variances among 4,000 futures, each known to about 2 per cent.
    #expect(abs(flows.years[0].newPlans.mean - (300 + 60 * new / (new + ceased))) < error + 1)
    #expect(abs(flows.years[0].ceased.mean - (160 - 60 * ceased / (new + ceased))) < error + 1)
    #expect(abs(flows.years[0].closing.mean - 2200) < 1e-9)
    let spread = try DescriptiveStatistics.variance((0..<paths).compactMap { flows.years[0].newPlans[$0] })
    #expect(abs(spread / (new * ceased / (new + ceased)) - 1) < 0.1)
    try expectIdentity(flows, paths: paths)
  }

  @Test("where the stock falls by more than plans cease, there are no new plans and ceasing takes the rest")
  func floored() throws {
    let flows = try rates().anchored(
      stock: [Draws(2000), Draws(1000)], firstYear: 2023, requests: [Draws(400)], requestsBefore: Draws(400),
      paths: 100, seed: 4, service: "plans")
    try expectIdentity(flows, paths: 100)
    #expect(flows.years[0].newPlans.mean == 0)
    #expect(flows.years[0].closing.mean == 1000)
    #expect(flows.notes.contains { $0.hasPrefix("In 100 per cent of the simulated years the stock fell") })
  }

  @Test("without requests anywhere the flows stand, and say that requests are not known")
  func withoutRequests() throws {
    let counts = try area(
      "Here", stock: [2000, 2100, 2200], requests: [], new: [250, 260], ceased: [150, 155])
    let rates = try PlanFlowRates.estimated(from: counts, comparators: [], service: "plans")
    #expect(rates.yield == nil)
    let flows = try rates.anchored(
      stock: [Draws(2200), Draws(2300)], firstYear: 2022, paths: 10, seed: 1, service: "plans")
    #expect(flows.years[0].requests == nil)
    try expectIdentity(flows, paths: 10)
    #expect(throws: CommissioningError.self) {
      try flows.adjusted(
        by: [2022: FlowAdjustment(requests: FlowLever(factor: Draws(0.9)))], service: "plans")
    }
    #expect(throws: CommissioningError.self) {
      try rates.forward(
        openingStock: Draws(1), firstYear: 2022, requests: [Draws(1)], paths: 1, seed: 1, service: "plans")
    }
  }

  // MARK: Refusals

  @Test("counts that cannot be are refused with the year and what would do")
  func refusedCounts() throws {
    #expect(throws: CommissioningError.self) { try PlanCounts(area: "x", stock: [2020: -1]) }
    #expect(throws: CommissioningError.self) {
      try PlanCounts(area: "x", stock: [2020: 1], requests: [2020: .nan])
    }
    #expect(throws: CommissioningError.self) {
      try PlanCounts(area: "x", stock: [:], issued: [2024: PlanDecisions(yes: 3, decided: 2)])
    }
    #expect(throws: CommissioningError.self) {
      try PlanCounts(area: "x", stock: [:], assessed: [2024: PlanDecisions(yes: 0, decided: 0)])
    }
    #expect(throws: CommissioningError.self) {
      try PlanFlowRates.estimated(from: own(), comparators: [], sameYearShare: 0, service: "p")
    }
    #expect(throws: CommissioningError.self) {
      try PlanFlowRates.estimated(
        from: PlanCounts(area: "x", stock: [2020: 5]), comparators: [], service: "p")
    }
  }

  @Test("a year whose counts contradict each other is named and left out")
  func contradictions() throws {
    let ceased = try PlanCounts(
      area: "There", stock: [2020: 10, 2021: 5], newPlans: [2020: 0], ceased: [2020: 11])
    let new = try PlanCounts(
      area: "There", stock: [2020: 3734, 2021: 3898], requests: [2019: 900, 2020: 981],
      newPlans: [2020: 6078],
      ceased: [2020: 285])
    for counts in [ceased, new] {
      let text = try #require(counts.contradiction(in: 2020))
      let with = try PlanFlowRates.estimated(from: own(), comparators: neighbours() + [counts], service: "p")
      #expect(with.notes.contains(text + ": the flows of the year are left out."))
      let without = try rates()
      #expect(with.yield == without.yield)
      #expect(with.ceasing == without.ceasing)
      #expect(with.unexplained == without.unexplained)
    }
    #expect(try own().contradiction(in: 2020) == nil)
    #expect(try own().contradiction(in: 1999) == nil)
  }

  @Test("draws that do not belong together, or are no counts, are refused")
  func refusedDraws() throws {
    let rates = try rates()
    func forward(_ stock: Draws, _ requests: [Draws], before: Draws? = Draws(1), paths: Int = 2) throws {
      _ = try rates.forward(
        openingStock: stock, firstYear: 2023, requests: requests, requestsBefore: before, paths: paths,
        seed: 1,
        service: "p")
    }
    try forward(Draws(10), [Draws(3)])
    #expect(throws: CommissioningError.self) { try forward(Draws(-1), [Draws(3)]) }
    #expect(throws: CommissioningError.self) { try forward(Draws(1), [Draws([3, -1])]) }
    #expect(throws: CommissioningError.self) { try forward(Draws(1), [Draws([3, 4, 5])]) }
    #expect(throws: CommissioningError.self) { try forward(Draws(1), [Draws(.nan)]) }
    #expect(throws: CommissioningError.self) { try forward(Draws(1), []) }
    #expect(throws: CommissioningError.self) { try forward(Draws(1), [Draws(1)], paths: 0) }
    #expect(throws: CommissioningError.self) { try forward(Draws(1), [Draws(1)], before: nil) }
    func anchored(_ stock: [Draws], _ requests: [Draws]?, year: Int = 2023) throws {
      _ = try rates.anchored(
        stock: stock, firstYear: year, requests: requests, requestsBefore: Draws(1), paths: 2, seed: 1,
        service: "p")
    }
    #expect(throws: CommissioningError.self) { try anchored([Draws(1)], nil) }
    #expect(throws: CommissioningError.self) { try anchored([Draws(1), Draws(-2)], nil) }
    #expect(throws: CommissioningError.self) { try anchored([Draws(1), Draws(2)], []) }
    #expect(throws: CommissioningError.self) { try anchored([Draws(1), Draws(2)], nil, year: 99999) }
  }
}

@Suite("Levers on flows of plans")
struct FlowLeverTests {
  private func base(paths: Int = 300) throws -> PlanFlows {
    try rates().forward(
      openingStock: Draws(2380), firstYear: 2023, requests: [460, 480, 500, 520].map { Draws($0) },
      requestsBefore: Draws(450), paths: paths, seed: 3, service: "plans")
  }

  @Test("no change gives the baseline back to the bit")
  func unchanged() throws {
    let base = try base()
    let same = try base.adjusted(by: [2024: FlowAdjustment()], service: "plans")
    #expect(values(same, paths: 300) == values(base, paths: 300))
    #expect(same.notes == base.notes)
  }

  @Test(
    "a tenth fewer requests lowers the stock by the plans they would have become, less those that had ceased")
  func fewerRequests() throws {
    let base = try base()
    let lever = FlowAdjustment(requests: FlowLever(factor: Draws(0.9)))
    let less = try base.adjusted(by: [2023: lever, 2024: lever, 2025: lever, 2026: lever], service: "plans")
    try expectIdentity(less, paths: 300)
    let w = base.sameYearShare
    for path in 0..<300 {
      var gap = 0.0
      for (before, after) in zip(base.years, less.years) {
        let opening = try #require(before.opening[path])
        let stay =
          1 - (try #require(before.ceased[path])) / opening + (try #require(before.unexplained[path]))
          / opening
        let new = try #require(before.newPlans[path])
        let now = try #require(before.requests?[path])
        let earlier = before.year == 2023 ? 450 : try #require(base.years[before.year - 2024].requests?[path])
        // In the first year the requests of the year before are as they were.
        let lost = before.year == 2023 ? 0.1 * w * now / (w * now + (1 - w) * earlier) : 0.1
        gap = gap * stay + new * lost
        let difference = (try #require(before.closing[path])) - (try #require(after.closing[path]))
        #expect(abs(difference - gap) < 1e-8)
        #expect(gap > 0)
      }
    }
  }

  @Test("a change of growth lasts, and a change of one year does not")
  func growth() throws {
    let base = try base(paths: 5)
    let lower = try base.adjusted(
      by: [2024: FlowAdjustment(requestsGrowth: FlowLever(addition: Draws(-0.1)))], service: "plans")
    let once = try base.adjusted(
      by: [2024: FlowAdjustment(requests: FlowLever(addition: Draws(-46)))], service: "plans")
    func requests(_ flows: PlanFlows, _ step: Int) throws -> Double {
      try #require(flows.years[step].requests?[2])
    }
    #expect(abs(try requests(lower, 1) - (480 - 46)) < 1e-9)
    #expect(abs(try requests(lower, 3) - 520 * (434.0 / 480)) < 1e-9)
    #expect(try requests(once, 1) == 434)
    #expect(try requests(once, 3) == 520)
  }

  @Test("ceasing, transfers, yield and shares of decisions each move what they name")
  func eachLever() throws {
    let known = try PlanCounts(
      area: "Here", stock: try own().stock, requests: try own().requests, newPlans: try own().newPlans,
      ceased: try own().ceased, assessed: [2022: PlanDecisions(yes: 60, decided: 100)],
      issued: [2022: PlanDecisions(yes: 90, decided: 100)])
    let rates = try PlanFlowRates.estimated(from: known, comparators: neighbours(), service: "plans")
    let base = try rates.forward(
      openingStock: Draws(2380), firstYear: 2023, requests: [Draws(460), Draws(480)],
      requestsBefore: Draws(450), paths: 50, seed: 3, service: "plans")
    func first(_ change: FlowAdjustment) throws -> PlanFlows.Year {
      let flows = try base.adjusted(by: [2023: change], service: "plans")
      try expectIdentity(flows, paths: 50)
      return flows.years[0]
    }
    let was = base.years[0]
    let ceasing = try first(FlowAdjustment(ceasing: FlowLever(factor: Draws(2))))
    let moving = try first(FlowAdjustment(transfers: FlowLever(addition: Draws(25))))
    let yield = try first(FlowAdjustment(yield: FlowLever(factor: Draws(0.5), addition: Draws(0.1))))
    let assess = try first(FlowAdjustment(assessedShare: FlowLever(factor: Draws(0.8))))
    let issue = try first(FlowAdjustment(issuedShare: FlowLever(factor: Draws(0.5))))
    let w = rates.sameYearShare
    for path in 0..<50 {
      let new = try #require(was.newPlans[path])
      #expect(abs((try #require(ceasing.ceased[path])) - 2 * (try #require(was.ceased[path]))) < 1e-9)
      #expect((try #require(moving.unexplained[path])) == (try #require(was.unexplained[path])) + 25)
      let behind = w * 460 + (1 - w) * 450
      #expect(abs((try #require(yield.newPlans[path])) - (new * 0.5 + 0.1 * behind)) < 1e-9)
      #expect(abs((try #require(assess.newPlans[path])) - 0.8 * new) < 1e-9)
      #expect(abs((try #require(issue.newPlans[path])) - 0.5 * new) < 1e-9)
      #expect((try #require(assess.assessedShare?[path])) < (try #require(was.assessedShare?[path])))
    }
    // Twice an assessed share near 0.6 is above 1 on average, and 1.55 times only in some futures.
    #expect(throws: CommissioningError.self) {
      try first(FlowAdjustment(assessedShare: FlowLever(factor: Draws(2))))
    }
    #expect(throws: CommissioningError.self) {
      try first(FlowAdjustment(ceasing: FlowLever(addition: Draws(-0.5))))
    }
    let some = try base.adjusted(
      by: [2023: FlowAdjustment(issuedShare: FlowLever(factor: Draws(1.08)))], service: "plans")
    #expect(some.notes.contains { $0.contains("a changed share would have left 0 to 1") })
  }

  @Test("what a change would take below zero is none, and is counted")
  func belowZero() throws {
    let base = try base(paths: 4)
    func notes(_ change: FlowAdjustment) throws -> [String] {
      let flows = try base.adjusted(by: [2023: change], service: "plans")
      try expectIdentity(flows, paths: 4)
      return flows.notes
    }
    #expect(
      try notes(FlowAdjustment(requests: FlowLever(addition: Draws(-9999)))).contains {
        $0.hasPrefix("In 4 of 16 simulated years changed requests")
      })
    #expect(
      try notes(FlowAdjustment(yield: FlowLever(addition: Draws(-9)))).contains {
        $0.contains("changed new plans would have been below zero")
      })
    #expect(
      try notes(FlowAdjustment(transfers: FlowLever(addition: Draws(-9999)))).contains {
        $0.contains("the changed stock would have been below zero")
      })
    // Growth of less than minus everything leaves none.
    let gone = try base.adjusted(
      by: [2023: FlowAdjustment(requestsGrowth: FlowLever(addition: Draws(-3)))], service: "plans")
    #expect(gone.years[3].requests?.mean == 0)
  }

  @Test("a change to a year outside the flows, a negative factor or other draws are refused")
  func refused() throws {
    let base = try base(paths: 4)
    func refuse(_ year: Int, _ change: FlowAdjustment) {
      #expect(throws: CommissioningError.self) { try base.adjusted(by: [year: change], service: "plans") }
    }
    refuse(2022, FlowAdjustment())
    refuse(2023, FlowAdjustment(requests: FlowLever(factor: Draws(-1))))
    refuse(2023, FlowAdjustment(requests: FlowLever(factor: Draws([1, 2]))))
    refuse(2023, FlowAdjustment(assessedShare: FlowLever(factor: Draws(0.5))))
  }
}
