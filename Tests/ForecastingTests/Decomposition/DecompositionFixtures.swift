import Foundation
import Testing

@testable import Forecasting

/// Series and results of independent software, as described in Fixtures/ORIGIN.md.
enum DecompositionFixtures {
  static func decoded<Value: Decodable>(_ type: Value.Type, _ file: String) throws -> Value {
    try JSONDecoder().decode(type, from: try Reference.text("\(file).json"))
  }

  static func values(_ series: String) throws -> [Double] {
    let folder = ["AirPassengers", "JohnsonJohnson"].contains(series) ? "theta/" : ""
    let rows = String(decoding: try Reference.text("\(folder)\(series).csv"), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    return try rows.dropFirst().map { row in try #require(Double(row.split(separator: ",")[1])) }
  }
}

/// A sample with a season, on the scale as measured unless told otherwise; nil leaves the period out.
func seasonal(_ values: [Double?], season: Int, scale: Scale = .natural) -> Sample {
  let known = values.enumerated().compactMap { index, value in value.map { (index, $0) } }
  return Sample(
    name: "plans", positions: known.map(\.0), observed: known.map(\.1),
    labels: known.map { "period \($0.0)" },
    scale: scale, samplingVariances: nil, season: season)
}
