import TimeSeries

/// Finds values that their unit does not allow, shares of more than the whole, and quotients that are not their value.
enum ShareCheck {
  /// The doubts about a series' figures.
  static func problems(of series: Series) -> [Problem] {
    series.points.compactMap { point in
      guard let origin = point.origin, let doubt = doubt(about: point, unit: series.measure.unit) else {
        return nil
      }
      let place = series.area.map { " of \($0)" } ?? ""
      return Problem(
        file: origin.file, row: origin.row,
        message: "\"\(series.id)\"\(place) at \(point.period.label): \(doubt)", severity: .warning)
    }
  }

  private static func doubt(about point: DataPoint, unit: Unit) -> String? {
    if let value = point.value {
      let isBelow = unit.lowerBound.map { value < $0 } ?? false
      let isAbove = unit.upperBound.map { value > $0 } ?? false
      if isBelow || isAbove {
        return
          "value \(point.observation) lies outside what the unit \(unit) allows; check the value or the unit"
      }
    }
    if let numerator = point.numerator, numerator < 0, unit.multiplier != nil {
      return "numerator \(Observation.value(numerator)) is below zero; check it"
    }
    guard let denominator = point.denominator else { return nil }
    guard denominator > 0 else {
      // Nobody was counted, and publishers say so by a code or a rate of nothing.
      if denominator == 0, (point.value ?? 0) == 0, (point.numerator ?? 0) == 0 { return nil }
      return "denominator \(Observation.value(denominator)) is not above zero; check it"
    }
    guard let numerator = point.numerator else { return nil }
    if unit.whole != nil, numerator > denominator {
      return """
        numerator \(Observation.value(numerator)) is larger than denominator \(Observation.value(denominator)), and a \
        share cannot be more than the whole; check both
        """
    }
    guard let value = point.value, let multiplier = unit.multiplier, point.note == nil else { return nil }
    let quotient = numerator / denominator * multiplier
    if abs(quotient - value) <= tolerance(point, quotient) { return nil }
    return """
      value \(point.observation) is not numerator \(Observation.value(numerator)) over denominator \
      \(Observation.value(denominator)), which is \(Observation.value((quotient * 1000).rounded() / 1000)); check the \
      three, or say in a note why they differ
      """
  }

  /// By how much a rounded value may differ from the quotient of counts that may be rounded too: half of the last place
  /// of each. Counts are taken to be rounded to ten, or to five, where both of them end so.
  private static func tolerance(_ point: DataPoint, _ quotient: Double) -> Double {
    let ofValue = (point.rounding ?? 0) / 2 + SeriesFileReader.halfUnit(of: point.observation.description)
    guard let numerator = point.numerator, numerator > 0, let denominator = point.denominator else {
      return ofValue
    }
    let unit = [10.0, 5].first { unit in
      [numerator, denominator].allSatisfy { $0.truncatingRemainder(dividingBy: unit) == 0 }
    }
    guard let unit else { return ofValue }
    return ofValue + abs(quotient) * (unit / 2 / numerator + unit / 2 / denominator)
  }
}
