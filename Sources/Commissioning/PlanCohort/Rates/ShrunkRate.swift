import Statistics

/// A rate of one area, drawn towards its comparators by as much as they differ from each other beyond chance.
///
/// Two levels: the area's own level around the comparators' centre, and each year's rate around that level.
/// Shares are Beta at both levels and their counts binomial; ratios are Gamma and their counts Poisson. The
/// strengths κ (of the centre) and ρ (of the level, for one year) are counts of observations that the one
/// weighs as much as; both are estimated by `SpreadBeyondChance`. A year's count is discounted for its
/// year's spread before it enters the level, which matches the mean and variance of the exact posterior.
public struct ShrunkRate: Sendable, Hashable {
  /// What kind of rate it is.
  public enum Kind: Hashable, Sendable {
    /// A part of a whole, 0 to 1: Beta and binomial.
    case share
    /// A count per unit of exposure, 0 or more: Gamma and Poisson.
    case ratio
  }

  /// A share or a ratio.
  public let kind: Kind
  /// The comparators' mean; nil where there are none.
  public let centre: Double?
  /// κ: the exposure that the centre weighs as much as; 0 where there is no centre.
  public let strength: Double
  /// ρ: the exposure that a year's rate is spread around the level as if it had been; nil where years cannot
  /// be told to differ by more than chance.
  public let yearlyStrength: Double?
  /// The first parameter of the level's law: Beta's α, or Gamma's shape.
  public let first: Double
  /// The second parameter of the level's law: Beta's β, or Gamma's rate.
  public let second: Double
  /// The number of the area's own years that it rests on.
  public let ownYears: Int
  /// What a reader must know of how it came about.
  public let notes: [String]

  /// The mean of the area's level.
  public var mean: Double { kind == .share ? first / (first + second) : first / second }

  /// The standard deviation of the area's level: what is not known of it, without the years' spread.
  public var standardDeviation: Double {
    switch kind {
    case .share: (mean * (1 - mean) / (first + second + 1)).squareRoot()
    case .ratio: first.squareRoot() / second
    }
  }

  /// A rate as it is assumed, and not estimated.
  ///
  /// - Parameters:
  ///   - kind: A share or a ratio.
  ///   - mean: Its mean: between 0 and 1 for a share, above 0 for a ratio.
  ///   - strength: The number of observations that it is known from.
  ///   - yearlyStrength: The exposure that a year's rate is spread around it as if it had been; nil for none.
  ///   - service: Who asks, for errors.
  ///   - what: What the rate is, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for numbers outside these.
  public static func stated(
    _ kind: Kind, mean: Double, strength: Double, yearlyStrength: Double? = nil, service: String, what: String
  ) throws(CommissioningError) -> ShrunkRate {
    guard mean > 0, mean.isFinite, kind == .ratio || mean < 1 else {
      throw .invalid(
        service: service,
        reason: "\(what) is \(plainText(mean)); give "
          + (kind == .share ? "a share between 0 and 1" : "a rate above 0"))
    }
    guard strength > 0, strength.isFinite, yearlyStrength.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw .invalid(service: service, reason: "\(what): a strength must be above 0 and finite")
    }
    return ShrunkRate(
      kind: kind, centre: nil, strength: 0, yearlyStrength: yearlyStrength, first: strength * mean,
      second: kind == .share ? strength * (1 - mean) : strength, ownYears: 0, notes: [])
  }

  /// Estimates a rate.
  ///
  /// With one comparator (England, say) the spread between areas cannot be estimated, and the centre weighs
  /// as much as one of the area's own years: the unit-information prior of R. E. Kass and L. Wasserman
  /// (1995). With none, the prior is Jeffreys's. Either is said in the notes.
  ///
  /// - Parameters:
  ///   - kind: A share or a ratio.
  ///   - own: The area's yearly observations; may be empty where there are comparators.
  ///   - comparators: The yearly observations of each comparator; those without any are passed over.
  ///   - service: Who asks, for errors.
  ///   - what: What the rate is, for errors and notes.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a count that is negative, or above its
  ///   whole in a share, an exposure that is not positive, or when there is neither an observation nor a
  ///   comparator.
  public static func estimated(
    _ kind: Kind, own: [RateObservation], comparators: [[RateObservation]], service: String, what: String
  ) throws(CommissioningError) -> ShrunkRate {
    for observation in own + comparators.joined() {
      try check(observation, kind, service, what)
    }
    let groups = comparators.filter { !$0.isEmpty }
    guard !own.isEmpty || !groups.isEmpty else {
      throw .invalid(
        service: service,
        reason: "nothing is known of \(what); give the area's own counts or those of a comparator")
    }
    var notes: [String] = []
    let unit: (Double) -> Double = kind == .share ? { $0 * (1 - $0) } : { $0 }

    // Years around their area's level. For a share the spread is 1/(ρ+1) of p(1−p), less what chance has of
    // it.
    let yearly = SpreadBeyondChance.spread((groups + [own]).map { $0.map { chance($0) } }, unit: unit)
    var spread = yearly ?? 0
    if yearly == nil {
      // One year of each area: how far areas and years differ is one figure, of which either is given half.
      let single = groups.map { chance($0[0]) }
      spread = (SpreadBeyondChance.spread([single], unit: unit) ?? 0) / 2
      notes.append(
        "No area has two years of \(what), "
          + (spread > 0
            ? "so that half of what areas differ by is taken to be how much years differ."
            : "so that years are taken to differ by chance alone, which understates its spread."))
    }
    // A spread of everything there is (years all or nothing) keeps the least strength that Beta still draws
    // with.
    let rho = spread > 0 ? (kind == .share ? max(1 / spread - 1, 0.01) : 1 / spread) : nil

    // The centre, and areas around it.
    let areas = groups.map { group in
      let mean = SpreadBeyondChance.mean(group.map { chance($0) }, spread: spread, unit: unit)
      return SpreadBeyondChance.Estimate(value: mean.value, chance: mean.variance)
    }
    let ownWeight = own.reduce(0) { $0 + 1 / (chance($1).chance + spread) }
    var first = 0.5
    var second = kind == .share ? 0.5 : 0
    var centre: Double?
    var strength = 0.0
    if areas.isEmpty {
      notes.append("There is no comparator for \(what); it rests on the area's own counts.")
    } else {
      let between = SpreadBeyondChance.spread([areas], unit: unit)
      let found = SpreadBeyondChance.mean(areas, spread: between ?? 0, unit: unit)
      // A rate at the very end of its range leaves the prior no law; half a count stands in for none.
      let half = 0.5 / groups.joined().reduce(0) { $0 + $1.exposure }
      let middle =
        kind == .share ? min(max(found.value, half), 1 - half) : max(found.value, half)
      if let between {
        // The centre is itself an estimate: its own variance adds to the spread around it.
        let variance = max(between + found.variance, 1e-12)
        strength = kind == .share ? max(1 / variance - 1, 1e-3) : 1 / variance
      } else {
        // Without own years the weight does not matter beyond the law's spread: one of the comparator's
        // years.
        strength =
          own.isEmpty ? 1 / (areas[0].chance * Double(groups[0].count)) : ownWeight / Double(own.count)
        notes.append(
          "One comparator cannot show how far areas differ in \(what); it weighs as much as one of the "
            + "area's own years. Where it is many areas together, its years differ by less than one area's "
            + "do, and the "
            + "spread is understated."
        )
      }
      centre = middle
      first = strength * middle
      second = kind == .share ? strength * (1 - middle) : strength
    }
    for observation in own {
      let variance = chance(observation).chance + spread
      var weight = 1 / variance
      if let centre {
        // A year further from the centre than areas and years together explain is bounded like those of
        // comparators.
        let deviation = (unit(centre) * (1 / strength + variance)).squareRoot()
        let distance = abs(observation.rate - centre)
        if distance > 2 * SpreadBeyondChance.bound * deviation {
          weight *= 2 * SpreadBeyondChance.bound * deviation / distance
          let text = plainText((observation.rate * 1000).rounded() / 1000)
          notes.append("A year's \(what) of \(text) is far from its comparators and counts for less.")
        }
      }
      first += weight * observation.rate
      second += kind == .share ? weight * (1 - observation.rate) : weight
    }
    return ShrunkRate(
      kind: kind, centre: centre, strength: strength, yearlyStrength: rho, first: first, second: second,
      ownYears: own.count, notes: notes)
  }

  /// A year's rate with the variance that chance gives it: one over the exposure, in units of p(1−p) or of λ.
  private static func chance(_ observation: RateObservation) -> SpreadBeyondChance.Estimate {
    SpreadBeyondChance.Estimate(value: observation.rate, chance: 1 / observation.exposure)
  }

  private static func check(
    _ observation: RateObservation, _ kind: Kind, _ service: String, _ what: String
  ) throws(CommissioningError) {
    guard observation.exposure > 0, observation.exposure.isFinite, observation.rate.isFinite else {
      throw .invalid(
        service: service,
        reason:
          "\(what): \(plainText(observation.count)) out of \(plainText(observation.exposure)) is no rate; "
          + "what it is counted out of must be above 0")
    }
    let most = kind == .share ? observation.exposure : .greatestFiniteMagnitude
    guard observation.count >= 0, observation.count <= most else {
      throw .invalid(
        service: service,
        reason: "\(what): \(plainText(observation.count)) out of \(plainText(observation.exposure)) is not "
          + (kind == .share ? "a share from 0 to 1" : "a count of 0 or more"))
    }
  }

  // MARK: Drawing

  /// The area's level in one simulated future.
  @inline(__always)
  func level(_ stream: inout RandomStream) -> Double {
    switch kind {
    case .share: stream.beta(alpha: max(first, 1e-9), beta: max(second, 1e-9))
    case .ratio: stream.gamma(shape: max(first, 1e-9), scale: 1 / second)
    }
  }

  /// One year's rate around a level.
  @inline(__always)
  func year(around level: Double, _ stream: inout RandomStream) -> Double {
    guard let rho = yearlyStrength, level > 0 else { return level }
    switch kind {
    case .share:
      guard level < 1 else { return level }
      return stream.beta(alpha: rho * level, beta: rho * (1 - level))
    case .ratio: return stream.gamma(shape: rho * level, scale: 1 / rho)
    }
  }
}
