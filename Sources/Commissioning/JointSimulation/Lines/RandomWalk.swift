/// How an uncertain quantity moves from year to year, relative to where it stands today.
///
/// Its deviation from the central path is D₍ₜ₎ = (1 − κ) D₍ₜ₋₁₎ + σ₍ₜ₎ ε₍ₜ₎ with D₀ = 0, standard normal shocks ε and κ the
/// reversion. The quantity in year t is today's value times exp(Σ drift + D₍ₜ₎), or times 1 + Σ drift + D₍ₜ₎.
public struct RandomWalk: Sendable, Hashable {
  /// How shocks act.
  public enum Form: String, Sendable, Hashable {
    /// In proportion to the quantity, which stays positive: the median grows by exp(drift).
    case logNormal
    /// In proportion to today's value: the mean grows by the drift, and the quantity can pass zero.
    case normal
  }

  /// How shocks act.
  public var form: Form
  /// The central growth of each year, the first year first; the last holds for all years after.
  public var drift: [Double]
  /// The standard deviation of the shock of each year, zero or more; the last holds for all years after.
  public var volatility: [Double]
  /// The share of the deviation that is lost from one year to the next: 0 for a random walk, up to 1 for no memory.
  public var reversion: Double

  /// A walk with its drift and volatility by year.
  public init(form: Form = .logNormal, drift: [Double], volatility: [Double], reversion: Double = 0) {
    self.form = form
    self.drift = drift
    self.volatility = volatility
    self.reversion = reversion
  }

  /// A walk with the same drift and volatility in every year.
  public init(form: Form = .logNormal, drift: Double, volatility: Double, reversion: Double = 0) {
    self.init(form: form, drift: [drift], volatility: [volatility], reversion: reversion)
  }

  /// The sum of the drifts through a year, 1 for the first.
  func centre(_ year: Int) -> Double {
    (0..<year).reduce(0) { $0 + Self.value(drift, $1) }
  }

  /// The standard deviation of the shock of a year, 1 for the first.
  func shock(_ year: Int) -> Double { Self.value(volatility, year - 1) }

  /// The standard deviation of D in a year, 1 for the first.
  func spread(_ year: Int) -> Double {
    var variance = 0.0
    for step in 1...max(1, year) {
      variance = (1 - reversion) * (1 - reversion) * variance + shock(step) * shock(step)
    }
    return variance.squareRoot()
  }

  private static func value(_ values: [Double], _ index: Int) -> Double {
    values.isEmpty ? 0 : values[min(index, values.count - 1)]
  }

  /// Throws unless the numbers make a walk of so many years.
  func check(_ name: String, years: Int) throws(CommissioningError) {
    guard !drift.isEmpty, !volatility.isEmpty else {
      throw .invalid(
        service: name,
        reason: "its drift or its volatility has no value; give one for all years, or one for each")
    }
    guard drift.allSatisfy({ abs($0) <= 5 }) else {
      throw .invalid(
        service: name,
        reason: "a drift in \(drift) is not a yearly growth from -5 to 5, where 0.03 is 3 per cent")
    }
    guard volatility.allSatisfy({ $0 >= 0 && $0 <= 5 }) else {
      throw .invalid(
        service: name,
        reason: "a volatility in \(volatility) is not from 0 to 5, where 0.03 is 3 per cent a year")
    }
    guard reversion >= 0, reversion <= 1 else {
      throw .invalid(
        service: name, reason: "its reversion is \(reversion); a share from 0 (a random walk) to 1 is needed")
    }
    guard form == .normal || centre(years) + 9 * spread(years) < 300 else {
      throw .invalid(
        service: name,
        reason: "after \(years) years its drift and volatility leave the range of numbers; lower them")
    }
  }
}
