/// How far correlations from few years are to be drawn towards zero.
///
/// J. Schäfer and K. Strimmer ("A shrinkage approach to large-scale covariance matrix estimation", 2005) draw every
/// correlation by the same share λ = Σ var(rᵢⱼ) / Σ rᵢⱼ². That is best where all pairs share the same years. Here pairs
/// share from 3 years to a dozen, and a correlation from 4 years is worth less than one from 12. The chance variance of a
/// correlation from n years is c/(n − 1), with c one for all pairs (the mean of (n − 1) var(r) over them), and what is
/// over in the mean square is the variance τ² of the true correlations; the share for a pair is
/// λ(n) = c/(n − 1) / (c/(n − 1) + τ²). With equal n it is Schäfer and Strimmer's λ.
struct CorrelationShrinkage: Sendable {
  private var pairs = 0.0
  private var squares = 0.0
  private var scaledVariances = 0.0
  private var reciprocals = 0.0

  /// Takes one more pair into account; a pair that is not usable counts for nothing.
  mutating func add(_ pair: ResidualPair) {
    guard pair.isUsable else { return }
    let freedom = Double(pair.years - 1)
    pairs += 1
    squares += pair.correlation * pair.correlation
    scaledVariances += freedom * pair.variance
    reciprocals += 1 / freedom
  }

  /// The share of a correlation from so many years that is shrunk away, 0 to 1; 1 while no pair has been seen.
  func intensity(years: Int) -> Double {
    guard pairs > 0, years > 1 else { return 1 }
    let constant = scaledVariances / pairs
    let signal = max(0, (squares - constant * reciprocals) / pairs)
    let chance = constant / Double(years - 1)
    return chance + signal > 0 ? chance / (chance + signal) : 1
  }

  /// The correlation of a pair after shrinkage; zero where it is not usable.
  func shrunk(_ pair: ResidualPair) -> Double {
    pair.isUsable ? (1 - intensity(years: pair.years)) * pair.correlation : 0
  }
}
