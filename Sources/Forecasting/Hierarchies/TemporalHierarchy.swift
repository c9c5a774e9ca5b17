import TimeSeries

/// One monthly or quarterly series seen at every width of period: months, quarters, half-years and years.
///
/// Long periods show the trend and short ones the season; forecast one by one they disagree. Temporal
/// hierarchies (Athanasopoulos, Hyndman, Kourentzes and Petropoulos, 2017) forecast each and make them add
/// up: ``TemporalForecast``.
///
/// Periods are counted back from the last figure, so that every width ends with it. A wider period of which a
/// figure is missing is missing itself, and figures before the first complete one belong to none.
public struct TemporalHierarchy: Sendable {
  /// How the figures of short periods make that of a longer one.
  public enum Aggregation: String, Hashable, Sendable, CaseIterable {
    /// Flows, such as plans issued or pounds spent: the sum.
    case sum
    /// Levels, such as children looked after at the end of a month: the mean.
    case mean
  }

  /// The width of a period.
  public enum Span: Int, Hashable, Sendable, CaseIterable {
    /// A month.
    case month = 1
    /// Three months.
    case quarter = 3
    /// Six months.
    case halfYear = 6
    /// Twelve months.
    case year = 12

    /// The number of such periods in a year.
    public var perYear: Int { 12 / rawValue }
  }

  /// The series at one width of period.
  public struct Level: Sendable {
    /// The width.
    public let span: Span
    /// The figures, sums or means of those of the shortest periods.
    public let observed: [Double]
    /// The place of each figure, in periods of this width since the first.
    public let positions: [Int]
    /// The periods, as they are written.
    public let labels: [String]
    let name: String
    let unit: TimeSeries.Unit
    let firstPeriod: Period?

    /// The figures on the scale that a model works on, with as many seasons as there are such periods in a
    /// year.
    ///
    /// - Throws: ``ForecastingError/scale(series:problem:)`` for a scale that the values do not allow.
    public func sample(scale choice: ScaleChoice = .unit) throws(ForecastingError) -> Sample {
      Sample(
        name: name, positions: positions, observed: observed, labels: labels,
        scale: try choice.scale(unit: unit, values: observed, series: name), samplingVariances: nil,
        season: span.perYear, firstPeriod: firstPeriod, unit: unit)
    }
  }

  /// The name of the series.
  public let name: String
  /// How short periods make long ones.
  public let aggregation: Aggregation
  /// The series at each width, years first.
  public let levels: [Level]
  /// What the reader must know, each a sentence without its full stop.
  public let remarks: [String]
  let calendar: BlockCalendar

  /// Aggregates a series of months or quarters.
  ///
  /// - Parameters:
  ///   - series: figures of months or of quarters; gaps are allowed.
  ///   - aggregation: sums for flows, means for levels.
  ///   - years: the kind of year, with the last of which the series must end; nil counts years back from the
  ///     last figure, wherever in the year that is.
  /// - Throws: ``ForecastingError/hierarchy(problem:)`` for other periods, a series that ends within a year
  ///   of the kind, one shorter than a year, or sums of what does not add up; and what
  ///   ``Sample/init(_:scale:)`` throws.
  public init(
    _ series: Series, by aggregation: Aggregation, years: YearType? = nil
  ) throws(ForecastingError) {
    let sample = try Sample(series, scale: .natural)
    if aggregation == .sum {
      switch series.measure.unit {
      case .count, .pounds, .other: break
      case .percentage, .proportion, .rate, .weeks, .score:
        throw .hierarchy(
          problem:
            "\"\(sample.name)\" is in the unit \(series.measure.unit), which does not add up over time; take "
            + "means, or sum the counts above and below the line")
      }
    }
    let calendar = try BlockCalendar(sample, years: years)
    self.calendar = calendar
    self.aggregation = aggregation
    name = sample.name
    var values = [Double?](repeating: nil, count: calendar.last + 1)
    for (position, value) in zip(sample.positions, sample.observed) { values[position] = value }
    var levels: [Level] = []
    var remarks: [String] = []
    for span in Span.allCases.reversed() where span.rawValue >= calendar.base.rawValue {
      let width = span.rawValue / calendar.base.rawValue
      let (count, rest) = values.count.quotientAndRemainder(dividingBy: width)
      guard count >= 1 else {
        throw .hierarchy(
          problem: "\"\(sample.name)\" is shorter than a year, so it has no years to add up to")
      }
      var blocks: [(position: Int, value: Double)] = []
      for block in 0..<count {
        let parts = values[(rest + block * width)..<(rest + (block + 1) * width)].compactMap(\.self)
        guard parts.count == width else { continue }
        let sum = parts.reduce(0, +)
        blocks.append((block, aggregation == .sum ? sum : sum / Double(width)))
      }
      guard let first = blocks.first?.position, let last = blocks.last?.position, last == count - 1 else {
        throw .hierarchy(
          problem:
            "\"\(sample.name)\" lacks a figure in its last \(calendar.words(span)); supply it, because "
            + "forecasts of every width begin where the series ends")
      }
      if rest > 0 {
        remarks.append(
          "the first \(rest == 1 ? "figure is" : "\(rest) figures are") in no complete "
            + calendar.words(span)
        )
      }
      levels.append(
        Level(
          span: span, observed: blocks.map(\.value), positions: blocks.map { $0.position - first },
          labels: blocks.map { calendar.label(span, ahead: $0.position - count + 1) }, name: sample.name,
          unit: series.measure.unit, firstPeriod: calendar.period(span, ahead: first - count + 1)))
    }
    self.levels = levels
    self.remarks = remarks
  }
}
