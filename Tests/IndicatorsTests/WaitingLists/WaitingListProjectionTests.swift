import Indicators
import Testing
import TimeSeries

/// A list of speech and language therapy from April 2024.
func therapyList(
  waiting: [Double] = [Double](repeating: 10, count: 30), referrals: [PerWeek] = [PerWeek(10)],
  capacity: [PerWeek] = [PerWeek(10)], leaving: [Double] = [],
  discipline: WaitingListModel.Discipline = .firstInFirstOut, priorities: [WaitingListModel.Priority] = [],
  oneOffs: [WaitingListModel.OneOff] = []
) -> WaitingListModel {
  WaitingListModel(
    name: "speech and language therapy", start: CivilDate(daysSinceEpoch: 19814), waiting: waiting,
    referrals: referrals, capacity: capacity, leaving: leaving, discipline: discipline,
    priorities: priorities,
    oneOffs: oneOffs)
}

@Suite("A list in compartments by weeks waited")
struct WaitingListProjectionTests {
  @Test("One week by hand: the list grows older, referrals join, a share leaves, the longest waits are seen")
  func firstInFirstOut() throws {
    let list = therapyList(
      waiting: [20, 30, 50], referrals: [PerWeek(40)], capacity: [PerWeek(60)], leaving: [0.1, 0, 0.5, 0.2])
    let week = try WaitingListProjection(list, weeks: 1).weeks[0]
    // Before places: 36, 20, 15, 40; the forty longest and the fifteen after them are seen, then five of
    // twenty.
    #expect(week.referred == 40)
    #expect(abs(week.left - (4 + 15 + 10)) < 1e-12)
    #expect(zip(week.waiting.counts, [36, 15, 0, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(week.seen.counts, [0, 5, 15, 40]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(week.capacity == 60)
    #expect(week.unused == 0)
    #expect(week.end == list.start.adding(days: 7))
  }

  @Test("Places by chance go to all who wait alike, as in the published model of compartments")
  func byChance() throws {
    let list = therapyList(
      waiting: [20, 30, 50], referrals: [PerWeek(40)], capacity: [PerWeek(35)],
      discipline: .mixed(longestFirst: 0))
    let week = try WaitingListProjection(list, weeks: 1).weeks[0]
    // A quarter of 140 in every compartment.
    #expect(zip(week.waiting.counts, [30, 15, 22.5, 37.5]).allSatisfy { abs($0 - $1) < 1e-12 })
    let mixed = try WaitingListProjection(
      therapyList(
        waiting: [20, 30, 50], referrals: [PerWeek(40)], capacity: [PerWeek(40)],
        discipline: .mixed(longestFirst: 0.5)), weeks: 1
    ).weeks[0]
    // Twenty of the fifty longest, then a sixth of the 120 that remain.
    #expect(
      zip(mixed.waiting.counts, [40, 20, 30, 30].map { $0 * 5 / 6 }).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("The urgent are seen first, and the others wait longer for it")
  func priorities() throws {
    let priorities = [
      WaitingListModel.Priority(name: "urgent", share: 0.25),
      WaitingListModel.Priority(name: "routine", share: 0.75),
    ]
    let list = therapyList(
      waiting: [40, 40], referrals: [PerWeek(40)], capacity: [PerWeek(36)], priorities: priorities)
    let week = try WaitingListProjection(list, weeks: 1).weeks[0]
    // Thirty urgent children, then six of the routine ones who have waited longest.
    #expect(zip(week.waitingByPriority, [0, 84]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(week.seen.counts, [10, 10, 16]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test(
    "Nobody is lost or made: start and referrals are those seen, those who left and those who wait",
    arguments: [
      WaitingListModel.Discipline.firstInFirstOut, .mixed(longestFirst: 0.4), .mixed(longestFirst: 0),
    ])
  func conservation(discipline: WaitingListModel.Discipline) throws {
    let list = therapyList(
      referrals: (0..<200).map { PerWeek(Double(8 + $0 % 7)) },
      capacity: (0..<200).map { PerWeek($0 % 13 == 0 ? 0 : Double(14 - $0 % 5)) },
      leaving: [0.02, 0.01, 0.004],
      discipline: discipline,
      priorities: [
        .init(name: "urgent", share: 0.1), .init(name: "soon", share: 0.3),
        .init(name: "routine", share: 0.6),
      ],
      oneOffs: [
        .init(week: 10, kind: .referrals, amount: 60, reason: "transfer in"),
        .init(week: 20, kind: .capacity, amount: 80, reason: "outsourced clinic"),
        .init(week: 30, kind: .capacity, amount: -5, reason: "lost clinics"),
      ])
    let projection = try WaitingListProjection(list, weeks: 200, longestWait: 60)
    var balance = projection.atStart.total
    for week in projection.weeks {
      balance += week.referred - week.left - week.seen.total
      #expect(abs(balance - week.waiting.total) < 1e-9)
      #expect(week.waiting.counts.allSatisfy { $0 >= 0 })
      #expect(abs(week.seen.total + week.unused - week.capacity) < 1e-9)
      #expect(abs(week.waitingByPriority.reduce(0, +) - week.waiting.total) < 1e-9)
    }
    #expect(projection.weeks[10].referred == 8 + 3 + 60)
    #expect(projection.weeks[20].capacity == 14 + 80)
    #expect(projection.weeks[30].capacity == 14 - 5)
  }

  @Test("A list whose places match its referrals and that is seen in turn keeps its wait: list over capacity")
  func steady() throws {
    let projection = try WaitingListProjection(therapyList(), weeks: 52)
    let last = projection.weeks[51]
    #expect(abs(last.waiting.total - 300) < 1e-9)
    #expect(try #require(last.seen.mean).count == 30)
    #expect(abs(try #require(last.waiting.mean).count - 15) < 1e-9)
    #expect(abs(try #require(last.waiting.share(within: Weeks(18))) - 0.6) < 1e-9)
  }

  @Test("Places beyond the list are not used and not owed")
  func unused() throws {
    let list = therapyList(waiting: [5], referrals: [PerWeek(1)], capacity: [PerWeek(10)])
    let weeks = try WaitingListProjection(list, weeks: 3).weeks
    #expect(weeks.map(\.unused) == [4, 9, 9])
    #expect(weeks.map(\.waiting.total) == [0, 0, 0])
  }

  @Test("A holiday lengthens the list by the referrals of its weeks")
  func holiday() throws {
    let list = therapyList(capacity: [PerWeek(10), PerWeek(0), PerWeek(0), PerWeek(10)])
    let weeks = try WaitingListProjection(list, weeks: 4).weeks
    for (week, size) in zip(weeks, [300.0, 310, 320, 320]) { #expect(abs(week.waiting.total - size) < 1e-9) }
  }

  @Test("Waits beyond the longest that is told apart are kept with it, and counted")
  func absorbing() throws {
    let list = therapyList(waiting: [7], referrals: [PerWeek(1)], capacity: [PerWeek(0)])
    let projection = try WaitingListProjection(list, weeks: 100, longestWait: 52)
    let last = projection.weeks[99]
    #expect(last.waiting.counts.count == 53)
    #expect(last.waiting.total == 107)
    #expect(projection.absorbed == 107 - 52)
    #expect(try WaitingListProjection(list, weeks: 40, longestWait: 52).absorbed == 0)
    #expect(projection.seen(in: 0..<100).total == 0)
    #expect(projection.seen(in: 500..<600).counts.isEmpty)
  }

  @Test("Numbers of weeks that cannot be are refused")
  func refusals() {
    for (weeks, longest) in [(0, 520), (5201, 520), (-1, 520), (10, 51), (10, 1041)] {
      #expect(throws: IndicatorsError.self) {
        try WaitingListProjection(therapyList(), weeks: weeks, longestWait: longest)
      }
    }
  }
}

@Suite("A list that cannot be")
struct WaitingListValidationTests {
  func refusal(_ list: WaitingListModel) -> String {
    do {
      try list.validated()
      return "accepted"
    } catch { return "\(error)" }
  }

  @Test("Each number that cannot be is named, with what would be accepted")
  func sentences() {
    let cases: [(WaitingListModel, String)] = [
      (therapyList(waiting: [1, -2]), "waiting after 1 week: -2 is not a number of children"),
      (therapyList(waiting: [.nan]), "waiting after 0 weeks: nan is not"),
      (therapyList(waiting: [Double](repeating: 1, count: 1042)), "1042 weeks waited; give at most 1041"),
      (therapyList(waiting: [900_000, 900_000]), "1800000 children wait; at most 1000000"),
      (therapyList(referrals: []), "referrals: none are given"),
      (therapyList(capacity: []), "capacity: none is given"),
      (therapyList(referrals: [PerWeek(.infinity)]), "referrals in week 0: inf is not"),
      (therapyList(capacity: [PerWeek(1), PerWeek(-1)]), "capacity in week 1: -1 is not"),
      (
        therapyList(leaving: [2]),
        "share leaving after 0 weeks: 2.0 is not a share from 0 to 1; write 2% as 0.02"
      ),
      (therapyList(leaving: [.nan]), "share leaving after 0 weeks"),
      (therapyList(discipline: .mixed(longestFirst: 60)), "60.0 is not from 0 to 1; write 60% as 0.6"),
      (
        therapyList(priorities: [.init(name: "a", share: 0.5)]), "their shares sum to 0.5; they must sum to 1"
      ),
      (
        therapyList(priorities: [.init(name: "a", share: 0.5), .init(name: "a", share: 0.5)]),
        "priority \"a\": it is given twice"
      ),
      (therapyList(priorities: [.init(name: "a", share: -1)]), "-1.0 of referrals is not a share"),
      (
        therapyList(priorities: (0..<17).map { .init(name: "\($0)", share: 1.0 / 17) }),
        "there are 17; give at most 16"
      ),
      (
        therapyList(oneOffs: [.init(week: -1, kind: .capacity, amount: 1, reason: "clinic")]),
        "week -1 is not between 0"
      ),
      (
        therapyList(oneOffs: [.init(week: 1, kind: .capacity, amount: .nan, reason: "clinic")]),
        "nan is not a number of children that can be"
      ),
      (
        therapyList(oneOffs: [
          .init(week: 1, kind: .capacity, amount: -6, reason: "leave"),
          .init(week: 1, kind: .capacity, amount: -6, reason: "flood"),
        ]), "it leaves -2 of capacity in week 1, which has 10 without one-off changes"
      ),
      (
        therapyList(oneOffs: [.init(week: 3, kind: .referrals, amount: -11, reason: "strike")]),
        "it leaves -1 of referrals in week 3"
      ),
    ]
    for (list, expected) in cases {
      let sentence = refusal(list)
      #expect(sentence.hasPrefix("speech and language therapy: "))
      #expect(sentence.contains(expected), "\(sentence)")
    }
    #expect(refusal(therapyList()) == "accepted")
    for days in [Int.max, .min] {
      let list = WaitingListModel(
        name: "speech and language therapy", start: CivilDate(daysSinceEpoch: days), waiting: [],
        referrals: [PerWeek(1)], capacity: [PerWeek(1)])
      #expect(refusal(list).contains("a date in the years 1600 to 9999 is needed"))
    }
  }

  @Test("The last figure goes on for ever, and where none is given there is nothing")
  func flows() {
    let list = therapyList(referrals: [PerWeek(1), PerWeek(2)], capacity: [PerWeek(3)], leaving: [0.1, 0.2])
    #expect([0, 1, 9].map { list.referrals(inWeek: $0) } == [1, 2, 2])
    #expect(list.capacity(inWeek: .max) == 3)
    #expect([0, 1, 9].map { list.leaving(afterWeeks: $0) } == [0.1, 0.2, 0.2])
    let empty = therapyList(referrals: [], capacity: [])
    #expect(empty.referrals(inWeek: 1) == 0)
    #expect(empty.capacity(inWeek: 1) == 0)
    #expect(empty.leaving(afterWeeks: 1) == 0)
    #expect(list.replacing(capacity: [PerWeek(7)]).capacity(inWeek: 5) == 7)
  }

  @Test("A week is over on its seventh day")
  func calendar() {
    let list = therapyList()
    #expect(list.weekOver(by: list.start.adding(days: 5)) == -1)
    #expect(list.weekOver(by: list.start.adding(days: 6)) == 0)
    #expect(list.weekOver(by: list.start.adding(days: 12)) == 0)
    #expect(list.weekOver(by: list.start.adding(days: 13)) == 1)
    #expect(list.weekOver(by: list.start.adding(days: -1)) == -1)
    #expect(list.weekOver(by: list.start.adding(days: -8)) == -2)
    #expect(list.dayAfter(week: 0) == list.start.adding(days: 7))
    #expect(list.dayAfter(week: .max) == list.start.adding(days: .max))
  }
}

@Suite("A target for a list: met, and held")
struct WaitTargetTests {
  let growing = therapyList(waiting: [Double](repeating: 10, count: 10), referrals: [PerWeek(12)])
  let shrinking = therapyList(capacity: [PerWeek(16)])

  func target(_ aim: WaitTarget.Aim, week: Int) throws -> WaitTarget {
    try WaitTarget(aim, by: growing.start.adding(days: week * 7 + 6))
  }

  @Test("A list that shrinks meets 92% within 18 weeks at some week, and holds it")
  func held() throws {
    let projection = try WaitingListProjection(shrinking, weeks: 104)
    let course = try projection.course(of: try target(.shareWaiting(0.92, within: Weeks(18)), week: 60))
    #expect(course.firstWeek == 60)
    #expect(course.isMetAndHeld)
    #expect(!course.isMet[0])
    let from = try #require(course.heldFrom)
    #expect((1...40).contains(from))
    #expect(!course.isMet[from - 1])
    let early = try projection.course(of: try target(.shareWaiting(0.92, within: Weeks(18)), week: from - 1))
    #expect(!early.isMetInTime)
  }

  @Test("A list that grows meets a target at first and does not hold it")
  func lost() throws {
    let projection = try WaitingListProjection(growing, weeks: 200)
    let course = try projection.course(of: try target(.shareWaiting(0.92, within: Weeks(18)), week: 4))
    #expect(course.isMetInTime)
    #expect(!course.isMetAndHeld)
    #expect(course.heldFrom == nil)
  }

  @Test("Targets may be for the mean wait of those waiting or seen, the share of those seen, or the size")
  func aims() throws {
    let projection = try WaitingListProjection(therapyList(), weeks: 20)
    // A steady list: 300 children, mean 15 weeks so far; those seen had waited 30.
    for (aim, isMet, value) in [
      (WaitTarget.Aim.meanWait(Weeks(15)), true, 15.0), (.meanWait(Weeks(14.9)), false, 15),
      (.meanWaitSeen(Weeks(30), over: 4), true, 30), (.meanWaitSeen(Weeks(29), over: 4), false, 30),
      (.shareSeen(0.5, within: Weeks(30), over: 4), true, 0.5),
      (.shareSeen(0.6, within: Weeks(30), over: 4), false, 0.5),
      (.waiting(300), true, 300), (.waiting(299), false, 300),
    ] {
      let course = try projection.course(of: try target(aim, week: 10))
      #expect(course.isMetAndHeld == isMet, "\(aim)")
      #expect(abs(try #require(course.values[10]) - value) < 1e-9)
    }
  }

  @Test("Nobody waiting meets a target; children who wait while nobody is seen miss one for those seen")
  func nobody() throws {
    let empty = try WaitingListProjection(therapyList(waiting: [], referrals: [PerWeek(0)]), weeks: 5)
    let closed = try WaitingListProjection(therapyList(capacity: [PerWeek(0)]), weeks: 5)
    for aim in [WaitTarget.Aim.meanWaitSeen(Weeks(4), over: 2), .shareSeen(0.9, within: Weeks(4), over: 2)] {
      #expect(try empty.course(of: try target(aim, week: 3)).isMetAndHeld)
      let course = try closed.course(of: try target(aim, week: 3))
      #expect(!course.isMetInTime)
      #expect(course.values[3] == nil)
    }
    #expect(try empty.course(of: try target(.shareWaiting(0.92, within: Weeks(18)), week: 3)).isMetAndHeld)
  }

  @Test("A date before the first week's end or after the last week is refused, as are levels that cannot be")
  func refusals() throws {
    let projection = try WaitingListProjection(growing, weeks: 10)
    for days in [5, -20, 10 * 7 + 6] {
      let target = try WaitTarget(share: 0.92, within: Weeks(18), by: growing.start.adding(days: days))
      #expect(throws: IndicatorsError.self) { try projection.course(of: target) }
    }
    let aims: [WaitTarget.Aim] = [
      .shareWaiting(92, within: Weeks(18)), .shareWaiting(0, within: Weeks(18)),
      .shareWaiting(0.9, within: Weeks(0)),
      .shareWaiting(.nan, within: Weeks(18)), .shareSeen(0.9, within: Weeks(18), over: 0),
      .shareSeen(0.9, within: Weeks(.nan), over: 4), .shareSeen(2, within: Weeks(18), over: 4),
      .meanWait(Weeks(-1)),
      .meanWaitSeen(Weeks(18), over: 261), .meanWaitSeen(Weeks(.infinity), over: 4), .waiting(-1),
      .waiting(.nan),
    ]
    for aim in aims {
      #expect(throws: IndicatorsError.self, "\(aim)") { try WaitTarget(aim, by: growing.start) }
    }
    #expect(throws: IndicatorsError.self) { try WaitTarget(.waiting(1), by: CivilDate(daysSinceEpoch: .max)) }
  }
}
