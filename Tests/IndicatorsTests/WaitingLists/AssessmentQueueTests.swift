import Indicators
import Testing
import TimeSeries

/// Ten requests a week, a backlog of 250, and advice for seven children a week.
func assessments(
  requests: [PerWeek] = [PerWeek(10)], assessedShare: Double = 0.7, issuedShare: Double = 0.94,
  withdrawing: Double = 0.002,
  waiting: [Double] = [Double](repeating: 10, count: 6) + [Double](repeating: 6, count: 30),
  drafting: [Double] = [Double](repeating: 0, count: 12) + [Double](repeating: 2, count: 28),
  capacity: [PerWeek] = [PerWeek(7)], backlogCapacity: [PerWeek] = [],
  order: AssessmentQueue.Order = .mixed(longestFirst: 0.3), decisionWeeks: Int = 6, noticeWeeks: Int = 4,
  draftingWeeks: Int = 8, limit: Int = 20
) -> AssessmentQueue {
  AssessmentQueue(
    name: "Sefton", start: CivilDate(daysSinceEpoch: 19723), requests: requests, assessedShare: assessedShare,
    issuedShare: issuedShare, withdrawing: withdrawing, waiting: waiting, drafting: drafting,
    capacity: capacity,
    backlogCapacity: backlogCapacity, order: order, decisionWeeks: decisionWeeks, noticeWeeks: noticeWeeks,
    draftingWeeks: draftingWeeks, limit: limit)
}

@Suite("The queue of education, health and care assessments")
struct AssessmentProjectionTests {
  @Test("Capacity to spare: each request is decided in week 6, advised at once, and has its plan in week 14")
  func unhindered() throws {
    let queue = assessments(withdrawing: 0, waiting: [], drafting: [], capacity: [PerWeek(100)])
    let weeks = try AssessmentProjection(queue, weeks: 40).weeks
    for week in weeks {
      #expect(abs(week.refused - (week.week < 6 ? 0 : 3)) < 1e-12)
      #expect(abs(week.advised - (week.week < 6 ? 0 : 7)) < 1e-12)
      #expect(abs(week.withoutPlan - (week.week < 10 ? 0 : 0.42)) < 1e-12)
      #expect(abs(week.issued.total - (week.week < 14 ? 0 : 6.58)) < 1e-12)
      #expect(week.shareInTime == (week.week < 14 ? nil : 1))
      #expect(abs(week.unused - (week.week < 6 ? 100 : 93)) < 1e-12)
      #expect(week.awaitingAdvice == 0)
    }
    #expect(weeks[30].issued.counts[14] == weeks[30].issued.total)
    #expect(weeks[39].medianAge != nil)
  }

  @Test("A plan issued in the week in which 20 weeks are up is in time, one of the next week is late")
  func limit() throws {
    for (age, share) in [(19, 1.0), (20, 0.0)] {
      let drafting = [Double](repeating: 0, count: age) + [8]
      // Drafting takes one week, so that all are due in week 0, a week older.
      let queue = assessments(
        requests: [PerWeek(0)], waiting: [], drafting: drafting, noticeWeeks: 0, draftingWeeks: 1)
      let week = try AssessmentProjection(queue, weeks: 1).weeks[0]
      #expect(week.issued.total == 8)
      #expect(week.shareInTime == share)
    }
  }

  @Test(
    "Plans whose drafting is under way fall due evenly, and those not decided upon yet may end without one")
  func drafting() throws {
    let queue = assessments(requests: [PerWeek(0)], withdrawing: 0, waiting: [], drafting: [0, 0, 0, 80])
    let weeks = try AssessmentProjection(queue, weeks: 9).weeks
    for week in weeks.prefix(4) { #expect(abs(week.issued.total - 10) < 1e-12) }
    for week in weeks[4..<8] { #expect(abs(week.issued.total - 9.4) < 1e-12) }
    #expect(weeks[8].issued.total == 0)
    #expect(weeks[8].inProgress.total == 0)
    let shortest = assessments(
      requests: [PerWeek(0)], waiting: [0, 0, 0, 0, 0, 0, 7], drafting: [5], noticeWeeks: 0, draftingWeeks: 0)
    let first = try AssessmentProjection(shortest, weeks: 1).weeks[0]
    #expect(abs(first.issued.total - (5 + 7 * 0.998) * 0.94) < 1e-12)
  }

  @Test(
    "Nobody is lost or made: start and requests are those refused, withdrawn, without a plan, with one, and in progress",
    arguments: [
      AssessmentQueue.Order.longestFirst, .inTimeFirst, .mixed(longestFirst: 0.3), .mixed(longestFirst: 1),
    ])
  func conservation(order: AssessmentQueue.Order) throws {
    let queue = assessments(
      requests: (0..<150).map { PerWeek(Double(7 + $0 % 6)) },
      capacity: (0..<150).map { PerWeek($0 % 10 == 9 ? 0 : 8.5) }, backlogCapacity: [PerWeek(1.5)],
      order: order)
    var balance = queue.workInProgress
    for week in try AssessmentProjection(queue, weeks: 150).weeks {
      balance += week.requests - week.refused - week.withdrawn - week.withoutPlan - week.issued.total
      #expect(abs(balance - week.inProgress.total) < 1e-9)
      #expect(week.inProgress.counts.allSatisfy { $0 >= 0 })
      let places = week.week % 10 == 9 ? 1.5 : 10
      #expect(abs(week.advised + week.unused - places) < 1e-9)
    }
  }

  @Test("Clearing old cases lowers the published share before it raises it; leaving them raises it at once")
  func paradox() throws {
    let present = try AssessmentProjection(assessments(), weeks: 156)
    let team = try AssessmentProjection(
      assessments().replacing(
        backlogCapacity: [PerWeek](repeating: PerWeek(0), count: 26)
          + [PerWeek](repeating: PerWeek(4), count: 60)
          + [PerWeek(0)]), weeks: 156)
    let dip = try team.recoveryDip(from: 26, without: present)
    #expect(dip.depth > 0.02)
    #expect((30...52).contains(dip.week))
    let above = try #require(dip.aboveFrom)
    #expect(above > dip.week && above < 70)
    #expect(dip.withAtEnd > 0.99 && dip.withoutAtEnd < dip.withAtEnd)
    // In the same weeks the team has more plans issued and fewer children beyond the limit.
    let quarter = 33..<46
    #expect(try #require(team.shareInTime(in: quarter)) < (try #require(present.shareInTime(in: quarter))))
    #expect(team.overLimit(team.weeks[45]) < present.overLimit(present.weeks[45]) - 30)
    // Those in time first: a perfect figure, and the old cases are there still.
    let inTimeFirst = try AssessmentProjection(assessments().replacing(order: .inTimeFirst), weeks: 156)
    #expect(abs(try #require(inTimeFirst.shareInTime(in: 39..<52)) - 1) < 1e-9)
    #expect(inTimeFirst.overLimit(inTimeFirst.weeks[51]) > 120)
    // Longest first with the same capacity: no plan in time while the backlog lasts.
    let longestFirst = try AssessmentProjection(assessments().replacing(order: .longestFirst), weeks: 156)
    #expect(longestFirst.shareInTime(in: 39..<52) == 0)
  }

  @Test(
    "The published figure is of the plans issued in a calendar year, a week across the new year divided by days"
  )
  func years() throws {
    let projection = try AssessmentProjection(assessments(), weeks: 110)
    let years = projection.years
    // 2024 begins on a Monday, as the projection does; 53 weeks reach 5 January.
    #expect(years.map(\.year) == [2024, 2025, 2026])
    #expect(years.map(\.days) == [366, 365, 770 - 731])
    #expect(years.map(\.isWhole) == [true, true, false])
    let issued = projection.weeks.map(\.issued.total)
    #expect(abs(years[0].issued - (issued[..<52].reduce(0, +) + issued[52] * 2 / 7)) < 1e-9)
    let inTime = projection.weeks.map(\.issuedInTime)
    #expect(abs(years[0].issuedInTime - (inTime[..<52].reduce(0, +) + inTime[52] * 2 / 7)) < 1e-9)
    let share = try #require(years[0].shareInTime)
    #expect(abs(share - years[0].issuedInTime / years[0].issued) < 1e-15)
    let none = try AssessmentProjection(
      assessments(waiting: [], drafting: [], capacity: [PerWeek(0)]), weeks: 60)
    #expect(none.years[0].shareInTime == nil)
    #expect(none.shareInTime(in: 0..<60) == nil)
    #expect(none.shareInTime(in: 100..<200) == nil)
  }

  @Test("A dip is what the recovery changes over the same weeks, and not what the queue does anyhow")
  func dips() throws {
    let present = try AssessmentProjection(assessments(), weeks: 104)
    // Nothing is done: nothing is lowered, however far the share itself falls.
    let nothing = try present.recoveryDip(from: 0, without: present)
    #expect(nothing.depth == 0 && nothing.aboveFrom == nil)
    #expect(nothing.withAtEnd == nothing.withoutAtEnd)
    let team = try AssessmentProjection(
      assessments().replacing(backlogCapacity: [PerWeek(4)]), weeks: 104)
    let dip = try team.recoveryDip(from: 0, without: present, over: 8)
    let range = dip.week - 7..<dip.week + 1
    #expect(dip.with == team.shareInTime(in: range))
    #expect(dip.without == present.shareInTime(in: range))
    #expect(dip.depth > 0 && dip.depth == dip.without - dip.with)
    #expect(dip.window == 8)
    for end in 7..<104 {
      let range = end - 7..<end + 1
      let depth =
        (try #require(present.shareInTime(in: range))) - (try #require(team.shareInTime(in: range)))
      #expect(depth <= dip.depth + 1e-9)
    }
    // The other way round nothing is lowered at first, and what is above is so from the first week on.
    let rising = try AssessmentProjection(assessments(order: .inTimeFirst), weeks: 104)
      .recoveryDip(
        from: 30, without: AssessmentProjection(assessments(order: .longestFirst), weeks: 104), over: 4)
    #expect(rising.depth == 0 && rising.aboveFrom == 33)
    // Near the end there are fewer weeks than the window has.
    #expect(try team.recoveryDip(from: 100, without: present).week == 103)
  }

  @Test("A dip that cannot be measured is refused in a sentence")
  func refusedDips() throws {
    let projection = try AssessmentProjection(assessments(), weeks: 50)
    func refuses(
      _ projection: AssessmentProjection, from week: Int, without: AssessmentProjection? = nil,
      over: Int = 13, _ words: String
    ) {
      do {
        _ = try projection.recoveryDip(from: week, without: without ?? projection, over: over)
        Issue.record("accepted, not: \(words)")
      } catch { #expect("\(error)".contains(words), "\(error)") }
    }
    refuses(projection, from: 50, "weeks 0 to 49 are projected")
    refuses(projection, from: 20, over: 0, "write 1 to 260")
    refuses(
      projection, from: 20, without: try AssessmentProjection(assessments(), weeks: 51),
      "project both alike")
    let none = try AssessmentProjection(
      assessments(waiting: [], drafting: [], capacity: [PerWeek(0)]), weeks: 50)
    refuses(none, from: 20, "no plan is issued from week 20 on")
  }

  @Test("Demand for advice, what can be sustained, and the capacity that clears the backlog")
  func rules() throws {
    let queue = assessments(withdrawing: 0)
    #expect(abs(queue.demandForAdvice.count - 7) < 1e-12)
    #expect(abs(assessments().demandForAdvice.count - 6.902586043915299) < 1e-9)
    #expect(queue.awaitingAdvice == 180)
    #expect(queue.workInProgress == 240 + 56)
    #expect(queue.sustainableWork == 140)
    // Six weeks between the decision and the latest advice.
    #expect(queue.latestAdvice == 12)
    #expect(abs(queue.sustainableQueue - 42) < 1e-12)
    #expect(abs(try queue.capacityToClear(within: Weeks(46)).count - 10) < 1e-12)
    #expect(
      try assessments(withdrawing: 0, waiting: []).capacityToClear(within: Weeks(46)).count
        == queue.demandForAdvice.count)
    #expect(queue.meanCapacity == PerWeek(7))
    #expect(throws: IndicatorsError.self) { try queue.capacityToClear(within: Weeks(0)) }
    // Taken in turn with such a queue and capacity to match, every plan is just in time.
    let balanced = assessments(
      withdrawing: 0, waiting: [Double](repeating: 10, count: 6) + [Double](repeating: 7, count: 6),
      drafting: [],
      capacity: [PerWeek(7)], order: .longestFirst)
    let projection = try AssessmentProjection(balanced, weeks: 60)
    #expect(projection.shareInTime(in: 20..<60) == 1)
    #expect(projection.weeks[59].issued.counts[20] > 6)
  }

  @Test("Numbers that cannot be are refused, in the words of any list where they are those of any list")
  func refusals() {
    let bad: [AssessmentQueue] = [
      assessments(requests: []), assessments(requests: [PerWeek(-1)]), assessments(assessedShare: 70),
      assessments(issuedShare: -0.1), assessments(withdrawing: .nan), assessments(waiting: [-1]),
      assessments(drafting: [.infinity]), assessments(capacity: []),
      assessments(backlogCapacity: [PerWeek(.nan)]),
      assessments(order: .mixed(longestFirst: 2)), assessments(decisionWeeks: -1),
      assessments(noticeWeeks: 9),
      assessments(noticeWeeks: -1), assessments(decisionWeeks: 13), assessments(limit: 0),
      assessments(limit: 105),
      assessments(noticeWeeks: 4, draftingWeeks: 53),
    ]
    for queue in bad { #expect(throws: IndicatorsError.self) { try AssessmentProjection(queue, weeks: 10) } }
    for weeks in [0, 1041] {
      #expect(throws: IndicatorsError.self) { try AssessmentProjection(assessments(), weeks: weeks) }
    }
  }
}
