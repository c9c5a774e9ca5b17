import Foundation
import Testing

/// The reference results of public health: counts with their limits, standardised rates, trends in proportions.
enum PublicHealthFixture {
  /// The rows of a table, by column.
  static func table(_ name: String) throws -> [[String: Double]] {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/public_health/\(name)", withExtension: "csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    let header = try #require(lines.first).split(separator: ",").map(String.init)
    return try lines.dropFirst().map { line in
      let cells = try line.split(separator: ",").map { try #require(Double($0)) }
      return Dictionary(uniqueKeysWithValues: zip(header, cells))
    }
  }

  /// The document of a file.
  static func document<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/public_health/\(name)", withExtension: "json"))
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }
}

/// Whether two numbers agree to a relative tolerance; two zeros agree, and nothing else agrees with 0 but what is as
/// small as the tolerance.
func agree(_ found: Double, _ expected: Double, within tolerance: Double) -> Bool {
  (found - expected).magnitude <= tolerance * max(1e-3, expected.magnitude)
}
