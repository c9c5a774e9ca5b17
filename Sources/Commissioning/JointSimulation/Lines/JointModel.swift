import LinearAlgebra

/// A line of money or of need whose path is uncertain: today's value, carried on by a walk, at a price.
public struct UncertainLine: Sendable, Hashable {
  /// The line's name, unlike any other's.
  public var name: String
  /// Today's value, in pounds or children.
  public var level: Double
  /// How its volume moves.
  public var walk: RandomWalk
  /// The price index by which the volume is multiplied; nil for none.
  public var price: String?

  /// A line.
  public init(name: String, level: Double, walk: RandomWalk, price: String? = nil) {
    self.name = name
    self.level = level
    self.walk = walk
    self.price = price
  }
}

/// A price index that several lines may share, 1 today.
public struct UncertainPrice: Sendable, Hashable {
  /// The index's name, unlike that of any line or other index.
  public var name: String
  /// How it moves.
  public var walk: RandomWalk

  /// A price index.
  public init(name: String, walk: RandomWalk) {
    self.name = name
    self.walk = walk
  }
}

/// A measure that lowers a line if it is taken up, by as much as it delivers.
///
/// Whether it is taken up is one draw for the whole of a future, and so is how much of it is delivered.
public struct UncertainMitigation: Sendable, Hashable {
  /// What a year's full effect is.
  public enum Effect: Sendable, Hashable {
    /// Pounds or children taken off the line, year by year; the last holds for all years after.
    case amounts([Double])
    /// A share of the line before mitigation, 0 to 1, year by year; the last holds for all years after.
    case shares([Double])
  }

  /// The measure's name.
  public var name: String
  /// The line it lowers.
  public var line: String
  /// Its full effect by year, ramp included.
  public var effect: Effect
  /// The probability that it is taken up at all, 0 to 1.
  public var probability: Double
  /// How much of the full effect is delivered if it is: the least, the most likely and the most (PERT).
  public var delivery: (least: Double, likely: Double, most: Double) {
    get { (least, likely, most) }
    set { (least, likely, most) = newValue }
  }
  private var least: Double
  private var likely: Double
  private var most: Double

  /// A mitigation, delivered in full unless said otherwise.
  public init(
    name: String, line: String, effect: Effect, probability: Double = 1,
    delivery: (least: Double, likely: Double, most: Double) = (1, 1, 1)
  ) {
    self.name = name
    self.line = line
    self.effect = effect
    self.probability = probability
    (least, likely, most) = delivery
  }

  /// The full effect in a year, 1 for the first.
  func full(_ year: Int) -> Double {
    let values =
      switch effect {
      case .amounts(let values), .shares(let values): values
      }
    return values.isEmpty ? 0 : values[min(year - 1, values.count - 1)]
  }
}

/// A line that is not to be passed: the simulation gives the probability that it is.
public struct Threshold: Sendable, Hashable {
  /// What is compared.
  public enum Subject: Sendable, Hashable {
    /// One line, after mitigation.
    case line(String)
    /// The sum of the lines in the year.
    case total
    /// The sum of the lines over all years up to the year.
    case cumulative
  }
  /// What is compared.
  public var subject: Subject
  /// The year, 1 for the first simulated.
  public var year: Int
  /// The value to be passed.
  public var value: Double

  /// A threshold.
  public init(_ subject: Subject, year: Int, value: Double) {
    self.subject = subject
    self.year = year
    self.value = value
  }
}

/// Many uncertain lines, how they go together, and for how many years.
public struct JointModel: Sendable {
  /// The lines.
  public var lines: [UncertainLine]
  /// The price indices that lines name.
  public var prices: [UncertainPrice]
  /// The measures that lower lines.
  public var mitigations: [UncertainMitigation]
  /// The correlations between the yearly shocks of the lines and then of the prices, in their order, positive definite,
  /// such as ``ResidualCorrelation/correlations``; nil where all are independent.
  public var correlations: Matrix?
  /// The number of years.
  public var years: Int
  /// The values of which the probability of being passed is wanted.
  public var thresholds: [Threshold]

  /// A model.
  public init(
    lines: [UncertainLine], prices: [UncertainPrice] = [], mitigations: [UncertainMitigation] = [],
    correlations: Matrix? = nil, years: Int, thresholds: [Threshold] = []
  ) {
    self.lines = lines
    self.prices = prices
    self.mitigations = mitigations
    self.correlations = correlations
    self.years = years
    self.thresholds = thresholds
  }

  /// The walks, the lines' and then the prices'.
  var walks: [RandomWalk] { lines.map(\.walk) + prices.map(\.walk) }
}
