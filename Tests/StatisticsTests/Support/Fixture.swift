import Foundation
import Testing

/// The rows of a comma-separated fixture, without its comments and header.
func fixture(_ name: String) throws -> [[String]] {
  let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "csv"))
  let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
  return lines.filter { !$0.hasPrefix("#") }.dropFirst().map {
    $0.split(separator: ",").map(String.init)
  }
}

/// The difference of `value` from `expected`, relative to `expected`, or to 1 where that is smaller than `floor`.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  if value == expected { return 0 }
  return abs(value - expected) / abs(expected)
}
