/// One model among those that speak together in a forecast.
public struct Voice: Hashable, Sendable {
  /// The specification of the model.
  public let specification: String
  /// Its share of the whole, from 0 to 1; the shares of a forecast sum to one.
  public let weight: Double

  /// A model and its share.
  public init(_ specification: String, weight: Double) {
    self.specification = specification
    self.weight = weight
  }
}
