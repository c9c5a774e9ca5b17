import TimeSeries

/// A figure as a row of the table of vintages: the columns that say what was published, in one order for writing and
/// reading.
enum FigureColumns {
  /// The columns, in the order of ``bind(_:to:from:)`` and ``read(_:from:period:)``.
  static let names = """
    state, value, lower, upper, numerator, denominator, lower_limit, upper_limit, rounding, flags, published, \
    published_approximate, note, style, row, source
    """
  /// The number of columns.
  static let count: Int32 = 16

  /// Binds a figure to parameters.
  ///
  /// - Parameter first: the number of the first parameter, from 1.
  static func bind(_ figure: PublishedFigure, to statement: PreparedStatement, from first: Int32) throws {
    let (state, value, bounds) = parts(figure.observation)
    try statement.bind(first, literal: state)
    try statement.bind(first + 1, value)
    try statement.bind(first + 2, bounds?.lowerBound)
    try statement.bind(first + 3, bounds?.upperBound)
    try statement.bind(first + 4, figure.numerator)
    try statement.bind(first + 5, figure.denominator)
    try statement.bind(first + 6, figure.limits?.lowerBound)
    try statement.bind(first + 7, figure.limits?.upperBound)
    try statement.bind(first + 8, figure.rounding)
    try statement.bind(first + 9, Int(figure.flags.rawValue))
    try statement.bind(first + 10, figure.publication?.date.daysSinceEpoch)
    try statement.bind(first + 11, figure.publication.map { $0.isApproximate ? 1 : 0 })
    try statement.bind(first + 12, figure.note)
    try statement.bind(first + 13, Int(figure.period.style.rawValue))
    try statement.bind(first + 14, figure.row)
    try statement.bind(first + 15, figure.source)
  }

  /// Reads a figure from columns.
  ///
  /// - Parameter first: the number of the first column, from 0.
  /// - Throws: ``StoreFailure/Damage`` for what no store writes.
  static func read(
    _ statement: PreparedStatement, from first: Int32, period: Period
  ) throws -> PublishedFigure {
    var period = period
    guard let style = UInt8(exactly: statement.integer(first + 13)).flatMap(PeriodStyle.init(rawValue:)),
      let flags = UInt8(exactly: statement.integer(first + 9))
    else { throw StoreFailure.Damage(what: "a figure has a form or flags that there are not") }
    period.style = style
    let publication = statement.optionalInteger(first + 10).map { day in
      Publication(
        date: CivilDate(daysSinceEpoch: Int(day)), isApproximate: statement.integer(first + 11) != 0)
    }
    return PublishedFigure(
      period: period, observation: try observation(statement, first),
      numerator: statement.number(first + 4), denominator: statement.number(first + 5),
      limits: try range(statement, first + 6), rounding: statement.number(first + 8),
      publication: publication, flags: DataFlags(rawValue: flags), note: statement.optionalText(first + 12),
      source: statement.optionalText(first + 15),
      row: Int(statement.integer(first + 14)))
  }

  private static func observation(_ statement: PreparedStatement, _ first: Int32) throws -> Observation {
    if statement.isText(first, "value"), let value = statement.number(first + 1) { return .value(value) }
    if statement.isText(first, "c") { return .suppressed(try range(statement, first + 2)) }
    if statement.isText(first, "low") { return .roundsToZero }
    if statement.isText(first, "x") { return .notAvailable }
    if statement.isText(first, "z") { return .notApplicable }
    throw StoreFailure.Damage(what: "a figure has a state that there is not")
  }

  private static func range(_ statement: PreparedStatement, _ column: Int32) throws -> ClosedRange<Double>? {
    guard let lower = statement.number(column), let upper = statement.number(column + 1) else { return nil }
    guard lower <= upper else {
      throw StoreFailure.Damage(what: "a figure has its bounds the wrong way round")
    }
    return lower...upper
  }

  /// The state is the code by which a series file writes it, so that the file reads the same everywhere.
  private static func parts(_ observation: Observation) -> (StaticString, Double?, ClosedRange<Double>?) {
    switch observation {
    case .value(let value): ("value", value, nil)
    case .suppressed(let bounds): ("c", nil, bounds)
    case .roundsToZero: ("low", nil, nil)
    case .notAvailable: ("x", nil, nil)
    case .notApplicable: ("z", nil, nil)
    }
  }
}

extension PublishedFigure {
  /// Whether two figures say the same of a period: how a row is worded and where it stands play no part.
  func saysTheSame(as other: PublishedFigure) -> Bool {
    observation == other.observation && numerator == other.numerator && denominator == other.denominator
      && limits == other.limits && rounding == other.rounding && flags == other.flags
  }

  /// What a store cannot hold of it; nil when it is sound.
  var unsoundness: String? {
    if let value = observation.value, !value.isFinite { return "value \(value) is not a finite number" }
    for (name, number) in [("numerator", numerator), ("denominator", denominator)] {
      if let number, !number.isFinite { return "\(name) \(number) is not a finite number" }
    }
    if let rounding, !(rounding > 0 && rounding.isFinite) {
      return "rounding \(rounding) is not a number above zero"
    }
    return nil
  }
}
