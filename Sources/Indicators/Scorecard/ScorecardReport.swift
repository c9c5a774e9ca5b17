import TimeSeries

/// A scorecard filled with what was published by a day: a line for each indicator, with its comparators, its colour and the
/// rule that gave it, its trend, its target and its forecast.
public struct ScorecardReport: Hashable, Sendable {
  /// The definition.
  public let scorecard: Scorecard
  /// For whom, beside whom and as of when.
  public let context: ScorecardContext
  /// The lines, in the order of the card.
  public let results: [ScorecardResult]
  /// Whether some of the evidence became public only after the day of the card, which then looks back.
  public let isHindcast: Bool

  /// Fills a card.
  ///
  /// Whatever cannot be worked out becomes a reason in its line and stops nothing else. The same card and series give the
  /// same report.
  ///
  /// - Parameters:
  ///   - scorecard: the definition.
  ///   - evidence: series of the area and of others; figures published after the context's day are not looked at, save to
  ///     tell a period that was still to come from one that a series does not have.
  ///   - context: for whom, beside whom and as of when.
  ///   - eachLine: called when a line has been filled, for those who tell how far the work is.
  public init(
    _ scorecard: Scorecard, evidence: Panel, context: ScorecardContext, eachLine: () -> Void = {}
  ) {
    self.scorecard = scorecard
    self.context = context
    var filling = ScorecardFilling(evidence: evidence, context: context)
    results = scorecard.indicators.map { indicator in
      defer { eachLine() }
      return filling.result(of: indicator)
    }
    isHindcast = evidence.contains { series in
      series.points.contains { point in point.publication.map { $0.date > context.asOf } ?? false }
    }
  }

  /// How many lines have a colour, of all lines or of one theme.
  public func count(_ colour: RatingColour, theme: String? = nil) -> Int {
    results.count { result in
      result.rating.colour == colour && (theme.map { result.indicator.theme == $0 } ?? true)
    }
  }

  /// The priorities that no line stands under.
  public var prioritiesWithoutIndicator: [Scorecard.Priority] {
    scorecard.priorities.filter { priority in !results.contains { $0.indicator.priority == priority.number } }
  }

  /// The priorities under which there are lines and none has a figure.
  public var prioritiesWithoutFigures: [Scorecard.Priority] {
    scorecard.priorities.filter { priority in
      let under = results.filter { $0.indicator.priority == priority.number }
      return !under.isEmpty && !under.contains(where: \.hasFigure)
    }
  }
}
