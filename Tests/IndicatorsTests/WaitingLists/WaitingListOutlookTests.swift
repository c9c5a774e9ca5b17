import Indicators
import Testing
import TimeSeries

@Suite("What becomes of a list")
struct WaitingListOutlookTests {
  static func assessments(
    published: Double? = 0.5, capacity: Double = 700, range: Double = 0
  ) throws -> WaitingListDefinition {
    func figure(_ value: Double, isShare: Bool = false) throws -> WaitingFigure {
      try WaitingFigure("n", value, basis: StatedList.assumed, isShare: isShare)
    }
    return try WaitingListDefinition(
      id: "assessments", name: "Assessments", kind: "EHC assessment", start: StatedList.day("2025-01-01"),
      waiting: figure(400), weeksWaited: StartingQueue.fallingOff(1, mean: Weeks(14)), layout: "falling off",
      referrals: figure(950),
      capacity: WaitingFigure(
        "n", low: capacity * (1 - range), mostLikely: capacity, high: capacity * (1 + range),
        basis: StatedList.assumed),
      discipline: .mixed(longestFirst: 0.2),
      standards: [Weeks(20)],
      assessment: WaitingListDefinition.Assessment(
        refused: figure(0.28, isShare: true), issued: figure(0.94, isShare: true), drafting: figure(110),
        published: try published.map { try figure($0, isShare: true) }))
  }

  @Test("the rules are those of the queue, with a mean wait aimed at or a standard as their target")
  func rules() throws {
    let list = try StatedList.list(capacity: 520, targetMeanWait: 10)
    let outlook = try WaitingListOutlook(list, question: WaitingListOutlook.Question(paths: 20))
    let told = try #require(outlook.rules)
    #expect(told.isOfMeanWait)
    #expect(told.rules.targetMeanWait == Weeks(10))
    #expect(abs(told.rules.targetQueue - PerWeek(perYear: 520).count * 10) < 1e-9)
    #expect(abs(told.rules.load - 1) < 1e-12)
    let mean = try #require(told.meanWait)
    #expect(abs(mean.count - 15) < 1e-9)
    // Those waiting have waited 15 weeks so far; a child who joins now waits until all 300 are seen, and that is what is set against
    // the target.
    let whole = 300 / PerWeek(perYear: 520).count
    #expect(abs(try #require(told.expectedWait).count - whole) < 1e-9)
    #expect(abs(try #require(told.pressure) - 2 * whole / 40) < 1e-9)
    let plain = try #require(
      try WaitingListOutlook(StatedList.list(), question: WaitingListOutlook.Question(paths: 20)).rules)
    #expect(plain.rules.target == Weeks(18) && !plain.isOfMeanWait)
    #expect(plain.relief != nil)
  }

  @Test("the course is told by quarter or month, at the last week that is over by then")
  func steps() throws {
    let list = try StatedList.list(range: 50)
    let quarters = try WaitingListOutlook(list, question: WaitingListOutlook.Question(weeks: 60, paths: 40))
    #expect(quarters.steps.map(\.period.label) == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"])
    #expect(quarters.steps.map(\.week) == [12, 25, 38, 51])
    let months = try WaitingListOutlook(
      list, question: WaitingListOutlook.Question(weeks: 10, isMonthly: true, paths: 40))
    #expect(months.steps.map(\.period.label) == ["2024-01", "2024-02"])
    for step in quarters.steps {
      let waiting = try #require(step.figures[.waiting] ?? nil)
      #expect(waiting.p10 <= waiting.p50 && waiting.p50 <= waiting.p90)
      // Of a list far from empty, the mean of the futures is near the expected course.
      #expect(abs(waiting.mean - step.expectedWaiting) < 0.1 * step.expectedWaiting)
      let share = try #require(step.figures[.shareWithin(Weeks(18))] ?? nil)
      #expect((0...1).contains(share.p50))
    }
  }

  @Test("the weeks looked at reach a year beyond the last target, and 104 at least")
  func horizon() throws {
    let list = try StatedList.list(waiting: 50, over: 5)
    func weeks(_ targets: [String]) throws -> Int {
      try WaitingListOutlook(
        list,
        question: WaitingListOutlook.Question(
          targets: try targets.map { try WaitTarget(parsing: $0) }, paths: 5)
      ).weeks
    }
    #expect(try weeks([]) == 104)
    #expect(try weeks(["92% within 18 weeks by 2024-06"]) == 104)
    #expect(try weeks(["92% within 18 weeks by 2024-06", "92% within 18 weeks by 2025-12-29"]) == 104 + 52)
  }

  @Test("with more capacity fewer wait in the same futures")
  func additional() throws {
    let list = try StatedList.list()
    func last(_ extra: Double?) throws -> Double {
      let outlook = try WaitingListOutlook(
        list, question: WaitingListOutlook.Question(additional: extra.map { PerWeek($0) }, paths: 20))
      return try #require(outlook.steps.last?.figures[.waiting] ?? nil).mean
    }
    #expect(try last(2) < last(nil))
    #expect(throws: IndicatorsError.self) { try last(-1) }
    #expect(throws: IndicatorsError.self) {
      try WaitingListOutlook(
        list, question: WaitingListOutlook.Question(from: try StatedList.day("2023-06-01"), paths: 5))
    }
    #expect(throws: IndicatorsError.self) {
      try WaitingListOutlook(list, question: WaitingListOutlook.Question(weeks: 5_000, paths: 5))
    }
  }

  @Test("a target that cannot be judged is a sentence, and the others are answered")
  func unanswered() throws {
    let outlook = try WaitingListOutlook(
      StatedList.list(),
      question: WaitingListOutlook.Question(
        weeks: 110,
        targets: try ["92% within 18 weeks by 2020-03", "50% within 18 weeks by 2024-12"].map {
          try WaitTarget(parsing: $0)
        }, confidence: 0.5, paths: 20))
    #expect(outlook.unanswered.count == 1)
    #expect(outlook.unanswered[0].contains("2020-03-31"))
    #expect(outlook.answers.count == 2)
  }

  @Test(
    "assessments have their own course; what clearing does is set against the course without it, not against what is published"
  )
  func recoveryDip() throws {
    let outlook = try WaitingListOutlook(
      try Self.assessments(), question: WaitingListOutlook.Question(weeks: 156, confidence: 0.8, paths: 20))
    let told = try #require(outlook.assessments)
    #expect(outlook.rules == nil && outlook.steps.isEmpty && outlook.paths == 20)
    let dip = try #require(told.dip)
    let recovery = try #require(told.recovery)
    let quarter = dip.week - 12..<dip.week + 1
    #expect(dip.with == recovery.shareInTime(in: quarter))
    #expect(dip.without == told.projection.shareInTime(in: quarter))
    #expect(dip.withAtEnd > dip.withoutAtEnd)
    #expect(told.published == 0.5)
    // The published share is none of the effect: it only says how old the plans are that are being drafted.
    #expect(dip.depth < 0.5 - dip.with)
    let (with, without) = (try #require(recovery.weeks.last), try #require(told.projection.weeks.last))
    #expect(with.inProgress.total < without.inProgress.total)
    // Requests and what is in progress are issued, refused, withdrawn, ended or still there.
    let start = told.queue.workInProgress
    let flows = told.projection.weeks.reduce(0.0) {
      $0 + $1.requests - $1.refused - $1.withdrawn - $1.withoutPlan - $1.issued.total
    }
    #expect(abs(start + flows - without.inProgress.total) < 1e-6)
  }

  @Test("a target for assessments is of plans within 20 weeks, and is found where capacity can meet it")
  func assessmentTarget() throws {
    func answer(_ text: String, confidence: Double? = nil) throws -> WaitingListOutlook {
      try WaitingListOutlook(
        try Self.assessments(),
        question: WaitingListOutlook.Question(
          targets: [try WaitTarget(parsing: text)], confidence: confidence, paths: 30))
    }
    let outlook = try answer("70% within 20 weeks by 2026-12", confidence: 0.8)
    let found = try #require(outlook.answers.first)
    guard case .needs(let more) = found.outcome else {
      Issue.record("\(found.outcome)")
      return
    }
    #expect(more.places.count > 0)
    #expect(try #require(found.worst) >= 0.7 - 1e-9)
    #expect(try #require(found.likelihood).paths == 30)
    // To be sure of it takes more than to expect it.
    let likely = try #require(outlook.answers.last)
    #expect(likely.measure == .likely(0.8))
    #expect(try #require(likely.likelihood).metAndHeld >= 0.8)
    guard case .needs(let surely) = likely.outcome else {
      Issue.record("\(likely.outcome)")
      return
    }
    #expect(surely.places >= more.places || (found.likelihood?.metAndHeld ?? 0) >= 0.8)
    let wrong = try answer("92% within 18 weeks by 2026-12")
    #expect(wrong.answers.isEmpty)
    #expect(wrong.unanswered.first?.contains("within 20 weeks") == true)
    #expect(try answer("100% within 20 weeks by 2025-12-30").answers.first?.outcome == .outOfReach)
    // A share of a year is none before a year is over.
    let early = try answer("60% within 20 weeks by 2025-12-29")
    #expect(early.answers.isEmpty)
    #expect(early.unanswered.first?.contains("52 weeks, and 51 from 2025-01-01") == true)
  }

  @Test(
    "without a backlog there is nothing to clear, and what clearing does needs no published share"
  )
  func withoutBacklog() throws {
    let few = WaitingListOutlook.Question(paths: 5)
    let spare = try WaitingListOutlook(try Self.assessments(capacity: 2_000), question: few)
    #expect(spare.assessments?.recovery == nil)
    let unpublished = try WaitingListOutlook(try Self.assessments(published: nil), question: few)
    #expect(unpublished.assessments?.recovery != nil && unpublished.assessments?.dip != nil)
    // What is taken of the plans being drafted is said, and is not the same without a published share.
    #expect(unpublished.remarks.contains { $0.contains("with no published share in time, all are taken") })
    let short = try WaitingListOutlook(
      try Self.assessments(), question: WaitingListOutlook.Question(weeks: 20, paths: 5))
    #expect(short.remarks.contains { $0.contains("the share in time last published is taken to stand") })
    #expect(short.remarks.contains { $0.contains("Clearing the backlog takes") })
  }

  @Test("a wider range of advice widens the intervals of assessments, the same on any number of threads")
  func assessmentIntervals() throws {
    func told(_ range: Double, seed: UInt64 = 1, jobs: Int = 1) throws -> AssessmentOutlook {
      try #require(
        try WaitingListOutlook(
          Self.assessments(range: range),
          question: WaitingListOutlook.Question(weeks: 106, paths: 120, seed: seed, jobs: jobs)
        ).assessments)
    }
    let (narrow, wide) = (try told(0), try told(0.25))
    #expect(narrow.quarters.map(\.period.label).first == "2025-Q1" && narrow.quarters.count == 8)
    for year in [2025, 2026] {
      let (little, much) = (try #require(narrow.years[year]), try #require(wide.years[year]))
      #expect(little.p10 < little.p90 && little.p10 <= little.p50 && little.p50 <= little.p90)
      #expect(much.p90 - much.p10 > 1.5 * (little.p90 - little.p10), "\(year)")
    }
    let (little, much) = (try #require(narrow.quarters.last), try #require(wide.quarters.last))
    #expect(
      much.inProgress.p90 - much.inProgress.p10 > 1.5 * (little.inProgress.p90 - little.inProgress.p10))
    #expect((much.inProgress.p10...much.inProgress.p90).contains(wide.projection.weeks[103].inProgress.total))
    let threads = try told(0.25, jobs: 3)
    #expect(threads.quarters == wide.quarters && threads.years == wide.years)
    #expect(try told(0.25, seed: 2).years != wide.years)
  }

  @Test("what is added counts beside what a target takes, so that both together are what it takes without")
  func beside() throws {
    let list = try StatedList.list()
    func places(_ extra: Double?) throws -> Double {
      let outlook = try WaitingListOutlook(
        list,
        question: WaitingListOutlook.Question(
          targets: [try WaitTarget(parsing: "92% within 18 weeks by 2025-03")],
          additional: extra.map { PerWeek($0) }, paths: 5))
      switch try #require(outlook.answers.first).outcome {
      case .alreadyMet: return 0
      case .needs(let more): return more.places.count
      case .outOfReach: return -1
      }
    }
    let all = try places(nil)
    #expect(all > 1)
    #expect(abs(try places(1) - (all - 1)) < 1e-9)
    #expect(try places(all) == 0)
  }

  @Test("what is added to assessments counts beside what a target takes") func assessmentsBeside() throws {
    func answer(_ extra: Double?) throws -> CapacityAnswer {
      let outlook = try WaitingListOutlook(
        try Self.assessments(),
        question: WaitingListOutlook.Question(
          targets: [try WaitTarget(parsing: "70% within 20 weeks by 2026-12")],
          additional: extra.map { PerWeek($0) }, paths: 5))
      return try #require(outlook.answers.first)
    }
    guard case .needs(let more) = try answer(nil).outcome else {
      Issue.record("it takes nothing")
      return
    }
    #expect(try answer(more.places.count).outcome == .alreadyMet)
  }

  @Test("a target's length of time is told beside the standards, where sixteen are not exceeded")
  func lengths() throws {
    let targets = [try WaitTarget(parsing: "50% within 10 weeks by 2024-06")]
    let outlook = try WaitingListOutlook(
      StatedList.list(), question: WaitingListOutlook.Question(targets: targets, paths: 5))
    let step = try #require(outlook.steps.first)
    let share = try #require(step.figures[.shareWithin(Weeks(10))] ?? nil)
    #expect((0...1).contains(share.p50))
    let base = try StatedList.list()
    let full = try WaitingListDefinition(
      id: "x", name: "X", kind: "x", start: base.start, waiting: base.waiting,
      weeksWaited: base.weeksWaited, layout: "", referrals: base.referrals, capacity: base.capacity,
      standards: (20..<35).map { Weeks(Double($0)) })
    let told = try WaitingListOutlook(
      full, question: WaitingListOutlook.Question(targets: targets, paths: 5))
    let last = try #require(told.steps.last)
    #expect(last.figures[.over52] != nil)
    #expect(last.figures[.shareWithin(Weeks(10))] == nil)
  }

  @Test("a target beyond all weeks that can be looked at is a sentence, and the list is told")
  func farTarget() throws {
    let outlook = try WaitingListOutlook(
      StatedList.list(),
      question: WaitingListOutlook.Question(
        targets: try ["92% within 18 weeks by 2199-01", "50% within 18 weeks by 2024-12"].map {
          try WaitTarget(parsing: $0)
        }, paths: 5))
    #expect(outlook.weeks == 104 && !outlook.steps.isEmpty)
    #expect(outlook.answers.count == 1)
    #expect(outlook.unanswered.count == 1)
    #expect(outlook.unanswered[0].contains("2199-01-31"))
    #expect(outlook.unanswered[0].contains("give an earlier date"))
  }

  /// A list of which one number is uncertain, or none.
  static func uncertain(
    growth: (Double, Double) = (0.05, 0.05), leaving: (Double, Double) = (0.01, 0.01),
    waiting: (Double, Double) = (300, 300)
  ) throws -> WaitingListDefinition {
    func figure(_ range: (low: Double, high: Double), isShare: Bool = false) throws -> WaitingFigure {
      try WaitingFigure(
        "n", low: range.low, mostLikely: (range.low + range.high) / 2, high: range.high,
        basis: StatedList.assumed, isShare: isShare)
    }
    return try WaitingListDefinition(
      id: "x", name: "X", kind: "x", start: StatedList.day("2024-01-01"), waiting: figure(waiting),
      weeksWaited: StartingQueue.evenly(1, over: Weeks(30)), layout: "", referrals: figure((520, 520)),
      growth: figure(growth, isShare: true), capacity: figure((480, 480)),
      leaving: .ofThoseWaiting(figure(leaving, isShare: true)))
  }

  @Test(
    "the wider growth, leaving and the number waiting are stated, the wider are the intervals of what comes",
    arguments: ["growth", "leaving", "waiting"])
  func widths(which: String) throws {
    func width(_ list: WaitingListDefinition, at step: Int) throws -> Double {
      let outlook = try WaitingListOutlook(
        list, question: WaitingListOutlook.Question(weeks: 104, paths: 300, jobs: 2))
      let waiting = try #require(outlook.steps[step].figures[.waiting] ?? nil)
      return waiting.p90 - waiting.p10
    }
    let (some, wide): (WaitingListDefinition, WaitingListDefinition)
    switch which {
    case "growth":
      some = try Self.uncertain(growth: (0, 0.1))
      wide = try Self.uncertain(growth: (-0.2, 0.3))
    case "leaving":
      some = try Self.uncertain(leaving: (0.006, 0.014))
      wide = try Self.uncertain(leaving: (0, 0.02))
    default:
      some = try Self.uncertain(waiting: (250, 350))
      wide = try Self.uncertain(waiting: (100, 500))
    }
    // The start is uncertain from the first quarter on; growth and leaving tell with time.
    let step = which == "waiting" ? 0 : 6
    let (none, little, much) = (
      try width(try Self.uncertain(), at: step), try width(some, at: step), try width(wide, at: step)
    )
    #expect(little > 1.05 * none, "\(none), \(little), \(much)")
    #expect(much > 1.3 * little, "\(none), \(little), \(much)")
  }

  @Test("waits beyond the longest, and referrals more even than by chance, are said")
  func remarks() throws {
    let base = try StatedList.list()
    let list = try WaitingListDefinition(
      id: "x", name: "X", kind: "x", start: base.start,
      waiting: try WaitingFigure("w", low: 200, mostLikely: 300, high: 400, basis: StatedList.assumed),
      weeksWaited: base.weeksWaited, layout: "", referrals: base.referrals, capacity: base.capacity,
      referralVariation: 0.5, remarks: ["Order: by need"])
    let outlook = try WaitingListOutlook(list, question: WaitingListOutlook.Question(paths: 5))
    #expect(outlook.remarks.count == 2)
    #expect(outlook.remarks[0] == "Order: by need")
    #expect(outlook.remarks[1].contains("Referrals vary less than by chance"))
  }
}
