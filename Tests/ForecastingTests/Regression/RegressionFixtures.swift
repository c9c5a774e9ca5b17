import Foundation
import LinearAlgebra
import Testing
import TimeSeries

@testable import Forecasting

/// Any JSON, for fixtures whose keys are names of columns.
enum JSONValue: Decodable {
  case number(Double)
  case text(String)
  case truth(Bool)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var number: Double? { if case .number(let value) = self { value } else { nil } }

  var list: [JSONValue] { if case .list(let values) = self { values } else { [] } }

  var numbers: [Double] { list.compactMap(\.number) }
}

enum RegressionFixture {
  static func json(_ file: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: try Reference.text(file))
  }

  /// The rows of a CSV file without its heading.
  static func rows(_ file: String) throws -> [[Double]] {
    String(decoding: try Reference.text(file), as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",").compactMap { Double($0) } }
  }

  /// Longley's design with an intercept, and its response.
  static func longley() throws -> (design: Matrix, response: [Double]) {
    let rows = try rows("hac_ar1/Longley.csv")
    return (
      Matrix(rows: rows.count, columns: 7) { $1 == 0 ? 1 : rows[$0][$1] }, rows.map { $0[0] }
    )
  }

  /// The interrupted series as months from April 2018: the 31st is October 2020.
  static func interrupted() throws -> Sample {
    try Sample(try monthly(try rows("its/its_open.csv").map { $0[3] }))
  }

  static let interruption: [RegressionTerm] = [
    .trend(degree: 1), .intervention(Intervention(.step, from: "2020-10")),
    .intervention(Intervention(.slope, from: "2020-10")),
  ]
}

/// Whether each number of a list agrees with another to within a share of it; lists of different lengths do not.
func agree(_ first: [Double], _ second: [Double], relative tolerance: Double) -> Bool {
  first.count == second.count && !first.isEmpty
    && zip(first, second).allSatisfy { agree($0, $1, relative: tolerance) }
}

/// A line from 10 with a small wave about it.
func wavy(_ count: Int, slope: Double, size: Double) -> [Double] {
  (0..<count).map { year in
    let wave = size * Double(year * 7 % 5)
    return 10 + slope * Double(year) + wave
  }
}
