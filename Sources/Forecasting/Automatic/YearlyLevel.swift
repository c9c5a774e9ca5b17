/// The level of whole seasons ahead, forecast from the averages of whole seasons behind.
///
/// Averages over a year have neither season nor most of the noise, and show a trend that months hide; a forecast of the
/// months that listens to that of their years is better at long horizons (Kourentzes, Petropoulos and Trapero, 2014).
struct YearlyLevel: Sendable {
  /// The averages of whole seasons, the last of which ends with the series.
  private let averages: [Double]
  private let season: Int

  /// The shortest season that is averaged, and how many of them it takes.
  private static let shortestSeason = 7
  private static let fewestSeasons = 3
  /// What the averages have to say in the whole.
  static let share = 0.25
  /// The greatest distance between the two forecasts that is taken seriously, as a share of the level.
  private static let furthest = 0.3

  /// - Returns: nil for a short season, or fewer than three of them.
  init?(_ values: [Double], season: Int) {
    let seasons = season > 0 ? values.count / season : 0
    guard season >= Self.shortestSeason, seasons >= Self.fewestSeasons else { return nil }
    let skipped = values.count - seasons * season
    self.season = season
    averages = (0..<seasons).map { year in
      let first = skipped + year * season
      return values[first..<(first + season)].reduce(0) { $0 + $1 / Double(season) }
    }
  }

  /// The averages of the next seasons.
  private func ahead(_ seasons: Int) -> [Double] {
    averages.withUnsafeBufferPointer { values in
      let drift = (values[values.count - 1] - values[0]) / Double(values.count - 1)
      let members: [any EnsembleMember] = [
        TrendMember(values, damped: true, isSeasonal: false), DynamicThetaMember(values),
        DifferencedMember(values, drift: drift), DifferencedMember(values, drift: 0),
      ]
      let forecasts = members.map { member in
        var steps = [Double](repeating: 0, count: seasons)
        steps.withUnsafeMutableBufferPointer {
          member.forecast(values, from: values.count - 1, horizon: seasons, into: $0)
        }
        return steps
      }
      // The mean of the middle two of four.
      return (0..<seasons).map { year in
        let sorted = forecasts.map { $0[year] }.sorted()
        return (sorted[1] + sorted[2]) / 2
      }
    }
  }

  /// How many steps have to be forecast so that `horizon` of them can be moved: whole seasons and one more, so that a
  /// step is moved alike whatever the horizon.
  func whole(_ horizon: Int) -> Int { ((horizon + season - 1) / season + 1) * season }

  /// Moves the forecasts of whole seasons towards the averages that are forecast for them, smoothly from the middle of one
  /// season to that of the next.
  func move(_ forecasts: inout [Double]) {
    let seasons = forecasts.count / season
    let targets = ahead(seasons)
    let moves = (0..<seasons).map { year in
      let average = forecasts[(year * season)..<((year + 1) * season)].reduce(0) { $0 + $1 / Double(season) }
      // A forecast of averages that lies far off that of the months is listened to only so far.
      let limit = Self.furthest * abs(average)
      return Self.share * min(max(targets[year] - average, -limit), limit)
    }
    for step in forecasts.indices {
      let place = (Double(step) + 0.5) / Double(season) - 0.5
      let year = Int(max(place, 0))
      let next = min(year + 1, seasons - 1)
      let part = max(0, min(place - Double(year), 1))
      forecasts[step] += moves[year] + part * (moves[next] - moves[year])
    }
  }
}
