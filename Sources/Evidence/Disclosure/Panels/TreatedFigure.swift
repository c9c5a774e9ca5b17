import TimeSeries

extension PanelTables {
  /// What may be published of a figure: its count, and where it is a rate what stands below the line.
  struct Treated {
    private let numerator: Observation
    private let denominator: Observation?

    init(_ figure: Figure, _ outcome: DisclosureControl.Outcome, _ version: Int) {
      numerator = outcome.observations[figure.count][version]
      denominator = figure.denominator.map { outcome.observations[$0][version] }
    }

    /// The figure as published.
    ///
    /// - Parameters:
    ///   - point: the figure in the truth.
    ///   - unit: its unit.
    ///   - rule: the rule.
    ///   - isStandardised: whether it is a directly standardised rate.
    func figures(
      of point: DataPoint, unit: Unit, rule: DisclosureRule, isStandardised: Bool
    ) -> (observation: Observation, numerator: Double?, denominator: Double?, isRateWithheld: Bool) {
      if unit == .count { return (numerator, nil, nil, false) }
      let above = numerator.value
      let below = denominator.map { $0.value } ?? point.denominator
      guard let above, denominator == nil || below != nil else {
        // A rate beside one of its two counts would tell the other.
        return (.suppressed(nil), above, below, true)
      }
      if isStandardised, !rule.allowsStandardisedRate(events: PanelTables.whole(point.numerator) ?? 0) {
        return (.suppressed(nil), above, below, true)
      }
      guard rule.rounding != nil, !rule.ratesAreExact, !isStandardised, let multiplier = unit.multiplier
      else {
        return (point.observation, above, below, false)
      }
      guard point.observation.value != nil else { return (point.observation, above, below, false) }
      guard let below, below > 0 else { return (.notAvailable, above, below, false) }
      return (.value(above / below * multiplier), above, below, false)
    }
  }
}
