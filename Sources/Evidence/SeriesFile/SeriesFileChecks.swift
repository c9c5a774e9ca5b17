import TimeSeries

// What can be checked only when every row has been read.

extension SeriesFileReader {
  /// Reads the column of periods as far as it has come; the notes say what was taken for granted.
  mutating func readPeriods() -> [String] {
    let (reasons, notes) = options.periodReading == .pool ? readPeriodsByPool() : periodTexts.readNew()
    rows.periods = periodTexts.periods
    if !reasons.isEmpty {
      for row in 0..<rows.count {
        guard let reason = reasons[rows.period[row]] else { continue }
        fail(rows.series[row], Int(rows.line[row]), Self.message("period", reason))
      }
    }
    return notes
  }

  /// Finds periods that a series has twice, and periods of different kinds; puts the rows of series that do not stand
  /// together into the order of their periods.
  mutating func checkOrder(_ layout: inout RowLayout) {
    // The period that was last seen one step after a period: most series have the same.
    var followers = [Int32](repeating: -1, count: rows.periods.count)
    // The rows of a series by period and row, as numbers: the rank of the period, then the row.
    var dated: [UInt64] = []
    for series in 0..<Int32(clamping: rows.identities.count) {
      if layout.order == nil, isInStep(layout.places(of: series), &followers) { continue }
      dated.removeAll(keepingCapacity: true)
      var undated: [UInt64] = []
      for place in layout.places(of: series) {
        let row = layout.row(at: place)
        let rank = periodTexts.ranks[Int(rows.period[row])]
        if rank < 0 {
          undated.append(UInt64(row))
        } else {
          dated.append(UInt64(rank) << 32 | UInt64(row))
        }
      }
      dated.sort()
      layout.reorder(series, by: undated.isEmpty ? dated : dated + undated)
      var gaps: [String] = []
      for (point, next) in zip(dated, dated.dropFirst()) {
        checkStep(dating(point), dating(next), series, &followers, &gaps)
      }
      note(gaps: gaps, of: series)
    }
  }

  /// Whether rows that stand together follow one another period by period.
  private func isInStep(_ places: Range<Int>, _ followers: inout [Int32]) -> Bool {
    var last: Int32 = -1
    for row in places {
      let number = rows.period[row]
      guard let period = rows.periods[Int(number)] else { return false }
      if last >= 0, followers[Int(last)] != number {
        guard rows.periods[Int(last)]?.distance(to: period) == 1 else { return false }
        followers[Int(last)] = number
      }
      last = number
    }
    return true
  }

  /// The row of a key of ``checkOrder(_:)``, and the number of its period.
  private func dating(_ key: UInt64) -> (row: Int, number: Int32) {
    let row = Int(UInt32(truncatingIfNeeded: key))
    return (row, rows.period[row])
  }

  private mutating func checkStep(
    _ point: (row: Int, number: Int32), _ next: (row: Int, number: Int32), _ series: Int32,
    _ followers: inout [Int32], _ gaps: inout [String]
  ) {
    if followers[Int(point.number)] == next.number { return }
    guard let period = rows.periods[Int(point.number)], let nextPeriod = rows.periods[Int(next.number)] else {
      return
    }
    if period.distance(to: nextPeriod) == 1 {
      followers[Int(point.number)] = next.number
      return
    }
    checkStep((period, point.row), (nextPeriod, next.row), series)
    if let gap = Self.gap(after: period, before: nextPeriod) { gaps.append(gap) }
  }

  private mutating func checkStep(
    _ point: (period: Period, row: Int), _ next: (period: Period, row: Int), _ series: Int32
  ) {
    let id = rows.id(of: series)
    let (first, second) = (rows.line[point.row], rows.line[next.row])
    guard let distance = point.period.distance(to: next.period) else {
      fail(
        series, Int(max(first, second)),
        """
        series "\(id)" mixes periods of different kinds: \(point.period.labelAsWritten)\(lines(" on line \(first)")) and \
        \(next.period.labelAsWritten)\(lines(" on line \(second)")); give each kind a series of its own
        """)
      return
    }
    if distance == 0 {
      fail(
        series, Int(max(first, second)),
        """
        series "\(id)" has \(next.period.labelAsWritten) twice\
        \(lines(", on lines \(min(first, second)) and \(max(first, second))")); keep one of them
        """)
    }
  }
}
