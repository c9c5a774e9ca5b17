import Indicators
import Statistics
import Testing
import TimeSeries

/// Lists of all shapes, drawn at random, and what must hold of each.
@Suite("Any list")
struct WaitingListPropertyTests {
  /// A list of a seed: small and large, with holidays, leaving, priorities and one-off changes, or with none
  /// of them.
  func anyList(_ stream: inout RandomStream) -> WaitingListModel {
    func number(_ most: Double) -> Double { stream.uniform() < 0.2 ? 0 : stream.uniform() * most }
    func flows(_ most: Double) -> [PerWeek] {
      (0..<1 + Int(stream.uniform() * 20)).map { _ in PerWeek(number(most)) }
    }
    let size = [1.0, 5, 40][Int(stream.uniform() * 3)]
    let waiting = (0..<Int(stream.uniform() * 90)).map { _ in number(size) }
    let referrals = flows(size)
    let capacity = flows(size)
    let leaving = (0..<Int(stream.uniform() * 5)).map { _ in number(stream.uniform() < 0.1 ? 1 : 0.1) }
    let disciplines: [WaitingListModel.Discipline] = [
      .firstInFirstOut, .mixed(longestFirst: 0), .mixed(longestFirst: stream.uniform()),
      .mixed(longestFirst: 1),
    ]
    let share = number(1)
    let priorities: [[WaitingListModel.Priority]] = [
      [], [.init(name: "urgent", share: share), .init(name: "routine", share: 1 - share)],
      [.init(name: "a", share: 0.2), .init(name: "b", share: 0.3), .init(name: "c", share: 0.5)],
    ]
    return WaitingListModel(
      name: "any", start: CivilDate(daysSinceEpoch: 19000), waiting: waiting, referrals: referrals,
      capacity: capacity, leaving: leaving, discipline: disciplines[Int(stream.uniform() * 4)],
      priorities: priorities[Int(stream.uniform() * 3)],
      oneOffs: [
        .init(week: 3, kind: .referrals, amount: number(30), reason: "transfer"),
        .init(week: 7, kind: .capacity, amount: number(30), reason: "clinic"),
        .init(week: 0, kind: .capacity, amount: -capacity[0].count, reason: "lost week"),
        .init(week: 0, kind: .referrals, amount: -referrals[0].count, reason: "strike"),
      ])
  }

  @Test("Nobody is lost or made, nobody is owed, and what is read off lies where it can", arguments: 0..<60)
  func projection(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), name: "lists")
    let list = anyList(&stream)
    let projection = try WaitingListProjection(list, weeks: 70, longestWait: 52)
    var balance = list.waiting.reduce(0, +)
    for week in projection.weeks {
      balance += week.referred - week.left - week.seen.total
      #expect(abs(balance - week.waiting.total) < 1e-8)
      #expect(week.waiting.counts.allSatisfy { $0 >= 0 } && week.seen.counts.allSatisfy { $0 >= 0 })
      #expect(week.left >= 0 && week.unused >= 0)
      #expect(abs(week.seen.total + week.unused - week.capacity) < 1e-8)
      guard let mean = week.waiting.mean, let median = week.waiting.percentile(0.5),
        let high = week.waiting.percentile(0.92), let share = week.waiting.share(within: Weeks(18))
      else {
        #expect(week.waiting.total == 0)
        continue
      }
      #expect(mean > Weeks(0) && mean < Weeks(53))
      #expect(median <= high && high <= Weeks(53))
      #expect((0...1).contains(share))
      #expect((share >= 0.92 + 1e-9) == (high < Weeks(18)) || abs(share - 0.92) < 1e-6)
    }
  }

  @Test("So it is in each simulated future, by clinics and by one server", arguments: 0..<60)
  func simulation(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), name: "lists")
    let list = anyList(&stream)
    let services: [WaitingListChance.Service] = [
      .clinics, .singleServer(variation: 0), .singleServer(variation: 1), .singleServer(variation: 3),
    ]
    let chance = WaitingListChance(
      demand: .pert(lowest: 0, mostLikely: 1, highest: 3), capacity: .lognormal(variation: 1),
      dispersion: 1 + stream.uniform() * 20, capacityVariation: stream.uniform(), service: services[seed % 4])
    let paths = 4
    let simulation = try WaitingListSimulation(
      list, weeks: 60, chance: chance, paths: paths, seed: UInt64(seed))
    var balance = [Double](repeating: 0, count: paths)
    var atStart: [Double] = []
    for week in 0..<60 {
      func values(_ measure: WaitingListSimulation.Measure) throws -> [Double] {
        try simulation.values(of: measure, week: week)
      }
      let (referred, seen, left, waiting) = (
        try values(.referred), try values(.seen), try values(.left), try values(.waiting)
      )
      for path in 0..<paths { balance[path] += referred[path] - seen[path] - left[path] }
      if week == 0 { atStart = zip(waiting, balance).map { $0 - $1 } }
      let (median, high) = (try values(.medianWait), try values(.percentile92))
      let (mean, within) = (try values(.meanWait), try values(.shareWaiting(within: Weeks(18))))
      let over = try values(.waitingOver(Weeks(52)))
      for path in 0..<paths {
        #expect(waiting[path] - balance[path] == atStart[path])
        #expect(waiting[path] >= 0 && left[path] >= 0 && seen[path] >= 0)
        guard waiting[path] > 0 else {
          #expect(mean[path].isNaN && median[path].isNaN && within[path].isNaN)
          continue
        }
        #expect(mean[path] >= 0 && median[path] <= high[path] + 1e-9)
        #expect((0...1).contains(within[path]) && over[path] >= 0 && over[path] <= waiting[path])
      }
    }
    // A fraction of a child is one or none.
    let total = list.waiting.reduce(0, +)
    #expect(atStart.allSatisfy { abs($0 - total) < 1 + 1e-9 })
  }
}
