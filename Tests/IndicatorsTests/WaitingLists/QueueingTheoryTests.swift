import Indicators
import Testing
import TimeSeries

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Mean and standard error of independent figures.
struct SampleMean {
  let mean: Double
  let error: Double

  init(_ values: [Double]) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    self.mean = mean
    error = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n).squareRoot()
  }

  /// Whether a value lies within four standard errors, which are so small that one a twentieth away would
  /// not.
  func confirms(_ value: Double) -> Bool { abs(mean - value) <= 4 * error && 4 * error < 0.05 * value }
}

/// The simulation beside the closed forms of queueing theory: 8 children a week for one server who takes a
/// tenth of a week on average, so that the load is 0.8.
@Suite("Simulation and queueing theory")
struct QueueingTheoryTests {
  static let lambda = 8.0
  static let mu = 10.0
  static let weeks = 300
  static let warmUp = 60
  static let paths = 600

  let list = therapyList(waiting: [], referrals: [PerWeek(lambda)], capacity: [PerWeek(mu)])

  func simulation(variation: Double) throws -> WaitingListSimulation {
    try WaitingListSimulation(
      list, weeks: Self.weeks, chance: WaitingListChance(service: .singleServer(variation: variation)),
      paths: Self.paths, seed: 2024, lengths: [], jobs: 2)
  }

  /// The mean wait in the queue by Pollaczek and Khinchine: ρ(1 + c²)/2/(μ - λ).
  @Test(
    "The mean wait in the queue is that of Pollaczek and Khinchine: M/M/1, M/D/1 and between",
    arguments: [(1.0, 0.4), (0.0, 0.2), (0.5, 0.25)])
  func meanWait(variation: Double, wait: Double) throws {
    let simulation = try simulation(variation: variation)
    let waits = SampleMean(
      try simulation.values(of: .meanWaitSeen(over: Self.weeks - Self.warmUp), week: Self.weeks - 1))
    #expect(waits.confirms(wait), "\(waits)")
    // Little: those waiting are demand times wait; counted at the ends of weeks.
    var sizes = [Double](repeating: 0, count: Self.paths)
    for week in Self.warmUp..<Self.weeks {
      for (path, size) in try simulation.values(of: .waiting, week: week).enumerated() {
        sizes[path] += size / Double(Self.weeks - Self.warmUp)
      }
    }
    let size = SampleMean(sizes)
    #expect(size.confirms(Self.lambda * wait), "\(size)")
  }

  @Test("In M/M/1 time in the system is 1/(μ - λ), and waits fall off as ρ exp(-(μ - λ)t)")
  func distribution() throws {
    let tails = [0.0, 0.1, 0.25, 0.5]
    var sojourns: [Double] = []
    var beyond = [[Double]](repeating: [], count: tails.count)
    for path in 0..<Self.paths {
      let waits = try WaitingListSimulation.waits(
        list, weeks: Self.weeks, chance: WaitingListChance(service: .singleServer(variation: 1)), path: path,
        seed: 7
      ).filter { $0.referred > Double(Self.warmUp) }
      let done = waits.compactMap { wait in wait.completed.map { $0 - wait.referred } }
      #expect(done.count + 1 >= waits.count)
      sojourns.append(done.reduce(0, +) / Double(done.count))
      for (index, tail) in tails.enumerated() {
        beyond[index].append(Double(waits.count { $0.wait > Weeks(tail) }) / Double(waits.count))
      }
    }
    #expect(SampleMean(sojourns).confirms(1 / (Self.mu - Self.lambda)), "\(SampleMean(sojourns))")
    for (index, tail) in tails.enumerated() {
      let share = SampleMean(beyond[index])
      #expect(
        share.confirms(Self.lambda / Self.mu * exp(-(Self.mu - Self.lambda) * tail)), "\(tail): \(share)")
    }
  }

  /// A. Cobham (1954): with exponential service, ρ/μ/(1 - ρ₁) for the first priority and ρ/μ/(1 - ρ₁)(1 - ρ)
  /// for the second, who have four tenths and six tenths of the referrals.
  @Test("The urgent wait as Cobham says, the others for it, and all together as they would in turn")
  func priorities() throws {
    let list = therapyList(
      waiting: [], referrals: [PerWeek(Self.lambda)], capacity: [PerWeek(Self.mu)],
      priorities: [.init(name: "urgent", share: 0.4), .init(name: "routine", share: 0.6)])
    var means: [[Double]] = [[], [], []]
    for path in 0..<Self.paths {
      let waits = try WaitingListSimulation.waits(
        list, weeks: Self.weeks, chance: WaitingListChance(service: .singleServer(variation: 1)), path: path,
        seed: 70
      ).filter { $0.referred > Double(Self.warmUp) }
      for priority in 0...2 {
        let chosen = waits.filter { priority == 2 || $0.priority == priority }
        means[priority].append(chosen.reduce(0) { $0 + $1.wait.count } / Double(chosen.count))
      }
    }
    for (mean, wait) in zip(means, [0.08 / 0.68, 0.08 / 0.68 / 0.2, 0.4]) {
      #expect(SampleMean(mean).confirms(wait), "\(SampleMean(mean)), \(wait)")
    }
  }

  @Test("Whom the next place goes to changes who waits and not how long all wait together")
  func byChance() throws {
    let list = therapyList(
      waiting: [], referrals: [PerWeek(Self.lambda)], capacity: [PerWeek(Self.mu)],
      discipline: .mixed(longestFirst: 0))
    let simulation = try WaitingListSimulation(
      list, weeks: Self.weeks, chance: WaitingListChance(service: .singleServer(variation: 0)),
      paths: Self.paths,
      seed: 12, lengths: [Weeks(0.8)])
    let last = Self.weeks - 1
    let over = Self.weeks - Self.warmUp
    let waits = SampleMean(try simulation.values(of: .meanWaitSeen(over: over), week: last))
    #expect(waits.confirms(0.2), "\(waits)")
    // By chance some wait far longer than anybody does in turn.
    let inTurn = try WaitingListSimulation(
      self.list, weeks: Self.weeks, chance: WaitingListChance(service: .singleServer(variation: 0)),
      paths: Self.paths, seed: 12, lengths: [Weeks(0.8)])
    let within = SampleMean(try simulation.values(of: .shareSeen(within: Weeks(0.8), over: over), week: last))
    let withinInTurn = SampleMean(
      try inTurn.values(of: .shareSeen(within: Weeks(0.8), over: over), week: last))
    #expect(1 - within.mean > 1.2 * (1 - withinInTurn.mean))
  }

  @Test("A server is idle for the share of capacity that the load leaves")
  func idle() throws {
    let simulation = try simulation(variation: 1)
    var idle = [Double](repeating: 0, count: Self.paths)
    for week in Self.warmUp..<Self.weeks {
      for (path, unused) in try simulation.values(of: .unused, week: week).enumerated() {
        idle[path] += unused / Double(Self.weeks - Self.warmUp)
      }
    }
    #expect(SampleMean(idle).confirms(Self.mu - Self.lambda), "\(SampleMean(idle))")
  }

  @Test("Referrals of dispersion 4 have the mean and four times the variance of chance alone")
  func dispersion() throws {
    for dispersion in [1.0, 4] {
      let simulation = try WaitingListSimulation(
        therapyList(waiting: [], referrals: [PerWeek(12)]), weeks: 100,
        chance: WaitingListChance(dispersion: dispersion), paths: 100, seed: 5, lengths: [])
      var counts: [Double] = []
      for week in 0..<100 { counts += try simulation.values(of: .referred, week: week) }
      let mean = SampleMean(counts)
      #expect(abs(mean.mean - 12) < 4 * mean.error && mean.error < 0.08)
      let variance = SampleMean(counts.map { ($0 - 12) * ($0 - 12) })
      #expect(
        abs(variance.mean - 12 * dispersion) < 4 * variance.error && variance.error < 0.04 * 12 * dispersion)
    }
  }

  @Test(
    "Where nobody is seen, those who leave do so at the rate of the model, and the list settles at referrals/rate"
  )
  func reneging() throws {
    let list = therapyList(waiting: [], referrals: [PerWeek(20)], capacity: [PerWeek(0)], leaving: [0.05])
    let simulation = try WaitingListSimulation(list, weeks: 200, paths: 400, seed: 3)
    let projection = try WaitingListProjection(list, weeks: 200)
    let size = SampleMean(try simulation.values(of: .waiting, week: 199))
    #expect(size.confirms(projection.weeks[199].waiting.total), "\(size)")
    #expect(abs(projection.weeks[199].waiting.total - 20 * 0.95 / 0.05) < 0.1)
    var left = [Double](repeating: 0, count: 400)
    for week in 150..<200 {
      for (path, value) in try simulation.values(of: .left, week: week).enumerated() {
        left[path] += value / 50
      }
    }
    #expect(SampleMean(left).confirms(20), "\(SampleMean(left))")
  }

  @Test("Of those who wait so many weeks, so many leave, whatever the rates by weeks waited are")
  func leavingByWeeks() throws {
    let list = therapyList(
      waiting: [400, 0, 300, 200], referrals: [PerWeek(0), PerWeek(0), PerWeek(300), PerWeek(0)],
      capacity: [PerWeek(0)], leaving: [0.1, 0, 0.3, 0, 0.5, 0])
    let simulation = try WaitingListSimulation(list, weeks: 8, paths: 300, seed: 11)
    let projection = try WaitingListProjection(list, weeks: 8)
    for week in 0..<8 {
      let expected = projection.weeks[week].left
      let left = SampleMean(try simulation.values(of: .left, week: week))
      #expect(
        expected == 0
          ? left.mean == 0 : abs(left.mean - expected) < 4 * left.error && left.error < 0.02 * expected,
        "week \(week): \(left), \(expected)")
    }
  }
}
