import Testing
import TimeSeries

@testable import Evidence

/// Returns of children looked after become counts; what contradicts itself is named by its row, and no child is.
@Suite("Returns of children looked after as published figures")
struct CareReturnLayoutTests {
  private static let births =
    "CHILD,SEX,DOB,ETHNIC\nKID1,1,15/06/2010,WBRI\nKID2,2,31/01/2022,WBRI\nKID3,1,10/08/2005,WBRI\n"
  private static let columns = "CHILD,DECOM,RNE,PLACE,PLACE_PROVIDER,DEC,REC\n"
  /// A child who goes on in fostering, one who came into a home as a baby, one who leaves on birthday 18 in the next year.
  private static let first = """
    KID1,05/04/2022,S,U4,PR1,,
    KID2,01/12/2022,S,K2,PR4,,
    KID3,01/02/2020,S,H5,PR4,,

    """
  private static let second = """
    KID1,05/04/2022,S,U4,PR1,20/05/2023,X1
    KID1,20/05/2023,P,K2,PR4,,
    KID2,01/12/2022,S,K2,PR4,01/06/2023,E4A
    KID3,01/02/2020,S,H5,PR4,10/08/2023,E7
    ,,,,,,

    """

  private static func folder(_ files: [(name: String, text: String)]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for file in files { _ = try folder.file(file.name, file.text) }
    return folder
  }

  private static func twoYears() throws -> TemporaryFolder {
    try folder([
      ("header_2022-23.csv", births), ("episodes_2022-23.csv", columns + first),
      ("header_2023-24.csv", births), ("Episodes_2023-24.CSV", columns + second), ("notes.txt", "x"),
    ])
  }

  private static func read(
    _ path: String, options: LayoutInput.Options = LayoutInput.Options()
  ) throws(EvidenceError) -> PublishedFigures {
    try Layouts.read(LayoutInput(path, options: options), as: CareReturnLayout.self)
  }

  private static func refusal(_ path: String, options: LayoutInput.Options = LayoutInput.Options()) -> String
  {
    do {
      _ = try read(path, options: options)
      return ""
    } catch { return "\(error)" }
  }

  @Test("a folder of two years gives the children on each 31 March, and who came and went in between")
  func counts() throws {
    let folder = try Self.twoYears()
    let published = try #require(CivilDate("2024-11-14"))
    let read = try Self.read(
      folder.path, options: LayoutInput.Options(areas: ["Sefton"], published: published))
    #expect(read.isChildLevel)
    #expect(read.text("looked-after", "Sefton", "2023-03-31") == "3")
    #expect(read.text("looked-after", "Sefton", "2024-03-31") == "1")
    #expect(read.text("looked-after-fostering", "Sefton", "2023-03-31") == "1")
    #expect(read.text("looked-after-residential", "Sefton", "2024-03-31") == "1")
    #expect(read.text("looked-after-1-to-4", "Sefton", "2023-03-31") == "1")
    #expect(read.text("looked-after-16-to-17", "Sefton", "2024-03-31") == "0")
    #expect(read.text("started", "Sefton", "2022/23") == "2")
    #expect(read.text("started-under-1", "Sefton", "2022/23") == "1")
    #expect(read.text("started", "Sefton", "2023/24") == "0")
    #expect(read.text("ceased", "Sefton", "2022/23") == "0")
    #expect(read.text("ceased", "Sefton", "2023/24") == "2")
    #expect(read.text("ceased-16-to-17", "Sefton", "2023/24") == "1")
    #expect(read.text("ceased-supported", "Sefton", "2023/24") == "1")
    let figure = try #require(read.figure("started", "Sefton", "2022/23"))
    #expect(figure.publication?.date == published && figure.period == .financialYear(2022))
    #expect(read.series.count == 36 && read.tally.values == 72)
    #expect(read.tally.rows == 14 && read.tally.blankRows == 1)
    #expect(read.notes.filter { $0.hasPrefix("the return of 20") }.count == 2)
    #expect(read.problems.isEmpty)
  }

  @Test("placements and ages each come to the whole, on every day and in every year")
  func partsAndWhole() throws {
    let folder = try Self.twoYears()
    let read = try Self.read(folder.path)
    func value(_ one: PublishedFigures.PublishedSeries) -> [Double] {
      one.figures.compactMap(\.observation.value)
    }
    for measure in ["looked_after", "started", "ceased"] {
      let all = read.series.filter { $0.key.measure == measure }
      let whole = try #require(all.first { $0.key.breakdown.allSatisfy(\.value.isEmpty) })
      for name in ["placement", "age"] {
        let parts = all.filter { one in one.key.breakdown.contains { $0.name == name && !$0.value.isEmpty } }
        #expect(parts.count == (name == "placement" ? 6 : 5))
        for position in whole.figures.indices {
          #expect(parts.reduce(0) { $0 + value($1)[position] } == value(whole)[position])
        }
      }
    }
    #expect(read.notes.contains { $0.hasPrefix("a return does not name its authority") })
  }

  @Test("one of the files is read with its neighbour of the same year alone")
  func oneFile() throws {
    let folder = try Self.twoYears()
    for name in ["header_2022-23.csv", "episodes_2022-23.csv"] {
      let read = try Self.read("\(folder.path)/\(name)")
      #expect(
        read.text("looked-after", "", "2023-03-31") == "3"
          && read.text("looked-after", "", "2024-03-31") == nil)
    }
  }

  @Test("a single year in a name is that in which the return ends, which is noted")
  func singleYear() throws {
    let folder = try Self.folder([
      ("2023 header.csv", Self.births), ("2023 episodes.csv", Self.columns + Self.first),
    ])
    let read = try Self.read(folder.path)
    #expect(read.text("looked-after", "", "2023-03-31") == "3")
    #expect(read.notes.contains { $0.hasSuffix("is that in which the return ends: 2023 is 2022/23") })
  }

  @Test("a return without a year takes it from the options, and is refused without")
  func yearOfOptions() throws {
    let folder = try Self.folder([("header.csv", Self.births), ("episodes.csv", Self.columns + Self.first)])
    #expect(
      Self.refusal(folder.path).contains(
        "nothing says of which year the return without a year in its name is"))
    let read = try Self.read(folder.path, options: LayoutInput.Options(year: 2022))
    #expect(read.text("looked-after", "", "2023-03-31") == "3")
    #expect(Self.refusal(folder.path, options: LayoutInput.Options(year: 9999)).contains("nothing says"))
  }

  @Test("contradictions are refused with file and row, or mended and doubted where that was asked for")
  func contradictions() throws {
    let rows =
      Self.columns + "KID1,05/04/2022,S,U4,PR1,,\nKID1,05/04/2022,S,U1,PR1,,\nKID1,01/06/2022,P,K2,PR4,,\n"
    let folder = try Self.folder([("header_2022-23.csv", Self.births), ("episodes_2022-23.csv", rows)])
    let refusal = Self.refusal(folder.path)
    #expect(
      refusal.contains(
        "episodes_2022-23.csv:3: CHILD and DECOM are also those of row 2; mend it, or accept it"))
    #expect(
      refusal.contains("episodes_2022-23.csv:2: the episode goes on, and the next begins on 2022-06-01"))
    let read = try Self.read(
      folder.path, options: LayoutInput.Options(mending: [.keepLastDuplicate, .endOverlapAtNextStart]))
    #expect(read.problems.count == 2 && read.problems.allSatisfy { $0.severity == .warning })
    #expect(read.text("looked-after", "", "2023-03-31") == "1")
    let said = (read.problems.map(\.description) + read.notes + [refusal]).joined()
    #expect(!said.contains("KID"))
  }

  @Test("every wrong field is named by file and row, and no child is")
  func wrongFields() throws {
    let rows =
      Self.columns + """
        KID1,0000-01-01,S,U4,PR1,,
        KID1,9999-12-31,S,U4,PR1,,
        KID2,01/12/2022,S,Q7,PR4,,
        KID9,01/12/2022,S,K2,PR4,,
        """
    let folder = try Self.folder([("header_2022-23.csv", Self.births), ("episodes_2022-23.csv", rows)])
    let refusal = Self.refusal(folder.path)
    #expect(refusal.contains("episodes_2022-23.csv:2: DECOM \"0000-01-01\" is no date"))
    #expect(refusal.contains("episodes_2022-23.csv:3: DECOM 9999-12-31 is after 2023-03-31"))
    #expect(refusal.contains("episodes_2022-23.csv:4: PLACE \"Q7\" belongs to no category"))
    #expect(refusal.contains("episodes_2022-23.csv:5: the child is in no Header file"))
    #expect(!refusal.contains("KID"))
  }

  @Test("files that are missing, doubled or not named for what they hold are refused with what to do")
  func wrongFiles() throws {
    let alone = try Self.folder([("header_2022-23.csv", Self.births)])
    #expect(Self.refusal(alone.path).contains("the return of 2022/23 has 1 Header file and 0 Episodes files"))
    let doubled = try Self.folder([
      ("header_2022-23.csv", Self.births), ("header_2022_23.csv", Self.births),
      ("episodes_2022-23.csv", Self.columns),
    ])
    #expect(Self.refusal(doubled.path).contains("has 2 Header files and 1 Episodes file"))
    let other = try Self.folder([("children.csv", Self.births), ("header episodes.csv", "x")])
    #expect(Self.refusal(other.path).contains("holds no file with header or episodes in its name"))
    #expect(
      Self.refusal("\(other.path)/children.csv").contains("the name does not say whether this is the Header"))
    #expect(Self.refusal("\(other.path)/none.csv").contains("there is no such file"))
    #expect(Self.refusal("header_none.csv").contains("there is no such file"))
    #expect(Self.refusal("-").contains("name one of them, or their folder"))
    let empty = try Self.folder([("header_2022-23.csv", Self.births), ("episodes_2022-23.csv", Self.columns)])
    #expect(Self.refusal(empty.path).contains("there are no episodes"))
  }

  @Test("a measure that was asked for is counted alone")
  func wanted() throws {
    let folder = try Self.twoYears()
    let read = try Self.read(folder.path, options: LayoutInput.Options(measures: ["started", "moved"]))
    #expect(read.series.count == 12 && read.tally.unwantedCells == 48)
    #expect(read.notes.contains { $0.hasPrefix("the file has no measure moved") })
  }

  @Test("the files are known by their columns, and a folder by their names")
  func recognised() throws {
    #expect(try PublishedSample.layout(of: "CHILD,SEX,DOB,ETHNIC,UPN") == "ssda903")
    #expect(
      try PublishedSample.layout(of: "child,decom,rne,ls,cin,place,place_provider,dec,rec") == "ssda903")
    let folder = try Self.twoYears()
    #expect(try LayoutChoice(recognising: LayoutInput(folder.path)).layout.name == "ssda903")
    #expect(CareReturnLayout.recognise(folder: ["header.csv", "other.csv"]) == nil)
    #expect(
      CareReturnLayout.recognise(TableSample(file: "x", columns: ["CHILD", "DOB", "SDQ_SCORE"])) == nil)
  }
}
