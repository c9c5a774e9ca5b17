/// Numbers and prices of one part of a budget line, as budgeted and as forecast for the whole year.
public struct VolumeAndPrice: Hashable, Sendable {
  /// Children, weeks and price.
  public struct Figures: Hashable, Sendable {
    /// Children at some time in the year.
    public let children: Double
    /// Weeks in the year that one of them is paid for, on average.
    public let weeks: Double
    /// Pounds a week.
    public let weeklyPrice: Double

    /// States figures.
    public init(children: Double, weeks: Double, weeklyPrice: Double) {
      self.children = children
      self.weeks = weeks
      self.weeklyPrice = weeklyPrice
    }

    var cost: Double { children * weeks * weeklyPrice }
  }

  /// The budget line.
  public let line: String
  /// The part of it: a setting, or a kind of provider.
  public let part: String
  /// As budgeted.
  public let budgeted: Figures
  /// As forecast.
  public let forecast: Figures

  /// Puts together both.
  public init(line: String, part: String, budgeted: Figures, forecast: Figures) {
    self.line = line
    self.part = part
    self.budgeted = budgeted
    self.forecast = forecast
  }
}

/// A variance split into volume, mix, price and timing, pence, with the sign of a variance: negative is adverse. The
/// five sum to the variance exactly.
///
/// The split is Bennet's (T. L. Bennet 1920): changes are weighted by the average of budget and forecast, so that it
/// does not matter from which of them one looks. With n children, w weeks and p pounds a week in each part k, N and s
/// the total and the shares of n, and a bar for the average of both,
///
///     volume = dN  sum s̄ (w p)¯      mix   = N̄  sum ds (w p)¯
///     timing = sum n̄ p̄ dw            price = sum n̄ w̄ dp
public struct VarianceBridge: Hashable, Sendable {
  /// More or fewer children than budgeted.
  public let volume: Int
  /// Children in dearer or cheaper parts than budgeted.
  public let mix: Int
  /// Prices other than budgeted.
  public let price: Int
  /// More or fewer weeks a child than budgeted: later starts, earlier ends.
  public let timing: Int
  /// What numbers and prices do not explain.
  public let other: Int

  /// The sum of the parts, which is the variance.
  public var total: Int { volume + mix + price + timing + other }

  /// The part with the greatest effect either way; nil where nothing has any, or what is not explained is greatest.
  public var main: VarianceReason.Kind? {
    let parts: [(kind: VarianceReason.Kind?, pence: Int)] = [
      (.volume, volume), (.mix, mix), (.price, price), (.timing, timing), (nil, other),
    ]
    // The first of the greatest, so that a tie is settled the same way always.
    let greatest = parts.map(\.pence.magnitude).max() ?? 0
    return greatest == 0 ? nil : parts.first { $0.pence.magnitude == greatest }?.kind
  }

  /// Splits a variance.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for figures that are negative, not finite or too large,
  ///   and for a part given twice.
  public init(
    line: String, variance: Int, parts: [VolumeAndPrice]
  ) throws(CommissioningError) {
    var check = FutureCheck(line)
    try check.requireUnique(parts.map(\.part), "the part")
    for part in parts {
      for (name, figures) in [("budgeted", part.budgeted), ("forecast", part.forecast)] {
        try check.take(Draws(figures.children), "the \(name) number of children in \(part.part)", .amount)
        try check.take(Draws(figures.weeks), "the \(name) weeks in \(part.part)", .amount)
        try check.take(Draws(figures.weeklyPrice), "the \(name) weekly price of \(part.part)", .amount)
      }
    }
    let before = parts.reduce(0) { $0 + $1.budgeted.cost }
    let after = parts.reduce(0) { $0 + $1.forecast.cost }
    let (children, then) = (
      parts.reduce(0) { $0 + $1.budgeted.children }, parts.reduce(0) { $0 + $1.forecast.children }
    )
    guard variance.magnitude <= WholePence.limit * 4 else {
      throw .invalid(service: line, reason: "the variance is \(WholePence.text(variance)); write pence")
    }
    guard max(before, after) * 100 <= Double(WholePence.limit), max(children, then) <= 1e9 else {
      throw .invalid(
        service: line,
        reason: "numbers and prices come to \(plainText(max(before, after))) pounds; check their units")
    }
    var effects = [0.0, 0.0, 0.0, 0.0]
    for part in parts {
      let (old, new) = (part.budgeted, part.forecast)
      // Where there are no children at all, nobody is in any part; the others' shares speak for both.
      let oldShare = children > 0 ? old.children / children : (then > 0 ? new.children / then : 0)
      let newShare = then > 0 ? new.children / then : oldShare
      let each = (old.weeks * old.weeklyPrice + new.weeks * new.weeklyPrice) / 2
      let average = (old.children + new.children) / 2
      effects[0] += (then - children) * (oldShare + newShare) / 2 * each
      effects[1] += (children + then) / 2 * (newShare - oldShare) * each
      effects[2] += average * (old.weeks + new.weeks) / 2 * (new.weeklyPrice - old.weeklyPrice)
      effects[3] += average * (old.weeklyPrice + new.weeklyPrice) / 2 * (new.weeks - old.weeks)
    }
    guard effects.allSatisfy({ $0.magnitude * 100 <= Double(WholePence.limit) }) else {
      throw .invalid(
        service: line, reason: "an effect of numbers or prices is beyond counting; check their units")
    }
    let explained = WholePence.nearest(after * 100) - WholePence.nearest(before * 100)
    let pence = WholePence.settled(effects.map { $0 * 100 }, to: explained)
    volume = -pence[0]
    mix = -pence[1]
    price = -pence[2]
    timing = -pence[3]
    other = variance + explained
  }

  /// Puts together a split of a total from its parts.
  init(volume: Int, mix: Int, price: Int, timing: Int, other: Int) {
    self.volume = volume
    self.mix = mix
    self.price = price
    self.timing = timing
    self.other = other
  }
}
