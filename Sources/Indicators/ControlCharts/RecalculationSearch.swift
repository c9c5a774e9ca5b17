import RealModule
import TimeSeries

/// Looks for periods from which limits might be worked out anew.
enum RecalculationSearch {
  /// The fewest points on either side of a step, and the fewest of a run that is listed: one more than a shift.
  static let fewestPoints = 8

  /// The suggestions for a chart, in the order of their periods.
  static func suggestions(for draft: ControlChartDraft) -> [RecalculationSuggestion] {
    var found: [(position: Int, evidence: RecalculationSuggestion.Evidence)] = []
    for segment in draft.segments {
      found += breaks(in: segment.positions, of: draft)
      guard segment.limits != nil else { continue }
      let present = segment.positions.filter { !draft.values[$0].isNaN }
      search(present[...], draft.values, finds: draft.kind == .g ? [.run] : [.step, .run], into: &found)
    }
    // A break that the series says itself explains a step beside it.
    let broken = found.filter { $0.evidence == .definitionBreak || $0.evidence == .reportingBreak }.map(
      \.position)
    found = found.filter { one in
      one.evidence == .definitionBreak || one.evidence == .reportingBreak
        || !broken.contains { ($0 - one.position).magnitude <= 2 }
    }
    found.sort { ($0.position, $0.evidence.order) < ($1.position, $1.evidence.order) }
    return found.enumerated().map { index, one in
      let bounds =
        draft.segments.first { $0.positions.contains(one.position) }?.positions ?? 0..<draft.values.count
      let next =
        found.dropFirst(index + 1).first { $0.position > one.position }?.position ?? bounds.upperBound
      let before = found[..<index].last { $0.position < one.position }?.position ?? bounds.lowerBound
      let since = draft.values[one.position..<max(one.position, min(next, bounds.upperBound))].filter {
        !$0.isNaN
      }
      let earlier = draft.values[max(before, bounds.lowerBound)..<one.position].filter { !$0.isNaN }
      return RecalculationSuggestion(
        from: draft.points[one.position].period, evidence: one.evidence,
        size: since.isEmpty || earlier.isEmpty ? nil : mean(since) - mean(earlier), pointCount: since.count)
    }
  }

  /// Breaks that the series says itself, but for one with which a part of the chart begins.
  private static func breaks(
    in positions: Range<Int>, of draft: ControlChartDraft
  ) -> [(position: Int, evidence: RecalculationSuggestion.Evidence)] {
    positions.dropFirst().compactMap { position in
      guard let point = draft.series.point(at: draft.points[position].period), point.breakBefore else {
        return nil
      }
      return (position, point.flags.contains(.definitionBreak) ? .definitionBreak : .reportingBreak)
    }
  }

  /// Divides points where two levels describe them better than one, and each part again; in parts that are not divided,
  /// looks for long runs on one side of their mean.
  private static func search(
    _ positions: ArraySlice<Int>, _ values: [Double], finds: [RecalculationSuggestion.Evidence],
    into found: inout [(position: Int, evidence: RecalculationSuggestion.Evidence)]
  ) {
    guard positions.count >= fewestPoints else { return }
    if finds.contains(.step), let step = step(positions, values) {
      search(positions[..<step], values, finds: finds, into: &found)
      found.append((positions[step], .step))
      search(positions[step...], values, finds: finds, into: &found)
      return
    }
    let level = mean(positions.map { values[$0] })
    var start = positions.startIndex
    var side = 0
    for index in positions.startIndex...positions.endIndex {
      let next =
        index == positions.endIndex
        ? 0 : values[positions[index]] > level ? 1 : values[positions[index]] < level ? -1 : 0
      guard next != side || index == positions.endIndex else { continue }
      // A run from the first point on is the level itself.
      if side != 0, index - start >= fewestPoints, start > positions.startIndex {
        found.append((positions[start], .run))
      }
      start = index
      side = next
    }
  }

  /// The best place of a step: where the squares about two means are least, if by Schwarz's criterion two levels and a
  /// place are worth their three parameters' two more.
  private static func step(_ positions: ArraySlice<Int>, _ values: [Double]) -> Int? {
    let count = positions.count
    guard count >= 2 * fewestPoints else { return nil }
    let level = mean(positions.map { values[$0] })
    // About the mean, so that large figures lose nothing.
    let figures = positions.map { values[$0] - level }
    let total = figures.reduce(0) { $0 + $1 * $1 }
    guard total > 0, total.isFinite else { return nil }
    var sum = 0.0
    var best: (gain: Double, index: Int)?
    for (index, figure) in figures.enumerated() {
      if index >= fewestPoints, count - index >= fewestPoints {
        // The squares that a step before this point takes away: the sums of both sides are opposite.
        let gain = sum * sum / Double(index) + sum * sum / Double(count - index)
        if gain > best?.gain ?? 0 { best = (gain, index) }
      }
      sum += figure
    }
    guard let best else { return nil }
    let left = max(total - best.gain, 0)
    let points = Double(count)
    guard left <= total * 1e-12 || points * Double.log(total / left) > 3 * Double.log(points) else {
      return nil
    }
    return positions.startIndex + best.index
  }

  private static func mean(_ values: some Collection<Double>) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }
}

extension RecalculationSuggestion.Evidence {
  fileprivate var order: Int {
    switch self {
    case .definitionBreak: 0
    case .reportingBreak: 1
    case .step: 2
    case .run: 3
    }
  }
}
