import Commissioning

/// A tornado as programs read it.
public struct TornadoDocument: Codable, Hashable, Sendable {
  /// The area that is planned for.
  public let area: String
  /// What was asked for.
  public let options: PlanDocument.Options
  /// The figure.
  public let question: QuestionDocument
  /// Its mean in the plan as it stands.
  public let mean: MeanDocument
  /// The probability that it is below nought; null where it is no balance.
  public let probabilityBelowZero: ProbabilityDocument?
  /// The numbers that were moved one at a time, the largest swing first.
  public let bars: [Bar]
  /// The shares of the variance, the largest first.
  public let shares: [Share]
  /// What no single driver explains; with the shares it sums to one.
  public let remainder: MeanDocument

  /// What one number does.
  public struct Bar: Codable, Hashable, Sendable {
    /// The number.
    public let id: String
    /// Where it stands in the workspace.
    public let path: String
    /// Why its ends are where they are: `quantiles`, `swing` or `stated`.
    public let reason: String
    /// The figure at the low end; null where the plan refuses it.
    public let low: End?
    /// The figure at the high end; null where the plan refuses it.
    public let high: End?
    /// How far the mean moves from the low end to the high.
    public let swing: MeanDocument
    /// Why an end is refused.
    public let refusals: [String]
  }

  /// The figure with a number at one of its ends.
  public struct End: Codable, Hashable, Sendable {
    /// What the number is set to.
    public let value: Double
    /// The mean of the figure.
    public let mean: MeanDocument
    /// The mean of its difference from the plan as it stands.
    public let difference: MeanDocument
    /// The probability that it is below nought; null where it is no balance.
    public let probabilityBelowZero: ProbabilityDocument?
  }

  /// A share of the variance.
  public struct Share: Codable, Hashable, Sendable {
    /// The driver.
    public let id: String
    /// `assumption` or `series`.
    public let kind: String
    /// The share, 1 for all.
    public let share: Double
    /// Its standard error.
    public let error: Double
  }

  /// Writes out a report.
  public init(_ report: TornadoReport) {
    area = report.heading.area
    options = report.heading.options
    question = QuestionDocument(report.question)
    mean = MeanDocument(report.tornado.mean)
    probabilityBelowZero = report.tornado.probability.map(ProbabilityDocument.init)
    bars = report.tornado.bars.map { bar in
      let reason =
        switch bar.candidate.reason {
        case .quantiles: "quantiles"
        case .swing: "swing"
        case .outcomes: "outcomes"
        case .stated: "stated"
        }
      return Bar(
        id: bar.candidate.id, path: bar.candidate.path, reason: reason, low: bar.low.map(Self.end),
        high: bar.high.map(Self.end),
        swing: MeanDocument(value: bar.swing, error: bar.swingError), refusals: bar.refusals)
    }
    shares = report.shares.shares.map {
      Share(id: $0.id, kind: $0.kind.rawValue, share: $0.value, error: $0.error)
    }
    remainder = MeanDocument(value: report.shares.remainder, error: report.shares.remainderError)
  }

  private static func end(_ end: Tornado.End) -> End {
    End(
      value: end.value, mean: MeanDocument(end.mean), difference: MeanDocument(end.difference),
      probabilityBelowZero: end.probability.map(ProbabilityDocument.init))
  }
}
