/// A rule that gives a financial year from two figures of another calendar: a weight for the earlier, a weight for the
/// later, the sum of which is one.
///
/// Nothing converts by itself: a plan names the rule it uses, and the rule names the two periods it needs.
public struct YearConversion: Hashable, Sendable {
  /// What kind of figures a rule takes.
  public enum Source: Hashable, Sendable {
    /// Figures of academic years: the one that ends and the one that begins in the financial year.
    case academicYears
    /// Counts at a census in January: the one before the financial year begins and the one within it.
    case januaryCensuses
    /// Counts on 31 March: the eve and the last day of the financial year.
    case marchCensuses
  }

  /// What the rule is called in a plan's account of its assumptions.
  public let name: String
  /// The figures that the rule takes.
  public let source: Source
  /// The weight of the earlier figure.
  public let earlierWeight: Double
  /// The weight of the later figure, `1 - earlierWeight`.
  public let laterWeight: Double

  private init(name: String, source: Source, laterWeight: Double) {
    self.name = name
    self.source = source
    self.laterWeight = laterWeight
    self.earlierWeight = 1 - laterWeight
  }

  /// Prices set by academic year, paid every month: April to August at the price of the year that ends, September to
  /// March at that of the year that begins; 5/12 and 7/12.
  public static let price = YearConversion(
    name: "academic-year price", source: .academicYears, laterWeight: 7 / 12)

  /// Places invoiced by term: the summer term belongs to the academic year that ends, the autumn and spring terms to
  /// the one that begins; 1/3 and 2/3.
  public static let termInvoice = YearConversion(
    name: "invoices by term", source: .academicYears, laterWeight: 2 / 3)

  /// Places after 16, of which the year begins in August: April to July, then August to March; 4/12 and 8/12.
  public static let postSixteen = YearConversion(
    name: "post-16 price", source: .academicYears, laterWeight: 8 / 12)

  /// The average over a financial year of a count taken each January, growing evenly from one census to the next and
  /// on at the same pace to the end of March; 0.294 and 0.706.
  ///
  /// An even path has its mean in the middle of the financial year, 30 September, which is 258 days after a census
  /// in the middle of January (the 15th); the censuses are a mean Gregorian year of 365.2425 days apart, and
  /// 258 / 365.2425 = 0.7064. The dates of one year give 0.704 to 0.708 for a census on 15 or 16 January:
  /// ``weights(earlier:later:over:)``.
  public static let januaryCensus = YearConversion(
    name: "January census to average of the year", source: .januaryCensuses, laterWeight: 258 / 365.2425)

  /// The average over a financial year of a count taken each 31 March: the mean of its two ends.
  public static let marchCensus = YearConversion(
    name: "31 March to average of the year", source: .marchCensuses, laterWeight: 1 / 2)

  /// The weights that two counts on given days have in the average over a period, when the count moves evenly from the
  /// first to the second and on at the same pace; nil when the second day is not later, or the period is a plain count.
  ///
  /// Days count as wholes, and the mean of an even path is its middle: the later weight is the share of the way from the
  /// first day to the second at which the middle of the period lies. It passes one when the period lies mostly after
  /// the second day, and is then an extrapolation.
  public static func weights(
    earlier: CivilDate, later: CivilDate, over period: Period
  ) -> (earlier: Double, later: Double)? {
    let distance = earlier.days(to: later)
    guard distance > 0, let start = period.start, let end = period.end else { return nil }
    let middle = Double(earlier.days(to: start) + earlier.days(to: end)) / 2
    let share = middle / Double(distance)
    return (1 - share, share)
  }

  /// The two periods that give the financial year.
  ///
  /// A census in January is named by its 15th; ``converted(_:)`` takes whatever day of January the series has.
  ///
  /// - Throws: ``TimeSeriesError/notConvertible(period:wanted:)`` when the period is not a financial year.
  public func sources(
    ofFinancialYear year: Period
  ) throws(TimeSeriesError) -> (earlier: Period, later: Period) {
    guard year.kind == .year(.financial), let start = year.startYear else {
      throw .notConvertible(period: year, wanted: "a financial year, such as 2024/25,")
    }
    switch source {
    case .academicYears: return (.academicYear(start - 1), .academicYear(start))
    case .januaryCensuses: return (Self.census(start, 1, 15), Self.census(start + 1, 1, 15))
    case .marchCensuses: return (Self.census(start, 3, 31), Self.census(start + 1, 3, 31))
    }
  }

  private static func census(_ year: Int, _ month: Int, _ day: Int) -> Period {
    .censusDate(CivilDate(checkedYear: year, month: month, day: day))
  }

  /// The weighted sum of the two figures.
  public func value(earlier: Double, later: Double) -> Double {
    earlierWeight * earlier + laterWeight * later
  }
}

// MARK: Whole series

extension YearConversion {
  /// The series by financial year: a figure for every year of which both sources are in the series.
  ///
  /// A year of which a source has no value has the reason for its absence; bounds of suppressed sources give bounds.
  /// What is weighed from rounded figures is known no better than the weighted sum of their units of rounding.
  /// Each figure is as public as the later of its sources that are dated; a break before the later source is a break before
  /// the year. Numerators and denominators do not convert and are left out.
  ///
  /// - Throws: ``TimeSeriesError/notConvertible(period:wanted:)`` when a period is not of the rule's source.
  public func converted(_ series: Series) throws(TimeSeriesError) -> Series {
    for point in series.points where !accepts(point.period) {
      throw .notConvertible(period: point.period, wanted: wanted)
    }
    let points = zip(series.points, series.points.dropFirst()).compactMap { earlier, later in
      earlier.period.distance(to: later.period) == 1
        ? converted(earlier, later, unit: series.measure.unit) : nil
    }
    return series.keeping(points)
  }

  private func accepts(_ period: Period) -> Bool {
    switch source {
    case .academicYears: period.kind == .year(.academic)
    case .januaryCensuses: period.kind == .census(.yearly) && period.start?.month == 1
    case .marchCensuses:
      period.kind == .census(.yearly) && period.start?.month == 3 && period.start?.day == 31
    }
  }

  private var wanted: String {
    switch source {
    case .academicYears: "an academic year, such as 2024/25,"
    case .januaryCensuses: "a yearly census in January, such as 2024-01-18,"
    case .marchCensuses: "a yearly census on 31 March, such as 2024-03-31,"
    }
  }

  private func converted(_ earlier: DataPoint, _ later: DataPoint, unit: Unit) -> DataPoint? {
    guard let start = later.period.start else { return nil }
    // The later source of financial year t: academic year t, or the census of calendar year t + 1.
    let year = source == .academicYears ? start.year : start.year - 1
    var flags = later.flags
    flags.formUnion(earlier.flags.subtracting([.definitionBreak, .reportingBreak]))
    return DataPoint(
      period: .financialYear(year), observation: combined(earlier, later, unit: unit),
      rounding: combined(earlier.rounding, later.rounding),
      publication: latest(earlier.publication, later.publication), flags: flags)
  }

  private func combined(_ earlierPoint: DataPoint, _ laterPoint: DataPoint, unit: Unit) -> Observation {
    let (earlier, later) = (earlierPoint.observation, laterPoint.observation)
    if let first = earlier.value, let second = later.value {
      return .value(value(earlier: first, later: second))
    }
    if earlier == .notApplicable || later == .notApplicable { return .notApplicable }
    if earlier == .notAvailable || later == .notAvailable { return .notAvailable }
    if earlier == .roundsToZero && later == .roundsToZero { return .roundsToZero }
    if let first = earlierPoint.bounds(in: unit) ?? earlier.bounds,
      let second = laterPoint.bounds(in: unit) ?? later.bounds
    {
      let lower = value(earlier: first.lowerBound, later: second.lowerBound)
      let upper = value(earlier: first.upperBound, later: second.upperBound)
      return .suppressed(lower <= upper ? lower...upper : nil)
    }
    return .suppressed(nil)
  }

  /// The unit of rounding of the weighted sum: as wide as the intervals of its parts together; nil where both are exact.
  private func combined(_ earlier: Double?, _ later: Double?) -> Double? {
    let width = earlierWeight.magnitude * (earlier ?? 0) + laterWeight.magnitude * (later ?? 0)
    return DataPoint.isRounding(width) ? width : nil
  }

  /// The later of two publications; the known one when the other is not.
  private func latest(_ first: Publication?, _ second: Publication?) -> Publication? {
    guard let first, let second else { return first ?? second }
    return Publication(
      date: max(first.date, second.date), isApproximate: first.isApproximate || second.isApproximate)
  }
}
