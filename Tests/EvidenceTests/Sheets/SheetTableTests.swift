import Evidence
import Testing
import TimeSeries

struct SheetTableTests {
  private func text(_ table: SheetTable) throws -> String {
    String(decoding: try table.delimitedText().bytes, as: UTF8.self)
  }

  private let plain = [["Area", "Count", "Share"], ["Sefton", "5", "0.1"], ["Wirral", "6", "0.2"]]

  @Test("A plain table is its heading and its rows")
  func plainTable() throws {
    let table = try MadeWorkbook.book(plain).table()
    #expect(try text(table) == "Area,Count,Share\nSefton,5,0.1\nWirral,6,0.2\n")
    #expect(table.headingRows == 1...1)
    #expect(table.columns.map(\.holdsFigures) == [false, true, true])
    #expect(table.columns.map(\.letters) == ["A", "B", "C"])
    #expect(table.rows == [2, 3])
    #expect(table.notes == ["book.xlsx: sheet \"Data\": row 1 was taken for the heading of the table"])
    #expect(table.problems.isEmpty && table.omittedProblems == 0)
    #expect(table.address(row: 1, column: 2)?.description == "C3")
    #expect(table.address(row: 2, column: 0) == nil && table.address(row: 0, column: 3) == nil)
    #expect(table.texts(ofRow: 2).isEmpty)
  }

  @Test("Every reader of delimited files reads the text, and lines lead back to rows of the sheet")
  func delimited() throws {
    let rows = [
      ["Title"], [], ["Area, \"old\"", "a;b", "Count\nof plans"], ["Sefton;x", "two\nlines", "5"], [],
      ["  Wirral\t", "\"q\"", "6"],
    ]
    let table = try MadeWorkbook.book(rows).table()
    let delimited = try table.delimitedText()
    #expect(
      String(decoding: delimited.bytes, as: UTF8.self)
        == "\"Area, \"\"old\"\"\",\"a;b\",Count of plans\n\"Sefton;x\",two lines,5\nWirral,\"\"\"q\"\"\",6\n")
    let text = try DelimitedText(DecodedText(delimited.contents))
    #expect(text.header == ["Area, \"old\"", "a;b", "Count of plans"])
    var reader = try text.rows()
    var found: [[String]] = []
    var places: [Int?] = []
    while try reader.next() {
      found.append((0..<reader.fieldCount).map { reader.text($0) })
      places.append(delimited.sheetRow(ofLine: reader.row))
    }
    #expect(found == [["Sefton;x", "two lines", "5"], ["Wirral", "\"q\"", "6"]])
    #expect(places == [4, 6])
    #expect(delimited.sheetRow(ofLine: 1) == 3)
    #expect(delimited.sheetRow(ofLine: 0) == nil && delimited.sheetRow(ofLine: 4) == nil)
    #expect(delimited.file == "book.xlsx")
  }

  @Test("A series file kept as a sheet is read as one")
  func seriesFile() throws {
    let rows = [
      ["series", "period", "value"], ["plans", "2022", "5"], ["plans", "2023", "c"],
      ["plans", "2024", "1,234"],
    ]
    let delimited = try MadeWorkbook.book(rows).table().delimitedText()
    let file = try SeriesFile(delimited.contents)
    let observations = try file.series(at: 0)?.points.map(\.observation) ?? []
    #expect(observations == [Observation.value(5), Observation.suppressed(nil), Observation.value(1234)])
  }

  @Test("Titles, dates of publication and blank rows above a heading are passed over, and said")
  func titles() throws {
    let rows = [["Table 4: plans"], ["Published", "2024"], ["Contact", "someone"], []] + plain
    let table = try MadeWorkbook.book(rows, merged: ["A1:C1"]).table()
    #expect(table.headingRows == 5...5)
    #expect(
      table.notes.contains(
        "book.xlsx: sheet \"Data\": rows 1 to 3 above the heading were set aside: \"Table 4: plans\""))
  }

  @Test("Years head a table as texts do")
  func years() throws {
    let rows = [["Area", "2019", "2020"], ["Sefton", "1950", "2010"], ["Wirral", "1951", "7"]]
    let table = try MadeWorkbook.book(rows).table()
    #expect(table.columns.map(\.name) == ["Area", "2019", "2020"])
    #expect(table.rows == [2, 3])
    let likeYears = try MadeWorkbook.book([["Area", "a"], ["Sefton", "1950"], ["Wirral", "1960"]]).table()
    #expect(likeYears.rows == [2, 3])
  }

  @Test("Headings of up to four rows are joined, merged cells standing over all they cover")
  func tall() throws {
    let rows = [
      ["Area", "Plans", "", "", "", "Note"], ["", "Boys", "", "Girls", "", ""],
      ["", "2022", "2023", "2022", "2023", ""],
      ["Sefton", "5", "6", "7", "8", "a"],
    ]
    let table = try MadeWorkbook.book(rows, merged: ["A1:A3", "B1:E1", "B2:C2", "D2:E2", "F1:F3"]).table()
    #expect(table.headingRows == 1...3)
    #expect(
      table.columns.map(\.name) == [
        "Area", "Plans / Boys / 2022", "Plans / Boys / 2023", "Plans / Girls / 2022", "Plans / Girls / 2023",
        "Note",
      ])
    #expect(table.columns[1].parts == ["Plans", "Boys", "2022"])
    #expect(table.notes.first?.hasSuffix("rows 1 to 3 were taken for the heading of the table") == true)
  }

  @Test("Remarks below a table are set aside and said; names without figures are rows of it")
  func remarks() throws {
    let rows = plain + [["Leeds"], [], ["Source: invented"], ["[1] Provisional", "see note"]]
    let table = try MadeWorkbook.book(rows).table()
    #expect(table.rows == [2, 3, 4])
    #expect(
      table.notes.contains(
        "book.xlsx: sheet \"Data\": rows 6 to 7 below the table were set aside as remarks: \"Source: invented\""
      ))
    let direct = try MadeWorkbook.book(plain + [["Note: one"], ["more"]]).table()
    #expect(direct.rows == [2, 3])
    let long = try MadeWorkbook.book(plain + [[String(repeating: "long ", count: 20)]]).table()
    #expect(long.rows == [2, 3])
    #expect(long.notes.contains { $0.hasSuffix("…\"") })
  }

  @Test("A long run of names without figures is part of the table")
  func manyNames() throws {
    let names = (0..<1300).map { ["name \($0)"] }
    let table = try MadeWorkbook.book(plain + names + [["Leeds", "7", "0.3"]] + names.prefix(20)).table()
    #expect(table.rows.count == 2 + 1300 + 1 + 20)
    let open = try MadeWorkbook.book(plain + names).table()
    #expect(open.rows.count == 2 + 1300)
  }

  @Test("A gap inside a table does not end it, another heading does, and that is said")
  func secondTable() throws {
    let gap = try MadeWorkbook.book(plain + [[], ["Total", "11", "0.3"]]).table()
    #expect(gap.rows == [2, 3, 5])
    let second = try MadeWorkbook.book(
      plain + [[], ["Area", "Rate", "Per"], ["Sefton", "1", "2"], ["Wirral", "1", "2"]]
    ).table()
    #expect(second.rows == [2, 3])
    #expect(
      second.notes.contains {
        $0.contains("row 5 looks like the heading of another table; it and the 2 rows after it were not read")
      })
    let range = try MadeWorkbook.book(plain + [[], ["Area", "Rate", "Per"], ["Sefton", "1", "2"]]).table(
      range: "A5:")
    #expect(range.rows == [6])
  }

  @Test("Columns without a heading are named by their letter, and names are made unique")
  func names() throws {
    let rows = [
      ["", "Count", "count", "", ""], ["Sefton", "5", "6", "7", ""], ["Wirral", "5", "6", "8", ""],
    ]
    let table = try MadeWorkbook.book(rows).table()
    #expect(table.columns.map(\.name) == ["column A", "Count", "count (column C)", "column D"])
    #expect(
      table.notes.contains(
        "book.xlsx: sheet \"Data\": columns A, D have no heading and are named by their letters"))
    #expect(table.notes.contains { $0.contains("the heading \"count\" stands over more than one column") })
    let single = try MadeWorkbook.book([["", "a", "b"], ["x", "1", "2"]]).table()
    #expect(
      single.notes.contains("book.xlsx: sheet \"Data\": column A has no heading and is named by its letter"))
    let many = try MadeWorkbook.book([["a", "b"] + (0..<7).map { _ in "" }, ["x"] + (1...8).map { "\($0)" }])
      .table()
    #expect(many.notes.contains { $0.contains("C, D, E, F, G and 2 others have no heading") })
    let taken = try MadeWorkbook.book([
      ["a", "a (column B)", "a", "a (column C)"], ["1", "2", "3", "4"], ["1", "2", "3", "4"],
    ]).table()
    #expect(Set(taken.columns.map(\.name)).count == 4)
  }

  @Test("The caller may say which rows head the table, and which range it stands in")
  func stated() throws {
    let rows = [["Area", "Name"], ["Sefton", "north"], ["Wirral", "south"]]
    let book = try MadeWorkbook.book(rows)
    let message = MadeWorkbook.message { _ = try book.table() }
    #expect(message.hasPrefix("book.xlsx: sheet \"Data\": no row of A1:B3 heads a table"))
    let table = try book.table(headingRows: 1...1)
    #expect(try text(table) == "Area,Name\nSefton,north\nWirral,south\n")
    #expect(table.notes.isEmpty)
    #expect(
      MadeWorkbook.message { _ = try book.table(headingRows: 3...3) }.contains(
        "there are no rows below row 3"))
    #expect(MadeWorkbook.message { _ = try book.table(range: "F1:G9") }.contains("there is nothing in F1:G9"))
    #expect(MadeWorkbook.message { _ = try book.table(range: "nowhere") }.contains("is not a range of cells"))
    let empty = try MadeWorkbook.book([])
    #expect(
      MadeWorkbook.message { _ = try empty.table() }.contains("there is nothing; name another sheet or range")
    )
  }

  @Test("A sheet of texts under a heading that no figure follows has no table")
  func noFigures() throws {
    #expect(
      MadeWorkbook.message { _ = try MadeWorkbook.book([["only"], ["5"]]).table() }.contains("heads a table"))
    #expect(
      MadeWorkbook.message { _ = try MadeWorkbook.book([["5", "6"], ["7", "8"]]).table() }.contains(
        "heads a table"))
  }

  @Test("Percentages and pounds are the unit of a column where all its figures say so")
  func units() throws {
    let rows = [
      ["Area", "Share", "Spend", "Typed", "Mixed", "Code"], ["Sefton", "0.1", "5", "12%", "0.5", "c"],
      ["Wirral", "0.25", "6", "7.5%", "4 per cent", "1-7"],
    ]
    let table = try MadeWorkbook.book(rows, formats: ["0%", "\"£\"0"], styles: [0, 1, 2]).table()
    #expect(table.columns.map(\.unit) == [nil, .percentage, .pounds, .percentage, nil, nil])
    #expect(table.texts(ofRow: 1) == ["Wirral", "25", "6", "7.5", "4", "1-7"])
    #expect(
      table.notes.contains(
        "book.xlsx: sheet \"Data\": percentages are given as 12.4 for 12.4% in \"Share\", \"Typed\""))
    #expect(
      table.problems.map(\.message) == [
        "sheet \"Data\", cell E3: column \"Mixed\" shows 1 of its 2 figures as percentages; the first that differs from those above it is here: give all one format"
      ])
    #expect(table.problems.first?.severity == .warning)
  }

  @Test("What should be a figure and is none is a problem with its cell and remedy; codes are none")
  func problems() throws {
    let rows = [
      ["Area", "Count", "Rate"], ["a", "5", "1"], ["b", "1,23", "2"], ["c", "=1/0", "#DIV/0!"],
      ["d", "c", "x"], ["e", "6", "3"], ["f", "7", "60"],
    ]
    let table = try MadeWorkbook.book(rows, formats: ["0"], styles: [0, 0, 0]).table()
    #expect(table.problems.map(\.message).count == 3)
    #expect(
      table.problems[0].message.hasPrefix(
        "sheet \"Data\", cell B3: \"1,23\" may be read in more than one way; write 1.23"))
    #expect(table.problems[1].message.hasPrefix("sheet \"Data\", cell B4: the formula has no stored result"))
    #expect(table.problems[2].message.hasPrefix("sheet \"Data\", cell C4: the cell shows #DIV/0!"))
    #expect(table.texts(ofRow: 2) == ["c", "#NO-VALUE", "#DIV/0!"])
    let dates = try MadeWorkbook.book(
      [["Day", "n"], ["60", "5"], ["61", "6"]], formats: ["dd/mm/yyyy"], styles: [1]
    ).table()
    #expect(
      dates.problems.map(\.message) == [
        "sheet \"Data\", cell A2: day 60 is shown as a date that does not exist; write the date anew"
      ])
  }

  @Test("Only so many problems are kept, and the rest counted")
  func manyProblems() throws {
    let rows = [["Area", "Count"]] + (0..<80).map { _ in ["a", "#N/A"] } + (0..<90).map { _ in ["b", "5"] }
    let table = try MadeWorkbook.book(rows).table()
    #expect(table.problems.count == 50)
    #expect(table.omittedProblems == 30)
  }

  @Test("A cell that a merged range hides is left out, and said")
  func covered() throws {
    let rows = [["Area", "Name", "n"], ["Sefton", "a", "5"], ["hidden", "b", "6"]]
    let table = try MadeWorkbook.book(rows, merged: ["A2:A3"]).table()
    #expect(table.texts(ofRow: 1) == ["Sefton", "b", "6"])
    #expect(
      table.notes.contains(
        "book.xlsx: sheet \"Data\": 1 cell under merged ranges held something that is not shown, and was left out"
      ))
  }

  @Test("Labels are never read as numbers, figures always are")
  func labels() throws {
    let rows = [
      ["Code", "Name", "n"], ["E08000014", "1,234 street", "1,234"], ["E08000015", "two", "(5)"],
    ]
    let table = try MadeWorkbook.book(rows).table()
    #expect(table.texts(ofRow: 0) == ["E08000014", "1,234 street", "1234"])
  }
}
