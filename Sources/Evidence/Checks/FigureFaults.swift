import Indicators
import TimeSeries

/// Finds rows that no rate can be worked out from, because there is no value and the counts cannot be, and polarities
/// that nothing can be judged by.
enum FigureFaults {
  /// The faults of a series' figures.
  static func problems(of series: Series) -> [Problem] {
    guard let multiplier = series.measure.unit.multiplier, multiplier > 0 else { return [] }
    let isShare = series.measure.unit.whole != nil
    let place = series.area.map { " of \($0)" } ?? ""
    return series.points.compactMap { point in
      guard point.observation == .notAvailable, let origin = point.origin, let numerator = point.numerator,
        let denominator = point.denominator,
        let fault = fault(numerator, denominator, isShare: isShare)
      else { return nil }
      return Problem(
        file: origin.file, row: origin.row,
        message: """
          "\(series.id)"\(place) at \(point.period.label): no value can be worked out, because \(fault); mend the counts, \
          or write the value
          """)
    }
  }

  /// Why nothing is worked out from two counts; nil where it is, and where nobody was counted.
  private static func fault(_ numerator: Double, _ denominator: Double, isShare: Bool) -> String? {
    if numerator < 0 { return "numerator \(Observation.value(numerator)) is below zero" }
    if denominator < 0 || denominator == 0 && numerator > 0 {
      return "denominator \(Observation.value(denominator)) is not above zero"
    }
    guard isShare, numerator > denominator else { return nil }
    return """
      numerator \(Observation.value(numerator)) is larger than denominator \(Observation.value(denominator)), and a share \
      cannot be more than the whole
      """
  }

  /// The polarities of a panel that are not known, each once for a series in all areas.
  static func unknownPolarities(in panel: Panel) -> [Problem] {
    struct Said: Hashable {
      let id: String
      let text: String
    }
    var said: Set<Said> = []
    return panel.compactMap { series in
      guard let text = series.attributes.first(where: { $0.name.lowercased() == "polarity" })?.value,
        !text.isEmpty, Polarity(words: text.lowercased()) == nil,
        said.insert(Said(id: series.id, text: text)).inserted,
        let origin = series.points.compactMap(\.origin).min(by: { $0.row < $1.row })
      else { return nil }
      return Problem(
        file: origin.file, row: origin.row,
        message: "\(IndicatorsError.unknownPolarity(indicator: series.id, text: text))")
    }
  }
}

extension DataPoint {
  /// Whether there is no value and one can be worked out from the counts.
  ///
  /// - Parameter unit: the unit of the series.
  public func isToldByCounts(in unit: Unit) -> Bool {
    guard observation == .notAvailable, let numerator, let denominator, unit.multiplier != nil else {
      return false
    }
    return numerator >= 0 && denominator > 0 && (unit.whole == nil || numerator <= denominator)
  }
}
