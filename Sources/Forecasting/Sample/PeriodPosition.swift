import TimeSeries

// Where a period that is named in a specification, such as the date of an intervention, stands in a sample.

extension Sample {
  /// The position of a period that is named as text: `2020/21`, `2020-04`, `Apr 2020`, or a full date such as
  /// `2020-04-15`, which falls into the first period that contains it. Among counts of a single day, such as those of each
  /// 30 June, it falls to the first on or after it, and `2020` is the one in that year.
  ///
  /// Periods are known from the first observation to 1,000 periods beyond the last, in every form in which their kind
  /// can be written.
  ///
  /// - Parameters:
  ///   - text: the period as it is written.
  ///   - model: the specification of the model that asks, for the error.
  /// - Returns: the number of periods since the first observation, from 0.
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for a sample without periods and for a text that
  ///   names none of them; it says what is accepted.
  public func position(ofPeriod text: String, model: String) throws(ForecastingError) -> Int {
    guard let first = firstPeriod else {
      throw .unsuitable(
        series: name, model: model,
        problem:
          "names the period \(text), and the observations carry no periods; fit it to a series that has dates"
      )
    }
    let last = positions.last ?? 0
    let date = CivilDate(text)
    for position in 0...(last + Forecast.longestHorizon) {
      let period = first.advanced(by: position)
      if PeriodStyle.allCases.contains(where: { period.label(in: $0) == text }) { return position }
      if let date, period.covers(date) { return position }
      if period.isInstant(named: text) { return position }
    }
    let dates =
      first.isInstant
      ? ", or a full date such as 2020-04-15, which counts for the first observation on or after it"
      : first.start.map { _ in ", or a full date such as 2020-04-15 that lies in one" } ?? ""
    throw .unsuitable(
      series: name, model: model,
      problem: "names the period \(text), which is not one of the series; write a period from "
        + "\(first.labelAsWritten), the first observation, to \(first.advanced(by: last).labelAsWritten), the last, "
        + "or a later one, in the same form\(dates)")
  }
}

extension Period {
  /// Whether the period is the instant of a census and not a stretch of time.
  fileprivate var isInstant: Bool {
    if case .census = kind { return true }
    return false
  }

  /// Whether a date lies in the period; in that of a census where it lies after the one before.
  fileprivate func covers(_ date: CivilDate) -> Bool {
    guard let start, let end, date <= end else { return false }
    guard isInstant else { return start <= date }
    return advanced(by: -1).end.map { $0 < date } ?? false
  }

  /// Whether a text names the month in which the instant of a census lies, or the year where there is one a year.
  fileprivate func isInstant(named text: String) -> Bool {
    guard case .census(let frequency) = kind, let start else { return false }
    let month = Period.month(containing: start)
    if PeriodStyle.allCases.contains(where: { month.label(in: $0) == text }) { return true }
    return frequency == .yearly && Period.year(containing: start, .calendar).label(in: .canonical) == text
  }
}
