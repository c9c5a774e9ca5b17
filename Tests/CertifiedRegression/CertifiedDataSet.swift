import Foundation

/// A regression data set with certified coefficients and standard errors (NIST StRD, linear least squares).
public struct CertifiedDataSet: Sendable {
  /// The name NIST gave it.
  public let name: String
  /// The response.
  public let response: [Double]
  /// The columns of the design: an intercept if the model has one, then predictors or powers, formed in
  /// double.
  public let columns: [[Double]]
  /// The single predictor, if the model is a polynomial.
  public let abscissae: [Double]
  /// The degree, if the model is a polynomial.
  public let degree: Int?
  /// Whether the model has an intercept.
  public let hasIntercept: Bool
  /// The certified coefficients.
  public let estimates: [Double]
  /// The certified standard errors.
  public let standardErrors: [Double]
  /// The certified standard deviation of the residuals.
  public let residualDeviation: Double
  /// The certified R².
  public let rSquared: Double

  /// The columns laid end to end, as a column-major design.
  public var columnMajor: [Double] { columns.flatMap { $0 } }

  /// Reads all sets of a folder in the order of its `certified_models.csv`.
  public static func load(folder: String) throws -> [CertifiedDataSet] {
    let certified = try CommaSeparatedTable(path: folder + "/certified.csv")
    let models = try CommaSeparatedTable(path: folder + "/certified_models.csv")
    return try models.rows.map { model in
      let name = try models.text("dataset", in: model)
      let data = try CommaSeparatedTable(path: "\(folder)/\(name).csv")
      let predictors = try data.header.dropFirst().map { try data.column($0) }
      let hasIntercept = try models.text("intercept", in: model) == "1"
      let degree = Int(try models.text("poly_degree", in: model))
      let response = try data.column("y")
      var columns = hasIntercept ? [[Double](repeating: 1, count: response.count)] : []
      if let degree, let x = predictors.first {
        var power = x
        for exponent in 1...degree {
          columns.append(power)
          if exponent < degree { power = zip(power, x).map(*) }
        }
      } else {
        columns += predictors
      }
      let parameters = try certified.rows.filter { try certified.text("dataset", in: $0) == name }
      return CertifiedDataSet(
        name: name, response: response, columns: columns, abscissae: predictors.first ?? [], degree: degree,
        hasIntercept: hasIntercept,
        estimates: try parameters.map { try certified.number("estimate", in: $0) },
        standardErrors: try parameters.map { try certified.number("std_error", in: $0) },
        residualDeviation: try models.number("residual_sd", in: model),
        rSquared: try models.number("r_squared", in: model))
    }
  }
}
