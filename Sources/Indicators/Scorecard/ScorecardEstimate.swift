import TimeSeries

/// The limits that a published figure can be given.
enum ScorecardEstimate {
  /// A figure with limits from its counts, or from the counts that its rate and the population imply; without limits
  /// where neither is known, which the estimate's remark says.
  ///
  /// The value stays the published one: counts give its limits alone.
  static func estimate(_ point: DataPoint, of series: Series, population: Series?) -> Estimate {
    let unit = series.measure.unit
    let value = point.value ?? .nan
    do throws(IndicatorsError) {
      let pair: CountPair
      var basis = ""
      if point.numerator != nil || point.denominator != nil {
        pair = try CountPair(point, of: series, for: "an interval")
      } else if let population {
        let people = try PopulationBase(population).people(for: point.period, of: series)
        pair = try CountPair(
          impliedBy: value, in: unit, population: people.count, series: series.id, period: point.period.label)
        basis = ", counts implied by the rate and the population of \(people.source)"
      } else {
        return .published(value, unit: unit)
      }
      let estimate = try pair.estimate(in: unit)
      return Estimate(
        value: value, unit: unit, statistic: estimate.statistic, method: estimate.method + basis,
        limits: estimate.limits, numerator: estimate.numerator, denominator: estimate.denominator,
        remark: estimate.remark)
    } catch {
      return Estimate(
        value: value, unit: unit, statistic: "published value", method: "as published", limits: [],
        remark: "\(error)")
    }
  }
}

extension Estimate {
  /// Its 95% limits in words: `95% interval 20.1 to 30.4 (Byar)`; where there are none, that.
  var intervalText: String {
    guard let limits = limits(.p95) else { return "no interval" }
    return "95% interval \(ShortNumber.text(limits.lower)) to \(ShortNumber.text(limits.upper)) (\(method))"
  }
}
