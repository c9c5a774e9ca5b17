import Testing
import TimeSeries

@testable import Commissioning

@Suite("The backlog of annual reviews")
struct AnnualReviewsTests {
  typealias S = FundSample

  static func reviews(
    plans: Draws = Draws(1200), overdue: Draws = Draws(0), interval: [DatedRule<Int>] = [FundSample.rule(12)],
    ceased: CountedShare? = nil, moved: CountedShare? = nil
  ) throws -> AnnualReviews {
    try AnnualReviews(
      interval: interval, ceased: ceased ?? S.share(10, 100), moved: moved ?? S.share(5, 100), plans: plans,
      overdue: overdue)
  }

  static func inputs(
    _ capacities: [Double], new: Draws = Draws(0), leaving: Draws = Draws(0), cost: Draws = Draws(20_000)
  ) -> [FinancialYear: AnnualReviews.Inputs] {
    Dictionary(
      uniqueKeysWithValues: capacities.enumerated().map {
        (S.year(2025 + $0), .init(new: new, leaving: leaving, capacity: Draws($1), yearlyCost: cost))
      })
  }

  static func run(
    _ reviews: AnnualReviews, _ inputs: [FinancialYear: AnnualReviews.Inputs], draws: Int = 4, jobs: Int = 1
  ) throws -> [AnnualReviews.Year] {
    try reviews.years(
      S.year(2025)...S.year(2024 + inputs.count), inputs: inputs, draws: draws, seed: 9, asOf: S.asOf,
      jobs: jobs)
  }

  static func near(_ draws: Draws, _ value: Double) -> Bool { abs((draws[0] ?? .nan) - value) < 1e-9 }

  @Test(
    "with 1,200 plans and 960 reviews a year 240 children wait for ever; with 1,440 they are reviewed in six months"
  )
  func queue() throws {
    let years = try Self.run(Self.reviews(), Self.inputs([960, 960, 1440, 1440]))
    #expect(Self.near(years[0].due, 1200) && Self.near(years[0].completed, 960))
    #expect(Self.near(years[0].backlog, 240) && Self.near(years[0].unused, 0))
    // Those reviewed 80 a month fall due 80 a month a year later.
    #expect(Self.near(years[1].due, 960) && Self.near(years[1].backlog, 240))
    #expect(Self.near(years[1].backlogWeeks ?? Draws(0), 240.0 / 960 * 365 / 7))
    #expect(Self.near(years[2].completed, 1200) && Self.near(years[2].backlog, 0))
    #expect(Self.near(years[2].unused, 240))
    #expect(Self.near(years[3].completed, 1200))
    #expect(years.allSatisfy { Self.near($0.plans, 1200) })
  }

  @Test("without capacity everybody is overdue after a year, once, and the backlog has no weeks")
  func closed() throws {
    let years = try Self.run(Self.reviews(overdue: Draws(120)), Self.inputs([0, 0]))
    #expect(Self.near(years[0].backlog, 1200) && Self.near(years[0].due, 1080))
    #expect(Self.near(years[1].backlog, 1200) && Self.near(years[1].due, 0))
    #expect(years[0].backlogWeeks == nil)
  }

  @Test(
    "in every future opening plus new less leaving is the closing stock, and due, completed and backlog balance"
  )
  func identities() throws {
    let stock = Draws((0..<300).map { 900 + Double($0) })
    let new = Draws((0..<300).map { 100 + Double($0) / 3 })
    let years = try Self.run(
      Self.reviews(plans: stock, overdue: Draws(50)), Self.inputs([700, 800, 900], new: new), draws: 300)
    for path in 0..<300 {
      func at(_ draws: Draws) -> Double { draws[path] ?? .nan }
      var (plans, backlog) = (at(stock), 50.0)
      for year in years {
        #expect(abs(at(year.plans) - plans - at(new)) < 1e-8)
        #expect(abs(backlog + at(year.due) - at(year.completed) - at(year.backlog)) < 1e-8)
        #expect(at(year.backlog) <= at(year.plans) && at(year.backlog) >= 0)
        #expect(at(year.unused) >= -1e-9)
        (plans, backlog) = (at(year.plans), at(year.backlog))
      }
    }
    let leaving = try Self.run(Self.reviews(), Self.inputs([960, 960], new: Draws(60), leaving: Draws(120)))
    #expect(Self.near(leaving[1].plans, 1080))
    // Everybody may leave, and nobody is left.
    let gone = try Self.run(Self.reviews(), Self.inputs([960], leaving: Draws(1200)))
    #expect(abs(gone[0].plans[0] ?? .nan) < 1e-9 && abs(gone[0].backlog[0] ?? .nan) < 1e-9)
    let none = try Self.run(Self.reviews(plans: Draws(0)), Self.inputs([960]))
    #expect(Self.near(none[0].plans, 0) && Self.near(none[0].unused, 960))
  }

  @Test("the backlog holds up ceasing while it grows and gives it back while it is worked off")
  func ceasing() throws {
    let count = 1000
    let years = try Self.run(Self.reviews(), Self.inputs([960, 960, 1440]), draws: count)
    // Beta(10, 90): mean a tenth, standard deviation 0.0299.
    #expect(abs(years[0].heldCeasings.mean - 24) < 4 * 240 * 0.0299 / Double(count).squareRoot())
    #expect(abs(years[0].heldMoves.mean - 12) < 4 * 240 * 0.0217 / Double(count).squareRoot())
    for path in 0..<count {
      let flows = years.map { $0.delayedCeasings[path] ?? .nan }
      #expect(flows[0] > 0 && abs(flows[1]) < 1e-9)
      #expect(abs(flows[0] + flows[2]) < 1e-9)
      // The backlog grows by 20 a month: 130 on average over the ends of the months of the first year.
      let share = (years[0].heldCeasings[path] ?? .nan) / 240
      #expect(abs((years[0].cost.pence[path] ?? .nan) - 130 * share * 2_000_000) < 1)
    }
  }

  @Test("the same seed gives the same bytes on 1, 2 and 16 threads")
  func threads() throws {
    let stock = Draws((0..<1500).map { 900 + Double($0) / 7 })
    let one = try Self.run(Self.reviews(plans: stock), Self.inputs([700, 710.5]), draws: 1500)
    for jobs in [2, 16] {
      let many = try Self.run(Self.reviews(plans: stock), Self.inputs([700, 710.5]), draws: 1500, jobs: jobs)
      for (left, right) in zip(one, many) {
        #expect(left.backlog.isSame(as: right.backlog, futures: 1500))
        #expect(left.cost.pence.isSame(as: right.cost.pence, futures: 1500))
      }
    }
  }

  @Test("stocks, shares and rules that cannot be are refused")
  func refusals() throws {
    #expect(S.refusal { try Self.reviews(overdue: Draws([0, 1300])) }.contains("more children are overdue"))
    #expect(S.refusal { try Self.reviews(plans: Draws(-1)) }.contains("not negative"))
    #expect(S.refusal { try Self.reviews(overdue: Draws(-1)) }.contains("reviews overdue is -1"))
    #expect(S.refusal { try Self.reviews(interval: [S.rule(0)]) }.contains("1 to 60 months"))
    #expect(
      S.refusal { try Self.reviews(ceased: S.share(6, 10), moved: S.share(5, 10)) }.contains("more than all"))
    #expect(
      S.refusal { try Self.run(Self.reviews(interval: []), Self.inputs([1])) }.contains(
        "interval between reviews"))
    #expect(S.refusal { try Self.run(Self.reviews(), Self.inputs([1]), draws: 0) }.contains("at least one"))
    #expect(
      S.refusal { try Self.run(Self.reviews(), Self.inputs([1], leaving: Draws(1201))) }.contains(
        "opening plans and new ones less those that leave"))
    #expect(
      S.refusal { try Self.run(Self.reviews(), Self.inputs([-1])) }.contains(
        "can be completed in 2025/26 is -1"))
    #expect(
      S.refusal {
        try Self.reviews().years(
          S.year(2025)...S.year(2026), inputs: Self.inputs([1]), draws: 1, seed: 1, asOf: S.asOf)
      }.contains("is not known for 2026/27"))
    let change = [S.rule(12), S.rule(6, from: S.date(2025, 9, 1))]
    #expect(
      S.refusal { try Self.run(Self.reviews(interval: change), Self.inputs([1])) }.contains(
        "changes on 1 September 2025"))
    // A change that was not known yet, or to the same interval, is none.
    _ = try Self.run(
      Self.reviews(interval: [
        S.rule(12), S.rule(6, from: S.date(2025, 9, 1), known: S.date(2025, 8, 1)),
        S.rule(12, from: S.date(2025, 5, 1)),
      ]), Self.inputs([1]))
  }
}
