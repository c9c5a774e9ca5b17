import Testing
import TimeSeries

@testable import Reporting

@Suite("Text for a terminal")
struct TextLayoutTests {
  @Test("Columns stand two spaces apart, and one where two would not fit")
  func grid() {
    var grid = TextGrid([.init("year", alignment: .left), .init("spend", "£m")])
    grid.add(["2024/25", "-4.2"])
    grid.addLine("a line of its own that is longer than both")
    #expect(
      grid.lines(indent: 0, width: 14) == [
        "         spend", "year        £m", "2024/25   -4.2", "a line of its", "own that is", "longer than",
        "both",
      ])
    #expect(grid.lines(indent: 1, width: 14).last(where: { $0.contains("4.2") }) == " 2024/25  -4.2")
  }

  @Test("Paragraphs hang under their first mark and never break a word")
  func paragraph() {
    #expect(
      Paragraph.lines("one two  three\nsupercalifragilistic four", first: "- ", width: 10) == [
        "- one two", "  three", "  supercalifragilistic", "  four",
      ])
    #expect(Paragraph.lines("", width: 10) == [""])
  }

  @Test(
    "Cells that a spreadsheet would run are guarded, numbers never",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""), ("=1+1", "'=1+1"),
      ("+x", "'+x"),
      ("-x", "'-x"), ("@x", "'@x"), ("\tx", "'\tx"), ("-3", "-3"), ("-3.5e2", "-3.5e2"),
      ("two\r\nlines", "\"two\r\nlines\""),
      ("=a,b", "\"'=a,b\""), ("", ""), ("\"", "\"\"\"\""), ("\rx", "\"'\rx\""), ("\n=x", "\"'\n=x\""),
      ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("-1+1", "'-1+1"), ("+44 20", "'+44 20"),
      ("--1", "'--1"),
      ("\u{FF1D}1+1", "'\u{FF1D}1+1"), ("\u{FEFF}=1", "'\u{FEFF}=1"), ("\u{200B}@x", "'\u{200B}@x"),
      ("\u{FEFF}", "\u{FEFF}"), ("–", "–"), ("-0.001", "-0.001"), ("+7", "+7"), ("1-7", "1-7"), ("<5", "<5"),
    ])
  func cells(text: String, cell: String) {
    #expect(CSVText.text(text) == cell)
  }

  @Test("Errors say what would be accepted")
  func errors() {
    #expect(ReportingError.level(100).description.contains("above 0 and below 100, such as 80,95"))
    #expect(ReportingError.nothingToReport.description.contains("run at least one scenario"))
    #expect(
      ReportingError.mixedRuns(scenario: "more", what: "seed").description.contains(
        "\"more\" has another seed"))
    #expect(ReportingError.emptyChart("x").description.contains("choose a figure that the service has"))
    #expect(ReportingError.notRepresentable("NaN").description.contains("not a finite number"))
    #expect(ReportingError.forecast("a sentence").description == "a sentence")
  }
}
