import Evidence
import Testing
import TimeSeries

struct WideTableTests {
  private func text(_ long: LongTable) throws -> String {
    String(decoding: try long.delimitedText().bytes, as: UTF8.self)
  }

  private func long(
    _ rows: [[String]], merged: [String] = [], frequency: Frequency? = nil, yearType: YearType? = nil,
    labels: [String]? = nil
  ) throws -> LongTable {
    try MadeWorkbook.book(rows, merged: merged).table().unpivoted(
      frequency: frequency, yearType: yearType, labels: labels)
  }

  @Test("Areas down and years across become a row for each figure, blank ones too")
  func across() throws {
    let found = try long([
      ["Code", "Area", "2021/22", "2022/23 (p)", "Change", "Remark"],
      ["341", "Sefton", "5", "1,234", "1", "ok"],
      ["342", "Wirral", "", "c", "2", ""],
    ])
    #expect(
      try text(found) == """
        Code,Area,Remark,period,value
        341,Sefton,ok,2021/22,5
        341,Sefton,ok,2022/23,1234
        342,Wirral,,2021/22,
        342,Wirral,,2022/23,c

        """)
    #expect(
      found.rows.map(\.period) == [
        .financialYear(2021), .financialYear(2022), .financialYear(2021), .financialYear(2022),
      ])
    #expect(found.rows.map(\.address.description) == ["C2", "D2", "C3", "D3"])
    #expect(found.headingName == nil)
    let sheet = "book.xlsx: sheet \"Data\": "
    let expected = [
      "\(sheet)periods such as 2024/25 are read as financial years; --calendar academic reads school years",
      "\(sheet)marks after periods in the heading were set aside: 2022/23 (p)",
      "\(sheet)headings \"2021/22\", \"2022/23 (p)\" were taken for periods, and \"Code\", \"Area\", \"Remark\" for labels",
      "\(sheet)\"Change\" holds figures without a period and was left out",
    ]
    #expect(Array(found.notes.dropFirst(2)) == expected)
    #expect(
      try long([["Area", "2021/22", "2022/23"], ["a", "1", "2"]], yearType: .academic).rows.first?.period
        == .academicYear(2021))
  }

  @Test("A heading of two rows gives its other part as the heading")
  func twoRows() throws {
    let found = try long(
      [
        ["Area", "Boys", "", "Girls", ""], ["", "2022", "2023", "2022", "2023"],
        ["Sefton", "1", "2", "3", "4"],
      ],
      merged: ["A1:A2", "B1:C1", "D1:E1"])
    #expect(
      try text(found)
        == "Area,heading,period,value\nSefton,Boys,2022,1\nSefton,Boys,2023,2\nSefton,Girls,2022,3\nSefton,Girls,2023,4\n"
    )
    #expect(found.labelNames == ["Area"])
  }

  @Test("Years over measures and measures over years are the same table")
  func turned() throws {
    let over = try long(
      [["Area", "2022", "", "2023", ""], ["", "a", "b", "a", "b"], ["x", "1", "2", "3", "4"]],
      merged: ["A1:A2", "B1:C1", "D1:E1"])
    let under = try long(
      [["Area", "a", "", "b", ""], ["", "2022", "2023", "2022", "2023"], ["x", "1", "3", "2", "4"]],
      merged: ["A1:A2", "B1:C1", "D1:E1"])
    let key = { (row: LongTable.Row) in "\(row.heading ?? "") \(row.period) \(row.text)" }
    #expect(over.rows.map(key).sorted() == under.rows.map(key).sorted())
  }

  @Test("Periods down and areas across become the same long rows")
  func down() throws {
    let found = try long([
      ["Month", "Sefton", "Wirral", "Remark"], ["Jan 2024", "5", "6", "a"], ["Feb 2024", "7", "", ""],
      ["", "9", "9", ""],
    ])
    #expect(
      try text(found) == """
        Remark,heading,period,value
        a,Sefton,Jan 2024,5
        a,Wirral,Jan 2024,6
        ,Sefton,Feb 2024,7
        ,Wirral,Feb 2024,

        """)
    #expect(
      found.notes.contains(
        "book.xlsx: sheet \"Data\": row 4 has no period and was left out"))
    #expect(
      found.notes.contains(
        "book.xlsx: sheet \"Data\": column \"Month\" was taken for the period, \"Remark\" for labels and \"Sefton\", \"Wirral\" for values"
      ))
  }

  @Test("A column of years is the period where its heading says so")
  func years() throws {
    let found = try long([["Year", "Children"], ["2021", "1950"], ["2022", "2010"], ["2023", "40"]])
    #expect(found.rows.map(\.text) == ["1950", "2010", "40"])
    #expect(found.rows.map(\.period) == [.calendarYear(2021), .calendarYear(2022), .calendarYear(2023)])
    #expect(
      MadeWorkbook.message { _ = try long([["Area", "Beds"], ["a", "2021"], ["b", "2022"]]) }.contains(
        "neither the headings"))
  }

  @Test("Of several columns of periods the one that is named as one is taken, and that is said")
  func several() throws {
    let found = try long([
      ["Cohort", "Year", "n"], ["2019/20", "2021/22", "5"], ["2020/21", "2022/23", "6"],
    ])
    #expect(found.labelNames == ["Cohort"])
    #expect(
      found.notes.contains(
        "book.xlsx: sheet \"Data\": columns \"Cohort\", \"Year\" all hold periods; \"Year\" was taken for the period"
      ))
    #expect(found.rows.map(\.periodText) == ["2021/22", "2022/23"])
  }

  @Test("One year across is enough where no column holds periods")
  func single() throws {
    #expect(
      try text(long([["Area", "2024"], ["Sefton", "5"], ["Wirral", "6"]]))
        == "Area,period,value\nSefton,2024,5\nWirral,2024,6\n")
    let both = try long([["Quarter", "2024"], ["2023-Q1", "5"], ["2023-Q2", "6"]])
    #expect(both.rows.map(\.periodText) == ["2023-Q1", "2023-Q2"])
    #expect(both.rows.map(\.heading) == ["2024", "2024"])
  }

  @Test("Where nothing is a period, the error teaches")
  func neither() {
    let message = MadeWorkbook.message { _ = try long([["Area", "Boys", "Girls"], ["Sefton", "5", "6"]]) }
    #expect(
      message.hasPrefix(
        "book.xlsx: sheet \"Data\": neither the headings (\"Area\", \"Boys\", \"Girls\") nor the cells of any column are periods; write periods such as 2023"
      ))
    let doubtful = MadeWorkbook.message { _ = try long([["Area", "2011-12"], ["Sefton", "5"]]) }
    #expect(doubtful.contains("Heading \"2011-12\" may be a year or a month"))
    let noFigures = MadeWorkbook.message {
      _ = try MadeWorkbook.book([["Year", "Name"], ["2021/22", "a"], ["2022/23", "b"]]).table(
        headingRows: 1...1
      ).unpivoted()
    }
    #expect(noFigures.contains("column \"Year\" holds periods, and no other column holds figures"))
  }

  @Test("A frequency decides what headings alone leave open")
  func frequency() throws {
    let found = try long([["Area", "2011-12", "2012-12"], ["Sefton", "5", "6"]], frequency: .monthly)
    #expect(found.rows.map(\.period.label) == ["2011-12", "2012-12"])
  }

  @Test("The caller may say which columns are labels")
  func labels() throws {
    let rows = [["Area", "Ward", "2022", "2023"], ["Sefton", "12", "5", "6"]]
    #expect(try long(rows, labels: ["area"]).labelNames == ["Area"])
    #expect(try long(rows, labels: ["Area", "Ward"]).labelNames == ["Area", "Ward"])
    #expect(try long(rows, labels: ["Area", "2022"]).rows.map(\.periodText) == ["2023"])
    #expect(
      MadeWorkbook.message { _ = try long(rows, labels: ["Town"]) }.contains(
        "there is no column \"Town\" in sheet \"Data\"; there are \"Area\", \"Ward\""))
  }

  @Test("Names of label columns that clash with the others are told apart")
  func clashes() throws {
    let found = try long([["Value", "Heading", "2022", "2023"], ["a", "b", "5", "6"]])
    #expect(try text(found).hasPrefix("Value',Heading,period,value\n"))
  }

  @Test("A merged label stands in all its rows, and a limit is held")
  func merged() throws {
    let rows = [["Region", "Area", "2022", "2023"], ["North", "a", "1", "2"], ["", "b", "3", "4"]]
    let table = try MadeWorkbook.book(rows, merged: ["A2:A3"]).table()
    #expect(
      try table.unpivoted().rows.map(\.labels) == [
        ["North", "a"], ["North", "a"], ["North", "b"], ["North", "b"],
      ])
    #expect(
      MadeWorkbook.message { _ = try table.unpivoted(limit: 256) }.contains(
        "more figures than 256 bytes hold"))
    let down = try MadeWorkbook.book([
      ["Year", "n"], ["2022/23", "1"], ["2023/24", "2"], ["2024/25", "3"],
    ]).table()
    #expect(
      MadeWorkbook.message { _ = try down.unpivoted(limit: 256) }.contains("more figures than 256 bytes hold")
    )
    #expect(
      MadeWorkbook.message { _ = try table.unpivoted().delimitedText(limit: 20) }.contains(
        "longer than 20 bytes"))
  }

  @Test("What goes in comes out: turning long keeps every figure, whatever the table")
  func keepsAll() throws {
    var generator = SeededGenerator(state: 5)
    for _ in 0..<30 {
      let areas = Int.random(in: 1...8, using: &generator)
      let years = Int.random(in: 2...6, using: &generator)
      var rows = [["Area"] + (0..<years).map { "\(2015 + $0)" }]
      for area in 0..<areas {
        rows.append(
          ["area \(area) of it"] + (0..<years).map { _ in "\(Int.random(in: 0...99, using: &generator))" })
      }
      let found = try long(rows)
      #expect(found.rows.count == areas * years)
      for row in found.rows {
        #expect(rows[row.address.row - 1][row.address.column - 1] == row.text)
        #expect(rows[0][row.address.column - 1] == row.periodText)
        #expect(rows[row.address.row - 1][0] == row.labels[0])
      }
    }
  }
}
