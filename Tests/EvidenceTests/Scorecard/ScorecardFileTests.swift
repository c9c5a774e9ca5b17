import Foundation
import Indicators
import Testing
import TimeSeries

@testable import Evidence

@Suite("A scorecard in a file") struct ScorecardFileTests {
  private static let sound = """
    needscast: 1
    name: Card
    source: a paper
    benchmark: England
    neighbours: neighbours.csv
    themes:
      healthy: Healthy
      heard: Heard
    priorities:
      1: {theme: healthy, text: Be well}
      2: {theme: heard, text: Be heard}
    indicators:
      "1.1":
        name: Weight
        theme: healthy
        priority: 1
        definition: a share
        owner: not stated
        polarity: higher is better
        unit: per cent
        source: a publisher
        series: weight
        target: {level: 74, by: 2025-12-31, source: the plan}
      "1.2":
        name: Voice
        theme: heard
        priority: 2
        definition: a survey
        owner: not stated
        polarity: neutral
        unit: per cent
        source: not stated
        none: a local measure

    """

  private func panel() throws -> Panel {
    try Panel(
      ["Sefton", "England"].map { area in
        try Series(
          id: "weight", area: area, measure: Measure(id: "weight", unit: .percentage),
          points: [DataPoint(.calendarYear(2020), 60)])
      } + [
        Series(
          id: "people", area: "England", measure: Measure(id: "people", unit: .count),
          points: [DataPoint(.calendarYear(2020), 60)])
      ])
  }

  private func read(
    _ text: String, neighbours: String = "area,rank\nWirral,2\nHalton,1\n"
  ) throws -> ScorecardFile {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "needscast-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "scorecard.yaml")
    try Data(text.utf8).write(to: file)
    try Data(neighbours.utf8).write(to: folder.appending(path: "neighbours.csv"))
    return try ScorecardFile(reading: file.path, evidence: panel(), area: "Sefton")
  }

  /// The problems with one text replaced, each without the folder.
  private func problems(_ old: String, _ new: String) throws -> [String] {
    #expect(Self.sound.contains(old))
    return try read(Self.sound.replacingOccurrences(of: old, with: new)).problems.map { problem in
      "\(problem)".split(separator: "/").last.map(String.init) ?? ""
    }
  }

  @Test("A sound file has no problems, and neighbours in the order of their file") func soundFile() throws {
    let file = try read(Self.sound)
    #expect(file.problems.isEmpty)
    #expect(file.neighbours == ["Wirral", "Halton"])
    #expect(file.region == nil)
    #expect(file.scorecard.indicators.map(\.id) == ["1.1", "1.2"])
    #expect(file.scorecard.indicators[0].target?.levelText == "at least 74 by 2025-12-31")
    #expect(file.paths.count == 2)
  }

  @Test(
    "What is wrong is said with its place, and the rest is read",
    arguments: [
      (
        "polarity: higher is better", "polarity: upwards",
        "19:15: 1.1: polarity \"upwards\" is not known; write higher"
      ),
      (
        "theme: healthy\n    priority: 1", "theme: wealthy\n    priority: 1",
        "15:12: indicators.1.1.theme: there is no theme"
      ),
      (
        "priority: 2", "priority: 7",
        "27:15: indicators.1.2.priority: there is no priority \"7\"; accepted are 1, 2"
      ),
      (
        "priority: 2", "priority: 1",
        "27:15: indicators.1.2.priority: priority 1 is of the theme healthy, not of heard"
      ),
      (
        "series: weight", "series: weigth",
        "22:13: indicators.1.1.series: there is no series \"weigth\" in the workspace; did"
      ),
      (
        "series: weight", "series: people",
        "22:13: indicators.1.1.series: the series \"people\" of the workspace has no"
      ),
      (
        "series: weight", "series: elsewhere-altogether",
        "name one of its series, or write none with the reason"
      ),
      ("series: weight", "proxy: {series: weight}", "22:12: indicators.1.1.proxy needs the key \"reason\""),
      ("series: weight", "population: weight", "needs one of series (its id), proxy"),
      (
        "unit: per cent\n    source: a pub", "unit: per 10,000\n    source: a pub",
        "20:11: indicators.1.1.unit: the unit is"
      ),
      (" by: 2025-12-31,", "", "23:13: 1.1: the target of 74 has no date; write by when it is to be met"),
      ("by: 2025-12-31", "by: Christmas", "\"Christmas\" in indicators.1.1.target.by is not a day"),
      ("level: 74", "direction: sideways", "must be lower or higher"),
      ("level: 74, ", "", "needs one of level and direction"),
      ("level: 74,", "level: 74, tolerance: -1,", "is below 0; write how far beside the level is amber"),
      ("level: 74,", "level: 74, met: sometimes,", "must be at least or at most"),
      (
        "a local measure", "a local measure\n    judged-by: mood",
        "\"mood\" in indicators.1.2.judged-by is not one of"
      ),
      (
        "a local measure", "a local measure\n    target: {level: 1, by: 2025-12-31, source: us}",
        "the indicator is neutral, so say when it is met"
      ),
      (
        "owner: not stated\n    polarity: neutral", "polarity: neutral",
        "indicators.1.2 needs the key \"owner\""
      ),
      ("name: Voice", "name: Voice\n    colour: red", "unknown key \"colour\" in indicators.1.2"),
      (
        "benchmark: England", "benchmark: Albania",
        "4:12: benchmark: no series of the workspace is of \"Albania\""
      ),
      ("neighbours: neighbours.csv", "neighbours: nobody.csv", "nobody.csv: there is no such file"),
      (
        "1: {theme: healthy", "one: {theme: healthy",
        "\"one\" is not the number of a priority; write 1, 2 and so on"
      ),
    ])
  func wrong(old: String, new: String, sentence: String) throws {
    let found = try problems(old, new)
    #expect(found.contains { $0.contains(sentence) }, "\(found)")
  }

  @Test("Several mistakes are told together, and only what cannot be placed is left out") func together()
    throws
  {
    let text = Self.sound.replacingOccurrences(of: "polarity: neutral", with: "polarity: sideways")
      .replacingOccurrences(of: "theme: heard\n    priority: 2", with: "theme: loud\n    priority: 9")
      .replacingOccurrences(of: " by: 2025-12-31,", with: "")
    let file = try read(text)
    #expect(file.problems.count == 4)
    // The target is gone with its problem; the indicator stays.
    #expect(file.scorecard.indicators.map(\.id) == ["1.1"])
    #expect(file.scorecard.indicators[0].target == nil)
  }

  @Test(
    "An indicator whose definition was refused keeps the complaint, and is not judged",
    arguments: [
      ("unit: per cent\n    source: a pub", "unit: per 10,000\n    source: a pub", "the unit is"),
      ("series: weight\n", "series: weight\n    judged-by: mood\n", "\"mood\""),
      ("level: 74,", "level: 74, tolerance: -1,", "is below 0"),
      ("level: 74,", "level: 740,", "nothing that is counted in per cent is above 100"),
      (" by: 2025-12-31,", "", "has no date"),
      (", source: the plan}", "}", "needs the key \"source\""),
    ])
  func refusedDefinition(old: String, new: String, complaint: String) throws {
    #expect(Self.sound.contains(old))
    let file = try read(Self.sound.replacingOccurrences(of: old, with: new))
    #expect(file.problems.count == 1)
    let one = try #require(file.scorecard.indicators.first { $0.id == "1.1" })
    #expect(one.definitionFault?.contains(complaint) ?? false, "\(one.definitionFault ?? "none")")
    #expect(file.scorecard.indicators.first { $0.id == "1.2" }?.definitionFault == nil)
    let report = ScorecardReport(
      file.scorecard, evidence: try panel(),
      context: ScorecardContext(
        area: "Sefton", benchmark: "England", region: nil, neighbours: [],
        asOf: try #require(CivilDate("2026-01-01"))))
    #expect(report.results[0].rating.colour == .notJudged)
    #expect(report.results[0].rating.reason.contains(complaint))
  }

  @Test("What is wrong with the values of an indicator, its target and the stated targets is told at once")
  func allAtOnce() throws {
    let wrong =
      Self.sound.replacingOccurrences(
        of: "owner: not stated\n    polarity: higher is better", with: "owner: []\n    polarity: up"
      )
      .replacingOccurrences(of: "series: weight\n", with: "series: weight\n    judged-by: mood\n")
      .replacingOccurrences(
        of: "theme: healthy\n    priority: 1", with: "theme: wealthy\n    priority: 7")
      + "stated-targets:\n  A: {text: more, indicator: \"9\"}\n  B: {text: less}\n"
    let file = try read(wrong)
    for fault in [
      "owner must be a text", "\"up\"", "\"mood\"", "no theme \"wealthy\"", "no priority \"7\"",
      "no indicator \"9\"", "B needs one of indicator and none",
    ] {
      #expect(file.problems.count { $0.message.contains(fault) } == 1, "\(fault): \(file.problems)")
    }
    #expect(file.problems.count == 7)
    #expect(file.scorecard.indicators.map(\.id) == ["1.2"])
    let target = Self.sound.replacingOccurrences(
      of: "{level: 74, by: 2025-12-31, source: the plan}",
      with: "{level: much, by: soon, tolerance: -1, set-on: {period: 2018, value: few}, source: the plan}")
    let told = try read(target)
    for fault in ["\"much\"", "\"soon\"", "is below 0", "\"few\""] {
      #expect(told.problems.count { $0.message.contains(fault) } == 1, "\(told.problems)")
      #expect(told.scorecard.indicators[0].definitionFault?.contains(fault) ?? false)
    }
    #expect(told.problems.count == 4)
  }

  @Test("A direction, a side and what a target was set on are read") func targets() throws {
    let text = Self.sound.replacingOccurrences(
      of: "{level: 74, by: 2025-12-31, source: the plan}",
      with:
        "{level: 7%, met: at most, tolerance: 2, by: 2025-12-31, source: us, set-on: {period: 2018/19, value: 69}}"
    )
    let target = try #require(try read(text).scorecard.indicators.first?.target)
    #expect(target.aim == .level(0.07, .atMost))
    #expect(target.tolerance == 2)
    #expect(target.baseline == ScorecardTarget.Baseline(period: "2018/19", value: 69))
    let direction = Self.sound.replacingOccurrences(of: "level: 74", with: "direction: higher")
    #expect(try read(direction).scorecard.indicators.first?.target?.aim == .direction(.increasing))
  }

  @Test("Stated targets name an indicator or the reason why there is none") func statedTargets() throws {
    let good =
      Self.sound + "stated-targets:\n  T-1: {text: more, indicator: \"1.1\"}\n  T-2: {text: less, none: no}\n"
    #expect(try read(good).scorecard.statedTargets.map(\.id) == ["T-1", "T-2"])
    let unknown = try read(Self.sound + "stated-targets:\n  T-1: {text: more, indicator: \"1.3\"}\n")
    #expect(unknown.problems.first?.message.contains("there is no indicator \"1.3\"") ?? false)
    let neither = try read(Self.sound + "stated-targets:\n  T-1: {text: more}\n")
    #expect(neither.problems.first?.message.contains("needs one of indicator and none") ?? false)
  }

  @Test("An id that stands in both lists is refused the second time") func twice() throws {
    let file = try read(
      Self.sound + "measures:\n  \"1.1\": {name: a, theme: heard, priority: 2, definition: b}\n")
    #expect(
      file.problems.map(\.message) == ["measures.1.1: the id \"1.1\" stands in two lists; give it another"])
  }

  @Test(
    "Neighbours that cannot be read are a problem, and the card is still there",
    arguments: [
      ("", "neighbours.csv"), ("name,rank\nWirral,1\n", "there is no column \"area\""),
      ("area,rank\nWirral\n", "neighbours.csv:2: the row has 1 fields"),
      ("area,rank\n,1\n", "neighbours.csv:2: column \"area\" is empty"),
    ])
  func neighbours(text: String, sentence: String) throws {
    let file = try read(Self.sound, neighbours: text)
    #expect(file.problems.contains { "\($0)".contains(sentence) }, "\(file.problems)")
    #expect(file.neighbours.isEmpty)
    #expect(file.scorecard.indicators.count == 2)
  }

  @Test(
    "What is no scorecard is refused",
    arguments: ["", "needscast: 1\n", "- a\n", "needscast: 2\nname: a\n", "a: [\n"])
  func refused(text: String) throws {
    #expect(throws: EvidenceError.self) { try read(text) }
  }

  @Test("What is wrong with the head of a card is told with what is wrong with its indicators") func head() {
    let text = Self.sound.replacingOccurrences(of: "needscast: 1", with: "needscast: 2")
      .replacingOccurrences(of: "name: Card", with: "name: [Card]")
      .replacingOccurrences(of: "polarity: neutral", with: "polarity: sideways")
    do {
      _ = try read(text)
      Issue.record("a card of another version was read")
    } catch EvidenceError.badData(let problems, _) {
      #expect(problems.compactMap(\.row) == [1, 2, 30], "\(problems)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("A direction may be written in full or by its first word") func words() {
    #expect(Polarity(words: "higher") == .higherIsBetter)
    #expect(Polarity(words: "lower is better") == .lowerIsBetter)
    #expect(Polarity(words: "neutral") == .neutral)
    #expect(Polarity(words: "High") == nil)
  }
}
