import Foundation
import Testing

@testable import Forecasting

/// What R's `ets` and `HoltWinters` and an independent search found, as described in Fixtures/ORIGIN.md.
enum SmoothingReference {
  /// A fit of R's `ets`: its parameters, its states before the first observation, and its forecast from them.
  struct Published: Decodable {
    struct Forecast: Decodable {
      let mean: [Double]
      let lo80: [Double]
      let hi80: [Double]
      let lo95: [Double]
      let hi95: [Double]
    }
    let loglik: Double
    let sigma2: Double
    let params: [String: Double]
    let initstate: [String: Double]
    let forecast: Forecast
  }

  /// The best of many searches of an independent recursion.
  struct Refined: Decodable {
    struct Weights: Decodable {
      let alpha: Double
      let beta: Double?
      let gamma: Double?
      let phi: Double?
    }
    let bestLoglik: Double
    let bestParams: Weights
    let nPar: Int
    let plainRecursionForecastAtRParams: [Double]
  }

  private struct PublishedFile: Decodable {
    let fits: [String: Published]
    let frequency: Int
  }

  private struct RefinedFile: Decodable { let fits: [String: Refined] }

  /// A fit of R's `HoltWinters`.
  struct HoltWintersFit: Decodable {
    struct Forecast: Decodable { let mean: [Double] }
    let series: String?
    let seasonal: String
    let alpha: Double
    let beta: Double
    let gamma: Double
    let sumOfSquares: Double
    let startValues: StartValues
    let forecast: Forecast
    let parametersOptimised: Bool

    enum CodingKeys: String, CodingKey {
      case series, seasonal, alpha, beta, gamma, startValues, forecast, parametersOptimised
      case sumOfSquares = "SSE"
    }

    struct StartValues: Decodable {
      let l: Double
      let b: Double?
      let s: [Double]?
    }
  }

  /// One form of one series.
  struct Case: Sendable, CustomTestStringConvertible {
    let series: String
    let code: String
    var testDescription: String { "\(series) \(code)" }
  }

  static let cases: [Case] = [
    ("AirPassengers", ["ANN", "AAA", "MAM", "MAdM", "MNM"]),
    ("JohnsonJohnson", ["MNN", "AAA", "MAM", "MAdM"]),
    ("Nile", ["ANN", "AAN", "AAdN", "MNN", "MAN"]), ("WWWusage", ["ANN", "AAN", "AAdN", "MNN", "MAN"]),
    ("sunspot.year", ["ANN", "AAN", "AAdN"]), ("uspop", ["ANN", "AAN", "AAdN", "MAN"]),
  ].flatMap { series, codes in codes.map { Case(series: series, code: $0) } }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  static func published(_ reference: Case) throws -> Published {
    let decoder = JSONDecoder()
    let file = try decoder.decode(
      PublishedFile.self, from: try Reference.text("ets/\(reference.series).json"))
    return try #require(file.fits[reference.code])
  }

  static func refined(_ reference: Case) throws -> Refined {
    let file = try decoder.decode(
      RefinedFile.self, from: try Reference.text("ets_refined/\(reference.series).json"))
    return try #require(file.fits[reference.code])
  }

  static func holtWinters(_ name: String) throws -> HoltWintersFit {
    try decoder.decode(HoltWintersFit.self, from: try Reference.text("holtwinters/\(name).json"))
  }

  /// A series as measured, with its season.
  static func sample(_ name: String) throws -> Sample {
    let frequency = ["AirPassengers": 12, "JohnsonJohnson": 4][name] ?? 1
    let file = frequency > 1 ? "ets/\(name).csv" : "\(name).csv"
    let rows = String(decoding: try Reference.text(file), as: UTF8.self).split(whereSeparator: \.isNewline)
    return seasonal(rows.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }, period: frequency)
  }

  /// A sample put together from numbers, with a season.
  static func seasonal(_ values: [Double], period: Int) -> Sample {
    Sample(
      name: "series", positions: Array(values.indices), observed: values,
      labels: values.indices.map { "period \($0 + 1)" }, scale: .natural, samplingVariances: nil,
      season: period)
  }

  /// The form that a code such as `MAdM` stands for.
  static func form(_ code: String) throws -> ETSForm {
    let error = try #require(ETSForm.ErrorTerm(rawValue: String(code.prefix(1))))
    let season = try #require(ETSForm.Season(rawValue: String(code.suffix(1))))
    let trend = try #require(ETSForm.Trend(rawValue: String(code.dropFirst().dropLast())))
    return ETSForm(error: error, trend: trend, season: season)
  }

  /// The fit of a form at given weights and starting states.
  static func estimate(
    _ form: ETSForm, sample: Sample, weights: SmoothingWeights, start: ETSState
  ) throws -> ETSEstimate {
    let period = form.season == .none ? 0 : sample.season
    let trace = SmoothingTrace(count: sample.count, period: period)
    defer { trace.deallocate() }
    for (t, value) in sample.values.enumerated() { trace.values[t] = value }
    start.place(in: trace)
    #expect(SmoothingRecursion(form).run(trace, weights))
    // R's own optimum for uspop expects a negative population at first.
    var likelihood = InnovationsLikelihood(error: form.error, sample: sample)
    likelihood.needsPositive = false
    let (value, sum) = try #require(likelihood.value(of: trace))
    return ETSEstimate(
      form: form, trace: trace, weights: weights, logLikelihood: value, sumOfSquares: sum, fixed: ETS.Fixed())
  }

  /// R's own fit: its weights and its states before the first observation.
  static func estimate(_ reference: Case, _ published: Published) throws -> ETSEstimate {
    let form = try Self.form(reference.code)
    let sample = try Self.sample(reference.series)
    let weights = SmoothingWeights(
      alpha: published.params["alpha"] ?? 0, beta: published.params["beta"] ?? 0,
      gamma: published.params["gamma"] ?? 0, phi: published.params["phi"] ?? 1)
    // R numbers its seasons backwards: the first in time is the last.
    let season =
      form.season == .none
      ? [] : (0..<sample.season).map { published.initstate["s\(sample.season - $0)"] ?? .nan }
    return try estimate(
      form, sample: sample, weights: weights,
      start: ETSState(
        level: published.initstate["l"] ?? .nan, growth: published.initstate["b"] ?? 0, season: season))
  }
}
