import Foundation
import LinearAlgebra
import Testing

@testable import Forecasting

/// What R 4.2.2 (`glm`, `MASS::glm.nb`) and 30- to 40-digit arithmetic found, as described in Fixtures/ORIGIN.md.
enum GeneralisedLinearReference {
  struct Fit: Decodable {
    let family: String
    let coef: [String: Double]
    let se: [String: Double]
    let vcov: [[Double]]
    let deviance: Double
    let dfResidual: Int
    let pearsonChi2: Double
    let dispersion: Double
    let loglik: Double?
    let fitted: [Double]
    let leverage: [Double]
    let devianceResiduals: [Double]
    let theta: Double?
    let seTheta: Double?
  }

  struct HighPrecision: Decodable {
    let coef: [Double]
    let se: [Double]?
    let seGivenTheta: [Double]?
    let theta: Double?
    let seThetaBetaFixed: Double?
    let loglik: Double?
  }

  struct Counts: Decodable {
    let poisson: Fit
    let quasipoisson: Fit
    let negbin: Fit
    let mpmathCheck: [String: HighPrecision]
  }

  struct Menarche: Decodable {
    let logit: Fit
    let probit: Fit
    let mpmathCheck: [String: HighPrecision]
  }

  static let countColumns = ["(Intercept)", "t", "sin12", "cos12"]
  static let menarcheColumns = ["(Intercept)", "age"]

  private static func data(_ file: String) throws -> Data {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/glm/\(file)", withExtension: nil))
    return try Data(contentsOf: url)
  }

  private static func decoded<Value: Decodable>(_ file: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .custom { path in
      let key = path[path.count - 1]
      // Names of columns are keys of dictionaries and stay as they are.
      return Key(key.stringValue.hasPrefix("(") ? key.stringValue : camelCase(key.stringValue))
    }
    return try decoder.decode(Value.self, from: try data(file))
  }

  private static func camelCase(_ text: String) -> String {
    let words = text.split(separator: "_")
    return words.prefix(1).joined() + words.dropFirst().map(\.capitalized).joined()
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  static func counts() throws -> Counts { try decoded("count_glm_open.json") }
  static func menarche() throws -> Menarche { try decoded("menarche_binomial.json") }

  /// The columns of a table, by place.
  static func table(_ file: String) throws -> [[Double]] {
    let lines = String(decoding: try data(file), as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
    let rows = try lines.map { line in try line.split(separator: ",").map { try #require(Double($0)) } }
    return (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column] } }
  }

  /// Sixty months of counts with a population, a trend and a yearly wave.
  static func countFit(_ family: ResponseFamily) throws -> GeneralisedLinearFit {
    let columns = try table("counts_open.csv")
    let design = Matrix(rows: columns[0].count, columns: 4) { row, column in
      [1, columns[0][row], columns[2][row], columns[3][row]][column]
    }
    return try GeneralisedLinearModel(design: design, columnNames: countColumns, family: family)
      .fit(columns[4], offset: columns[1].map { log($0) })
  }

  /// Ages at menarche (Milicer and Szczotka, 1966), in R's package MASS.
  static func menarcheFit(_ link: LinkFunction) throws -> GeneralisedLinearFit {
    let columns = try table("menarche.csv")
    let design = Matrix(rows: columns[0].count, columns: 2) { $1 == 0 ? 1 : columns[0][$0] }
    return try GeneralisedLinearModel(design: design, columnNames: menarcheColumns, family: .binomial(link))
      .fit(columns[2], trials: columns[1])
  }
}

/// The greatest relative difference between two lists.
func greatestDifference(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).map { abs($0 - $1) / max(abs($1), .leastNormalMagnitude) }.max() ?? 0
}
