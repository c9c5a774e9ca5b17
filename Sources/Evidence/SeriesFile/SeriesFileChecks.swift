import TimeSeries

// What can be checked only when every row has been read.

extension SeriesFileReader {
  /// Reads the column of periods as far as it has come; the notes say what was taken for granted.
  mutating func readPeriods() -> [String] {
    let (reasons, notes) = periodTexts.readNew()
    rows.periods = periodTexts.periods
    if !reasons.isEmpty {
      for row in 0..<rows.count {
        guard let reason = reasons[rows.period[row]] else { continue }
        fail(rows.series[row], Int(rows.line[row]), Self.message("period", reason))
      }
    }
    return notes
  }

  /// Finds periods that a series has twice, and periods of different kinds.
  mutating func checkOrder(_ layout: RowLayout) {
    for series in 0..<Int32(clamping: rows.identities.count) {
      var dated: [(period: Period, row: Int)] = []
      for row in layout.rows(of: series) {
        if let period = rows.periods[Int(rows.period[row])] { dated.append((period, row)) }
      }
      let isInOrder = zip(dated, dated.dropFirst()).allSatisfy { $0.period < $1.period }
      if !isInOrder { dated.sort { ($0.period, $0.row) < ($1.period, $1.row) } }
      for (point, next) in zip(dated, dated.dropFirst()) { checkStep(point, next, series) }
      note(
        gaps: zip(dated, dated.dropFirst()).compactMap { Self.gap(after: $0.period, before: $1.period) },
        of: series)
    }
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
        series "\(id)" mixes periods of different kinds: \(point.period.labelAsWritten) on line \(first) and \
        \(next.period.labelAsWritten) on line \(second); give each kind a series of its own
        """)
      return
    }
    if distance == 0 {
      fail(
        series, Int(max(first, second)),
        """
        series "\(id)" has \(next.period.labelAsWritten) twice, on lines \(min(first, second)) and \
        \(max(first, second)); keep one of them
        """)
    }
  }
}
