import RealModule
import TimeSeries

/// The months in which England's public services were disturbed by the pandemic, and how far the periods of a series
/// overlap them.
///
/// From the first restrictions, in March 2020, to the end of the last of them and of the school year, August 2021.
public enum PandemicYears {
  /// The first day.
  public static let start = CivilDate(checked: 2020, 3, 1)
  /// The last day.
  public static let end = CivilDate(checked: 2021, 8, 31)

  /// The share of a period, from 0 to 1, that lies in those months; of the instant of a census all or nothing. Nil for a
  /// period without dates.
  public static func share(of period: Period) -> Double? {
    guard let first = period.start, let last = period.end else { return nil }
    let from = max(first.daysSinceEpoch, start.daysSinceEpoch)
    let to = min(last.daysSinceEpoch, end.daysSinceEpoch)
    guard from <= to else { return 0 }
    return Double(to - from + 1) / Double(last.daysSinceEpoch - first.daysSinceEpoch + 1)
  }

  /// The share of each observation; nil where none overlaps, or the periods have no dates.
  static func shares(first: Period?, positions: [Int]) -> [Double]? {
    guard let first, let last = positions.last, let begins = first.start,
      let ends = first.advanced(by: last).end, begins <= end, ends >= start
    else { return nil }
    let shares = positions.map { share(of: first.advanced(by: $0)) ?? 0 }
    return shares.contains { $0 >= leastShare } ? shares : nil
  }

  /// A period of which less than this share overlaps is an ordinary one: March alone does not make a financial year.
  static let leastShare = 0.25

  /// The ways in which the pandemic years may be treated, beside not at all.
  enum Treatment: CaseIterable {
    /// The observations count for less.
    case downWeighted
    /// Each observation has an effect of its own.
    case dummied
    /// One effect sets in and fades once the pandemic is over.
    case temporaryChange
  }

  /// The disturbances that a treatment admits.
  static func disturbances(
    _ treatment: Treatment, shares: [Double], positions: [Int], prior: ShockPrior, stepsPerYear: Double
  ) -> [Disturbance] {
    switch treatment {
    case .downWeighted, .dummied:
      let size = treatment == .dummied ? prior.size : prior.downWeightedSize
      return shares.indices.compactMap { index in
        guard shares[index] >= leastShare else { return nil }
        var effects = [Double](repeating: 0, count: shares.count)
        effects[index] = 1
        return Disturbance(effects: effects, variance: size * size)
      }
    case .temporaryChange:
      var last: Int?
      let yearly = Double.pow(prior.decay, 1 / stepsPerYear)
      let effects = shares.indices.map { index in
        if shares[index] >= leastShare { last = index }
        // What has faded since the last period that overlaps.
        let faded = last.map { Double.pow(yearly, Double(positions[index] - positions[$0])) } ?? 0
        return last == index ? shares[index] : max(shares[index], faded)
      }
      return [Disturbance(effects: effects, variance: prior.size * prior.size)]
    }
  }
}

extension CivilDate {
  /// A date that is known to exist.
  fileprivate init(checked year: Int, _ month: Int, _ day: Int) {
    self = CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
  }
}
