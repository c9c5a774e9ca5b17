import Needscast

/// Backtests that are scored series by series, batch after batch, so that no more is held than a batch.
struct SeriesBacktest {
  let backtest: Backtest
  let contenders: [Backtest.Contender]
  /// Whether series are forecast by pools.
  let usesPools: Bool
  /// The day as of which figures are known; nil for all figures.
  let asOf: CivilDate?
  let table: SeriesBacktestCSV
  let jobs: Int

  /// What has gone through.
  struct Count {
    /// The series, and those with anything wrong.
    var series = 0
    var failed = 0
  }

  /// What a batch gave.
  struct Portion {
    var rows: [UInt8] = []
    var count = Count()
    /// What went wrong, in the order of the rows.
    var failures: [BacktestBatch.Failed] = []
  }

  /// Scores the series of a batch.
  func portion(of file: SeriesFile) -> Portion {
    let keys = file.keys
    // By name, so that the order of the file cannot show in the last digit of a pool.
    let order = keys.indices.sorted {
      (keys[$0].id, keys[$0].area ?? "") < (keys[$1].id, keys[$1].area ?? "")
    }
    var pools = [String?](repeating: nil, count: file.count)
    if usesPools {
      for (number, pool) in file.pools.enumerated() where pool.count > 1 {
        for position in pool { pools[position] = "\(number)" }
      }
    }
    let result = backtest.run(
      contenders, places: order.map { .init(pool: pools[$0], group: "\($0)") }, jobs: jobs
    ) { place in
      guard let series = try? file.series(at: order[place]) else { return nil }
      return asOf.map { series.known(asOf: $0) } ?? series
    }
    var places = [Int](repeating: 0, count: order.count)
    for (place, position) in order.enumerated() { places[position] = place }
    var failures: [Int: [BacktestResult.Failure]] = [:]
    for failure in result.failures { failures[failure.series, default: []].append(failure) }

    var portion = Portion()
    var failed = file.failed[...]
    for position in 0...keys.count {
      while let next = failed.first, next.soundBefore == position {
        failed.removeFirst()
        append(BacktestBatch.Failed(next), id: next.id, area: next.area, to: &portion)
      }
      guard keys.indices.contains(position) else { break }
      let place = places[position]
      append(
        keys[position], rows: result.rows[place * contenders.count..<(place + 1) * contenders.count],
        failures: failures[place] ?? [], to: &portion)
    }
    return portion
  }

  /// A series that has no measures at all.
  private func append(_ failed: BacktestBatch.Failed, id: String, area: String?, to portion: inout Portion) {
    portion.count.series += 1
    portion.count.failed += 1
    portion.failures.append(failed)
    guard table.carriesFailures else { return }
    table.append(
      series: id, area: area, failure: .init(code: failed.code.rawValue, message: failed.message),
      to: &portion.rows)
  }

  private func append(
    _ key: Panel.Key, rows: ArraySlice<BacktestResult.Row>, failures: [BacktestResult.Failure],
    to portion: inout Portion
  ) {
    let failures = failures.map { BacktestBatch.Failed($0, origins: backtest.origins) }
    if let whole = failures.first(where: { $0.model == nil }) ?? silent(key, rows) {
      append(whole, id: key.id, area: key.area, to: &portion)
      return
    }
    portion.count.series += 1
    portion.count.failed += failures.isEmpty ? 0 : 1
    portion.failures += failures
    for row in rows {
      let failure = failures.first { $0.model == row.model }
      if failure != nil, !table.carriesFailures, row.measures.forecasts == 0 { continue }
      table.append(
        series: key.id, area: key.area, model: row.model, measures: row.measures,
        failure: failure.map { .init(code: $0.code.rawValue, message: $0.message) }, to: &portion.rows)
    }
  }

  /// A series of a pool that lent strength, and of which no hidden period has a value.
  private func silent(_ key: Panel.Key, _ rows: ArraySlice<BacktestResult.Row>) -> BacktestBatch.Failed? {
    guard rows.allSatisfy({ $0.measures.forecasts == 0 && $0.measures.failed == 0 }) else { return nil }
    let name = key.area.map { "\(key.id), \($0)" } ?? key.id
    return BacktestBatch.Failed(
      series: name, model: nil, code: .origin,
      message:
        "series \"\(name)\": it ended before every period that its pool's origins hide; it lent strength to the others, "
        + "and nothing of it could be scored; ask for a longer horizon or more origins")
  }
}
