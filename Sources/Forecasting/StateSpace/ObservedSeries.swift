/// What a state-space model is held against: observations at equal distances in time, some of them missing, with what
/// is known beside them.
public struct ObservedSeries: Sendable {
  /// The observations in the order of time; NaN where there is none.
  public let values: [Double]
  /// The variance of each observation's noise that is known beforehand; empty where nothing is.
  public let knownVariances: [Double]
  /// The covariates of each time, those of one time side by side; finite also where the observation is missing.
  public let covariates: [Double]
  /// The number of covariates of one time.
  public let covariateCount: Int

  /// The number of times, missing observations included.
  public var count: Int { values.count }

  /// A series from its parts.
  ///
  /// - Parameters:
  ///   - values: the observations; NaN for one that is missing.
  ///   - knownVariances: as many variances, or none; those of missing observations are not read.
  ///   - covariates: for each time as many numbers as there are covariates, time after time.
  ///   - covariateCount: the number of covariates.
  public init(
    values: [Double], knownVariances: [Double] = [], covariates: [Double] = [], covariateCount: Int = 0
  ) {
    precondition(knownVariances.isEmpty || knownVariances.count == values.count, "a variance for each value")
    precondition(covariates.count == covariateCount * values.count, "all covariates for each value")
    self.values = values
    self.knownVariances = knownVariances
    self.covariates = covariates
    self.covariateCount = covariateCount
  }

  /// The values of a sample on its own scale, gaps as missing observations.
  ///
  /// - Parameters:
  ///   - sample: the sample.
  ///   - sampling: whether the sampling variances of the sample, where it has them, are known variances of the noise.
  public init(_ sample: Sample, sampling: Bool = false) {
    let count = (sample.positions.last ?? -1) + 1
    var values = Array(repeating: Double.nan, count: count)
    var variances: [Double] = []
    for (position, value) in zip(sample.positions, sample.values) { values[position] = value }
    if sampling, let known = sample.samplingVariances {
      variances = Array(repeating: 0, count: count)
      for (position, variance) in zip(sample.positions, known) { variances[position] = variance }
    }
    self.init(values: values, knownVariances: variances)
  }
}
