import Testing

@testable import Reporting

@Suite("Tables that fit")
struct TextGridTests {
  private static let names = ["Children's homes", "Contributions from health", "漢字の名前", "👩‍👩‍👧 family", "Total"]

  /// A table of words and large numbers, some of them negative.
  private static func grid(columns: Int, narrow: TextGrid.Narrow = .blocks) -> TextGrid {
    var grid = TextGrid(
      [.init("line", alignment: .left)]
        + (0..<columns).map { .init("budget", "of \(2020 + $0)", isBeside: $0 % 3 == 1) }
        + [.init("remark", alignment: .left)],
      narrow: narrow)
    for (row, name) in names.enumerated() {
      grid.add(
        [name]
          + (0..<columns).map {
            NumberText.fixed(Double(row * 7 - 11) * 123_456.78 * Double($0 + 1), decimals: 2)
          }
          + ["a sentence of some words that can go on below"])
    }
    return grid
  }

  @Test(
    "no line is longer than the width, whatever the table has to give up, and no number is lost or cut",
    arguments: [24, 30, 40, 60, 80, 100, 140, 400], [TextGrid.Narrow.blocks, .records])
  func fits(width: Int, narrow: TextGrid.Narrow) {
    for columns in [1, 3, 8, 20] {
      let grid = Self.grid(columns: columns, narrow: narrow)
      let lines = grid.lines(indent: 2, width: width)
      #expect(lines.allSatisfy { DisplayText.width(of: $0) <= width }, "\(lines.joined(separator: "\n"))")
      let words = lines.flatMap { $0.split(separator: " ") }.map { $0.hasSuffix(";") ? $0.dropLast() : $0 }
      for row in grid.rows {
        for number in row.dropFirst().dropLast() {
          #expect(words.contains { $0 == number }, "\(number) at \(width)")
        }
      }
    }
  }

  @Test("words go on below before columns are parted")
  func wraps() {
    var grid = TextGrid([.init("line", alignment: .left), .init("budget")])
    grid.add(["Contributions from the health service", "1,200"])
    #expect(
      grid.lines(indent: 0, width: 26) == [
        "line                budget", "Contributions from   1,200", "the health service",
      ])
  }

  @Test("blocks begin with what a row is known by, and keep together what belongs together")
  func blocks() {
    var grid = TextGrid([
      .init("year", alignment: .left), .init("within"), .init("80%", isBeside: true), .init("over"),
    ])
    grid.add(["2024/25", "100,000", "1 to 200,000", "300,000"])
    #expect(
      grid.lines(indent: 0, width: 30) == [
        "year      within           80%", "2024/25  100,000  1 to 200,000", "", "year        over",
        "2024/25  300,000",
      ])
  }

  @Test("where not even that fits, each row is a paragraph that names its figures")
  func records() {
    var grid = TextGrid(
      [.init("id", alignment: .left), .init("mean", "at low"), .init("share")], narrow: .records)
    grid.add(["price-growth", "-£338,900,000", "12.5%"])
    #expect(
      grid.lines(indent: 0, width: 24) == [
        "price-growth", "    mean at low", "    -£338,900,000; share", "    12.5%",
      ])
  }

  @Test("wide letters and joined emoji keep the columns in line")
  func wide() {
    var grid = TextGrid([.init("name", alignment: .left), .init("n")])
    for name in ["漢字", "👩‍👩‍👧", "e\u{301}", "مرحبا"] { grid.add([name, "1"]) }
    let lines = grid.lines(indent: 0, width: 40)
    #expect(Set(lines.map(DisplayText.width)) == [8])
  }

  @Test("a label that would steer the terminal, or break the table, is shown and does neither")
  func hostile() {
    var grid = TextGrid([.init("name", alignment: .left), .init("n")])
    grid.add(["\u{1B}[31mred\u{7}\nnext\u{202E}", "1"])
    grid.addLine("\u{1B}]0;title\u{7}")
    let text = grid.lines(indent: 0, width: 80).joined(separator: "\n")
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    #expect(text.contains("[U+001B][31mred[U+0007] next[U+202E]"))
    #expect(text.contains("[U+001B]]0;title"))
    let paragraph = Paragraph.lines("one \u{1B}[2J two", first: "\u{9B}- ", width: 80)
    #expect(paragraph == ["[U+009B]- one [U+001B][2J two"])
  }

  @Test("colour changes no place and no letter of a table")
  func colour() {
    var grid = TextGrid([
      .init("line", alignment: .left), .init("balance", tone: TextStyle.deficit),
    ])
    for cell in ["-1.2", "3.4", "–", "-£5m"] { grid.add(["x", cell]) }
    let painted = grid.lines(indent: 0, width: 60, style: .coloured)
    let plain = grid.lines(indent: 0, width: 60)
    #expect(painted.map(Self.withoutColour) == plain)
    #expect(painted.map(DisplayText.width) == plain.map(DisplayText.width))
    #expect(painted[1].contains("\u{1B}[31m-1.2\u{1B}[0m"))
    #expect(!painted[2].contains("\u{1B}") && !painted[3].contains("\u{1B}"))
    #expect(painted[4].contains("\u{1B}[31m-£5m\u{1B}[0m"))
    #expect(!plain.joined().contains("\u{1B}"))
  }

  /// A text without the sequences that choose a colour.
  static func withoutColour(_ text: String) -> String {
    text.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated().map { place, part in
      place == 0 ? String(part) : String(part.drop { $0 != "m" }.dropFirst())
    }.joined()
  }
}
