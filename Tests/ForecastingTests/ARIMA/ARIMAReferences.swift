import Foundation
import Testing

@testable import Forecasting

/// What R 4.2.2 and statsmodels found for ARIMA models, as described in Fixtures/ORIGIN.md.
struct ARIMAReference: Decodable {
  struct Arima: Decodable {
    let sigma2: Double
    let forecastSe: [Double]
    let forecastMean: [Double]
    enum CodingKeys: String, CodingKey {
      case sigma2
      case forecastSe = "forecast_se"
      case forecastMean = "forecast_mean"
    }
  }
  struct Check: Decodable {
    let loglikAtRCoefExactMLOfDifferencedSeries: Double
    let concentratedScale: Double
    enum CodingKeys: String, CodingKey {
      case loglikAtRCoefExactMLOfDifferencedSeries = "loglik_at_R_coef_exact_ML_of_differenced_series"
      case concentratedScale = "concentrated_scale"
    }
  }
  let series: String
  let label: String
  let order: [Int]
  let seasonal: [Int]
  let period: Int
  let coef: [String: Double]
  let se: [String: Double]
  let loglik: Double
  let statsArima: Arima
  let forecastSe: [Double]
  let check: Check

  enum CodingKeys: String, CodingKey {
    case series, label, order, seasonal, period, coef, se, loglik
    case statsArima = "stats_arima"
    case forecastSe = "forecast_se"
    case check = "statsmodels_check"
  }

  static let labels = [
    "Nile_011", "Nile_101_mean", "WWWusage_111", "WWWusage_310", "logAirPassengers_011_011",
    "logJohnsonJohnson_011_011", "sunspot.year_200",
  ]

  static func named(_ label: String) throws -> ARIMAReference {
    try JSONDecoder().decode(ARIMAReference.self, from: try Reference.text("arima/\(label).json"))
  }

  var model: ARIMA {
    ARIMA(
      order: .init(order[0], order[1], order[2]),
      seasonal: .init(seasonal[0], seasonal[1], seasonal[2]),
      season: seasonal == [0, 0, 0] ? nil : period, constant: coef["intercept"] == nil ? .none : .mean)
  }

  func sample() throws -> Sample { try Self.sample(series, period: period) }

  /// A series of R's datasets by name, as logarithms where the name says so.
  static func sample(_ name: String, period: Int) throws -> Sample {
    let isLogarithm = name.hasPrefix("log")
    let base = isLogarithm ? name.dropFirst(3).filter { $0 != "(" && $0 != ")" } : name
    let isMonthly = ["AirPassengers", "JohnsonJohnson"].contains(base)
    let rows = String(
      decoding: try Reference.text(isMonthly ? "arima/series/\(base).csv" : "\(base).csv"), as: UTF8.self
    ).split(whereSeparator: \.isNewline)
    let values = rows.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
    return numbers(isLogarithm ? values.map { log($0) } : values, season: period)
  }
}

/// A sample of numbers on the scale as measured; nil leaves a gap.
func numbers(_ values: [Double?], season: Int = 1, regressors: [Regressor] = []) -> Sample {
  let known = values.indices.filter { values[$0] != nil }
  return Sample(
    name: "numbers", positions: known.map { $0 - (known.first ?? 0) },
    observed: known.compactMap { values[$0] },
    labels: known.map { "period \($0 + 1)" }, scale: .natural, samplingVariances: nil, season: season,
    regressors: regressors)
}
