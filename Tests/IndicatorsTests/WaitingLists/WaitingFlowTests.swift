import Indicators
import Testing
import TimeSeries

@Suite("What the counts of a list say of its demand and capacity")
struct WaitingFlowTests {
  /// Weeks from Monday 1 January 2024.
  static func series(_ id: String, _ values: [Double?]) throws -> Series {
    let start = try StatedList.day("2024-01-01")
    return try Series(
      id: id, measure: Measure(id: id, name: id, unit: .count),
      points: values.enumerated().map { index, value in
        DataPoint(
          period: .week(from: start.adding(days: index * 7)),
          observation: value.map { .value($0) } ?? .notAvailable)
      })
  }

  @Test("demand, capacity and load are means, with the standard errors of their dispersion")
  func rates() throws {
    let estimates = try WaitingFlowEstimates(
      id: "l", referrals: try Self.series("referrals", [8, 12, 10, 10]),
      removals: try Self.series("removals", [9, 7, 8, 8]))
    #expect(abs(estimates.demand.mean.count - 10) < 1e-12)
    #expect(abs(estimates.capacity.mean.count - 8) < 1e-12)
    #expect(abs(estimates.load - 1.25) < 1e-12)
    // Pearson: (4 + 4)/10/3; the error of the mean is the root of mean × dispersion / weeks.
    let dispersion = 8.0 / 10 / 3
    #expect(abs(try #require(estimates.demand.variation) - dispersion.squareRoot()) < 1e-12)
    #expect(abs(estimates.demand.standardError.count - (10 * dispersion / 4).squareRoot()) < 1e-12)
    #expect(!estimates.knowsQueue)
    #expect(estimates.leaving == nil)
  }

  @Test("periods without a queue say nothing of capacity")
  func withoutQueue() throws {
    let estimates = try WaitingFlowEstimates(
      id: "l", referrals: try Self.series("referrals", [10, 10, 2, 10, 10, 10]),
      removals: try Self.series("removals", [9, 9, 20, 3, 9, 9]),
      left: try Self.series("left", [1, 1, 0, 0, 1, 1]),
      waiting: try Self.series("waiting", [18, 18, 0, 7, 7, 7]))
    // The queue ran out in the third week, and the fourth began without one.
    #expect(estimates.withoutQueue.count == 2)
    #expect(abs(estimates.capacity.mean.count - 9) < 1e-12)
    #expect(estimates.waiting == 7)
    let leaving = try #require(estimates.leaving)
    #expect(leaving > 0 && leaving < 0.2)
  }

  @Test("months of unlike length are no dispersion")
  func months() throws {
    // Ten a day: nothing but the length of months differs.
    let points = (1...12).compactMap { Period.month(year: 2024, month: $0) }.map { period in
      DataPoint(period, Double(period.days ?? 0) * 10)
    }
    let series = try Series(
      id: "referrals", measure: Measure(id: "r", name: "r", unit: .count), points: points)
    let estimates = try WaitingFlowEstimates(id: "l", referrals: series, removals: series)
    #expect(abs(estimates.demand.mean.count - 70) < 1e-9)
    #expect(try #require(estimates.demand.variation) < 1e-6)
    #expect(abs(estimates.load - 1) < 1e-12)
  }

  @Test("a list follows from its counts, and begins the day after they were counted")
  func definition() throws {
    let estimates = try WaitingFlowEstimates(
      id: "l", referrals: try Self.series("referrals", [8, 12, 10, 10]),
      removals: try Self.series("removals", [9, 7, 8, 8]), left: try Self.series("left", [1, 0, 1, 1]),
      waiting: try Self.series("waiting", [50, 55, 56, 57]))
    let list = try WaitingListDefinition(id: "l", estimates: estimates, source: "l.csv")
    #expect(list.start == (try StatedList.day("2024-01-29")))
    #expect(list.waiting.mean == 57)
    #expect(abs(list.referrals.mean - PerWeek(10).perYear) < 1e-9)
    // The PERT distribution has the standard error that the counts have.
    #expect(
      abs(list.referrals.coefficientOfVariation - estimates.demand.standardError.count / 10) < 1e-9)
    #expect(list.weeklyLeaving == estimates.leaving)
    _ = try list.model(weeks: 52).validated()
  }

  @Test("children who vanish from the counts, or appear in them, are counted and said")
  func reconciliation() throws {
    func remarks(seen: Double, left: Double? = nil, waiting: [Double] = [20, 20, 20, 20]) throws -> [String] {
      try WaitingFlowEstimates(
        id: "l", referrals: try Self.series("referrals", [40, 40, 40, 40]),
        removals: try Self.series("removals", [seen, seen, seen, seen]),
        left: try left.map { try Self.series("left", [$0, $0, $0, $0]) },
        waiting: try Self.series("waiting", waiting)
      ).remarks.filter { $0.contains("children vanish") || $0.contains("children appear") }
    }
    // Of 40 who join and 10 who are seen in each of three weeks, 90 do not wait either.
    let vanished = try #require(try remarks(seen: 10).first)
    #expect(vanished.contains("over 3 periods 90 children vanish"))
    #expect(vanished.contains("add a series \"left\""))
    #expect(try remarks(seen: 10, left: 30).isEmpty)
    let unexplained = try #require(try remarks(seen: 10, left: 10).first)
    #expect(unexplained.contains("60 children vanish") && !unexplained.contains("add a series"))
    #expect(try #require(try remarks(seen: 50).first).contains("30 children appear"))
    // Slips of a few in a hundred are no reason to warn.
    #expect(try remarks(seen: 39).isEmpty)
    #expect(try remarks(seen: 30, waiting: [20, 30, 40, 50]).isEmpty)
  }

  @Test("counts that vary more than can be simulated are taken at the most there is, and that is said")
  func wildCounts() throws {
    let estimates = try WaitingFlowEstimates(
      id: "l", referrals: try Self.series("referrals", [0, 0, 0, 0, 900, 0]),
      removals: try Self.series("removals", [0, 0, 0, 0, 800, 0]),
      waiting: try Self.series("waiting", [50, 50, 50, 50, 150, 150]))
    #expect(try #require(estimates.demand.variation) > 10)
    let list = try WaitingListDefinition(id: "l", estimates: estimates, source: "l.csv")
    #expect(list.referralVariation == 10)
    #expect(list.capacityVariation < (try #require(estimates.capacity.variation)))
    #expect(list.remarks.filter { $0.contains("more than can be simulated") }.count == 2)
    #expect(list.waiting.basis == .estimated(source: "l.csv"))
    _ = try list.chance.validated()
  }

  @Test("what is missing or cannot be is said")
  func refusals() throws {
    let fine = try Self.series("referrals", [8, 12, 10, 10])
    #expect(throws: IndicatorsError.self) {
      try WaitingFlowEstimates(id: "l", referrals: try Self.series("referrals", [1, 2]), removals: fine)
    }
    #expect(throws: IndicatorsError.self) {
      try WaitingFlowEstimates(
        id: "l", referrals: fine, removals: try Self.series("removals", [1, -2, 3, 4]))
    }
    #expect(throws: IndicatorsError.self) {
      try WaitingFlowEstimates(id: "l", referrals: fine, removals: try Self.series("removals", [0, 0, 0, 0]))
    }
    #expect(throws: IndicatorsError.self) {
      try WaitingFlowEstimates(
        id: "l", referrals: fine, removals: fine, waiting: try Self.series("waiting", [0, 0, 0, 0]))
    }
    let monthly = try Series(
      id: "removals", measure: Measure(id: "r", name: "r", unit: .count),
      points: (1...4).compactMap { Period.month(year: 2024, month: $0) }.map { DataPoint($0, 5) })
    #expect(throws: IndicatorsError.self) {
      try WaitingFlowEstimates(id: "l", referrals: fine, removals: monthly)
    }
    let index = try Series(
      id: "r", measure: Measure(id: "r", name: "r", unit: .count),
      points: (1...4).map { DataPoint(.index($0, .weekly), 5) })
    #expect(throws: IndicatorsError.self) {
      try WaitingFlowEstimates(id: "l", referrals: index, removals: index)
    }
    let blind = try WaitingFlowEstimates(
      id: "l", referrals: try Self.series("referrals", [8, nil, 10, 10]), removals: fine,
      left: try Self.series("left", [1, 1, 1, 1]))
    #expect(blind.remarks.count == 2)
    #expect(throws: IndicatorsError.self) {
      try WaitingListDefinition(id: "l", estimates: blind, source: "l")
    }
  }
}
