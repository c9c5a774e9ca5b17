import Testing

@testable import Evidence

@Suite("Texts from outside in YAML")
struct YAMLScalarTests {
  /// Names that have broken other people's files.
  static let hostile = [
    "St. Helens", "Bristol, City of", "King's Lynn", "a: b", "a #b", "# c", "\"quoted\"", "back\\slash",
    "two\nlines",
    "tab\there", "carriage\rreturn", "- item", "{flow}", "[list]", "*alias", "&anchor", "!tag", "|", ">", "%",
    "@at", "`",
    "true", "No", "null", "~", "1.5", "0x10", " ", "trailing ", "nul\u{0}", "bell\u{7}", "next\u{85}line",
    "line\u{2028}separator", "mark\u{FEFF}", "right\u{202E}left", "née", "東京", "👩‍👧", "--- ", "...", "=", "<<",
    "? key",
    "é: ü", "a\u{1F}b",
  ]

  @Test("Whatever stands in a text, YAML reads it back", arguments: hostile)
  func roundTrip(_ text: String) throws {
    let yaml = "first: 1\nkey: \(YAMLScalar.text(text))\nlast: {inside: \(YAMLScalar.text(text))}\n"
    let node = try WorkspaceNode(yaml: yaml, file: "a.yaml")
    #expect(try node.value(of: "key")?.text() == text)
    #expect(try node.value(of: "last")?.value(of: "inside")?.text() == text)
    #expect(yaml.split(separator: "\n").count == 3)
  }

  @Test("A comment stays one line and changes nothing", arguments: hostile)
  func comments(_ text: String) throws {
    let yaml = "first: 1\n# \(YAMLScalar.comment(text))\nlast: 2\n"
    let node = try WorkspaceNode(yaml: yaml, file: "a.yaml")
    #expect(try node.value(of: "first")?.text() == "1")
    #expect(try node.value(of: "last")?.text() == "2")
    guard case .mapping(let entries) = node.content else { return #expect(Bool(false), "no mapping") }
    #expect(entries.count == 2)
  }

  @Test("A text in the middle of a sentence ends no scalar", arguments: hostile)
  func sentences(_ text: String) throws {
    let node = try WorkspaceNode(
      yaml: "unit: of children in \(YAMLScalar.sentence(text)) now\nlast: 2\n", file: "a.yaml")
    #expect(try node.value(of: "last")?.text() == "2")
  }

  @Test("A plain name stays plain, so that people can read it")
  func plain() {
    #expect(YAMLScalar.text("Bath and North East Somerset") == "Bath and North East Somerset")
    #expect(YAMLScalar.text("a: b") == "\"a: b\"")
  }
}
