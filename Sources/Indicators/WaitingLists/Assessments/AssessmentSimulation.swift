import Statistics
import TimeSeries

/// A queue of assessments under uncertain demand and capacity, many times over: how sure its published figure
/// is.
///
/// In each path the levels of requests and capacity are drawn once, requests come by chance week by week, and
/// capacity varies about its level; who is refused and who is given a plan follows the model's shares. Paths
/// that differ in capacity alone meet the same requests. The same seed gives the same bytes on any number of
/// threads.
public struct AssessmentSimulation: Sendable {
  /// A figure of a week.
  public enum Measure: Int, CaseIterable, Hashable, Sendable {
    /// Plans issued in the week.
    case issued
    /// Plans issued in the week within the limit.
    case issuedInTime
    /// Everyone in progress at its end.
    case inProgress
    /// Those in progress beyond the limit.
    case overLimit
    /// Those waiting for advice.
    case awaitingAdvice
  }

  /// The queue.
  public let queue: AssessmentQueue
  /// The number of weeks.
  public let weeks: Int
  /// What was left to chance.
  public let chance: WaitingListChance
  /// The number of simulated futures.
  public let paths: Int
  /// What the random numbers were drawn from.
  public let seed: UInt64
  // By measure, week and path.
  private let values: [Double]

  /// Simulates a queue.
  ///
  /// - Parameters:
  ///   - queue: the queue.
  ///   - weeks: the number of weeks, 1 to 1,040.
  ///   - chance: how sure requests and capacity are. The capacity for the backlog varies with the other. Its
  ///     service must be clinics, since advice is given in weekly places.
  ///   - paths: the number of simulated futures, 1 or more.
  ///   - seed: what the random numbers are drawn from.
  ///   - jobs: the most threads to use.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a queue or settings that cannot be, and for
  ///   more than ``WaitingListSimulation/mostFigures`` figures.
  public init(
    _ queue: AssessmentQueue, weeks: Int, chance: WaitingListChance, paths: Int, seed: UInt64, jobs: Int = 1
  ) throws(IndicatorsError) {
    try queue.validated(weeks: weeks)
    try chance.validated()
    guard chance.service == .clinics else {
      throw .invalid(
        subject: "\(queue.name): service", reason: "advice is given in weekly places; choose clinics")
    }
    let measures = Measure.allCases.count
    let (size, overflow) = (measures * weeks).multipliedReportingOverflow(by: max(paths, 0))
    guard paths >= 1, !overflow, size <= WaitingListSimulation.mostFigures else {
      throw .invalid(
        subject: "\(queue.name): paths to simulate",
        reason: "\(paths) paths of \(weeks) weeks are not between 1 and "
          + "\(WaitingListSimulation.mostFigures / (measures * weeks))")
    }
    self.queue = queue
    self.weeks = weeks
    self.chance = chance
    self.paths = paths
    self.seed = seed
    let levels = RandomStream(seed: seed, name: "assessments \(queue.name): levels")
    let requests = RandomStream(seed: seed, name: "assessments \(queue.name): requests")
    let advice = RandomStream(seed: seed, name: "assessments \(queue.name): advice")
    values = [Double](unsafeUninitializedCapacity: size) { buffer, count in
      count = size
      nonisolated(unsafe) let buffer = buffer
      concurrentBlocks(count: paths, blockSize: 16, jobs: jobs) { block in
        let start = AssessmentStep(queue, weeks: weeks)
        for path in block {
          var (levels, requests) = (levels.path(UInt64(path)), requests.path(UInt64(path)))
          var advice = advice.path(UInt64(path))
          let demand = chance.demand.draw(&levels)
          let capacity = chance.capacity.draw(&levels)
          var step = start
          for week in 0..<weeks {
            let noise = chance.drawCapacityFactor(&advice) * capacity
            step.advance(
              requests: chance.drawCount(AssessmentQueue.flow(queue.requests, week) * demand, &requests),
              places: AssessmentQueue.flow(queue.capacity, week) * noise,
              backlogPlaces: AssessmentQueue.flow(queue.backlogCapacity, week) * noise)
            let (inProgress, over) = step.inProgressAndOver
            func keep(_ measure: Measure, _ value: Double) {
              buffer[(measure.rawValue * weeks + week) * paths + path] = value
            }
            keep(.issued, step.issuedTotal)
            keep(.issuedInTime, step.issuedInTime)
            keep(.inProgress, inProgress)
            keep(.overLimit, over)
            keep(.awaitingAdvice, step.awaitingAdvice)
          }
        }
      }
    }
  }

  private func column(_ measure: Measure, _ week: Int) -> ArraySlice<Double> {
    let first = (measure.rawValue * weeks + week) * paths
    return values[first..<first + paths]
  }

  /// A measure in a week, by path.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a week that was not simulated.
  public func values(of measure: Measure, week: Int) throws(IndicatorsError) -> [Double] {
    try require(week)
    return Array(column(measure, week))
  }

  private func require(_ week: Int) throws(IndicatorsError) {
    guard (0..<weeks).contains(week) else {
      throw .invalid(subject: "\(queue.name): week \(week)", reason: "weeks 0 to \(weeks - 1) were simulated")
    }
  }

  /// Mean and quantiles of a measure in each week.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a probability that is not from 0 to 1.
  public func summaries(
    of measure: Measure, at probabilities: [Double] = [0.1, 0.5, 0.9]
  ) throws(IndicatorsError) -> [QuantileSummary] {
    var summaries: [QuantileSummary] = []
    for week in 0..<weeks { summaries.append(try summary(Array(column(measure, week)), probabilities)) }
    return summaries
  }

  /// The share in time of the plans issued in so many weeks up to each week, over the paths in which any was,
  /// whose number is the summary's count; nil for a week in which none was in any path.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a probability that is not from 0 to 1, and
  ///   for fewer than one week.
  public func shareInTime(
    over window: Int = 13, at probabilities: [Double] = [0.1, 0.5, 0.9]
  ) throws(IndicatorsError) -> [QuantileSummary?] {
    guard window >= 1 else {
      throw .invalid(subject: "\(queue.name): share over \(window) weeks", reason: "it needs at least 1")
    }
    var summaries: [QuantileSummary?] = []
    for week in 0..<weeks {
      let shares = shares(upTo: week, over: window).filter { !$0.isNaN }
      summaries.append(shares.isEmpty ? nil : try summary(shares, probabilities))
    }
    return summaries
  }

  /// The published figure of a calendar year by path: of the plans issued in it, as far as it is simulated,
  /// the share in time; not a number in a path in which none was.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a year of which nothing is simulated.
  public func shareInTime(inYear year: Int) throws(IndicatorsError) -> [Double] {
    let calendar = WaitingListModel(
      name: queue.name, start: queue.start, waiting: [], referrals: [], capacity: [])
    var parts: [(Int, Double)] = []
    for week in 0..<weeks {
      let end = calendar.dayAfter(week: week)
      let days = (1...7).count { end.adding(days: -$0).year == year }
      if days > 0 { parts.append((week, Double(days) / 7)) }
    }
    guard !parts.isEmpty else {
      throw .invalid(
        subject: "\(queue.name): \(year)",
        reason: "the \(weeks) weeks from \(queue.start) hold no day of it")
    }
    return shares(parts)
  }

  /// The probability that the published figure of a calendar year is at least so much; a path in which no
  /// plan is issued misses it.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a share that is not from 0 to 1, and what
  ///   ``shareInTime(inYear:)`` throws.
  public func probability(
    ofShareInTime level: Double, inYear year: Int
  ) throws(IndicatorsError) -> ProbabilityEstimate {
    guard level >= 0, level <= 1 else {
      throw .invalid(
        subject: "\(queue.name): share in time", reason: "\(level) is not from 0 to 1; write 60% as 0.6")
    }
    let successes = try shareInTime(inYear: year).count { $0 >= level - 1e-9 }
    do {
      return try ProbabilityEstimate(successes: successes, trials: paths)
    } catch {
      throw .invalid(subject: "\(queue.name): probability", reason: "\(error)")
    }
  }

  /// The share in time over so many weeks up to one, by path; not a number where no plan was issued.
  func shares(upTo week: Int, over window: Int) -> [Double] {
    shares((max(0, week - (window - 1))...week).map { ($0, 1) })
  }

  /// The share in time over parts of weeks, by path.
  private func shares(_ parts: [(week: Int, part: Double)]) -> [Double] {
    var issued = [Double](repeating: 0, count: paths)
    var inTime = issued
    for (week, part) in parts {
      for (path, value) in column(.issued, week).enumerated() { issued[path] += part * value }
      for (path, value) in column(.issuedInTime, week).enumerated() { inTime[path] += part * value }
    }
    return zip(inTime, issued).map { $0 / $1 }
  }

  private func summary(
    _ values: [Double], _ probabilities: [Double]
  ) throws(IndicatorsError) -> QuantileSummary {
    do {
      return try QuantileSummary(of: values, at: probabilities)
    } catch {
      throw .invalid(subject: "\(queue.name): quantiles", reason: "\(error)")
    }
  }
}
