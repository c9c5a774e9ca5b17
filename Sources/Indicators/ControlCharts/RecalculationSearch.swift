import RealModule
import TimeSeries

/// Looks for periods from which limits might be worked out anew.
enum RecalculationSearch {
  /// The fewest points on either side of a step, and the fewest of a run that is listed: one more than a shift. In a part
  /// of more than 800 points a step has a hundredth of them on either side, which bounds their number.
  static let fewestPoints = 8

  /// A period that might be one.
  private struct Find {
    let position: Int
    let evidence: RecalculationSuggestion.Evidence
    /// The place after the last point of a run; nil for what goes on to the next find.
    var end: Int?

    /// Whether the series says itself that it breaks here.
    var isBreak: Bool { evidence == .definitionBreak || evidence == .reportingBreak }
  }

  /// The suggestions for a chart, in the order of their periods.
  static func suggestions(for draft: ControlChartDraft) -> [RecalculationSuggestion] {
    var found: [Find] = []
    for segment in draft.segments {
      found += breaks(in: segment.positions, of: draft)
      guard segment.limits != nil else { continue }
      let present = segment.positions.filter { !draft.values[$0].isNaN }
      // Squares about a mean say little of figures as skewed as those of rare events.
      search(
        present[...], draft.values, centre: draft.kind == .g ? segment.limits?.centre : nil,
        least: max(fewestPoints, present.count / 100),
        into: &found)
    }
    // A break that the series says itself explains a step beside it.
    let broken = found.filter(\.isBreak).map(\.position)
    found = found.filter { one in
      one.isBreak || !broken.contains { ($0 - one.position).magnitude <= 2 }
    }
    found.sort { ($0.position, $0.evidence.order) < ($1.position, $1.evidence.order) }
    return found.indices.map { index in
      let one = found[index]
      let part =
        draft.segments.first { $0.positions.contains(one.position) }?.positions ?? 0..<draft.values.count
      let next = found[index...].first { $0.position > one.position }?.position ?? part.upperBound
      let before = found[..<index].last { $0.position < one.position }?.position ?? part.lowerBound
      let since = draft.values[one.position..<(one.end ?? min(next, part.upperBound))].filter { !$0.isNaN }
      let earlier = draft.values[max(before, part.lowerBound)..<one.position].filter { !$0.isNaN }
      return RecalculationSuggestion(
        from: draft.points[one.position].period, evidence: one.evidence,
        size: since.isEmpty || earlier.isEmpty ? nil : mean(since) - mean(earlier), pointCount: since.count)
    }
  }

  /// Breaks that the series says itself, but for one with which a part of the chart begins.
  private static func breaks(in positions: Range<Int>, of draft: ControlChartDraft) -> [Find] {
    guard draft.series.points.contains(where: \.breakBefore) else { return [] }
    return positions.dropFirst().compactMap { position in
      guard let point = draft.series.point(at: draft.points[position].period), point.breakBefore else {
        return nil
      }
      return Find(
        position: position,
        evidence: point.flags.contains(.definitionBreak) ? .definitionBreak : .reportingBreak)
    }
  }

  /// Divides points where two levels describe them better than one, and each part again; in parts that are not divided,
  /// looks for long runs on one side of their mean. Where a centre is given, looks for runs about it alone.
  private static func search(
    _ positions: ArraySlice<Int>, _ values: [Double], centre: Double?, least: Int,
    into found: inout [Find]
  ) {
    guard positions.count >= fewestPoints else { return }
    if centre == nil, let step = step(positions, values, least: least) {
      search(positions[..<step], values, centre: nil, least: least, into: &found)
      found.append(Find(position: positions[step], evidence: .step))
      search(positions[step...], values, centre: nil, least: least, into: &found)
      return
    }
    let level = centre ?? mean(positions.map { values[$0] })
    var start = positions.startIndex
    var side = 0
    for index in positions.startIndex...positions.endIndex {
      let next =
        index == positions.endIndex
        ? 0 : values[positions[index]] > level ? 1 : values[positions[index]] < level ? -1 : 0
      guard next != side || index == positions.endIndex else { continue }
      // A run from the first point on is the level itself.
      if side != 0, index - start >= fewestPoints, start > positions.startIndex {
        found.append(Find(position: positions[start], evidence: .run, end: positions[index - 1] + 1))
      }
      start = index
      side = next
    }
  }

  /// The best place of a step: where the squares about two means are least, if by Schwarz's criterion two levels and a
  /// place are worth their three parameters' two more.
  private static func step(_ positions: ArraySlice<Int>, _ values: [Double], least: Int) -> Int? {
    let count = positions.count
    guard count >= 2 * least else { return nil }
    let level = mean(positions.map { values[$0] })
    // About the mean, so that large figures lose nothing.
    let figures = positions.map { values[$0] - level }
    let total = figures.reduce(0) { $0 + $1 * $1 }
    guard total > 0, total.isFinite else { return nil }
    var sum = 0.0
    var best: (gain: Double, index: Int)?
    for (index, figure) in figures.enumerated() {
      if index >= least, count - index >= least {
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
