import Testing
import TimeSeries

struct ObservationTests {
  @Test(
    "Codes of the Department and the Government Statistical Service keep their meaning",
    arguments: [
      ("c", Observation.suppressed(nil)), ("C", .suppressed(nil)), ("*", .suppressed(nil)),
      ("x", .notAvailable), ("X", .notAvailable), ("..", .notAvailable), (":", .notAvailable),
      ("", .notAvailable),
      ("   ", .notAvailable), ("z", .notApplicable), ("Z", .notApplicable), ("low", .roundsToZero),
      ("1-7", .suppressed(1...7)), (" 1 - 7 ", .suppressed(1...7)), ("0.5-2.5", .suppressed(0.5...2.5)),
      ("<5", .suppressed(0...5)), ("< 5", .suppressed(0...5)),
    ])
  func codes(text: String, meaning: Observation) throws {
    #expect(try Observation(parsing: text) == meaning)
  }

  @Test("Fewer than five children are at most four; less than five per cent may be 4.9")
  func boundsKnowTheUnit() throws {
    #expect(try Observation(parsing: "<5", unit: .count) == .suppressed(0...4))
    #expect(try Observation(parsing: "<5", unit: .percentage) == .suppressed(0...5))
    #expect(try Observation(parsing: "<2.5", unit: .count) == .suppressed(0...2.5))
  }

  @Test(
    "Numbers are read to the last bit",
    arguments: [
      ("12.4", 12.4), ("-3", -3), ("+3", 3), ("0", 0), ("1e3", 1000), ("1.5E-3", 0.0015), (" 7 ", 7),
      (".5", 0.5),
      ("5.", 5), ("123456789012345678", 123_456_789_012_345_680), ("0.1", 0.1), ("1e22", 1e22),
      ("1e23", 1e23),
      ("9007199254740993", 9_007_199_254_740_992), ("1e-400", 0),
      ("2.2250738585072014e-308", 2.2250738585072014e-308),
      ("0.000000000000000000000000000001", 1e-30), ("100000000000000000000000000", 1e26),
    ])
  func numbers(text: String, value: Double) throws {
    #expect(try Observation(parsing: text) == .value(value))
  }

  @Test(
    "A value that is no number is refused with what to write instead",
    arguments: [
      ("12,4%", "write 12.4, or 0.124 with unit proportion"),
      ("12.4%", "write 12.4, or 0.124 with unit proportion"),
      ("5%", "write 5, or 0.05 with unit proportion"), ("100 %", "write 100, or 1 with unit proportion"),
      ("1,234", "write 1234, or 1.234 if the comma marks the decimals"), ("12,4", "write 12.4"),
      ("1,234,567", "write 1234567"), ("1,234.5", "write 1234.5"), ("1 234", "write 1234"),
      ("£1.2m", "write 1200000, with unit pounds"), ("£350", "write 350, with unit pounds"),
      ("-£2k", "write -2000, with unit pounds"),
      ("£-2", "write -2, with unit pounds"), ("1.25bn", "write 1250000000"), ("(45)", "write -45"),
      ("(£1,234)", "write -1234, or -1.234 if the comma marks the decimals"),
      ("−45", "write -45"), ("–45.50", "write -45.5"), ("3k", "write 3000"),
      ("NaN", "leave it empty or write x where it is not available, z where there can be no value"),
      ("inf", "leave it empty or write x where it is not available, z where there can be no value"),
      ("N/A", "leave it empty or write x where it is not available, z where there can be no value"),
      ("-", "leave it empty or write x where it is not available, z where there can be no value"),
      ("k", "write low for a number that rounds to zero"),
      ("1–7", "write 1-7, with a plain hyphen, for a number suppressed within these bounds"),
      ("1e309", "write a number below 1.8e308, or x where it is not available"),
      ("-1e309", "write a number below 1.8e308, or x where it is not available"),
      ("7-1", "write the lower bound first: 1-7"), ("<0", "write a bound above 0, such as <5"),
    ])
  func refusals(text: String, remedy: String) {
    let error = #expect(throws: UnreadableText.self) { try Observation(parsing: text) }
    #expect(error?.remedy == remedy)
    #expect(error?.text == text || text == "<0")
  }

  @Test(
    "What cannot be guessed is refused with everything that is accepted",
    arguments: [
      "twelve", "0x1F", "1e", "1e+", "1.2.3", "--5", "5-", "<", "<x", "1-2-3", "u", "p", "1,2,3", "1,23.4,5",
      "e5", ">95",
      "1-1e5", "£", "%", "()", "١٢", "1_000",
    ])
  func unguessable(text: String) {
    let error = #expect(throws: UnreadableText.self) { try Observation(parsing: text) }
    #expect(error?.remedy.contains("write") == true)
    #expect(error?.problem == "is not a number")
  }

  @Test("Written and read again, an observation is the same")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 6)
    var all: [Observation] = [
      .suppressed(nil), .roundsToZero, .notAvailable, .notApplicable, .suppressed(1...7),
    ]
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      if value.isFinite { all.append(.value(value)) }
      all.append(.value(Double(Int.random(in: -10_000_000...10_000_000, using: &generator)) / 1000))
    }
    for one in all { #expect(try Observation(parsing: one.description) == one) }
    #expect(Observation.value(12).description == "12")
  }

  @Test("Only a value has a value, and what is known bounds it")
  func valueAndBounds() {
    #expect(Observation.value(3).value == 3)
    #expect(Observation.suppressed(1...7).value == nil)
    #expect(Observation.value(3).bounds == 3...3)
    #expect(Observation.suppressed(1...7).bounds == 1...7)
    #expect(Observation.value(.nan).bounds == nil)
    #expect(Observation.roundsToZero.bounds == nil)
  }

  @Test("A text's error reads as a sentence")
  func sentence() {
    let error = #expect(throws: UnreadableText.self) { try Observation(parsing: "12,4%") }
    #expect(error?.description == "\"12,4%\" is not a number; write 12.4, or 0.124 with unit proportion")
  }
}

struct UnitTests {
  @Test(
    "Units are read from the words people use",
    arguments: [
      ("count", Unit.count), ("Number", .count), ("per 10,000", .rate(per: 10_000)),
      ("rate per 1000", .rate(per: 1000)),
      ("Per 100,000 ", .rate(per: 100_000)), ("proportion", .proportion), ("per cent", .percentage),
      ("%", .percentage),
      ("Percentage", .percentage), ("pounds", .pounds), ("£", .pounds), ("GBP", .pounds), ("weeks", .weeks),
      ("score", .score), ("per head", .other("per head")), ("£m", .other("£m")), ("", .other("")),
    ])
  func parsing(text: String, unit: Unit) throws {
    #expect(try Unit(parsing: text) == unit)
    #expect(try Unit(parsing: unit.description) == unit)
  }

  @Test("A rate per nothing is refused", arguments: ["per 0", "per -5", "per 1e400"])
  func emptyRate(text: String) {
    #expect(throws: UnreadableText.self) { try Unit(parsing: text) }
  }

  @Test("Shares lie between nothing and everything; a balance may be below nothing")
  func bounds() {
    #expect(Unit.proportion.upperBound == 1)
    #expect(Unit.percentage.upperBound == 100)
    #expect(Unit.count.lowerBound == 0 && Unit.count.upperBound == nil)
    #expect(Unit.pounds.lowerBound == nil)
    #expect(Unit.rate(per: 10_000).multiplier == 10_000)
    #expect(Unit.percentage.multiplier == 100)
    #expect(Unit.weeks.multiplier == nil)
    #expect(Unit.rate(per: 1234567).description == "per 1,234,567")
    #expect(Unit.rate(per: 0.5).description == "per 0.5")
  }

  @Test("A measure is named by its identifier and judges nothing unless told")
  func measure() {
    let measure = Measure(id: "cla", unit: .rate(per: 10_000))
    #expect(measure.name == "cla" && measure.polarity == .neutral)
    #expect(Polarity.allCases.count == 3)
  }
}
