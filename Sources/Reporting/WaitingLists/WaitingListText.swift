import Indicators
import TimeSeries

/// One list as text for people.
struct WaitingListText {
  let outlook: WaitingListOutlook
  let area: String?
  let estimates: WaitingFlowEstimates?

  init(_ outlook: WaitingListOutlook, area: String?, estimates: WaitingFlowEstimates?) {
    self.outlook = outlook
    self.area = area
    self.estimates = estimates
  }

  private var definition: WaitingListDefinition { outlook.definition }

  func lines(width: Int) -> [String] {
    let place = area.map { ", \($0)" } ?? ""
    let kind =
      [definition.name, definition.id].map { $0.lowercased() }.contains(definition.kind.lowercased())
      ? "" : " (\(definition.kind))"
    var lines = Paragraph.lines(
      "\(definition.name)\(kind)\(place): \(outlook.weeks) weeks from \(definition.start)", width: width)
    lines.append(String(repeating: "=", count: min(width, lines.map(DisplayText.width).max() ?? 0)))
    if let estimates { lines += section("What the counts say", estimateSentences(estimates), width) }
    lines += section("What it rests on", figureSentences, width)
    if let assessments = outlook.assessments {
      lines += AssessmentText(assessments, outlook: outlook).lines(width: width)
    } else {
      if let rules = outlook.rules {
        lines += section("What the rules of queues say", ruleSentences(rules), width)
      }
      lines += course(width)
    }
    if !outlook.answers.isEmpty { lines += section("What the target takes", answerSentences, width) }
    if !outlook.unanswered.isEmpty {
      lines += section("What could not be answered", outlook.unanswered, width)
    }
    if !outlook.remarks.isEmpty { lines += section("To be known", outlook.remarks, width) }
    return lines
  }

  private func section(_ title: String, _ sentences: [String], _ width: Int) -> [String] {
    ["", title] + sentences.flatMap { Paragraph.lines($0, first: "  ", width: width) }
  }

  // MARK: What it rests on

  private var figureSentences: [String] {
    var sentences = definition.figures.map {
      "\($0.name): \(WaitingWords.figure($0)); \(WaitingWords.basis($0.basis))"
    }
    sentences.append("by weeks waited: \(definition.layout)")
    if !definition.calendar.closures.isEmpty { sentences.append("calendar: \(definition.calendar.reason)") }
    sentences += definition.changes.map {
      "\($0.date): \(NumberText.grouped($0.children)) of \($0.kind.rawValue); \($0.reason)"
    }
    if let extra = outlook.additional {
      sentences.append("looked at with \(WaitingWords.more(extra))")
    }
    return sentences
  }

  private func estimateSentences(_ estimates: WaitingFlowEstimates) -> [String] {
    func rate(_ name: String, _ rate: WaitingFlowEstimates.Rate) -> String {
      let variation =
        rate.variation.map { value in
          ", coefficient of variation \(WaitingWords.ratio(value)) (standard error "
            + "\(WaitingWords.ratio(rate.variationError ?? 0)))"
        } ?? ""
      return
        "\(name): \(WaitingWords.ratio(rate.mean.count)) children a week (standard error "
        + "\(WaitingWords.ratio(rate.standardError.count)))\(variation), of \(rate.periods) periods"
    }
    var sentences = [
      rate("demand", estimates.demand), rate("capacity", estimates.capacity),
      "load of all who are referred, leavers too: \(WaitingLoadText.ratio(estimates.load)) (standard error "
        + "\(WaitingWords.ratio(estimates.loadError)))",
    ]
    if !estimates.withoutQueue.isEmpty {
      sentences.append(
        "left out of capacity, because there was no queue: "
          + estimates.withoutQueue.map(\.label).joined(separator: ", "))
    } else if !estimates.knowsQueue {
      sentences.append(
        "no number waiting is given, so that there is taken to have been a queue in every period")
    }
    return sentences
  }

  // MARK: Rules

  private func ruleSentences(_ told: WaitingListOutlook.Rules) -> [String] {
    let rules = told.rules
    let target = WaitingWords.span(rules.target)
    var sentences = [
      WaitingLoadText(outlook: outlook).sentence(rules),
      told.isOfMeanWait
        ? "Target: a mean wait of \(WaitingWords.span(rules.targetMeanWait)), with which \(rules.assurance.label) are "
          + "seen within \(target) where waits are exponential."
        : "Target: \(rules.assurance.label) seen within \(target), which takes a mean wait of a quarter of that, "
          + "\(WaitingWords.span(rules.targetMeanWait)).",
      "Target queue: \(NumberText.whole(rules.targetQueue)) children; "
        + (rules.waiting == 0
          ? "nobody waits: no relief is called for."
          : "\(NumberText.whole(rules.waiting)) wait, which is "
            + (rules.isTooBig
              ? "more than twice as many: relief is called for."
              : "not more than twice as many: no relief is called for.")),
    ]
    if let relief = told.relief {
      sentences.append(
        "Relief capacity: \(WaitingWords.one(relief.count)) children a week for 26 weeks bring it to its target queue."
      )
    }
    sentences.append(
      "Target capacity: \(WaitingWords.one(told.target.count)) children a week keep a list at its target queue (Kingman, "
        + "Marchal).")
    if let pressure = told.pressure, let wait = told.expectedWait {
      let verdict = wait <= rules.targetMeanWait ? "not more" : "more"
      sentences.append(
        "A child who joins now can expect to wait \(WaitingWords.one(wait.count)) weeks, the list over its capacity"
          + (told.isOfMeanWait
            ? ", \(verdict) than the mean wait of \(WaitingWords.span(rules.targetMeanWait)) that is aimed at."
            : "."))
      sentences.append(
        "Pressure \(WaitingWords.ratio(pressure)), \(pressure > 1 ? "above 1: too high" : "not above 1"): twice that wait over "
          + "the \(target) within which \(rules.assurance.label) are to be seen.")
    }
    if let mean = told.meanWait {
      sentences.append(
        "Those waiting have waited \(WaitingWords.one(mean.count)) weeks on average so far, which is a part of their wait."
      )
    }
    return sentences
  }

  // MARK: Course

  private func course(_ width: Int) -> [String] {
    guard !outlook.steps.isEmpty else {
      return section(
        "Its course", ["No month or quarter ends within the \(outlook.weeks) weeks; look at more."], width)
    }
    var columns: [TextGrid.Column] = [
      .init("end of", alignment: .left), .init("waiting"), .init("80%", "interval", isBeside: true),
      .init("mean", "wait"),
      .init("median", "wait"), .init("92nd", "percentile"),
    ]
    for standard in definition.standards.prefix(2) {
      columns.append(.init("within", WaitingWords.span(standard)))
      columns.append(.init("80%", "interval", isBeside: true))
    }
    columns.append(.init("over 52", "weeks"))
    var grid = TextGrid(columns)
    for step in outlook.steps {
      func spread(_ figure: WaitingListOutlook.Figure) -> WaitingListOutlook.Spread? {
        step.figures[figure] ?? nil
      }
      func cell(_ figure: WaitingListOutlook.Figure, _ text: (Double) -> String) -> String {
        spread(figure).map { text($0.p50) } ?? NumberText.absent
      }
      func interval(_ figure: WaitingListOutlook.Figure, _ text: (Double) -> String) -> String {
        spread(figure).map { "\(text($0.p10))-\(text($0.p90))" } ?? NumberText.absent
      }
      func share(_ value: Double) -> String { NumberText.fixed(value, decimals: 0, dividedByTenTo: -2) }
      var row = [
        step.period.label, cell(.waiting, NumberText.whole), interval(.waiting, NumberText.whole),
        cell(.meanWait, WaitingWords.one), cell(.medianWait, WaitingWords.one),
        cell(.percentile92, WaitingWords.one),
      ]
      for standard in definition.standards.prefix(2) {
        row.append(cell(.shareWithin(standard)) { share($0) + "%" })
        row.append(interval(.shareWithin(standard), share))
      }
      row.append(cell(.over52, NumberText.whole))
      grid.add(row)
    }
    return ["", "Its course"] + grid.lines(indent: 2, width: width)
      + Paragraph.lines(
        "Waits are the weeks waited so far by those waiting, medians over \(WaitingWords.futures(outlook.paths)) simulated "
          + "child by child: referrals by chance; the number waiting, referrals, their growth, leaving and capacity as uncertain "
          + "as stated, drawn once for each future.",
        first: "  ", width: width
      )
  }

  // MARK: Targets

  private var answerSentences: [String] { outlook.answers.map(sentence) }

  private func sentence(_ answer: CapacityAnswer) -> String {
    let end = definition.start.adding(days: outlook.weeks * 7 - 1)
    var text: String
    let how: String
    switch answer.measure {
    case .expected: how = "on the expected course"
    case .likely(let share): how = "in at least \(WaitingWords.level(share)) of simulated futures"
    }
    let measured = WaitingWords.expected(answer, to: end)
    let subject = WaitingWords.target(answer.target)
    let beside =
      outlook.additional.map { " beside the \(WaitingWords.one($0.places.count)) more looked at" } ?? ""
    switch answer.outcome {
    case .alreadyMet:
      text =
        "\(Self.capitalised(subject)), met and held \(how): it takes no more capacity\(beside); \(measured)."
    case .needs(let more):
      text =
        "\(Self.capitalised(subject)), met and held \(how): it takes \(WaitingWords.one(more.places.count)) more children "
        + "a week\(beside)\(fewer(more.places, inAYear: answer.placesAYear)), \(WaitingWords.course(more))"
      if let year = answer.placesAYear {
        text += ", \(WaitingWords.one(year)) a year"
        if let cost = definition.unitCost {
          text += " at £\(NumberText.whole(year * cost.mean)) (£\(NumberText.whole(cost.mean)) each)"
        }
      }
      text += ". With them \(measured)."
      if definition.unitCost == nil { text += " What a child seen costs is not stated." }
    case .outOfReach:
      let from = answer.from
      let why: String
      if answer.isMissedBeforeCapacity {
        why = "because additional capacity comes only from \(from), when it has been missed already"
      } else if from > answer.target.date {
        why = "however much capacity comes from \(from) on"
      } else {
        why = "however much capacity there is"
      }
      text =
        "\(Self.capitalised(subject)), met and held \(how): it cannot be, \(why); with as much as could be used \(measured)."
    }
    if let likelihood = answer.likelihood {
      text +=
        " Met and held in \(Self.percent(likelihood.metAndHeld)) of \(WaitingWords.futures(likelihood.paths, "simulated ")) "
        + "(standard error \(NumberText.fixed(likelihood.metAndHeldError, decimals: 1, dividedByTenTo: -2)) points)."
    }
    return text
  }

  /// That fewer come in holidays, where a year has fewer places than its weeks times those of an open one.
  private func fewer(_ places: PerWeek, inAYear year: Double?) -> String {
    let closures = definition.calendar.closures
    guard let year, !closures.isEmpty, places.perYear - year > 0.05 else { return "" }
    let isSchool = closures.allSatisfy { closure in
      if case .schoolHolidays = closure { true } else { false }
    }
    return isSchool ? " (fewer in school holidays)" : " (fewer while clinics are closed)"
  }

  /// A share of futures: none and all of them are not known to be never and always.
  private static func percent(_ share: Double) -> String {
    share == 0 ? "none" : share == 1 ? "all" : WaitingWords.percent(share, decimals: 0)
  }

  private static func capitalised(_ text: String) -> String {
    guard let first = text.first else { return text }
    return first.uppercased() + text.dropFirst()
  }
}
