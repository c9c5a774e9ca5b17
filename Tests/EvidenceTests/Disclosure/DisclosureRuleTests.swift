import Testing

@testable import Evidence

@Suite("Rules of disclosure")
struct DisclosureRuleTests {
  @Test(
    "Each rule holds back what its source says, and no more",
    arguments: [
      ("hes", Array(1...7)), ("ncmp", Array(0...7)), ("alcohol-under-18", Array(1...5)),
      ("under-5", Array(1...4)),
      ("under-3", [1, 2]), ("round-to-5", []), ("none", []),
    ])
  func withheld(name: String, counts: [Int]) throws {
    let rule = try DisclosureRule(named: name)
    #expect(rule.name == name)
    #expect((0...40).filter { rule.withholds($0) } == counts)
    #expect(rule.protectsZero == counts.contains(0))
    #expect(!rule.source.isEmpty && !rule.summary.isEmpty)
  }

  @Test("Rules are asked for by name, and a wrong name is answered with all of them")
  func names() throws {
    #expect(Set(DisclosureRule.named.map(\.name)).count == 7)
    #expect(try DisclosureRule(named: " HES ") == .hospitalEpisodes)
    let error = #expect(throws: EvidenceError.self) { _ = try DisclosureRule(named: "hess") }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("disclosure rule \"hess\" is not known; accepted are "))
    for rule in DisclosureRule.named { #expect(text.contains("\(rule.name) (\(rule.summary))")) }
    #expect(error?.exitCode == 64)
  }

  @Test("Counts are rounded to the nearest 5, and the nation's stay under the rule of hospital episodes")
  func rounding() {
    let episodes = DisclosureRule.hospitalEpisodes
    #expect(
      [0, 8, 12, 13, 17, 18].map { episodes.rounded($0, isNational: false) } == [0, 10, 10, 15, 15, 20])
    #expect(episodes.rounded(13, isNational: true) == 13)
    #expect(!episodes.withholds(3, isNational: true))
    #expect(DisclosureRule.childMeasurement.rounded(13, isNational: true) == 15)
    #expect(DisclosureRule.childMeasurement.withholds(3, isNational: true))
    #expect(DisclosureRule.underFive.rounded(13, isNational: false) == 13)
    #expect(DisclosureRule.roundedToFive.rounded(2, isNational: false) == 0)
    let tens = DisclosureRule(name: "tens", summary: "", source: "", withheld: nil, rounding: 10)
    #expect([4, 5, 14, 15, -5, -6].map { tens.rounded($0, isNational: false) } == [0, 10, 10, 20, 0, -10])
  }

  @Test("What a reader knows of a rounded count is every count that is published so")
  func known() {
    for rule in DisclosureRule.named {
      for count in 0...60 where !rule.withholds(count) {
        let alike = (0...80).filter {
          !rule.withholds($0) && rule.rounded($0, isNational: false) == rule.rounded(count, isNational: false)
            && (rule.rounding == nil || !rule.marksLowCounts && rule.withheld == nil
              || ($0 == 0) == (count == 0))
        }
        let known = rule.known(ofPublished: count, isNational: false)
        #expect(Array(known) == alike, "\(rule.name) \(count)")
      }
    }
    #expect(DisclosureRule.hospitalEpisodes.known(ofPublished: 13, isNational: true) == 13...13)
  }

  @Test("A directly standardised rate needs ten events under every rule but none")
  func standardised() {
    for rule in DisclosureRule.named {
      #expect(rule.allowsStandardisedRate(events: 10))
      #expect(rule.allowsStandardisedRate(events: 9) == (rule == .none))
    }
  }

  @Test("Bounds below zero and units of one are read as what they can only mean")
  func ownRules() {
    let rule = DisclosureRule(name: "own", summary: "", source: "", withheld: -3...2, rounding: 1)
    #expect(rule.withheld == 0...2)
    #expect(rule.rounding == nil)
  }
}
