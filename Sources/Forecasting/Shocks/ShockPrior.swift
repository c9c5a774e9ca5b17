/// What is held of shocks before a series has been seen.
///
/// A search over every position and kind always finds something: the prior is what pays for the search. The prior odds of
/// a shock anywhere are shared out over the positions and kinds, so the longer the series the stronger each has to be.
public struct ShockPrior: Hashable, Sendable {
  /// The odds that a series of any length has an arbitrary shock, before it is seen.
  public var odds: Double
  /// The odds of each further shock, once the earlier ones are accepted.
  public var furtherOdds: Double
  /// The odds that the pandemic years stand out in a series that overlaps them.
  public var pandemicOdds: Double
  /// The shares of the odds that additive outliers, temporary changes and level shifts have; they sum to one.
  ///
  /// They alone speak where a series ends with its shock. Of changes more than four times as large as usual, the next
  /// figure of published annual and quarterly series keeps most in about seven cases of ten, half or less in three.
  public var shares: Shares
  /// The prior standard deviation of the size of a shock, in one-step errors of the undisturbed series.
  public var size: Double
  /// The same for pandemic years that are only down-weighted.
  public var downWeightedSize: Double
  /// What is left of a temporary change after each further period: 0.7 after Chen and Liu (1993).
  public var decay: Double

  /// How the odds of a shock are shared among kinds.
  public struct Shares: Hashable, Sendable {
    /// The share of additive outliers.
    public var additiveOutlier: Double
    /// The share of temporary changes.
    public var temporaryChange: Double
    /// The share of level shifts.
    public var levelShift: Double

    /// Shares of zero or more; they are divided by their sum.
    public init(additiveOutlier: Double, temporaryChange: Double, levelShift: Double) {
      let parts = [additiveOutlier, temporaryChange, levelShift].map { $0 > 0 ? $0 : 0 }
      let sum = parts.reduce(0, +)
      let isUsable = sum > 0 && sum.isFinite
      self.additiveOutlier = isUsable ? parts[0] / sum : 1 / 3
      self.temporaryChange = isUsable ? parts[1] / sum : 1 / 3
      self.levelShift = isUsable ? parts[2] / sum : 1 / 3
    }

    /// The shares in the order of the search: additive outlier, temporary change, level shift.
    var list: [Double] { [additiveOutlier, temporaryChange, levelShift] }
  }

  /// A prior; what is not given is as in ``standard``.
  public init(
    odds: Double = 0.25, furtherOdds: Double = 0.125, pandemicOdds: Double = 0.2,
    shares: Shares = Shares(additiveOutlier: 0.2, temporaryChange: 0.15, levelShift: 0.65), size: Double = 5,
    downWeightedSize: Double = 1.5, decay: Double = 0.7
  ) {
    self.odds = max(0, odds)
    self.furtherOdds = max(0, furtherOdds)
    self.pandemicOdds = max(0, pandemicOdds)
    self.shares = shares
    self.size = size > 0 && size.isFinite ? size : 5
    self.downWeightedSize = downWeightedSize > 0 && downWeightedSize.isFinite ? downWeightedSize : 1.5
    self.decay = decay > 0 && decay < 1 ? decay : 0.7
  }

  /// The prior of the automatic choice: fewer than one random walk in twenty is found to have a shock.
  public static let standard = ShockPrior()
}
