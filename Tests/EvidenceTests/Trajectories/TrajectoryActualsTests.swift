import Evidence
import Foundation
import Indicators
import Testing
import TimeSeries

@Suite("The figures that measures are judged by") struct TrajectoryActualsTests {
  private typealias Invented = InventedMeasures

  @Test("Figures are the named series with England beside and other areas to lend strength") func figures()
    throws
  {
    let file = try Invented.read(
      Invented.measure(more: "    measured-by: {series: in-time, proxy: of all plans}") + "\n"
        + Invented.measure(id: "1/2"))
    let entry = try #require(file.entries.first)
    let figures = file.figures(of: entry, in: try Invented.evidence(), area: "Here")
    #expect(figures.own?.area == "Here")
    #expect(figures.national?.area == "England")
    #expect(figures.comparators.map(\.area) == ["England", "There"])
    #expect(figures.proxy == "of all plans")
    let none = file.figures(of: try #require(file.entries.last), in: try Invented.evidence(), area: "Here")
    #expect(none.own == nil)
    #expect(none.national == nil)
    let (report, refusals) = file.report(
      asOf: try #require(CivilDate("2021-12-31")), evidence: try Invented.evidence(), area: "Here")
    #expect(refusals.isEmpty)
    #expect(report.trajectories.map { $0.milestones.map(\.status) } == [[.met], [.notMeasurable]])
  }

  private func actuals(_ text: String, for file: TrajectoryFile) throws -> TrajectoryActuals {
    let path = FileManager.default.temporaryDirectory.appending(path: "actuals-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    return try TrajectoryActuals(reading: path.path, for: file)
  }

  @Test("Figures of one's own are the measure itself, known from the end of their period") func own() throws {
    let file = try Invented.read(
      Invented.measure(more: "    measured-by: {series: in-time, proxy: of all plans}"))
    let given = try actuals(
      """
      series,area,period,value,published
      1/1,Here,2020-11,40,2021-02-01
      1/1,Here,2020-12,60,
      1/1,There,2020-12,50,

      """, for: file)
    #expect(given.problems.isEmpty)
    let entry = try #require(file.entries.first)
    let figures = file.figures(of: entry, in: try Invented.evidence(), area: "Here", actuals: given)
    #expect(figures.proxy == nil)
    #expect(figures.own?.points.map { $0.publication.map { "\($0.date)" } } == ["2021-02-01", "2020-12-31"])
    #expect(figures.own?.measure.unit == .percentage)
    #expect(figures.comparators.map(\.area) == ["There"])
    #expect(figures.national?.area == "England")
    #expect(given.latestPublication == CivilDate("2021-02-01"))
    for (asOf, status) in [("2020-12-30", MilestoneStatus.notYetDue), ("2020-12-31", .met)] {
      let (report, _) = file.report(
        asOf: try #require(CivilDate(asOf)), evidence: try Invented.evidence(), area: "Here", actuals: given)
      #expect(report.trajectories.first?.milestones.map(\.status) == [status])
    }
  }

  @Test("Figures without an area are the plan's, and England's can be given") func withoutArea() throws {
    let file = try Invented.read(Invented.measure())
    let entry = try #require(file.entries.first)
    let given = try actuals("series,period,value,unit\n1/1,2020-12,60,per cent\n", for: file)
    #expect(file.figures(of: entry, in: Panel(), area: "Here", actuals: given).own?.latest?.value == 60)
    let national = try actuals("series,area,period,value\n1/1,England,2020,55\n", for: file)
    let figures = file.figures(of: entry, in: Panel(), area: "Here", actuals: national)
    #expect(figures.own == nil)
    #expect(figures.national?.latest?.value == 55)
  }

  @Test(
    "Figures must come as often as the plan wants the measure, where it says how often",
    arguments: [
      ("Monthly", "2020-Q4", true), ("Quarterly", "2020", true), ("Quarterly", "2020-12", false),
      ("Annual", "2020", false),
      ("now and then", "2020", false),
    ])
  func frequencies(frequency: String, period: String, isRefused: Bool) throws {
    let file = try Invented.read(Invented.measure(more: "    frequency: \(frequency)"))
    let given = try actuals("series,period,value\n1/1,\(period),60\n", for: file)
    #expect(given.problems.isEmpty != isRefused, "\(given.problems)")
    #expect(
      given.problems.allSatisfy { "\($0)".contains("several milestones would be judged by one figure") })
  }

  @Test("A figure of no measure, in another unit, or of mixed periods is a sentence; the others are read")
  func wrongFigures() throws {
    let file = try Invented.read(
      Invented.measure() + "\n" + Invented.measure(id: "1/2") + "\n" + Invented.measure(id: "1/3"))
    let given = try actuals(
      """
      series,period,value,unit
      1/1,2020-12,60,weeks
      1/2,2020-12,60,per cent
      1/2,2020-Q4,61,per cent
      1/3,2020-12,62,per cent
      9/9,2020-12,60,per cent

      """, for: file)
    let said = given.problems.map { "\($0)" }.joined(separator: "\n")
    #expect(said.contains(":2: \"1/1\" is in \"weeks\" and the plan's measure in per cent"), "\(said)")
    #expect(said.contains(":6: there is no measure \"9/9\" in kpis.yaml"), "\(said)")
    #expect(said.contains(":4: "), "\(said)")
    #expect(given.problems.count == 3, "\(said)")
    // What was given and cannot be used is no silence: the milestone says so.
    let first = try #require(file.entries.first)
    let refusal = try #require(file.figures(of: first, in: Panel(), area: "Here", actuals: given).refusal)
    #expect(refusal.hasPrefix("figures were given in ") && refusal.contains("cannot be used"))
    let (report, _) = file.report(
      asOf: try #require(CivilDate("2021-12-31")), evidence: Panel(), area: "Here", actuals: given)
    #expect(report.trajectories.first?.milestones.first?.reason == refusal)
    let second = try #require(file.entries.dropFirst().first)
    #expect(file.figures(of: second, in: Panel(), area: "Here", actuals: given).refusal != nil)
    let third = try #require(file.entries.last)
    #expect(file.figures(of: third, in: Panel(), area: "Here", actuals: given).refusal == nil)
    #expect(file.figures(of: third, in: Panel(), area: "Here", actuals: given).own?.latest?.value == 62)
  }
}
