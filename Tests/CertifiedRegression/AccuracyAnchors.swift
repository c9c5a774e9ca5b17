/// The digits that other solvers reach on the certified sets, and the ceiling that double-precision columns
/// set.
public struct AccuracyAnchors: Sendable {
  /// The digits of one method on one set; nil where they were not measured.
  public struct Digits: Equatable, Sendable {
    /// Of the coefficients.
    public let coefficients: Double?
    /// Of the standard errors.
    public let standardErrors: Double?

    /// Digits as measured.
    public init(coefficients: Double?, standardErrors: Double?) {
      self.coefficients = coefficients
      self.standardErrors = standardErrors
    }
  }

  /// The row that gives the exact solution of the rounded problem.
  public static let ceiling = "CEILING: exact LS of float64-rounded data and powers"

  private let table: CommaSeparatedTable

  /// Reads `lre_anchors.csv` in a folder.
  public init(folder: String) throws {
    table = try CommaSeparatedTable(path: folder + "/lre_anchors.csv")
  }

  /// The digits of `method` on the set called `dataSet`; nil if the table has no such row.
  public func digits(of method: String, on dataSet: String) throws -> Digits? {
    for row in table.rows
    where try table.text("dataset", in: row) == dataSet && table.text("method", in: row) == method {
      return Digits(
        coefficients: Double(try table.text("min_lre_coef_vs_certified", in: row)),
        standardErrors: Double(try table.text("min_lre_se_vs_certified", in: row)))
    }
    return nil
  }
}
