import Testing

@testable import Reporting

@Suite("How wide a text is")
struct DisplayTextTests {
  @Test(
    "letters take one place, East Asian letters and emoji two, marks and joiners none",
    arguments: [
      ("", 0), ("2024/25", 7), ("£1.2m", 5), ("–", 1), ("▁█│", 3), ("e\u{301}", 1), ("ñ", 1), ("漢字", 4),
      ("ｆｕｌｌ", 8), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇬🇧", 2),
      ("❤\u{FE0F}", 2), ("❤", 1), ("مرحبا", 5), ("a\u{200B}b", 2), ("\u{1B}[31mred\u{1B}[0m", 3),
      ("\u{1B}[1;31mx", 1), ("©", 1), ("नि", 1),
    ])
  func width(text: String, places: Int) {
    #expect(DisplayText.width(of: text) == places)
  }

  @Test("a line that is too long goes on under its first word; a word that is too long stays whole")
  func fitted() {
    #expect(DisplayText.fitted("short\n- one two three\n", width: 9) == "short\n- one two\n  three\n")
    #expect(
      DisplayText.fitted("  a https://example.org/long b", width: 9) == "  a\n  https://example.org/long\n  b"
    )
    #expect(DisplayText.fitted("as it was", width: 9) == "as it was")
  }
}
