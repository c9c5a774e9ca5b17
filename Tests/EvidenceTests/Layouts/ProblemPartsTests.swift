import Testing

@testable import Evidence

/// A problem tells its text and what to do apart.
@Suite("The parts of a problem")
struct ProblemPartsTests {
  private static func problem(_ message: String) -> Problem {
    Problem(file: "in.csv", row: 3, message: message)
  }

  @Test("what to do is all that follows the first semicolon outside quotes")
  func mend() {
    #expect(Self.problem("\"x\" is not a number; write 12.4").mend == "write 12.4")
    #expect(
      Self.problem("\"x\" is no number; write 12.4; c where it is held back").mend
        == "write 12.4; c where it is held back")
    #expect(Self.problem("\"a; b\" is not a number; write one").mend == "write one")
    #expect(Self.problem("\"5\" x\" is not a number; write one").mend == "write one")
    #expect(Self.problem("\"a; b\" is wrong").mend == nil)
    #expect(Self.problem("a;b is wrong").mend == nil)
    #expect(Self.problem("nothing to do").mend == nil)
    #expect(Self.problem("").mend == nil)
    #expect(Self.problem("é\u{301}; α").mend == "α")
  }

  @Test("the text is the first in quotes, which may be empty")
  func text() {
    #expect(Self.problem("\"12,4%\" in column \"value\" is not a number").text == "12,4%")
    #expect(Self.problem("\"\" is empty").text == "")
    #expect(Self.problem("nothing quoted").text == nil)
    #expect(Self.problem("one \" alone").text == nil)
  }

  @Test("the parts of a real reader's problem are those that a person needs")
  func real() throws {
    let read = try InventedFile.read(
      "series,period,value\na,2020,nonsense\nb,2021,3\n", as: PlainSeriesLayout.self)
    let problem = try #require(read.problems.first)
    #expect(problem.text == "nonsense")
    #expect(problem.mend?.hasPrefix("write a number such as 12.4") == true, "\(problem)")
  }
}
