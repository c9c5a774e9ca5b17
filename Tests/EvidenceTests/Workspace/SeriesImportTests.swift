import Testing
import TimeSeries

@testable import Evidence

/// Published figures become a series file of a workspace, and nothing else in it changes.
@Suite struct SeriesImportTests {
  private static func text() -> SeriesFileText {
    var figures = PublishedFigures(file: "in.csv", layout: "test")
    let key = PublishedSeriesKey(measure: "a", area: PublishedArea(name: "Sefton"), unit: .count)
    figures.add(
      PublishedFigure(period: .calendarYear(2020), observation: .value(1), row: 2),
      to: figures.position(of: key))
    return SeriesFileText(figures)
  }

  private static func importing(_ yaml: String) throws -> (TemporaryFolder, SeriesImport) {
    let folder = try TemporaryFolder()
    _ = try folder.file("workspace.yaml", yaml)
    return (folder, try SeriesImport(text(), named: "Lait 2026", into: folder.path, overwrite: false))
  }

  private static func yaml(_ folder: TemporaryFolder) throws -> String {
    String(decoding: try FileContents.read("\(folder.path)/workspace.yaml").bytes, as: UTF8.self)
  }

  @Test(
    "the file is added to the end of the list, whatever stands around it",
    arguments: [
      (
        "area: Sefton\nseries:   # published\n  - series/a.csv  # one\n\n  # two\n  - \"b.csv\"\n\nplan: {}\n",
        "area: Sefton\nseries:   # published\n  - series/a.csv  # one\n\n  # two\n  - \"b.csv\"\n  - series/lait-2026.csv\n\nplan: {}\n"
      ),
      ("series:\n- a.csv\nplan: {}\n", "series:\n- a.csv\n- series/lait-2026.csv\nplan: {}\n"),
      ("series:\r\n  - a.csv\r\n", "series:\r\n  - a.csv\r\n  - series/lait-2026.csv\r\n"),
      ("series:\n  - a.csv", "series:\n  - a.csv\n  - series/lait-2026.csv"),
    ])
  func added(_ before: String, _ after: String) throws {
    let (folder, done) = try Self.importing(before)
    #expect(done.name == "series/lait-2026.csv")
    #expect(done.isNew)
    #expect(done.rowCount == 1)
    #expect(try Self.yaml(folder) == after)
    #expect(try SeriesFile.read("\(folder.path)/series/lait-2026.csv").rowCount == 1)
  }

  @Test("importing again replaces the file only when told to, and lists it once")
  func again() throws {
    let (folder, _) = try Self.importing("series:\n  - a.csv\n")
    let before = try Self.yaml(folder)
    #expect(throws: EvidenceError.alreadyExists(path: "\(folder.path)/series/lait-2026.csv")) {
      try SeriesImport(Self.text(), named: "Lait 2026", into: folder.path, overwrite: false)
    }
    let done = try SeriesImport(
      Self.text(), named: "Lait 2026", into: "\(folder.path)/workspace.yaml", overwrite: true)
    #expect(!done.isNew)
    #expect(try Self.yaml(folder) == before)
  }

  @Test(
    "a list that is not one file to a line is left alone, and nothing is written",
    arguments: ["series: [a.csv]\n", "series:\n  [a.csv,\n  b.csv]\n", "{series: [a.csv]}\n", "area: x\n"])
  func otherForms(_ yaml: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("workspace.yaml", yaml)
    let error = #expect(throws: EvidenceError.self) {
      try SeriesImport(Self.text(), named: "lait", into: folder.path, overwrite: false)
    }
    #expect(error?.description.contains("by hand") == true)
    #expect(try Self.yaml(folder) == yaml)
    #expect(!folder.names.contains("series") || FolderListing.files(of: "\(folder.path)/series") == [])
  }

  @Test("a folder that is no workspace, and a workspace that is no text, are refused")
  func noWorkspace() throws {
    let folder = try TemporaryFolder()
    #expect(throws: EvidenceError.noSuchFile(path: "\(folder.path)/workspace.yaml")) {
      try SeriesImport(Self.text(), named: "lait", into: folder.path, overwrite: false)
    }
    _ = try folder.file("workspace.yaml", [0x73, 0xE9])
    #expect(throws: EvidenceError.self) {
      try SeriesImport(Self.text(), named: "lait", into: folder.path, overwrite: false)
    }
  }
}
