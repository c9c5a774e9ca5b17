/// What can go wrong in this module, each case a sentence for the person who can mend it.
public enum StatisticsError: Error, Equatable, Sendable {
  /// A parameter of a distribution is outside the set for which the distribution exists.
  case invalidParameter(distribution: String, parameter: String, value: Double, accepted: String)
  /// A probability is not between 0 and 1.
  case invalidProbability(Double)
  /// A function of a distribution was asked for at a value that is not a number.
  case argumentNotANumber(distribution: String, quantity: String)
  /// The numerical method did not converge; no approximate value is handed on.
  case notComputed(distribution: String, quantity: String, argument: Double)
  /// A sample has fewer values than the statistic needs.
  case tooFewValues(statistic: String, count: Int, needed: Int)
  /// A sample holds a value that is infinite or not a number; `index` counts from zero.
  case nonFiniteValue(statistic: String, index: Int, value: Double)
  /// A sample whose values are all the same, of which the statistic says nothing.
  case constantValues(statistic: String)
  /// A count of successes and a number of trials that cannot both be right.
  case invalidCounts(successes: Int, trials: Int)
  /// A search for a minimum was set up with a starting point, bounds or a setting that it cannot use.
  case invalidSearch(method: String, problem: String, accepted: String)
}

extension StatisticsError: CustomStringConvertible {
  /// The error as a full sentence.
  public var description: String {
    switch self {
    case .invalidParameter(let distribution, let parameter, let value, let accepted):
      "The \(parameter) of a \(distribution) distribution cannot be \(value); it must be \(accepted)."
    case .invalidProbability(let value):
      "\(value) is not a probability; a number from 0 to 1 is needed."
    case .argumentNotANumber(let distribution, let quantity):
      "The \(quantity) of a \(distribution) distribution was asked for at a value that is not a number (NaN); "
        + "give a number, or leave the missing value out beforehand."
    case .notComputed(let distribution, let quantity, let argument):
      "The \(quantity) of a \(distribution) distribution could not be computed at \(argument): the method did "
        + "not converge for these parameters, which are too extreme for double precision."
    case .tooFewValues(let statistic, let count, let needed):
      "The \(statistic) needs at least \(needed) value\(needed == 1 ? "" : "s") and was given \(count)."
    case .nonFiniteValue(let statistic, let index, let value):
      "The \(statistic) needs finite numbers, but the value at position \(index) (counting from 0) is \(value)."
    case .constantValues(let statistic):
      "The \(statistic) needs values that differ, and all that were given are the same."
    case .invalidCounts(let successes, let trials):
      "\(successes) successes in \(trials) trials make no proportion; there must be at least one trial, and "
        + "successes from 0 to the number of trials."
    case .invalidSearch(let method, let problem, let accepted):
      "\(method) cannot start: \(problem); \(accepted)."
    }
  }
}
