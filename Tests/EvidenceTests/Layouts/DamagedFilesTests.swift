import Testing
import TimeSeries

@testable import Evidence

/// Whatever happens to a file on its way, reading it ends, and every row that was reached is accounted for.
@Suite("Damaged published files")
struct DamagedFilesTests {
  private static let files: [(layout: any PublishedLayout.Type, name: String, cells: Int, text: String)] = [
    (
      CommunityWaitsLayout.self, "in.csv", 3,
      """
      organisation_type,organisation,month,service,waiting,waiting_18_to_52_weeks,waiting_over_52_weeks
      ,England,2023-01-01,Audiology,17272.0,3805.0,508.0
      ICB,"Bristol, North Somerset",2023-02-01,Audiology,*,,1-7

      """
    ),
    (
      DedicatedSchoolsGrantLayout.self, "in.csv", 5,
      """
      la_number,la_name,financial_year,schools_block,central_school_services_block,high_needs_block,early_years_block,total_dsg
      343,Sefton,2019/20,116935309,1429568,36625157,17456944,172446978
      343.0,Sefton,2020-21,£1.2m,(45),"1,234",,x

      """
    ),
    (
      SectionTwoFiveOneLayout.self, "tool_2021_22.csv", 3,
      "la_number,la_name,plans_total,budget_place_total,outturn_therapies\n830,Derbyshire,4001,12694849.25,0\n"
    ),
    (
      PopulationProjectionsLayout.self, "in.csv", 2,
      "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2022,2023\nE1,A,Population,persons,90 and over,4642.000,1\n"
    ),
    (
      PopulationProjectionsLayout.self, "in.csv", 1,
      """
      v4_1,Data Marking,calendar-years,Time,administrative-geography,Geography,sex,Sex,agegroups,AgeGroups
      5,,2022,2022,E1,A,all,All,0-15,0-15

      """
    ),
    (
      PlainSeriesLayout.self, "in.csv", 1,
      "series,area,period,value,unit\na,X,2023/24,1,count\na,X,2024/25,1-7,count\nb,X,2024-01-31,c,per cent\n"
    ),
  ]

  /// Bytes that have a meaning somewhere in a table.
  private static let pieces: [[UInt8]] =
    [
      "\"", ",", "\n", "\r", ";", "\t", "-", ".", "9", "0", "£", "(", ")", "%", "e", "1e309", "NaN", "\u{0}",
      "é", " ", "c",
      "0000-01-01", "9999-12-31",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3]]

  @Test(
    "a file with bytes changed, lost, added or cut off is read or refused, and its rows and cells reconcile")
  func damaged() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(state: 20_231)
    var refused = 0
    var read = 0
    for file in Self.files {
      for _ in 0..<50 {
        var bytes = Array(file.text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: bytes.remove(at: place)
          case 1: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
          case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
          default: if Bool.random(using: &random) { bytes.removeLast(bytes.count - place) }
          }
          if bytes.isEmpty { bytes = [0x2C] }
        }
        let path = try folder.file(file.name, bytes)
        do throws(EvidenceError) {
          let figures = try Layouts.read(LayoutInput(path), as: file.layout)
          let tally = figures.tally
          read += 1
          #expect(tally.rows == tally.rowsRead + tally.blankRows + tally.unwantedRows + tally.unreadableRows)
          #expect(tally.rowsRead >= 0 && tally.figures == figures.series.reduce(0) { $0 + $1.figures.count })
          let lost = tally.unreadable + tally.unreadableRows
          #expect(lost == 0 || !figures.problems.isEmpty)
          #expect(tally.rowsRead == 0 || tally.cells % tally.rowsRead == 0)
        } catch {
          refused += 1
          #expect(!error.description.isEmpty)
        }
      }
    }
    #expect(read > 100 && refused > 15)
  }
}
