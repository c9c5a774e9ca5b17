import Testing
import TimeSeries

@testable import Commissioning

/// What the tests of money beside the grant share.
enum FundSample {
  static let asOf = CivilDate(year: 2025, month: 6, day: 30) ?? CivilDate(daysSinceEpoch: 0)
  static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
  }
  static func rule<Content: Hashable & Sendable>(
    _ content: Content, from effective: CivilDate = date(2020, 4, 1), known: CivilDate = date(2020, 1, 1)
  ) -> DatedRule<Content> {
    DatedRule(content: content, effective: effective, known: known, source: "a circular")
  }
  static func year(_ start: Int) -> FinancialYear { FinancialYear(start) }

  /// The sentence of a refusal; empty, with an issue, where nothing was refused.
  static func refusal(_ work: () throws -> Any) -> String {
    do {
      _ = try work()
      Issue.record("nothing was refused")
      return ""
    } catch { return "\(error)" }
  }

  static func values(_ draws: Draws, _ count: Int) -> [Double] { (0..<count).map { draws[$0] ?? .nan } }

  static func share(
    _ happened: Double, _ cases: Double, _ comparator: Double = 0.5, worth strength: Double = 0
  ) throws -> CountedShare {
    try CountedShare("a share", happened: happened, of: cases, comparator: comparator, strength: strength)
  }
}

extension Draws {
  /// Whether two quantities are the same bits in every one of some futures.
  func isSame(as other: Draws, futures: Int) -> Bool {
    (0..<futures).allSatisfy { self[$0]?.bitPattern == other[$0]?.bitPattern }
  }
}
