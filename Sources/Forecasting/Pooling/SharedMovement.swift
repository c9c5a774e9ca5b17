import RealModule

/// What the series of a pool do together: their common change from period to period, and what it says of the years to
/// come.
///
/// The common changes are few, one a year, so nothing is estimated that can be averaged over. Four kinds of hypothesis
/// are weighed by their marginal likelihood, with the variance integrated out:
///
/// - *no trend*: changes are noise about zero (prior one third);
/// - *a level*: changes undo one another, as those of noise about a fixed level do (prior one sixth);
/// - *a trend*: growth is a random walk from an unknown start, at four ratios of its variance to the noise, zero (a
///   constant growth) among them; with or without a steady change of the growth itself (prior one half together).
///
/// Each of them stands with equal noise in all years, with one year of four times the usual standard deviation (prior
/// one fifth, shared by the years), and, where the pool reaches into the pandemic, with three times the usual standard
/// deviation in its years (prior one half). What comes is a mixture of Student's t distributions: an average over
/// hypotheses (Hoeting et al., 1999), honest about a trend that three years suggest and do not prove.
struct SharedMovement: Sendable {
  /// A change that the pool made together.
  struct Change: Sendable {
    /// The mean of the middle half of the series' relative changes.
    let size: Double
    /// The period before and the period after, in the pool's calendar.
    let from: Int
    let to: Int
    /// Whether the period after lies in the pandemic.
    let isPandemic: Bool
  }

  /// A hypothesis about the common changes.
  enum Hypothesis: Hashable, Sendable {
    case noTrend
    case level
    case trend(ratio: Double, bends: Bool)

    /// The prior probabilities.
    static let prior: [(hypothesis: Hypothesis, probability: Double)] = {
      let ratios: [Double] = [0, 0.2, 1, 5]
      var prior: [(hypothesis: Hypothesis, probability: Double)] = [(.noTrend, 1.0 / 3), (.level, 1.0 / 6)]
      for ratio in ratios {
        for bends in [false, true] {
          prior.append((.trend(ratio: ratio, bends: bends), 0.5 / Double(2 * ratios.count)))
        }
      }
      return prior
    }()
  }

  /// One hypothesis with one pattern of noise: its weight and what it says of the sum of the changes to come.
  private struct Component {
    let hypothesis: Hypothesis
    let isPandemic: Bool
    var weight: Double
    /// The centre and the scale of the t distribution of the sum of the next 1, 2, ... changes.
    let steps: [(location: Double, scale: Double)]
  }

  /// The prior variance of the growth at the start, in units of the variance of the noise: nearly flat.
  static let startVariance = 30.0
  /// The variance of the steady change of growth, in the same units.
  static let bendVariance = 0.25
  /// By how much the bend of the growth lessens with each year to come.
  static let bendDamping = 0.8
  /// The moving-average coefficient of changes that undo one another.
  static let undoing = -0.5
  private static let oddYearProbability = 0.2
  private static let oddYearVariance = 16.0
  private static let pandemicVariance = 9.0
  /// Fewer changes are helped by what the series' own changes let one expect.
  private static let fewestDegrees = 3
  /// At most so many changes are looked at, the latest.
  private static let longestMemory = 40

  private let components: [Component]
  private let table: StudentTable
  /// The posterior probability of each hypothesis, in the order of the prior.
  let probabilities: [(hypothesis: Hypothesis, probability: Double)]
  /// The probability that the pandemic years are set apart; nil where the pool does not reach into them.
  let pandemicProbability: Double?

  /// Weighs the hypotheses.
  ///
  /// - Parameters:
  ///   - changes: the common changes, in order; may be none.
  ///   - typical: a typical change of a single series beside the common one.
  ///   - last: the last period of the pool's calendar.
  ///   - horizon: the number of periods to come.
  init(_ changes: [Change], typical: Double, last: Int, horizon: Int) {
    let changes = Array(changes.suffix(Self.longestMemory))
    let count = changes.count
    let degrees = max(count, Self.fewestDegrees)
    // The least variance keeps a pool that has never moved from being sure of it.
    let extra =
      0.0025 * typical * typical + Double(degrees - count) * 0.25 * typical * typical + .leastNormalMagnitude
    let noise = Self.noisePatterns(changes)
    var components: [Component] = []
    var evidence: [Double] = []
    for (hypothesis, prior) in Hypothesis.prior {
      let kernel = Kernel(hypothesis, changes: changes, last: last, horizon: horizon)
      for pattern in noise {
        guard
          let fit = kernel.condition(
            changes.map(\.size), noise: pattern.variances, degrees: degrees, extra: extra)
        else { continue }
        components.append(
          Component(
            hypothesis: hypothesis, isPandemic: pattern.isPandemic, weight: 0, steps: fit.steps))
        evidence.append(fit.evidence + Double.log(prior * pattern.probability))
      }
    }
    let best = evidence.max() ?? 0
    var total = 0.0
    for index in components.indices {
      components[index].weight = Double.exp(evidence[index] - best)
      total += components[index].weight
    }
    for index in components.indices { components[index].weight /= total }
    probabilities = Hypothesis.prior.map { entry in
      (
        entry.hypothesis,
        components.reduce(0) { $0 + ($1.hypothesis == entry.hypothesis ? $1.weight : 0) }
      )
    }
    pandemicProbability =
      noise.contains { $0.isPandemic }
      ? components.reduce(0) { $0 + ($1.isPandemic ? $1.weight : 0) } : nil
    // What has less than a five-hundredth of the weight cannot be seen in a quantile that is reported.
    let kept = components.filter { $0.weight > 0.002 }
    let share = kept.reduce(0) { $0 + $1.weight }
    self.components = kept.map {
      var component = $0
      component.weight /= share
      return component
    }
    table = StudentTable.table(degrees)
  }

  /// The distribution of the sum of the next `step` changes; what is known where there are none to come.
  func nodes(step: Int) -> MixtureNodes {
    guard step > 0 else { return MixtureNodes(known: 0) }
    return MixtureNodes(
      components.compactMap { component in
        component.steps.indices.contains(step - 1)
          ? (component.weight, component.steps[step - 1].location, component.steps[step - 1].scale) : nil
      }, table: table)
  }

  /// The ways in which the noise may differ between years.
  private static func noisePatterns(
    _ changes: [Change]
  ) -> [(probability: Double, isPandemic: Bool, variances: [Double])] {
    let even = [Double](repeating: 1, count: changes.count)
    guard !changes.isEmpty else { return [(1, false, even)] }
    let odd = oddYearProbability / Double(changes.count)
    let oddYears = changes.indices.map { year in
      var variances = even
      variances[year] = oddYearVariance
      return (probability: odd, isPandemic: false, variances: variances)
    }
    let pandemic = changes.map { $0.isPandemic ? pandemicVariance : 1 }
    guard changes.contains(where: \.isPandemic) else {
      return [(1 - oddYearProbability, false, even)] + oddYears
    }
    return [
      ((1 - oddYearProbability) / 2, false, even), ((1 - oddYearProbability) / 2, true, pandemic),
    ] + oddYears
  }
}
