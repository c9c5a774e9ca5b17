import Foundation
import FoundationXML
import Indicators
import Reporting
import Testing
import TimeSeries

/// Invented lists, looked at.
enum InventedLists {
  static let assumed = WaitingFigure.Basis.assumed(reason: "invented, \"so to say\"")

  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  static func figure(_ name: String, _ value: Double, isShare: Bool = false) throws -> WaitingFigure {
    try WaitingFigure(name, value, basis: assumed, isShare: isShare)
  }

  static func therapy(
    waiting: Double = 300, capacity: Double = 540, unitCost: Double? = 650, targets: [String] = [],
    confidence: Double? = nil, course: AdditionalCapacity.Course = .level, additional: PerWeek? = nil,
    from: String? = nil, weeks: Int? = nil, standards: [Weeks] = [Weeks(18), Weeks(52)],
    targetMeanWait: Double? = nil, leaves: Bool = true,
    basis: WaitingFigure.Basis = assumed, quiet: Bool = false
  ) throws -> WaitingListOutlook {
    let list = try WaitingListDefinition(
      id: "therapy", name: "Therapy <&>", kind: "physiotherapy", start: day("2024-01-01"),
      waiting: figure("children waiting", waiting), weeksWaited: StartingQueue.evenly(1, over: Weeks(30)),
      layout: "laid out evenly over 30 weeks",
      referrals: quiet
        ? figure("referrals a year", 0)
        : WaitingFigure("referrals a year", low: 460, mostLikely: 520, high: 580, basis: assumed),
      growth: figure("growth", 0.01, isShare: true),
      capacity: WaitingFigure("capacity a year", capacity, basis: basis),
      calendar: WaitingListCalendar(closures: [.schoolHolidays(remaining: 0.5)], reason: "schools are shut"),
      leaving: leaves
        ? .ofReferrals(figure("share of referrals that leaves unseen", 0.08, isShare: true)) : .nobody,
      changes: [
        WaitingListDefinition.DatedChange(
          date: day("2024-03-01"), kind: .capacity, children: 10, reason: "outsourced clinic")
      ], targetMeanWait: try targetMeanWait.map { try figure("mean wait", $0) }, standards: standards,
      unitCost: try unitCost.map { try figure("pounds", $0) })
    return try WaitingListOutlook(
      list,
      question: WaitingListOutlook.Question(
        weeks: weeks, targets: try targets.map { try WaitTarget(parsing: $0) }, confidence: confidence,
        course: course,
        from: try from.map(day), additional: additional, paths: 40, jobs: 2))
  }

  static func assessments(capacity: Double = 700, targets: [String] = []) throws -> WaitingListOutlook {
    let list = try WaitingListDefinition(
      id: "plans", name: "Plans", kind: "EHC assessment", start: day("2025-01-01"),
      waiting: figure("children waiting", 400), weeksWaited: StartingQueue.fallingOff(1, mean: Weeks(14)),
      layout: "falling off", referrals: figure("referrals a year", 950),
      capacity: figure("advice a year", capacity),
      discipline: .mixed(longestFirst: 0.2), standards: [Weeks(20)],
      assessment: WaitingListDefinition.Assessment(
        refused: figure("refused", 0.28, isShare: true), issued: figure("issued", 0.94, isShare: true),
        drafting: figure("drafting", 110), published: figure("in time", 0.5, isShare: true)))
    return try WaitingListOutlook(
      list,
      question: WaitingListOutlook.Question(
        weeks: 156, targets: try targets.map { try WaitTarget(parsing: $0) }, paths: 40))
  }

  static func estimates() throws -> WaitingFlowEstimates {
    func series(_ id: String, _ values: [Double]) throws -> Series {
      try Series(
        id: id, measure: Measure(id: id, unit: .count),
        points: values.enumerated().compactMap { index, value in
          Period.month(year: 2023, month: index + 1).map { DataPoint($0, value) }
        })
    }
    return try WaitingFlowEstimates(
      id: "therapy", referrals: try series("referrals", [40, 44, 41, 43, 39]),
      removals: try series("removals", [41, 39, 40, 50, 41]),
      waiting: try series("waiting", [9, 14, 15, 0, 3]))
  }
}

@Suite("Waiting lists reported")
struct WaitingListReportTests {
  @Test("no line is wider than the terminal, and nothing that matters is left out") func text() throws {
    let text = WaitingListReport(
      area: "Anytown",
      outlooks: [
        try InventedLists.therapy(targets: ["92% within 18 weeks by 2025-03"], confidence: 0.8),
        try InventedLists.assessments(targets: ["70% within 20 weeks by 2026-12"]),
      ]
    ).text()
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    for phrase in [
      "Waiting lists, Anytown: where they stand", "What it rests on", "assumed: invented",
      "What the rules of queues say",
      "Load ", "Target queue:", "Relief capacity:", "Pressure ", "Its course", "2024-Q1",
      "What the target takes",
      "£650 each", "simulated futures (standard error",
      "calendar: schools are shut", "2024-03-01: 10 of capacity; outsourced clinic", "Its expected course",
      "As it would be published, within 20 weeks", "(80% interval ", "because each old case",
      "against the course without it over the same weeks", "Last published was 50% of a year",
      "percentile of 40 simulated futures", "more children a week (fewer in school holidays), all of them",
      "To be known",
    ] {
      #expect(Self.flowed(text).contains(phrase), "no \"\(phrase)\" in:\n\(text)")
    }
  }

  private static func flowed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test("a target that is met, one out of reach, a ramp and what is asked beside are told in words")
  func outcomes() throws {
    func told(_ outlook: WaitingListOutlook) -> String {
      Self.flowed(WaitingListReport(area: nil, outlooks: [outlook]).text())
    }
    let met = told(try InventedLists.therapy(capacity: 2_000, targets: ["50% within 18 weeks by 2024-12"]))
    #expect(met.contains("it takes no more capacity"))
    let ramp = told(
      try InventedLists.therapy(
        unitCost: nil, targets: ["92% within 10 weeks by 2025-03"], course: .ramp, additional: PerWeek(0.2)))
    #expect(ramp.contains("growing evenly from 2024-01-01 to all of them on 2025-03-31"))
    #expect(ramp.contains("What a child seen costs is not stated"))
    #expect(ramp.contains("looked at with 0.2 more children a week"))
    let far = told(try InventedLists.therapy(targets: ["95% within 18 weeks by 2024-03"], from: "2024-06-01"))
    #expect(
      far.contains(
        "it cannot be, because additional capacity comes only from 2024-06-01, when it has been missed already; "
          + "with as much as could be used expected are"))
    #expect(!far.contains("however much"))
    let tooLate = WaitingListReport(
      area: nil,
      outlooks: [
        try InventedLists.therapy(targets: ["95% within 18 weeks by 2024-03"], from: "2024-06-01")
      ])
    #expect(tooLate.csv().contains("expected; out of reach, missed before 2024-06-01"))
    #expect(try tooLate.json().contains("\"from\" : \"2024-06-01\""))
    // Plans that are late already cannot be in time, whatever the capacity.
    let late = try InventedLists.assessments(targets: ["100% within 20 weeks by 2025-12-31"])
    #expect(late.answers.first?.outcome == .outOfReach && late.answers.first?.isMissedBeforeCapacity == false)
    #expect(told(late).contains("it cannot be, however much capacity there is"))
    let unjudged = told(try InventedLists.therapy(targets: ["50% within 18 weeks by 2020-12"]))
    #expect(unjudged.contains("What could not be answered"))
    #expect(told(try InventedLists.therapy(weeks: 3)).contains("No month or quarter ends within the 3 weeks"))
    let none = told(try InventedLists.assessments(capacity: 2_000))
    #expect(none.contains("There is no backlog"))
  }

  private static func told(_ outlook: WaitingListOutlook) -> String {
    flowed(WaitingListReport(area: nil, outlooks: [outlook]).text())
  }

  @Test("a mean wait that is aimed at is set against a whole wait, and not against waits so far")
  func wholeWaits() throws {
    // 300 over 10.34 a week are 29.0 weeks; those waiting have waited 15 so far, which is less than the 20 that are aimed at.
    let text = Self.told(try InventedLists.therapy(targetMeanWait: 20))
    #expect(
      text.contains(
        "A child who joins now can expect to wait 29.0 weeks, the list over its capacity, more than the mean wait of 20 weeks "
          + "that is aimed at."))
    #expect(
      text.contains(
        "Pressure 0.72, not above 1: twice that wait over the 80 weeks within which 98.2% are to be seen."))
    #expect(
      text.contains("Those waiting have waited 15.0 weeks on average so far, which is a part of their wait."))
    #expect(
      Self.told(try InventedLists.therapy(targetMeanWait: 30)).contains(
        "not more than the mean wait of 30 weeks"))
    let plain = Self.told(try InventedLists.therapy())
    #expect(plain.contains("29.0 weeks, the list over its capacity. Pressure 3.22, above 1"))
    let overview = Self.flowed(
      WaitingListReport(area: nil, outlooks: [try InventedLists.therapy(), try InventedLists.therapy()])
        .text())
    #expect(overview.contains("Pressure: twice the wait that a child who joins now can expect"))
    #expect(overview.contains("Waited so far: mean weeks already waited"))
    let rows = readCSV(
      WaitingListReport(area: nil, outlooks: [try InventedLists.therapy(targetMeanWait: 20)]).csv())
    let expected = try #require(rows.first { $0[3] == "expected_wait" })
    #expect(abs(try #require(Double(expected[5])) - 300 / PerWeek(perYear: 540).count) < 1e-9)
    #expect(try #require(rows.first { $0[3] == "mean_wait" && $0[1] == "rule" })[9].contains("so far"))
  }

  @Test(
    "what is looked at beside is named wherever the list is told, and what a target takes comes beside it")
  func beside() throws {
    let outlook = try InventedLists.therapy(
      targets: ["92% within 10 weeks by 2025-03"], additional: PerWeek(2))
    #expect(
      Self.told(outlook).contains(
        " more children a week beside the 2.0 more looked at (fewer in school holidays), all of them from"))
    let met = Self.told(
      try InventedLists.therapy(targets: ["50% within 18 weeks by 2025-03"], additional: PerWeek(30)))
    #expect(met.contains("it takes no more capacity beside the 30.0 more looked at"))
    let row = try #require(
      readCSV(WaitingListReport(area: nil, outlooks: [outlook]).csv()).first {
        $0[1] == "input" && $0[3] == "additional capacity looked at"
      })
    #expect(Double(row[5]) == 2)
    #expect(row[9].contains("all of them from 2024-01-01"))
    let svg = try WaitingListChart(outlook, area: nil).svg()
    let end = try #require(outlook.steps.last?.figures[.waiting] ?? nil).p50
    let title =
      "Therapy &lt;&amp;&gt;: 300 children wait now, about \(NumberText.whole(end)) by 2025-Q4 with 2.0 more "
      + "children a week"
    #expect(svg.contains("<title id=\"waits-title\">\(title)</title>"))
    #expect(
      svg.contains(
        "<desc id=\"waits-desc\">Children waiting and per cent of them within 10 weeks, at the end of each "
          + "quarter. Looked at with 2.0 more children a week, all of them from 2024-01-01. From"))
    // The lower panel is of the target's length of time, which is no standard.
    #expect(svg.contains("per cent of those waiting within 10 weeks, target by 2025-03-31"))
    #expect(svg.contains("92%, target"))
    #expect(
      !(try WaitingListChart(try InventedLists.therapy(), area: nil).svg().contains("more children a week")))
  }

  @Test("money multiplies out: the year's places are told with a decimal") func money() throws {
    let outlook = try InventedLists.therapy(targets: ["92% within 18 weeks by 2025-03"])
    let year = try #require(outlook.answers.first?.placesAYear)
    let text = Self.told(outlook)
    let found = try #require(text.firstMatch(of: /, ([0-9.]+) a year at £([0-9,]+) \(£650 each\)/))
    let (places, pounds) = (
      try #require(Double(found.1)), try #require(Double(found.2.replacing(",", with: "")))
    )
    #expect(abs(places - year) <= 0.05)
    #expect(abs(places * 650 - pounds) <= 0.05 * 650 + 0.5)
  }

  @Test("one week is a week, and what was estimated from counts is not called published") func words() throws
  {
    let week = Self.told(
      try InventedLists.therapy(targets: ["50% within 1 week by 2025-03"], standards: [Weeks(1), Weeks(4)]))
    #expect(week.contains("within 1 week by 2025-03-31"))
    #expect(week.contains("seen within 1 week, which takes a mean wait"))
    #expect(!week.contains("1 weeks "))
    let estimated = try InventedLists.therapy(basis: .estimated(source: "counts.csv"))
    #expect(Self.told(estimated).contains("capacity a year: 540; estimated from counts.csv"))
    let report = WaitingListReport(area: nil, outlooks: [estimated])
    #expect(report.csv().contains("estimated from counts.csv"))
    #expect(try report.json().contains("\"basis\" : \"estimated\""))
    let counted = WaitingListReport(
      area: nil, outlooks: [try InventedLists.therapy()],
      estimates: ["therapy": try InventedLists.estimates()])
    let loads = Self.flowed(counted.text())
    #expect(loads.contains("load of all who are referred, leavers too: "))
    #expect(loads.contains("Load net of those who leave "))
    #expect(Self.told(try InventedLists.therapy(leaves: false)).contains("Load 0.96: "))
  }

  @Test("of an empty list it is said that nobody waits, and no pressure is told") func empty() throws {
    let outlook = try InventedLists.therapy(waiting: 0, capacity: 50_000, leaves: false)
    let text = Self.told(outlook)
    #expect(text.contains("children; nobody waits: no relief is called for."))
    #expect(!text.contains("Pressure "))
    let rows = readCSV(WaitingListReport(area: nil, outlooks: [outlook]).csv())
    let rule = try #require(rows.first { $0[3] == "expected_wait" })
    #expect(rule[5].isEmpty && rule[9] == "nobody waits")
  }

  @Test("what counts say is told with its standard errors and the periods that were left out")
  func estimates() throws {
    let report = WaitingListReport(
      area: nil, outlooks: [try InventedLists.therapy()],
      estimates: ["therapy": try InventedLists.estimates()])
    let text = Self.flowed(report.text())
    #expect(text.contains("What the counts say"))
    #expect(text.contains("there was no queue: 2023-04, 2023-05"))
    #expect(report.csv().contains("therapy,estimate,2023-04,without_queue"))
  }

  @Test("every row of the comma-separated text has the documented columns, and figures at full precision")
  func csv() throws {
    let outlook = try InventedLists.therapy(targets: ["92% within 18 weeks by 2025-03"])
    let report = WaitingListReport(
      area: "Anytown",
      outlooks: [outlook, try InventedLists.assessments(targets: ["70% within 20 weeks by 2026-12"])])
    let rows = readCSV(report.csv())
    #expect(rows.first == WaitingListReport.columns)
    #expect(rows.allSatisfy { $0.count == WaitingListReport.columns.count })
    #expect(
      Set(rows.dropFirst().map { $0[1] }) == ["input", "rule", "course", "recovery", "target", "remark"])
    let step = try #require(outlook.steps.first)
    let waiting = try #require(step.figures[.waiting] ?? nil)
    let row = try #require(rows.first { $0[2] == step.period.label && $0[3] == "waiting" })
    #expect(Double(row[5]) == waiting.mean && Double(row[6]) == waiting.p10 && Double(row[8]) == waiting.p90)
    #expect(rows.contains { $0[3] == "additional_capacity" && !$0[5].isEmpty })
    #expect(rows.contains { $0[3] == "cost_a_year" })
    #expect(rows.contains { $0[1] == "recovery" && $0[3] == "depth" })
    for (period, quantity) in [
      ("2025-Q2", "in_progress"), ("2025-Q2", "share_in_time"), ("2026", "share_in_time"),
    ] {
      let row = try #require(rows.first { $0[1] == "course" && $0[2] == period && $0[3] == quantity })
      let (low, high) = (try #require(Double(row[6])), try #require(Double(row[8])))
      #expect(low < high)
    }
  }

  @Test("JSON has what the text has") func json() throws {
    let report = WaitingListReport(
      area: "Anytown",
      outlooks: [
        try InventedLists.therapy(targets: ["92% within 18 weeks by 2025-03"], confidence: 0.8),
        try InventedLists.assessments(targets: ["70% within 20 weeks by 2026-12"]),
      ], estimates: ["therapy": try InventedLists.estimates()])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(try report.json().utf8)) as? [String: Any])
    #expect(document["area"] as? String == "Anytown")
    let lists = try #require(document["lists"] as? [[String: Any]])
    #expect(lists.map { $0["id"] as? String } == ["therapy", "plans"])
    let targets = try #require(lists[0]["targets"] as? [[String: Any]])
    #expect(targets.map { $0["measure"] as? String } == ["expected", "likely"])
    #expect(targets[0]["outcome"] as? String == "needs-more")
    #expect((targets[0]["costAYear"] as? Double ?? 0) > 0)
    #expect(targets[1]["probabilityMetAndHeld"] != nil)
    #expect(lists[0]["estimates"] != nil && lists[0]["rules"] != nil)
    let assessments = try #require(lists[1]["assessments"] as? [String: Any])
    let dip = try #require(assessments["recoveryDip"] as? [String: Any])
    #expect(dip["with"] != nil && dip["without"] != nil)
    #expect(assessments["publishedShareInTime"] as? Double == 0.5)
    let years = try #require(assessments["years"] as? [[String: Any]])
    #expect(years.allSatisfy { $0["shareInTimeSpread"] != nil })
    #expect(try report.json() == report.json())
  }
}

@Suite("A waiting list drawn")
struct WaitingListChartTests {
  @Test("the chart is one self-contained document that says in words what it shows") func chart() throws {
    let outlook = try InventedLists.therapy(targets: ["92% within 18 weeks by 2025-03"])
    let svg = try WaitingListChart(outlook, area: "Anytown").svg()
    let delegate = ElementCount()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = delegate
    #expect(parser.parse())
    #expect(delegate.counts["svg"] == 1 && delegate.counts["title"] == 1 && delegate.counts["desc"] == 1)
    // A band and a line in each of two panels.
    #expect(delegate.counts["polygon"] == 2 && delegate.counts["polyline"] == 2)
    #expect(svg.contains("role=\"img\""))
    #expect(svg.contains("Therapy &lt;&amp;&gt;, Anytown: 300 children wait now, about "))
    #expect(svg.contains("within 18 weeks, target by 2025-03-31"))
    #expect(svg.contains("the 80 per cent interval at the end being"))
    #expect(!svg.contains("<script"))
    #expect(svg.hasSuffix("</svg>\n"))
  }

  @Test(
    "of assessments the expected course is drawn in its interval, and dashed what clearing the backlog does")
  func assessments() throws {
    let svg = try WaitingListChart(
      try InventedLists.assessments(targets: ["70% within 20 weeks by 2026-12"]), area: nil
    ).svg()
    #expect(svg.split(separator: "<polyline").count == 5)
    #expect(svg.split(separator: "stroke-dasharray=\"6 4\"").count == 3)
    #expect(svg.split(separator: "<polygon").count == 3)
    #expect(svg.contains(", as it is</text>") && svg.contains("80% upper</text>"))
    #expect(svg.contains("backlog cleared"))
    #expect(svg.contains("70%, target"))
    #expect(
      svg.contains(
        /<title id="waits-title">Plans: 50% of plans in time as last published, about \d+% in 2027-Q4</))
    #expect(svg.contains("Cases in progress and per cent of plans issued within 20 weeks, by quarter."))
  }

  @Test("a single period is drawn as a stroke, and none is refused") func few() throws {
    let one = try WaitingListChart(try InventedLists.therapy(weeks: 14), area: nil).svg()
    #expect(!one.contains("<polyline"))
    #expect(throws: ReportingError.self) {
      try WaitingListChart(try InventedLists.therapy(weeks: 3), area: nil)
    }
  }

  @Test("a panel without a point says why it has none") func emptyPanel() throws {
    let svg = try WaitingListChart(
      try InventedLists.therapy(waiting: 0, capacity: 50_000, leaves: false, quiet: true), area: nil
    ).svg()
    #expect(svg.contains(">nobody waits</text>"))
    #expect(svg.contains("Therapy &lt;&amp;&gt;: nobody waits now, nobody by 2025-Q3<"))
    #expect(svg.contains("There is no per cent of those waiting within 18 weeks to show: nobody waits."))
  }

  private final class ElementCount: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      counts[name, default: 0] += 1
    }
  }
}
