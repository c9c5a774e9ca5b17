import Testing

@testable import Reporting

@Suite("The sheet of a chart") struct ChartSheetTests {
  @Test("The document is complete by itself, and names itself to readers who do not see it")
  func document() throws {
    var sheet = ChartSheet(width: 400)
    sheet.head("A finding", "What is shown")
    sheet.note(["One note", "Another"])
    let svg = sheet.document(identifier: "a b\"c", title: "A <finding>", description: "It & more.")
    let reading = try ChartReading(svg)
    #expect(reading.title == "A <finding>" && reading.summary == "It & more.")
    #expect(reading.texts.map(\.content) == ["A finding", "What is shown", "One note", "Another"])
    #expect(svg.contains("role=\"img\" aria-labelledby=\"a-b-c-title a-b-c-desc\""))
    #expect(svg.contains("<title id=\"a-b-c-title\">") && svg.contains("<desc id=\"a-b-c-desc\">"))
    #expect(reading.size.height > sheet.y && reading.strays.isEmpty)
  }

  @Test("An identifier begins with a letter whatever it is made of", arguments: ["", "1a", "-", "é", "ö1\""])
  func identifiers(identifier: String) {
    let svg = ChartSheet(width: 400).document(identifier: identifier, title: "", description: "")
    #expect(svg.contains("aria-labelledby=\"chart-"))
  }

  @Test(
    "A long title is broken into four lines at most, seven on a telephone, the last of which says that there is more",
    arguments: [(360.0, 7), (760, 4)])
  func long(width: Double, lines: Int) throws {
    var sheet = ChartSheet(width: width)
    sheet.head(String(repeating: "many words ", count: 60), "")
    let title = String(repeating: "many words ", count: 60)
    let reading = try ChartReading(sheet.document(identifier: "a", title: title, description: ""))
    #expect(reading.texts.count == lines && reading.texts.last?.content.hasSuffix("…") == true)
    #expect(reading.title == title && reading.strays.isEmpty)
  }

  @Test("Height that is taken is where the next begins")
  func taken() {
    var sheet = ChartSheet(width: 400)
    let first = sheet.take(50)
    sheet.skip(10)
    #expect(sheet.take(5) == first + 60 && sheet.y == first + 65)
    sheet.note([])
    #expect(sheet.y == first + 65 && sheet.room == 368 && sheet.right == 384)
  }
}

@Suite("Text broken into lines") struct WrappedTextTests {
  @Test("Every line fits, no letter is lost, and what is cut ends in an ellipsis")
  func lines() throws {
    let dice = ChartDice(13)
    for _ in 0..<500 {
      let text = "\(try dice.name()) \(try dice.name())"
      let (width, most) = (dice.figure(20...300), dice.whole(1...5))
      let lines = WrappedText.lines(text, width: width, size: 12)
      let letters = text.filter { !$0.isWhitespace }
      #expect(lines.joined().filter { !$0.isWhitespace } == letters)
      for line in lines where line.count > 1 {
        #expect(WrappedText.width(line, size: 12) <= width, "\(line)")
      }
      let cut = WrappedText.lines(text, width: width, size: 12, most: most)
      #expect(cut.count <= most)
      if lines.count <= most { #expect(cut.last?.hasSuffix("…") != true) }
    }
  }

  @Test("A single line takes as much as fits, within a word as well")
  func single() {
    #expect(WrappedText.line("short", width: 100) == "short")
    #expect(WrappedText.line("a extraordinarily", width: 60) == "a extrao…")
    #expect(WrappedText.line("", width: 100) == "" && WrappedText.line("abc", width: 0) == "…")
    #expect(WrappedText.line(" \n ", width: 100) == "")
  }

  @Test("Marks on letters take no room, and what is shown by its code that of the code")
  func widths() {
    #expect(WrappedText.width("e\u{301}", size: 10) == WrappedText.width("e", size: 10))
    #expect(WrappedText.width("\u{202E}", size: 10) >= WrappedText.width("[U+202E]", size: 10))
    #expect(WrappedText.width("WWW", size: 10) > WrappedText.width("iii", size: 10))
    #expect(WrappedText.width("", size: 10) == 0)
  }
}

@Suite("Elements of a drawing") struct SVGElementTests {
  @Test("No text opens a tag, closes an attribute, hides a direction or breaks its line")
  func escaped() {
    #expect(SVGElement.escaped("<script>\"&'") == "&lt;script&gt;&quot;&amp;&#39;")
    #expect(SVGElement.escaped("a\nb\r\nc\td") == "a b c d")
    #expect(SVGElement.escaped("\u{202E}\u{0}") == "[U+202E][U+0000]")
    #expect(SVGElement.escaped("=cmd() תוכנית 👩‍👧") == "=cmd() תוכנית 👩‍👧")
  }

  @Test("Shapes of too few places are not drawn, and rectangles have no negative side")
  func shapes() {
    #expect(SVGElement.polyline([(0, 0)], colour: .ink) == nil)
    #expect(SVGElement.polygon([(0, 0), (1, 1)], colour: .ink) == nil)
    let rectangle = SVGElement.rectangle(from: (10, 20), to: (5, 0), colour: .first)
    #expect(rectangle.contains("x=\"5\" y=\"0\" width=\"5\" height=\"20\""))
    #expect(SVGElement.coordinate(1.005) == "1" && SVGElement.coordinate(-0.001) == "0")
  }
}
