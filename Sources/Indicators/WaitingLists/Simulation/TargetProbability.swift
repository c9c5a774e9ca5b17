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
}

extension WaitingListSimulation {
  /// How likely a target is met and held: the share of simulated futures in which its level is met at the end of the first
  /// week at which it is judged, and of every week after it.
  ///
  /// - Parameters:
  ///   - target: the target; a length of time in it must be one that was simulated for.
  ///   - holding: for how many weeks after the first it is to be held; to the last week simulated where that is nil or comes
  ///     sooner.
  /// - Throws: what ``WaitTarget/firstWeek(of:weeks:)`` and ``values(of:week:)`` throw, and
  ///   ``IndicatorsError/invalid(subject:reason:)`` for a negative number of weeks.
  public func probability(
    of target: WaitTarget, holding: Int? = nil
  ) throws(IndicatorsError) -> TargetProbability {
    let first = try target.firstWeek(of: model, weeks: weeks)
    if let holding, holding < 0 {
      throw .invalid(subject: "\(model.name): weeks to hold a target", reason: "\(holding) is not 0 or more")
    }
    let last = min(weeks - 1, first + min(holding ?? weeks, weeks))
    var held = [Bool](repeating: true, count: paths)
    var metAtFirst = 0
    var shareMet: [Double] = []
    for week in 0..<weeks {
      let values = try values(of: target.aim.measure, week: week)
      let waiting = column(ListColumn.waiting, week)
      var count = 0
      for (path, (value, waiting)) in zip(values, waiting).enumerated() {
        let isMet = target.aim.isMet(value.isNaN ? nil : value, waiting: waiting)
        count += isMet ? 1 : 0
        if (first...last).contains(week), !isMet { held[path] = false }
      }
      if week == first { metAtFirst = count }
      shareMet.append(Double(count) / Double(paths))
    }
    do {
      return TargetProbability(
        firstWeek: first, lastWeek: last,
        met: try ProbabilityEstimate(successes: metAtFirst, trials: paths),
        metAndHeld: try ProbabilityEstimate(successes: held.count { $0 }, trials: paths), shareMet: shareMet)
    } catch {
      throw .invalid(subject: "\(model.name): probability of the target", reason: "\(error)")
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

  /// The length of time within which it counts, where it has one: it must be among those a simulation is run for.
  public var length: Weeks? {
    switch self {
    case .shareWaiting(_, let length), .shareSeen(_, let length, _): length
    case .meanWait, .meanWaitSeen, .waiting: nil
    }
  }
}
