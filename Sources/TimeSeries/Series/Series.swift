/// The figures of one measure in one area, in the order of their periods.
///
/// Periods are of one kind, strictly increasing and a whole number of steps apart. Gaps are allowed and can be asked
/// for (``gaps``); nothing fills them silently.
public struct Series: Hashable, Sendable {
  /// A column of the source that the reader does not interpret, and its value for this series.
  public struct Attribute: Hashable, Sendable {
    /// The column's name.
    public let name: String
    /// The value, as it was written.
    public let value: String

    /// An attribute.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A run of periods, between the first and the last of a series, that have no figure at all.
  public struct Gap: Hashable, Sendable {
    /// The first period that is missing.
    public let first: Period
    /// The number of periods that are missing.
    public let count: Int
  }

  /// The identifier.
  public let id: String
  /// The area that the figures describe, where there is one.
  public let area: String?
  /// What is measured.
  public let measure: Measure
  /// The figures, in the order of their periods.
  public let points: [DataPoint]
  /// What else the source says of the series, in the order of its columns.
  public let attributes: [Attribute]
  /// The names of the numbers that stand beside every figure (``DataPoint/covariates``), in their order.
  public let covariateNames: [String]

  /// A series; its figures are sorted by period, and may be none.
  ///
  /// - Throws: ``TimeSeriesError/mixedKinds(series:first:other:)``,
  ///   ``TimeSeriesError/duplicatePeriod(series:period:)`` or
  ///   ``TimeSeriesError/impossibleRounding(series:period:rounding:)``.
  public init(
    id: String, area: String? = nil, measure: Measure, points: [DataPoint], attributes: [Attribute] = [],
    covariateNames: [String] = []
  ) throws(TimeSeriesError) {
    var sorted = points
    // By position, which looks at the periods alone and copies no figure.
    let inOrder = points.indices.dropFirst().allSatisfy { points[$0 - 1].period < points[$0].period }
    if !inOrder { sorted.sort { $0.period < $1.period } }
    for position in sorted.indices.dropFirst() {
      let (period, next) = (sorted[position - 1].period, sorted[position].period)
      guard let distance = period.distance(to: next) else {
        throw .mixedKinds(series: id, first: period, other: next)
      }
      guard distance > 0 else { throw .duplicatePeriod(series: id, period: next) }
    }
    for position in sorted.indices {
      if let rounding = sorted[position].rounding, !DataPoint.isRounding(rounding) {
        throw .impossibleRounding(series: id, period: sorted[position].period, rounding: rounding)
      }
    }
    self.init(
      id: id, area: area, measure: measure, sorted: sorted, attributes: attributes,
      covariateNames: covariateNames)
  }

  private init(
    id: String, area: String?, measure: Measure, sorted: [DataPoint], attributes: [Attribute],
    covariateNames: [String]
  ) {
    self.id = id
    self.area = area
    self.measure = measure
    self.points = sorted
    self.attributes = attributes
    self.covariateNames = covariateNames
  }

  /// The same series with some of its points, which are in order.
  func keeping(_ kept: [DataPoint]) -> Series {
    Series(
      id: id, area: area, measure: measure, sorted: kept, attributes: attributes,
      covariateNames: covariateNames)
  }
}
