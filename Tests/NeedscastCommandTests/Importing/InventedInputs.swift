import Foundation
import Testing

/// Small invented files for `import`, and readers of what it writes.
enum InventedInputs {
  /// Two places over four years, with one figure held back.
  static let plans = """
    series,area,period,value,unit
    plans,Exampleshire,2019,100,count
    plans,Exampleshire,2020,110,count
    plans,Exampleshire,2021,c,count
    plans,Exampleshire,2022,130,count
    plans,Otherton,2019,50,count
    plans,Otherton,2020,52,count
    plans,Otherton,2021,55,count
    plans,Otherton,2022,57,count

    """

  /// The Dedicated Schools Grant of two places, in the columns of its layout; one cell holds no number.
  static let grant = """
    la_number,la_name,financial_year,schools_block,central_school_services_block,high_needs_block,early_years_block,total_dsg
    902,Exampleshire,2021-22,100,10,20,5,135
    902,Exampleshire,2022-23,110,10,nonsense,5,147
    903,Otherton,2021-22,100,10,20,5,135

    """

  /// The workbook that is kept with the tests of its reader.
  static let workbook = "Tests/EvidenceTests/Fixtures/sheets/libreoffice.xlsx"

  /// A return of three invented children; what is counted of them is below every threshold.
  static func careReturn(in folder: TemporaryFolder) throws -> String {
    let path = folder.url.appending(path: "return")
    try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
    let header = """
      CHILD,SEX,DOB,ETHNIC
      KID1,1,15/06/2010,WBRI
      KID2,2,31/01/2022,WBRI
      KID3,1,10/08/2005,WBRI

      """
    let episodes = """
      CHILD,DECOM,RNE,PLACE,PLACE_PROVIDER,DEC,REC
      KID1,05/04/2022,S,U4,PR1,,
      KID2,01/12/2022,S,K2,PR4,,
      KID3,01/02/2020,S,H5,PR4,,

      """
    try Data(header.utf8).write(to: path.appending(path: "header_2022-23.csv"))
    try Data(episodes.utf8).write(to: path.appending(path: "episodes_2022-23.csv"))
    return path.path
  }

  /// A workspace of the invented council, of the user's own.
  static func workspace(in folder: TemporaryFolder) throws -> String {
    let path = folder.url.path + "/exampleshire"
    let begun = try Command.run(["init", path, "--quiet"])
    #expect(begun.status == 0, "\(begun.errors)")
    return path
  }

  static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}

/// What a table in CSV holds, by the names of its columns; for tables without quoted cells.
struct PlainTable {
  let columns: [String]
  let rows: [[String: String]]

  init(_ text: String) throws {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let names = try #require(lines.first)
    for line in lines { #expect(line.count == names.count, "\(line)") }
    columns = names
    rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  /// The cells of a column.
  func column(_ name: String) -> [String] { rows.map { $0[name] ?? "" } }
}

/// The counts of an import, and that they add up.
struct ImportCounts {
  let counts: [String: Int]

  /// The counts of the CSV report.
  init(csv: String) throws {
    let table = try PlainTable(csv)
    #expect(table.columns == ["file", "layout", "quantity", "count"])
    counts = try Dictionary(
      uniqueKeysWithValues: table.rows.map {
        (try #require($0["quantity"]), try #require($0["count"].flatMap { Int($0) }))
      })
  }

  /// The counts of the JSON report.
  init(json: String) throws {
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    counts = try #require(document["counts"] as? [String: Int])
  }

  subscript(_ name: String) -> Int? { counts[name] }

  /// Rows and cells are the sums of what became of them.
  func expectSums(_ location: SourceLocation = #_sourceLocation) {
    func sum(_ names: [String]) -> Int? {
      let found = names.compactMap { counts[$0] }
      return found.count == names.count ? found.reduce(0, +) : nil
    }
    #expect(
      counts["rows"] == sum(["rows_read", "rows_unwanted", "rows_empty", "rows_unreadable"]),
      sourceLocation: location)
    #expect(
      counts["cells"]
        == sum([
          "values", "suppressed", "round_to_zero", "not_available", "not_applicable", "cells_unwanted",
          "cells_unreadable",
        ]), sourceLocation: location)
  }
}
