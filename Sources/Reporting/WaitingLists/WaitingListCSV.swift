import Indicators
import TimeSeries

/// Waiting lists as comma-separated text: rows of what a list rests on, of the rules of queues, of its course and of its targets.
enum WaitingListCSV {
  static func text(_ report: WaitingListReport) -> String {
    var text = CSVText.row(WaitingListReport.columns)
    for outlook in report.outlooks {
      var rows = Rows(list: outlook.definition.id)
      if let estimates = report.estimates[outlook.definition.id] { rows.add(estimates) }
      for figure in outlook.definition.figures { rows.add(figure) }
      if let extra = outlook.additional {
        rows.add(
          "input", "", "additional capacity looked at", "children a week", extra.places.count,
          note: "asked for: \(WaitingWords.course(extra))")
      }
      if let rules = outlook.rules { rows.add(rules) }
      rows.add(steps: outlook)
      if let assessments = outlook.assessments { rows.add(assessments) }
      for answer in outlook.answers { rows.add(answer, unitCost: outlook.definition.unitCost) }
      for reason in outlook.unanswered { rows.add("target", "", "not_answered", "", nil, note: reason) }
      for remark in outlook.remarks { rows.add("remark", "", "remark", "", nil, note: remark) }
      text += rows.text
    }
    return text
  }

  private struct Rows {
    let list: String
    var text = ""

    init(list: String) { self.list = list }

    mutating func add(
      _ section: String, _ period: String, _ quantity: String, _ unit: String, _ mean: Double?,
      _ low: Double? = nil, _ middle: Double? = nil, _ high: Double? = nil, note: String = ""
    ) {
      func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "" }
        return CSVText.number(value)
      }
      text += CSVText.row([
        CSVText.text(list), section, CSVText.text(period), CSVText.text(quantity), unit, number(mean),
        number(low),
        number(middle), number(high), CSVText.text(note),
      ])
    }

    mutating func add(_ figure: WaitingFigure) {
      add(
        "input", "", figure.name, figure.isShare ? "proportion" : "", figure.mean, figure.low,
        figure.mostLikely,
        figure.high, note: WaitingWords.basis(figure.basis))
    }

    mutating func add(_ estimates: WaitingFlowEstimates) {
      for (name, rate) in [("demand", estimates.demand), ("capacity", estimates.capacity)] {
        add("estimate", "", name, "children a week", rate.mean.count, note: "mean of \(rate.periods) periods")
        add("estimate", "", "\(name)_standard_error", "children a week", rate.standardError.count)
        add("estimate", "", "\(name)_variation", "", rate.variation)
        add("estimate", "", "\(name)_variation_standard_error", "", rate.variationError)
      }
      add("estimate", "", "load", "", estimates.load)
      add("estimate", "", "load_standard_error", "", estimates.loadError)
      for period in estimates.withoutQueue {
        add("estimate", period.label, "without_queue", "", nil, note: "left out of capacity")
      }
    }

    mutating func add(_ told: WaitingListOutlook.Rules) {
      let rules = told.rules
      add("rule", "", "demand", "children a week", rules.demand.count)
      add("rule", "", "capacity", "children a week", rules.capacity.count)
      add("rule", "", "load", "", rules.load)
      add("rule", "", "target", "weeks", rules.target.count, note: "\(rules.assurance.label) seen within it")
      add("rule", "", "target_mean_wait", "weeks", rules.targetMeanWait.count)
      add("rule", "", "target_queue", "children", rules.targetQueue)
      add(
        "rule", "", "mean_wait", "weeks", told.meanWait?.count,
        note: told.meanWait == nil ? "nobody waits" : "so far, of those waiting")
      add(
        "rule", "", "expected_wait", "weeks", told.expectedWait?.count,
        note: told.expectedWait == nil
          ? "nobody waits" : "of a child who joins now: the list over its capacity")
      add("rule", "", "pressure", "", told.pressure, note: "twice the expected wait over the target")
      add(
        "rule", "", "relief_capacity", "children a week", told.relief?.count,
        note: told.relief == nil ? "the list is not more than twice its target queue" : "for 26 weeks")
      add("rule", "", "target_capacity", "children a week", told.target.count)
    }

    mutating func add(steps outlook: WaitingListOutlook) {
      for step in outlook.steps {
        for figure in WaitingListOutlook.figures(of: outlook.definition) {
          let spread = step.figures[figure] ?? nil
          add(
            "course", step.period.label, WaitingWords.name(figure), WaitingWords.unit(figure), spread?.mean,
            spread?.p10, spread?.p50, spread?.p90, note: spread == nil ? "nobody waits" : "")
        }
        add("course", step.period.label, "expected_waiting", "children", step.expectedWaiting)
      }
    }

    mutating func add(_ assessments: AssessmentOutlook) {
      let queue = assessments.queue
      add("rule", "", "demand_for_advice", "children a week", queue.demandForAdvice.count)
      add("rule", "", "capacity", "children a week", queue.meanCapacity.count)
      add("rule", "", "load", "", queue.demandForAdvice / queue.meanCapacity)
      add("rule", "", "work_in_progress", "children", queue.workInProgress)
      add("rule", "", "sustainable_work", "children", queue.sustainableWork)
      add("rule", "", "awaiting_advice", "children", queue.awaitingAdvice)
      add("rule", "", "sustainable_queue", "children", queue.sustainableQueue)
      add(
        "rule", "", "capacity_to_clear", "children a week", assessments.capacityToClear.count,
        note: "for 26 weeks")
      add(assessments.projection, section: "course", spreads: assessments)
      if let recovery = assessments.recovery { add(recovery, section: "recovery") }
      if let published = assessments.published {
        add("rule", "", "share_in_time_published", "proportion", published, note: "last published")
      }
      if let dip = assessments.dip {
        func day(_ week: Int) -> String { "\(queue.start.adding(days: (week + 1) * 7 - 1))" }
        let window = "of \(dip.window) weeks"
        add("recovery", day(dip.week), "share_in_time_with_clearing", "proportion", dip.with, note: window)
        add(
          "recovery", day(dip.week), "share_in_time_without_clearing", "proportion", dip.without, note: window
        )
        add("recovery", day(dip.week), "depth", "proportion", dip.depth, note: "without less with clearing")
        add(
          "recovery", dip.aboveFrom.map(day) ?? "", "above_without_clearing", "", nil,
          note: dip.aboveFrom == nil ? "not within the weeks looked at" : "")
        add("recovery", "", "share_in_time_at_end", "proportion", dip.withAtEnd, note: window)
        add(
          "recovery", "", "share_in_time_at_end_without_clearing", "proportion", dip.withoutAtEnd,
          note: window)
      }
    }

    private mutating func add(
      _ projection: AssessmentProjection, section: String, spreads: AssessmentOutlook? = nil
    ) {
      // The mean is the expected course; low, middle and high are of the simulated futures.
      for quarter in AssessmentQuarter.all(of: projection) {
        let label = quarter.period.label
        let spread = spreads?.quarters.first { $0.period == quarter.period }
        add(
          section, label, "in_progress", "children", quarter.last.inProgress.total, spread?.inProgress.p10,
          spread?.inProgress.p50, spread?.inProgress.p90)
        add(section, label, "awaiting_advice", "children", quarter.last.awaitingAdvice)
        add(section, label, "over_limit", "children", projection.overLimit(quarter.last))
        add(section, label, "median_age", "weeks", quarter.last.medianAge?.count)
        add(section, label, "plans_issued", "children", quarter.issued)
        add(
          section, label, "share_in_time", "proportion", quarter.shareInTime, spread?.shareInTime?.p10,
          spread?.shareInTime?.p50, spread?.shareInTime?.p90)
      }
      for year in projection.publishedYears {
        let spread = spreads?.years[year.year]
        add(
          section, "\(year.year)", "share_in_time", "proportion", year.shareInTime, spread?.p10, spread?.p50,
          spread?.p90, note: "calendar year")
      }
    }

    mutating func add(_ answer: CapacityAnswer, unitCost: WaitingFigure?) {
      let name = WaitingWords.target(answer.target)
      let by: String
      switch answer.measure {
      case .expected: by = "expected"
      case .likely(let share): by = "likely \(WaitingWords.level(share))"
      }
      let outcome: String
      var places: Double?
      switch answer.outcome {
      case .alreadyMet:
        outcome = "already met"
        places = 0
      case .needs(let more):
        outcome = "needs more, \(more.course.rawValue) from \(more.from)"
        places = more.places.count
      case .outOfReach:
        outcome =
          "out of reach" + (answer.isMissedBeforeCapacity ? ", missed before \(answer.from)" : "")
      }
      add(
        "target", "\(answer.target.date)", "additional_capacity", "children a week", places,
        note: "\(name); \(by); \(outcome)")
      add(
        "target", "\(answer.target.date)", "additional_capacity_a_year", "children a year",
        answer.placesAYear, note: by)
      if let unitCost {
        add(
          "target", "\(answer.target.date)", "cost_a_year", "pounds",
          answer.placesAYear.map { $0 * unitCost.mean }, note: by)
      }
      add("target", "\(answer.target.date)", "measured_at_date", "", answer.atDate, note: by)
      add("target", "\(answer.target.date)", "measured_at_worst", "", answer.worst, note: by)
      if let likelihood = answer.likelihood {
        add(
          "target", "\(answer.target.date)", "probability_met_and_held", "", likelihood.metAndHeld, note: by)
        add("target", "\(answer.target.date)", "probability_error", "", likelihood.metAndHeldError, note: by)
      }
    }
  }
}
