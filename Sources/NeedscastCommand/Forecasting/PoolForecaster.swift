import Needscast
import Synchronization

/// Forecasts the series of one pool together; a series that fails is a value, and stops no other.
struct PoolForecaster: Sendable {
  /// A series that could not be forecast.
  struct Failed: Sendable {
    /// What kind of reason: the rows of the file, or the forecaster.
    enum Code: String {
      case data
      case forecast
    }

    let id: String
    let area: String?
    let code: Code
    let message: String

    init(_ failed: SeriesFile.FailedSeries) {
      id = failed.id
      area = failed.area
      code = .data
      message = failed.message
    }

    init(id: String, area: String? = nil, _ error: any Error) {
      self.id = id
      self.area = area
      code = .forecast
      message = "\(error)"
    }

    init(_ series: Series, _ error: any Error) { self.init(id: series.id, area: series.area, error) }

    /// The series as it is named in sentences and lists.
    var name: String { area.map { "\(id), \($0)" } ?? id }
  }

  typealias Outcome = Result<SeriesForecast, Refusal>

  /// Why a series has no forecast.
  struct Refusal: Error {
    let failed: Failed
  }

  let model: any ForecastModel
  let horizon: Int
  /// Whether it is wanted how the automatic choice came about, where it chose for a series alone.
  let explainsChoice: Bool
  /// Whether each forecast is wanted in plain sentences.
  let givesAccounts: Bool
  /// The threads that a large pool may use; every pool has one of its own.
  let jobs: Int

  /// From how many series on a pool is large enough to share its work between threads.
  private static let largePool = 512

  /// A series that can be forecast, with its place among the outcomes; an object, since it is sorted and passed about.
  private final class Member: Sendable {
    let place: Int
    let series: Series
    let sample: Sample

    init(place: Int, series: Series, sample: Sample) {
      self.place = place
      self.series = series
      self.sample = sample
    }

    /// Whether a member comes before another by name, and of one name by area.
    static func < (left: Member, right: Member) -> Bool {
      left.series.id == right.series.id
        ? (left.series.area ?? "") < (right.series.area ?? "") : left.series.id < right.series.id
    }
  }

  /// The forecasts of the series at some positions of a file, in that order.
  ///
  /// Series whose periods are of different kinds have nothing to tell one another: each kind is fitted by itself. The
  /// model is given them in the order of their names, so that the order of the file cannot show in the last digit.
  func forecast(_ positions: [Int], of file: SeriesFile) -> [Outcome] {
    var outcomes: [Outcome?] = Array(repeating: nil, count: positions.count)
    var pools: [Period.Kind?: [Member]] = [:]
    var kinds: [Period.Kind?] = []
    for (place, found) in members(positions, of: file).enumerated() {
      switch found {
      case .success(let member):
        let kind = member.sample.firstPeriod?.kind
        if pools[kind] == nil { kinds.append(kind) }
        pools[kind, default: []].append(member)
      case .failure(let failure): outcomes[place] = .failure(failure)
      }
    }
    for kind in kinds {
      guard var pool = pools[kind] else { continue }
      if pool.count > 1 {
        pool.sort(by: <)
      }
      for (member, outcome) in zip(pool, forecast(pool)) { outcomes[member.place] = outcome }
    }
    return outcomes.enumerated().map { place, outcome in
      outcome
        ?? .failure(
          Refusal(
            failed: Failed(id: "series \(positions[place] + 1)", ModelGaveNothing(model: model.specification))
          ))
    }
  }

  /// A model that gave no result for a series of its pool.
  private struct ModelGaveNothing: Error, CustomStringConvertible {
    let model: String
    var description: String { "\(model) gave no result for this series of its pool; forecast it by itself" }
  }

  private func members(_ positions: [Int], of file: SeriesFile) -> [Result<Member, Refusal>] {
    map(positions.count) { place in
      var named: Series?
      func failed(_ error: any Error) -> Failed {
        named.map { Failed($0, error) } ?? Failed(id: "series \(positions[place] + 1)", error)
      }
      do {
        guard let series = try file.series(at: positions[place]) else {
          return .failure(Refusal(failed: failed(ModelGaveNothing(model: model.specification))))
        }
        named = series
        return .success(Member(place: place, series: series, sample: try model.sample(series)))
      } catch {
        return .failure(Refusal(failed: failed(error)))
      }
    }
  }

  private func forecast(_ pool: [Member]) -> [Outcome] {
    // What is flagged in the figures is allowed for by the fit, and not by the choice of one combination.
    if explainsChoice, let automatic = model as? Automatic, let member = pool.first, pool.count == 1,
      member.sample.breaks.isEmpty, member.sample.provisional.isEmpty, !member.sample.needsImputation
    {
      return [
        outcome(of: member) {
          let choice = try automatic.choose(member.sample)
          let forecast = try Forecast(choice.fitted, horizon: horizon)
          return (forecast, choice, account(of: forecast, in: pool, at: 0))
        }
      ]
    }
    let fitted = model.learn(from: pool.map(\.sample), horizon: horizon)
    return map(pool.count) { place in
      outcome(of: pool[place]) {
        guard fitted.indices.contains(place) else { throw ModelGaveNothing(model: model.specification) }
        let forecast = try Forecast(try fitted[place].get(), horizon: horizon)
        return (forecast, nil, account(of: forecast, in: pool, at: place))
      }
    }
  }

  /// The forecast in plain sentences, where they are wanted.
  private func account(of forecast: Forecast, in pool: [Member], at place: Int) -> ForecastAccount? {
    guard givesAccounts else { return nil }
    return ForecastAccount(
      of: forecast.model, model: model, pool: pool.map(\.sample), place: place, horizon: horizon)
  }

  private func outcome(
    of member: Member, _ forecast: () throws -> (Forecast, Automatic.Choice?, ForecastAccount?)
  ) -> Outcome {
    do {
      let (forecast, choice, account) = try forecast()
      return .success(
        SeriesForecast(series: member.series, forecast: forecast, choice: choice, account: account))
    } catch {
      return .failure(Refusal(failed: Failed(member.series, error)))
    }
  }

  /// One result for each place, by several threads where there are many.
  private func map<Value: Sendable>(_ count: Int, _ value: @Sendable (Int) -> Value) -> [Value] {
    guard count >= Self.largePool, jobs > 1 else { return (0..<count).map(value) }
    let blocks = Mutex<[Int: [Value]]>([:])
    concurrentBlocks(count: count, blockSize: 128, jobs: jobs) { block in
      let values = block.map(value)
      blocks.withLock { $0[block.lowerBound] = values }
    }
    return blocks.withLock { found in found.keys.sorted().flatMap { found[$0] ?? [] } }
  }
}
