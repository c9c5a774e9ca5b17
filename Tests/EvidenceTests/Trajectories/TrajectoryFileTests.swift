import Evidence
import Foundation
import Indicators
import Testing
import TimeSeries

@Suite("Performance measures read from YAML") struct TrajectoryFileTests {
  private typealias Invented = InventedMeasures

  @Test("A sound measure is read whole") func sound() throws {
    let file = try Invented.read(
      Invented.measure(
        milestones:
          "{by: 2020-06-30, label: 6 months, wording: NA, remark: why}, {by: 2020-12-31, wording: Baseline plus 10%}",
        more: """
              part: Writing
              owner: A board
              frequency: Quarterly
              measured-by: {series: in-time, proxy: of all plans, judged-by: containing}
              not-collected: {2020: a pandemic, 2021: {reason: no tests, known: 2021-01-06}}
              notes: [One, Two]
          """))
    #expect(file.problems.isEmpty)
    let entry = try #require(file.entries.first)
    let read = entry.trajectory
    #expect((read.id, read.reference, read.action, read.wording) == ("1/1", "KPI 1/1", 1, "Plans in time"))
    #expect(read.part == "Writing")
    #expect(read.owner == "A board")
    #expect(read.frequency == "Quarterly")
    #expect(read.judgedBy == .containing)
    #expect(
      read.notCollected == [
        "2020": "a pandemic",
        "2021": .init(reason: "no tests", known: CivilDate(year: 2021, month: 1, day: 6)),
      ])
    #expect(read.notes == ["One", "Two"])
    #expect((entry.series, entry.proxy) == ("in-time", "of all plans"))
    #expect(read.baseline.value == 17)
    #expect(read.baseline.wording == "17%")
    #expect(read.milestones.map(\.rule) == [.none, .baselinePlus(10, .points)])
    #expect(read.milestones.map(\.label) == ["6 months", "2020-12-31"])
    #expect(read.milestones.first?.remark == "why")
    #expect(file.plan == "A plan")
    #expect(file.national == "England")
    #expect(file.rules == .standard)
    #expect(file.actions.map(\.number) == [1, 2])
    #expect(file.actions.map(\.title) == ["First", "Second"])
  }

  @Test("Levels and baselines can be the rows of a series, said once") func byReference() throws {
    let file = try Invented.read(
      Invented.measure(
        unit: "weeks", polarity: "lower is better", baseline: "{series: wait, date: 2018-12-31}",
        milestones: "{by: 2019-06-30}, {by: 2020-12-31}",
        more: "    levels: wait-target\n    measured-by: {series: wait}"))
    #expect(file.problems.isEmpty)
    let read = try #require(file.entries.first?.trajectory)
    #expect(read.baseline.value == 30)
    #expect(read.baseline.wording == "30 weeks")
    #expect(read.milestones.map(\.rule) == [.level(29), .level(27)])
    #expect(read.milestones.map(\.wording) == ["29 weeks", "27 weeks"])
  }

  @Test("Settings are read, and refused where they are none") func settings() throws {
    let file = try Invented.read(
      Invented.measure(),
      settings:
        "{on-track-from: 80%, at-risk-from: 20%, at-risk-share: 40%, figures-to-forecast: 6, baseline-plus: per cent}"
    )
    #expect(
      file.rules
        == (try TrajectoryRules(onTrackFrom: 0.8, atRiskFrom: 0.2, atRiskShare: 0.4, figuresToForecast: 6)))
    #expect(file.increase == .perCent)
    for wrong in [
      "{on-track-from: 20%}", "{baseline-plus: both}", "{figures-to-forecast: 0}", "{on-track-from: 120%}",
    ] {
      #expect(throws: EvidenceError.self) { try Invented.read(Invented.measure(), settings: wrong) }
    }
  }

  @Test(
    "What is wrong is a sentence with its line",
    arguments: [
      // A milestone without a date; what no rule is; dates out of order; what a baseline is missing for.
      (
        ["milestones": "{wording: 50%}"], 13,
        "1/1: the target of 50% has no date; write by when it is to be met"
      ),
      (
        ["milestones": "{by: 2020-12-31, wording: soon}"], 13,
        "1/1: \"soon\" is not a rule of a milestone; write a level"
      ),
      (["milestones": "{by: 2020-12-31}"], 13, "1/1: the milestone of 2020-12-31 says nothing"),
      (
        ["milestones": "{by: 2020-12-31, wording: 150%}"], 13,
        "1/1: the level of \"150%\" cannot be: nothing that is counted in per cent is above 100"
      ),
      (["milestones": "{by: soon, wording: 50%}"], 13, "\"soon\" in kpis.1.milestones.1.by is not a day"),
      (
        ["milestones": "{by: 2020-12-31, wording: 8 weeks}"], 13,
        "is in \"weeks\" and the measure is in per cent"
      ),
      (
        ["milestones": "{by: 2020-12-31, wording: 50%}, {by: 2020-06-30, wording: 60%}"], 13,
        "the milestone of 2020-06-30 stands after that of 2020-12-31"
      ),
      (
        [
          "baseline": "{date: 2019-12-31, wording: NA}",
          "milestones": "{by: 2020-12-31, wording: Baseline plus 10%}",
        ], 13,
        "\"Baseline plus 10%\" builds on a baseline and there is none"
      ),
      (["milestones": ""], 6, "1/1: it has no milestones"),
      (["baseline": "{date: 2019-12-31}"], 12, "needs the plan's wording, such as wording: NA, or a value"),
      (
        ["baseline": "{value: lots, date: 2019-12-31}"], 12,
        "\"lots\" in kpis.1.baseline.value is not a value in per cent"
      ),
      (
        ["baseline": "{value: 1, series: in-time, date: 2019-12-31}"], 12,
        "has a value and a series; write one of them"
      ),
      (["baseline": "{series: in-time, date: 2009-12-31}"], 12, "has no figure by 2009-12-31"),
      (["polarity": "up"], 11, "1/1: polarity \"up\" is not one that a milestone can be judged by"),
      (["polarity": "neutral"], 11, "write higher is better or lower is better"),
      (["unit": "per 0"], 10, "is not a rate"),
      (
        ["more": "    measured-by: {series: in-tyme}"], 14,
        "there is no series \"in-tyme\" of Here; did you mean \"in-time\"?"
      ),
      (["more": "    measured-by: {series: xxxxxxxxxxxxxx}"], 14, "name one of the workspace's series files"),
      (
        ["more": "    measured-by: {series: wait}"], 14,
        "the series \"wait\" is in weeks and the measure in per cent"
      ),
      (
        ["more": "    measured-by: {series: in-time}", "polarity": "lower is better"], 14,
        "the series \"in-time\" says that higher is better, and the measure says the contrary"
      ),
      (
        ["more": "    measured-by: {series: in-time}\n    frequency: Bi- Annually"], 14,
        "the series \"in-time\" is yearly and the plan wants the measure \"Bi- Annually\""
      ),
      (["more": "    owners: me"], 14, "unknown key \"owners\" in kpis.1; did you mean \"owner\"?"),
      (
        ["more": "    levels: in-time", "milestones": "{by: 2030-12-31}"], 13,
        "1/1: the series \"in-time\" has no level by 2030-12-31; add a row"
      ),
      (
        ["more": "    levels: in-time", "milestones": "{by: 2020-12-31, wording: 1%}"], 13,
        "1/1: the words say 1% and the series \"in-time\" "
      ),
    ] as [([String: String], Int, String)])
  func mistakes(parts: [String: String], line: Int, message: String) throws {
    let file = try Invented.read(
      Invented.measure(
        unit: parts["unit"] ?? "per cent", polarity: parts["polarity"] ?? "higher is better",
        baseline: parts["baseline"] ?? "{value: 17%, date: 2019-12-31}",
        milestones: parts["milestones"] ?? "{by: 2020-12-31, wording: 50%}", more: parts["more"] ?? "")
        + "\n" + Invented.measure(id: "1/2"))
    // The other measure is read all the same.
    #expect(file.entries.map(\.trajectory.id) == ["1/2"])
    #expect(file.problems.count == 1, "\(file.problems)")
    let problem = try #require(file.problems.first)
    #expect(problem.row == line, "\(problem)")
    #expect("\(problem)".contains(message), "\(problem)")
  }

  @Test(
    "\"Baseline plus 10%\" is refused where nobody declares what it adds, and a measure may declare it itself"
  )
  func undeclared() throws {
    let milestones = "{by: 2020-12-31, wording: Baseline plus 10%}"
    let file = try Invented.read(Invented.measure(milestones: milestones), settings: "{}")
    #expect("\(try #require(file.problems.first))".contains("can mean points or per cent of the baseline"))
    let declared = try Invented.read(
      Invented.measure(milestones: milestones, more: "    baseline-plus: per cent"), settings: "{}")
    #expect(declared.problems.isEmpty)
    #expect(declared.entries.first?.trajectory.milestones.first?.rule == .baselinePlus(10, .perCent))
  }

  @Test("All that is wrong with a file is said at once") func together() throws {
    let file = try Invented.read(
      Invented.measure(
        unit: "weeks", polarity: "up", baseline: "{date: soon}",
        milestones: "{wording: 5%}, {by: 2020-01-31, wording: 5%}")
        + "\n" + Invented.measure(id: "1/2") + "\n" + Invented.measure(id: "1/2")
        + "\n" + Invented.measure(id: "1/3").replacing("action: 1", with: "action: 7"))
    #expect(file.entries.map(\.trajectory.id) == ["1/2"])
    #expect(file.problems.count == 6, "\(file.problems)")
    let said = file.problems.map { "\($0)" }.joined(separator: "\n")
    #expect(said.contains("there is a measure \"1/2\" already, on line 15; give each row an id of its own"))
    #expect(said.contains("there is no action 7; accepted are 1, 2"))
  }

  @Test("What is wrong with the head of a file is told with what is wrong with its measures") func head()
    throws
  {
    let text =
      "needscast: 2\nplan: [A]\npublished: soon\nkpis:\n"
      + Invented.measure(polarity: "upwards") + "\n" + Invented.measure(id: "1/2", polarity: "sideways")
    do {
      _ = try TrajectoryFile(
        FileContents(path: "k.yaml", bytes: Array(text.utf8)), evidence: try Invented.evidence(), area: "Here"
      )
      Issue.record("a file of another version was read")
    } catch EvidenceError.badData(let problems, _) {
      #expect(problems.compactMap(\.row).prefix(3) == [1, 2, 3], "\(problems)")
      #expect(problems.contains { $0.message.contains("polarity \"upwards\"") })
      #expect(problems.contains { $0.message.contains("polarity \"sideways\"") })
    }
  }

  @Test("What is no file of measures is refused") func refused() throws {
    for text in [
      "", "needscast: 2\nplan: A\nkpis: []", "needscast: 1\nplan: A", "needscast: 1\nplan: A\nkpis: 3", "- a",
    ] {
      #expect(throws: EvidenceError.self) {
        try TrajectoryFile(
          FileContents(path: "k.yaml", bytes: Array(text.utf8)), evidence: Panel(), area: "Here")
      }
    }
    #expect(throws: EvidenceError.self) {
      try TrajectoryFile(
        FileContents(path: "k.yaml", bytes: [0xFF, 0xFE, 0x00]), evidence: Panel(), area: "Here")
    }
    #expect(throws: EvidenceError.self) {
      try TrajectoryFile(
        FileContents(path: "k.yaml", bytes: Array("needscast: 1\nplan: A\nactions: {a: b}\nkpis: []".utf8)),
        evidence: Panel(), area: "Here")
    }
    #expect(throws: EvidenceError.noSuchFile(path: "/no/such/kpis.yaml")) {
      try TrajectoryFile.read("/no/such/kpis.yaml", evidence: Panel(), area: "Here")
    }
  }
}
