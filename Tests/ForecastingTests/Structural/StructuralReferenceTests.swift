import Foundation
import LinearAlgebra
import RealModule
import Testing

@testable import Forecasting

/// What statsmodels and R's StructTS found, as described in Fixtures/ORIGIN.md.
struct StructuralReference {
  struct Statsmodels: Decodable {
    struct Fits: Decodable { let exactDiffuse: Fit }
    struct Fit: Decodable {
      let variances: [String: Double]
      let loglik: Double
      let forecast: Prediction
      let smoothedLevel: [Double]
      let smoothedLevelVar: [Double]
    }
    let fits: Fits
  }

  struct StructTS: Decodable {
    let variances: [String: Double]
    let smoothedLevel: [Double]
    let forecast: Prediction
  }

  struct Prediction: Decodable {
    let mean: [Double]
    let se: [Double]
  }

  /// A series, the base of the logarithm that the reference took of it, and the model.
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

  /// The parts under the names that the references give them.
  static let names = [
    "sigma2.irregular": "irregular variance", "sigma2.level": "level variance",
    "sigma2.trend": "slope variance", "sigma2.seasonal": "season variance", "epsilon": "irregular variance",
    "level": "level variance", "slope": "slope variance", "seas": "season variance",
  ]

  static func read<Content: Decodable>(_ file: String, as type: Content.Type) throws -> Content {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: try Reference.text(file))
  }

  static func sample(_ name: String, base: Double?) throws -> Sample {
    let text = String(decoding: try Reference.text("\(name).csv"), as: UTF8.self)
    let values = text.split(whereSeparator: \.isNewline).dropFirst().compactMap {
      Double($0.split(separator: ",")[1])
    }
    return try natural(values.map { value in base.map { Double.log(value) / Double.log($0) } ?? value })
  }

  static func fit(_ item: Case) throws -> FittedStructuralModel {
    try #require(
      try ModelCatalogue.model(named: item.specification).fit(try sample(item.series, base: item.base))
        as? FittedStructuralModel)
  }

  /// A local linear trend, with a season of dummies where there is one, with given variances.
  static func system(_ variances: [String: Double], season: Int = 1) throws -> StateSpace {
    let model = StructuralModel(trend: .linear, season: season > 1 ? .dummy : .none)
    let layout = StructuralLayout(
      model, seasonLength: season, covariates: 0, isIrregularEstimated: true)
    let parameters = try layout.parts.map { part in
      try #require(variances.first { Self.names[$0.key] == "\(part.rawValue) variance" }).value
    }
    var system = layout.system()
    parameters.withUnsafeBufferPointer { layout.fill(&system, $0) }
    return system
  }
}

@Suite("Structural models against independent software")
struct StructuralReferenceTests {
  @Test("likelihood, variances and forecasts are those of statsmodels", arguments: StructuralReference.cases)
  func statsmodels(item: StructuralReference.Case) throws {
    let reference = try StructuralReference.read(
      "uc_statsmodels/\(item.file).json", as: StructuralReference.Statsmodels.self
    ).fits.exactDiffuse
    let fitted = try StructuralReference.fit(item)
    let likelihood = try #require(fitted.likelihood)
    #expect(likelihood.convention == .diffuse)
    expectReference(
      "uc_statsmodels", item.file, "log-likelihood", likelihood.value, reference.loglik, .absolute(1e-5))
    let largest = reference.variances.values.reduce(0, max)
    for (key, variance) in reference.variances {
      let name = try #require(StructuralReference.names[key])
      let own = try #require(fitted.parameters.first { $0.name == name })
      if variance < 1e-8 * largest {
        // What a search without bounds leaves near zero is exactly zero here, and the reader is told.
        expectReference("uc_statsmodels", item.file, "variances of zero", own.value, 0, .absolute(0))
        #expect(own.standardError == nil)
        let part = name.replacing(" variance", with: "")
        #expect(fitted.remarks.contains { $0.hasPrefix("the variance of the \(part) is estimated as zero") })
      } else {
        expectReference("uc_statsmodels", item.file, "variances", own.value, variance, .relative(1e-3))
        #expect(try #require(own.standardError) > 0)
      }
    }
    let forecast = try fitted.plugIn(horizon: reference.forecast.mean.count)
    let level = try #require(fitted.components.first { $0.name == "level" })
    let errors = try #require(level.standardErrors)
    let comparisons: [(String, [Double], [Double])] = [
      ("forecasts", forecast.means, reference.forecast.mean),
      (
        "standard errors of forecasts", forecast.variances.map { $0.squareRoot() }, reference.forecast.se
      ),
      ("smoothed level", level.values, reference.smoothedLevel),
      ("variances of the smoothed level", errors.map { $0 * $0 }, reference.smoothedLevelVar),
    ]
    for (quantity, own, expected) in comparisons {
      expectReference("uc_statsmodels", item.file, quantity, own, expected, .relative(1e-4))
    }
  }

  @Test("the local level of the Nile is that of StructTS and of the textbook: 15098.5 and 1469.2")
  func nile() throws {
    let reference = try StructuralReference.read(
      "structts/Nile_level.json", as: StructuralReference.StructTS.self)
    let fitted = try StructuralReference.fit(StructuralReference.cases[0])
    for (key, variance) in reference.variances {
      let own = try #require(fitted.parameters.first { $0.name == StructuralReference.names[key] })
      expectReference("structts", "Nile_level", "variances", own.value, variance, .relative(1e-3))
    }
    expectReference(
      "published", "Nile, local level", "variances, Durbin and Koopman", Array(fitted.maximum.prefix(2)),
      [15098.5, 1469.2], .absolute(0.1))
    let forecast = try fitted.plugIn(horizon: reference.forecast.mean.count)
    let level = try #require(fitted.components.first { $0.name == "level" })
    let comparisons: [(String, [Double], [Double])] = [
      ("forecasts", forecast.means, reference.forecast.mean),
      (
        "standard errors of forecasts", forecast.variances.map { $0.squareRoot() }, reference.forecast.se
      ),
      ("smoothed level", level.values, reference.smoothedLevel),
    ]
    for (quantity, own, expected) in comparisons {
      expectReference("structts", "Nile_level", quantity, own, expected, .relative(1e-5))
    }
  }

  /// StructTS (R 4.2.2) fills its whole prior variance with one constant, which ties the states of the start together
  /// (Fixtures/ORIGIN.md), so that what it finds is no maximum from a diffuse start. The proof is a likelihood by a
  /// formula that has nothing of the filter: that of one large normal distribution.
  @Test(
    "with more than one state StructTS is far from the maximum of the diffuse likelihood, by a formula of its own",
    arguments: [
      ("structts/logJohnsonJohnson_trend.json", 2, 1), ("structts/log10AirPassengers_BSM.json", 4, 12),
    ])
  func structTS(file: String, place: Int, season: Int) throws {
    let reference = try StructuralReference.read(file, as: StructuralReference.StructTS.self)
    let fitted = try StructuralReference.fit(StructuralReference.cases[place])
    let theirs = try StructuralReference.system(reference.variances, season: season)
    let own = try DenseSystem(fitted.system, fitted.series).logLikelihood(startVariance: 1e4)
    let other = try DenseSystem(theirs, fitted.series).logLikelihood(startVariance: 1e4)
    // The formula is exact as κ goes to infinity; rounding keeps κ where it is.
    #expect(abs(own - (try #require(fitted.likelihood).value)) < 0.05)
    #expect(own > other + 0.5, "\(own) against \(other)")
  }
}
