import RealModule
import TimeSeries

/// The samples of a pool in one calendar: rows are series, columns the periods in which any of them was observed.
struct PoolTable {
  /// One series of the pool.
  struct Row {
    /// Its place among the samples.
    let sample: Int
    /// Whether its changes are relative to its value; otherwise to a fixed level.
    let isLogarithmic: Bool
    /// What one stands for on the natural scale; one where changes are logarithmic.
    let level: Double
    /// Its first and last observed columns.
    let first: Int
    let last: Int
  }

  /// A typical change above a quarter of the value is no growth in per cent: such series are followed as they are.
  private static let greatestRelativeChange = 0.25
  /// Older columns say nothing of the years to come, and cost.
  private static let longestHistory = 60
  /// Fewer series have no movement that could be told from their own.
  static let fewestSeries = 4
  /// Fewer changes into a period are not a movement that is shared.
  static let fewestShared = 3

  /// The series that take part.
  let rows: [Row]
  /// The places in the calendar of the columns, in periods since the pool's first.
  let columns: [Int]
  /// The relative values, row by row; NaN where nothing was observed.
  let values: [Double]
  /// The logarithms of the values, row by row; NaN where there is none.
  let logarithms: [Double]
  /// The columns that lie in the pandemic.
  let isPandemic: [Bool]

  /// The number of columns.
  var width: Int { columns.count }

  /// Puts the samples of a pool side by side.
  ///
  /// - Returns: nil where fewer than four series can take part: their periods are of different kinds, or no two
  ///   neighbouring periods are known.
  init?(_ samples: [Sample]) {
    let starts = Self.sharing(samples, starts: Self.starts(of: samples))
    let columns = Self.columns(samples, starts: starts)
    guard let earliest = columns.first, let latest = columns.last else { return nil }
    var place = [Int](repeating: -1, count: latest - earliest + 1)
    for (column, period) in columns.enumerated() { place[period - earliest] = column }
    let width = columns.count
    let smallest = samples.lazy.flatMap(\.observed).reduce(Double.infinity) {
      $1 == 0 ? $0 : min($0, abs($1))
    }
    var rows: [Row] = []
    var values: [Double] = []
    var logarithms: [Double] = []
    var pandemic = [Bool](repeating: false, count: width)
    for index in Self.fixedOrder(samples) {
      guard let start = starts[index] else { continue }
      let sample = samples[index]
      let base = values.count
      let isLogarithmic = Self.growsInProportion(sample)
      let level = isLogarithmic ? 1 : Self.level(sample, smallest: smallest)
      values.append(contentsOf: repeatElement(.nan, count: width))
      logarithms.append(contentsOf: repeatElement(.nan, count: width))
      var first: Int?
      var last = 0
      for (position, value) in zip(sample.positions, sample.observed) where start + position >= earliest {
        let column = place[start + position - earliest]
        if value > 0 { logarithms[base + column] = Double.log(value) }
        values[base + column] = isLogarithmic ? logarithms[base + column] : value / level
        if first == nil { first = column }
        last = column
        if let origin = sample.firstPeriod, !pandemic[column] {
          pandemic[column] = (PandemicYears.share(of: origin.advanced(by: position)) ?? 0) >= 0.5
        }
      }
      guard let first else {
        values.removeLast(width)
        logarithms.removeLast(width)
        continue
      }
      rows.append(Row(sample: index, isLogarithmic: isLogarithmic, level: level, first: first, last: last))
    }
    guard rows.count >= Self.fewestSeries, rows.contains(where: { $0.last > $0.first }) else { return nil }
    self.rows = rows
    self.columns = columns
    self.values = values
    self.logarithms = logarithms
    isPandemic = pandemic
  }

  /// The samples by name, so that sums have the same last digit in whatever order the series came.
  private static func fixedOrder(_ samples: [Sample]) -> [Int] {
    samples.indices.sorted { first, second in
      let (left, right) = (samples[first], samples[second])
      return left.name != right.name
        ? left.name < right.name : left.observed.lexicographicallyPrecedes(right.observed)
    }
  }

  /// Where each sample begins in the pool's calendar; nil for one whose periods are of another kind than most.
  ///
  /// Samples put together from numbers have no dates, and are taken to end together.
  private static func starts(of samples: [Sample]) -> [Int?] {
    guard let reference = samples.lazy.compactMap(\.firstPeriod).first else {
      return samples.map { sample in sample.positions.last.map { -$0 } }
    }
    return samples.map { sample in
      sample.firstPeriod.flatMap { reference.distance(to: $0) }
    }
  }

  /// The periods in which any of the samples was observed, the latest.
  private static func columns(_ samples: [Sample], starts: [Int?]) -> [Int] {
    var seen: Set<Int> = []
    for (sample, start) in zip(samples, starts) {
      guard let start else { continue }
      for position in sample.positions { seen.insert(start + position) }
    }
    return Array(seen.sorted().suffix(longestHistory))
  }

  /// The starts of the samples that share their last period with others, so that what they do together can be told from
  /// what each does; nil for the rest, and for a sample with a value a thousand times its middle one, which is a mistake or
  /// another thing and must not speak for others.
  private static func sharing(_ samples: [Sample], starts: [Int?]) -> [Int?] {
    let columns = columns(samples, starts: starts)
    var observed: [Int: Int] = [:]
    for (column, period) in columns.enumerated() { observed[period] = column }
    var changes = [Int](repeating: 0, count: columns.count)
    for (sample, start) in zip(samples, starts) {
      guard let start else { continue }
      var before: Int?
      for position in sample.positions {
        guard let column = observed[start + position] else { continue }
        if before == column - 1 { changes[column] += 1 }
        before = column
      }
    }
    return zip(samples, starts).map { sample, start in
      guard let start, let last = sample.positions.last, let column = observed[start + last],
        changes[column] >= fewestShared
      else { return nil }
      let middle = Middle.median(sample.observed.map(abs))
      let largest = sample.observed.reduce(0) { max($0, abs($1)) }
      return middle > 0 && largest > 1000 * middle ? nil : start
    }
  }

  /// Whether a sample is positive and changes by less than a quarter from one observation to the next.
  private static func growsInProportion(_ sample: Sample) -> Bool {
    guard sample.observed.allSatisfy({ $0 > 0 }) else { return false }
    var sum = 0.0
    for index in sample.observed.indices.dropFirst() {
      sum += abs(Double.log(sample.observed[index] / sample.observed[index - 1]))
    }
    return sum < greatestRelativeChange * Double(max(sample.count - 1, 1))
  }

  /// The size of the latest values, or of all where these are unusually small, or of the smallest figure in the pool.
  private static func level(_ sample: Sample, smallest: Double) -> Double {
    func size(_ values: ArraySlice<Double>) -> Double {
      values.reduce(0) { $0 + abs($1) } / Double(max(values.count, 1))
    }
    let all = size(sample.observed[...])
    let recent = size(sample.observed.suffix(3))
    let level = recent > 0.2 * all ? recent : all
    return level > 0 ? level : smallest.isFinite ? smallest : 1
  }
}
