// What a series says of itself.

extension Series {
  /// The kind of its periods; nil when it has no figures.
  public var kind: Period.Kind? { points.first?.period.kind }

  /// How often it is observed; nil when it has no figures.
  public var frequency: Frequency? { points.first?.period.frequency }

  /// The values in the order of the periods, nil where the figure is suppressed or missing. Gaps take no place: see
  /// ``evenlySpaced(limit:)``.
  public var values: [Double?] { points.map(\.value) }

  /// Where each figure lies, in the order of the periods, when all that is known of it is an interval: see
  /// ``DataPoint/bounds(in:)``.
  public var bounds: [ClosedRange<Double>?] { points.map { $0.bounds(in: measure.unit) } }

  /// The last figure that has a value.
  public var latest: DataPoint? { points.last { $0.value != nil } }

  /// The number of figures of which the day of publication is not known.
  public var undatedCount: Int { points.count { $0.publication == nil } }

  /// The figure of a period; nil when there is none.
  public func point(at period: Period) -> DataPoint? {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if points[middle].period < period { low = middle + 1 } else { high = middle }
    }
    return low < points.count && points[low].period == period ? points[low] : nil
  }

  /// The value of an attribute; nil when the series has none of that name.
  public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// The runs of periods between the first and the last that have no figure.
  public var gaps: [Gap] {
    zip(points, points.dropFirst()).compactMap { point, next in
      guard let distance = point.period.distance(to: next.period), distance > 1 else { return nil }
      return Gap(first: point.period.advanced(by: 1), count: distance - 1)
    }
  }

  /// The series with a figure at every step: those that were missing are not available.
  ///
  /// - Parameter limit: the greatest number of figures that are added.
  /// - Throws: ``TimeSeriesError/tooSparse(series:missing:limit:)``.
  public func evenlySpaced(limit: Int = 10_000) throws(TimeSeriesError) -> Series {
    let gaps = gaps
    if gaps.isEmpty { return self }
    let missing = gaps.reduce(0) { $0 + $1.count }
    guard missing <= limit else { throw .tooSparse(series: id, missing: missing, limit: limit) }
    var filled: [DataPoint] = []
    filled.reserveCapacity(points.count + missing)
    for point in points {
      if let last = filled.last, let distance = last.period.distance(to: point.period), distance > 1 {
        for step in 1..<distance {
          filled.append(DataPoint(period: last.period.advanced(by: step), observation: .notAvailable))
        }
      }
      filled.append(point)
    }
    return keeping(filled)
  }

  /// The series as it was known on a day: figures published later are left out.
  ///
  /// Figures of unknown publication are kept, since leaving them out would empty most files; ``undatedCount`` says
  /// how many they are. Breaks stay with the figures that carry them.
  public func known(asOf date: CivilDate) -> Series {
    keeping(points.filter { point in point.publication.map { $0.date <= date } ?? true })
  }
}

// MARK: Breaks

extension Series {
  /// The periods before which the series breaks.
  public var breaks: [Period] { points.filter(\.breakBefore).map(\.period) }

  /// The runs of figures between breaks, in order; a break before the first figure begins no new run.
  public var segments: [Series] {
    var starts: [Int] = points.isEmpty ? [] : [0]
    for (position, point) in points.enumerated().dropFirst() where point.breakBefore {
      starts.append(position)
    }
    let ends = starts.dropFirst() + [points.count]
    return zip(starts, ends).map { keeping(Array(points[$0..<$1])) }
  }

  /// The figures since the last break: all of them when there is none.
  public var segmentSinceLastBreak: Series {
    keeping(Array(points[(points.lastIndex(where: \.breakBefore) ?? 0)...]))
  }

  /// The figures before the first break: all of them when there is none.
  public var segmentBeforeFirstBreak: Series {
    let end = points.enumerated().dropFirst().first { $0.element.breakBefore }?.offset
    return keeping(Array(points[..<(end ?? points.count)]))
  }
}
