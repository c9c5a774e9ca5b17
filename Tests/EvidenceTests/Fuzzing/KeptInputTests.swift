import Foundation
import Testing

@testable import Evidence

/// Inputs on which every branch that fuzzing has reached is reached again: each is read, or refused with a reason, and
/// nothing else happens.
@Suite("Inputs kept from fuzzing")
struct KeptInputTests {
  private static func inputs(_ name: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/fuzz/\(name)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try files.map { ($0, Array(try Data(contentsOf: folder.appendingPathComponent($0)))) }
  }

  @Test("tables")
  func tables() throws {
    let folder = FuzzFolder()
    let inputs = try Self.inputs("csv")
    #expect(inputs.count > 20)
    for input in inputs { #expect(TableInput.defects(input.bytes, in: folder) == [], "\(input.name)") }
  }

  @Test("cells: periods, dates, observations, units, numbers typed by hand")
  func cells() throws {
    let inputs = try Self.inputs("period")
    #expect(inputs.count > 10)
    for input in inputs { #expect(PeriodInput.defects(input.bytes) == [], "\(input.name)") }
  }

  @Test("workspaces, scenarios and changes of a plan")
  func workspaces() throws {
    let inputs = try Self.inputs("yaml")
    #expect(inputs.count > 3)
    let reader = WorkspaceInput()
    for input in inputs { #expect(reader.defects(input.bytes) == [], "\(input.name)") }
  }

  @Test("workbooks")
  func workbooks() throws {
    let folder = FuzzFolder()
    let inputs = try Self.inputs("xlsx")
    #expect(inputs.count > 5)
    for input in inputs { #expect(WorkbookInput.defects(input.bytes, in: folder) == [], "\(input.name)") }
  }

  @Test("what is read where it can be: the sound inputs are not merely refused")
  func sound() throws {
    let folder = FuzzFolder()
    let people = try #require(try Self.inputs("csv").first { $0.name == "series-people" })
    #expect(try SeriesFile(FileContents(path: "people.csv", bytes: people.bytes)).count == 7)
    for name in ["series", "sheet", "deflated.xlsx", "stored.xlsx", "open", "deflated.ods"] {
      let input = try #require(try Self.inputs("xlsx").first { $0.name == name })
      let path = folder.file("book", WorkbookInput.workbook(input.bytes))
      let table = try Workbook(path: path).table(sheet: nil)
      #expect(try table.delimitedText().bytes.count > 10, "\(name)")
      if name == "series" {
        #expect(try Layouts.read(LayoutInput(path), as: ExcelSheetLayout.self).series.count == 1)
      }
    }
    let (header, episodes) = TableInput.halves(Array("a\n===\nb".utf8))
    #expect(String(decoding: header, as: UTF8.self) == "a\n" && episodes == Array("b".utf8))
  }
}
