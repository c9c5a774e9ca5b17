import Testing
import TimeSeries

@testable import Evidence

/// A series file may say how exactly its figures are known.
@Suite struct PrecisionColumnTests {
  private static func read(_ text: String) throws -> SeriesFile {
    try SeriesFile(FileContents(path: "in.csv", bytes: Array(text.utf8)))
  }

  @Test("rounding and status are read, and limits of confidence are passed over")
  func columns() throws {
    let file = try Self.read(
      """
      series,period,value,rounding,status,lower_limit,upper_limit
      a,2020,120,10,Provisional,100,140
      a,2021,130,,"revised, estimated",110,150
      """)
    let series = try #require(try file.series(at: 0))
    #expect(series.points.map(\.rounding) == [10, nil])
    #expect(series.points.map(\.flags) == [.provisional, [.revised, .estimated]])
    #expect(series.attributes.isEmpty)
    #expect(file.notes.isEmpty)
  }

  @Test(
    "a rounding of nothing, a word that is no number and an unknown status are problems with their remedy",
    arguments: [
      (
        "0,",
        #"rounding "0" in column "rounding" is no unit to round to; write 5, 10 or 100, or leave it empty"#
      ),
      (
        "-5,",
        #"rounding "-5" in column "rounding" is no unit to round to; write 5, 10 or 100, or leave it empty"#
      ),
      (
        "ten,",
        #"rounding "ten" in column "rounding" is no unit to round to; write 5, 10 or 100, or leave it empty"#
      ),
      (
        "5,final",
        #"status "final" in column "status" is no status of a figure; write provisional, revised, estimated, or leave it empty"#
      ),
    ])
  func refused(_ cells: String, _ message: String) throws {
    let error = #expect(throws: EvidenceError.self) {
      try Self.read("series,period,value,rounding,status\na,2020,120,\(cells)\n")
    }
    guard case .badData(let problems, _)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(problems.map(\.message) == [message])
  }
}
