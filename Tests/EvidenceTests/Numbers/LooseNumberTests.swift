import Evidence
import Testing
import TimeSeries

struct LooseNumberTests {
  @Test(
    "What is typed in sheets has one documented reading",
    arguments: [
      ("12.4", "12.4", []), ("-3", "-3", []), ("1.2e6", "1.2e6", []), (" 7 ", "7", []), ("+5", "+5", []),
      ("1,234", "1234", [.thousandsCommas]), ("1,234,567.80", "1234567.80", [.thousandsCommas]),
      ("1 234", "1234", [.thousandsSpaces]), ("12\u{A0}345\u{202F}678", "12345678", [.thousandsSpaces]),
      ("£120", "120", [.poundSign]), ("-£120", "-120", [.poundSign]), ("£-120", "-120", [.poundSign]),
      ("£1.2m", "1200000", [.poundSign, .magnitude]), ("3k", "3000", [.magnitude]),
      ("2.25bn", "2250000000", [.magnitude]), ("1.23456789 Million", "1234567.89", [.magnitude]),
      ("0.5 thousand", "500", [.magnitude]), ("4 billion", "4000000000", [.magnitude]),
      ("(45)", "-45", [.parentheses]), ("(£1,234)", "-1234", [.thousandsCommas, .poundSign, .parentheses]),
      ("£(45)", "-45", [.poundSign, .parentheses]), ("(0)", "0", [.parentheses]),
      ("12%", "12", [.percentSign]), ("12.5 per cent", "12.5", [.percentSign]),
      ("(1.5)%", "-1.5", [.parentheses, .percentSign]), ("(1.5%)", "-1.5", [.parentheses, .percentSign]),
      ("–5", "-5", [.typographicMinus]), ("−5.5", "-5.5", [.typographicMinus]),
      ("– £ 5", "-5", [.poundSign, .typographicMinus]), ("—1e3", "-1e3", [.typographicMinus]),
      ("123 [1]", "123", [.footnoteMark]), ("123*", "123", [.footnoteMark]),
      ("1,234 (r)", "1234", [.thousandsCommas, .footnoteMark]),
      ("12%¹²", "12", [.percentSign, .footnoteMark]),
      ("(45) [note 2]†", "-45", [.parentheses, .footnoteMark]),
      (".5%", ".5", [.percentSign]), ("5.%", "5.", [.percentSign]),
      ("£1,000.00m", "1000000000", [.thousandsCommas, .poundSign, .magnitude]),
    ] as [(String, String, [LooseNumber.Change])])
  func readings(_ text: String, _ plain: String, _ changes: [LooseNumber.Change]) throws {
    let number = try LooseNumber(parsing: text)
    #expect(number.plain == plain)
    #expect(number.changes == changes)
    #expect(PlainDecimal.value(of: plain) == number.value)
  }

  @Test("The pound and percent signs say the unit, and marks are kept")
  func unitsAndMarks() throws {
    #expect(try LooseNumber(parsing: "£3").unit == .pounds)
    #expect(try LooseNumber(parsing: "12%").unit == .percentage)
    #expect(try LooseNumber(parsing: "1,234").unit == nil)
    #expect(try LooseNumber(parsing: "5 [r] * (p)").marks == ["[r]", "*", "(p)"])
    #expect(try LooseNumber(parsing: "5").marks.isEmpty)
  }

  @Test(
    "What may be read in two ways, or in none, is refused with a remedy",
    arguments: [
      ("1,23", "write 1.23 if the comma marks the decimals, or 123"),
      ("0,123", "write 0.123 if the comma marks the decimals, or 0123"),
      ("1.234,5", "nothing between the thousands"), ("1.234.567", "nothing between the thousands"),
      ("1,2345,678", "write 12345678 if"), ("1,234 567", "write 1234567 if"), ("1 23", "write 123 if"),
      ("1,,234", "write 1234 if"), ("12/3", "write the number alone"), ("3 / 4", "write the number alone"),
      ("1e309", "below 1.8e308"), ("-1e309", "below 1.8e308"), ("1e-400", "write 0"),
      ("NaN", "leave it empty"), ("inf", "leave it empty"),
      ("#N/A", "leave it empty"), ("(-5)", "one minus sign"), ("--5", "one minus sign"),
      ("5-", "write -5 if it is negative"), ("123 (1)", "write a footnote as [1]"),
      ("123 (45%)", "write a footnote as [1]"),
      ("5 [c]", "the code alone"), ("5 (x)", "the code alone"),
      ("$5", "convert it to pounds"), ("€5", "convert it to pounds"), ("£5%", "write one of them"),
      ("(5", "write a number such as"), ("about 5", "write a number such as"),
      ("5 m2", "write a number such as"), ("1-7", "write a number such as 12.4"),
      ("", "write a number such as 12.4"), ("c", "write a number such as 12.4"),
      ("*", "write a number such as 12.4"), ("()", "write a number such as 12.4"),
      ("%", "write a number such as 12.4"), ("£", "write a number such as 12.4"),
      ("٣", "write a number such as 12.4"), ("0x10", "write a number such as 12.4"),
      ("£££5", "write a number such as 12.4"), ("£1e5m", "write a number such as 12.4"),
      (",", "write a number such as 12.4"), ("5 []", "write a number such as 12.4"),
      ("5]", "write a number such as 12.4"),
      (String(repeating: "9 ", count: 30), "nothing between its digits"),
      (String(repeating: "9", count: 101), "at most 100 characters"),
    ])
  func refusals(_ text: String, _ remedy: String) {
    #expect {
      try LooseNumber(parsing: text)
    } throws: { error in
      guard let error = error as? UnreadableText else { return false }
      if !error.remedy.contains(remedy) { Issue.record("\(error)") }
      return error.remedy.contains(remedy)
    }
  }

  @Test("A tally counts each kind of change and shows its first example")
  func tally() throws {
    var tally = LooseNumberTally()
    #expect(tally.notes.isEmpty)
    for text in ["5", "1,234", "£2,000", "12%", "3k", "(4)", "–4", "1 000", "9*"] {
      tally.count(try LooseNumber(parsing: text), writtenAs: text)
    }
    #expect(tally.count(of: .thousandsCommas) == 2)
    #expect(tally.count(of: .footnoteMark) == 1)
    #expect(tally.notes.count == LooseNumber.Change.allCases.count)
    #expect(
      tally.notes[0] == "2 numbers were read without the commas between thousands, such as \"1,234\" as 1234")
    #expect(
      tally.notes[1] == "1 number was read without the spaces between thousands, such as \"1 000\" as 1000")
  }

  @Test("Any text is a number that is finite and plain, or a refusal; the plain form reads back as itself")
  func anyText() {
    var generator = SeededGenerator(state: 11)
    let alphabet = Array("0123456789,. £%()-–[]*rmkbn/e¹ ")
    var read = 0
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 1...8, using: &generator)).map { _ in
          alphabet.randomElement(using: &generator) ?? "0"
        })
      guard let number = try? LooseNumber(parsing: text) else { continue }
      read += 1
      #expect(number.value.isFinite)
      #expect(PlainDecimal.value(of: number.plain) == number.value, "\(text)")
      #expect((try? LooseNumber(parsing: number.plain))?.changes == [])
    }
    #expect(read > 500)
  }
}
