import Testing

@testable import Reporting

@Suite("Lines of blocks")
struct SparklineTests {
  @Test("the lowest figure is the lowest block, the highest the highest, and others stand between")
  func scale() {
    #expect(Sparkline([0, 1, 2, 3, 4, 5, 6, 7]).text == "▁▂▃▄▅▆▇█")
    #expect(Sparkline([-10, 0, -10]).text == "▁█▁")
  }

  @Test("a missing figure leaves a gap, and a stroke stands before the first that is not published")
  func gaps() {
    #expect(Sparkline([1, nil, 2, 3], firstForecast: 2).text == "▁ │▅█")
    #expect(Sparkline([1, 2], firstForecast: 0).text == "│▁█")
    #expect(Sparkline([.nan, .infinity, 1]).text == "  ▅")
  }

  @Test("figures that are all the same stand in the middle, and the largest numbers do not overflow")
  func edges() {
    #expect(Sparkline([5, 5, 5]).text == "▅▅▅")
    #expect(Sparkline([-.greatestFiniteMagnitude, .greatestFiniteMagnitude]).text == "▁█")
    #expect(Sparkline([]).text.isEmpty && Sparkline([nil]).text.isEmpty)
    #expect(!Sparkline([1, nil]).isWorthDrawing)
  }

  @Test(
    "the first and the last figure stand beside a line, with their period where it is not that of the table")
  func table() {
    let table = SparklineTable(
      labels: ["2021", "2022", "2023"],
      rows: [
        .init("need", Sparkline([1, 2, 3], firstForecast: 2), cell: NumberText.whole),
        .init("spend", Sparkline([nil, 20, 10]), cell: NumberText.whole),
        .init("nothing", Sparkline([nil, nil, 10]), cell: NumberText.whole),
      ])
    #expect(
      table.lines("years", width: 60) == [
        "years      2021        2023", "need          1  ▁▅│█     3", "spend  2022: 20   █▁     10",
      ])
    #expect(SparklineTable(labels: ["2021"], rows: []).lines("years", width: 60).isEmpty)
  }

  @Test(
    "of a course longer than the line the latest part is shown, with its own first figure",
    arguments: [40, 60, 100])
  func long(width: Int) {
    let values = (0..<500).map { Double($0) }
    let lines = SparklineTable(
      labels: values.map { "p\(Int($0))" },
      rows: [.init("value", Sparkline(values, firstForecast: 490), cell: NumberText.whole)]
    ).lines("all", indent: 2, width: width)
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { DisplayText.width(of: $0) <= width })
    let cells = lines[1].split(separator: " ")
    #expect(cells.last == "499" && cells[2].contains("│"))
    let heading = lines[0].split(separator: " ")
    #expect(heading.count == 3 && heading[1] == "p\(cells[1])")
  }
}
