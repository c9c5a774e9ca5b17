import RealModule

extension ShockTreatment {
  /// Adds to a treated sample what a provisional last observation leaves open.
  func provisional(_ treated: TreatedSample, revisions: [Double]) -> TreatedSample {
    let sample = treated.original
    guard let last = sample.positions.last, sample.provisional.contains(last) else { return treated }
    let known = revisions.filter(\.isFinite)
    let deviation: Double
    let basis: String
    if known.count >= 3 {
      deviation = (known.reduce(0) { $0 + $1 * $1 } / Double(known.count)).squareRoot()
      basis = "as much as its \(known.count) known revisions"
    } else {
      guard let usual = Self.usualChange(treated.sample) else { return treated }
      deviation = assumedRevision * usual
      basis =
        "\(NumberText.plain((assumedRevision * 100).rounded())) % of the usual change from one observation to the next "
        + "(an assumption: no revisions of it are known)"
    }
    guard deviation > 0, deviation.isFinite else { return treated }
    return TreatedSample(
      original: sample, shocks: treated.shocks, readings: treated.readings, weights: treated.weights,
      revisionVariance: deviation * deviation,
      remarks: treated.remarks + [
        "the figure of \(sample.labels[sample.count - 1]) is provisional: the forecast is widened for a revision of \(basis)"
      ])
  }

  /// The root mean square change from one observation to the next; nil where there is none.
  private static func usualChange(_ sample: Sample) -> Double? {
    guard sample.count >= 2 else { return nil }
    var sum = 0.0
    for index in 1..<sample.count {
      let change = sample.values[index] - sample.values[index - 1]
      sum += change * change / Double(sample.positions[index] - sample.positions[index - 1])
    }
    return (sum / Double(sample.count - 1)).squareRoot()
  }
}
