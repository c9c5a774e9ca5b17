/// A further variable that is known beside the series, at the same periods and for some periods to come.
public struct Regressor: Hashable, Sendable {
  /// Its name: the column it was read from.
  public let name: String
  /// Its value at each period from the first observation on, as far as it is known; nil where a period has none.
  public let values: [Double?]

  /// A regressor with its values by position.
  public init(name: String, values: [Double?]) {
    self.name = name
    self.values = values
  }

  /// The value at a position, counted in periods from the first observation; nil where it is not known.
  public func value(at position: Int) -> Double? {
    values.indices.contains(position) ? values[position] : nil
  }
}
