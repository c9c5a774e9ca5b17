import Testing

@testable import Evidence

@Suite("The template of a workspace")
struct StartingTemplateTests {
  private func fill(_ text: String, _ values: StartingTemplate.Values) throws -> String {
    try StartingTemplate(text).filled(with: values)
  }

  @Test("A part is kept where it holds, and left out where it does not")
  func parts() throws {
    let text = "a\n#<< one\nb\n#>>\n#<< no one\nc\n#>>\nd"
    #expect(try fill(text, .init(parts: ["one"])) == "a\nb\nd")
    #expect(try fill(text, .init()) == "a\nc\nd")
  }

  @Test("A part that is to be seen becomes comments, with its indentation and what stands in it")
  func commented() throws {
    let text =
      "  #<<# one\n  key:\n    # said\n    inner: {{x}}\n    #<< two\n    gone: 1\n    #>>\n\n  #>>\n"
    #expect(
      try fill(text, .init(texts: ["x": "5"])) == "  # key:\n    # said\n  #   inner: 5\n\n")
    #expect(
      try fill(text, .init(parts: ["one", "two"], texts: ["x": "5"]))
        == "  key:\n    # said\n    inner: 5\n    gone: 1\n\n")
  }

  @Test("Of a list of series those that are held stay")
  func held() throws {
    let text = "#<< held\n- a\n- b\nkey: 1\n#>>"
    #expect(try fill(text, .init(series: ["b"])) == "- b\nkey: 1")
  }

  @Test("A template that cannot be filled says where and why")
  func refusals() {
    #expect(throws: StartingTemplate.Unfilled.self) { try fill("{{x}}", .init()) }
    #expect(throws: StartingTemplate.Unfilled.self) { try fill("a {{x", .init()) }
    #expect(throws: StartingTemplate.Unfilled.self) { try fill("#>>", .init()) }
    #expect(throws: StartingTemplate.Unfilled.self) { try fill("#<< one", .init()) }
    do {
      _ = try fill("a\nb {{x}}", .init())
    } catch {
      #expect("\(error)" == "template line 2: nothing is given for x")
    }
  }

  @Test("Several values stand in one line, and a value is not filled again")
  func values() throws {
    #expect(try fill("{{a}} and {{b}}", .init(texts: ["a": "{{b}}", "b": "2"])) == "{{b}} and 2")
  }
}
