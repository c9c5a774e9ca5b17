import RealModule

/// One over the known sampling variances of the observations of a sample: how sure one observation is against another.
struct SamplingWeights: Sendable {
  /// A weight for each observation. Their geometric mean is one: then the error variance is that of a typical
  /// observation, and the weights drop out of the likelihood.
  let values: [Double]

  /// The weights of a sample; ones where some sampling variance is not known.
  init(_ sample: Sample) {
    guard let variances = sample.samplingVariances, variances.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      values = sample.positions.map { _ in 1 }
      return
    }
    let logs = variances.map { -Double.log($0) }
    let mean = logs.reduce(0, +) / Double(logs.count)
    values = logs.map { Double.exp($0 - mean) }
  }
}
