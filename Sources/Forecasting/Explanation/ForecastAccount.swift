import TimeSeries

/// A short plain account of one forecast, for those who have to act on it: what the history says, what was chosen and
/// why, and what would change the answer.
///
/// Every number in it is computed from the series, from the fitted model, or by fitting again to a changed history. What
/// cannot be computed is left out and the reason given. The same forecast gives the same sentences.
public struct ForecastAccount: Hashable, Sendable {
  /// What the history says: its length, its range, its usual change, the last change, and what is flagged in it.
  public let history: [String]
  /// What was chosen and why: the methods with the most weight, what the pool lends, and how the ranges were made.
  public let choice: [String]
  /// What would change the answer: the forecast without the last figure, with another in its place, and by itself; and the
  /// range beyond which the next figure should make the reader doubt the method.
  public let doubts: [String]

  /// Explains a forecast.
  ///
  /// - Parameters:
  ///   - fitted: the model that was fitted.
  ///   - model: what it was fitted from; it is fitted again to changed histories.
  ///   - pool: the samples that it was fitted with, its own among them; empty where it was fitted by itself.
  ///   - place: the position of its own sample in the pool.
  ///   - horizon: the number of periods that are forecast, from 1 to ``Forecast/longestHorizon``.
  public init(
    of fitted: any FittedModel, model: any ForecastModel, pool: [Sample] = [], place: Int = 0, horizon: Int
  ) {
    let periods = PeriodNames(fitted.sample)
    let figures = FigureText(fitted.sample)
    history = AccountHistory(sample: fitted.sample, periods: periods, figures: figures).sentences
    choice = AccountChoice(fitted: fitted, periods: periods, figures: figures).sentences
    doubts =
      AccountDoubts(
        fitted: fitted, refitting: Refitting(fitted: fitted, model: model, pool: pool, place: place),
        horizon: horizon, periods: periods, figures: figures
      ).sentences
  }
}

/// The periods of a sample, and those to come, in the form of the input.
struct PeriodNames {
  private let first: Period?
  private let labels: [String]
  private let positions: [Int]

  init(_ sample: Sample) {
    first = sample.firstPeriod
    labels = sample.labels
    positions = sample.positions
  }

  /// The name of a period so many after the first observation.
  func name(at position: Int) -> String {
    if let first { return first.advanced(by: position).labelAsWritten }
    if let index = positions.firstIndex(of: position), labels.indices.contains(index) { return labels[index] }
    let last = positions.last ?? 0
    return position > last ? "period \(position - last) to come" : "period \(position + 1)"
  }

  /// At most three names; the rest are counted.
  func list(_ places: [Int]) -> String {
    let names = places.prefix(3).map(name(at:))
    let rest = places.count - names.count
    return Self.joined(names + (rest > 0 ? ["\(rest) more"] : []))
  }

  /// Items with commas and an `and` before the last.
  static func joined(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
