import RealModule
import Statistics
import TimeSeries

/// A list simulated child by child, many times over: what may come of it, and how likely a target is met and
/// held.
///
/// Children are referred at random moments, wait, give up or are seen, in continuous time. Paths that differ
/// in capacity alone meet the same children at the same times with the same patience (common random numbers),
/// so that what more capacity brings is not blurred by chance. The same seed gives the same bytes on any
/// number of threads.
public struct WaitingListSimulation: Sendable {
  /// A figure of a week.
  public enum Measure: Hashable, Sendable {
    /// Children waiting at the end of the week.
    case waiting
    /// The mean wait of those waiting, in weeks; undefined where nobody waits.
    case meanWait
    /// The median wait of those waiting, in weeks; undefined where nobody waits.
    case medianWait
    /// The wait, in weeks, that 92% of those waiting have not exceeded; undefined where nobody waits.
    case percentile92
    /// The share of those waiting who have waited no longer than a length of time that was simulated for;
    /// undefined where nobody waits.
    case shareWaiting(within: Weeks)
    /// Those waiting who have waited longer than a length of time that was simulated for.
    case waitingOver(Weeks)
    /// Children referred in the week.
    case referred
    /// Children seen in the week, or whose service began in it.
    case seen
    /// Children who left unseen in the week.
    case left
    /// Places for which there was nobody.
    case unused
    /// The mean wait of those seen in so many weeks up to this one, in weeks; undefined where nobody was.
    case meanWaitSeen(over: Int)
    /// The share of those seen in so many weeks up to this one who had waited no longer than a length of time
    /// that was simulated for; undefined where nobody was.
    case shareSeen(within: Weeks, over: Int)
  }

  /// The list.
  public let model: WaitingListModel
  /// The number of weeks.
  public let weeks: Int
  /// What was left to chance.
  public let chance: WaitingListChance
  /// The number of simulated futures.
  public let paths: Int
  /// What the random numbers were drawn from.
  public let seed: UInt64
  /// The lengths of time for which shares within are known.
  public let lengths: [Weeks]
  /// What is kept, by column, week and path.
  private let values: [Double]

  /// The most figures that a simulation keeps: paths × weeks × (9 + 2 for each length of time).
  public static let mostFigures = 100_000_000
  /// The most lengths of time for which shares within are kept.
  public static let mostLengths = 16
  /// The most children that may be expected in one path, at the start and by referral.
  public static let mostExpected = 5_000_000.0

  /// Simulates a list.
  ///
  /// - Parameters:
  ///   - model: the list.
  ///   - weeks: the number of weeks, 1 to 5,200.
  ///   - chance: what is left to chance.
  ///   - paths: the number of simulated futures, 1 or more.
  ///   - seed: what the random numbers are drawn from.
  ///   - lengths: the lengths of time for which shares within are wanted, up to 16, each above 0; 18 and 52
  ///     weeks where none are named.
  ///   - jobs: the most threads to use.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a model or settings that cannot be, and for a
  ///   simulation that is larger than ``mostFigures`` or ``mostExpected``.
  public init(
    _ model: WaitingListModel, weeks: Int, chance: WaitingListChance = WaitingListChance(), paths: Int,
    seed: UInt64,
    lengths: [Weeks] = [Weeks(18), Weeks(52)], jobs: Int = 1
  ) throws(IndicatorsError) {
    let plan = try Self.plan(model, weeks: weeks, chance: chance, seed: seed, lengths: lengths)
    let columns = ListColumn.fixed + 2 * lengths.count
    let (size, overflow) = (columns * weeks).multipliedReportingOverflow(by: max(paths, 0))
    guard paths >= 1, !overflow, size <= Self.mostFigures else {
      throw .invalid(
        subject: "\(model.name): paths to simulate",
        reason:
          "\(paths) paths of \(weeks) weeks are not between 1 and \(Self.mostFigures / (columns * weeks))")
    }
    self.model = model
    self.weeks = weeks
    self.chance = chance
    self.paths = paths
    self.seed = seed
    self.lengths = lengths
    values = [Double](unsafeUninitializedCapacity: size) { buffer, count in
      count = size
      nonisolated(unsafe) let buffer = buffer
      concurrentBlocks(count: paths, blockSize: 16, jobs: jobs) { block in
        var state = ListPath(plan)
        for path in block {
          state.run(path: path) { week, figures in
            for column in 0..<columns { buffer[(column * weeks + week) * paths + path] = figures[column] }
          }
        }
      }
    }
  }

  /// The waits of those seen in one path of a simulation, in the order in which they were seen.
  ///
  /// - Parameters:
  ///   - model: the list.
  ///   - weeks: the number of weeks, 1 to 5,200.
  ///   - chance: what is left to chance.
  ///   - path: the number of the path, 0 or more.
  ///   - seed: what the random numbers are drawn from.
  /// - Throws: what ``init(_:weeks:chance:paths:seed:lengths:jobs:)`` throws for a model and settings, and
  ///   for a negative path.
  public static func waits(
    _ model: WaitingListModel, weeks: Int, chance: WaitingListChance = WaitingListChance(), path: Int,
    seed: UInt64
  ) throws(IndicatorsError) -> [SimulatedWait] {
    guard path >= 0 else {
      throw .invalid(subject: "\(model.name): path", reason: "\(path) is not 0 or more")
    }
    let plan = try plan(model, weeks: weeks, chance: chance, seed: seed, lengths: [])
    var state = ListPath(plan, keepsWaits: true)
    state.run(path: path) { _, _ in }
    return state.waits
  }

  private static func plan(
    _ model: WaitingListModel, weeks: Int, chance: WaitingListChance, seed: UInt64, lengths: [Weeks]
  ) throws(IndicatorsError) -> SimulationPlan {
    try model.validated()
    try chance.validated()
    guard (1...WaitingListProjection.mostWeeks).contains(weeks) else {
      throw .invalid(
        subject: "\(model.name): weeks to simulate",
        reason: "\(weeks) is not between 1 and \(WaitingListProjection.mostWeeks)")
    }
    guard lengths.count <= mostLengths else {
      throw .invalid(
        subject: "\(model.name): lengths of time",
        reason: "there are \(lengths.count); give at most \(mostLengths)")
    }
    for length in lengths {
      guard length.count > 0, length.count.isFinite else {
        throw .invalid(
          subject: "\(model.name): length of time",
          reason: "\(length.count) weeks is not a length of time above 0")
      }
    }
    let plan = SimulationPlan(model, weeks: weeks, chance: chance, seed: seed, lengths: lengths)
    // Referrals may grow faster than expected, in some futures as fast as can be.
    let fastest = Double.pow(chance.growth.highest, 7 / 365.25)
    let referred = plan.referrals.enumerated().reduce(0) {
      $0 + $1.element * Double.pow(fastest, Double($1.offset))
    }
    let children = (plan.atStart + plan.joining).reduce(0, +) + referred
    guard children <= Self.mostExpected else {
      throw .invalid(
        subject: "\(model.name): children to simulate one by one",
        reason: "\(IndicatorsError.plain(children.rounded())) in \(weeks) weeks is more than "
          + "\(IndicatorsError.plain(Self.mostExpected)); look at fewer weeks, or project the list in compartments"
      )
    }
    return plan
  }

  // MARK: Reading off

  /// A kept figure in a week, by path.
  func column(_ column: Int, _ week: Int) -> ArraySlice<Double> {
    let first = (column * weeks + week) * paths
    return values[first..<first + paths]
  }

  /// The place of a length of time among those simulated for.
  func place(of length: Weeks) throws(IndicatorsError) -> Int {
    guard let place = lengths.firstIndex(of: length) else {
      let known = lengths.map { IndicatorsError.plain($0.count) }.joined(separator: ", ")
      throw .invalid(
        subject: "\(model.name): share within \(IndicatorsError.plain(length.count)) weeks",
        reason:
          "it was simulated for \(known.isEmpty ? "no lengths of time" : known + " weeks"); name it among the lengths"
      )
    }
    return place
  }

  /// A measure in a week, by path; not a number where it is undefined in a path.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a week that was not simulated, a length of
  ///   time that was not simulated for, and a measure over fewer than one week.
  public func values(of measure: Measure, week: Int) throws(IndicatorsError) -> [Double] {
    guard (0..<weeks).contains(week) else {
      throw .invalid(subject: "\(model.name): week \(week)", reason: "weeks 0 to \(weeks - 1) were simulated")
    }
    func ratio(_ top: Int, _ bottom: Int) -> [Double] {
      zip(column(top, week), column(bottom, week)).map { $0 / $1 }
    }
    func ifAnybody(_ top: Int) -> [Double] {
      zip(column(top, week), column(ListColumn.waiting, week)).map { $1 > 0 ? $0 : .nan }
    }
    switch measure {
    case .waiting: return Array(column(ListColumn.waiting, week))
    case .meanWait: return ratio(ListColumn.waited, ListColumn.waiting)
    case .medianWait: return ifAnybody(ListColumn.median)
    case .percentile92: return ifAnybody(ListColumn.percentile92)
    case .shareWaiting(let length):
      return ratio(ListColumn.waiting(within: try place(of: length)), ListColumn.waiting)
    case .waitingOver(let length):
      let within = column(ListColumn.waiting(within: try place(of: length)), week)
      return zip(column(ListColumn.waiting, week), within).map { $0 - $1 }
    case .referred: return Array(column(ListColumn.referred, week))
    case .seen: return Array(column(ListColumn.seen, week))
    case .left: return Array(column(ListColumn.left, week))
    case .unused: return Array(column(ListColumn.unused, week))
    case .meanWaitSeen(let over):
      return try window(ListColumn.seenWaited, ListColumn.seen, week, over)
    case .shareSeen(let length, let over):
      return try window(ListColumn.seen(within: try place(of: length)), ListColumn.seen, week, over)
    }
  }

  /// The ratio of the sums of two columns over weeks up to one, by path.
  private func window(
    _ top: Int, _ bottom: Int, _ week: Int, _ over: Int
  ) throws(IndicatorsError) -> [Double] {
    guard over >= 1 else {
      throw .invalid(subject: "\(model.name): measure over \(over) weeks", reason: "it needs at least 1")
    }
    var above = [Double](repeating: 0, count: paths)
    var below = above
    for week in max(0, week - (over - 1))...week {
      for (path, value) in column(top, week).enumerated() { above[path] += value }
      for (path, value) in column(bottom, week).enumerated() { below[path] += value }
    }
    return zip(above, below).map { $0 / $1 }
  }

  /// Mean and quantiles of a measure in each week, over the paths in which it is defined, whose number is the
  /// summary's count; nil for a week in which it is defined in none.
  ///
  /// - Throws: what ``values(of:week:)`` throws, and ``IndicatorsError/invalid(subject:reason:)`` for a
  ///   probability that is not from 0 to 1.
  public func summaries(
    of measure: Measure, at probabilities: [Double] = [0.1, 0.5, 0.9]
  ) throws(IndicatorsError) -> [QuantileSummary?] {
    var summaries: [QuantileSummary?] = []
    for week in 0..<weeks {
      let defined = try values(of: measure, week: week).filter { !$0.isNaN }
      guard !defined.isEmpty else {
        summaries.append(nil)
        continue
      }
      do {
        summaries.append(try QuantileSummary(of: defined, at: probabilities))
      } catch {
        throw .invalid(subject: "\(model.name): quantiles", reason: "\(error)")
      }
    }
    return summaries
  }
}
