import TimeSeries

/// Why an indicator, a chart, a queue or a target could not be worked out. Each case is a sentence for the person who can
/// mend it; in a batch it stands beside what could be worked out and stops none of it.
public enum IndicatorsError: Error, Hashable, Sendable {
  /// A count is greater than the number of people it is a count of.
  case countAboveDenominator(series: String, period: String, count: Double, denominator: Double)
  /// A count is negative, or not a number.
  case impossibleCount(series: String, period: String, count: Double)
  /// There is nobody below the line.
  case noPopulation(series: String, period: String, denominator: Double)
  /// A figure is told by a population that has no estimate for its period.
  case populationNotKnown(series: String, period: String, population: String)
  /// A method needs the counts above and below the line, and one of them is not known.
  case countsNotKnown(series: String, period: String, method: String)
  /// A series has fewer figures than a method needs.
  case tooFewPoints(series: String, method: String, found: Int, needed: Int)
  /// A rate has fewer events than a method needs.
  case tooFewEvents(series: String, period: String, method: String, found: Double, needed: Double)
  /// Series that are put side by side are not observed equally often, or not in periods of one kind.
  case mixedFrequencies(series: String, first: String, other: String)
  /// A target says how much and not by when.
  case targetWithoutDate(indicator: String, target: String)
  /// Which way a measure should go is not known.
  case unknownPolarity(indicator: String, text: String)
  /// A method cannot take what it was given.
  case unfit(series: String, method: String, reason: String, remedy: String)
  /// A definition holds a number or a name that it cannot have.
  case invalid(subject: String, reason: String)
  /// A series cannot be forecast; the reason is the forecaster's.
  case forecast(series: String, reason: String)
}

extension IndicatorsError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .countAboveDenominator(let series, let period, let count, let denominator):
      "\(series): the count of \(Self.plain(count)) at \(period) is above its denominator of \(Self.plain(denominator)); "
        + "give the count and the people it was counted among, or say that it is a rate of events"
    case .impossibleCount(let series, let period, let count):
      "\(series): \(Self.plain(count)) at \(period) is not a count; write a number that is not below 0"
    case .noPopulation(let series, let period, let denominator):
      "\(series): the denominator at \(period) is \(Self.plain(denominator)); a rate needs a number above 0"
    case .populationNotKnown(let series, let period, let population):
      "\(series): \(population) has no figure for \(period), nor for the year before its end; add the population of that year"
    case .countsNotKnown(let series, let period, let method):
      "\(series): \(method) needs numerator and denominator, and one of them is not known at \(period)"
    case .tooFewPoints(let series, let method, let found, let needed):
      "\(series): \(method) needs at least \(needed) \(needed == 1 ? "figure" : "figures") and there \(found == 1 ? "is" : "are") \(found)"
    case .tooFewEvents(let series, let period, let method, let found, let needed):
      "\(series): \(method) cannot be used, because there \(found == 1 ? "is" : "are") only \(Self.plain(found)) "
        + "\(found == 1 ? "event" : "events") at \(period) and it needs \(Self.plain(needed)); pool years, or standardise "
        + "indirectly"
    case .mixedFrequencies(let series, let first, let other):
      "\(series): its periods are of different kinds, such as \(first) and \(other); compare like with like, or give each "
        + "kind a series of its own"
    case .targetWithoutDate(let indicator, let target):
      "\(indicator): the target of \(target) has no date; write by when it is to be met, such as by: 2025-03-31"
    case .unknownPolarity(let indicator, let text):
      "\(indicator): polarity \"\(text)\" is not known; write higher is better, lower is better or neutral"
    case .unfit(let series, let method, let reason, let remedy):
      "\(series): \(method) cannot be used, because \(reason); \(remedy)"
    case .invalid(let subject, let reason): "\(subject): \(reason)"
    case .forecast(let series, let reason): "\(series): no forecast, because \(reason)"
    }
  }

  /// A number as people write it: whole numbers without a point.
  static func plain(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
  }
}
