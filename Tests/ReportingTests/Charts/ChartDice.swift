import Foundation
import Testing

@testable import Reporting

/// Random figures that are the same in every run (SplitMix64; Steele, Lea and Flood 2014).
final class ChartDice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  func whole(_ range: ClosedRange<Int>) -> Int {
    var dice = self
    return Int.random(in: range, using: &dice)
  }

  func figure(_ range: ClosedRange<Double>) -> Double {
    var dice = self
    return Double.random(in: range, using: &dice)
  }

  func isTrue(_ share: Double = 0.5) -> Bool { figure(0...1) < share }

  func pick<Element>(_ elements: [Element]) throws -> Element {
    try #require(elements.isEmpty ? nil : elements[whole(0...elements.count - 1)])
  }

  /// A figure of any size that councils count in, or of sizes that no council does.
  func size() -> Double {
    if isTrue(0.15) {
      return [0, 1e300, 1e12, .leastNonzeroMagnitude, .leastNormalMagnitude / 8, 1e-12][whole(0...5)]
        * (isTrue() ? 1 : -1)
    }
    let exponent = figure(-2...9)
    return (isTrue() ? 1 : -1) * figure(1...10) * Foundation.pow(10, exponent)
  }

  /// A name of any length and script.
  func name() throws -> String {
    try pick([
      "", "Sefton", "Five counties and towns",
      "Children in dearer settings than before (independent schools)",
      "<script>alert(1)</script>", "=cmd()", "תוכנית ירוקה", "🎉👩‍👧‍👦", "abc\u{202E}def", "a\nb\tc",
      String(repeating: "W", count: 200), String(repeating: "long words ", count: 19), "2024/25",
    ])
  }

  /// A unit.
  func unit() throws -> ChartUnit {
    try pick([.pounds, .percentage, .count("plans"), .count("per 10,000 children"), .count(try name())])
  }
}
