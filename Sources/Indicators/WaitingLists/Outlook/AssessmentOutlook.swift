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
  /// What that does to the share in time; nil without a recovery.
  public let dip: RecoveryDip?
  /// What a reader must know, as sentences.
  public let remarks: [String]

  init(
    _ definition: WaitingListDefinition, _ assessment: WaitingListDefinition.Assessment, weeks: Int,
    additional: AdditionalCapacity?, reliefFrom: CivilDate
  ) throws(IndicatorsError) {
    queue = try definition.assessmentQueue(assessment, weeks: weeks, additional: additional)
    projection = try AssessmentProjection(queue, weeks: weeks)
    published = assessment.published?.mean
    reliefWeeks = 26
    capacityToClear = try queue.capacityToClear(within: Weeks(26))
    let more = capacityToClear.count - queue.meanCapacity.count
    let first = definition.start.days(to: reliefFrom) / 7
    var remarks = definition.remarks
    if more > 0, first + reliefWeeks < weeks {
      let relieved = queue.replacing(
        backlogCapacity: (0...(first + reliefWeeks)).map {
          PerWeek((first..<first + 26).contains($0) ? more : 0)
        })
      let recovery = try AssessmentProjection(relieved, weeks: weeks)
      self.recovery = recovery
      // The share before is the published one, or that of the quarter before where the recovery begins later.
      dip = published != nil || first >= 13 ? try recovery.recoveryDip(from: first, before: published) : nil
    } else {
      recovery = nil
      dip = nil
      if more > 0 {
        remarks.append(
          "Clearing the backlog takes \(reliefWeeks) weeks, and no more than \(weeks) are looked at; look at more to see it.")
      }
    }
    remarks.append(
      "Assessments are carried on at their expected course, without chance; the published share is of plans issued in a "
        + "calendar year.")
    self.remarks = remarks
  }
}

extension WaitingListDefinition {
  /// The queue of assessments that a list stands for: those waiting are laid out by weeks since request, and those whose plan is being
  /// drafted stand between 12 and 20 weeks where they are in time and between 20 and 40 where they are not, in the shares last published.
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
        subject: id, reason: "assessments take neither one-offs nor priorities; change the capacity or the order instead")
    }
    return AssessmentQueue(
      name: name, start: start, requests: model.referrals, assessedShare: 1 - assessment.refused.mean,
      issuedShare: assessment.issued.mean, withdrawing: weeklyLeaving ?? 0, waiting: model.waiting,
      drafting: drafting, capacity: model.capacity, order: order)
  }

  /// The least additional capacity for advice with which the share of plans in time, over the 52 weeks up to each, meets a
  /// target by its date and holds it, on the expected course.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` where the target is not within 20 weeks.
  func leastAdvice(
    for target: WaitTarget, _ assessment: Assessment, settings: SearchSettings
  ) throws(IndicatorsError) -> CapacityAnswer {
    guard case .shareWaiting(let share, let length) = target.aim, length == Weeks(20) else {
      throw .invalid(
        subject: id,
        reason: "a target for assessments is a share of plans within 20 weeks, such as \"60% within 20 weeks by 2025-12\"")
    }
    let aim = WaitTarget.Aim.shareSeen(share, within: length, over: 52)
    let target = try WaitTarget(aim, by: target.date)
    let model = try model(weeks: settings.weeks)
    let first = try target.firstWeek(of: model, weeks: settings.weeks)
    func additional(_ tenths: Int) -> AdditionalCapacity {
      AdditionalCapacity(
        places: PerWeek(Double(tenths) / 10), course: settings.course, from: settings.from, complete: target.date)
    }
    func course(_ tenths: Int) throws(IndicatorsError) -> TargetCourse {
      let projection = try AssessmentProjection(
        try assessmentQueue(
          assessment, weeks: settings.weeks, additional: tenths == 0 ? nil : additional(tenths)),
        weeks: settings.weeks)
      let values = (0..<settings.weeks).map { projection.shareInTime(in: max(0, $0 - 51)..<$0 + 1) }
      // A year without a plan issued is no year in which plans were in time.
      return TargetCourse(firstWeek: first, values: values, isMet: values.map { ($0 ?? 0) >= share - 1e-9 })
    }
    let search = CapacitySearch(model, weeks: settings.weeks)
    let found = try search.least { (tenths) throws(IndicatorsError) in try course(tenths).isMetAndHeld }
    let tenths = found ?? search.mostTenths
    let course = try course(tenths)
    return CapacityAnswer(
      target: target, measure: .expected,
      outcome: found == nil ? .outOfReach : found == 0 ? .alreadyMet : .needs(additional(tenths)),
      atDate: course.values[first], worst: course.values[first...].compactMap { $0 }.min(),
      heldFrom: course.heldFrom, likelihood: nil,
      placesAYear: found == nil || found == 0
        ? nil : try placesAYear(additional(tenths), weeks: settings.weeks, after: target.date))
  }
}
