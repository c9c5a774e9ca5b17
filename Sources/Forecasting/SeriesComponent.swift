/// A part that a fitted model sees in the series, such as its trend or its season, on the model's scale.
public struct SeriesComponent: Hashable, Sendable {
  /// The field's name for it: `level`, `trend`, `season`, `regression`, `remainder` …
  public let name: String
  /// Its value at every period from the first observation to the last, gaps included.
  public let values: [Double]
  /// Its standard errors, where the method gives them.
  public let standardErrors: [Double]?

  /// A component with its values.
  public init(_ name: String, _ values: [Double], standardErrors: [Double]? = nil) {
    self.name = name
    self.values = values
    self.standardErrors = standardErrors
  }
}
