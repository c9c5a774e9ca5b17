/// When a figure became public.
public struct Publication: Hashable, Sendable {
  /// The day of publication.
  public let date: CivilDate
  /// Whether the day is an estimate, such as the usual month of the release.
  public let isApproximate: Bool

  /// A publication on a day.
  public init(date: CivilDate, isApproximate: Bool = false) {
    self.date = date
    self.isApproximate = isApproximate
  }
}

/// Where a figure was read.
public struct Origin: Hashable, Sendable {
  /// The file, as it was named to the reader.
  public let file: String
  /// The line of the file on which the row begins, from 1.
  public let row: Int
  /// The source that the row itself names, such as the publication it was copied from.
  public let source: String?

  /// A row of a file.
  public init(file: String, row: Int, source: String? = nil) {
    self.file = file
    self.row = row
    self.source = source
  }
}

/// What is said about a figure beside its value.
public struct DataFlags: OptionSet, Hashable, Sendable {
  /// The flags as bits.
  public let rawValue: UInt8

  /// Flags from their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What is measured changed before this period: a new definition or boundary.
  public static let definitionBreak = DataFlags(rawValue: 1)
  /// The way of collecting or reporting changed before this period: aggregate to person-level returns.
  public static let reportingBreak = DataFlags(rawValue: 2)
  /// The publisher expects to revise the figure.
  public static let provisional = DataFlags(rawValue: 4)
  /// The publisher has revised the figure.
  public static let revised = DataFlags(rawValue: 8)
  /// The publisher estimated the figure.
  public static let estimated = DataFlags(rawValue: 16)
}

/// One figure: a period, what is known of it, and where and when that was published.
public struct DataPoint: Hashable, Sendable {
  /// The period of the figure.
  public let period: Period
  /// The value, or the reason for its absence.
  public let observation: Observation
  /// The unit to which the publisher rounds, such as 5, 10 or 100, in the unit of the series; nil where the figure is
  /// exact or it is not known how it was rounded.
  ///
  /// It is above zero and finite in every point of a ``Series``, which refuses others.
  public let rounding: Double?
  /// The count above the line, where the value is a rate or a share.
  public let numerator: Double?
  /// The count below the line, where the value is a rate or a share.
  public let denominator: Double?
  /// When the figure became public, where that is known.
  public let publication: Publication?
  /// What else is said about the figure.
  public let flags: DataFlags
  /// Where the figure was read.
  public let origin: Origin?
  /// A remark on this figure alone.
  public let note: String?
  /// What the series' covariates were in the period, in the order of ``Series/covariateNames``; nil where unknown.
  public let covariates: [Double?]

  /// A figure with whatever is known about it.
  public init(
    period: Period, observation: Observation, rounding: Double? = nil, numerator: Double? = nil,
    denominator: Double? = nil, publication: Publication? = nil, flags: DataFlags = [], origin: Origin? = nil,
    note: String? = nil, covariates: [Double?] = []
  ) {
    self.period = period
    self.observation = observation
    self.rounding = rounding
    self.numerator = numerator
    self.denominator = denominator
    self.publication = publication
    self.flags = flags
    self.origin = origin
    self.note = note
    self.covariates = covariates
  }

  /// A figure with a value.
  public init(_ period: Period, _ value: Double) {
    self.init(period: period, observation: .value(value))
  }

  /// The value, where there is one.
  public var value: Double? { observation.value }

  /// Whether the series breaks before this figure, in what is measured or in how it is reported.
  public var breakBefore: Bool { !flags.isDisjoint(with: [.definitionBreak, .reportingBreak]) }
}
