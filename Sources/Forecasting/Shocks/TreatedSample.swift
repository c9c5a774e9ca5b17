/// A sample with its shocks taken out, and what is known of them.
public struct TreatedSample: Sendable {
  /// One way to read the history: what the shocks were, and so where the series stands now.
  ///
  /// There are several where the last observations leave open whether a change stays, and where a shock may be none.
  public struct Reading: Sendable {
    /// The posterior probability of the reading; those of a sample sum to one.
    public let probability: Double
    /// What the latest open shock is taken for; nil where there is one reading only, and for the reading in which the
    /// weakest shock is none.
    public let kind: Shock.Kind?
    /// The history without its shocks, at the positions of the original, to fit a model to.
    public let sample: Sample
    /// The number of quantities that were estimated to take shocks out of ``sample``.
    public let parameterCount: Int
    /// What temporary effects leave after the last observation, and what is not known of the last level for them.
    let remainders: [Remainder]
    /// What shocks are still to be expected, going by those that were taken out.
    let recurrences: [Recurrence]

    /// An effect on the last observation that fades.
    ///
    /// What was taken off the last value as passing is missing from the level: an error e of that size raises the level by
    /// e and leaves e times a fading share, so that it tells more and more.
    struct Remainder: Sendable {
      /// What is left of it at the last observation.
      var mean: Double
      /// The variance of that.
      var variance: Double
      /// What a further period leaves of it: nothing of an outlier.
      var decay: Double
    }

    /// Shocks as often and as large as those that were found.
    struct Recurrence: Sendable {
      /// The probability of one in a period.
      var rate: Double
      /// The mean square of its size.
      var variance: Double
      /// Whether it stays.
      var isLasting: Bool

      /// The probability that some tell in a period so many steps ahead, and the variance that they then have.
      func ahead(_ step: Int) -> (probability: Double, variance: Double) {
        guard isLasting else { return (rate, variance) }
        var none = 1.0
        for _ in 0..<max(1, min(step, 1000)) { none *= 1 - rate }
        // As many as are expected, given that there is one.
        return none < 1 ? (1 - none, variance * rate * Double(step) / (1 - none)) : (0, 0)
      }
    }

    /// The mean and the variance of what past shocks still add so many periods after the last observation, on the scale of
    /// the sample.
    ///
    /// - Parameter step: 1 is the first period after the last observation.
    public func effect(step: Int) -> (mean: Double, variance: Double) {
      var effect = (mean: 0.0, variance: 0.0)
      for remainder in remainders {
        var left = 1.0
        for _ in 0..<max(0, min(step, 1000)) { left *= remainder.decay }
        effect.mean += left * remainder.mean
        effect.variance += (1 - left) * (1 - left) * remainder.variance
      }
      return effect
    }

    /// The reading with another probability.
    func weighing(_ probability: Double, kind: Shock.Kind?) -> Reading {
      Reading(
        probability: probability, kind: kind, sample: sample, parameterCount: parameterCount,
        remainders: remainders, recurrences: recurrences)
    }
  }

  /// The sample as it was observed.
  public let original: Sample
  /// The shocks, in the order of time.
  public let shocks: [Shock]
  /// The readings, the most probable first; at least one.
  public let readings: [Reading]
  /// How much each observation still counts, from 0 for an outlier to 1; nil where all count in full.
  public let weights: [Double]?
  /// The variance, on the scale of the sample, that revisions of a provisional last observation are expected to have; zero
  /// where it is final.
  public let revisionVariance: Double
  /// What the reader must know, each a sentence without its full stop.
  public let remarks: [String]
  /// The history without its shocks, in its most probable reading: to be fitted to where one sample is wanted.
  public var sample: Sample { readings.first?.sample ?? original }

  /// Whether nothing was changed: the sample is the original.
  public var isUntouched: Bool {
    shocks.isEmpty && revisionVariance == 0 && sample.count == original.count
  }

  /// A sample in which nothing was found.
  init(untouched sample: Sample, revisionVariance: Double = 0, remarks: [String] = []) {
    self.init(
      original: sample, shocks: [],
      readings: [
        Reading(probability: 1, kind: nil, sample: sample, parameterCount: 0, remainders: [], recurrences: [])
      ],
      weights: nil, revisionVariance: revisionVariance, remarks: remarks)
  }

  init(
    original: Sample, shocks: [Shock], readings: [Reading], weights: [Double]?, revisionVariance: Double,
    remarks: [String]
  ) {
    self.original = original
    self.shocks = shocks
    self.readings = readings
    self.weights = weights
    self.revisionVariance = revisionVariance
    self.remarks = remarks
  }
}
