import Commissioning
import Testing

@testable import Reporting

@Suite("Chance in words") struct ChanceWordsTests {
  /// A probability counted over futures, of which so many in a thousand are below nothing.
  private func counted(_ thousandths: Int) throws -> Probability {
    try Draws((0..<1_000).map { $0 < thousandths ? -1 : 1 }).probability(below: 0)
  }

  @Test(
    "Each word stands for one range of chance",
    arguments: [
      (995, "almost certain"), (989, "very likely"), (905, "very likely"), (890, "likely"), (665, "likely"),
      (650, "about as likely as not"), (340, "about as likely as not"), (320, "unlikely"), (110, "unlikely"),
      (90, "very unlikely"), (20, "very unlikely"), (2, "exceptionally unlikely"),
    ])
  func ranges(thousandths: Int, words: String) throws {
    #expect(ChanceWords.words(try counted(thousandths)) == words)
    let text = ChanceWords.text(try counted(thousandths))
    #expect(text.hasPrefix(words + " (") && text.hasSuffix("%)"))
  }

  @Test("What was only counted is never certain or ruled out, and what is known is") func certain() throws {
    #expect(ChanceWords.text(try counted(1_000)) == "almost certain (>99%)")
    #expect(ChanceWords.text(try counted(0)) == "exceptionally unlikely (<1%)")
    #expect(ChanceWords.text(try Draws(-1).probability(below: 0)) == "certain")
    #expect(ChanceWords.text(try Draws(1).probability(below: 0)) == "ruled out")
  }
}
