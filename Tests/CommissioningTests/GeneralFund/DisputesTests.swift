import Testing
import TimeSeries

@testable import Commissioning

@Suite("Disputes as flows")
struct DisputesTests {
  typealias S = FundSample
  static let years = S.year(2025)...S.year(2027)
  static let count = 20_000

  static func route(
    _ decision: Disputes.Decision, inYear: CountedShare? = nil, issued: CountedShare? = nil,
    part: Draws? = nil,
    outstanding: Double = 5
  ) throws -> Disputes.Route {
    Disputes.Route(
      decision: decision, appealRate: try S.share(12, 600, 0.02, worth: 20),
      resolvedInYear: try inYear ?? S.share(40, 100), withdrawn: try S.share(10, 100),
      settled: try S.share(70, 100), settledForFamily: try S.share(80, 100), upheld: try S.share(96, 100),
      issued: issued, firstYear: part, outstanding: outstanding)
  }

  static func all() throws -> Disputes {
    try Disputes(
      routes: [
        route(.refusalToAssess, issued: S.share(90, 100)), route(.refusalToIssue),
        route(.placement, part: Draws(0.5)),
      ],
      costs: Dictionary(
        uniqueKeysWithValues: (2025...2027).map {
          (
            S.year($0),
            .init(
              settled: Draws(1_250.5), heard: Draws(4_000), dearerSetting: Draws(Double($0 - 2022) * 10_000))
          )
        }))
  }

  static func decisions(_ number: Draws = Draws(1000)) -> [Disputes.Decision: [FinancialYear: Draws]] {
    let byYear = Dictionary(uniqueKeysWithValues: (2025...2027).map { (S.year($0), number) })
    return [.refusalToAssess: byYear, .refusalToIssue: byYear, .placement: byYear]
  }

  @Test("appeals have the moments of a beta-binomial: counts of 12 in 600 with a comparator of 2% worth 20")
  func moments() throws {
    let year = try #require(
      try Self.all().years(Self.years, decisions: Self.decisions(), draws: Self.count, seed: 3).first)
    let lodged = S.values(year.flows[0].lodged, Self.count)
    let mean = lodged.reduce(0, +) / Double(Self.count)
    let variance = lodged.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(Self.count - 1)
    // scipy 1.x: betabinom(1000, 12.4, 607.6) has mean 20 and variance 51.1304.
    #expect(abs(mean - 20) < 4 * (51.1304 / Double(Self.count)).squareRoot())
    #expect(abs(variance / 51.1304 - 1) < 0.05)
    // Five outstanding and 40% of 20: 13 resolved, a tenth withdrawn, of the rest 70% settled and 80% of those for the
    // family, of those heard 96% upheld: 13 x 0.9 x (0.56 + 0.288).
    #expect(abs(year.flows[0].resolved.mean - 13) < 0.15)
    #expect(abs(year.flows[0].allowed.mean - 13 * 0.9 * 0.848) < 0.15)
    #expect(abs(year.addedAssessments.mean - 13 * 0.9 * 0.848) < 0.15)
    #expect(abs(year.addedPlans.mean - 13 * 0.9 * 0.848 * 1.9) < 0.3)
    #expect(abs(year.movedToDearer.mean - 13 * 0.9 * 0.848) < 0.15)
  }

  @Test(
    "in every future what is outstanding, lodged and resolved balances, and the resolved are withdrawn, settled or heard"
  )
  func identities() throws {
    let years = try Self.all().years(Self.years, decisions: Self.decisions(), draws: 100, seed: 3)
    for route in 0..<3 {
      var before = [Double](repeating: 5, count: 100)
      for year in years {
        let flow = year.flows[route]
        for path in 0..<100 {
          func at(_ draws: Draws) -> Double { draws[path] ?? .nan }
          #expect(at(flow.outstanding) == before[path] + at(flow.lodged) - at(flow.resolved))
          #expect(at(flow.resolved) == at(flow.withdrawn) + at(flow.settled) + at(flow.heard))
          #expect(at(flow.upheld) <= at(flow.heard))
          #expect(at(flow.allowed) <= at(flow.upheld) + at(flow.settled))
          #expect(at(flow.plansFromAssessments) <= (route == 0 ? at(flow.allowed) : 0))
          before[path] = at(flow.outstanding)
        }
      }
    }
  }

  @Test(
    "cases cost officers' time, dearer placements cost from the year in which they are won, and lines sum to the cost"
  )
  func money() throws {
    let years = try Self.all().years(Self.years, decisions: Self.decisions(), draws: 200, seed: 3)
    for path in 0..<200 {
      var moved = 0.0
      for year in years {
        func at(_ draws: Draws) -> Double { draws[path] ?? .nan }
        #expect(
          year.lines.map(\.id) == [
            "cases-refusal-to-assess", "cases-refusal-to-issue", "cases-placement", "dearer-settings",
          ])
        let flow = year.flows[0]
        #expect(
          at(year.lines[0].pence) == (at(flow.withdrawn) + at(flow.settled)) * 125_050 + at(flow.heard)
            * 400_000)
        // 30,000, 40,000 and 50,000 a year, and half of it in the year of the move.
        let each = Double(year.year.start - 2022) * 1_000_000
        #expect(at(year.lines[3].pence) == (moved + at(year.flows[2].allowed) / 2) * each)
        moved += at(year.flows[2].allowed)
        #expect(year.lines.reduce(0) { $0 + at($1.pence) } == at(year.cost.pence))
      }
    }
  }

  @Test("the same seed gives the same bytes on 1, 2 and 16 threads")
  func threads() throws {
    func run(_ jobs: Int, seed: UInt64 = 3) throws -> [Disputes.Year] {
      try Self.all().years(
        Self.years, decisions: Self.decisions(Draws(812.4)), draws: 1500, seed: seed, jobs: jobs)
    }
    let one = try run(1)
    for jobs in [2, 16] {
      for (left, right) in zip(one, try run(jobs)) {
        #expect(left.cost.pence.isSame(as: right.cost.pence, futures: 1500))
        #expect(left.flows[1].lodged.isSame(as: right.flows[1].lodged, futures: 1500))
      }
    }
    #expect(!(try run(1, seed: 4)[0].cost.pence.isSame(as: one[0].cost.pence, futures: 1500)))
  }

  @Test("a share is drawn towards its comparator, and is certain where counts leave one outcome alone")
  func shares() throws {
    #expect(abs(try S.share(3, 4, 0.5, worth: 4).mean - 0.625) < 1e-15)
    #expect(try S.share(0, 0, 0.3, worth: 10).mean == 0.3)
    let none = try Self.route(.refusalToIssue, inYear: S.share(0, 10), outstanding: 0)
    let disputes = try Disputes(
      routes: [none], costs: [S.year(2025): .init(settled: Draws(0), heard: Draws(0))])
    let one = S.year(2025)...S.year(2025)
    let year = try #require(
      try disputes.years(one, decisions: [.refusalToIssue: [S.year(2025): Draws(500)]], draws: 50, seed: 1)
        .first)
    #expect(S.values(year.flows[0].resolved, 50).allSatisfy { $0 == 0 })
    let all = try Self.route(.refusalToIssue, inYear: S.share(10, 10), outstanding: 0)
    let sure = try Disputes(routes: [all], costs: [S.year(2025): .init(settled: Draws(0), heard: Draws(0))])
    let done = try #require(
      try sure.years(one, decisions: [.refusalToIssue: [S.year(2025): Draws(500)]], draws: 50, seed: 1).first)
    #expect(done.flows[0].resolved.isSame(as: done.flows[0].lodged, futures: 50))
    #expect(S.values(done.flows[0].outstanding, 50).allSatisfy { $0 == 0 })
  }

  @Test("shares and routes that cannot be are refused")
  func refusals() throws {
    #expect(S.refusal { try S.share(5, 4) }.contains("5 of 4 is more than all"))
    #expect(S.refusal { try S.share(0, 0) }.contains("worth none"))
    #expect(S.refusal { try S.share(-1, 4) }.contains("not negative"))
    #expect(S.refusal { try S.share(1, 4, 1.5, worth: 1) }.contains("the comparator's share is 1.5"))
    #expect(S.refusal { try S.share(1, .nan) }.contains("number of cases"))
    func said(_ route: @autoclosure () throws -> Disputes.Route) -> String {
      S.refusal { try Disputes(routes: [route()], costs: [:]) }
    }
    #expect(said(try Self.route(.refusalToAssess)).contains("add it to refusal-to-assess"))
    #expect(
      said(try Self.route(.refusalToIssue, issued: S.share(1, 2))).contains("take it from refusal-to-issue"))
    #expect(said(try Self.route(.placement)).contains("add it to placement"))
    #expect(said(try Self.route(.refusalToIssue, part: Draws(1))).contains("take it from refusal-to-issue"))
    #expect(
      said(try Self.route(.placement, part: Draws(1.5))).contains("first year that a move costs is 1.5"))
    let placement = try Self.route(.placement, part: Draws(1))
    func placed(_ extra: Draws?) -> String {
      S.refusal {
        try Disputes(
          routes: [placement],
          costs: [S.year(2025): .init(settled: Draws(0), heard: Draws(0), dearerSetting: extra)]
        ).years(
          S.year(2025)...S.year(2025), decisions: [.placement: [S.year(2025): Draws(9)]], draws: 2, seed: 1)
      }
    }
    #expect(placed(nil).contains("extra cost of a dearer setting is not known for 2025/26"))
    #expect(placed(Draws(.nan)).contains("a finite number"))
    #expect(said(try Self.route(.refusalToIssue, outstanding: 1.5)).contains("a whole number is needed"))
    #expect(said(try Self.route(.refusalToIssue, outstanding: -1)).contains("not negative"))
    let route = try Self.route(.refusalToIssue)
    #expect(S.refusal { try Disputes(routes: [route, route], costs: [:]) }.contains("given twice"))
    #expect(
      S.refusal {
        try Disputes(routes: [route], costs: [S.year(2025): .init(settled: Draws(-1), heard: Draws(0))])
      }.contains("cost of a settled case in 2025/26"))
    let disputes = try Disputes(routes: [route], costs: [:])
    let one = S.year(2025)...S.year(2025)
    func run(_ decisions: [Disputes.Decision: [FinancialYear: Draws]], draws: Int = 2) -> String {
      S.refusal { try disputes.years(one, decisions: decisions, draws: draws, seed: 1) }
    }
    #expect(run([:]).contains("decisions (refusal-to-issue) is not known"))
    #expect(run([.refusalToIssue: [:]]).contains("is not known for 2025/26"))
    #expect(run([.refusalToIssue: [S.year(2025): Draws(1)]]).contains("the cost of a case"))
    #expect(run([.refusalToIssue: [S.year(2025): Draws(1)]], draws: 0).contains("at least one"))
    #expect(run([.refusalToIssue: [S.year(2025): Draws([1, 2, 3])]]).contains("one run"))
    #expect(run([.placement: [S.year(2025): Draws(1)]]).contains("leave its decisions out"))
  }
}
