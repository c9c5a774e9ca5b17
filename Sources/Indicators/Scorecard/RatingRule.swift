import TimeSeries

/// Red, amber, green, or nothing: never green where nothing is judged.
public enum RatingColour: String, CaseIterable, Hashable, Sendable {
  /// Good, by the rule that stands beside it.
  case green
  /// Neither good nor bad.
  case amber
  /// Bad.
  case red
  /// Not judged; the reason stands beside it.
  case notJudged

  /// The colour in words.
  public var label: String { self == .notJudged ? "not judged" : rawValue }
}

/// The rule by which an indicator gets its colour.
public enum RatingRule: String, CaseIterable, Hashable, Sendable {
  /// The first of target, benchmark and quartile that can be applied to what is known.
  case automatic
  /// The figure against a target with a level and a day.
  case target
  /// The interval of the figure against the benchmark, as OHID does.
  case benchmark
  /// The quartile among the area and its statistical neighbours.
  case quartile
  /// No colour.
  case none

  /// The share of a target's level by which a figure may miss it and be amber, not red.
  public static let usualTolerance = 0.05
  /// The fewest areas, the own among them, between which quartiles are told apart.
  public static let fewestAreas = Quartile.leastCount

  /// What the rule says, as it stands under a card.
  public var statement: String {
    switch self {
    case .automatic:
      "automatic: the first of target, benchmark and quartile that can be applied to what is published"
    case .target:
      "target: green where the figure meets the level (of the period in which it falls due once that is published, of the "
        + "latest until then), amber where it misses by no more than the tolerance (5% of the level unless stated), else "
        + "red; not applied to figures after that period, across a break of the series after what the target was set on, "
        + "or to a series with a break where the target does not say what it was set on"
    case .benchmark:
      "benchmark: green where the 95% interval of the figure lies wholly on the good side of the benchmark's value, red "
        + "where on the bad side, amber where it holds it (OHID); needs counts"
    case .quartile:
      "quartile: green in the best quarter of the area and its statistical neighbours, red in the worst, amber between; "
        + "\(Quartile.ruleOfTies); needs \(Self.fewestAreas) areas with a figure for the same period; chance is not tested"
    case .none: "none: no colour, as for an indicator without a good direction"
    }
  }
}

/// A colour with the rule that gave it and the sentence that explains it.
public struct Rating: Hashable, Sendable {
  /// The colour.
  public let colour: RatingColour
  /// The rule that gave it; ``RatingRule/none`` where none did.
  public let rule: RatingRule
  /// Why: `65.2 misses 74 by more than 3.7`.
  public let reason: String
  /// The rules that come first and could not be applied, each with its reason.
  public let passedOver: [String]

  /// A colour and its reason.
  public init(_ colour: RatingColour, by rule: RatingRule, reason: String, passedOver: [String] = []) {
    self.colour = colour
    self.rule = rule
    self.reason = reason
    self.passedOver = passedOver
  }
}
