import Testing
import TimeSeries

@testable import Evidence

/// Published figures become series, and what cannot is said.
@Suite("Published figures as series")
struct PublishedPanelTests {
  private static func key(_ measure: String) -> PublishedSeriesKey {
    PublishedSeriesKey(measure: measure, area: PublishedArea(name: "Sefton"), unit: .count)
  }

  @Test("a series keeps its measure, its breakdowns and where each figure stood")
  func whole() throws {
    var figures = PublishedFigures(file: "in.csv", layout: "invented")
    var key = Self.key("plans")
    key.breakdown = [Series.Attribute(name: "sex", value: "Girls")]
    key.measureName = "Plans in force"
    key.polarity = .higherIsBetter
    let position = figures.position(of: key)
    figures.add(
      PublishedFigure(
        period: .calendarYear(2024), observation: .value(5), rounding: 5, flags: .provisional,
        note: "a remark", row: 7),
      to: position)
    let (panel, problems) = figures.panel()
    #expect(problems.isEmpty && panel.count == 1)
    let series = try #require(panel["plans-girls", area: "Sefton"])
    #expect(series.measure.name == "Plans in force" && series.measure.polarity == .higherIsBetter)
    #expect(series.attribute("sex") == "Girls")
    let point = try #require(series.points.first)
    #expect(point.rounding == 5 && point.flags == .provisional && point.note == "a remark")
    #expect(point.origin?.file == "in.csv" && point.origin?.row == 7)
  }

  @Test("figures that contradict each other are left out and named by both rows; the others stay")
  func contradiction() throws {
    var figures = PublishedFigures(file: "in.csv", layout: "invented")
    let position = figures.position(of: Self.key("plans"))
    for (year, value, row) in [(2023, 4.0, 2), (2024, 5.0, 3), (2024, 6.0, 4)] {
      figures.add(
        PublishedFigure(period: .calendarYear(year), observation: .value(value), row: row), to: position)
    }
    let (panel, problems) = figures.panel()
    #expect(panel["plans", area: "Sefton"]?.points.map(\.period) == [.calendarYear(2023)])
    let problem = try #require(problems.first)
    #expect(problems.count == 1 && problem.row == 4 && problem.message.contains("in row 3"))
  }

  @Test("periods that cannot stand in one series cost that series alone")
  func mixedPeriods() throws {
    var figures = PublishedFigures(file: "in.csv", layout: "invented")
    let mixed = figures.position(of: Self.key("plans"))
    figures.add(PublishedFigure(period: .calendarYear(2023), observation: .value(1), row: 2), to: mixed)
    figures.add(PublishedFigure(period: .financialYear(2024), observation: .value(1), row: 3), to: mixed)
    let sound = figures.position(of: Self.key("children"))
    figures.add(PublishedFigure(period: .calendarYear(2023), observation: .value(1), row: 4), to: sound)
    let (panel, problems) = figures.panel()
    #expect(panel.map(\.id) == ["children"])
    #expect(problems.map(\.row) == [2])
  }
}
