/// What a combination found out, in sentences.
enum EnsembleAccount {
  /// The remarks of a fitted combination.
  static func remarks(_ ensemble: Ensemble, spread: ErrorSpread, filled: Int) -> [String] {
    var remarks: [String] = []
    if ensemble.season > 1 { remarks.append(season(ensemble)) }
    if filled > 0 {
      remarks.append(
        "\(filled) \(filled == 1 ? "period has" : "periods have") no value and \(filled == 1 ? "is" : "are") "
          + "filled with a straight line, which the intervals do not judge")
    }
    if ensemble.values.count < Int(Ensemble.fullBelief), ensemble.pattern == nil {
      remarks.append(
        "with fewer than \(Int(Ensemble.fullBelief)) values only \(ensemble.values.count) eighths of the change that "
          + "they suggest is believed")
    }
    remarks.append(
      "the intervals are learned from \(spread.errors) \(spread.errors == 1 ? "error" : "errors") of forecasts from earlier ends of the series, and widened "
        + "for what \(ensemble.values.count) values leave unknown")
    return remarks
  }

  /// What was found about the season.
  private static func season(_ ensemble: Ensemble) -> String {
    guard let pattern = ensemble.pattern else {
      return "the series is too short to show a season of \(ensemble.season) periods"
    }
    let manner = pattern.isMultiplied ? "multiplied" : "added"
    guard let test = pattern.test else {
      return "nothing can be tested about a season of \(ensemble.season) periods; "
        + "a part of the one that is seen is \(manner)"
    }
    let statistic = NumberText.plain((100 * test.statistic).rounded() / 100)
    let limit = NumberText.plain((100 * SeasonalityTest.criticalValue).rounded() / 100)
    return test.isSeasonal
      ? "a season of \(ensemble.season) periods is seen (\(statistic) against \(limit)) and \(manner)"
      : "no season of \(ensemble.season) periods is seen for certain (\(statistic) against \(limit)); "
        + "a part of the one that there seems to be is \(manner)"
  }
}
