import RealModule

/// Counts of a share by cell: those who did, and those who could have.
struct ShareCells {
  var counts: [Double]
  var exposures: [Double]

  /// Those who ceased, of the years whose opening stock is known.
  init(cells: Int, area: CohortCounts) {
    counts = [Double](repeating: 0, count: cells)
    exposures = counts
    for year in area.ceased.keys.sorted() {
      guard let gone = area.ceased[year], let opening = area.stock[year] else { continue }
      for cell in 0..<cells {
        counts[cell] += gone[cell]
        exposures[cell] += opening[cell]
      }
    }
  }

  init(sumOf parts: [ShareCells], cells: Int? = nil) {
    counts = [Double](repeating: 0, count: cells ?? parts.first?.counts.count ?? 0)
    exposures = counts
    for part in parts {
      for cell in counts.indices {
        counts[cell] += part.counts[cell]
        exposures[cell] += part.exposures[cell]
      }
    }
  }

  mutating func clear(_ cell: Int) {
    counts[cell] = 0
    exposures[cell] = 0
  }

  var whole: Double { exposures.reduce(0, +) }
  func count(_ range: Range<Int>) -> Double { counts[range].reduce(0, +) }
  func exposure(_ range: Range<Int>) -> Double { exposures[range].reduce(0, +) }

  func share(_ range: Range<Int>) -> Double? {
    let exposure = exposure(range)
    return exposure > 0 ? count(range) / exposure : nil
  }

  func estimate(_ range: Range<Int>) -> SpreadBeyondChance.Estimate? {
    share(range).map { SpreadBeyondChance.Estimate(value: $0, chance: 1 / exposure(range)) }
  }
}

extension CohortCounts {
  /// Yearly totals of a flow and of what it came from, of the years that have both.
  func totals(of flow: [Int: [Double]], from base: [Int: [Double]]) -> [RateObservation] {
    flow.keys.sorted().compactMap { year in
      guard let count = flow[year], let exposure = base[year] else { return nil }
      let whole = exposure.reduce(0, +)
      return whole > 0 ? RateObservation(count: count.reduce(0, +), exposure: whole) : nil
    }
  }
}

extension CohortEstimation {
  /// A strength where nothing shows how far things differ: that of one observation.
  private static let leastStrength = 1.0
  /// The most that agreement to chance is taken to show.
  private static let mostStrength = 1e6

  /// The strength that a spread between shares is worth.
  static func strength(
    _ groups: [[SpreadBeyondChance.Estimate]], _ unit: (Double) -> Double
  ) -> Double {
    guard let spread = SpreadBeyondChance.spread(groups, unit: unit) else { return leastStrength }
    return min(max(1 / max(spread, 1e-9) - 1, leastStrength), mostStrength)
  }

  /// The strength of rows of shares around their groups' means: each setting's share is one more estimate.
  static func rowStrength(_ groups: [[[Double]]]) -> Double {
    var estimates: [[SpreadBeyondChance.Estimate]] = []
    for rows in groups {
      guard let count = rows.first?.count else { continue }
      for setting in 0..<count {
        estimates.append(
          rows.compactMap { row in
            let sum = row.reduce(0, +)
            return sum > 0 ? SpreadBeyondChance.Estimate(value: row[setting] / sum, chance: 1 / sum) : nil
          })
      }
    }
    return strength(estimates) { $0 * (1 - $0) }
  }

  /// A share drawn towards a centre.
  static func drawn(_ count: Double, _ exposure: Double, to centre: Double, _ strength: Double) -> Double {
    (count + strength * centre) / (exposure + strength)
  }

  /// A row of counts drawn towards a row of weights; it sums to one.
  static func row(_ counts: [Double], to base: [Double], _ strength: Double) -> [Double] {
    let whole = base.reduce(0, +)
    let sum = counts.reduce(0, +) + strength
    return counts.indices.map { (counts[$0] + strength * base[$0] / whole) / sum }
  }

  /// The sum of tables.
  static func summed(_ tables: [[Double]], count: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    for table in tables { for index in sum.indices { sum[index] += table[index] } }
    return sum
  }

  /// How far a total rate differs from one year to another, in log odds of a share or the logarithm of a
  /// ratio; 0 where nothing beyond chance is seen.
  static func yearSpread(_ areas: [[RateObservation]], _ kind: ShrunkRate.Kind, _ mean: Double?) -> Double {
    let unit: (Double) -> Double = kind == .share ? { $0 * (1 - $0) } : { $0 }
    let groups = areas.map { $0.map { SpreadBeyondChance.Estimate(value: $0.rate, chance: 1 / $0.exposure) } }
    guard let spread = SpreadBeyondChance.spread(groups, unit: unit), spread > 0 else { return 0 }
    let all = areas.joined()
    let centre = all.reduce(0) { $0 + $1.count } / all.reduce(0) { $0 + $1.exposure }
    // var p = p(1-p) spread, and a log odds moves by 1/(p(1-p)) of it; var λ = λ spread, and a logarithm by
    // 1/λ.
    let scale = kind == .share ? centre * (1 - centre) : centre
    return scale > 0 ? (spread / scale).squareRoot() : 0
  }
}
