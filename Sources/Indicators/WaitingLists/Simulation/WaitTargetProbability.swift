import Statistics

/// How likely a list is to meet a target, and to hold it.
public struct TargetProbability: Sendable, Equatable {
  /// The first week at whose end the target is judged.
  public let firstWeek: Int
  /// The last week in which it is to be held.
  public let lastWeek: Int
  /// The probability that it is met at the end of ``firstWeek``.
  public let met: ProbabilityEstimate
  /// The probability that it is met then and at the end of every week to ``lastWeek``.
  public let metAndHeld: ProbabilityEstimate
  /// The share of paths in which the level is met at the end of each week from 0.
  public let shareMet: [Double]

  /// Counts the paths of a simulation in which a target is met and held.
  ///
  /// - Parameters:
  ///   - list: the name of the list, for errors.
  ///   - paths: the number of paths.
  ///   - weeks: the number of weeks.
  ///   - first: the first week at whose end the target is judged.
  ///   - holding: for how many weeks it is then held; to the last where that is nil or comes sooner.
  ///   - isMet: whether the level is met at the end of a week, by path.
  init(
    list: String, paths: Int, weeks: Int, first: Int, holding: Int?,
    isMet: (Int) throws(IndicatorsError) -> [Bool]
  ) throws(IndicatorsError) {
    if let holding, holding < 0 {
      throw .invalid(subject: "\(list): weeks to hold a target", reason: "\(holding) is not 0 or more")
    }
    firstWeek = first
    lastWeek = min(weeks - 1, first + min(holding ?? weeks, weeks))
    var held = [Bool](repeating: true, count: paths)
    var metAtFirst = 0
    var shareMet: [Double] = []
    for week in 0..<weeks {
      let met = try isMet(week)
      let count = met.count { $0 }
      if week == first { metAtFirst = count }
      if week >= first, week <= lastWeek {
        for (path, isMet) in met.enumerated() where !isMet { held[path] = false }
      }
      shareMet.append(Double(count) / Double(paths))
    }
    self.shareMet = shareMet
    do {
      met = try ProbabilityEstimate(successes: metAtFirst, trials: paths)
      metAndHeld = try ProbabilityEstimate(successes: held.count { $0 }, trials: paths)
    } catch {
      throw .invalid(subject: "\(list): probability of the target", reason: "\(error)")
    }
  }
}

extension WaitingListSimulation {
  /// How likely a target is met and held: the share of simulated futures in which its level is met at the end
  /// of the first week at which it is judged, and of every week after it.
  ///
  /// - Parameters:
  ///   - target: the target; a length of time in it must be one that was simulated for.
  ///   - holding: for how many weeks after the first it is to be held; to the last week simulated where that
  ///     is nil or comes sooner.
  /// - Throws: what ``WaitTarget/firstWeek(of:weeks:)`` and ``values(of:week:)`` throw, and
  ///   ``IndicatorsError/invalid(subject:reason:)`` for a negative number of weeks.
  public func probability(
    of target: WaitTarget, holding: Int? = nil
  ) throws(IndicatorsError) -> TargetProbability {
    let first = try target.firstWeek(of: model, weeks: weeks)
    return try TargetProbability(
      list: model.name, paths: paths, weeks: weeks, first: first, holding: holding
    ) { (week) throws(IndicatorsError) in
      zip(try values(of: target.aim.measure, week: week), column(ListColumn.waiting, week)).map {
        target.aim.isMet($0.isNaN ? nil : $0, waiting: $1)
      }
    }
  }
}

extension WaitTarget.Aim {
  /// The simulated measure that it is judged by.
  var measure: WaitingListSimulation.Measure {
    switch self {
    case .shareWaiting(_, let length): .shareWaiting(within: length)
    case .shareSeen(_, let length, let weeks): .shareSeen(within: length, over: weeks)
    case .meanWait: .meanWait
    case .meanWaitSeen(_, let weeks): .meanWaitSeen(over: weeks)
    case .waiting: .waiting
    }
  }

  /// The length of time within which it counts, where it has one: it must be among those a simulation is run
  /// for.
  public var length: Weeks? {
    switch self {
    case .shareWaiting(_, let length), .shareSeen(_, let length, _): length
    case .meanWait, .meanWaitSeen, .waiting: nil
    }
  }
}
