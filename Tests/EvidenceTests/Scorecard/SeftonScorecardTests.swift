import Foundation
import Indicators
import Testing
import TimeSeries

@testable import Evidence

/// The card of the worked example, held against the words of the council's papers.
@Suite("Sefton's scorecard") struct SeftonScorecardTests {
  private static let folder: String = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.appending(path: "Datasets/sefton").path
  }()

  private static let workspace = Result { try Workspace(reading: folder) }

  private static func file() throws -> ScorecardFile {
    try ScorecardFile(reading: "\(folder)/scorecard.yaml", evidence: workspace.get().evidence, area: "Sefton")
  }

  private static func report(asOf text: String) throws -> ScorecardReport {
    let file = try file()
    return ScorecardReport(
      file.scorecard, evidence: try workspace.get().evidence,
      context: ScorecardContext(
        area: "Sefton", benchmark: file.benchmark, region: file.region, neighbours: file.neighbours,
        asOf: try #require(CivilDate(text))))
  }

  @Test("The file is sound, and all its series are there") func sound() throws {
    let file = try Self.file()
    #expect(file.problems.isEmpty)
    #expect(file.scorecard.problems().isEmpty)
    #expect(file.benchmark == "England")
    #expect(file.region == "North West")
    #expect(file.neighbours.count == 10)
    #expect(file.neighbours.first == "Wirral")
  }

  @Test("It has the 39 indicators of the score card and the 33 measures of the draft, in their words")
  func wording() throws {
    let indicators = try Self.file().scorecard.indicators
    let card = indicators.filter { $0.list == "score card" }
    #expect(card.count == 39)
    #expect(card.map(\.id) == ScorecardWording.card.map(\.id))
    #expect(card.map(\.name) == ScorecardWording.card.map(\.name))
    let measures = indicators.filter { $0.list == "theme measures" }
    #expect(measures.count == 33)
    #expect(measures.map(\.id) == ScorecardWording.measures.map(\.id))
    #expect(measures.map(\.name) == ScorecardWording.measures.map(\.name))
    #expect(measures.map(\.theme) == ScorecardWording.measures.map(\.theme))
  }

  @Test("The priorities are those of the adopted plan, and every indicator stands under one of its theme")
  func priorities() throws {
    let card = try Self.file().scorecard
    #expect(card.themes.map(\.name) == ["Heard", "Happy", "Healthy", "Achieving"])
    #expect(card.priorities.map(\.number) == Array(1...12))
    #expect(card.priorities.map(\.text) == ScorecardWording.priorities.map(\.text))
    #expect(card.priorities.map(\.theme) == ScorecardWording.priorities.map(\.theme))
    for one in card.indicators {
      let priority = try #require(card.priorities.first { $0.number == one.priority }, "\(one.id)")
      #expect(priority.theme == one.theme, "\(one.id)")
      #expect(one.owner == "not stated", "\(one.id)")
    }
  }

  @Test("Obesity, and numbers for which a rate is held, are filled by a proxy alone") func proxies() throws {
    let indicators = try Self.file().scorecard.indicators
    for id in ["2.2", "2.3", "2.7", "H-1", "H-3", "L-1", "L-3"] {
      let one = try #require(indicators.first { $0.id == id })
      #expect(one.evidence.isProxy, "\(id)")
    }
    #expect(indicators.count { $0.evidence.kind == "series" } == 24)
    #expect(indicators.count { $0.evidence.isProxy } == 12)
    #expect(indicators.count { $0.evidence.kind == "none" } == 36)
    // Nobody judges how many children are in care, on plans or in need.
    for id in ["3.1", "3.2", "H-1", "H-2", "H-3"] {
      #expect(indicators.first { $0.id == id }?.polarity == .neutral, "\(id)")
    }
  }

  @Test("The plan's own targets are on it, and nobody else's") func targets() throws {
    let card = try Self.file().scorecard
    #expect(card.statedTargets.map(\.id) == ["T-1", "T-2", "T-3"])
    #expect(card.statedTargets.map(\.indicator) == ["1.1", "1.10", nil])
    #expect(card.indicators.filter { $0.target != nil }.map(\.id) == ["1.1", "1.10", "L-7"])
    let development = try #require(card.indicators.first?.target)
    #expect(development.levelText == "at least 74 by 2025-12-31")
    #expect(development.baseline == ScorecardTarget.Baseline(period: "2018/19", value: 69))
  }

  @Test("After the redefinition of 2021/22 the good level of development is not held against 74%")
  func redefinition() throws {
    let today = try #require(try Self.report(asOf: "2026-03-31").results.first)
    #expect(today.latest.value?.value == 65.2)
    #expect(today.rating.rule == .quartile)
    #expect(today.rating.passedOver.first?.contains("redefined before 2021/22") ?? false)
    #expect(today.outlook?.reason?.contains("set on 69 in 2018/19") ?? false)
    // When the plan was adopted nobody knew of it: the target is judged, and its chance is given.
    let then = try #require(try Self.report(asOf: "2020-01-31").results.first)
    #expect(then.latest.value?.value == 68.8)
    #expect(then.rating.rule == .target)
    #expect(then.rating.colour == .red)
    let outlook = try #require(then.outlook?.value)
    #expect(outlook.period.label == "2024/25")
    #expect((0.001...0.999).contains(outlook.probability))
  }

  @Test("A hindcast sees nothing that was published later") func hindcast() throws {
    let day = try #require(CivilDate("2020-01-31"))
    for result in try Self.report(asOf: "2020-01-31").results {
      for figure in [result.latest.value, result.previous.value] {
        if let date = figure?.publication?.date { #expect(date <= day, "\(result.indicator.id)") }
      }
    }
  }

  @Test("Every line has a figure or a reason, and no colour without a rule") func complete() throws {
    let report = try Self.report(asOf: "2026-03-31")
    #expect(report.results.count == 72)
    for result in report.results {
      #expect(result.hasFigure || result.missing.count == 1, "\(result.indicator.id)")
      #expect((result.rating.colour == .notJudged) == (result.rating.rule == .none), "\(result.indicator.id)")
      #expect(!result.rating.reason.isEmpty)
    }
    #expect(report.results.count(where: \.hasFigure) == 36)
    #expect(report.prioritiesWithoutIndicator.map(\.number) == [6])
    // Counts are published for children looked after alone.
    let lookedAfter = try #require(report.results.first { $0.indicator.id == "3.1" })
    #expect(lookedAfter.trend.value?.basis == .counts)
    #expect(lookedAfter.benchmark.value?.standing == .higher)
  }
}
