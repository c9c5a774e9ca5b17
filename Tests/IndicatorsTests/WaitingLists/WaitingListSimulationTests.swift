import Indicators
import Statistics
import Testing
import TimeSeries

@Suite("A list simulated child by child")
struct WaitingListSimulationTests {
  /// A list with everything that a list can have.
  func everything(_ discipline: WaitingListModel.Discipline = .mixed(longestFirst: 0.6)) -> WaitingListModel {
    therapyList(
      waiting: [Double](repeating: 20.3, count: 40), referrals: [PerWeek(25)],
      capacity: (0..<104).map { PerWeek($0 % 13 == 12 ? 0 : 31.4) }, leaving: [0.003, 0.005],
      discipline: discipline,
      priorities: [.init(name: "urgent", share: 0.2), .init(name: "routine", share: 0.8)],
      oneOffs: [
        .init(week: 5, kind: .referrals, amount: 40.5, reason: "transfer"),
        .init(week: 8, kind: .referrals, amount: -10, reason: "strike"),
        .init(week: 9, kind: .capacity, amount: 60, reason: "outsourced clinic"),
      ])
  }

  @Test(
    "A large list goes the way that the compartments say, whatever the discipline",
    arguments: [
      WaitingListModel.Discipline.firstInFirstOut, .mixed(longestFirst: 0.6), .mixed(longestFirst: 0),
    ])
  func compartments(discipline: WaitingListModel.Discipline) throws {
    let list = everything(discipline)
    let projection = try WaitingListProjection(list, weeks: 60)
    let simulation = try WaitingListSimulation(list, weeks: 60, paths: 150, seed: 1, jobs: 2)
    func mean(_ measure: WaitingListSimulation.Measure, _ week: Int) throws -> Double {
      SampleMean(try simulation.values(of: measure, week: week)).mean
    }
    for week in [0, 5, 8, 9, 12, 25, 59] {
      let expected = projection.weeks[week]
      func close(_ value: Double, _ expected: Double?, _ relative: Double) -> Bool {
        expected.map { abs(value - $0) <= relative * $0 } ?? false
      }
      #expect(close(try mean(.waiting, week), expected.waiting.total, 0.02))
      #expect(close(try mean(.meanWait, week), expected.waiting.mean?.count, 0.02))
      #expect(close(try mean(.medianWait, week), expected.waiting.percentile(0.5)?.count, 0.03))
      #expect(close(try mean(.percentile92, week), expected.waiting.percentile(0.92)?.count, 0.03))
      // Near 1 chance can only take away from a share, and does.
      #expect(
        close(
          try mean(.shareWaiting(within: Weeks(18)), week), expected.waiting.share(within: Weeks(18)), 0.04))
      #expect(close(try mean(.referred, week), expected.referred, 0.06))
      #expect(close(try mean(.seen, week) + (try mean(.unused, week)), expected.capacity, 0.01))
      // In week 5 the urgent ones run out, on average: in half of the paths earlier, in half later.
      guard expected.seen.total > 0, week != 5 else { continue }
      #expect(close(try mean(.meanWaitSeen(over: 1), week), expected.seen.mean?.count, 0.03))
    }
  }

  @Test(
    "In every path nobody is lost or made",
    arguments: [
      WaitingListChance.Service.clinics, .singleServer(variation: 0), .singleServer(variation: 1),
      .singleServer(variation: 2),
    ])
  func conservation(service: WaitingListChance.Service) throws {
    let chance = WaitingListChance(
      demand: .lognormal(variation: 0.2), capacity: .pert(lowest: 0.7, mostLikely: 1, highest: 1.1),
      dispersion: 2,
      capacityVariation: 0.3, service: service)
    let simulation = try WaitingListSimulation(everything(), weeks: 80, chance: chance, paths: 40, seed: 9)
    var balance = [Double](repeating: 0, count: 40)
    for week in 0..<80 {
      let referred = try simulation.values(of: .referred, week: week)
      let seen = try simulation.values(of: .seen, week: week)
      let left = try simulation.values(of: .left, week: week)
      let waiting = try simulation.values(of: .waiting, week: week)
      for path in 0..<40 {
        balance[path] += referred[path] - seen[path] - left[path]
        // The start is 812 children: 20.3 in each of 40 weeks, whole but for the phase.
        #expect([812.0, 811, 813].contains(waiting[path] - balance[path]))
        if week > 0 { #expect(waiting[path] >= 0) }
      }
    }
    let over = try simulation.values(of: .waitingOver(Weeks(18)), week: 79)
    let within = try simulation.values(of: .shareWaiting(within: Weeks(18)), week: 79)
    let size = try simulation.values(of: .waiting, week: 79)
    for path in 0..<40 where size[path] > 0 {
      #expect(abs(over[path] / size[path] + within[path] - 1) < 1e-12)
    }
  }

  @Test("The same seed gives the same figures on any number of threads, and another seed others")
  func seeds() throws {
    func figures(_ seed: UInt64, _ jobs: Int) throws -> [Double] {
      let simulation = try WaitingListSimulation(
        everything(), weeks: 30,
        chance: WaitingListChance(demand: .lognormal(variation: 0.1), capacityVariation: 0.1), paths: 70,
        seed: seed,
        jobs: jobs)
      return try (0..<30).flatMap {
        try simulation.values(of: .waiting, week: $0) + simulation.values(of: .percentile92, week: $0)
          + simulation.values(of: .shareSeen(within: Weeks(52), over: 4), week: $0)
      }.map { $0.isNaN ? -1 : $0 }
    }
    let one = try figures(1, 1)
    #expect(try figures(1, 4) == one)
    #expect(try figures(1, 99) == one)
    #expect(try figures(2, 1) != one)
  }

  @Test("A path does not depend on how many there are")
  func pathsApart() throws {
    let few = try WaitingListSimulation(everything(), weeks: 20, paths: 5, seed: 1)
    let many = try WaitingListSimulation(everything(), weeks: 20, paths: 50, seed: 1)
    #expect(
      try few.values(of: .meanWait, week: 19) == Array(many.values(of: .meanWait, week: 19).prefix(5)))
  }

  @Test(
    "More capacity meets the same children: in every path the list is no longer and the probability no smaller"
  )
  func commonNumbers() throws {
    let list = therapyList(waiting: [Double](repeating: 10, count: 40), leaving: [0.002])
    let target = try WaitTarget(share: 0.92, within: Weeks(18), by: list.start.adding(days: 52 * 7))
    var before: (sizes: [Double], probability: Double) = ([Double](repeating: .infinity, count: 100), 0)
    var distinct = Set<Double>()
    for extra in 0...8 {
      let simulation = try WaitingListSimulation(
        list.replacing(capacity: [PerWeek(10 + Double(extra))]), weeks: 104,
        chance: WaitingListChance(demand: .lognormal(variation: 0.1), capacityVariation: 0.2), paths: 100,
        seed: 4)
      let sizes = try simulation.values(of: .waiting, week: 60)
      #expect(zip(sizes, before.sizes).allSatisfy { $0 <= $1 })
      let probability = try simulation.probability(of: target).metAndHeld.value
      #expect(probability >= before.probability)
      distinct.insert(probability)
      before = (sizes, probability)
    }
    #expect(before.probability > 0.9)
    #expect(distinct.count > 3)
  }

  @Test("Children seen in turn are seen in the order of referral; by chance they are not")
  func order() throws {
    let inTurn = try WaitingListSimulation.waits(
      therapyList(leaving: [0.01]), weeks: 50, path: 3, seed: 1)
    #expect(inTurn.count == 500)
    #expect(zip(inTurn, inTurn.dropFirst()).allSatisfy { $0.referred < $1.referred })
    #expect(inTurn.allSatisfy { $0.wait > Weeks(0) && $0.completed == $0.seen })
    let byChance = try WaitingListSimulation.waits(
      therapyList(discipline: .mixed(longestFirst: 0)), weeks: 50, path: 3, seed: 1)
    #expect(!zip(byChance, byChance.dropFirst()).allSatisfy { $0.referred < $1.referred })
    #expect(Set(byChance.map(\.referred)).count == byChance.count)
  }

  @Test("A list that nearly everybody leaves is still given out by chance, and to nobody twice")
  func sparse() throws {
    let list = therapyList(
      waiting: [300, 0], referrals: [PerWeek(3)], capacity: [PerWeek(4)], leaving: [0, 0.97, 0.9],
      discipline: .mixed(longestFirst: 0))
    let simulation = try WaitingListSimulation(list, weeks: 20, paths: 60, seed: 8)
    for week in 0..<20 {
      for waiting in try simulation.values(of: .waiting, week: week) { #expect(waiting >= 0) }
    }
    let projection = try WaitingListProjection(list, weeks: 20)
    let first = SampleMean(try simulation.values(of: .seen, week: 0)).mean
    #expect(abs(first - projection.weeks[0].seen.total) < 0.5)
  }

  @Test("Everyone who would leave in the week of referral is gone before a clinic")
  func noPatience() throws {
    let list = therapyList(waiting: [], leaving: [1])
    let simulation = try WaitingListSimulation(list, weeks: 10, paths: 20, seed: 8)
    for week in 0..<10 {
      #expect(try simulation.values(of: .seen, week: week).allSatisfy { $0 == 0 })
      #expect(try simulation.values(of: .left, week: week) == simulation.values(of: .referred, week: week))
    }
    #expect(
      try WaitingListProjection(list, weeks: 10).weeks.allSatisfy { $0.seen.total == 0 && $0.left == 10 })
  }

  @Test("With places for everybody children are seen at once, and the others are lost")
  func plenty() throws {
    let list = therapyList(waiting: [50], capacity: [PerWeek(1_000_000)])
    let simulation = try WaitingListSimulation(list, weeks: 50, paths: 20, seed: 6)
    for week in 0..<50 {
      let seen = try simulation.values(of: .seen, week: week)
      let unused = try simulation.values(of: .unused, week: week)
      for (seen, unused) in zip(seen, unused) { #expect(seen + unused == 1_000_000) }
      #expect(try simulation.values(of: .waiting, week: week).allSatisfy { $0 <= 1 })
    }
    let waits = try WaitingListSimulation.waits(list, weeks: 50, path: 1, seed: 6)
    #expect(waits.count > 400)
    #expect(waits.filter { $0.referred > 0 }.allSatisfy { $0.wait < Weeks(2e-6) })
  }

  @Test("A server rests in a holiday and goes on with the same child after it")
  func holiday() throws {
    let list = therapyList(
      waiting: [5], referrals: [PerWeek(4)], capacity: [PerWeek(2), PerWeek(0), PerWeek(0), PerWeek(2)])
    let waits = try WaitingListSimulation.waits(
      list, weeks: 12, chance: WaitingListChance(service: .singleServer(variation: 0)), path: 0, seed: 1)
    #expect(waits.allSatisfy { !(1.0..<3).contains($0.seen) || $0.seen == 1 })
    // Half a week of work each: two in week 0, then none before week 3.
    #expect(waits.prefix(4).map { ($0.completed ?? 0).rounded() } == [1, 1, 4, 4])
  }

  @Test(
    "Summaries hold mean and quantiles over the paths in which a measure is defined, and say how many those are"
  )
  func summaries() throws {
    let list = therapyList(waiting: [], referrals: [PerWeek(1)], capacity: [PerWeek(3)])
    let simulation = try WaitingListSimulation(list, weeks: 10, paths: 200, seed: 1)
    let sizes = try simulation.summaries(of: .waiting)
    let waits = try simulation.summaries(of: .meanWait, at: [0.5])
    #expect(sizes.count == 10)
    #expect(sizes.allSatisfy { $0?.count == 200 && $0?.quantiles.count == 3 })
    let defined = try #require(waits[9])
    let empty = try simulation.values(of: .waiting, week: 9).count { $0 == 0 }
    #expect(defined.count == 200 - empty)
    #expect(empty > 0)
    let nobody = try WaitingListSimulation(
      therapyList(waiting: [], referrals: [PerWeek(0)]), weeks: 2, paths: 5, seed: 1)
    #expect(try nobody.summaries(of: .medianWait) == [nil, nil])
  }

  @Test("What cannot be simulated is refused in a sentence")
  func refusals() throws {
    func refuses(
      _ list: WaitingListModel = therapyList(), weeks: Int = 10,
      chance: WaitingListChance = WaitingListChance(),
      paths: Int = 10, lengths: [Weeks] = [], saying words: String
    ) {
      do {
        _ = try WaitingListSimulation(
          list, weeks: weeks, chance: chance, paths: paths, seed: 1, lengths: lengths)
        Issue.record("accepted, not: \(words)")
      } catch { #expect("\(error)".contains(words), "\(error)") }
    }
    refuses(therapyList(referrals: []), saying: "none are given")
    refuses(weeks: 0, saying: "0 is not between 1 and 5200")
    refuses(paths: 0, saying: "0 paths of 10 weeks are not between 1 and")
    refuses(paths: .max, saying: "paths of 10 weeks are not between 1 and")
    refuses(lengths: [Weeks(0)], saying: "0.0 weeks is not a length of time")
    refuses(lengths: [Weeks](repeating: Weeks(1), count: 17), saying: "there are 17; give at most 16")
    refuses(therapyList(referrals: [PerWeek(1_000_000)]), saying: "more than 5000000; look at fewer weeks")
    refuses(
      weeks: 520, chance: .init(growth: .pert(lowest: 1, mostLikely: 1, highest: 10)),
      saying: "more than 5000000; look at fewer weeks")
    refuses(
      weeks: 520, chance: .init(growth: .lognormal(variation: 1)),
      saying: "more than 5000000; look at fewer weeks")
    refuses(chance: .init(growth: .lognormal(variation: 2)), saying: "uncertainty of growth: a coefficient")
    refuses(chance: .init(leaving: .lognormal(variation: 2)), saying: "uncertainty of leaving: a coefficient")
    refuses(
      chance: .init(start: .pert(lowest: 1, mostLikely: 2, highest: 11)),
      saying: "uncertainty of the number waiting: 1.0, 2.0 and 11.0")
    refuses(chance: .init(dispersion: 0.5), saying: "0.5 is not from 1")
    refuses(chance: .init(capacityVariation: .nan), saying: "nan is not from 0 to 1")
    refuses(
      chance: .init(service: .singleServer(variation: -1)), saying: "-1.0 is not a coefficient of variation")
    refuses(chance: .init(demand: .lognormal(variation: 0)), saying: "uncertainty of demand: a coefficient")
    refuses(
      chance: .init(capacity: .pert(lowest: 1, mostLikely: 0.5, highest: 2)),
      saying: "uncertainty of capacity: 1.0, 0.5")
    #expect(throws: IndicatorsError.self) {
      try WaitingListSimulation.waits(therapyList(), weeks: 10, path: -1, seed: 1)
    }
    let simulation = try WaitingListSimulation(
      therapyList(), weeks: 10, paths: 3, seed: 1, lengths: [Weeks(18)])
    for measure in [
      WaitingListSimulation.Measure.shareWaiting(within: Weeks(20)), .waitingOver(Weeks(52)),
      .meanWaitSeen(over: 0),
      .shareSeen(within: Weeks(1), over: 2),
    ] {
      #expect(throws: IndicatorsError.self) { try simulation.values(of: measure, week: 0) }
    }
    #expect(throws: IndicatorsError.self) { try simulation.values(of: .waiting, week: 10) }
    #expect(throws: IndicatorsError.self) { try simulation.values(of: .waiting, week: -1) }
    #expect(throws: IndicatorsError.self) { try simulation.summaries(of: .waiting, at: [2]) }
    #expect(try simulation.values(of: .meanWaitSeen(over: .max), week: 5).count == 3)
  }
}

@Suite("The probability of meeting and holding a target")
struct TargetProbabilityTests {
  let list = therapyList(capacity: [PerWeek(11)])

  @Test("It is the share of paths that meet the level at the date and every week after")
  func counted() throws {
    let simulation = try WaitingListSimulation(
      list, weeks: 80, chance: WaitingListChance(demand: .lognormal(variation: 0.1)), paths: 90, seed: 2)
    let target = try WaitTarget(.meanWait(Weeks(13)), by: list.start.adding(days: 40 * 7 - 1))
    let answer = try simulation.probability(of: target)
    #expect(answer.firstWeek == 39)
    #expect(answer.lastWeek == 79)
    // Where nobody waits there is no mean wait, and the target is met.
    let waits = try (39..<80).map { try simulation.values(of: .meanWait, week: $0) }
    let held = (0..<90).count { path in waits.allSatisfy { !($0[path] > 13) } }
    #expect(held > 5 && held < 85)
    #expect(answer.metAndHeld.value == Double(held) / 90)
    #expect(answer.met.value == Double(waits[0].count { !($0 > 13) }) / 90)
    #expect(answer.shareMet[39] == answer.met.value)
    #expect(answer.metAndHeld.trials == 90)
    let shorter = try simulation.probability(of: target, holding: 0)
    #expect(shorter.metAndHeld == shorter.met)
    #expect(shorter.lastWeek == 39)
    #expect(try simulation.probability(of: target, holding: .max) == answer)
  }

  @Test("Every aim can be asked for, and a list that empties meets them all")
  func aims() throws {
    let empty = therapyList(waiting: [], referrals: [PerWeek(0)])
    let simulation = try WaitingListSimulation(empty, weeks: 20, paths: 10, seed: 2)
    let date = empty.start.adding(days: 70)
    for aim in [
      WaitTarget.Aim.shareWaiting(0.92, within: Weeks(18)), .shareSeen(0.9, within: Weeks(18), over: 4),
      .meanWait(Weeks(5)), .meanWaitSeen(Weeks(5), over: 4), .waiting(0),
    ] {
      #expect(try simulation.probability(of: WaitTarget(aim, by: date)).metAndHeld.value == 1)
      switch aim {
      case .shareWaiting, .shareSeen: #expect(aim.length == Weeks(18))
      default: #expect(aim.length == nil)
      }
    }
    let closed = try WaitingListSimulation(
      therapyList(capacity: [PerWeek(0)]), weeks: 20, paths: 10, seed: 2)
    for aim in [
      WaitTarget.Aim.shareSeen(0.1, within: Weeks(18), over: 4), .meanWaitSeen(Weeks(500), over: 4),
    ] {
      #expect(try closed.probability(of: WaitTarget(aim, by: date)).met.value == 0)
    }
  }

  @Test("A length of time that was not simulated for, and a date that is not looked at, are refused")
  func refusals() throws {
    let simulation = try WaitingListSimulation(list, weeks: 20, paths: 10, seed: 2)
    let date = list.start.adding(days: 70)
    #expect(throws: IndicatorsError.self) {
      try simulation.probability(of: WaitTarget(share: 0.9, within: Weeks(6), by: date))
    }
    let target = try WaitTarget(share: 0.9, within: Weeks(18), by: date)
    #expect(throws: IndicatorsError.self) { try simulation.probability(of: target, holding: -1) }
    let late = try WaitTarget(share: 0.9, within: Weeks(18), by: list.start.adding(days: 700))
    #expect(throws: IndicatorsError.self) { try simulation.probability(of: late) }
  }
}
