import Evidence
import Testing
import TimeSeries

@Suite("What is doubtful in a series file")
struct SeriesFileDoubtTests {
  private static func warnings(_ text: String) throws -> [String] {
    try seriesFile(text).warnings.map(\.description)
  }

  @Test("a share of more than the whole, and one of nothing, are doubted")
  func quotients() throws {
    let found = try Self.warnings(
      """
      period,value,numerator,denominator,unit
      2020,0.5,10,20,proportion
      2021,0.5,30,20,proportion
      2022,0.5,10,0,proportion
      2023,0.5,10,-20,proportion
      2024,0.5,10,..,proportion

      """)
    #expect(found.count == 3, "\(found)")
    #expect(found.first?.hasPrefix("file.csv:3: numerator 30 is larger than denominator 20") == true)
    #expect(found.dropFirst().allSatisfy { $0.contains("is not above zero") })
  }

  @Test(
    "a value that is not its quotient beyond rounding is doubted, unless a note explains three per cent",
    arguments: [
      ("99", "527", "53012", "", 0), ("98", "527", "53012", "", 1), ("99.4", "527", "53012", "", 0),
      ("99.5", "527", "53012", "", 1), ("98", "527", "53012", "an older population", 0),
      ("80", "527", "53012", "an older population", 1), ("99", "..", "53012", "", 0),
    ])
  func rounding(_ value: String, _ numerator: String, _ denominator: String, _ note: String, _ count: Int)
    throws
  {
    let found = try Self.warnings(
      "period,value,numerator,denominator,unit,note\n2020,\(value),\(numerator),\(denominator),\"per 10,000\",\(note)\n"
    )
    #expect(found.count == count, "\(found)")
    #expect(found.allSatisfy { $0.contains("which is 99.411; check the three") })
  }

  @Test("a count is no quotient of what stands beside it")
  func count() throws {
    #expect(try Self.warnings("period,value,numerator,denominator,unit\n2020,7,30,20,count\n") == [])
  }

  @Test(
    "a column a slip away from one that is read is doubted, another is an attribute",
    arguments: [
      ("publishedd", "published"), ("notes", "note"), ("Sorce", "source"),
      ("published_aproximate", "published_approximate"),
    ])
  func header(_ name: String, _ meant: String) throws {
    #expect(
      try Self.warnings("period,value,\(name)\n2020,1,\n") == [
        "file.csv:1: column \"\(name)\" is not known and is kept as an attribute; did you mean \"\(meant)\"?"
      ])
    #expect(try Self.warnings("period,value,\(meant),\(name)\n2020,1,,\n") == [])
    #expect(try Self.warnings("period,value,name,site,polarity\n2020,1,a,b,c\n") == [])
  }

  @Test("gaps are named, those that many areas share once")
  func gaps() throws {
    let file = try seriesFile(
      """
      series,area,period,value
      a,X,2020,1
      a,X,2023,1
      a,Y,2020,1
      a,Y,2023,1
      a,Z,2020,1
      a,Z,2022,1
      b,X,2010,1
      b,X,2020,1
      b,X,2022,1
      c,X,2020,1
      c,X,2021,1

      """)
    #expect(
      file.notes == [
        "series \"a\" has no value for 2021, 2022 in 2 areas", "series \"a\" has no value for 2021 in Z",
        "series \"b\" has no value for 2011 to 2019, 2021 in X",
      ], "\(file.notes)")
    let many = (0..<25).map { "s\($0),2020,1\ns\($0),2022,1\n" }.joined()
    let notes = try seriesFile("series,period,value\n" + many).notes
    #expect(notes.count == 21)
    #expect(notes.last == "5 more series of file.csv have gaps")
  }
}
