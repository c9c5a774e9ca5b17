import TimeSeries

/// One line of a monitoring view, or its total, in whole pence.
public struct MonitoringRow: Sendable {
  /// One period of a line.
  public struct Cell: Hashable, Sendable {
    /// The period.
    public let period: Period
    /// The profiled budget.
    public let budget: Int
    /// What was spent; nil for a period after the last actual.
    public let actual: Int?
    /// What is promised; zero up to the last actual.
    public let commitment: Int
  }

  /// The name that scripts use; `total` for the total.
  public let id: String
  /// The name that people use.
  public let name: String
  /// The periods of the year, in order.
  public let periods: [Cell]
  /// The year's budget: the sum of the periods'.
  public let budget: Int
  /// The budget of the periods up to the last actual.
  public let budgetToDate: Int
  /// What was spent up to the last actual.
  public let actualToDate: Int
  /// Budget less actual, to date; negative is an overspend.
  public let varianceToDate: Int
  /// What is promised from the last actual to the end of the year.
  public let commitment: Int
  /// The mean of what placements that have not begun will cost.
  public let expectedNew: Int
  /// The mean of what promised placements that end early will not cost.
  public let expectedCeasing: Int
  /// Actual, commitment and new, less ceasing.
  public let forecast: Int
  /// Budget less forecast, for the year; negative is an overspend.
  public let variance: Int
  /// The forecast in every simulated future, pounds, summarised.
  public let forecastQuantity: Quantity
  /// The probability that the year's spending is above the line's budget, with its Monte Carlo error.
  public let probabilityOverspend: Probability
  /// The variance split into volume, mix, price and timing; nil where no numbers and prices are given.
  public let bridge: VarianceBridge?
  /// The reason that is given; nil where none is.
  public let reason: VarianceReason?

  /// The forecast in every simulated future, whole pence.
  let forecastPence: Draws
}
