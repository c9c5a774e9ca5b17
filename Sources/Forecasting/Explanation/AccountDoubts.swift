import TimeSeries

/// What would change a forecast, each found by computing it again.
struct AccountDoubts {
  let fitted: any FittedModel
  let refitting: Refitting
  let horizon: Int
  let periods: PeriodNames
  let figures: FigureText

  /// The share of the first period's distribution outside of which a figure speaks against the method.
  private static let level = 0.95

  /// A number that cannot be said.
  private struct NotFinite: Error, CustomStringConvertible {
    var description: String { "the numbers are too large to be written" }
  }

  var sentences: [String] {
    let sample = fitted.sample
    guard let end = sample.positions.last, let last = sample.observed.last else { return [] }
    do {
      let steps = horizon == 1 ? [1] : [1, horizon]
      let forecast = try Forecast(fitted, horizon: horizon)
      let now = try medians(forecast, steps)
      let names = steps.map { periods.name(at: end + $0) }
      func compared(_ medians: [Double]) -> String {
        PeriodNames.joined(
          zip(names, zip(now, medians)).map { name, pair in
            let (old, new) = (figures.estimate(pair.0), figures.estimate(pair.1))
            return old == new ? "stay at \(old) for \(name)" : "be \(new) instead of \(old) for \(name)"
          })
      }
      return [
        withoutLast(end, last, steps, compared), withReplaced(end, last, steps, compared),
        alone(steps, compared), try surprise(forecast, names[0]),
      ].compactMap { $0 }
    } catch {
      return ["What would change the answer is left out: \(Self.reason(error))."]
    }
  }

  private func withoutLast(
    _ end: Int, _ last: Double, _ steps: [Int], _ compared: ([Double]) -> String
  ) -> String {
    let figure = "\(figures.figure(last)) for \(periods.name(at: end))"
    let sample = refitting.sample
    guard sample.count > 1 else {
      return "What the last figure decides is left out: without it there is none."
    }
    do {
      let shorter = sample.prefix(sample.count - 1)
      let gap = end - (shorter.positions.last ?? 0)
      let again = try refitting.fit(shorter, horizon: horizon + gap)
      let medians = try medians(Forecast(again, horizon: horizon + gap), steps.map { $0 + gap })
      return "Without the last figure (\(figure)) the forecast would \(compared(medians))."
    } catch {
      return "The forecast without the last figure is left out: \(Self.reason(error))."
    }
  }

  private func withReplaced(
    _ end: Int, _ last: Double, _ steps: [Int], _ compared: ([Double]) -> String
  ) -> String? {
    let sample = refitting.sample
    guard sample.count > 1 else { return nil }
    // Where there is a season the figure of a season ago is the one to compare with.
    let ago = sample.positions.firstIndex(of: end - sample.season) ?? sample.count - 2
    let value = sample.observed[ago]
    let before = periods.name(at: sample.positions[ago])
    let name = periods.name(at: end)
    guard value != last else {
      return
        "The figure for \(name) is the same as that for \(before), so putting the earlier one in its place changes "
        + "nothing."
    }
    do {
      let again = try refitting.fit(sample.replacingLast(by: value), horizon: horizon)
      let medians = try medians(Forecast(again, horizon: horizon), steps)
      return "Had \(name) been no different from \(before) (\(figures.figure(value)), which is "
        + "\(figures.difference(abs(value - last))) \(value < last ? "less" : "more")), the forecast would "
        + "\(compared(medians))."
    } catch {
      return "The forecast with the figure for \(before) in place of the last is left out: "
        + "\(Self.reason(error))."
    }
  }

  private func alone(_ steps: [Int], _ compared: ([Double]) -> String) -> String? {
    guard refitting.isPooled else { return nil }
    do {
      let medians = try medians(Forecast(refitting.fitAlone(), horizon: horizon), steps)
      return "By itself, without its pool, the forecast would \(compared(medians))."
    } catch {
      return "The forecast without the pool is left out: \(Self.reason(error))."
    }
  }

  private func surprise(_ forecast: Forecast, _ name: String) throws -> String {
    let range = try forecast.interval(Self.level, step: 1)
    guard range.lowerBound.isFinite, range.upperBound.isFinite else { throw NotFinite() }
    let (lower, upper) = (figures.estimate(range.lowerBound), figures.estimate(range.upperBound))
    let isFloor = fitted.sample.unit?.lowerBound.map { range.lowerBound <= $0 } ?? false
    let isCeiling = fitted.sample.unit?.upperBound.map { range.upperBound >= $0 } ?? false
    if isFloor, isCeiling {
      return "No figure for \(name) that the unit allows would by itself be a reason to doubt the method."
    }
    let beyond =
      isFloor
      ? "above \(upper)"
      : isCeiling
        ? "below \(lower)" : lower == upper ? "other than about \(lower)" : "below \(lower) or above \(upper)"
    return
      "A figure for \(name) \(beyond) would be a reason to doubt the method, which gives that a chance of at most one "
      + "in twenty."
  }

  private func medians(_ forecast: Forecast, _ steps: [Int]) throws -> [Double] {
    try steps.map { step in
      let median = try forecast.median(step: step)
      guard median.isFinite else { throw NotFinite() }
      return median
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? Refitting.Refusal)?.reason ?? "\(error)"
  }
}
