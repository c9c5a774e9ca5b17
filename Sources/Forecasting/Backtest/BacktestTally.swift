import TimeSeries

/// The outcomes of a backtest as they are added up, cohort after cohort.
struct BacktestTally {
  private let backtest: Backtest
  private let models: [String]
  private let reference: Int
  private let places: [Backtest.Place]
  private var groups: [String] = []
  private var numbers: [String: Int] = [:]
  /// By group and model.
  private var totals: [AccuracyTally] = []
  /// By group, model and origin: the sum over series of the error less the reference's, and the number of series.
  private var differences: [(sum: Double, count: Int)] = []
  private var failures: [BacktestResult.Failure] = []
  private var silent = 0
  private var forecasts: [BacktestResult.ForecastRecord] = []
  private var seconds: [Double]

  init(_ backtest: Backtest, contenders: [String], places: [Backtest.Place]) {
    self.backtest = backtest
    self.places = places
    models = contenders
    reference = contenders.firstIndex(of: "naive") ?? 0
    seconds = Array(repeating: 0, count: contenders.count)
    for place in places where numbers[place.group] == nil {
      numbers[place.group] = groups.count
      groups.append(place.group)
    }
    totals = Array(
      repeating: AccuracyTally(levels: backtest.levels), count: groups.count * contenders.count)
    differences = Array(repeating: (0, 0), count: groups.count * contenders.count * backtest.origins)
  }

  /// Notes a series that holds no value, or that could not be had.
  mutating func addEmpty(_ series: Series?, index: Int) {
    let name = series.map(Self.name) ?? "series \(index + 1)"
    failures.append(
      .init(
        series: index, name: name, model: nil,
        message: "series \"\(name)\": it has no value; supply some, or leave the series out", origins: 0))
  }

  /// Adds the trials of a cohort: origins from the earliest, and within an origin the models.
  mutating func add(_ cohort: Cohort, trials: ArraySlice<OriginTrial>) {
    let (members, levels) = (cohort.members.count, backtest.levels.count)
    var sums = [LossSums](repeating: LossSums(), count: members * models.count)
    var covered = [Int](repeating: 0, count: members * models.count * levels)
    var isScored = [Bool](repeating: false, count: members)
    var failed: [Int: (message: String, origins: Int)] = [:]
    var origin = 0
    var start = trials.startIndex
    while start < trials.endIndex {
      // The trials of one origin, which together have every model.
      var end = start
      while end < trials.endIndex, trials[end].models.lowerBound > 0 || end == start { end += 1 }
      let ofModel = trials[start..<end].flatMap { trial in trial.models.map { _ in trial } }
      for trial in trials[start..<end] {
        for (model, time) in zip(trial.models, trial.seconds) { seconds[model] += time }
        for failure in trial.failures {
          let place = failure.member * models.count + failure.model
          failed[place] = (failed[place]?.message ?? failure.message, (failed[place]?.origins ?? 0) + 1)
        }
        forecasts += trial.forecasts
      }
      for member in 0..<members where trials[start].isScored[member] {
        isScored[member] = true
        guard let group = numbers[places[cohort.members[member].index].group] else { continue }
        let theirs = ofModel[reference].sums(member, reference)
        for model in models.indices {
          let own = ofModel[model].sums(member, model)
          let place = member * models.count + model
          sums[place] += own
          for (level, count) in ofModel[model].covered(member, model, levels: levels).enumerated() {
            covered[place * levels + level] += count
          }
          guard own.scaledForecasts > 0, own.scaledForecasts == theirs.scaledForecasts, own.failed == 0,
            theirs.failed == 0
          else { continue }
          let cell = (group * models.count + model) * backtest.origins + origin
          differences[cell].sum += (own.absolute - theirs.absolute) / Double(own.scaledForecasts)
          differences[cell].count += 1
        }
      }
      origin += 1
      start = end
    }
    for (member, owner) in cohort.members.enumerated() {
      guard isScored[member] else {
        addUnscored(owner, isPool: cohort.isPool)
        continue
      }
      guard let group = numbers[places[owner.index].group] else { continue }
      for model in models.indices {
        let place = member * models.count + model
        totals[group * models.count + model].add(
          sums[place], covered: covered[place * levels..<(place + 1) * levels])
        if let failure = failed[place] {
          failures.append(
            .init(
              series: owner.index, name: Self.name(owner.series), model: models[model],
              message: failure.message, origins: failure.origins))
        }
      }
    }
  }

  /// Notes a series that no origin could score.
  private mutating func addUnscored(_ owner: Cohort.Member, isPool: Bool) {
    guard !isPool else {
      silent += 1
      return
    }
    let name = Self.name(owner.series)
    let known = owner.series.points.count { $0.value != nil }
    failures.append(
      .init(
        series: owner.index, name: name, model: nil,
        message:
          "series \"\(name)\": nothing is left to learn from when \(backtest.horizon) "
          + "period\(backtest.horizon == 1 ? " is" : "s are") hidden, for \(known) "
          + "\(known == 1 ? "value is" : "values are") known; ask for a shorter horizon, or supply earlier periods",
        origins: 0))
  }

  private static func name(_ series: Series) -> String {
    series.area.map { "\(series.id), \($0)" } ?? series.id
  }

  /// What was found.
  var result: BacktestResult {
    var rows: [BacktestResult.Row] = []
    for (group, name) in groups.enumerated() {
      for (model, own) in models.enumerated() {
        let place = group * models.count + model
        var comparison: DieboldMariano.Outcome?
        if model != reference {
          let cells = differences[place * backtest.origins..<(place + 1) * backtest.origins]
          comparison = DieboldMariano.compare(
            differences: cells.filter { $0.count > 0 }.map { $0.sum / Double($0.count) },
            horizon: backtest.horizon)
        }
        rows.append(
          .init(
            group: name, model: own, measures: totals[place].measures,
            against: model == reference ? nil : models[reference], comparison: comparison))
      }
    }
    return BacktestResult(
      models: models, reference: models.isEmpty ? "" : models[reference], rows: rows,
      failures: failures.enumerated().sorted {
        ($0.element.series, $0.offset) < ($1.element.series, $1.offset)
      }
      .map(\.element), silentSeries: silent,
      forecasts: forecasts.sorted {
        ($0.series, $0.model, $0.origin, $0.step) < ($1.series, $1.model, $1.origin, $1.step)
      }, seconds: seconds)
  }
}
