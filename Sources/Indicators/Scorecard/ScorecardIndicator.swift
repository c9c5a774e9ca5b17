import TimeSeries

/// One line of a scorecard, as it is defined: its words, what they mean, who answers for it, which way it should go and by
/// what series it is filled.
public struct ScorecardIndicator: Hashable, Sendable {
  /// Where its figures come from.
  public enum Evidence: Hashable, Sendable {
    /// A series that measures it.
    case series(String)
    /// A series that measures something else and stands for it, and why it only stands for it.
    case proxy(String, reason: String)
    /// No series, and why.
    case none(reason: String)

    /// The id of the series; nil where there is none.
    public var series: String? {
      switch self {
      case .series(let id), .proxy(let id, _): id
      case .none: nil
      }
    }

    /// Whether the series only stands for the indicator.
    public var isProxy: Bool {
      if case .proxy = self { true } else { false }
    }

    /// `series`, `proxy` or `none`.
    public var kind: String {
      switch self {
      case .series: "series"
      case .proxy: "proxy"
      case .none: "none"
      }
    }
  }

  /// The number on the card.
  public let id: String
  /// The list that it stands in: the card itself, or measures that a plan lists beside it.
  public let list: String
  /// The words of the card.
  public let name: String
  /// The theme, by its id.
  public let theme: String
  /// The priority, by its number.
  public let priority: Int
  /// What it measures.
  public let definition: String
  /// Who answers for it.
  public let owner: String
  /// Which way it should go.
  public let polarity: Polarity
  /// The unit, as the card or its publisher has it.
  public let unit: String
  /// The publisher.
  public let source: String
  /// What it is filled with.
  public let evidence: Evidence
  /// The series of the people that a rate is told by, from which the counts behind a rate that is published without
  /// them can be had; nil where none is named.
  public let population: String?
  /// What a document sets out to reach; nil where none does.
  public let target: ScorecardTarget?
  /// How its colour is decided.
  public let rule: RatingRule
  /// What in its definition was refused, so that nothing is judged by it; nil for a sound definition.
  public let definitionFault: String?

  /// An indicator.
  public init(
    id: String, list: String, name: String, theme: String, priority: Int, definition: String, owner: String,
    polarity: Polarity, unit: String, source: String, evidence: Evidence, population: String? = nil,
    target: ScorecardTarget? = nil, rule: RatingRule = .automatic, definitionFault: String? = nil
  ) {
    self.id = id
    self.list = list
    self.name = name
    self.theme = theme
    self.priority = priority
    self.definition = definition
    self.owner = owner
    self.polarity = polarity
    self.unit = unit
    self.source = source
    self.evidence = evidence
    self.population = population
    self.target = target
    self.rule = rule
    self.definitionFault = definitionFault
  }

  /// The same indicator, judged the other way or not at all.
  func judged(_ polarity: Polarity) -> ScorecardIndicator {
    ScorecardIndicator(
      id: id, list: list, name: name, theme: theme, priority: priority, definition: definition, owner: owner,
      polarity: polarity, unit: unit, source: source, evidence: evidence, population: population,
      target: target, rule: rule, definitionFault: definitionFault)
  }
}
