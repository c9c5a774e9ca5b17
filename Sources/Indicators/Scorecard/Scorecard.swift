import TimeSeries

/// The definition of a scorecard: themes, the priorities under them, and the indicators by which a board tells whether
/// they are being met. It holds no figures; ``ScorecardReport`` puts published series beside it.
public struct Scorecard: Hashable, Sendable {
  /// A heading of the card, such as Healthy.
  public struct Theme: Hashable, Sendable {
    /// By what indicators and priorities name it: `healthy`.
    public let id: String
    /// What a reader sees: `Healthy`.
    public let name: String

    /// A theme.
    public init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// What the plan sets out to do, under a theme.
  public struct Priority: Hashable, Sendable {
    /// Its number in the plan.
    public let number: Int
    /// The theme, by its id.
    public let theme: String
    /// The words of the plan.
    public let text: String

    /// A priority.
    public init(number: Int, theme: String, text: String) {
      self.number = number
      self.theme = theme
      self.text = text
    }
  }

  /// A target as the plan words it, whether or not it can be measured.
  public struct StatedTarget: Hashable, Sendable {
    /// Its identifier.
    public let id: String
    /// The words of the plan.
    public let text: String
    /// The indicator that measures it; nil where none does, which ``reason`` explains.
    public let indicator: String?
    /// Why no indicator measures it.
    public let reason: String?

    /// A target in words.
    public init(id: String, text: String, indicator: String?, reason: String? = nil) {
      self.id = id
      self.text = text
      self.indicator = indicator
      self.reason = reason
    }
  }

  /// The name of the card.
  public let name: String
  /// The documents it was taken from.
  public let source: String
  /// The themes, in the order in which they are shown.
  public let themes: [Theme]
  /// The priorities, by number.
  public let priorities: [Priority]
  /// The indicators, in the order of the card; those of other lists follow.
  public let indicators: [ScorecardIndicator]
  /// The targets as the plan words them.
  public let statedTargets: [StatedTarget]

  /// A scorecard; ``problems()`` says what does not fit together in it.
  public init(
    name: String, source: String, themes: [Theme], priorities: [Priority], indicators: [ScorecardIndicator],
    statedTargets: [StatedTarget] = []
  ) {
    self.name = name
    self.source = source
    self.themes = themes
    self.priorities = priorities
    self.indicators = indicators
    self.statedTargets = statedTargets
  }

  /// The card with one theme alone; nil where it has no such theme. The name may be the id or what a reader sees,
  /// whatever its capitals.
  public func only(theme name: String) -> Scorecard? {
    let wanted = name.lowercased()
    guard let theme = themes.first(where: { $0.id == name || $0.name.lowercased() == wanted }) else {
      return nil
    }
    let kept = indicators.filter { $0.theme == theme.id }
    let ids = Set(kept.map(\.id))
    return Scorecard(
      name: self.name, source: source, themes: [theme],
      priorities: priorities.filter { $0.theme == theme.id },
      indicators: kept,
      statedTargets: statedTargets.filter { $0.indicator.map { ids.contains($0) } ?? false })
  }

  /// The card with other directions for some indicators: what counts as better is for its reader to say.
  ///
  /// - Parameter polarities: the direction by the id of the indicator; ids that are not on the card change nothing.
  public func judging(by polarities: [String: Polarity]) -> Scorecard {
    Scorecard(
      name: name, source: source, themes: themes, priorities: priorities,
      indicators: indicators.map { one in polarities[one.id].map { one.judged($0) } ?? one },
      statedTargets: statedTargets)
  }

  /// What does not fit together: an id that stands twice, a theme or a priority that is not there, a priority of another
  /// theme, a stated target whose indicator is missing. None for a sound card.
  public func problems() -> [IndicatorsError] {
    var found: [IndicatorsError] = []
    var ids: Set<String> = []
    let themeIDs = Set(themes.map(\.id))
    for priority in priorities where !themeIDs.contains(priority.theme) {
      found.append(
        .invalid(subject: "priority \(priority.number)", reason: "there is no theme \"\(priority.theme)\""))
    }
    for one in indicators {
      if !ids.insert(one.id).inserted {
        found.append(.invalid(subject: one.id, reason: "the id stands twice; give each indicator its own"))
      }
      if !themeIDs.contains(one.theme) {
        found.append(.invalid(subject: one.id, reason: "there is no theme \"\(one.theme)\""))
      }
      if let priority = priorities.first(where: { $0.number == one.priority }) {
        if priority.theme != one.theme {
          found.append(
            .invalid(
              subject: one.id,
              reason: "priority \(one.priority) is of the theme \(priority.theme), not of \(one.theme)"))
        }
      } else {
        found.append(.invalid(subject: one.id, reason: "there is no priority \(one.priority)"))
      }
    }
    for target in statedTargets {
      if let indicator = target.indicator, !ids.contains(indicator) {
        found.append(.invalid(subject: target.id, reason: "there is no indicator \"\(indicator)\""))
      }
    }
    return found
  }
}
