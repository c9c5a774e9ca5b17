import Statistics
import TimeSeries

extension Backtest {
  /// Makes and scores the forecasts of all series by all contenders.
  ///
  /// Series are asked for pool by pool, so that not all of them have to be held at once. The number of threads changes
  /// no byte of the result, its seconds aside.
  ///
  /// - Parameters:
  ///   - contenders: the models; each is fitted to a pool together, or to a series by itself.
  ///   - places: the pool and the group of each series, in the order of the input.
  ///   - jobs: the most threads.
  ///   - keepsForecasts: whether every forecast is kept in ``BacktestResult/forecasts``.
  ///   - clock: seconds from any start, where they are to be counted.
  ///   - series: the series at a place of the input; called from several threads at once.
  public func run(
    _ contenders: [Contender], places: [Place], jobs: Int = 1, keepsForecasts: Bool = false,
    clock: (@Sendable () -> Double)? = nil, series: @escaping @Sendable (Int) -> Series?
  ) -> BacktestResult {
    var tally = BacktestTally(self, contenders: contenders.map(\.name), places: places)
    guard !contenders.isEmpty else { return tally.result }
    var pools: [[Int]] = []
    var numbers: [String: Int] = [:]
    for (index, place) in places.enumerated() {
      if let pool = place.pool, let number = numbers[pool] {
        pools[number].append(index)
      } else {
        if let pool = place.pool { numbers[pool] = pools.count }
        pools.append([index])
      }
    }
    var next = 0
    while next < pools.count {
      var (wave, size) = ([[Int]](), 0)
      while next < pools.count, size < Self.waveSize || wave.isEmpty {
        wave.append(pools[next])
        size += pools[next].count * origins * max(1, contenders.count)
        next += 1
      }
      run(wave, contenders, places, jobs, keepsForecasts, clock, series, into: &tally)
    }
    return tally.result
  }

  /// Makes and scores the forecasts of series that are at hand.
  public func run(
    _ contenders: [Contender], on series: [Series], places: [Place]? = nil, jobs: Int = 1,
    keepsForecasts: Bool = false
  ) -> BacktestResult {
    run(
      contenders, places: places ?? series.map { _ in Place() }, jobs: jobs, keepsForecasts: keepsForecasts
    ) { series.indices.contains($0) ? series[$0] : nil }
  }

  /// So many forecast origins of series are held at a time.
  private static let waveSize = 1 << 16

  /// Runs some pools and adds what they gave.
  private func run(
    _ pools: [[Int]], _ contenders: [Contender], _ places: [Place], _ jobs: Int, _ keepsForecasts: Bool,
    _ clock: (@Sendable () -> Double)?, _ series: @escaping @Sendable (Int) -> Series?,
    into tally: inout BacktestTally
  ) {
    let divided = Self.mapped(pools, blockSize: 16, jobs: jobs) { pool in
      let members = pool.compactMap { index in series(index).map { Cohort.Member(index: index, series: $0) } }
      return Cohort.divide(members, isPool: pool.first.map { places[$0].pool != nil } ?? false)
    }
    var known: Set<Int> = []
    let cohorts = divided.flatMap(\.self)
    for cohort in cohorts { for member in cohort.members { known.insert(member.index) } }
    for index in pools.joined() where !known.contains(index) { tally.addEmpty(series(index), index: index) }
    // A pool is one piece of work for each model; a series by itself one for all of them.
    var trials: [(cohort: Int, origin: Int, models: Range<Int>)] = []
    for (number, cohort) in cohorts.enumerated() {
      for origin in (1...origins).reversed() {
        if cohort.isPool {
          for model in contenders.indices { trials.append((number, origin, model..<model + 1)) }
        } else {
          trials.append((number, origin, contenders.indices))
        }
      }
    }
    let isAlone = cohorts.allSatisfy { $0.members.count == 1 }
    let outcomes = Self.mapped(trials, blockSize: isAlone ? 32 : 1, jobs: jobs) { trial in
      OriginTrial(
        self, cohort: cohorts[trial.cohort], origin: trial.origin, contenders: contenders,
        models: trial.models,
        keepsForecasts: keepsForecasts, clock: clock)
    }
    var first = 0
    for cohort in cohorts {
      let count = origins * (cohort.isPool ? contenders.count : 1)
      tally.add(cohort, trials: outcomes[first..<first + count])
      first += count
    }
  }

  /// The images of elements, computed on several threads and in their order.
  private static func mapped<Element: Sendable, Image>(
    _ elements: [Element], blockSize: Int, jobs: Int, _ image: @Sendable (Element) -> Image
  ) -> [Image] {
    [Image](unsafeUninitializedCapacity: elements.count) { buffer, count in
      nonisolated(unsafe) let images = buffer
      concurrentBlocks(count: elements.count, blockSize: blockSize, jobs: jobs) { block in
        for index in block { images.initializeElement(at: index, to: image(elements[index])) }
      }
      count = elements.count
    }
  }
}
