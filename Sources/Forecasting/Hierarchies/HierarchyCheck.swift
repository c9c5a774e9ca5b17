import TimeSeries

extension Hierarchy {
  /// A published total that its published parts do not add up to.
  public struct Discrepancy: Hashable, Sendable {
    /// The aggregate.
    public let aggregate: String
    /// The period.
    public let period: Period
    /// The total as published.
    public let total: Double
    /// The sum of the parts as published.
    public let sum: Double
    /// How far apart rounding alone could put them.
    public let tolerance: Double
  }

  /// Whether published parts add up to published totals.
  ///
  /// In a tree an aggregate is compared with its parts one level down, and where series are grouped with its
  /// bottom series, in every period in which all of them have a value. Figures rounded to a step may each be
  /// half a step off, so that a total and its k parts may differ by (k + 1) / 2 steps; the step of a series
  /// is read from its figures.
  ///
  /// - Parameter series: one series for each of ``nodes``, in any order, called as in ``name(of:)``; those of
  ///   other names are not looked at.
  /// - Returns: the totals that differ by more than rounding explains, aggregate by aggregate in the order of
  ///   time.
  /// - Throws: ``ForecastingError/hierarchy(problem:)`` where a series is missing or given twice, or its unit
  ///   does not add up.
  public func check(_ series: [Series]) throws(ForecastingError) -> [Discrepancy] {
    var found = [Series?](repeating: nil, count: count)
    for one in series {
      guard let position = position(of: Self.name(of: one)) else { continue }
      guard found[position] == nil else {
        throw .hierarchy(problem: "\"\(Self.name(of: one))\" is given twice")
      }
      try SummableUnit.require(one.measure.unit, of: Self.name(of: one))
      found[position] = one
    }
    let nodes = nodes
    if let missing = found.firstIndex(where: { $0 == nil }) {
      throw .hierarchy(problem: "the series \"\(nodes[missing])\" is missing")
    }
    let known = found.compactMap(\.self)
    let steps = known.map {
      Sample.roundingStep(of: $0.values.compactMap(\.self), whole: $0.measure.unit.whole)
    }
    var discrepancies: [Discrepancy] = []
    for aggregate in aggregates.indices {
      let parts = children?[aggregate] ?? members(ofAggregate: aggregate).map { $0 + aggregates.count }
      let rounding = parts.reduce(steps[aggregate] / 2) { $0 + steps[$1] / 2 }
      for point in known[aggregate].points {
        guard let total = point.value else { continue }
        let values = parts.compactMap { known[$0].point(at: point.period)?.value }
        guard values.count == parts.count else { continue }
        let sum = values.reduce(0, +)
        // The last digits of a sum of decimal figures are no discrepancy.
        let tolerance = rounding + 1e-9 * max(abs(total), abs(sum))
        if abs(total - sum) > tolerance {
          discrepancies.append(
            Discrepancy(
              aggregate: aggregates[aggregate], period: point.period, total: total, sum: sum,
              tolerance: rounding))
        }
      }
    }
    return discrepancies
  }
}
