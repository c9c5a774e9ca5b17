import Testing

@testable import Reporting

@Suite("Text inside a page")
struct HTMLTextTests {
  @Test("No text opens a tag, closes an attribute or begins a reference")
  func markup() {
    #expect(
      HTMLText.escaped("<script>alert('x')</script>")
        == "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
    #expect(HTMLText.escaped("\" onload=\"x") == "&quot; onload=&quot;x")
    #expect(HTMLText.escaped("` onload=x") == "&#96; onload=x")
    #expect(HTMLText.escaped("&lt; &amp;") == "&amp;lt; &amp;amp;")
    #expect(HTMLText.escaped("") == "")
  }

  @Test(
    "What people write stays as it is",
    arguments: ["Ynys Môn", "£1.2m – 5%", "کودک\u{200C}ها", "a\tb\nc", "👩‍👧", "e\u{301}", "England 🏴󠁧󠁢󠁥󠁮󠁧󠁿, Wales 🏴󠁧󠁢󠁷󠁬󠁳󠁿"])
  func plain(text: String) {
    #expect(HTMLText.escaped(text) == text)
  }

  @Test(
    "What does not show and deceives is shown",
    arguments: [
      ("a\u{0}b", "a[U+0000]b"), ("\u{1B}[31m", "[U+001B][31m"), ("\r\n", "[U+000D]\n"),
      ("\u{7F}", "[U+007F]"),
      ("\u{85}", "[U+0085]"), ("ok\u{202E}fdp.exe", "ok[U+202E]fdp.exe"),
      ("\u{2066}x\u{2069}", "[U+2066]x[U+2069]"),
      ("\u{200F}", "[U+200F]"), ("\u{FEFF}x", "[U+FEFF]x"), ("\u{2028}", "[U+2028]"),
      ("\u{FFFF}", "[U+FFFF]"),
      ("\u{1FFFE}", "[U+1FFFE]"), ("\u{E0041}", "[U+E0041]"),
      ("🏴\u{E0041}\u{E007F}", "🏴[U+E0041][U+E007F]"),
    ])
  func shown(text: String, page: String) {
    #expect(HTMLText.escaped(text) == page)
  }

  @Test("In every text there is no character left with which a page could be changed")
  func everyText() {
    var generator = SeededGenerator(state: 4)
    let hostile = Array("<>&\"'`=/ \u{202E}\u{0}\r\nabc;#xé".unicodeScalars)
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        text.unicodeScalars.append(hostile[Int.random(in: 0..<hostile.count, using: &generator)])
      }
      let page = HTMLText.escaped(text)
      #expect(!page.unicodeScalars.contains { "<>\"'`\r\u{0}\u{202E}".unicodeScalars.contains($0) })
      // Undoing the references gives the text again, but for what is shown by its code.
      var back = page
      for (reference, sign) in [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#96;", "`"),
        ("[U+202E]", "\u{202E}"),
        ("[U+0000]", "\u{0}"), ("[U+000D]", "\r"), ("&amp;", "&"),
      ] {
        back = back.split(separator: reference, omittingEmptySubsequences: false).joined(separator: sign)
      }
      #expect(Array(back.unicodeScalars) == Array(text.unicodeScalars))
    }
  }
}
