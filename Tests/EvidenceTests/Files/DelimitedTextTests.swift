import Evidence
import Testing

/// The rows of a table as texts, with the lines on which they begin.
private func rows(_ text: String) throws -> [(row: Int, fields: [String])] {
  let table = try table(text)
  var reader = try table.rows()
  var rows: [(Int, [String])] = []
  while try reader.next() { rows.append((reader.row, (0..<reader.fieldCount).map { reader.text($0) })) }
  return rows
}

private func table(_ text: String) throws -> DelimitedText {
  try DelimitedText(DecodedText(FileContents(path: "f.csv", bytes: Array(text.utf8))))
}

struct DelimitedTextTests {
  @Test("Rows end with any kind of line end, and the last may have none", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    for last in ["", end, end + end] {
      let read = try rows("a,b\(end)1,2\(end)\(end)3,\(last)")
      #expect(read.map(\.fields) == [["1", "2"], ["3", ""]])
      #expect(read.map(\.row) == [2, 4])
    }
  }

  @Test("Quotes hold separators, line ends and quotes")
  func quotes() throws {
    let read = try rows("a,b\n\"1,5\",\"say \"\"yes\"\"\"\n\"two\r\nlines\",\"\"\n\"\"\"\",x\n")
    #expect(read.map(\.fields) == [["1,5", "say \"yes\""], ["two\r\nlines", ""], ["\"", "x"]])
    #expect(read.map(\.row) == [2, 3, 5])
  }

  @Test("Tabs and semicolons are recognised by the header, and said")
  func separators() throws {
    #expect(try table("a;b\n1,5;2\n").separator == .semicolon)
    #expect(try table("a\tb,c\td\n").separator == .tab)
    #expect(try table("a,b;c,d\n").separator == .comma)
    #expect(try table("\"a;b;c\",d\n").separator == .comma)
    #expect(try table("one\n1\n").separator == .comma)
    #expect(try table("a;b\n").notes == ["f.csv has semicolons between its columns"])
    #expect(try table("a\tb\n").notes == ["f.csv has tabs between its columns"])
    #expect(try rows("a\tb\n1,5\t2\n").map(\.fields) == [["1,5", "2"]])
    #expect(try table("a,b\n").notes.isEmpty)
  }

  @Test("Columns are found whatever their capitals and the spaces around them")
  func columns() throws {
    let table = try table(" Series ,Period\n")
    #expect(table.header == ["Series", "Period"])
    #expect(table.column("series") == 0 && table.column("value") == nil)
  }

  @Test(
    "What is malformed is refused at its line and character",
    arguments: [
      ("", "f.csv: the file is empty"), ("\n\r\n\n", "f.csv: the file is empty"),
      ("a,b,A\n", "f.csv:1: columns 1 and 3 are both named \"A\""),
      ("a,,b\n", "f.csv:1: column 2 has no name"),
      ("a,b\n1,\"2\n3,4\n", "f.csv:2:3: this quote is never closed"),
      ("a,b\n1,x\"y\"\n", "f.csv:2:4: a quote stands inside a field"),
      ("a,b\n\"1\"x,2\n", "f.csv:2:4: text follows a closing quote"),
      ("a,b\n\"é\"x,2\n", "f.csv:2:4: text follows a closing quote"),
      ("\"a,b\n", "f.csv:1:1: this quote is never closed"),
      ("a,b\n\"1\n2\"x,2\n", "f.csv:3:3: text follows a closing quote"),
    ])
  func malformed(text: String, start: String) {
    let error = #expect(throws: EvidenceError.self) { try rows(text) }
    #expect(error?.description.hasPrefix(start) == true)
  }

  @Test("A field that a row does not have is empty")
  func missingField() throws {
    var reader = try table("a,b\n1\n,\n").rows()
    #expect(try reader.next())
    #expect(reader.fieldCount == 1 && reader.text(1) == "" && reader.text(-1) == "" && !reader.isBlank)
    #expect(try reader.next())
    #expect(reader.isBlank && reader.fieldCount == 2)
    #expect(try !reader.next())
    #expect(try !reader.next())
  }

  @Test("Any texts, quoted and joined, are read back")
  func roundTrip() throws {
    var generator = SeededGenerator(state: 7)
    let alphabet: [Character] = ["a", ",", "\"", "\n", "\r\n", ";", "\t", "é", " ", "1"]
    for _ in 0..<300 {
      let cells = (0..<6).map { _ in
        String(
          (0..<Int.random(in: 0...5, using: &generator)).compactMap { _ in
            alphabet.randomElement(using: &generator)
          })
      }
      let quoted = cells.map {
        "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      }
      let text =
        "x,y,z\n" + quoted[..<3].joined(separator: ",") + "\n" + quoted[3...].joined(separator: ",") + "\r\n"
      #expect(try rows(text).map(\.fields) == [Array(cells[..<3]), Array(cells[3...])])
    }
  }
}
