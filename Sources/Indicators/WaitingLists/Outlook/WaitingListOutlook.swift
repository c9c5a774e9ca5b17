import Statistics
import TimeSeries

/// What becomes of a waiting list: the rules of queues, its course with what is left to chance, and what its targets take.
public struct WaitingListOutlook: Sendable {
  /// What is asked of a list.
  public struct Question: Hashable, Sendable {
    /// The number of weeks that are looked at; nil for 104, or a year beyond the last target where that is longer.
    public let weeks: Int?
    /// The targets.
    public let targets: [WaitTarget]
    /// The share of simulated futures in which targets are to be met and held; nil where only the expected course is asked for.
    public let confidence: Double?
    /// How additional capacity comes.
    public let course: AdditionalCapacity.Course
    /// The day from which it comes; the list's first day where it is nil.
    public let from: CivilDate?
    /// Additional capacity whose effect is to be seen, in children a week; nil for the list as it is.
    public let additional: PerWeek?
    /// Whether the course is told by quarter or by month.
    public let isMonthly: Bool
    /// The number of simulated futures, at least 1.
    public let paths: Int
    /// What the random numbers are drawn from.
    public let seed: UInt64
    /// The most threads.
    public let jobs: Int

    /// What is asked.
    public init(
      weeks: Int? = nil, targets: [WaitTarget] = [], confidence: Double? = nil,
      course: AdditionalCapacity.Course = .level, from: CivilDate? = nil, additional: PerWeek? = nil,
      isMonthly: Bool = false, paths: Int = 1_000, seed: UInt64 = 1, jobs: Int = 1
    ) {
      self.weeks = weeks
      self.targets = targets
      self.confidence = confidence
      self.course = course
      self.from = from
      self.additional = additional
      self.isMonthly = isMonthly
      self.paths = paths
      self.seed = seed
      self.jobs = jobs
    }
  }

  /// What the rules of queues say, at the start.
  public struct Rules: Hashable, Sendable {
    /// The rules.
    public let rules: QueueRules
    /// The mean time waited so far of those who wait at the start; nil where nobody does.
    public let meanWait: Weeks?
    /// The whole wait that a child who joins at the start can expect: the list over the capacity. Nil where nobody waits.
    public let expectedWait: Weeks?
    /// Twice ``expectedWait`` over the target of the rules (not over the mean wait that is aimed at); nil where nobody waits.
    public let pressure: Double?
    /// The capacity that brings the list to its target length in 26 weeks; nil where it is not too long.
    public let relief: PerWeek?
    /// The capacity that keeps a list which is not too long within its target.
    public let target: PerWeek
    /// Whose target it is: four times a mean wait that is aimed at, or a standard.
    public let isOfMeanWait: Bool
  }

  /// A figure at the end of a period, over the simulated futures.
  public struct Spread: Hashable, Sendable {
    /// The mean over the futures in which it is defined.
    public let mean: Double
    /// The tenth of the futures below which it lies.
    public let p10: Double
    /// The median.
    public let p50: Double
    /// The tenth of the futures above which it lies.
    public let p90: Double
  }

  /// What is told of a list at the end of a period.
  public enum Figure: Hashable, Sendable {
    /// Children waiting.
    case waiting
    /// Their mean wait so far, weeks.
    case meanWait
    /// Their median wait so far, weeks.
    case medianWait
    /// The wait that 92% of them have not exceeded, weeks.
    case percentile92
    /// The share of them within a standard.
    case shareWithin(Weeks)
    /// Those of them over 52 weeks.
    case over52
  }

  /// The end of a month or quarter.
  public struct Step: Hashable, Sendable {
    /// The month or quarter.
    public let period: Period
    /// The last week that is over by its end.
    public let week: Int
    /// The figures over the simulated futures; nil where they are defined in none, as where nobody waits.
    public let figures: [Figure: Spread?]
    /// The expected number waiting, of the compartments.
    public let expectedWaiting: Double
  }

  /// The list.
  public let definition: WaitingListDefinition
  /// The number of weeks that are looked at.
  public let weeks: Int
  /// Additional capacity that is looked at, where it was asked for.
  public let additional: AdditionalCapacity?
  /// What the rules of queues say; nil for assessments, whose rules stand in ``assessments``.
  public let rules: Rules?
  /// The course by month or quarter; none for assessments.
  public let steps: [Step]
  /// Assessments for plans; nil for any other list.
  public let assessments: AssessmentOutlook?
  /// What the targets take, in their order, by the expected course and then by the share of futures where that was asked for.
  public let answers: [CapacityAnswer]
  /// Why targets could not be answered, a sentence each.
  public let unanswered: [String]
  /// What a reader must know of how it was worked out, as sentences.
  public let remarks: [String]
  /// How many futures were simulated.
  public let paths: Int

  /// The figures of a step, in the order in which they are told.
  public static func figures(of definition: WaitingListDefinition) -> [Figure] {
    [.waiting, .meanWait, .medianWait, .percentile92] + definition.standards.map { .shareWithin($0) } + [
      .over52
    ]
  }

  /// Looks at a list.
  ///
  /// - Throws: ``IndicatorsError`` where the list, a target or the number of weeks cannot be.
  public init(_ definition: WaitingListDefinition, question: Question = Question()) throws(IndicatorsError) {
    self.definition = definition
    let from = question.from ?? definition.start
    guard from >= definition.start else {
      throw .invalid(
        subject: definition.id,
        reason:
          "additional capacity from \(from) would begin before the list, on \(definition.start); give a later day"
      )
    }
    if let extra = question.additional, !(extra.count >= 0 && extra.count.isFinite) {
      throw .invalid(
        subject: definition.id,
        reason:
          "additional capacity of \(IndicatorsError.plain(extra.count)) children a week; write 0 or more")
    }
    let weeks = try Self.horizon(definition, question)
    self.weeks = weeks
    let last = definition.start.adding(days: weeks * 7 - 1)
    guard question.additional == nil || from <= last else {
      throw .invalid(
        subject: definition.id,
        reason:
          "additional capacity from \(from) would begin after the \(weeks) weeks that are looked at, which end on \(last); "
          + "give an earlier day, or look at more weeks")
    }
    let additional = question.additional.map { places in
      AdditionalCapacity(
        places: places, course: question.course, from: from,
        complete: question.targets.map(\.date).max() ?? from.adding(days: weeks / 2 * 7))
    }
    self.additional = additional
    // Targets are answered for the list that is looked at: with what is added.
    let stated = definition
    let definition = additional.map { stated.adding($0) } ?? stated
    let settings = WaitingListDefinition.SearchSettings(
      weeks: weeks, course: question.course, from: from, paths: question.paths, seed: question.seed,
      jobs: question.jobs)
    if let assessment = definition.assessment {
      rules = nil
      steps = []
      paths = question.paths
      let model = try definition.model(weeks: weeks)
      try definition.checkWork(model, settings, simulations: 1)
      let outlook = try AssessmentOutlook(
        stated, assessment, weeks: weeks, additional: additional, reliefFrom: from, question: question)
      assessments = outlook
      (answers, unanswered) = Self.answers(to: question.targets) { (target) throws(IndicatorsError) in
        var answers = [try definition.leastAdvice(for: target, assessment, settings: settings)]
        if let confidence = question.confidence {
          let steps = CapacitySearch(model, weeks: weeks).mostSteps
          try definition.checkWork(model, settings, simulations: 1 + steps)
          answers.append(
            try definition.leastAdvice(for: target, assessment, by: .likely(confidence), settings: settings))
        }
        return answers
      }
      remarks = outlook.remarks
      return
    }
    assessments = nil
    paths = question.paths
    rules = try Self.rules(stated)
    let model = try definition.model(weeks: weeks)
    let projection = try WaitingListProjection(model, weeks: weeks)
    // The length of a target is told as well, where there is room beside the standards.
    let standards = Self.unique(definition.standards + [Weeks(52)])
    let lengths =
      standards
      + Self.unique(question.targets.compactMap(\.aim.length)).filter { !standards.contains($0) }
      .prefix(max(0, WaitingListSimulation.mostLengths - standards.count))
    try definition.checkWork(model, settings, simulations: 1)
    let simulation = try WaitingListSimulation(
      model, weeks: weeks, chance: definition.chance, paths: question.paths, seed: question.seed,
      lengths: lengths, jobs: question.jobs)
    var steps: [Step] = []
    for (period, week) in Self.periods(model, weeks: weeks, isMonthly: question.isMonthly) {
      var figures: [Figure: Spread?] = [:]
      for figure in Self.figures(of: definition) + lengths.map({ .shareWithin($0) })
      where figures[figure] == nil {
        figures[figure] = .some(try Self.spread(simulation, figure, week: week))
      }
      steps.append(
        Step(
          period: period, week: week, figures: figures,
          expectedWaiting: projection.weeks.indices.contains(week) ? projection.weeks[week].waiting.total : 0)
      )
    }
    self.steps = steps
    (answers, unanswered) = Self.answers(to: question.targets) { (target) throws(IndicatorsError) in
      var answers = [try definition.leastCapacity(for: target, settings: settings)]
      if let confidence = question.confidence {
        answers.append(try definition.leastCapacity(for: target, by: .likely(confidence), settings: settings))
      }
      return answers
    }
    remarks = Self.remarks(definition, projection)
  }

  /// The answers to targets; one that cannot be answered leaves the others as they are.
  private static func answers(
    to targets: [WaitTarget], _ answer: (WaitTarget) throws(IndicatorsError) -> [CapacityAnswer]
  ) -> (answers: [CapacityAnswer], unanswered: [String]) {
    var answers: [CapacityAnswer] = []
    var unanswered: [String] = []
    for target in targets {
      do throws(IndicatorsError) {
        answers += try answer(target)
      } catch {
        unanswered.append("\(error)")
      }
    }
    return (answers, unanswered)
  }

  private static func horizon(
    _ definition: WaitingListDefinition, _ question: Question
  ) throws(IndicatorsError) -> Int {
    let model = WaitingListModel(
      name: definition.name, start: definition.start, waiting: [], referrals: [], capacity: [])
    let wanted =
      question.weeks
      ?? question.targets.map { model.weekOver(by: $0.date) + 1 + 52 }
      // A target too far away is a sentence of its own, and the list is still told.
      .filter { $0 <= WaitingListDefinition.longestHorizon }.reduce(104, max)
    guard (1...WaitingListDefinition.longestHorizon).contains(wanted) else {
      throw .invalid(
        subject: definition.id,
        reason:
          "\(wanted) weeks from \(definition.start) are to be looked at; at most \(WaitingListDefinition.longestHorizon) can be"
      )
    }
    return wanted
  }

  private static func rules(_ definition: WaitingListDefinition) throws(IndicatorsError) -> Rules {
    let referrals = PerWeek(perYear: definition.referrals.mean)
    let leaving = (definition.weeklyLeaving ?? 0) * definition.waiting.mean
    let target: Weeks
    if let mean = definition.targetMeanWait {
      target = Weeks(mean.mean * QueueRules.Assurance.p982.factor)
    } else {
      target = definition.standards.first ?? Weeks(18)
    }
    let rules = try QueueRules(
      demand: PerWeek(max(0, referrals.count - leaving)),
      capacity: PerWeek(perYear: definition.capacity.mean),
      waiting: definition.waiting.mean, target: target)
    let meanWait = WaitDistribution(
      .waiting, definition.weeksWaited.map { $0 * definition.waiting.mean }
    ).mean
    let expectedWait = rules.waiting > 0 ? rules.waitOfLastToJoin : nil
    return Rules(
      rules: rules, meanWait: meanWait, expectedWait: expectedWait,
      pressure: expectedWait.map { rules.pressure(meanWait: $0) },
      relief: try rules.reliefCapacity(),
      target: rules.targetCapacity(
        arrivalVariation: definition.referralVariation, serviceVariation: definition.capacityVariation),
      isOfMeanWait: definition.targetMeanWait != nil)
  }

  private static func spread(
    _ simulation: WaitingListSimulation, _ figure: Figure, week: Int
  ) throws(IndicatorsError) -> Spread? {
    let values = try simulation.values(of: figure.measure, week: week).filter { !$0.isNaN }
    guard !values.isEmpty else { return nil }
    do {
      let summary = try QuantileSummary(of: values, at: [0.1, 0.5, 0.9])
      return Spread(
        mean: summary.mean, p10: summary.quantiles[0], p50: summary.quantiles[1], p90: summary.quantiles[2])
    } catch {
      throw .invalid(subject: simulation.model.name, reason: "\(error)")
    }
  }

  /// The months or quarters of the calendar that end while the list is looked at, each with the last week that is over by then.
  static func periods(
    _ model: WaitingListModel, weeks: Int, isMonthly: Bool
  ) -> [(period: Period, week: Int)] {
    let last = model.dayAfter(week: weeks - 1).adding(days: -1)
    var result: [(Period, Int)] = []
    var day = model.start
    while day <= last {
      let (year, month, _) = day.components
      let end =
        isMonthly
        ? day.lastOfMonth
        : (CivilDate(year: year, month: (month - 1) / 3 * 3 + 3, day: 1) ?? day).lastOfMonth
      let week = model.weekOver(by: end)
      let period =
        isMonthly
        ? Period.month(containing: day) : Period.quarter((month - 1) / 3 + 1, ofYear: year, .calendar)
      if end <= last, week >= 0, let period { result.append((period, week)) }
      day = end.adding(days: 1)
    }
    return result
  }

  private static func unique(_ lengths: [Weeks]) -> [Weeks] {
    var result: [Weeks] = []
    for length in lengths where !result.contains(length) { result.append(length) }
    return result
  }

  private static func remarks(
    _ definition: WaitingListDefinition, _ projection: WaitingListProjection
  ) -> [String] {
    var remarks = definition.remarks
    if projection.absorbed > 0 {
      remarks.append(
        "Some children wait longer than \(projection.longestWait) weeks and are counted as if they had waited so long."
      )
    }
    if definition.referralVariation < 1 {
      remarks.append(
        "Referrals vary less than by chance; they are simulated as if they came by chance.")
    }
    return remarks
  }
}

extension WaitingListOutlook.Figure {
  /// The simulated measure.
  var measure: WaitingListSimulation.Measure {
    switch self {
    case .waiting: .waiting
    case .meanWait: .meanWait
    case .medianWait: .medianWait
    case .percentile92: .percentile92
    case .shareWithin(let length): .shareWaiting(within: length)
    case .over52: .waitingOver(Weeks(52))
    }
  }
}
