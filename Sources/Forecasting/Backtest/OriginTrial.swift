import TimeSeries

/// One origin of one cohort, forecast by some of the contenders.
struct OriginTrial {
  struct Failure {
    let member: Int
    let model: Int
    let message: String
  }

  /// The sums of each member and model, members first.
  private(set) var sums: [LossSums]
  /// How many forecasts each level's interval held, by member and model.
  private(set) var covered: [Int]
  private(set) var failures: [Failure] = []
  private(set) var forecasts: [BacktestResult.ForecastRecord] = []
  /// The seconds of each model.
  private(set) var seconds: [Double]
  /// Whether each member had anything to score.
  private(set) var isScored: [Bool]
  let models: Range<Int>

  /// The sums of a member's forecasts by a model.
  func sums(_ member: Int, _ model: Int) -> LossSums {
    sums[member * models.count + model - models.lowerBound]
  }

  /// How many of a member's forecasts by a model each level's interval held.
  func covered(_ member: Int, _ model: Int, levels: Int) -> ArraySlice<Int> {
    let start = (member * models.count + model - models.lowerBound) * levels
    return covered[start..<start + levels]
  }

  /// Hides what was to come, fits and forecasts.
  ///
  /// - Parameter origin: 1 for the latest.
  init(
    _ backtest: Backtest, cohort: Cohort, origin: Int, contenders: [Backtest.Contender], models: Range<Int>,
    keepsForecasts: Bool, clock: (@Sendable () -> Double)?
  ) {
    self.models = models
    let count = cohort.members.count
    sums = Array(repeating: LossSums(), count: count * models.count)
    covered = Array(repeating: 0, count: count * models.count * backtest.levels.count)
    seconds = Array(repeating: 0, count: models.count)
    isScored = Array(repeating: false, count: count)
    let last = cohort.end.advanced(by: -(origin + backtest.horizon - 1))
    let day = backtest.followsPublication ? cohort.publicationDay(of: last) : nil
    let cuts = cohort.members.map {
      OriginCut($0.series, origin: last, day: day, horizon: backtest.horizon, window: backtest.window)
    }
    for (member, cut) in cuts.enumerated() { isScored[member] = cut.map { !$0.targets.isEmpty } ?? false }
    guard isScored.contains(true) else { return }
    var samples: [ScaleChoice: [Result<Sample, ForecastingError>?]] = [:]
    for model in models {
      let contender = contenders[model].model
      let start = clock?()
      let own =
        samples[contender.scaleChoice]
        ?? cuts.map { cut in
          cut.map { cut in Result(attempt: { () throws(ForecastingError) in try contender.sample(cut.known) })
          }
        }
      samples[contender.scaleChoice] = own
      let fits = Self.fits(contender, samples: own, isPool: cohort.isPool, horizon: backtest.horizon)
      var made: [Result<Forecast, ForecastingError>?] = []
      made.reserveCapacity(count)
      for (cut, fit) in zip(cuts, fits) {
        guard let fit, let ahead = cut?.targets.last?.ahead else {
          made.append(nil)
          continue
        }
        made.append(
          Result(attempt: { () throws(ForecastingError) in try Forecast(try fit.get(), horizon: ahead) }))
      }
      if let start, let clock { seconds[model - models.lowerBound] = clock() - start }
      for (member, forecast) in made.enumerated() {
        guard let forecast, let targets = cuts[member]?.targets else { continue }
        score(
          forecast, targets: targets, member: member, of: cohort, model: model, origin: last,
          backtest: backtest,
          keepsForecasts: keepsForecasts)
      }
    }
  }

  /// What the model makes of each sample; nil where there is none.
  private static func fits(
    _ model: any ForecastModel, samples: [Result<Sample, ForecastingError>?], isPool: Bool, horizon: Int
  ) -> [Result<any FittedModel, ForecastingError>?] {
    guard isPool else {
      return samples.map { sample in
        sample.map { sample in
          Result(attempt: { () throws(ForecastingError) in try model.learn(from: try sample.get()) })
        }
      }
    }
    var pool: [Sample] = []
    for case .success(let sample)? in samples { pool.append(sample) }
    var fitted = model.learn(from: pool, horizon: horizon).makeIterator()
    return samples.map { sample in
      switch sample {
      case nil: nil
      case .failure(let error)?: .failure(error)
      case .success(let sample)?:
        fitted.next()
          ?? .failure(
            .numerical(
              series: sample.name, model: model.specification, reason: "the pool gave no answer for it"))
      }
    }
  }

  /// Scores the forecasts of one member by one model; those that fail are counted.
  private mutating func score(
    _ forecast: Result<Forecast, ForecastingError>, targets: [OriginCut.Target], member: Int,
    of cohort: Cohort,
    model: Int, origin: Period, backtest: Backtest, keepsForecasts: Bool
  ) {
    let place = member * models.count + model - models.lowerBound
    var failure: ForecastingError?
    var scale: ErrorScale?
    for target in targets {
      do throws(ForecastingError) {
        let forecast = try forecast.get()
        let sample = forecast.model.sample
        guard target.actual == 0 || Sample.sizes.contains(abs(target.actual)) else {
          throw .unusable(series: sample.name, period: target.period.label, value: target.actual)
        }
        let point = try ForecastPoint(forecast, step: target.ahead, levels: backtest.levels)
        let divisor = scale ?? ErrorScale(sample)
        scale = divisor
        var losses = LossSums()
        try losses.add(point, actual: target.actual, scale: divisor, levels: backtest.levels) {
          () throws(ForecastingError) in
          try forecast.rankedProbabilityScore(target.actual, step: target.ahead)
        }
        sums[place] += losses
        for level in backtest.levels.indices where point.holds(target.actual, level: level) {
          covered[place * backtest.levels.count + level] += 1
        }
        if keepsForecasts {
          let owner = cohort.members[member]
          forecasts.append(
            BacktestResult.ForecastRecord(
              series: owner.index, id: owner.series.id, area: owner.series.area, model: model, origin: origin,
              step: target.step, period: target.period, actual: target.actual, mean: point.mean,
              bounds: point.bounds))
        }
      } catch {
        sums[place].failed += 1
        failure = failure ?? error
      }
    }
    if let failure { failures.append(Failure(member: member, model: model, message: "\(failure)")) }
  }
}

extension Result where Failure == ForecastingError {
  /// What a computation gives, or why it gives nothing.
  fileprivate init(attempt: () throws(ForecastingError) -> Success) {
    do throws(ForecastingError) {
      self = .success(try attempt())
    } catch {
      self = .failure(error)
    }
  }
}
