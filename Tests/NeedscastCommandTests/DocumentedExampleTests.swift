import Testing

@Suite("What the documents show is what the command prints")
struct DocumentedExampleTests {
  @Test("The README shows examples") func thereAreExamples() throws {
    #expect(try DocumentedExample.inReadme().count >= 4)
    #expect(try DocumentedExample.inHelp().count >= 8)
  }

  @Test("Every example of the README prints what stands there", arguments: try DocumentedExample.inReadme())
  func readme(example: DocumentedExample) throws {
    let run = try Command.run(example.arguments)
    #expect(
      example.matches(run.output + run.errors),
      "\(example) prints:\n\(run.output)\(run.errors)")
  }

  @Test("Every example of the help does what it is shown for", arguments: try DocumentedExample.inHelp())
  func help(example: DocumentedExample) throws {
    // A question runs the plan some thirty times: fewer futures show as well that the example works.
    let isQuestion =
      example.arguments.first == "scenario"
      && !["list", "compare"].contains(example.arguments.dropFirst().first)
    let run = try Command.run(example.arguments + (isQuestion ? ["--draws", "500"] : []))
    // A hindcast of a plan names the services of which nothing had been published, and its exit code says that there are
    // some.
    let isHindcast =
      ["plan", "chart"].contains(example.arguments.first) && example.arguments.contains("--as-of")
    #expect(run.status == (isHindcast ? 65 : 0), "\(example): \(run.errors)")
    #expect(!run.output.isEmpty)
  }

  @Test("A piece that the command does not print is noticed") func mismatchIsNoticed() {
    let example = DocumentedExample(document: "", arguments: [], pieces: [["a", "b"], ["d"]])
    #expect(example.matches("a\nb\nc\nd\n"))
    #expect(!example.matches("a\nc\nb\nd\n"))
    #expect(!example.matches("d\na\nb\n"))
  }
}
