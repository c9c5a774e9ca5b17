import TimeSeries

/// A series that a store holds.
public struct StoredSeries: Hashable, Sendable {
  /// Its number in the store, from 1, in the order of the first imports.
  public let number: Int
  /// The identifier under which it stands in a panel and under which forecasts of it are saved.
  public let id: String
  /// The area under which it stands there; nil for a series without one.
  public let area: String?
  /// What tells it from others, as the latest file has it.
  public let key: PublishedSeriesKey
}

/// What was published of a period at one time, and where that was read.
public struct Vintage: Hashable, Sendable {
  /// What was published, with the row it was read from.
  public let figure: PublishedFigure
  /// The day since which it has been known: that of its publication or, without one, of the latest vintage that was held
  /// when it was imported. Nil where none is known, and for every question it is then taken as known.
  public let knownFrom: CivilDate?
  /// Its number among the vintages of its period, from 1, in the order of their imports.
  public let revision: Int
  /// The number of the import that brought it first.
  public let importNumber: Int
  /// The file that it was read from.
  public let file: String
  /// The SHA-256 digest of that file.
  public let digest: String
  /// Whether it was counted from rows of single children, so that disclosure control applies before it is shown.
  public let isChildLevel: Bool

  /// Whether it was known on a day.
  public func isKnown(on day: CivilDate) -> Bool { knownFrom.map { $0 <= day } ?? true }

  /// Whether another became known after it.
  func isBefore(_ other: Vintage) -> Bool {
    (knownFrom?.daysSinceEpoch ?? .min, revision) < (other.knownFrom?.daysSinceEpoch ?? .min, other.revision)
  }
}

/// A period that was published more than once, with different figures.
public struct Revision: Hashable, Sendable {
  /// The series.
  public let series: StoredSeries
  /// The period.
  public let period: Period
  /// What was published, in the order in which it became known; at least two.
  public let vintages: [Vintage]

  /// Whether it was provisional at first and is so no more.
  public var isConfirmed: Bool {
    guard let first = vintages.first, let last = vintages.last else { return false }
    return first.figure.flags.contains(.provisional) && !last.figure.flags.contains(.provisional)
  }

  /// By how much the latest value differs from the first, in the unit of the series; nil unless both have one.
  public var change: Double? {
    guard let first = vintages.first?.figure.observation.value,
      let last = vintages.last?.figure.observation.value
    else { return nil }
    return last - first
  }
}

/// The series of a store as a panel, and those that have no place in it.
public struct StoredPanel: Sendable {
  /// The series, in the order of the first imports.
  public let panel: Panel
  /// The series with figures that were counted from rows of single children: disclosure control applies before any of
  /// them is shown.
  public let childLevel: Set<Panel.Key>
  /// Series that are none, such as one that mixes years and quarters: one sentence each.
  public let problems: [Problem]
}

/// Which series are wanted.
public struct StoreSelection: Hashable, Sendable {
  /// The areas, by any of their names or codes; all when there are none.
  public var areas: [String]
  /// The measures, by the name that their publisher gives them, or series by their identifier; all when there are none.
  public var measures: [String]

  /// A selection; everything unless said otherwise.
  public init(areas: [String] = [], measures: [String] = []) {
    self.areas = areas
    self.measures = measures
  }

  /// All series.
  public static let all = StoreSelection()

  func holds(_ series: StoredSeries) -> Bool {
    (areas.isEmpty || areas.contains { series.key.area.isNamed($0) || series.area == $0 })
      && (measures.isEmpty || measures.contains { series.key.measure == $0 || series.id == $0 })
  }
}
