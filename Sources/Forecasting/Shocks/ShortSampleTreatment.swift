import RealModule

/// The treatment of samples that are too short, or too much the same throughout, to be searched: breaks that are flagged
/// and nothing else.
///
/// A break is bridged where two ordinary changes tell what change to expect across it; where not, only what follows the
/// last break is used.
struct ShortSampleTreatment {
  let treated: TreatedSample

  init(_ sample: Sample, treatment: ShockTreatment, revisions: [Double]) {
    guard !sample.breaks.isEmpty else {
      treated = treatment.provisional(TreatedSample(untouched: sample), revisions: revisions)
      return
    }
    let ordinary = sample.count - 1 - sample.breaks.count
    treated = treatment.provisional(
      ordinary >= 2 ? Self.bridged(sample) : Self.cut(sample), revisions: revisions)
  }

  private static func bridged(_ sample: Sample) -> TreatedSample {
    let change = Sample.medianChange(sample)
    var values = sample.values
    var shocks: [Shock] = []
    for position in sample.breaks {
      guard let index = sample.positions.firstIndex(of: position), index > 0 else { continue }
      let periods = Double(position - sample.positions[index - 1])
      let step = sample.values[index] - sample.values[index - 1] - change * periods
      for earlier in 0..<index { values[earlier] += step }
      shocks.append(
        Shock(
          kind: .levelShift, position: position, label: sample.labels[index], size: step,
          standardError: .infinity,
          sizeInUnit: sample.observed[index] - sample.restored(sample.values[index] - step), odds: .infinity,
          reason: .flaggedBreak, alternatives: [.init(kind: .levelShift, probability: 1)]))
    }
    var text = ShockRemarks(sample: sample, shared: [])
    for shock in shocks { text.describe(shock) }
    return TreatedSample(
      original: sample, shocks: shocks,
      readings: [
        .init(
          probability: 1, kind: nil, sample: Sample(sample, values: values, breaks: []),
          parameterCount: shocks.count, remainders: [], recurrences: [])
      ], weights: nil, revisionVariance: 0, remarks: text.remarks)
  }

  private static func cut(_ sample: Sample) -> TreatedSample {
    let index = sample.breaks.last.flatMap { sample.positions.firstIndex(of: $0) } ?? 0
    let rest = sample.dropping(first: index)
    return TreatedSample(
      original: sample, shocks: [],
      readings: [
        .init(
          probability: 1, kind: nil, sample: rest, parameterCount: 0, remainders: [], recurrences: [])
      ], weights: nil, revisionVariance: 0,
      remarks: [
        "the series breaks before \(sample.labels[index]), and too little stands before it to bridge the break: only the "
          + "\(rest.count) \(rest.count == 1 ? "observation" : "observations") since then \(rest.count == 1 ? "is" : "are") used"
      ])
  }
}
