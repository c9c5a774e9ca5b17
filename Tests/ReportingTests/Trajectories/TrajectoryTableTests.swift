import Foundation
import Indicators
import Reporting
import Testing
import TimeSeries

@Suite("Performance measures as text, CSV and JSON") struct TrajectoryTableTests {
  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  private func milestone(_ date: String, _ wording: String, _ rule: MilestoneRule, remark: String? = nil)
    throws
    -> Trajectory.Milestone
  {
    Trajectory.Milestone(date: try day(date), label: "label", wording: wording, rule: rule, remark: remark)
  }

  /// Two measures: one with figures and every kind of row, one with none.
  private func report() throws -> TrajectoryReport {
    let full = Trajectory(
      id: "1/1-a", reference: "KPI 1/1", action: 1, wording: "Plans in time, \"all\" of them", part: "Part A",
      owner: "A board", frequency: "Monthly", unit: .percentage, polarity: .higherIsBetter,
      baseline: Trajectory.Baseline(value: 10, date: try day("2019-12-31"), wording: "10%"),
      milestones: [
        try milestone("2020-01-31", "NA", .none), try milestone("2020-02-29", "11%", .level(11)),
        try milestone(
          "2020-03-31", "30% or national average whichever is the higher", .levelOrNational(30, .higher),
          remark: "As worded."),
        try milestone("2020-12-31", "12%", .level(12)), try milestone("2021-01-31", "90%", .level(90)),
        try milestone("2021-02-28", "Baseline plus 2%", .baselinePlus(2, .points)),
      ], notes: ["A remark of a reviewer."])
    let months = try (0..<8).map { index in
      DataPoint(
        period: try #require(.month(year: 2020, month: 1 + index)),
        observation: .value([11, 12, 14, 15, 17, 18, 20, 21][index]),
        publication: Publication(date: try day("2020-08-31")))
    }
    let own = try Series(
      id: "own", area: "Here", measure: Measure(id: "own", unit: .percentage), points: months)
    let national = try Series(
      id: "own", area: "England", measure: Measure(id: "own", unit: .percentage),
      points: months.map { DataPoint($0.period, 40) })
    let bare = Trajectory(
      id: "2/1", reference: "KPI 2/1", action: 2, wording: "Wait", unit: .weeks, polarity: .lowerIsBetter,
      baseline: Trajectory.Baseline(value: nil, date: try day("2019-12-31"), wording: "NA"),
      milestones: [
        try milestone("2020-01-31", "8 weeks", .level(8)), try milestone("2020-02-29", "7 weeks", .level(7)),
        try milestone("2021-02-28", "6 weeks", .level(6), remark: "A remark."),
      ])
    let asOf = try day("2020-09-30")
    return TrajectoryReport(
      asOf: asOf, rules: .standard,
      trajectories: [
        try TrajectoryOutlook(
          full, figures: TrajectoryFigures(own: own, proxy: "of all plans", national: national), asOf: asOf),
        try TrajectoryOutlook(bare, figures: TrajectoryFigures(), asOf: asOf),
      ])
  }

  private func table() throws -> TrajectoryTable {
    TrajectoryTable(
      try report(),
      heading: TrajectoryHeading(
        plan: "A plan", area: "Here", source: "a page", actions: [1: "To do one thing", 2: "To do another"],
        notes: ["A note on settings."]))
  }

  @Test("The text counts, shows what has figures in a table and lists the others with their reason")
  func text() throws {
    let text = try table().text()
    // Sentences, however they are broken into lines.
    let flowing = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      text.hasPrefix(
        "A plan, Here: 2 performance measures with 9 milestones, by what was published on 2020-09-30\n"))
    #expect(
      text.contains("met 1, missed 1, on track 2, at risk 0, off track 1, not yet due 1, not measurable 3\n"),
      "\(text)")
    #expect(text.contains("by a proxy: 1 of those met and 1 of those missed\n"))
    #expect(text.contains("\nAction 1: To do one thing\n"))
    #expect(text.contains("\nAction 2: To do another\n"))
    #expect(text.contains("\nKPI 1/1: Plans in time, \"all\" of them (Part A)\n"))
    #expect(
      flowing.contains(
        "per cent, higher is better, frequency \"Monthly\", owner A board; baseline 10% (2019-12-31); latest 21% in 2020-08"
      ))
    #expect(text.contains("  a proxy: of all plans\n"))
    #expect(
      text.contains("  2020-02-29  met           11      12  2020-02        –       –            –\n"),
      "\(text)")
    #expect(text.contains("  2020-02-29 \"11%\": 12% in 2020-02 reaches 11%.\n"))
    #expect(flowing.contains("national average (40% in 2020-03), whichever is the higher: 40%;"))
    #expect(flowing.contains("does not reach 40%. As worded."))
    #expect(text.contains("hold    hold"))
    #expect(text.contains("+13.8  +165.6"))
    #expect(flowing.contains("the baseline of 2019-12-31, 10%, plus 2 points: 12%; expected in 2021-02: "))
    #expect(
      text.contains("  not measurable: 2020-01-31 \"NA\"\n    because: the plan sets no level for the date\n")
    )
    #expect(
      text.contains(
        "  not measurable: 2020-01-31 \"8 weeks\"; 2020-02-29 \"7 weeks\"\n    because: no figures are given of it\n"
      ))
    #expect(
      text.contains(
        "  not yet due: 2021-02-28 \"6 weeks\"\n    because: no figures are given of it yet. A remark.\n"))
    #expect(text.contains("  note: A remark of a reviewer.\n"))
    #expect(text.contains("- A note on settings.\n"))
    #expect(text.hasSuffix("- wording: a page\n"))
  }

  @Test("No line is wider than asked", arguments: [60, 80, 100]) func width(width: Int) throws {
    let lines = try table().text(width: width).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= max(width, 76) })
    #expect(lines.filter { $0.contains("because") || $0.contains("note:") }.allSatisfy { $0.count <= width })
  }

  @Test("CSV has one row for each milestone, and a reason in every one") func csv() throws {
    let csv = try table().csv()
    let rows = readCSV(csv)
    #expect(rows.first == TrajectoryCSV.columns)
    #expect(rows.count == 10)
    #expect(rows.allSatisfy { $0.count == TrajectoryCSV.columns.count })
    func column(_ name: String) throws -> [String] {
      let place = try #require(TrajectoryCSV.columns.firstIndex(of: name))
      return rows.dropFirst().map { $0[place] }
    }
    #expect(
      try column("status") == [
        "not measurable", "met", "missed", "on track", "off track", "on track", "not measurable",
        "not measurable",
        "not yet due",
      ])
    #expect(try column("reason").allSatisfy { !$0.isEmpty })
    #expect(try column("level") == ["", "11", "40", "12", "90", "12", "8", "7", "6"])
    #expect(try column("actual") == ["", "12", "14", "", "", "", "", "", ""])
    #expect(try column("proxy") == Array(repeating: "yes", count: 6) + Array(repeating: "no", count: 3))
    #expect(try column("probability").prefix(3) == ["", "1", "0"])
    #expect(try column("needed_per_month")[4] == "13.8")
    // Of what is reached already nothing is needed.
    for (reached, needed) in zip(try column("reached"), try column("needed_per_month")) {
      #expect(reached == "no" ? !needed.isEmpty : needed.isEmpty)
    }
    #expect(try column("measure")[0] == "Plans in time, \"all\" of them")
  }

  @Test("JSON holds the rules, the counts and every milestone") func json() throws {
    let text = try table().json()
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(document["asOf"] as? String == "2020-09-30")
    #expect((document["counts"] as? [String: Int])?["notMeasurable"] == 3)
    #expect((document["rules"] as? [String: Any])?["onTrackFrom"] as? Double == 0.7)
    let kpis = try #require(document["kpis"] as? [[String: Any]])
    #expect(kpis.count == 2)
    let milestones = try #require(kpis[0]["milestones"] as? [[String: Any]])
    #expect(
      milestones.map { $0["status"] as? String } == [
        "notMeasurable", "met", "missed", "onTrack", "offTrack", "onTrack",
      ])
    #expect((milestones[4]["runRate"] as? [String: Any])?["perMonth"] as? Double == 13.8)
    #expect((milestones[4]["expected"] as? [String: Any])?["probability"] != nil)
    #expect((milestones[4]["expected"] as? [String: Any])?["comparators"] as? Int == 0)
    #expect(milestones[0]["level"] == nil)
    #expect(try table().json() == text)
  }
}
