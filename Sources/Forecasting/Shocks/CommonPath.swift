import RealModule
import TimeSeries

/// The path that the series of a pool share: the medians of their changes, added up.
///
/// What happens to all areas in one year shows here with hardly any noise of its own, and is judged against what happened
/// to all of them in the other years. Judged against the noise between areas, every year would stand out: areas share
/// their movements in ordinary years too.
struct CommonPath {
  /// Periods since the first period of the pool at which enough series are observed, increasing.
  let times: [Int]
  /// The path at those times, from zero, in units of the divisors.
  let values: [Double]
  /// The variance that the noise between series leaves in a median change.
  let noise: Double
  /// What a movement of one of the path is in each sample, on its scale; zero for one that has no part in it.
  let factors: [Double]
  /// By how many periods each sample begins after the pool.
  let starts: [Int]
  /// The period of time zero.
  let firstPeriod: Period

  /// Fewer series than these share no path that could be told from their own.
  static let fewestSeries = 5

  /// - Returns: nil for samples that are too few, have no dates in common, or never move.
  init?(_ pool: [Sample]) {
    guard pool.count >= Self.fewestSeries, let (starts, firstPeriod) = Self.alignment(pool) else {
      return nil
    }
    self.starts = starts
    self.firstPeriod = firstPeriod
    var observed: [Int: Int] = [:]
    for (sample, start) in zip(pool, starts) {
      for position in sample.positions { observed[start + position, default: 0] += 1 }
    }
    let needed = max(Self.fewestSeries, (pool.count + 1) / 2)
    let times = observed.filter { $0.value >= needed }.map(\.key).sorted()
    guard times.count >= ShockTreatment.fewestObservations else { return nil }
    self.times = times
    let places = Dictionary(uniqueKeysWithValues: times.enumerated().map { ($1, $0) })
    // Whether areas move by the same amount or by the same share of their size, on scales that do not say so: whichever
    // explains more of the changes.
    let isNatural = pool.contains { $0.scale == .natural }
    let sizes = isNatural ? pool.map(Self.size) : []
    var best: (path: [Double], noise: Double, explained: Double, factors: [Double])?
    for factors in isNatural ? [pool.map { _ in 1 }, sizes] : [pool.map { _ in 1.0 }] {
      guard let (path, noise, explained) = Self.path(pool, starts: starts, places: places, factors: factors)
      else {
        continue
      }
      if explained > (best?.explained ?? -1) { best = (path, noise, explained, factors) }
    }
    guard let best else { return nil }
    values = best.path
    noise = best.noise
    factors = best.factors
  }

  /// The path at the observations of a sample, in its own units: between known times along a straight line, beyond them as
  /// at the nearest.
  func movement(of sample: Sample, number: Int) -> [Double] {
    var next = 0
    return sample.positions.map { position in
      let time = starts[number] + position
      while next < times.count, times[next] < time { next += 1 }
      if next == times.count { return factors[number] * (values.last ?? 0) }
      if times[next] == time || next == 0 { return factors[number] * values[next] }
      let share = Double(time - times[next - 1]) / Double(times[next] - times[next - 1])
      return factors[number] * (values[next - 1] + share * (values[next] - values[next - 1]))
    }
  }

  /// How far each sample begins after the earliest.
  private static func alignment(_ pool: [Sample]) -> (starts: [Int], first: Period)? {
    guard var first = pool.first?.firstPeriod else { return nil }
    for sample in pool {
      guard let period = sample.firstPeriod, first.distance(to: period) != nil else { return nil }
      if period < first { first = period }
    }
    return (pool.map { $0.firstPeriod.flatMap { first.distance(to: $0) } ?? 0 }, first)
  }

  /// The average size of a sample's values.
  private static func size(_ sample: Sample) -> Double {
    var sum = 0.0
    for value in sample.values { sum += abs(value) / Double(sample.count) }
    return sum
  }

  private static func path(
    _ pool: [Sample], starts: [Int], places: [Int: Int], factors: [Double]
  ) -> (path: [Double], noise: Double, explained: Double)? {
    var changes = [[Double]](repeating: [], count: places.count)
    for (number, sample) in pool.enumerated() where factors[number] > 0 {
      for index in sample.values.indices.dropFirst() {
        guard let place = places[starts[number] + sample.positions[index]], place > 0,
          places[starts[number] + sample.positions[index - 1]] == place - 1,
          !sample.breaks.contains(sample.positions[index])
        else { continue }
        changes[place].append((sample.values[index] - sample.values[index - 1]) / factors[number])
      }
    }
    var path = [0.0]
    var (common, between, noise) = (0.0, 0.0, 0.0)
    for place in changes.indices.dropFirst() {
      guard changes[place].count >= fewestSeries else { return nil }
      let centre = median(&changes[place])
      var distances = changes[place].map { abs($0 - centre) }
      // The median absolute distance of a normal distribution is 0.6745 standard deviations.
      let spread = median(&distances) / 0.6745
      path.append(path[place - 1] + centre)
      common += centre * centre
      between += spread * spread
      // The variance of a median is π/2 times that of a mean.
      noise += 0.5 * Double.pi * spread * spread / Double(changes[place].count)
    }
    guard common.isFinite, between.isFinite, common > 0 else { return nil }
    return (path, noise / Double(changes.count - 1), common / (common + between))
  }

  static func median(_ values: inout [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    values.sort()
    let middle = values.count / 2
    return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
  }
}
