import Evidence
import Foundation
import Indicators
import Testing
import TimeSeries

@Suite("Waiting lists defined in a file")
struct WaitingListFileTests {
  static let list = """
    needscast: 1
    area: Sefton
    calendars:
      school:
        reason: schools are shut
        closures:
          - {name: summer, from: 07-22, to: 08-31, capacity: 50%}
          - {name: move, from: 2024-03-04, to: 2024-03-08, capacity: 0}
    lists:
      therapy:
        name: Therapy
        kind: a kind of our own
        start: 2024-01-01
        waiting: {children: 120, evenly-over-weeks: 20, source: our own count of 1 January}
        referrals: {a-week: {low: 5, most-likely: 6, high: 8}, reason: from the last year}
        referral-growth: {a-year: {low: -1%, most-likely: 1%, high: 4%}, reason: as the population}
        leaving: {of-referrals: 8%, reason: of the last year}
        capacity: {a-year: 300, source: contract}
        calendar: school
        discipline: {longest-first: 80%, reason: urgent need}
        priorities: {shares: {urgent: 10%, routine: 90%}, reason: triage}
        one-offs:
          - {date: 2024-02-01, capacity: 12, reason: outsourced clinic}
          - {date: 2024-02-08, referrals: 5, reason: transferred in}
        mean-wait: {weeks: 15, source: report}
        target-mean-wait: {weeks: 10, source: plan}
        standards: [18, 40]
        unit-cost: {pounds: {low: 500, most-likely: 600, high: 700}, reason: price list}
        variation: {referrals: 1.2, capacity: 0.5, reason: counted}

    """

  static func read(_ text: String) throws -> WaitingListFile {
    let folder = try TemporaryFolder()
    let path = try folder.file("lists.yaml", text)
    return try withExtendedLifetime(folder) { try WaitingListFile(reading: path) }
  }

  @Test("everything that may be said of a list is read") func everything() throws {
    let file = try Self.read(Self.list)
    #expect(file.problems.isEmpty, "\(file.problems)")
    #expect(file.area == "Sefton")
    let list = try #require(file.lists.first)
    #expect(list.kind == "a kind of our own")
    #expect(list.waiting.basis == .published(source: "our own count of 1 January"))
    #expect(list.weeksWaited.count == 20)
    #expect(abs(list.referrals.mostLikely - PerWeek(6).perYear) < 1e-9)
    #expect(list.growth?.low == -0.01)
    #expect(list.capacity.mean == 300)
    #expect(list.calendar.closures.count == 2)
    #expect(list.discipline == .mixed(longestFirst: 0.8))
    #expect(list.priorities.map(\.name) == ["urgent", "routine"])
    #expect(list.changes.map(\.kind) == [.capacity, .referrals])
    #expect(list.standards == [Weeks(18), Weeks(40)])
    #expect(list.targetMeanWait?.mean == 10 && list.publishedMeanWait?.mean == 15)
    #expect(list.referralVariation == 1.2 && list.capacityVariation == 0.5)
    #expect(list.remarks.count == 3)
    _ = try list.model(weeks: 104).validated()
  }

  /// What is written in place of a line, and what is then said of it.
  static let slips: [(line: String, instead: String, said: String)] = [
    ("kind: a kind of our own", "kynd: x", "unknown key \"kynd\" in lists.therapy; did you mean \"kind\"?"),
    (
      "capacity: {a-year: 300, source: contract}", "capacity: {a-year: 0, source: contract}",
      "capacity is 0; a list from which nobody is seen"
    ),
    (
      "capacity: {a-year: 300, source: contract}", "capacity: {a-year: 1e-308, source: contract}",
      "write a number above 0, at least 0.001 a year"
    ),
    (
      "referrals: 1.2, capacity: 0.5", "referrals: 12, capacity: 0.5",
      "12 cannot be simulated; write 0 to 10,"
    ),
    (
      "referrals: 1.2, capacity: 0.5", "referrals: 1.2, capacity: 3",
      "3 cannot be simulated; write 0 to 2.397,"
    ),
    ("capacity: {a-year: 300, source: contract}", "capacity: {a-year: 300}", "on nobody's word"),
    (
      "capacity: {a-year: 300, source: contract}", "capacity: {a-year: 300, source: c, reason: d}",
      "a source and a reason stand together"
    ),
    ("of-referrals: 8%", "of-referrals: 120%", "is not a share; give 0 to 1, or 0% to 100%"),
    ("longest-first: 80%", "longest-first: 1.8", "is not a share"),
    ("{urgent: 10%, routine: 90%}", "{urgent: 10%, routine: 80%}", "must sum to 1, or 100%"),
    ("{weeks: 10, source: plan}", "{weeks: 70 days, source: plan}", "is in days; write weeks, 10, as"),
    ("{weeks: 10, source: plan}", "{weeks: 10 weeks, source: plan}", "has its unit twice; write 10 alone"),
    ("{weeks: 10, source: plan}", "{weeks: 700, source: plan}", "if these are days, divide them by 7"),
    ("{weeks: 10, source: plan}", "{weeks: 0, source: plan}", "must be above 0 weeks"),
    ("standards: [18, 40]", "standards: [18, 126 days]", "is in days; write weeks, 18, as"),
    ("standards: [18, 40]", "standards: [0]", "is no standard"),
    ("calendar: school", "calendar: skool", "there is no calendar \"skool\"; did you mean \"school\"?"),
    ("start: 2024-01-01", "start: 1 January", "is not a day"),
    (
      "low: 5, most-likely: 6, high: 8", "low: 5, most-likely: 9, high: 8",
      "low <= most-likely <= high is needed, and 5, 9, 8 is given"
    ),
    ("low: 5, most-likely: 6, high: 8", "low: -5, most-likely: 6, high: 8", "is below 0; write 0 or more"),
    ("date: 2024-02-01", "date: 2023-02-01", "is before the list begins"),
    ("capacity: 12, reason", "capacity: 12, referrals: 3, reason", "needs either capacity or referrals"),
    ("children: 120, evenly-over-weeks: 20", "children: 120", "must say how the children are laid out"),
    ("evenly-over-weeks: 20", "evenly-over-weeks: 140 days", "is in days; write weeks, 20, as"),
    ("evenly-over-weeks: 20", "evenly-over-weeks: 0", "write weeks above 0"),
    ("children: 120, evenly-over-weeks: 20", "weeks-waited: [10, -5]", "-5 in "),
    ("children: 120", "children: -3", "-3 children wait; write 0 or more"),
    ("children: 120, evenly-over-weeks: 20", "weeks-waited: [0, 0]", "more than none altogether"),
    (
      "children: 120, evenly-over-weeks: 20",
      "children: 10, over-18-weeks: 20, over-52-weeks: 3, longest-weeks: 78",
      "cannot hold 20 of 18 to 52 weeks"
    ),
    ("referrals: 1.2", "referrals: -1", "a coefficient below 0"),
    (
      "{longest-first: 80%, reason: urgent need}", "last-in-first-out",
      "is no order; write first-in-first-out"
    ),
    (
      "{a-year: 300, source: contract}", "{a-year: {assumption: places}}",
      "there is no workspace.yaml beside this file"
    ),
    (
      "{a-year: 300, source: contract}", "{a-year: {series: places}}",
      "there is no workspace.yaml beside this file"
    ),
  ]

  @Test(
    "what is wrong with a list is said at its place, with what would be accepted", arguments: slips.indices)
  func slip(index: Int) throws {
    let slip = Self.slips[index]
    #expect(Self.list.contains(slip.line), "the test replaces nothing")
    let file = try Self.read(Self.list.replacingOccurrences(of: slip.line, with: slip.instead))
    #expect(file.lists.isEmpty)
    #expect(file.names == ["therapy"])
    let problem = try #require(file.problems.first)
    #expect(problem.message.contains(slip.said), "\(problem)")
    #expect(problem.row != nil && problem.column != nil)
  }

  @Test("one list that is wrong leaves the others as they are") func others() throws {
    let broken = """
        other:
          kind: x
          start: 2024-01-01

      """
    let file = try Self.read(Self.list + broken)
    #expect(file.lists.map(\.id) == ["therapy"])
    #expect(file.names == ["therapy", "other"])
    #expect(file.problems.count == 1)
    #expect(file.problems[0].message.contains("needs the key"))
  }

  /// What may stand for those waiting, how many children it is, and over how many weeks; none where that is not told.
  static let ways: [(text: String, children: Double, weeks: Int)] = [
    ("weeks-waited: [10, 5, 5], source: count", 20, 3),
    ("children: 120, over-18-weeks: 30, over-52-weeks: 10, longest-weeks: 78, source: count", 120, 78),
    ("children: 120, share: 50%, falling-off-with-mean-weeks: 10, reason: guess", 60, -1),
    (
      "children: 120, over-18-weeks: 30, over-52-weeks: 10, longest-weeks: 78, share: 50%, reason: guess", 60,
      78
    ),
    // Ten weeks of 5, 6 or 8 referrals, at the mean of a PERT distribution.
    ("from-mean-wait: 10, reason: steady", 370.0 / 6, 10),
  ]

  @Test(
    "those waiting may be laid out by weeks, in bands, falling off, or after a mean wait",
    arguments: ways.indices)
  func layouts(index: Int) throws {
    let (text, children, weeks) = Self.ways[index]
    let file = try Self.read(
      Self.list.replacingOccurrences(
        of: "children: 120, evenly-over-weeks: 20, source: our own count of 1 January", with: text))
    let list = try #require(file.lists.first, "\(file.problems)")
    #expect(abs(list.waiting.mean - children) < 1e-9)
    #expect(abs(list.weeksWaited.reduce(0, +) - 1) < 1e-9)
    if weeks > 0 { #expect(list.weeksWaited.count == weeks) }
  }

  @Test("a file that is no such file is refused whole") func refused() throws {
    #expect(throws: EvidenceError.self) { try Self.read("needscast: 2\nlists: {}\n") }
    #expect(throws: EvidenceError.self) { try Self.read("needscast: 1\nlists: {}\n") }
    #expect(throws: EvidenceError.self) { try Self.read("needscast: 1\nlist: {}\n") }
    #expect(throws: EvidenceError.self) {
      try Self.read("needscast: 1\ncalendars: {x: {reason: y}}\nlists: {a: {}}\n")
    }
    #expect(throws: EvidenceError.self) { try WaitingListFile(reading: "/nowhere/lists.yaml") }
    let folder = try TemporaryFolder()
    let path = try folder.file("lists.yaml", [0xFF, 0xFE])
    #expect(throws: EvidenceError.self) {
      try withExtendedLifetime(folder) { try WaitingListFile(reading: path) }
    }
  }

  @Test("Sefton's lists read, every number published or assumed with a reason, none typed twice")
  func sefton() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let file = try WaitingListFile(reading: root.appending(path: "Datasets/sefton").path)
    #expect(file.problems.isEmpty, "\(file.problems)")
    #expect(
      file.names == [
        "paediatric-dietetics", "occupational-therapy", "physiotherapy", "speech-and-language-therapy",
        "community-paediatrics", "autism-assessment", "camhs", "ehc-assessments",
      ])
    let speech = try #require(file.lists.first { $0.id == "speech-and-language-therapy" })
    // 5,628 waiting in the integrated care board in July 2023, and 10.2% of them most likely Sefton's.
    #expect(abs(speech.waiting.mostLikely - 5_628 * 0.102) < 1e-9)
    #expect(speech.referrals.mostLikely == 1_300)
    guard case .assumed(let reason) = speech.referrals.basis else {
      Issue.record("not assumed")
      return
    }
    #expect(reason.contains("speech-referrals"))
    guard case .published = speech.publishedMeanWait?.basis else {
      Issue.record("not published")
      return
    }
    #expect(speech.publishedMeanWait?.mean == 30 && speech.targetMeanWait?.mean == 18)
    let plans = try #require(file.lists.last)
    #expect(plans.assessment?.published?.mean == 0.531)
    #expect(plans.referrals.mean == 951)
    for list in file.lists { _ = try list.model(weeks: 156).validated() }
  }

  /// What is referred to, and what is said of it.
  static let strayReferences: [(text: String, said: String)] = [
    (
      "{assumption: speech-referals}",
      "the workspace has no assumption \"speech-referals\"; did you mean \"speech-referrals\"?"
    ),
    ("{series: ehc-request}", "the workspace has no series \"ehc-request\"; did you mean \"ehc-requests\"?"),
    ("{series: ehc-requests, area: Sefton, period: 1999}", "has no figure of 1999; it has 2019 to"),
    ("{series: ehc-requests, area: Bury St}", "is not of Bury St; write area:"),
  ]

  @Test("a reference that names nothing is answered with what there is", arguments: strayReferences.indices)
  func references(index: Int) throws {
    let (text, said) = Self.strayReferences[index]
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let folder = try TemporaryFolder()
    let sefton = root.appending(path: "Datasets/sefton")
    try FileManager.default.copyItem(
      at: sefton.appending(path: "series"), to: URL(filePath: folder.path + "/series"))
    try FileManager.default.copyItem(
      at: sefton.appending(path: "workspace.yaml"), to: URL(filePath: folder.path + "/workspace.yaml"))
    _ = try folder.file(
      "waiting-lists.yaml",
      Self.list.replacingOccurrences(of: "{a-year: 300, source: contract}", with: "{a-year: \(text)}"))
    let file = try withExtendedLifetime(folder) { try WaitingListFile(reading: folder.path) }
    #expect(file.problems.first?.message.contains(said) == true, "\(file.problems)")
  }
}

@Suite("Waiting lists as their own counts")
struct WaitingSeriesFileTests {
  static let rows = """
    series,area,period,value
    referrals,North,2024-01,40
    referrals,North,2024-02,44
    referrals,North,2024-03,38
    referrals,North,2024-04,42
    removals,North,2024-01,36
    removals,North,2024-02,35
    removals,North,2024-03,38
    removals,North,2024-04,37
    waiting,North,2024-01,90
    waiting,North,2024-02,99
    waiting,North,2024-03,99
    waiting,North,2024-04,104

    """

  static func read(_ text: String) throws -> WaitingSeriesFile {
    let folder = try TemporaryFolder()
    let path = try folder.file("lists.csv", text)
    return try withExtendedLifetime(folder) { try WaitingSeriesFile(reading: path) }
  }

  @Test("each area is a list; one that cannot be estimated is said and the other stands") func areas() throws
  {
    let file = try Self.read(
      Self.rows + "referrals,South,2024-01,4\nreferrals,South,2024-02,5\nremovals,South,2024-01,4\n")
    #expect(file.lists.map(\.name) == ["North", "South"])
    let north = try file.lists[0].estimates.get()
    #expect(north.waiting == 104)
    #expect(north.load > 1)
    #expect(throws: IndicatorsError.self) { try file.lists[1].estimates.get() }
  }

  @Test("without an area the list has the name of the file") func name() throws {
    let text = Self.rows.replacingOccurrences(of: ",area,", with: ",").replacingOccurrences(
      of: ",North,", with: ",")
    #expect(try Self.read(text).lists.map(\.name) == ["lists"])
  }

  @Test("another series, and a list without removals, are refused") func refused() throws {
    #expect(throws: EvidenceError.self) { try Self.read(Self.rows + "refferals,North,2024-05,4\n") }
    #expect(throws: EvidenceError.self) {
      try Self.read("series,area,period,value\nreferrals,North,2024-01,40\nreferrals,North,2024-02,40\n")
    }
    #expect(throws: EvidenceError.self) { try WaitingSeriesFile(reading: "/nowhere.csv") }
  }
}
