/// A sample with its shocks taken out, and what is known of them.
public struct TreatedSample: Sendable {
  /// One way to read the history: what the shocks were, and so where the series stands now.
  ///
  /// There are several where the last observations leave open whether a change stays.
  public struct Reading: Sendable {
    /// The posterior probability of the reading; those of a sample sum to one.
    public let probability: Double
    /// What the latest shock is taken for; nil where there is one reading only.
    public let kind: Shock.Kind?
    /// The history without its shocks, to fit a model to.
    public let sample: Sample
    /// The periods from the last observation of ``sample`` to that of the original: disturbed observations at the end are
    /// left out rather than made up, and a model has to forecast so many steps more.
    public let stepsMissing: Int
    /// The number of quantities that were estimated to take shocks out of ``sample``; observations that were left out are
    /// not among them.
    public let parameterCount: Int
    /// What is left of temporary changes after the last observation.
    let remainders: [Remainder]

    /// An effect that fades.
    struct Remainder: Sendable {
      /// What is left of it at the last observation of the original.
      var mean: Double
      /// The variance of that.
      var variance: Double
      /// What a further period leaves of it.
      var decay: Double
    }

    /// The mean and the variance of what shocks still add so many periods after the last observation, on the scale of the
    /// sample.
    ///
    /// - Parameter step: 1 is the first period after the last observation.
    public func effect(step: Int) -> (mean: Double, variance: Double) {
      var effect = (mean: 0.0, variance: 0.0)
      for remainder in remainders {
        var left = 1.0
        for _ in 0..<max(0, min(step, 1000)) { left *= remainder.decay }
        effect.mean += left * remainder.mean
        effect.variance += left * left * remainder.variance
      }
      return effect
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
      readings: [Reading(probability: 1, kind: nil, sample: sample, stepsMissing: 0, parameterCount: 0, remainders: [])],
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
