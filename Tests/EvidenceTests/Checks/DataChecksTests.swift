import Testing
import TimeSeries

@testable import Evidence

/// Slips in data are found, and what is only unusual is left alone.
@Suite struct DataChecksTests {
  private static func doubts(_ csv: String) throws -> [String] {
    let file = try SeriesFile(FileContents(path: "in.csv", bytes: Array(csv.utf8)))
    return DataChecks.problems(of: try file.panel(), gazetteer: try .english).map(\.description)
  }

  private static func rows(
    _ id: String, _ area: String, _ values: [Double], unit: String = "count", from year: Int = 2010
  ) -> String {
    values.enumerated().map { "\(id),\(area),\(year + $0.offset),\($0.element),\(unit)\n" }.joined()
  }

  private static let header = "series,area,period,value,unit\n"

  /// Authorities with levels around a hundred.
  private static func authorities(_ count: Int, unit: String = "per 100000") throws -> String {
    try Gazetteer.english.authorities(
      on: CivilDate(year: 2024, month: 1, day: 1) ?? CivilDate(daysSinceEpoch: 0)
    )
    .prefix(count).enumerated().map { index, one in
      rows("entrants", "\"\(one.name)\"", (0..<5).map { 80 + Double(index) + Double($0) }, unit: unit)
    }.joined()
  }

  @Test("England in other units than its authorities is caught, and England between them is not")
  func nation() throws {
    let authorities = try Self.authorities(30)
    let other = try Self.doubts(
      Self.header + authorities
        + Self.rows("entrants", "England", [3071, 2746, 2261, 1976, 1521], unit: "per 100000"))
    #expect(
      other == [
        "in.csv:156: \"entrants\" of England is 1521 at 2014, and its authorities lie between 84 and 113: it stands outside them in 5 of 5 periods, so it is in another unit than they are; do not compare them, and leave it out or convert it"
      ])
    #expect(
      try Self.doubts(
        Self.header + authorities
          + Self.rows("entrants", "England", [90, 91, 92, 93, 94], unit: "per 100000"))
        == [])
    // England's count is the sum of its authorities' and no slip.
    #expect(
      try Self.doubts(
        Self.header + Self.authorities(30, unit: "count")
          + Self.rows("entrants", "England", [3071, 2746, 2261, 1976, 1521])) == [])
  }

  @Test("an authority a hundred times as high as the middle one is caught, unless they are spread as widely")
  func proportionsAmongPercentages() throws {
    let slip = try Self.doubts(
      Self.header + Self.authorities(30)
        + Self.rows("entrants", "Sefton", [0.9, 0.91, 0.92, 0.93], unit: "per 100000"))
    #expect(slip.count == 1)
    #expect(
      slip.first?.hasPrefix(
        "in.csv:152: \"entrants\" of Sefton is about 0.92, and that of the middle authority about 9")
        == true)
    let wide = (0..<30).map { index in
      Self.rows(
        "entrants", "\"Area \(index)\"", [1, 2, 4].map { $0 * Double(1 << (index % 12)) }, unit: "per 100000")
    }.joined()
    #expect(try Self.doubts(Self.header + wide) == [])
  }

  @Test("one measure in two units, and at two frequencies, is named with the rarer of them")
  func unitsAndFrequencies() throws {
    let found = try Self.doubts(
      "series,area,period,value,unit,frequency\n"
        + "a,Sefton,2020,5,per cent,yearly\na,Wirral,2020,6,per cent,yearly\na,Halton,2020,0.05,proportion,yearly\n"
        + "b,Sefton,2020,5,count,yearly\nb,Wirral,2020,6,count,yearly\nb,Halton,2020-01,7,count,monthly\n")
    #expect(
      found == [
        "in.csv:4: \"a\" is in 2 units (per cent in 2, proportion in 1 of its areas; \"proportion\" is that of Halton); bring all of them to one unit, or give each a name of its own",
        "in.csv:7: \"b\" comes at 2 frequencies (yearly in 2, monthly in 1 of its areas; monthly in Halton), and areas can lend strength to each other only at one; give each frequency a name of its own",
      ])
  }

  @Test("a change beyond all others of the series is named, and a marked, noted or ordinary one is not")
  func jumps() throws {
    let steady: [Double] = [100, 104, 101, 106, 103, 108]
    #expect(
      try Self.doubts(Self.header + Self.rows("plans", "Sefton", steady + [220, 224])) == [
        "in.csv:8: \"plans\" of Sefton goes from 108 at 2015 to 220 at 2016, more than 4 times the largest of its other 6 changes; check both, and mark a break or write a note where it is right"
      ])
    #expect(try Self.doubts(Self.header + Self.rows("plans", "Sefton", steady + [113, 110])) == [])
    #expect(try Self.doubts(Self.header + Self.rows("plans", "Sefton", [3, 4, 3, 4, 3, 4, 19, 4])) == [])
    #expect(try Self.doubts(Self.header + Self.rows("plans", "Sefton", [100, 104, 220, 224])) == [])
    let marked = steady + [220, 224]
    let csv = marked.enumerated().map {
      "plans,\(2010 + $0.offset),\($0.element),\($0.offset == 6 ? "yes" : "")\n"
    }
    #expect(try Self.doubts("series,period,value,break\n" + csv.joined()) == [])
  }

  @Test("differences are compared where a series may be negative, and a leap of ten times is said once")
  func otherJumps() throws {
    let score = try Self.doubts(
      Self.header + Self.rows("progress", "Sefton", [-0.1, 0.1, 0, -0.1, 0.1, 0, -3, -3.1], unit: "score"))
    #expect(score.count == 1)
    let leap = try Self.doubts(
      Self.header + Self.rows("plans", "Sefton", [100, 104, 101, 106, 103, 108, 1100, 1120]))
    #expect(leap.count == 1)
    #expect(leap.first?.contains("leaps from 108 at 2015 to 1100 at 2016") == true)
  }

  @Test(
    "shares above the whole, numerators above denominators and quotients that are not the value are named")
  func shares() throws {
    let found = try Self.doubts(
      """
      series,period,value,unit,numerator,denominator,note
      a,2010,104,per cent,,,
      a,2011,50,per cent,30,20,
      a,2012,50,per cent,11,20,
      a,2013,55,per cent,11,20,
      a,2014,54,per cent,11,20,as published
      a,2015,0,per cent,0,0,
      a,2016,5,per cent,1,0,
      b,2010,-3,count,,,
      c,2010,33,per 10000,100,30000,
      """)
    #expect(
      found == [
        "in.csv:2: \"a\" at 2010: value 104 lies outside what the unit per cent allows; check the value or the unit",
        "in.csv:3: \"a\" at 2011: numerator 30 is larger than denominator 20, and a share cannot be more than the whole; check both",
        "in.csv:4: \"a\" at 2012: value 50 is not numerator 11 over denominator 20, which is 55; check the three, or say in a note why they differ",
        "in.csv:8: \"a\" at 2016: denominator 0 is not above zero; check it",
        "in.csv:9: \"b\" at 2010: value -3 lies outside what the unit count allows; check the value or the unit",
      ])
  }

  /// The series of a text.
  private static func panel(_ csv: String) throws -> Panel {
    try SeriesFile(FileContents(path: "in.csv", bytes: Array(csv.utf8))).panel()
  }

  @Test("a negative numerator of a share or rate is doubted, with and without a denominator")
  func negativeNumerators() throws {
    let found = try Self.doubts(
      """
      series,period,value,unit,numerator,denominator
      a,2010,20,per cent,-2,10
      a,2011,20,per cent,-2,
      b,2010,20,pounds,-2,10
      """)
    #expect(
      found == [
        "in.csv:2: \"a\" at 2010: numerator -2 is below zero; check it",
        "in.csv:3: \"a\" at 2011: numerator -2 is below zero; check it",
      ])
  }

  @Test("counts that cannot be are errors where there is no value, and only there") func impossibleCounts()
    throws
  {
    let panel = try Self.panel(
      """
      series,period,value,unit,numerator,denominator
      a,2010,,per cent,12,10
      a,2011,,per cent,-1,10
      a,2012,,per cent,5,0
      a,2013,,per cent,5,-2
      a,2014,,per cent,0,0
      a,2015,,per cent,10,10
      a,2016,120,per cent,12,10
      a,2017,c,per cent,12,10
      a,2018,,per cent,12,
      b,2010,,"per 1,000",12,10
      b,2011,,"per 1,000",-12,10
      c,2010,,pounds,-12,10
      """)
    let found = DataChecks.impossibleCounts(in: panel)
    #expect(found.map(\.row) == [2, 3, 4, 5, 12])
    #expect(found.allSatisfy { $0.severity == .error })
    #expect(
      found.first?.description
        == "in.csv:2: \"a\" at 2010: no value can be worked out, because numerator 12 is larger than denominator 10, "
        + "and a share cannot be more than the whole; mend the counts, or write the value")
    #expect(
      found.last?.message
        == "\"b\" at 2011: no value can be worked out, because numerator -12 is below zero; "
        + "mend the counts, or write the value")
    let told = panel.flatMap { series in
      series.points.filter { $0.isToldByCounts(in: series.measure.unit) }.compactMap(\.origin?.row)
    }
    #expect(told == [7, 11])
  }

  @Test("a polarity that is not known is an error, once for a series in all areas and for each wording")
  func polarities() throws {
    let found = DataChecks.unknownPolarities(
      in: try Self.panel(
        """
        series,area,period,value,Polarity
        a,X,2011,1,upwards
        a,X,2010,1,upwards
        a,Y,2010,1,upwards
        a,Z,2010,1,downwards
        b,X,2010,1,Higher is better
        c,X,2010,1,lower
        d,X,2010,1,neutral
        e,X,2010,1,
        """))
    #expect(
      found.map(\.description) == [
        "in.csv:2: a: polarity \"upwards\" is not known; write higher is better, lower is better or neutral",
        "in.csv:5: a: polarity \"downwards\" is not known; write higher is better, lower is better or neutral",
      ])
    #expect(found.allSatisfy { $0.severity == .error })
  }
}
