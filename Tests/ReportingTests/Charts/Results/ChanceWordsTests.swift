import Commissioning
import Testing

@testable import Reporting

@Suite("Chance in words") struct ChanceWordsTests {
  /// A probability counted over futures, of which so many in a thousand are below nothing.
  private func counted(_ thousandths: Int) throws -> Probability {
    try Draws((0..<1_000).map { $0 < thousandths ? -1 : 1 }).probability(below: 0)
  }

  @Test(
    "Each word stands for one range of chance, the same as in the text beside a chart",
    arguments: [
      (995, "almost certain"), (930, "almost certain"), (920, "highly likely"), (780, "highly likely"),
      (770, "likely"), (530, "likely"), (520, "a realistic possibility"), (380, "a realistic possibility"),
      (370, "unlikely"), (230, "unlikely"), (220, "highly unlikely"), (80, "highly unlikely"),
      (70, "a remote chance"), (2, "a remote chance"),
    ])
  func ranges(thousandths: Int, words: String) throws {
    #expect(ChanceWords.words(try counted(thousandths)) == words)
    let text = ChanceWords.text(try counted(thousandths))
    #expect(text.hasPrefix(words + " (") && text.hasSuffix("%)"))
  }

  @Test("What was only counted is never certain or ruled out, and what is known is") func certain() throws {
    #expect(ChanceWords.text(try counted(1_000)) == "almost certain (>99%)")
    #expect(ChanceWords.text(try counted(0)) == "a remote chance (<1%)")
    #expect(ChanceWords.text(try Draws(-1).probability(below: 0)) == "certain")
    #expect(ChanceWords.text(try Draws(1).probability(below: 0)) == "ruled out")
  }
}
