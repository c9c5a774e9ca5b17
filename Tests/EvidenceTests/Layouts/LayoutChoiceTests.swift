import Testing

@testable import Evidence

/// A layout is recognised by its columns, and the reason is said.
@Suite struct LayoutChoiceTests {
  private enum Long: PublishedLayout {
    static let name = "long"
    static let summary = "long files"

    static func recognise(_ sample: TableSample) -> Recognition? {
      sample.has(all: ["measure", "value"]) ? Recognition(.likely, "columns measure and value") : nil
    }

    static func recognise(folder files: [String]) -> Recognition? {
      files.contains("header.csv") ? Recognition(.certain, "file header.csv") : nil
    }

    static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {}
  }

  private enum Other: PublishedLayout {
    static let name = "other"
    static let summary = "other files"

    static func recognise(_ sample: TableSample) -> Recognition? {
      if sample.values(of: "measure").contains("tie") { return Recognition(.likely, "measure tie") }
      return sample.has("value") ? Recognition(.possible, "column value") : nil
    }

    static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {}
  }

  private static let layouts: [any PublishedLayout.Type] = [Long.self, Other.self]

  private static func choice(_ text: String) throws -> LayoutChoice {
    let folder = try TemporaryFolder()
    let path = try folder.file("in.csv", text)
    return try LayoutChoice(recognising: LayoutInput(path), among: layouts)
  }

  @Test("the surest layout is taken, and says by what")
  func surest() throws {
    let choice = try Self.choice("Measure,VALUE\na,1\n")
    #expect(choice.layout.name == "long")
    #expect(
      choice.sentence.hasSuffix("in.csv is read as long (long files), by its columns measure and value"))
    #expect(try Self.choice("value\n1\n").layout.name == "other")
  }

  @Test("two layouts that are equally sure are asked about, and none is taken by chance")
  func tie() throws {
    let error = #expect(throws: EvidenceError.self) { try Self.choice("measure,value\ntie,1\n") }
    #expect(
      error?.description.hasSuffix(
        "this may be long (its columns measure and value) or other (its measure tie); name the layout before the file"
      ) == true)
  }

  @Test("columns of no layout are named, with the layouts that there are")
  func none() throws {
    let error = #expect(throws: EvidenceError.self) { try Self.choice("a,b\n1,2\n") }
    #expect(
      error?.description.contains(
        #"in.csv:1: the columns are "a", "b", which are those of no known layout; name the layout (long, other), or"#
      ) == true)
  }

  @Test("a folder is known by its files, and standard input must be named")
  func folders() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("header.csv", "a\n")
    #expect(
      try LayoutChoice(recognising: LayoutInput(folder.path), among: Self.layouts).layout.name == "long")
    let other = try TemporaryFolder()
    #expect(throws: EvidenceError.self) {
      try LayoutChoice(recognising: LayoutInput(other.path), among: Self.layouts)
    }
    #expect(throws: EvidenceError.self) {
      try LayoutChoice(recognising: LayoutInput("-"), among: Self.layouts)
    }
  }

  @Test(
    "a text that is no UTF-8 is sampled in the encoding it has, and one that breaks off as far as it goes")
  func encodings() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("in.csv", Array("measure,value\n".utf8) + [0x53, 0xE9, 0x2C, 0x31, 0x0A])
    #expect(try LayoutChoice(recognising: LayoutInput(path), among: Self.layouts).layout.name == "long")
    #expect(try Self.choice("measure,value\na,1\n\"never closed,2\n").layout.name == "long")
  }
}
