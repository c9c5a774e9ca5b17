import Statistics
import TimeSeries

/// What becomes of a queue of assessments for education, health and care plans, and what clearing its backlog would do to the
/// published share of plans within 20 weeks.
public struct AssessmentOutlook: Sendable {
  /// The queue.
  public let queue: AssessmentQueue
  /// Its expected course.
  public let projection: AssessmentProjection
  /// The share of plans in time in the last year that is published; nil where none is.
  public let published: Double?
  /// The capacity for advice that brings those who wait for it down to what can be in time, within ``reliefWeeks``.
  public let capacityToClear: PerWeek
  /// For how many weeks relief is taken to last.
  public let reliefWeeks: Int
  /// The expected course where what ``capacityToClear`` has above the capacity goes to those who are late already, for
  /// ``reliefWeeks``; nil where there is no backlog to clear.
  public let recovery: AssessmentProjection?
  /// What that does to the share in time, against the course without it; nil without a recovery.
  public let dip: RecoveryDip?
  /// How far the quarters may come out otherwise, over the simulated futures, in order.
  public let quarters: [QuarterSpread]
  /// How far the share in time of the plans issued in each calendar year may come out otherwise, over the simulated futures; of
  /// years that are projected in part, of that part.
  public let years: [Int: WaitingListOutlook.Spread]
  /// How many futures were simulated.
  public let paths: Int
  /// What a reader must know, as sentences.
  public let remarks: [String]

  init(
    _ definition: WaitingListDefinition, _ assessment: WaitingListDefinition.Assessment, weeks: Int,
    additional: AdditionalCapacity?, reliefFrom: CivilDate, question: WaitingListOutlook.Question
  ) throws(IndicatorsError) {
    queue = try definition.assessmentQueue(assessment, weeks: weeks, additional: additional)
    projection = try AssessmentProjection(queue, weeks: weeks)
    published = assessment.published?.mean
    reliefWeeks = 26
    capacityToClear = try queue.capacityToClear(within: Weeks(26))
    let more = capacityToClear.count - queue.meanCapacity.count
    let first = definition.start.days(to: reliefFrom) / 7
    var remarks = definition.remarks
    let simulation = try AssessmentSimulation(
      queue, weeks: weeks, chance: definition.chance, paths: question.paths, seed: question.seed,
      jobs: question.jobs)
    paths = question.paths
    quarters = try Self.quarters(simulation)
    var spreads: [Int: WaitingListOutlook.Spread] = [:]
    for year in projection.years {
      spreads[year.year] = try Self.spread(try simulation.shareInTime(inYear: year.year), queue)
    }
    years = spreads
    if more > 0, first + reliefWeeks < weeks {
      let relieved = queue.replacing(
        backlogCapacity: (0...(first + reliefWeeks)).map {
          PerWeek((first..<first + 26).contains($0) ? more : 0)
        })
      let recovery = try AssessmentProjection(relieved, weeks: weeks)
      self.recovery = recovery
      do throws(IndicatorsError) {
        dip = try recovery.recoveryDip(from: first, without: projection)
      } catch {
        dip = nil
        remarks.append("\(error)")
      }
    } else {
      recovery = nil
      dip = nil
      if more > 0 {
        remarks.append(
          "Clearing the backlog takes \(reliefWeeks) weeks, and no more than \(weeks) are looked at; look at more to see it."
        )
      }
    }
    remarks.append(
      "The course is the expected one. The intervals are of futures in which requests and advice are as uncertain as stated and "
        + "requests come by chance; numbers at the start, shares refused and issued, and withdrawals are taken as certain. The published "
        + "share is of plans issued in a calendar year.")
    if assessment.drafting.mean > 0 {
      let drafting = "The ages of the plans that are being drafted at the start are not stated: "
      remarks.append(
        published == nil
          ? drafting
            + "with no published share in time, all are taken to be in time, and to stand evenly between 12 and 20 weeks."
          : drafting
            + "the share in time last published is taken to stand evenly between 12 and 20 weeks, the others between 20 and 40."
      )
    }
    self.remarks = remarks
  }
}

extension AssessmentOutlook {
  /// How far a quarter may come out otherwise, over the simulated futures.
  public struct QuarterSpread: Hashable, Sendable {
    /// The calendar quarter.
    public let period: Period
    /// The number in progress at the end of the last week that is over by its end.
    public let inProgress: WaitingListOutlook.Spread
    /// The share in time of the plans issued in the weeks that end in it; nil where none is issued in any future.
    public let shareInTime: WaitingListOutlook.Spread?
  }

  private static func quarters(
    _ simulation: AssessmentSimulation
  ) throws(IndicatorsError) -> [QuarterSpread] {
    func quarter(_ day: CivilDate) -> Period? {
      Period.quarter((day.month - 1) / 3 + 1, ofYear: day.year, .calendar)
    }
    var quarters: [QuarterSpread] = []
    var first = 0
    for week in 0..<simulation.weeks {
      let day = simulation.queue.start.adding(days: week * 7 + 6)
      guard let period = quarter(day), period != quarter(day.adding(days: 7)) else { continue }
      let shares = simulation.shares(upTo: week, over: week - first + 1)
      if let inProgress = try spread(
        try simulation.values(of: .inProgress, week: week), simulation.queue)
      {
        quarters.append(
          QuarterSpread(
            period: period, inProgress: inProgress, shareInTime: try spread(shares, simulation.queue)))
      }
      first = week + 1
    }
    return quarters
  }

  /// Mean, tenth, median and ninetieth percentile of the futures in which a figure is defined; nil where it is in none.
  private static func spread(
    _ values: [Double], _ queue: AssessmentQueue
  ) throws(IndicatorsError) -> WaitingListOutlook.Spread? {
    let values = values.filter { !$0.isNaN }
    guard !values.isEmpty else { return nil }
    do {
      let summary = try QuantileSummary(of: values, at: [0.1, 0.5, 0.9])
      return WaitingListOutlook.Spread(
        mean: summary.mean, p10: summary.quantiles[0], p50: summary.quantiles[1], p90: summary.quantiles[2])
    } catch {
      throw .invalid(subject: "\(queue.name): quantiles", reason: "\(error)")
    }
  }
}

extension WaitingListDefinition {
  /// The queue of assessments that a list stands for: those waiting are laid out by weeks since request, and those whose plan is being
  /// drafted stand between 12 and 20 weeks where they are in time and between 20 and 40 where they are not, in the shares last published;
  /// where none is published, all are in time. The remarks of the outlook say so.
  func assessmentQueue(
    _ assessment: Assessment, weeks: Int, additional: AdditionalCapacity?
  ) throws(IndicatorsError) -> AssessmentQueue {
    let model = try model(weeks: weeks, additional: additional)
    let inTime = assessment.published?.mean ?? 1
    let children = assessment.drafting.mean
    let drafting = try StartingQueue.inBands([
      StartingQueue.Band(from: 12, to: 20, children: children * inTime),
      StartingQueue.Band(from: 20, to: 40, children: children * (1 - inTime)),
    ])
    let order: AssessmentQueue.Order
    switch discipline {
    case .firstInFirstOut: order = .longestFirst
    case .mixed(let share): order = .mixed(longestFirst: share)
    }
    guard model.oneOffs.isEmpty, priorities.isEmpty else {
      throw .invalid(
        subject: id,
        reason: "assessments take neither one-offs nor priorities; change the capacity or the order instead")
    }
    return AssessmentQueue(
      name: name, start: start, requests: model.referrals, assessedShare: 1 - assessment.refused.mean,
      issuedShare: assessment.issued.mean, withdrawing: weeklyLeaving ?? 0, waiting: model.waiting,
      drafting: drafting, capacity: model.capacity, order: order)
  }

  /// The least additional capacity for advice with which the share of plans in time, over the 52 weeks up to each, meets a
  /// target by its date and holds it, on the expected course or in a share of simulated futures.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` where the target is not within 20 weeks, and for a share of futures that
  ///   cannot be; ``IndicatorsError/unfit(series:method:reason:remedy:)`` where 52 weeks are not over by its date.
  func leastAdvice(
    for target: WaitTarget, _ assessment: Assessment, by measure: CapacityAnswer.Measure = .expected,
    settings: SearchSettings
  ) throws(IndicatorsError) -> CapacityAnswer {
    guard case .shareWaiting(let share, let length) = target.aim, length == Weeks(20) else {
      throw .invalid(
        subject: "\(name): target by \(target.date)",
        reason:
          "a target for assessments is a share of plans within 20 weeks, such as \"60% within 20 weeks by 2025-12\""
      )
    }
    let aim = WaitTarget.Aim.shareSeen(share, within: length, over: 52)
    let target = try WaitTarget(aim, by: target.date)
    func additional(_ tenths: Int) -> AdditionalCapacity {
      AdditionalCapacity(
        places: PerWeek(Double(tenths) / 10), course: settings.course, from: settings.from,
        complete: target.date)
    }
    func queue(_ tenths: Int) throws(IndicatorsError) -> AssessmentQueue {
      try assessmentQueue(
        assessment, weeks: settings.weeks, additional: tenths == 0 ? nil : additional(tenths))
    }
    func course(_ tenths: Int) throws(IndicatorsError) -> TargetCourse {
      try AssessmentProjection(try queue(tenths), weeks: settings.weeks).course(of: target)
    }
    func probability(_ tenths: Int) throws(IndicatorsError) -> TargetProbability {
      try AssessmentSimulation(
        try queue(tenths), weeks: settings.weeks, chance: chance, paths: settings.paths, seed: settings.seed,
        jobs: settings.jobs
      ).probability(of: target)
    }
    let search = CapacitySearch(try model(weeks: settings.weeks), weeks: settings.weeks)
    let found: Int?
    switch measure {
    case .expected:
      found = try search.least { (tenths) throws(IndicatorsError) in try course(tenths).isMetAndHeld }
    case .likely(let confidence):
      guard settings.paths > 0, confidence > 0, confidence < 1 else {
        throw .invalid(
          subject: "\(id): confidence",
          reason:
            "\(confidence) of \(settings.paths) simulated futures; write a share above 0 and below 1, such as 0.8"
        )
      }
      found = try search.least { (tenths) throws(IndicatorsError) in
        try probability(tenths).metAndHeld.value >= confidence
      }
    }
    let tenths = found ?? search.mostTenths
    let course = try course(tenths)
    return CapacityAnswer(
      target: target, measure: measure,
      outcome: found == nil ? .outOfReach : found == 0 ? .alreadyMet : .needs(additional(tenths)),
      atDate: course.values[course.firstWeek],
      worst: course.values[course.firstWeek...].compactMap { $0 }.min(), heldFrom: course.heldFrom,
      likelihood: settings.paths > 0 ? CapacityAnswer.Likelihood(try probability(tenths)) : nil,
      placesAYear: found == nil || found == 0
        ? nil : try placesAYear(additional(tenths), weeks: settings.weeks, after: target.date),
      from: settings.from,
      isMissedBeforeCapacity: course.isMissed(beforeWeek: start.days(to: settings.from) / 7))
  }
}
