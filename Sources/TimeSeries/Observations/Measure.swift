/// Which way a measure should go.
public enum Polarity: String, CaseIterable, Hashable, Sendable {
  /// More is better: plans issued in time.
  case higherIsBetter
  /// Less is better: pupils persistently absent.
  case lowerIsBetter
  /// Neither is a judgement: children looked after.
  case neutral
}

/// What is measured: its name, its unit and which way it should go.
public struct Measure: Hashable, Sendable {
  /// The identifier, unique among the measures of a panel or a workspace.
  public let id: String
  /// The name a reader sees.
  public let name: String
  /// The unit of its values.
  public let unit: Unit
  /// Which way it should go.
  public let polarity: Polarity

  /// A measure; its name is its identifier and its polarity neutral unless given.
  public init(id: String, name: String? = nil, unit: Unit, polarity: Polarity = .neutral) {
    self.id = id
    self.name = name ?? id
    self.unit = unit
    self.polarity = polarity
  }
}
