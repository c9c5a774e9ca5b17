import Indicators
import Testing
import TimeSeries

@Suite("Better, similar or worse than a benchmark") struct BenchmarkComparisonTests {
  private func share(_ count: Double, _ denominator: Double = 1_000) throws -> Estimate {
    try CountPair(count, of: denominator, series: "s", period: "2024").proportion(in: .percentage)
  }

  @Test("The benchmark is outside the limits or it is not, and polarity gives the word") func polarity()
    throws
  {
    let england = Estimate.published(30, unit: .percentage)
    func standing(_ count: Double, _ polarity: Polarity) throws -> Standing {
      BenchmarkComparison(try share(count), with: england, named: "England", polarity: polarity).standing
    }
    #expect(try standing(200, .higherIsBetter) == .worse)
    #expect(try standing(200, .lowerIsBetter) == .better)
    #expect(try standing(200, .neutral) == .lower)
    #expect(try standing(400, .higherIsBetter) == .better)
    #expect(try standing(400, .lowerIsBetter) == .worse)
    #expect(try standing(400, .neutral) == .higher)
    #expect(try standing(310, .higherIsBetter) == .similar)
  }

  @Test("A benchmark on a limit is similar") func onTheLimit() throws {
    let own = try share(300)
    let limits = try #require(own.limits(.p95))
    for edge in [limits.lower, limits.upper] {
      let comparison = BenchmarkComparison(
        own, with: .published(edge, unit: .percentage), named: "England", polarity: .neutral)
      #expect(comparison.standing == .similar)
    }
    #expect(BenchmarkComparison.side(lower: 1, upper: 2, benchmark: 2) == 0)
    #expect(BenchmarkComparison.side(lower: 1, upper: 2, benchmark: 2.1) == -1)
    #expect(BenchmarkComparison.side(lower: 1, upper: 2, benchmark: 0.9) == 1)
  }

  @Test("99.8% asks for more than 95%, and limits that must not overlap for more still") func levels() throws
  {
    let own = try share(332)
    let england = try share(30_000, 100_000)
    func standing(_ method: ComparisonMethod, _ benchmark: Estimate) -> Standing {
      BenchmarkComparison(own, with: benchmark, named: "England", polarity: .neutral, by: method).standing
    }
    #expect(standing(.limits(.p95), england) == .higher)
    #expect(standing(.limits(.p998), england) == .similar)
    #expect(standing(.overlap(.p95), england) == .higher)
    #expect(standing(.overlap(.p95), try share(300)) == .similar)
    #expect(standing(.overlap(.p95), try share(200)) == .higher)
    #expect(standing(.overlap(.p95), try share(500)) == .lower)
  }

  @Test("What cannot be compared says why") func notCompared() throws {
    let own = try share(300)
    func reason(_ own: Estimate, _ benchmark: Estimate, _ method: ComparisonMethod) -> String? {
      let comparison = BenchmarkComparison(
        own, with: benchmark, named: "England", polarity: .neutral, by: method)
      #expect(comparison.standing == .notCompared)
      return comparison.reason
    }
    let bare = Estimate.published(30, unit: .percentage)
    #expect(reason(bare, own, .limits(.p95)) == "the area has no 95% limits")
    #expect(reason(bare, own, .overlap(.p998)) == "the area has no 99.8% limits")
    #expect(reason(own, bare, .overlap(.p95)) == "the benchmark has no 95% limits")
    #expect(reason(own, bare, .none) == "no comparison was asked for")
    #expect(reason(own, bare, .quartiles) == "quarters need at least 8 areas with a figure and there is 1")
    #expect(
      Quartile.refusal(count: 7)?.hasSuffix("and there are 7") == true && Quartile.refusal(count: 8) == nil)
    #expect(reason(own, .published(.nan, unit: .percentage), .limits(.p95)) == "a value is not a number")
    #expect(
      reason(own, .published(0.3, unit: .proportion), .limits(.p95))
        == "the area is told in per cent and the benchmark in proportion")
  }

  @Test("By quartiles the best quarter is better and the worst is worse") func quartiles() {
    let others = [1.0, 2, 3, 4, 5, 6, 7, 8]
    func standing(_ value: Double, _ polarity: Polarity) -> Standing {
      BenchmarkComparison(
        .published(value, unit: .percentage), with: .published(4, unit: .percentage), named: "England",
        polarity: polarity, by: .quartiles, among: others
      ).standing
    }
    #expect(standing(9, .higherIsBetter) == .better)
    #expect(standing(0, .higherIsBetter) == .worse)
    #expect(standing(9, .lowerIsBetter) == .worse)
    #expect(standing(4.5, .lowerIsBetter) == .similar)
    #expect(standing(9, .neutral) == .higher)
    #expect(standing(0, .neutral) == .lower)
    // Quartiles of 1...8 and 3: 3, 4 and 6; who is on a bound is in the middle.
    for polarity in Polarity.allCases {
      #expect(standing(3, polarity) == .similar)
      #expect(standing(6, polarity) == .similar)
    }
  }

  @Test("Every rule is a sentence and has a name") func rules() {
    for text in ["limits-95", "limits-99.8", "overlap-95", "overlap-99.8", "quartiles", "none"] {
      #expect(ComparisonMethod(text)?.rule.isEmpty == false)
    }
    #expect(ComparisonMethod("eye") == nil)
    #expect(ComparisonMethod("limits-99.8") == .limits(.p998))
  }
}

@Suite("An area among others") struct PeerComparisonTests {
  private typealias Peer = PeerComparison.Peer
  private let peers = [
    Peer("Wirral", 30), Peer("St. Helens", 40), Peer("Wigan", nil), Peer("Halton", 50), Peer("Bury", 20),
  ]

  @Test("Rank, quartile, z, median and range, with missing areas named") func measures() throws {
    let high = try PeerComparison(45, among: peers, polarity: .higherIsBetter, subject: "s")
    #expect(high.rank == 2)
    #expect(high.count == 5)
    #expect(high.missing == ["Wigan"])
    #expect(high.mean == 35)
    #expect(high.median == 35)
    #expect(high.range == 20...50)
    // Squared deviations 25 + 25 + 225 + 225 over three.
    #expect(agree(try #require(high.standardDeviation), (500.0 / 3).squareRoot(), within: 1e-14))
    #expect(agree(try #require(high.zScore), 10 / (500.0 / 3).squareRoot(), within: 1e-14))
    // Five areas have no quarters, and a neutral measure none to miss.
    #expect(high.quartile == nil)
    #expect(high.quartileRefusal == "quarters need at least 8 areas with a figure and there are 5")
    let low = try PeerComparison(45, among: peers, polarity: .lowerIsBetter, subject: "s")
    #expect(low.rank == 4)
    let neutral = try PeerComparison(45, among: peers, polarity: .neutral, subject: "s")
    #expect(neutral.rank == 2)
    #expect(neutral.quartile == nil && neutral.quartileRefusal == nil)
    #expect(Set([high, low, neutral].map(\.rankingRule)).count == 3)
  }

  @Test("Ties share the first of their places") func ties() throws {
    let tied = try PeerComparison(40, among: peers, polarity: .higherIsBetter, subject: "s")
    #expect(tied.rank == 2)
    #expect(tied.ties == 1)
  }

  /// The quarter of each value among all.
  private func letters(_ all: [Double], _ polarity: Polarity) -> String {
    all.indices.map { index in
      let others = all.enumerated().filter { $0.offset != index }.map(\.element)
      return Quartile(of: all[index], among: others, polarity: polarity)?.rawValue ?? "-"
    }.joined()
  }

  @Test("A is the best quarter and D the worst; who is on a bound is in the middle") func quartiles() {
    // Of eight areas two are in each quarter; of nine, the third, fifth and seventh are on the bounds.
    #expect(letters((1...8).map { Double($0) }, .lowerIsBetter) == "AABBCCDD")
    #expect(letters((1...9).map { Double($0) }, .lowerIsBetter) == "AABBBCCDD")
    #expect(letters((1...9).map { Double($0) }, .higherIsBetter) == "DDCCBBBAA")
    #expect(letters((1...9).map { Double($0) }, .neutral) == "---------")
    #expect(letters((1...7).map { Double($0) }, .lowerIsBetter) == "-------")
    #expect(Quartile(of: .nan, among: (1...9).map { Double($0) }, polarity: .lowerIsBetter) == nil)
    #expect(Quartile(of: 1, among: (1...9).map { Double($0) } + [.infinity], polarity: .lowerIsBetter) == nil)
  }

  @Test("An area is in the same quarter whether a measure is worded as its good or as its bad side")
  func wording() {
    let patterns: [[Double]] = [
      [90, 80, 70, 60, 50, 40, 30, 20, 10], [75, 72, 71, 70, 68, 66, 65, 63, 63, 63, 63],
      [63, 63, 63, 63, 63, 63, 63, 63], [63.3, 63.3, 63.3, 61.1, 61.1, 60.7, 60.7, 60.7, 59.9, 58, 57, 57],
    ]
    for attendance in patterns {
      let good = letters(attendance, .higherIsBetter)
      #expect(good == letters(attendance.map { -$0 }, .lowerIsBetter))
      // No tie makes more areas best or worst than a quarter holds.
      for end in ["A", "D"] {
        #expect(good.filter { String($0) == end }.count * 4 <= attendance.count + 1, "\(good)")
      }
    }
    // Four areas that tie in places 8 to 11 of 11 reach across the bound of the worst quarter, which is then empty.
    #expect(letters(patterns[1], .higherIsBetter) == "AAABBBCCCCC")
    #expect(letters(patterns[2], .higherIsBetter) == "BBBBBBBB")
  }

  @Test("Others that do not vary give no z, and one other no deviation") func noSpread() throws {
    let same = try PeerComparison(
      45, among: [Peer("A", 0.1), Peer("B", 0.1), Peer("C", 0.1)], polarity: .neutral, subject: "s")
    #expect(same.zScore == nil)
    let one = try PeerComparison(45, among: [Peer("A", 1)], polarity: .neutral, subject: "s")
    #expect(one.standardDeviation == nil)
    #expect(one.zScore == nil)
  }

  @Test("Nobody to compare with, and values that are no numbers, are refused") func refusals() {
    #expect(
      throws: IndicatorsError.tooFewPoints(
        series: "s", method: "a comparison with other areas", found: 0, needed: 1)
    ) { try PeerComparison(1, among: [Peer("A", nil)], polarity: .neutral, subject: "s") }
    #expect(throws: IndicatorsError.self) {
      try PeerComparison(.nan, among: peers, polarity: .neutral, subject: "s")
    }
    #expect(throws: IndicatorsError.self) {
      try PeerComparison(1, among: [Peer("A", .infinity)], polarity: .neutral, subject: "s")
    }
  }
}
