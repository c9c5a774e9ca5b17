import RealModule
import TimeSeries

/// What a regression of counts needs of a sample: whole counts, the denominators behind them, and what a count is worth in
/// the unit of the series.
struct CountData: Sendable {
  /// The counts of the observations.
  let counts: [Double]
  /// The denominators of the observations, where they matter: for a rate, a share, or a count out of a known number.
  let denominators: [Double]?
  /// Whether the counts are successes among the denominators.
  let isBinomial: Bool
  /// What the quotient of count and denominator is multiplied by; nil for a series of counts.
  private let multiplier: Double?
  private let exposure: Regressor?
  /// The last position at which the denominator is known, and its value there.
  private let lastKnown: (position: Int, value: Double)

  /// Takes counts and denominators out of a sample.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)``, which says what the model would accept.
  init(_ sample: Sample, family: ResponseFamily, model: String) throws(ForecastingError) {
    func unsuitable(_ problem: String) -> ForecastingError {
      .unsuitable(series: sample.name, model: model, problem: problem)
    }
    guard sample.scale == .natural else {
      throw unsuitable("models the counts themselves and not a transformation of them; leave scale= out")
    }
    isBinomial = family.hasTrials
    multiplier = sample.unit?.multiplier
    switch sample.unit {
    case .count: break
    case .rate where !family.hasTrials: break
    case .proportion where family.hasTrials, .percentage where family.hasTrials: break
    case .proportion, .percentage:
      throw unsuitable("models counts and rates, and the series is of shares of a whole; choose binomial")
    case .rate:
      throw unsuitable("models shares of a whole, and the series is of rates; choose poisson")
    case .pounds, .weeks, .score, .other, nil:
      let unit = sample.unit.map { "\($0)" } ?? "not known"
      throw unsuitable(
        "models counts, alone or with their denominators, and "
          + (unit.isEmpty
            ? "the series has no unit; add a column unit that holds count, for example"
            : "the unit of the series is \(unit); choose linear-trend or another model of measured values"))
    }
    guard let counts = sample.counts else {
      throw unsuitable(
        "needs the count above the line of every observation, and some are not known; supply a column of numerators"
      )
    }
    for (count, label) in zip(counts, sample.labels)
    where !(count >= 0 && count == count.rounded(.down) && count <= 1e8) {
      throw unsuitable(
        "needs whole counts from 0 to 100 million, and the count at \(label) is \(NumberText.plain(count))")
    }
    self.counts = counts
    exposure = sample.exposure
    guard let exposure = sample.exposure else {
      guard !family.hasTrials, multiplier == nil else {
        throw unsuitable("needs the denominator of every observation; supply a column of denominators")
      }
      denominators = nil
      lastKnown = (0, 1)
      return
    }
    var denominators: [Double] = []
    let labels = sample.labels
    for (index, position) in sample.positions.enumerated() {
      let label = labels[index]
      guard let value = exposure.value(at: position) else {
        throw unsuitable(
          "needs the denominator of every observation, and the one at \(label) is missing; supply it")
      }
      if let problem = Self.problem(with: value, isBinomial: family.hasTrials, at: label) {
        throw unsuitable(problem)
      }
      guard !family.hasTrials || counts[index] <= value else {
        throw unsuitable(
          "counts \(NumberText.plain(counts[index])) out of \(NumberText.plain(value)) at \(label); check the numerator and the denominator"
        )
      }
      denominators.append(value)
    }
    self.denominators = denominators
    // A forecast is divided by the denominators to come as the past was by its own.
    let first = (sample.positions.last ?? 0) + 1
    for position in first..<max(first, exposure.values.count) {
      guard let value = exposure.value(at: position) else { continue }
      if let problem = Self.problem(
        with: value, isBinomial: family.hasTrials, at: sample.label(at: position))
      {
        throw unsuitable(problem)
      }
    }
    let position =
      exposure.values.lastIndex { $0.map { $0 > 0 && $0 <= ResponseLaw.largestMean } ?? false } ?? 0
    lastKnown = (position, exposure.value(at: position) ?? 1)
  }

  /// What is wrong with a denominator; nil for one that will do.
  private static func problem(with value: Double, isBinomial: Bool, at label: String) -> String? {
    guard value > 0, value <= ResponseLaw.largestMean else {
      return
        "needs denominators above zero and up to a thousand million, and the one at \(label) is \(NumberText.plain(value))"
    }
    guard !isBinomial || value == value.rounded(.down) else {
      return "needs whole denominators, and the one at \(label) is \(NumberText.plain(value))"
    }
    return nil
  }

  /// The logarithms of the denominators of a series of counts or rates, which have a coefficient of one.
  var offsets: [Double]? { isBinomial ? nil : denominators?.map { Double.log($0) } }

  /// The denominator of any period: the last one known before it where its own is not known; 1 where none matters.
  func denominator(at position: Int) -> Double {
    guard let exposure, position < lastKnown.position else { return lastKnown.value }
    var place = position
    while place >= 0 {
      if let value = exposure.value(at: place), value > 0, value <= ResponseLaw.largestMean {
        return isBinomial ? max(1, value.rounded()) : value
      }
      place -= 1
    }
    return lastKnown.value
  }

  /// The offset of any period.
  func offset(at position: Int) -> Double {
    isBinomial || exposure == nil ? 0 : Double.log(denominator(at: position))
  }

  /// The number of trials of any period; 1 for counts that have none.
  func trials(at position: Int) -> Double { isBinomial ? denominator(at: position).rounded() : 1 }

  /// What one count adds to the value of a period.
  func unitPerCount(at position: Int) -> Double {
    multiplier.map { $0 / denominator(at: position) } ?? 1
  }

  /// The greatest mean count that a forecast may have: ten times the largest rate that was observed.
  ///
  /// The exponential of a predictor that a short series leaves in doubt is all tail; ten times what was ever seen is beyond
  /// what such a series can tell anything about (the same bound as ``Sample/ceiling``).
  func ceiling(at position: Int) -> Double {
    let largest = counts.indices.reduce(0) { max($0, counts[$1] / (denominators?[$1] ?? 1)) }
    return 10 * largest * (exposure == nil ? 1 : denominator(at: position))
  }

  /// What the reader must know of the denominators to come.
  func remarks(for sample: Sample) -> [String] {
    guard exposure != nil else { return [] }
    let label = sample.label(at: lastKnown.position)
    return [
      "denominators are known to \(label); for later periods the last one, \(NumberText.plain(lastKnown.value)), is held"
    ]
  }
}
