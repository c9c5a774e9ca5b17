/// A number that a tornado moves: where it stands in the workspace, and how far it is moved.
public struct TornadoCandidate: Hashable, Sendable {
  /// Why it is moved so far.
  public enum Reason: Hashable, Sendable {
    /// To the given quantiles of its own distribution.
    case quantiles(Double, Double)
    /// By a share of its value, down and up, because it is one number without a range.
    case swing(Double)
    /// To 0 and 1, because it is the probability of something that happens or does not.
    case outcomes
    /// To the ends that were asked for.
    case stated
  }

  /// The name that people use.
  public let id: String
  /// The keys that lead to it in the workspace, separated by points.
  public let path: String
  /// The low end.
  public let low: Double
  /// The high end.
  public let high: Double
  /// Why these ends.
  public let reason: Reason

  /// Describes a number to be moved.
  public init(id: String, path: String, low: Double, high: Double, reason: Reason) {
    self.id = id
    self.path = path
    self.low = low
    self.high = high
    self.reason = reason
  }
}

/// Which number moves a figure most, moved one at a time, everything else drawn as before with the same random numbers.
public struct Tornado: Sendable {
  /// The figure with one number at one of its ends.
  public struct End: Sendable {
    /// What the number is set to.
    public let value: Double
    /// The mean of the figure.
    public let mean: MeanEstimate
    /// The mean of the figure's difference, future by future, from the plan as it stands.
    public let difference: MeanEstimate
    /// The probability that the figure is below nought, where that is asked for.
    public let probability: Probability?
  }

  /// What one number does.
  public struct Bar: Sendable {
    /// The number.
    public let candidate: TornadoCandidate
    /// The figure at its low end; nil where the plan refuses that value.
    public let low: End?
    /// The figure at its high end; nil where the plan refuses that value.
    public let high: End?
    /// Why the plan refuses an end; a sentence for each.
    public let refusals: [String]
    /// How far the mean of the figure moves from one end to the other, or to the only end from the plan as it stands.
    public let swing: Double
    /// The Monte Carlo standard error of the swing, taken future by future.
    public let swingError: Double
  }

  /// The mean of the figure in the plan as it stands.
  public let mean: MeanEstimate
  /// The probability that the figure is below nought in the plan as it stands, where that is asked for.
  public let probability: Probability?
  /// The numbers, the one that moves the figure most first.
  public let bars: [Bar]

  /// Moves every number to both its ends.
  ///
  /// - Parameters:
  ///   - candidates: the numbers.
  ///   - countsBelowZero: whether the chance that the figure is below nought is counted, as it is of balances.
  ///   - evaluate: the figure of the plan with some values changed.
  /// - Throws: what `evaluate` throws for the plan as it stands. A value that the plan refuses is an end without figures.
  public init(
    of candidates: [TornadoCandidate], countsBelowZero: Bool, evaluate: FigureOfPlan
  ) throws(CommissioningError) {
    let base = try evaluate([])
    mean = try MeanEstimate(base, of: "the figure")
    probability = countsBelowZero ? try Probability(negative: base) : nil
    var bars: [Bar] = []
    for candidate in candidates {
      var draws: [Draws?] = []
      var ends: [End?] = []
      var refusals: [String] = []
      for value in [candidate.low, candidate.high] {
        do throws(CommissioningError) {
          let figure = try evaluate([Setting(path: candidate.path, value: value)])
          ends.append(
            End(
              value: value, mean: try MeanEstimate(figure, of: candidate.id),
              difference: try MeanEstimate(figure - base, of: candidate.id),
              probability: countsBelowZero ? try Probability(negative: figure) : nil))
          draws.append(figure)
        } catch {
          ends.append(nil)
          draws.append(nil)
          let reason = "\(error)"
          if !refusals.contains(reason) { refusals.append(reason) }
        }
      }
      // Where an end is refused, the plan as it stands takes its place.
      let swing = try MeanEstimate((draws[1] ?? base) - (draws[0] ?? base), of: candidate.id)
      bars.append(
        Bar(
          candidate: candidate, low: ends[0], high: ends[1], refusals: refusals, swing: swing.value,
          swingError: swing.error))
    }
    self.bars = bars.enumerated().sorted {
      (-abs($0.element.swing), $0.offset) < (-abs($1.element.swing), $1.offset)
    }.map(\.element)
  }
}
