/// Finds the counts of which a published rate is the quotient, by arithmetic and never by name.
struct QuotientSearch {
  /// A column of numbers, not a number where there is none.
  struct Column {
    /// The numbers, row by row.
    let values: [Double]
    /// The greatest error of each number by the publisher's rounding.
    let slack: [Double]

    /// Counts and how they are rounded.
    init(_ values: [Double], slack: [Double]) {
      self.values = values
      self.slack = slack
    }

    /// A rate, whose numbers say by their decimal places how they are rounded.
    ///
    /// Files mix full precision with one place, and 57 may stand for 57.0: a number has at least as many places as one in
    /// twenty of the numbers needs.
    init(rate values: [Double]) {
      self.values = values
      let places = values.map { $0.isFinite && $0 != 0 ? Self.places($0) : 0 }
      var counts = Array(repeating: 0, count: Self.mostPlaces + 1)
      for (value, places) in zip(values, places) where value.isFinite && value != 0 && value != 100 {
        counts[places] += 1
      }
      let total = counts.reduce(0, +)
      let base = counts.firstIndex { 20 * $0 >= max(1, total) } ?? 0
      slack = places.map { 0.5 / Self.powers[max($0, base)] }
    }

    private static let mostPlaces = 6
    private static let powers: [Double] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

    /// The decimal places that a number needs, up to the most that matter.
    private static func places(_ value: Double) -> Int {
      powers.firstIndex { power in
        let scaled = value * power
        return abs(scaled - scaled.rounded()) <= max(1e-6, abs(scaled) * 1e-12)
      } ?? mostPlaces
    }
  }

  /// A quotient that was found.
  struct Found: Hashable {
    /// The position of the count above the line.
    let numerator: Int
    /// The position of the count below the line.
    let denominator: Int
    /// By what the quotient is multiplied: 100, 10,000.
    let multiplier: Double
    /// The rows in which all three are there and say something: rates that are neither nothing nor everything.
    let compared: Int
    /// Those of them in which the arithmetic holds within rounding.
    let agreeing: Int
    /// The first row in which it does not.
    let firstOdd: Int?
  }

  /// The counts that may stand above and below the line.
  let counts: [Column]

  /// The least share of rows in which the arithmetic must hold.
  static let leastShare = 0.98
  /// The least number of rows that show a quotient.
  static let leastRows = 20

  /// The quotient that gives a rate.
  ///
  /// - Parameters:
  ///   - rate: the rate.
  ///   - multipliers: by what the quotient may be multiplied.
  ///   - pairs: the positions of numerator and denominator that are tried; all when nil.
  ///   - leastRows: the least number of rows that show a quotient.
  ///   - leastShare: the least share of rows in which the arithmetic must hold.
  /// - Returns: of those that hold in enough rows, the one that holds in the most, and is nearest; nil when none does.
  func find(
    _ rate: Column, multipliers: [Double], pairs: [(Int, Int)]? = nil, leastRows: Int = Self.leastRows,
    leastShare: Double = Self.leastShare
  ) -> Found? {
    let telling = rate.values.indices.filter { rate.values[$0].isFinite && rate.values[$0] != 0 }
    guard telling.count >= leastRows else { return nil }
    let step = max(1, telling.count / 48)
    let sample = stride(from: 0, to: telling.count, by: step).map { telling[$0] }
    var best: (found: Found, distance: Double)?
    func consider(_ numerator: Int, _ denominator: Int) {
      for multiplier in multipliers {
        let trial = Trial(rate: rate, counts[numerator], counts[denominator], multiplier)
        // Most pairs are far off: a sample shows that soon.
        guard trial.passes(sample) else { continue }
        let result = trial.compare(telling)
        guard result.compared >= leastRows,
          Double(result.agreeing) >= leastShare * Double(result.compared)
        else { continue }
        let found = Found(
          numerator: numerator, denominator: denominator, multiplier: multiplier, compared: result.compared,
          agreeing: result.agreeing, firstOdd: result.firstOdd)
        let distance = result.distance / Double(max(1, result.compared))
        if let known = best {
          let share = Double(found.agreeing) / Double(found.compared)
          let knownShare = Double(known.found.agreeing) / Double(known.found.compared)
          guard share > knownShare || share == knownShare && distance < known.distance else { continue }
        }
        best = (found, distance)
      }
    }
    if let pairs {
      for (numerator, denominator) in pairs { consider(numerator, denominator) }
    } else {
      for numerator in counts.indices {
        for denominator in counts.indices where numerator != denominator { consider(numerator, denominator) }
      }
    }
    return best?.found
  }

  /// One numerator over one denominator.
  private struct Trial {
    let rate: Column
    let numerator: Column
    let denominator: Column
    let multiplier: Double

    init(rate: Column, _ numerator: Column, _ denominator: Column, _ multiplier: Double) {
      self.rate = rate
      self.numerator = numerator
      self.denominator = denominator
      self.multiplier = multiplier
    }

    /// How far a rate is from its quotient, and how far rounding may take it; nil where the row says nothing.
    private func distance(_ row: Int) -> (distance: Double, allowed: Double)? {
      let (above, below) = (numerator.values[row], denominator.values[row])
      guard above.isFinite, below.isFinite, below > 0, above > 0, above != below else { return nil }
      let quotient = multiplier * above / below
      let allowed =
        rate.slack[row] + multiplier / below * numerator.slack[row]
        + quotient / below * denominator.slack[row] + 1e-9 * abs(quotient)
      return (abs(rate.values[row] - quotient), allowed)
    }

    /// Whether the arithmetic holds in nine of ten rows of a sample.
    func passes(_ rows: [Int]) -> Bool {
      var compared = 0
      var odd = 0
      for row in rows {
        guard let (distance, allowed) = distance(row) else { continue }
        compared += 1
        if distance > allowed {
          odd += 1
          if odd * 10 > rows.count { return false }
        }
      }
      return compared > 0 && odd * 10 <= compared
    }

    func compare(_ rows: [Int]) -> (compared: Int, agreeing: Int, firstOdd: Int?, distance: Double) {
      var (compared, agreeing, total) = (0, 0, 0.0)
      var firstOdd: Int?
      for row in rows {
        guard let (distance, allowed) = distance(row) else { continue }
        compared += 1
        total += distance
        if distance <= allowed { agreeing += 1 } else if firstOdd == nil { firstOdd = row }
      }
      return (compared, agreeing, firstOdd, total)
    }
  }
}
