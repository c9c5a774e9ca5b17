import Testing
import TimeSeries

@testable import Evidence

/// Children are the sum of their years of age, and a year that is missing is never a zero.
@Suite("Sums of single years of age")
struct AgeSumTests {
  private static let header = "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2022,2023\n"

  private static func read(_ rows: String) throws -> PublishedFigures {
    try PublishedSample.read(
      PopulationProjectionsLayout.self, header + rows,
      options: LayoutInput.Options(published: CivilDate("2025-06-24")))
  }

  @Test("ages 0 to 17 come to one series of each area and sex, rounded as its parts together")
  func children() throws {
    var rows = ""
    for area in ["E1,A", "E2,B"] {
      for age in 0...20 { rows += "\(area),Population,persons,\(age),0.1,\(age).001\n" }
      rows +=
        "\(area),Population,persons,90 and over,1000,1000\n\(area),Population,persons,All ages,5000,5000\n"
    }
    let sums = try Self.read(rows).summed(overAges: 0...17)
    #expect(sums.series.count == 2)
    #expect(sums.series[0].key.breakdown.map(\.value) == ["persons", "0-17", "2022-based projection"])
    #expect(sums.series[1].key.area.code == "E2")
    #expect(sums.series[0].figures.map(\.observation) == [.value(1.8), .value(153.018)])
    #expect(sums.series[0].figures.map(\.rounding) == [0.018, 0.018])
    #expect(sums.series[0].figures[0].note == "The estimate on which the projection is based.")
    #expect(sums.series[0].figures[1].publication?.date == CivilDate("2025-06-24"))
    #expect(sums.series[0].figures[0].row == 2 && sums.tally.values == 4 && sums.problems.isEmpty)
    #expect(
      sums.notes.contains { $0.hasPrefix("figures of ages 0 to 17 are sums of 18 single years of age") })
    #expect(sums.notes.contains { $0.hasPrefix("these are projections") })
  }

  @Test("a year of age without a figure leaves the sum without a value, and is named once")
  func missingAge() throws {
    let sums = try Self.read("E1,A,Population,females,0,1,c\nE1,A,Population,females,2,1,1\n").summed(
      overAges: 0...2)
    #expect(sums.series[0].figures.map(\.observation) == [.notAvailable, .notAvailable])
    #expect(
      sums.problemTexts == ["in.csv: A has no figure of age 1 in 2022-06-30, so ages 0 to 2 have no sum"])
    #expect(sums.problems[0].severity == .warning)
    let late = try Self.read("E1,A,Population,females,0,1,c\nE1,A,Population,females,1,1,\n").summed(
      overAges: 0...1)
    #expect(late.series[0].figures.map(\.observation) == [.value(2), .notAvailable])
    #expect(
      late.problemTexts == [
        "in.csv:2: A has no figure of age 0 and 1 more in 2023-06-30, so ages 0 to 1 have no sum"
      ])
  }

  @Test("an age that stands twice counts once, and another value is doubted")
  func repeatedAge() throws {
    let sums = try Self.read(
      "E1,A,Population,persons,0,1,2\nE1,A,Population,persons,0,1,3\nE1,A,Population,persons,1,10,10\n"
    ).summed(overAges: 0...1)
    #expect(sums.series[0].figures.map(\.observation) == [.value(11), .value(12)])
    #expect(
      sums.problemTexts == [
        "in.csv:3: age 0 of A in 2023-06-30 is 3 here and 2 in row 2; remove one, for now the first counts"
      ])
  }

  @Test("parts of other or no rounding are added as they are")
  func otherRounding() throws {
    var figures = PublishedFigures(file: "in.csv", layout: "ons-projections")
    let june = Period.censusDate(try #require(CivilDate("2022-06-30")))
    func add(_ age: Int, _ value: Double, rounding: Double?) {
      let key = ProjectionReading(LayoutInput.Options()).key(
        PublishedArea(name: "A"), sex: "persons", age: AgeSpan(from: age, through: age), basis: "p")
      figures.add(
        PublishedFigure(period: june, observation: .value(value), rounding: rounding, row: age + 2),
        to: figures.position(of: key))
    }
    add(0, 100, rounding: 100)
    add(1, 5, rounding: 5)
    let mixed = try figures.summed(overAges: 0...1)
    #expect(
      mixed.series[0].figures.map(\.rounding) == [105] && mixed.total(of: "population_projection") == 105)
    add(2, 0.5, rounding: nil)
    #expect(try figures.summed(overAges: 2...2).series[0].figures[0].rounding == nil)
  }

  @Test("ages that are none, or that the file does not have by single year, are refused")
  func refused() throws {
    let read = try Self.read("E1,A,Population,persons,All ages,1,2\n")
    for ages in [0...17, -1...5, 0...200] {
      #expect(throws: EvidenceError.self) { try read.summed(overAges: ages) }
    }
  }
}
