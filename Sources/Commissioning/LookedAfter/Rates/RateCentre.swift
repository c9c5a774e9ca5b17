/// Towards what the rates of an age band are drawn where the authority's own counts are few.
public enum RateCentre: Sendable {
  /// The same transition over all ages of the authority itself.
  case allAges
  /// The same transition at the same age in a comparator: statistical neighbours, the region or England.
  case comparator(CareRates)
}
