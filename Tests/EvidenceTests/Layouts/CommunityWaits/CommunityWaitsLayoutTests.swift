import Testing
import TimeSeries

@testable import Evidence

/// Community waiting lists keep their organisation, service and month, whatever their release calls them.
@Suite("Community waiting lists")
struct CommunityWaitsLayoutTests {
  private static let header =
    "organisation_type,organisation,month,service,waiting,waiting_18_to_52_weeks,waiting_over_52_weeks\n"

  private static func read(
    _ rows: String, header: String = header, options: LayoutInput.Options = LayoutInput.Options()
  ) throws -> PublishedFigures {
    try PublishedSample.read(CommunityWaitsLayout.self, header + rows, options: options)
  }

  @Test("a list is of the last day of its month, and its bands are measures of their own")
  func monthEnd() throws {
    let published = try #require(CivilDate("2023-05-11"))
    let read = try Self.read(
      "ICB,Dorset,2023-02-01,Audiology,17272.0,3805.0,508.0\n",
      options: LayoutInput.Options(published: published))
    #expect(read.text("waiting-audiology", "Dorset", "2023-02-28") == "17272")
    #expect(read.text("waiting-18-to-52-weeks-audiology", "Dorset", "2023-02-28") == "3805")
    let figure = try #require(read.figure("waiting-over-52-weeks-audiology", "Dorset", "2023-02-28"))
    #expect(figure.observation == .value(508) && figure.row == 2 && figure.publication?.date == published)
    #expect(figure.period.kind == .census(.monthly))
    #expect(read.series.map(\.key.unit) == [.count, .count, .count])
    #expect(read.series[0].key.area == PublishedArea(name: "Dorset", level: "ICB"))
    #expect(read.series[1].key.measureName == "waiting 18 to 52 weeks")
    #expect(read.notes.contains { $0.hasPrefix("a list is of the end of its month") })
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 3))
  }

  @Test("releases that rename a level or write names in capitals continue one series")
  func renamedLevels() throws {
    let read = try Self.read(
      """
      ,England,2023-01-01,Audiology,10,,
      National,England,2023-02-01,Audiology,11,,
      Organisation,Care Plus Group,2023-01-01,Audiology,5,,
      Provider,CARE PLUS GROUP,2023-02-01,Audiology,6,,
      ICB,CARE PLUS GROUP,2023-02-01,Audiology,7,,
      ,Elsewhere,2023-02-01,Audiology,8,,
      """)
    let lists = read.series.filter { $0.key.measure == "waiting" }
    #expect(lists.map(\.key.area.level) == ["National", "Provider", "ICB", nil])
    #expect(lists.map(\.key.area.name) == ["England", "Care Plus Group", "CARE PLUS GROUP", "Elsewhere"])
    #expect(lists.map { $0.figures.compactMap(\.observation.value) } == [[10, 11], [5, 6], [7], [8]])
    #expect(read.notes.contains { $0.hasPrefix("2 rows without an organisation type are read as National") })
    #expect(read.notes.contains { $0.hasPrefix("1 row of type \"Organisation\" is read as Provider") })
    #expect(read.notes.contains { $0.hasPrefix("1 area is spelled in more than one way") })
    #expect(
      read.notes.contains { $0.hasPrefix("12 figures have no number in the file, which does not say why") })
    #expect(read.tally.values == 6 && read.tally.notAvailable == 12 && read.reconciles(cellsPerRow: 3))
  }

  @Test("suppressed lists stay suppressed, with their bounds where they are given")
  func suppressed() throws {
    let read = try Self.read("ICB,Dorset,2023-02-01,Audiology,*,<5,\"1,234\"\n")
    #expect(
      read.series.map { $0.figures[0].observation } == [.suppressed(nil), .suppressed(0...4), .value(1234)])
    #expect(read.tally.suppressed == 2 && read.tally.values == 1)
    let codes = try Self.read(
      "ICB,Dorset,2023-02-01,Audiology,[c],~,[z]\nICB,Dorset,2023-03-01,Audiology,9-1,[5],5 [5]\n")
    #expect(
      codes.series.map { $0.figures[0].observation } == [.suppressed(nil), .roundsToZero, .notApplicable])
    #expect(
      codes.problemTexts[0].contains("\"9-1\" in column \"waiting\" has its bounds the wrong way round"))
    #expect(
      codes.problemTexts[1].hasPrefix(
        "in.csv:3: \"[5]\" in column \"waiting_18_to_52_weeks\" is not a number"))
    #expect(codes.problems.count == 2 && codes.series[2].figures[1].observation == .value(5))
    #expect(read.notes.contains { $0.hasPrefix("1 number was read without the commas between thousands") })
  }

  @Test("all bands that a release publishes are read, and columns that are none are named")
  func furtherBands() throws {
    let read = try Self.read(
      "ICB,QE1,Dorset,2023-02-01,Audiology,100,30,40\n",
      header:
        "Organisation_Type,Code,ORGANISATION,month,Service,waiting,Waiting_0_to_1_weeks,waiting over 104 weeks\n"
    )
    #expect(
      read.series.map(\.key.measure) == ["waiting", "waiting_0_to_1_weeks", "waiting over 104 weeks"])
    #expect(read.series.map(\.key.id).last == "waiting-over-104-weeks-audiology")
    #expect(read.notes.contains("columns that are no numbers waiting are not read: \"Code\""))
    #expect(read.problems.isEmpty)
  }

  @Test("bands that hold more than the whole list are doubted; bands that overlap are not added up")
  func bandsAgainstWhole() throws {
    let read = try Self.read("ICB,Dorset,2023-02-01,Audiology,100,60,50\n")
    #expect(
      read.problemTexts == [
        "in.csv:2: 110 wait in the bands and 100 in all; check the row against the publication"
      ])
    #expect(read.problems[0].severity == .warning && read.tally.values == 3)
    let overlapping = try Self.read(
      "ICB,Dorset,2023-02-01,Audiology,100,60,90,100,7\n",
      header:
        "organisation_type,organisation,month,service,waiting,waiting_over_18_weeks,waiting_4_to_52_weeks,waiting_over_0_weeks,waiting_odd\n"
    )
    #expect(overlapping.problems.isEmpty)
  }

  @Test(
    "a month that is none is a problem of its row, with column, text and remedy",
    arguments: [
      "0000-01-01", "9999-12-31", "1899-01-01", "2023-01-15", "2023-13-01", "2023", "January", "", "2023/24",
    ])
  func badMonth(_ month: String) throws {
    let read = try Self.read("ICB,Dorset,\(month),Audiology,1,0,0\nICB,Dorset,2023-01,Audiology,2,0,0\n")
    #expect(
      read.problemTexts == [
        """
        in.csv:2: "\(month)" in column "month" is not a month; write the first day of a month from 1900 to 2200, such as \
        2023-01-01, or 2023-01
        """
      ])
    #expect(read.tally.unreadableRows == 1 && read.tally.values == 3 && read.reconciles(cellsPerRow: 3))
    #expect(read.text("waiting-audiology", "Dorset", "2023-01-31") == "2")
  }

  @Test("cells, rows and levels that are wrong are named, and the rest is read")
  func badCells() throws {
    let read = try Self.read(
      """
      ICB,Dorset,2023-01-01,Audiology,-5,1.5,many
      ICB,Dorset,2023-02-01,Audiology,1
      ICB,Dorset,2023-02-01,Audiology,1,0,0,9
      ICB,,2023-02-01,Audiology,1,0,0
      ICB,Dorset,2023-02-01,,1,0,0
      Sub ICB,Dorset,2023-02-01,Audiology,1e309,£3,12%
      Sub ICB,Dorset,2023-03-01,Audiology,NaN,0,0
      ,,,,,,
      """)
    let texts = read.problemTexts
    #expect(texts.contains("in.csv:2: \"-5\" in column \"waiting\" is below 0; write a number from 0 up"))
    #expect(
      texts.contains(
        "in.csv:2: \"1.5\" in column \"waiting_18_to_52_weeks\" is not a whole number; write how many there are, such as 12"
      ))
    #expect(
      texts.contains {
        $0.hasPrefix("in.csv:2: \"many\" in column \"waiting_over_52_weeks\" is not a number")
      })
    #expect(texts.contains { $0.hasPrefix("in.csv:3: the row has 5 fields where the header has 7") })
    #expect(texts.contains { $0.hasPrefix("in.csv:4: the row has 8 fields where the header has 7") })
    #expect(texts.contains("in.csv:5: column \"organisation\" is empty; name the organisation"))
    #expect(texts.contains("in.csv:6: column \"service\" is empty; name the service"))
    #expect(
      texts.contains { $0.hasPrefix("in.csv:7: \"Sub ICB\" in column \"organisation_type\" is not known") })
    #expect(
      texts.contains { $0.hasPrefix("in.csv:7: \"1e309\" in column \"waiting\" is too large a number") })
    #expect(
      texts.contains { $0.hasPrefix("in.csv:7: \"£3\" in column \"waiting_18_to_52_weeks\" is in pounds") })
    #expect(
      texts.contains { $0.hasPrefix("in.csv:7: \"12%\" in column \"waiting_over_52_weeks\" is in per cent") })
    #expect(texts.count == 12)
    #expect(read.tally.rows == 8 && read.tally.blankRows == 1 && read.tally.unreadableRows == 4)
    #expect(read.tally.unreadable == 7 && read.tally.values == 2 && read.reconciles(cellsPerRow: 3))
  }

  @Test("areas and measures that were asked for are read alone, and those that are not there are named")
  func wanted() throws {
    let read = try Self.read(
      "ICB,Dorset,2023-01-01,Audiology,1,0,0\nICB,Devon,2023-01-01,Audiology,2,0,0\n",
      options: LayoutInput.Options(areas: ["dorset", "Devn"], measures: ["WAITING", "waited"]))
    #expect(read.series.map(\.key.id) == ["waiting-audiology"] && read.tally.values == 1)
    #expect(read.tally.unwantedRows == 1 && read.tally.unwantedCells == 2 && read.reconciles(cellsPerRow: 3))
    #expect(read.problems.isEmpty)
    #expect(
      read.notes.contains(
        "nothing in the file is of Devn: check the name or code of the area; did you mean \"Devon\"?")
    )
    #expect(read.notes.contains("the file has no measure waited: check its name"))
  }

  @Test("a header without what the layout needs is refused")
  func missingColumns() {
    let error = #expect(throws: EvidenceError.self) { try Self.read("", header: "organisation,month\n") }
    #expect(
      error?.description.contains("needs columns \"organisation_type\", \"service\", \"waiting\"") == true)
    #expect(throws: EvidenceError.self) { try Self.read("ICB,\"Dorset,2023-01-01\n") }
  }

  @Test("what stands before a quote that never closes is kept, and that the rest was not read is a problem")
  func unclosedQuote() throws {
    let read = try Self.read(
      "ICB,Dorset,2023-01-01,Audiology,1,0,0\nICB,\"Devon,2023-01-01,Audiology,1,0,0\n")
    #expect(read.tally.values == 3 && read.tally.unreadableRows == 1 && read.reconciles(cellsPerRow: 3))
    #expect(read.problemTexts.first?.hasPrefix("in.csv:3:5: this quote is never closed") == true)
  }

  @Test("a text in Windows-1252 is read from its start again")
  func otherEncoding() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "in.csv",
      Array((Self.header + "ICB,A,2023-01-01,Audiology,1,0,0\nICB,").utf8) + [0xC9]
        + Array(",2023-01-01,Audiology,2,0,0\n".utf8))
    let read = try Layouts.read(LayoutInput(path), as: CommunityWaitsLayout.self)
    #expect(read.tally.rows == 2 && read.text("waiting-audiology", "É", "2023-01-31") == "2")
    #expect(read.notes.contains { $0.contains("Windows-1252") })
  }

  @Test("it is known by its columns, and not taken for others")
  func recognised() throws {
    #expect(try PublishedSample.layout(of: String(Self.header.dropLast())) == "nhs-community-waits")
    let sample = TableSample(
      file: "x", columns: ["Organisation", "Month", "Service", "Waiting_over_52_weeks"])
    #expect(CommunityWaitsLayout.recognise(sample)?.certainty == .likely)
    #expect(
      CommunityWaitsLayout.recognise(TableSample(file: "x", columns: ["organisation", "month"])) == nil)
  }

  @Test(
    "the published file reconciles to the row, and its totals are those of an independent count",
    .enabled(if: PublishedSample.has("nhs_community_waits.csv"), "skipped: ../shared/data is not there"))
  func published() throws {
    let path = PublishedSample.path("nhs_community_waits.csv")
    #expect(try LayoutChoice(recognising: LayoutInput(path)).layout.name == "nhs-community-waits")
    let read = try Layouts.read(LayoutInput(path), as: CommunityWaitsLayout.self)
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 3))
    #expect(read.tally.rows == 4000 && read.tally.values == 7047 && read.tally.notAvailable == 4953)
    #expect(read.series.count == 1296)
    #expect(read.total(of: "waiting") == 4_652_046)
    #expect(read.total(of: "waiting_18_to_52_weeks") == 1_617_631)
    #expect(read.total(of: "waiting_over_52_weeks") == 424_813)
    let providers = read.series.filter { $0.key.area.level == "Provider" && $0.key.measure == "waiting" }
    #expect(providers.flatMap(\.figures).compactMap(\.observation.value).reduce(0, +) == 1_832_308)
    for one in read.series {
      _ = try Series(
        id: one.key.id, measure: Measure(id: one.key.measure, unit: one.key.unit),
        points: one.figures.map { DataPoint(period: $0.period, observation: $0.observation) })
    }
    #expect(SeriesFileText(read).rowCount == 12_000)
  }
}
