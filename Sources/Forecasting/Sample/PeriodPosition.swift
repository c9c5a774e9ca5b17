import TimeSeries

// Where a period that is named in a specification, such as the date of an intervention, stands in a sample.

extension Sample {
  /// The position of a period that is named as text: `2020/21`, `2020-04`, `Apr 2020`, or a full date such as
  /// `2020-04-15`, which falls into the first period that contains it.
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
    let furthest = (positions.last ?? 0) + Forecast.longestHorizon
    let date = CivilDate(text)
    for position in 0...furthest {
      let period = first.advanced(by: position)
      if PeriodStyle.allCases.contains(where: { period.label(in: $0) == text }) { return position }
      if let date, let start = period.start, let end = period.end, start <= date, date <= end {
        return position
      }
    }
    throw .unsuitable(
      series: name, model: model,
      problem: "names the period \(text), which is not one of the series; write a period from "
        + "\(first.labelAsWritten) to \(first.advanced(by: furthest).labelAsWritten) in the same form"
        + (first.start.map { _ in ", or a full date such as 2020-04-15 that lies in one" } ?? ""))
  }
}
