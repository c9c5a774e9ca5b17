import Testing
import TimeSeries

@testable import Evidence

/// Sizes that no publisher has meant: reading grows with them, and not with their square. Each of these took longer than
/// anybody waits.
@Suite("Inputs that are large in an unusual way")
struct LargeInputTests {
  private static func series(_ text: String) throws -> SeriesFile {
    try SeriesFile(FileContents(path: "in.csv", bytes: Array(text.utf8)))
  }

  @Test("A column whose name has a million characters is an attribute like another")
  func longName() throws {
    let name = "series" + String(repeating: "x", count: 1_000_000)
    let file = try Self.series("series,period,value,unit,\(name)\na,2023,1,count,b\n")
    #expect(file.count == 1 && file.attributeNames == [name] && file.warnings.isEmpty)
  }

  @Test("Twenty thousand unknown columns are attributes, and a slip among them is found")
  func manyColumns() throws {
    let names = (0..<20_000).map { "c\($0)" } + ["publishd"]
    let ones = names.map { _ in "1" }.joined(separator: ",")
    let file = try Self.series(
      "series,period,value,unit,\(names.joined(separator: ","))\na,2023,1,count,\(ones)\n")
    #expect(file.attributeNames.count == names.count)
    #expect(
      file.warnings.map(\.message) == [
        "column \"publishd\" is not known and is kept as an attribute; did you mean \"published\"?"
      ])
  }

  @Test("Every one of a hundred thousand series may have a unit of its own")
  func manyUnits() throws {
    let rows = (0..<100_000).map { "s\($0),2023,1,u\($0)\n" }.joined()
    let file = try Self.series("series,period,value,unit\n" + rows)
    #expect(file.count == 100_000)
    #expect(try file.series(at: 99_999)?.measure.unit == .other("u99999"))
    #expect(try file.series(at: 7)?.measure.unit == .other("u7"))
  }

  @Test("Every one of thirty thousand rows may have a geographic level of its own")
  func manyLevels() throws {
    let header = "time_period,time_identifier,geographic_level,country_name,old_la_code,la_name,n\n"
    let rows = (0..<30_000).map { "2024,Calendar year,L\($0),England,\($0),A\($0),1\n" }.joined()
    let folder = FuzzFolder()
    let path = folder.file("in.csv", Array((header + rows).utf8))
    let figures = try Layouts.read(LayoutInput(path), as: ExploreEducationLayout.self)
    #expect(figures.tally.rows == 30_000)
    #expect(
      figures.tally.cells == figures.tally.figures + figures.tally.unwantedCells + figures.tally.unreadable)
  }

  @Test("Names are near within the limit, and beyond it only that is said")
  func nearness() {
    #expect(NearestName.distance("published", "publishd", limit: 2) == 1)
    #expect(NearestName.distance("value", "series", limit: 2) == 3)
    #expect(NearestName.distance("a", "abcdef", limit: 2) == 3)
    #expect(NearestName.distance("kitten", "sitting") == 3)
    let long = String(repeating: "x", count: NearestName.longest + 1)
    #expect(NearestName.distance(long, long + "y") == NearestName.longest + 2)
    #expect(NearestName.nearest(to: long, among: ["x", "xx"]) == nil)
  }
}
