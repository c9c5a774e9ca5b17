import TimeSeries

extension SeriesFileReader {
  /// Reads the periods of each pool, and of each series in none, by their own rows alone, and gives every row the number of
  /// the period that is its own; afterwards the numbers are no longer those of the texts.
  mutating func readPeriodsByPool() -> (reasons: [Int32: UnreadableText], notes: [String]) {
    let (groupOfSeries, groupCount) = groups()
    var texts = [[Int32]](repeating: [], count: groupCount)
    // The group that named a text last: rows mostly stand together.
    var lastGroup = [Int32](repeating: -1, count: periodTexts.count)
    for (series, text) in zip(rows.series, rows.period) {
      let group = groupOfSeries[Int(series)]
      if lastGroup[Int(text)] == group { continue }
      lastGroup[Int(text)] = group
      texts[Int(group)].append(text)
    }
    for group in texts.indices {
      texts[group].sort()
      texts[group].removeRepeats()
    }
    let (starts, reasons) = periodTexts.read(by: texts)
    for row in rows.period.indices {
      let group = Int(groupOfSeries[Int(rows.series[row])])
      let place = texts[group].firstPlace { $0 >= rows.period[row] }
      rows.period[row] = Int32(clamping: starts[group] + place)
    }
    return (reasons, periodTexts.notes)
  }

  /// The number of the group of each series: its pool, or itself.
  private func groups() -> (ofSeries: [Int32], count: Int) {
    var groups: [Int32] = []
    var pools: [Int32: Int32] = [:]
    var count: Int32 = 0
    for series in rows.identities.indices {
      let pool = rows.pools.isEmpty ? -1 : rows.pools[series]
      if pool >= 0, !rows.texts.isEmpty(pool) {
        if let known = pools[pool] {
          groups.append(known)
          continue
        }
        pools[pool] = count
      }
      groups.append(count)
      count += 1
    }
    return (groups, Int(count))
  }
}

extension [Int32] {
  /// Removes numbers that follow an equal one.
  fileprivate mutating func removeRepeats() {
    var kept = 0
    for number in self where kept == 0 || self[kept - 1] != number {
      self[kept] = number
      kept += 1
    }
    removeLast(count - kept)
  }

  /// The first place from which on every number, in an array that is in order, meets a condition.
  fileprivate func firstPlace(where isLate: (Int32) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if isLate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
