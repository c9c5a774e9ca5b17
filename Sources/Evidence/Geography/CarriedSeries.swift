import TimeSeries

/// A series of an area that stays the same while the authorities that publish its figures change.
public struct CarriedSeries: Hashable, Sendable {
  /// A published figure that went into one of the area's.
  public struct Part: Hashable, Sendable {
    /// The area, as the file named it.
    public let area: String
    /// The authorities that it describes: one, or those of a combined area.
    public let members: [Int]
    /// The figure, with its place in the file.
    public let point: DataPoint
  }

  /// What a figure of the area was made of.
  public struct Figure: Hashable, Sendable {
    /// The period.
    public let period: Period
    /// The figures that were added, by number of authority; the one that was taken as it is; or, where the area has no
    /// figure, those that there are.
    public let parts: [Part]
  }

  /// The area.
  public let area: ConstantArea
  /// The series: its area is the constant area's name, and a figure that was added names every source.
  public let series: Series
  /// What each figure was made of, in the order of the figures of the series.
  public let figures: [Figure]
  /// What a reader should know, as sentences: a border that moved a little, what was left out.
  public let notes: [String]
}

/// What of a panel could be carried through the changes of areas, and what could not.
public struct CarriedPanel: Hashable, Sendable {
  /// A series that could not be carried through.
  public struct Refusal: Hashable, Sendable, CustomStringConvertible {
    /// The identifier of the series.
    public let id: String
    /// The constant area.
    public let area: String
    /// Why, and what would mend it.
    public let reason: String

    /// The refusal as a sentence.
    public var description: String { "\(id) of \(area): \(reason)" }
  }

  /// The series, in the order of the areas asked for and of the panel.
  public let series: [CarriedSeries]
  /// Those that could not be had, in the same order.
  public let refusals: [Refusal]
  /// The areas of the panel that the gazetteer does not know, in the order of their first appearance.
  public let unknownAreas: [String]
}
