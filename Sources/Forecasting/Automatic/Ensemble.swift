import RealModule

/// Several forecasters of one series, with the weight that each has earned.
///
/// Some see the values as measured and some their logarithms, where none is zero or below: a trend that grows by amounts
/// and one that grows by shares are both believed a little, and their errors partly cancel.
struct Ensemble: Sendable {
  /// What a member sees of the series.
  struct View: Hashable, Sendable {
    let isLogarithm: Bool
    /// Whether the season was taken out, to be put back into the forecasts.
    let isAdjusted: Bool
  }

  /// One member, with what it sees, how it erred at earlier ends, and its weight.
  struct Part: Sendable {
    let member: any EnsembleMember
    let view: View
    /// The mean absolute error of its earlier forecasts, in the unit of the series; nil where there were none.
    var error: Double?
    /// Its share of the whole.
    var weight: Double

    /// The name under which it speaks.
    var name: String { view.isLogarithm ? "log " + member.name : member.name }
  }

  /// Consecutive values in the unit of the series.
  let values: [Double]
  /// The number of periods after which the season returns; 1 where there is none.
  let season: Int
  /// The season that was found in the values, where one was looked for.
  let pattern: ShrunkSeason?
  /// The same in the logarithms.
  let logPattern: ShrunkSeason?
  /// The members, heaviest first.
  private(set) var parts: [Part]
  /// The members that were not tried, each with the reason.
  let refusals: [(name: String, reason: String)]
  /// The first end that forecasts were scored from, as an index into the values.
  let firstEnd: Int
  /// How many steps ahead earlier forecasts were made.
  let reach: Int
  /// The combined forecasts from the ends `firstEnd...`, `reach` for each, in the unit of the series.
  private(set) var earlier: [Double]

  /// The share of the members' weight, in the order of their forecasts, that the combination is the mean of.
  static let middle = 0.2...0.8
  /// The fewest values that parameters are estimated from.
  static let fewestValues = 4
  /// The number of values from which on their trend is believed in full.
  static let fullBelief = 8.0
  /// A forecast never leaves the range of the values by more than this many times its width, or in a member that sees
  /// logarithms a tenth or ten times its bounds.
  private static let excursion = 10.0

  /// Fits all members that the series is long enough for, and weighs them.
  ///
  /// - Parameters:
  ///   - values: one or more consecutive values.
  ///   - season: the number of periods after which the season returns.
  init(_ values: [Double], season: Int) {
    self.values = values
    self.season = season
    let count = values.count
    let isPositive = values.allSatisfy { $0 > 0 }
    let logarithms = isPositive ? values.map { Double.log($0) } : []
    pattern = ShrunkSeason(values, season: season, isMultiplied: isPositive)
    logPattern = isPositive ? ShrunkSeason(logarithms, season: season, isMultiplied: false) : nil
    reach = max(1, min(max(8, 3 * season / 2), count / 2))
    firstEnd = min(season > 1 ? season : 2, max(count - 2, 0))
    earlier = []
    (parts, refusals) = Self.members(
      values, logarithms: logarithms, season: season, pattern: pattern, logPattern: logPattern)
    weigh()
  }

  /// What a member sees.
  private func seen(_ view: View) -> [Double] {
    let base = view.isLogarithm ? values.map { Double.log($0) } : values
    guard view.isAdjusted, let pattern = view.isLogarithm ? logPattern : pattern else { return base }
    return base.indices.map { pattern.removed(from: base[$0], at: $0) }
  }

  /// Writes the forecasts of a part from the ends `first...`, in the unit of the series.
  private func forecast(
    _ part: Part, from first: Int, horizon: Int, into forecasts: UnsafeMutableBufferPointer<Double>
  ) {
    seen(part.view).withUnsafeBufferPointer {
      part.member.forecast($0, from: first, horizon: horizon, into: forecasts)
    }
    let pattern = part.view.isAdjusted ? (part.view.isLogarithm ? logPattern : pattern) : nil
    var least = values[0]
    var greatest = values[0]
    for value in values {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    let room = Self.excursion * max(greatest - least, abs(greatest), abs(least))
    let logs =
      part.view.isLogarithm
      ? (Double.log(least / Self.excursion), Double.log(greatest * Self.excursion)) : (0, 0)
    for end in first..<values.count {
      for step in 0..<horizon {
        let place = (end - first) * horizon + step
        var value = forecasts[place]
        if let pattern { value = pattern.restored(to: value, at: end + 1 + step) }
        if part.view.isLogarithm { value = Double.exp(min(max(value, logs.0), logs.1)) }
        forecasts[place] = min(max(value, least - room), greatest + room)
      }
    }
  }

  /// Gives every member its weight by how it forecast from earlier ends.
  ///
  /// The weight is the inverse of the mean absolute error, to a power that grows from nothing in a series of no length
  /// to two in a long one: half a dozen errors say little about who is better, a hundred say much.
  private mutating func weigh() {
    let ends = values.count - firstEnd
    let scored = max(1, reach / 2)
    var forecasts = parts.map { _ in [Double](repeating: 0, count: ends * reach) }
    var sound: [Int] = []
    for index in parts.indices {
      forecasts[index].withUnsafeMutableBufferPointer {
        forecast(parts[index], from: firstEnd, horizon: reach, into: $0)
      }
      var sum = 0.0
      var number = 0
      for end in firstEnd..<values.count {
        for step in 0..<scored where end + 1 + step < values.count {
          sum += abs(values[end + 1 + step] - forecasts[index][(end - firstEnd) * reach + step])
          number += 1
        }
      }
      if number > 0 { parts[index].error = sum / Double(number) }
      if forecasts[index].allSatisfy(\.isFinite) { sound.append(index) }
    }
    if sound.isEmpty {
      // Nothing that was fitted can be computed; the last value can.
      parts = [
        Part(
          member: WalkMember(name: "naive", drift: 0), view: View(isLogarithm: false, isAdjusted: false),
          error: nil,
          weight: 0)
      ]
      forecasts = [[Double](repeating: 0, count: ends * reach)]
      forecasts[0].withUnsafeMutableBufferPointer {
        forecast(parts[0], from: firstEnd, horizon: reach, into: $0)
      }
      sound = [0]
    }
    let errors = sound.compactMap { parts[$0].error }
    let mean = errors.reduce(0) { $0 + $1 / Double(errors.count) }
    let count = Double(values.count)
    let power = 2 * count / (count + 40)
    var total = 0.0
    for index in sound {
      let error = (parts[index].error ?? mean) + 0.05 * mean
      parts[index].weight = mean > 0 ? Double.pow(error / mean, -power) : 1
      total += parts[index].weight
    }
    for index in sound { parts[index].weight /= total }
    let order = sound.sorted { (parts[$0].weight, -Double($0)) > (parts[$1].weight, -Double($1)) }
    let kept = order.map { forecasts[$0] }
    parts = order.map { parts[$0] }
    earlier = combination(kept, from: firstEnd, horizon: reach)
  }

  /// The combination of forecasts that start at the ends `first...`.
  ///
  /// Fewer than eight values cannot tell a trend from the luck of a few: what they say of change is believed as an eighth of
  /// it for each value.
  private func combination(_ forecasts: [[Double]], from first: Int, horizon: Int) -> [Double] {
    var result = Self.combined(forecasts, weights: parts.map(\.weight))
    let belief = Double(values.count) / Self.fullBelief
    guard belief < 1, pattern == nil else { return result }
    for place in result.indices {
      let last = values[first + place / horizon]
      result[place] = last + belief * (result[place] - last)
    }
    return result
  }

  /// The mean of the middle of the weighted forecasts, place by place.
  private static func combined(_ forecasts: [[Double]], weights: [Double]) -> [Double] {
    guard let first = forecasts.first, forecasts.count > 1 else { return forecasts.first ?? [] }
    var result = [Double](repeating: 0, count: first.count)
    withUnsafeTemporaryAllocation(of: (value: Double, weight: Double).self, capacity: forecasts.count) {
      sorted in
      for place in result.indices {
        for index in forecasts.indices {
          let entry = (value: forecasts[index][place], weight: weights[index])
          var slot = index
          while slot > 0, sorted[slot - 1].value > entry.value {
            sorted[slot] = sorted[slot - 1]
            slot -= 1
          }
          sorted[slot] = entry
        }
        var below = 0.0
        var sum = 0.0
        var mass = 0.0
        for entry in sorted {
          let part = max(
            0, min(below + entry.weight, middle.upperBound) - max(below, middle.lowerBound))
          sum += part * entry.value
          mass += part
          below += entry.weight
        }
        result[place] = sum / mass
      }
    }
    return result
  }

  /// The combined forecasts of steps 1 to `horizon` after the last value, in the unit of the series.
  func forecast(horizon: Int) -> [Double] {
    let last = values.count - 1
    let yearly = YearlyLevel(values, season: season)
    let steps = yearly?.whole(horizon) ?? horizon
    let forecasts = parts.map { part in
      var ahead = [Double](repeating: 0, count: steps)
      ahead.withUnsafeMutableBufferPointer { forecast(part, from: last, horizon: steps, into: $0) }
      return ahead
    }
    var combined = combination(forecasts, from: last, horizon: steps)
    yearly?.move(&combined)
    return Array(combined.prefix(horizon))
  }
}
