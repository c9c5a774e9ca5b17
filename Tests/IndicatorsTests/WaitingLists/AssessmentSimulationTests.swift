import Indicators
import Statistics
import Testing
import TimeSeries

@Suite("Assessments under uncertain demand and capacity")
struct AssessmentSimulationTests {
  let chance = WaitingListChance(
    demand: .lognormal(variation: 0.1), capacity: .pert(lowest: 0.85, mostLikely: 1, highest: 1.05),
    dispersion: 1.5,
    capacityVariation: 0.1)

  @Test("Without uncertainty of levels the mean is the expected course, and what is in progress balances")
  func expectation() throws {
    let queue = assessments(order: .longestFirst)
    let simulation = try AssessmentSimulation(
      queue, weeks: 60, chance: WaitingListChance(), paths: 200, seed: 1, jobs: 2)
    let projection = try AssessmentProjection(queue, weeks: 60)
    for week in [0, 10, 40, 59] {
      let expected = projection.weeks[week]
      for (measure, value) in [
        (AssessmentSimulation.Measure.inProgress, expected.inProgress.total),
        (.overLimit, projection.overLimit(expected)), (.awaitingAdvice, expected.awaitingAdvice),
        (.issued, expected.issued.total),
      ] {
        let mean = SampleMean(try simulation.values(of: measure, week: week))
        #expect(abs(mean.mean - value) <= 4 * mean.error + 1e-9, "\(measure) \(week): \(mean), \(value)")
        #expect(mean.error < 0.03 * max(value, 1))
      }
    }
    let last = try simulation.summaries(of: .inProgress, at: [0.1, 0.9])[59]
    #expect(last.quantiles[0] < projection.weeks[59].inProgress.total)
    #expect(last.quantiles[1] > projection.weeks[59].inProgress.total)
  }

  @Test("Uncertain levels widen the published figure, and a harder target is less likely")
  func probabilities() throws {
    let queue = assessments(backlogCapacity: [PerWeek(2)])
    let simulation = try AssessmentSimulation(queue, weeks: 160, chance: chance, paths: 120, seed: 2)
    let shares = try simulation.shareInTime(inYear: 2026).filter { !$0.isNaN }
    #expect(shares.allSatisfy { (0...1 + 1e-9).contains($0) })
    var before = 1.0
    var distinct = Set<Double>()
    for level in [0, 0.2, 0.4, 0.6, 0.8, 1] {
      let estimate = try simulation.probability(ofShareInTime: level, inYear: 2026)
      #expect(estimate.trials == 120)
      #expect(estimate.value == Double(shares.count { $0 >= level - 1e-9 }) / 120)
      #expect(estimate.value <= before)
      before = estimate.value
      distinct.insert(before)
    }
    #expect(distinct.count > 3)
    let rolling = try simulation.shareInTime(over: 13)
    #expect(rolling.count == 160)
    let summary = try #require(rolling[159])
    #expect(summary.quantiles == summary.quantiles.sorted())
    #expect(summary.quantiles[2] - summary.quantiles[0] > 0.05)
  }

  @Test(
    "More capacity meets the same requests; the same seed gives the same figures on any number of threads")
  func seeds() throws {
    func figures(_ capacity: Double, seed: UInt64 = 3, jobs: Int = 1) throws -> [Double] {
      try AssessmentSimulation(
        assessments(capacity: [PerWeek(capacity)]), weeks: 60, chance: chance, paths: 50, seed: seed,
        jobs: jobs
      ).values(of: .awaitingAdvice, week: 59)
    }
    let seven = try figures(7)
    #expect(try figures(7, jobs: 5) == seven)
    #expect(try figures(7, seed: 4) != seven)
    #expect(zip(try figures(8), seven).allSatisfy { $0 <= $1 })
  }

  @Test("A target for plans in time is met and held by the expected course, and with a probability")
  func target() throws {
    let target = try WaitTarget(
      .shareSeen(0.6, within: Weeks(20), over: 13), by: #require(CivilDate("2025-06-30")))
    let queue = assessments(backlogCapacity: [PerWeek(2)])
    let projection = try AssessmentProjection(queue, weeks: 156)
    let course = try projection.course(of: target)
    #expect(course.firstWeek == 77)
    #expect(course.values[100] == projection.shareInTime(in: 88..<101))
    // Before so many weeks are projected there is no share over them, and a date before then is refused.
    #expect(course.values[11] == nil && course.values[12] != nil)
    let early = try WaitTarget(target.aim, by: #require(CivilDate("2024-03-30")))
    do {
      _ = try projection.course(of: early)
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains("13 weeks, and 12 from 2024-01-01"), "\(error)")
      #expect("\(error)".contains("give 2024-03-31 or a later day"), "\(error)")
    }
    for (value, isMet) in zip(course.values, course.isMet) { #expect(isMet == ((value ?? 0) >= 0.6)) }
    let simulation = try AssessmentSimulation(queue, weeks: 156, chance: chance, paths: 100, seed: 3)
    let answer = try simulation.probability(of: target)
    #expect(answer.firstWeek == 77)
    #expect(answer.lastWeek == 155)
    #expect(answer.metAndHeld.value <= answer.met.value)
    #expect(answer.met.value == answer.shareMet[77])
    #expect(answer.shareMet[..<12].allSatisfy { $0 == 0 })
    #expect(throws: IndicatorsError.self) { try simulation.probability(of: early) }
    #expect(answer.met.value > 0.05 && answer.met.value < 0.95)
    #expect(try simulation.probability(of: target, holding: 0).metAndHeld == answer.met)
    // Without a plan no target is met.
    let none = assessments(waiting: [], drafting: [], capacity: [PerWeek(0)])
    #expect(try !AssessmentProjection(none, weeks: 156).course(of: target).isMetInTime)
    let nothing = try AssessmentSimulation(none, weeks: 156, chance: chance, paths: 5, seed: 3)
    #expect(try nothing.probability(of: target).met.value == 0)
    // Another measure than the published one is refused.
    for aim in [
      WaitTarget.Aim.shareWaiting(0.6, within: Weeks(20)), .shareSeen(0.6, within: Weeks(18), over: 13),
      .meanWait(Weeks(20)),
    ] {
      let other = try WaitTarget(aim, by: target.date)
      #expect(throws: IndicatorsError.self) { try projection.course(of: other) }
      #expect(throws: IndicatorsError.self) { try simulation.probability(of: other) }
    }
    #expect(throws: IndicatorsError.self) { try simulation.probability(of: target, holding: -1) }
    let late = try WaitTarget(target.aim, by: #require(CivilDate("2035-06-30")))
    #expect(throws: IndicatorsError.self) { try projection.course(of: late) }
  }

  @Test("A queue in which no plan is issued has no share, and misses every target")
  func nothingIssued() throws {
    let simulation = try AssessmentSimulation(
      assessments(waiting: [], drafting: [], capacity: [PerWeek(0)]), weeks: 60, chance: chance, paths: 10,
      seed: 1)
    #expect(try simulation.shareInTime().allSatisfy { $0 == nil })
    #expect(try simulation.shareInTime(inYear: 2024).allSatisfy(\.isNaN))
    #expect(try simulation.probability(ofShareInTime: 0, inYear: 2024).value == 0)
  }

  @Test("What cannot be simulated or asked is refused in a sentence")
  func refusals() throws {
    func refuses(
      _ queue: AssessmentQueue = assessments(), weeks: Int = 10,
      chance: WaitingListChance = WaitingListChance(),
      paths: Int = 10
    ) {
      #expect(throws: IndicatorsError.self) {
        try AssessmentSimulation(queue, weeks: weeks, chance: chance, paths: paths, seed: 1)
      }
    }
    refuses(assessments(requests: []))
    refuses(weeks: 0)
    refuses(paths: 0)
    refuses(paths: .max)
    refuses(chance: WaitingListChance(dispersion: 0))
    refuses(chance: WaitingListChance(service: .singleServer(variation: 1)))
    let simulation = try AssessmentSimulation(
      assessments(), weeks: 10, chance: WaitingListChance(), paths: 3, seed: 1)
    #expect(throws: IndicatorsError.self) { try simulation.values(of: .issued, week: 10) }
    #expect(throws: IndicatorsError.self) { try simulation.summaries(of: .issued, at: [-1]) }
    #expect(throws: IndicatorsError.self) { try simulation.shareInTime(over: 0) }
    #expect(throws: IndicatorsError.self) { try simulation.shareInTime(over: 2, at: [.nan]) }
    #expect(throws: IndicatorsError.self) { try simulation.shareInTime(inYear: 2030) }
    #expect(throws: IndicatorsError.self) { try simulation.probability(ofShareInTime: 60, inYear: 2024) }
  }
}
