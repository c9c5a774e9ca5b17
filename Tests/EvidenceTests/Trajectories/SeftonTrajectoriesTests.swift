import Evidence
import Foundation
import Indicators
import Testing
import TimeSeries

@Suite("Sefton's SEND Improvement Plan") struct SeftonTrajectoriesTests {
  private static let folder: String = {
    var path = URL(filePath: #filePath)
    for _ in 0..<4 { path.deleteLastPathComponent() }
    return path.appending(path: "Datasets/sefton").path
  }()

  private func plan() throws -> (file: TrajectoryFile, evidence: Panel) {
    let workspace = try Workspace(reading: Self.folder)
    let file = try TrajectoryFile.read(
      "\(Self.folder)/kpis.yaml", evidence: workspace.evidence, area: "Sefton")
    return (file, workspace.evidence)
  }

  private func outlooks(asOf: String) throws -> [String: TrajectoryOutlook] {
    let (file, evidence) = try plan()
    let (report, refusals) = file.report(
      asOf: try #require(CivilDate(asOf)), evidence: evidence, area: "Sefton")
    #expect(refusals.isEmpty)
    return Dictionary(
      report.trajectories.map { ($0.trajectory.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test("Every row stands with the plan's own words and dates") func wording() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/kpis/improvement-plan", withExtension: "tsv"))
    let rows = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    let file = try plan().file
    #expect(file.problems.isEmpty)
    #expect(rows.count == 27)
    #expect(file.entries.count == 27)
    for (row, entry) in zip(rows, file.entries) {
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let read = entry.trajectory
      #expect(
        [read.reference, read.part ?? "", read.wording, read.baseline.wording] == Array(cells.prefix(4)))
      #expect(
        read.milestones.map { "\($0.date) \($0.wording)" }
          == cells[4].split(separator: " | ").map(String.init))
    }
  }

  @Test("26 references, 27 rows: KPI 1/1 has two; the actions have 9, 3, 5, 6 and 4") func counts() throws {
    let trajectories = try plan().file.entries.map(\.trajectory)
    #expect(Set(trajectories.map(\.reference)).count == 26)
    #expect(Set(trajectories.map(\.id)).count == 27)
    #expect((1...5).map { action in trajectories.count { $0.action == action } } == [9, 3, 5, 6, 4])
    #expect(trajectories.reduce(0) { $0 + $1.milestones.count } == 120)
  }

  @Test("18 months is October 2020 in actions 1 and 2 and December 2020 in the others") func labels() throws {
    for trajectory in try plan().file.entries.map(\.trajectory) {
      for milestone in trajectory.milestones where milestone.label.contains("(18 months)") {
        #expect("\(milestone.date)" == (trajectory.action <= 2 ? "2020-10-31" : "2020-12-31"))
      }
    }
  }

  @Test("Writing missed and maths met the national average of 2018/19; there were no tests after")
  func keyStage2() throws {
    let found = try outlooks(asOf: "2026-03-31")
    let writing = try #require(found["1/1-writing"]).milestones
    #expect(writing.map(\.actual) == [-4.67, -4.67, nil, nil])
    #expect(writing.map { $0.level?.value } == [-4.1, -4.3, nil, nil])
    #expect(writing.map(\.status) == [.missed, .missed, .notMeasurable, .notMeasurable])
    let maths = try #require(found["1/1-maths"]).milestones
    #expect(maths.map(\.actual) == [-2.98, -2.98, nil, nil])
    #expect(maths.map { $0.level?.value } == [-3.8, -3.96, nil, nil])
    #expect(maths.map(\.status) == [.met, .met, .notMeasurable, .notMeasurable])
    #expect(maths[2].reason.contains("no key stage 2 tests or assessments were held in 2020"))
  }

  @Test("Before the results came out nobody knew") func keyStage2Before() throws {
    let writing = try #require(try outlooks(asOf: "2019-12-30")["1/1-writing"])
    #expect(writing.latest?.value == -6.7)
    #expect(writing.milestones.allSatisfy { $0.actual == nil })
    #expect(writing.milestones[1].level?.isProvisional == true)
    #expect(writing.milestones[1].level?.value == -4.1)
  }

  @Test("New plans in time are judged by the published year, and said to be a proxy") func newPlans() throws {
    let found = try outlooks(asOf: "2026-03-31")
    let first = try #require(found["1/2"])
    #expect(first.proxy != nil)
    #expect(
      first.milestones.map(\.status) == [.notMeasurable, .met] + Array(repeating: .notMeasurable, count: 4))
    let second = try #require(found["1/2a"]).milestones
    #expect(second.map(\.actual) == [nil, nil, 66.9, 66.9, 66.9, 61.1])
    // 58% in England in 2020 is above 50%; 59.9% in 2021 is below 75%.
    #expect(second.map { $0.level?.value } == [nil, nil, 15, 25, 58, 75])
    #expect(second.map(\.status) == [.notMeasurable, .notMeasurable, .met, .met, .met, .missed])
  }

  @Test("Baseline plus 10% of 50% is 60% in points, as the file declares") func plus() throws {
    let audits = try #require(try outlooks(asOf: "2020-02-01")["1/4"]).milestones
    #expect(audits.map { $0.level?.value } == [nil, nil, 60, 60, 70, 70])
  }

  @Test("Waits stand on their rows, and the run rate follows from the baseline") func waits() throws {
    let speech = try #require(try outlooks(asOf: "2019-11-08")["5/4"]).milestones
    #expect(speech.map { $0.level?.value } == [25, 20, 18, 18, 18])
    // 30 weeks in June to 20 in December.
    #expect(abs(try #require(speech[1].runRate?.perMonth) + 10.0 / 6) < 1e-12)
  }

  @Test("Every milestone has a reason, on any day") func reasons() throws {
    for asOf in ["2019-06-30", "2020-08-31", "2026-03-31"] {
      for outlook in try outlooks(asOf: asOf).values {
        #expect(outlook.milestones.allSatisfy { !$0.reason.isEmpty })
      }
    }
  }
}
