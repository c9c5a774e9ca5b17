import TimeSeries

/// Series that are cut together: a pool, or one series.
struct Cohort: Sendable {
  struct Member: Sendable {
    /// The place of the series in the input.
    let index: Int
    let series: Series
  }

  let members: [Member]
  /// The last period in which any of them has a value.
  let end: Period
  let isPool: Bool

  /// Divides series into those whose periods can be counted together; series without a value are left out.
  static func divide(_ members: [Member], isPool: Bool) -> [Cohort] {
    var parts: [(first: Period, members: [Member], end: Period)] = []
    for member in members {
      guard let last = member.series.latest?.period else { continue }
      if let place = parts.firstIndex(where: { $0.first.distance(to: last) != nil }) {
        parts[place].members.append(member)
        if (parts[place].end.distance(to: last) ?? 0) > 0 { parts[place].end = last }
      } else {
        parts.append((last, [member], last))
      }
    }
    return parts.map { Cohort(members: $0.members, end: $0.end, isPool: isPool) }
  }

  /// The day by which at least half of the dated figures of a period had been published; nil where none has a date.
  func publicationDay(of period: Period) -> CivilDate? {
    let days = members.compactMap { $0.series.point(at: period)?.publication?.date }.sorted()
    return days.isEmpty ? nil : days[(days.count - 1) / 2]
  }
}

/// A series at an origin: what was known of it, and what came.
struct OriginCut {
  struct Target {
    /// Periods after the origin.
    let step: Int
    /// Periods after the last value that was known.
    let ahead: Int
    let period: Period
    let actual: Double
  }

  /// The series as it was known.
  let known: Series
  let targets: [Target]

  /// Cuts a series; nil where nothing was known of it.
  ///
  /// - Parameters:
  ///   - origin: the last period that is not hidden.
  ///   - day: the day of the origin, where figures are known by publication.
  init?(_ series: Series, origin: Period, day: CivilDate?, horizon: Int, window: Int?) {
    func isHidden(_ point: DataPoint) -> Bool {
      if let day, let publication = point.publication { return publication.date > day }
      return point.period > origin
    }
    var known = series.hiding(isHidden)
    if let window { known = known.since(origin.advanced(by: 1 - window)) }
    guard let last = known.latest?.period else { return nil }
    self.known = known
    var targets: [Target] = []
    for point in series.points.reversed() {
      guard let step = origin.distance(to: point.period), step >= 1 else { break }
      guard step <= horizon, let actual = point.value, isHidden(point),
        let ahead = last.distance(to: point.period), ahead >= 1
      else { continue }
      targets.append(Target(step: step, ahead: ahead, period: point.period, actual: actual))
    }
    self.targets = targets.reversed()
  }
}
