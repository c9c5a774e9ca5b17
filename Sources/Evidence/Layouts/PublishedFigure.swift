import TimeSeries

/// One figure as it was published: for what period, what is known of it, how exactly, and where it stands.
public struct PublishedFigure: Hashable, Sendable {
  /// The period.
  public var period: Period
  /// The value, or the reason for its absence.
  public var observation: Observation
  /// The count above the line, where the value is a rate or a share.
  public var numerator: Double?
  /// The count below the line, where the value is a rate or a share.
  public var denominator: Double?
  /// The limits of confidence that the publisher gives, 95% unless a note says otherwise.
  public var limits: ClosedRange<Double>?
  /// The unit to which the publisher rounded the value; nil when that is not known.
  public var rounding: Double?
  /// When it became public.
  public var publication: Publication?
  /// Provisional, revised, estimated, a break before it.
  public var flags: DataFlags
  /// What the publisher remarks.
  public var note: String?
  /// The source that the row itself names, such as the publication it was copied from.
  public var source: String?
  /// The line of the file, from 1.
  public var row: Int

  /// A figure with whatever is known about it.
  public init(
    period: Period, observation: Observation, numerator: Double? = nil, denominator: Double? = nil,
    limits: ClosedRange<Double>? = nil, rounding: Double? = nil, publication: Publication? = nil,
    flags: DataFlags = [], note: String? = nil, source: String? = nil,
    row: Int
  ) {
    self.period = period
    self.observation = observation
    self.numerator = numerator
    self.denominator = denominator
    self.limits = limits
    self.rounding = rounding
    self.publication = publication
    self.flags = flags
    self.note = note
    self.source = source
    self.row = row
  }
}

/// The area of published figures, as the publisher names it.
public struct PublishedArea: Hashable, Sendable {
  /// The name; empty where the publisher gives none.
  public var name: String
  /// The code of the Office for National Statistics, such as E08000014.
  public var code: String?
  /// The three-digit number of the Department for Education, such as 343.
  public var number: String?
  /// The level, as the publisher calls it: `Local authority`, `Regional`, `National`.
  public var level: String?

  /// An area.
  public init(name: String, code: String? = nil, number: String? = nil, level: String? = nil) {
    self.name = name
    self.code = code
    self.number = number
    self.level = level
  }

  /// Whether a text names it: its name, code or number, whatever the capitals.
  public func isNamed(_ text: String) -> Bool {
    let wanted = text.lowercased()
    return name.lowercased() == wanted || code?.lowercased() == wanted || number == wanted
  }
}

/// What tells one series of a publication from another.
public struct PublishedSeriesKey: Hashable, Sendable {
  /// The measure, by the name that the publisher gives it in the file: `LACnum`, `children_count`.
  public var measure: String
  /// The name of the measure for readers; nil when the file gives none.
  public var measureName: String?
  /// The area.
  public var area: PublishedArea
  /// The unit.
  public var unit: Unit
  /// The breakdowns, such as sex or primary need, in the order of the file's columns.
  public var breakdown: [Series.Attribute]
  /// Which way the measure should go; nil where the publisher does not say.
  public var polarity: Polarity?
  /// The identifier that the file itself gives to the series; nil where the publisher's files have none.
  public var givenID: String?

  /// A series' identity.
  public init(
    measure: String, measureName: String? = nil, area: PublishedArea, unit: Unit,
    breakdown: [Series.Attribute] = [], polarity: Polarity? = nil, givenID: String? = nil
  ) {
    self.measure = measure
    self.measureName = measureName
    self.area = area
    self.unit = unit
    self.breakdown = breakdown
    self.polarity = polarity
    self.givenID = givenID
  }

  /// The identifier of the series in a series file: the one that the file gives, else the measure, and the breakdowns that are not totals, in lower case
  /// with hyphens: `children-count-children-looked-after-on-31-march-each-year`.
  public var id: String {
    if let givenID { return givenID }
    return ([measure] + breakdown.map(\.value).filter { !$0.isEmpty }).map { SeriesName.of($0) }
      .filter { !$0.isEmpty }.joined(separator: "-")
  }
}

/// Names of series in lower case with hyphens.
enum SeriesName {
  /// Letters and digits in lower case, everything between them one hyphen; `%` becomes `percent`, and `+` `plus`.
  static func of(_ text: String) -> String {
    var name = ""
    var pending = false
    func put(_ part: String) {
      if pending, !name.isEmpty { name += "-" }
      pending = false
      name += part
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%":
        pending = true
        put("percent")
        pending = true
      case "+":
        pending = true
        put("plus")
        pending = true
      case "£":
        pending = true
        put("pounds")
        pending = true
      case "'", "\u{2019}": continue
      case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
        put(scalar.properties.lowercaseMapping)
      default: pending = true
      }
    }
    return name
  }
}
