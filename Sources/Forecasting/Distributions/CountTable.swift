import Statistics

/// The probabilities of a mixture of counts, count by count: made once, it answers what would otherwise ask every component
/// for an incomplete beta or gamma function each time.
///
/// Poisson, negative binomial and binomial probabilities follow one recursion, p(k + 1)/p(k) = (a + bk)/(k + 1) (the class
/// of H. H. Panjer, 1981). Each component is followed from its own centre, where its probability is computed exactly, both
/// ways until nothing is left.
struct CountTable: Sendable {
  /// The first count that has a probability.
  private let first: Int
  private let probabilities: [Double]
  /// Running sums of the probabilities, divided by their total so that they end at one.
  private let sums: [Double]

  /// Beyond so many counts a table costs more than it saves.
  private static let most = 1 << 16
  /// What is less likely than this is left out; all of it together is less than a rounding of one.
  private static let least = 1e-22

  /// The recursion of a distribution: (a, b).
  private static func recursion(_ law: any DiscreteDistribution) -> (a: Double, b: Double)? {
    switch law {
    case let law as Poisson: return (law.mean, 0)
    case let law as NegativeBinomial:
      let failure = law.mean / (law.mean + law.size)
      return (law.size * failure, failure)
    case let law as Binomial:
      guard law.probability < 1 else { return nil }
      let odds = law.probability / (1 - law.probability)
      return (Double(law.trials) * odds, -odds)
    default: return nil
    }
  }

  /// - Returns: nil where a table would be too long, or a component follows no such recursion.
  init?(_ components: [CountMixture.Component]) {
    var parts: [(weight: Double, centre: Int, peak: Double, a: Double, b: Double)] = []
    for component in components {
      guard let (a, b) = Self.recursion(component.law), component.law.mean < 1e9 else { return nil }
      let centre = component.law.mean.rounded(.down)
      guard let peak = try? component.law.probability(of: centre), peak.isFinite else { return nil }
      parts.append((component.weight, Int(centre), component.weight * peak, a, b))
    }
    // The first and the last count that any component reaches.
    var (lowest, highest) = (Int.max, 0)
    for part in parts {
      var (count, value) = (part.centre, part.peak)
      while value > Self.least {
        value *= (part.a + part.b * Double(count)) / Double(count + 1)
        count += 1
        guard count - part.centre < Self.most else { return nil }
      }
      highest = max(highest, count)
      (count, value) = (part.centre, part.peak)
      while value > Self.least, count > 0 {
        count -= 1
        value *= Double(count + 1) / (part.a + part.b * Double(count))
        guard part.centre - count < Self.most else { return nil }
      }
      lowest = min(lowest, count)
    }
    guard lowest <= highest, highest - lowest < Self.most else { return nil }
    var probabilities = [Double](repeating: 0, count: highest - lowest + 1)
    for part in parts {
      var (count, value) = (part.centre, part.peak)
      while value > Self.least {
        probabilities[count - lowest] += value
        value *= (part.a + part.b * Double(count)) / Double(count + 1)
        count += 1
      }
      (count, value) = (part.centre, part.peak)
      while value > Self.least, count > 0 {
        count -= 1
        value *= Double(count + 1) / (part.a + part.b * Double(count))
        probabilities[count - lowest] += value
      }
    }
    var sum = 0.0
    var sums: [Double] = []
    sums.reserveCapacity(probabilities.count)
    for probability in probabilities {
      sum += probability
      sums.append(sum)
    }
    guard sum > 0.5, sum.isFinite else { return nil }
    first = lowest
    self.probabilities = probabilities
    self.sums = sums.map { min(1, $0 / sum) }
  }

  /// The probability of a whole count.
  func probability(of count: Double) -> Double {
    guard let place = place(count), probabilities.indices.contains(place) else { return 0 }
    return probabilities[place]
  }

  /// The probability of a count no greater.
  func cumulative(_ count: Double) -> Double {
    guard let place = place(count) else { return count < 0 ? 0 : 1 }
    return place < 0 ? 0 : place < sums.count ? sums[place] : 1
  }

  private func place(_ count: Double) -> Int? { Int(exactly: count).map { $0 - first } }
}
