import Statistics

/// The test of Cochran and Armitage: whether shares rise or fall along a score, such as the year or the level of
/// deprivation.
///
/// z = Σ sᵢ (xᵢ − nᵢ p̄) ÷ √(p̄ (1 − p̄) (Σ nᵢ sᵢ² − (Σ nᵢ sᵢ)² / N)); z² is chi-squared on one degree of freedom. Beside it
/// stands chi-squared of heterogeneity, which any difference raises, and what is left of it for departures from a line.
///
/// Source: Armitage, *Biometrics* 11 (1955); R's `prop.trend.test`.
public struct TrendInProportions: Hashable, Sendable {
  /// The deviate: above 0 where shares rise with the score.
  public let z: Double
  /// The number of groups.
  public let count: Int
  /// Chi-squared of all differences between the groups, on `count` − 1 degrees of freedom.
  public let heterogeneity: Double
  /// The probability of so great a heterogeneity where nothing differs.
  public let heterogeneityPValue: Double
  /// The probability of so great a departure from a line along the scores, on `count` − 2 degrees of freedom; nil for two
  /// groups, which no line misses.
  public let departurePValue: Double?

  /// Chi-squared of the trend, on one degree of freedom.
  public var statistic: Double { z * z }
  /// The probability of a trend as strong, either way, where nothing changes.
  public var pValue: Double { 2 * StandardNormal.complement(z.magnitude) }
  /// Which way the shares go, beyond chance at a level.
  public func direction(at confidence: Confidence = .p95) -> TrendDirection {
    z.magnitude <= confidence.z ? .none : z < 0 ? .decreasing : .increasing
  }

  /// Tests shares along scores.
  ///
  /// - Parameters:
  ///   - pairs: the counts of two or more groups, in order.
  ///   - scores: one for each group; 1, 2, 3 and so on unless given.
  ///   - series: the series, for a sentence.
  /// - Throws: a sentence for a count above its denominator, fewer than two groups, another number of scores, scores
  ///   that do not differ, or groups of which nobody or everybody is counted.
  public init(
    _ pairs: [CountPair], scores: [Double]? = nil, series: String
  ) throws(IndicatorsError) {
    let method = "the Cochran-Armitage test"
    func unfit(_ reason: String, _ remedy: String) -> IndicatorsError {
      .unfit(series: series, method: method, reason: reason, remedy: remedy)
    }
    guard pairs.count >= 2 else {
      throw .tooFewPoints(series: series, method: method, found: pairs.count, needed: 2)
    }
    for pair in pairs where pair.numerator > pair.denominator {
      throw .countAboveDenominator(
        series: pair.series, period: pair.period, count: pair.numerator, denominator: pair.denominator)
    }
    let scores = scores ?? pairs.indices.map { Double($0 + 1) }
    guard scores.count == pairs.count, scores.allSatisfy(\.isFinite) else {
      throw unfit(
        "there are \(scores.count) scores for \(pairs.count) groups", "give one number for each group")
    }
    let all = pairs.reduce(0) { $0 + $1.denominator }
    let share = pairs.reduce(0) { $0 + $1.numerator } / all
    guard share > 0, share < 1 else {
      throw unfit("nobody or everybody is counted in all groups", "compare groups that differ")
    }
    // About the mean score, so that no great number is taken from another.
    let centre = zip(pairs, scores).reduce(0) { $0 + $1.0.denominator * $1.1 } / all
    var (sum, spread, chi2) = (0.0, 0.0, 0.0)
    for (pair, score) in zip(pairs, scores) {
      let residual = pair.numerator - pair.denominator * share
      sum += (score - centre) * residual
      spread += pair.denominator * (score - centre) * (score - centre)
      chi2 += residual * residual / pair.denominator
    }
    guard spread > 0 else { throw unfit("its scores do not differ", "give scores that do") }
    z = sum / (share * (1 - share) * spread).squareRoot()
    count = pairs.count
    heterogeneity = chi2 / (share * (1 - share))
    do throws(StatisticsError) {
      heterogeneityPValue = try Gamma.chiSquared(degreesOfFreedom: Double(pairs.count - 1))
        .complement(heterogeneity)
      departurePValue =
        pairs.count > 2
        ? try Gamma.chiSquared(degreesOfFreedom: Double(pairs.count - 2))
          .complement(max(0, heterogeneity - z * z)) : nil
    } catch {
      throw unfit("\(error)", "look at its counts")
    }
  }
}
