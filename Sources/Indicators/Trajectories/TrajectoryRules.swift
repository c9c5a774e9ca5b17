/// The rules by which a milestone whose figure is to come is said to be on track, at risk or off track.
public struct TrajectoryRules: Hashable, Sendable {
  /// The least probability of reaching the level at which a milestone is on track.
  public let onTrackFrom: Double
  /// The least probability at which it is at risk; below, it is off track.
  public let atRiskFrom: Double
  /// Where nothing can be forecast: the least share of the straight line's way from the baseline that the latest figure must
  /// have gone for a milestone to be at risk rather than off track; on track is the whole of it.
  public let atRiskShare: Double
  /// The fewest figures from which a probability is given: five, as for a trend; a model that knows fewer says more of itself
  /// than of the measure.
  public let figuresToForecast: Int

  /// Rules: 70%, 30%, half of the way and five figures unless given.
  ///
  /// - Parameters:
  ///   - onTrackFrom: a probability.
  ///   - atRiskFrom: a probability, not above `onTrackFrom`.
  ///   - atRiskShare: a share of the way, from 0 to 1.
  ///   - figuresToForecast: the fewest figures that are forecast, 1 or more.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for numbers that are no such shares or counts.
  public init(
    onTrackFrom: Double = 0.7, atRiskFrom: Double = 0.3, atRiskShare: Double = 0.5,
    figuresToForecast: Int = 5
  ) throws(IndicatorsError) {
    guard (0...1).contains(onTrackFrom), (0...onTrackFrom).contains(atRiskFrom), (0...1).contains(atRiskShare)
    else {
      throw .invalid(
        subject: "rules of trajectories",
        reason:
          "on-track-from, at-risk-from and at-risk-share must be shares from 0% to 100%, and at-risk-from not above "
          + "on-track-from")
    }
    guard figuresToForecast >= 1 else {
      throw .invalid(
        subject: "rules of trajectories", reason: "figures-to-forecast must be a whole number from 1")
    }
    self.init(onTrackFrom, atRiskFrom, atRiskShare, figuresToForecast)
  }

  private init(_ onTrackFrom: Double, _ atRiskFrom: Double, _ atRiskShare: Double, _ figuresToForecast: Int) {
    self.onTrackFrom = onTrackFrom
    self.atRiskFrom = atRiskFrom
    self.atRiskShare = atRiskShare
    self.figuresToForecast = figuresToForecast
  }

  /// On track from 70%, at risk from 30%; half of the way; five figures.
  public static let standard = TrajectoryRules(0.7, 0.3, 0.5, 5)

  /// The status that a probability of reaching the level gives.
  public func status(probability: Double) -> MilestoneStatus {
    probability >= onTrackFrom ? .onTrack : probability >= atRiskFrom ? .atRisk : .offTrack
  }

  /// The status that a place beside the straight line gives.
  ///
  /// - Parameters:
  ///   - value: the latest figure.
  ///   - line: where the line is at that time.
  ///   - start: where the line starts, the baseline.
  ///   - aim: on which side of the line is good.
  public func status(value: Double, line: Double, start: Double, aim: Target.Aim) -> MilestoneStatus {
    if aim.isMet(value, level: line) { return .onTrack }
    // On the bad side of the line. Where the line leads the good way, part of the way is something.
    let asked = line - start
    guard asked != 0, aim.isMet(line, level: start) else { return .offTrack }
    return (value - start) / asked >= atRiskShare ? .atRisk : .offTrack
  }

  /// The rules as sentences, for whoever reads a status.
  public var sentences: [String] {
    let (high, low) = (Self.percent(onTrackFrom), Self.percent(atRiskFrom))
    return [
      "met, missed: the figure of the period that the milestone is judged by is published and reaches the level, or does not.",
      "on track, at risk, off track: the figure is to come. Where it can be forecast, from \(figuresToForecast) "
        + "figures or more, on track is a probability of reaching "
        + "the level of \(high) or more, at risk \(low) to \(high), off track less. Elsewhere the latest figure is set beside "
        + "the straight line from the baseline to the milestone: on it or better is on track, "
        + "\(Self.percent(atRiskShare)) of its way or more is at risk, less is off track.",
      "not yet due: the date has not come, or the period that judges is not over, and no figure says how likely it is. not measurable: no level, no baseline or no "
        + "figure; the reason is given.",
    ]
  }

  private static func percent(_ share: Double) -> String { LevelText.plain(share * 100) + "%" }
}
