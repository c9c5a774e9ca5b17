import Testing

@testable import Evidence

/// References in a workspace are what they name, wherever they stand, and no text of references exhausts the reader.
@Suite("References in YAML")
struct ReferenceTests {
  private static func read(_ yaml: String) throws -> String {
    try WorkspaceNode(yaml: yaml, file: "in.yaml").flowText
  }

  private static func refusal(_ yaml: String) -> String? {
    do throws(EvidenceError) {
      _ = try WorkspaceNode(yaml: yaml, file: "in.yaml")
      return nil
    } catch {
      return error.description
    }
  }

  @Test("A reference gives what its name stood for there, under the keys that lead to it")
  func meaning() throws {
    #expect(try Self.read("a: &n {x: 1}\nb: *n\n") == "{a: {x: 1}, b: {x: 1}}")
    #expect(try Self.read("[&n 1, &m [*n], &n 2, *m, *n]") == "[1, [1], 2, [1], 2]")
    let node = try WorkspaceNode(yaml: "a: &n {x: [1]}\nb: *n\n", file: "in.yaml")
    let place = try #require(node.value(of: "b")?.value(of: "x")?.items().first)
    #expect(place.name == "b.x.1")
    #expect(place.line == 1)
  }

  @Test("An asterisk in a text is only that", arguments: ["'*a'", "\"*a\"", "a *b* c", "|\n  *a *b\n", "a*"])
  func asterisks(_ text: String) throws {
    let read = try WorkspaceNode(yaml: "k: \(text)", file: "in.yaml").value(of: "k")?.text()
    let plain = text.replacing("'", with: "").replacing("\"", with: "").replacing("|\n  ", with: "")
    #expect(read == plain)
    #expect(try Self.read("k*: 1") == "{k*: 1}")
  }

  @Test("Private characters stay what they are, also escaped")
  func privateCharacters() throws {
    #expect(
      try Self.read("[\u{E000}, \"\\uE001\", \"\\U0000E002*\", &n 1, *n]")
        == "[\u{E000}, \u{E001}, \u{E002}*, 1, 1]")
  }

  @Test("A name that is not above, a name within itself and a reference as a key are refused at their places")
  func refusals() {
    #expect(Self.refusal("a: 1\nb: *n\n") == "in.yaml:2:4: the reference *n names nothing above it")
    #expect(Self.refusal("&n [*n]") == "in.yaml:1:5: the reference *n names nothing above it")
    #expect(
      Self.refusal("a: &n x\n*n : 1\n")
        == "in.yaml:2:1: a key is the reference *n; write \"name: value\"")
  }

  @Test("A key that stands twice is named as it was written")
  func twice() {
    #expect(Self.refusal("a*: 1\na*: 2\n") == "in.yaml:1:1: the key \"a*\" stands twice in one mapping")
  }

  @Test("Keys that are references to references are refused before anything compares them")
  func keys() {
    var text = "a0: &a0 {x: 1, y: 2}\n"
    for level in 1...60 { text += "a\(level): &a\(level) {p: *a\(level - 1), q: *a\(level - 1)}\n" }
    #expect(Self.refusal(text + "? *a60\n: z\n")?.contains("values, references written out") == true)
    #expect(Self.refusal("? [&n [1], *n]\n: z\n")?.contains("a key is a list") == true)
  }

  @Test("A chain of references is refused before it is deeper than the stack")
  func chain() {
    var text = "a0: &a0 [x]\n"
    for level in 1...20_000 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(Self.refusal(text)?.contains("more than 100 levels, references written out") == true)
    #expect(Self.refusal(String(repeating: "- ", count: 900) + "a")?.contains("more than 100 levels") == true)
  }
}
