import Foundation
import RealModule
import Testing

@testable import Forecasting

/// What statsmodels and R's StructTS found, as described in Fixtures/ORIGIN.md.
struct StructuralReference {
  struct File: Decodable {
    struct Fits: Decodable { let exactDiffuse: Fit }
    struct Fit: Decodable {
      let variances: [String: Double]
      let loglik: Double
      let forecast: Forecast
      let smoothedLevel: [Double]
      let smoothedLevelVar: [Double]
      let glsMarginalLoglikCheck: Double?
    }
    struct Forecast: Decodable {
      let mean: [Double]
      let se: [Double]
    }
    let fits: Fits
  }

  /// A series, its logarithm where the reference took it, and the model.
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let series: String
    let base: Double?
    let specification: String
    var testDescription: String { file }
  }

  static let cases = [
    Case(file: "Nile_llevel", series: "Nile", base: nil, specification: "local-level"),
    Case(file: "Nile_lltrend", series: "Nile", base: nil, specification: "local-linear-trend"),
    Case(
      file: "logJohnsonJohnson_lltrend", series: "uc_statsmodels/JohnsonJohnson", base: M_E,
      specification: "local-linear-trend"),
    Case(file: "loguspop_lltrend", series: "uspop", base: M_E, specification: "local-linear-trend"),
    Case(
      file: "log10AirPassengers_BSM", series: "uc_statsmodels/AirPassengers", base: 10,
      specification: "structural(trend,season=dummy)12"),
  ]

  /// The parts under the names that statsmodels gives them.
  static let names = [
    "sigma2.irregular": "irregular variance", "sigma2.level": "level variance",
    "sigma2.trend": "slope variance", "sigma2.seasonal": "season variance",
  ]

  static func read<Content: Decodable>(_ file: String, as type: Content.Type) throws -> Content {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: try Reference.text(file))
  }

  static func sample(_ name: String, base: Double?) throws -> Sample {
    let rows = String(decoding: try Reference.text("\(name).csv"), as: UTF8.self).split(
      whereSeparator: \.isNewline)
    let values = rows.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
    return try natural(values.map { value in base.map { Double.log(value) / Double.log($0) } ?? value })
  }

  static func fit(_ item: Case) throws -> FittedStructuralModel {
    try #require(
      try ModelCatalogue.model(named: item.specification).fit(try sample(item.series, base: item.base))
        as? FittedStructuralModel)
  }
}

@Suite("Structural models against independent software")
struct StructuralReferenceTests {
  @Test("tmp", arguments: StructuralReference.cases)
  func tmp(item: StructuralReference.Case) throws {
    let reference = try StructuralReference.read(
      "uc_statsmodels/\(item.file).json", as: StructuralReference.File.self
    )
    .fits.exactDiffuse
    let fitted = try StructuralReference.fit(item)
    print(item.file, fitted.likelihood!.value, reference.loglik, fitted.likelihood!.value - reference.loglik)
    print(fitted.parameters, reference.variances, fitted.nodes.count)
    let f = try fitted.plugIn(horizon: 10)
    print(
      zip(f.means, reference.forecast.mean).map { abs($0 / $1 - 1) }.max()!,
      zip(f.variances, reference.forecast.se).map { abs($0.squareRoot() / $1 - 1) }.max()!)
    print(zip(fitted.components[0].values, reference.smoothedLevel).map { abs($0 / $1 - 1) }.max()!)
    print(
      zip(fitted.components[0].standardErrors!, reference.smoothedLevelVar).map { abs($0 * $0 / $1 - 1) }
        .max()!)
    print(fitted.remarks)
  }
}
