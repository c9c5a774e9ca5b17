/// What is published of a year of children looked after: who started, who ceased, how many there were on 31 March.
public struct CareYear: Hashable, Sendable {
  /// The year to 31 March.
  public let year: FinancialYear
  /// Children who started to be looked after in it.
  public let starts: Double
  /// Children who ceased to be.
  public let ceased: Double
  /// Children at the end of it.
  public let closing: Double

  /// The figures of a year, as published.
  public init(year: FinancialYear, starts: Double, ceased: Double, closing: Double) {
    self.year = year
    self.starts = starts
    self.ceased = ceased
    self.closing = closing
  }
}
