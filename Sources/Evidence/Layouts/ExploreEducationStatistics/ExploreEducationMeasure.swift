import TimeSeries

/// A measure of a file of Explore Education Statistics, and what its whole column says of it.
struct ExploreEducationMeasure {
  /// The position of its column.
  let column: Int
  /// The name of its column.
  let name: String
  /// The unit.
  var unit: Unit
  /// Whether its name says that it is counted on 31 March.
  let isMarch: Bool
  /// Whether it was asked for.
  let isWanted: Bool
  /// To what it is rounded, by the number of the level.
  private(set) var roundings: [Double?]
  /// The columns of the counts of which it is the quotient.
  var numerator: Int?
  var denominator: Int?

  init(_ column: Int, _ name: String, isWanted: Bool, _ values: [Double], levels: [Int32], levelCount: Int) {
    self.column = column
    self.name = name
    self.isWanted = isWanted
    isMarch = ReportingYear.isMarch(name)
    let known = values.filter { $0.isFinite }
    unit = MeasureUnits.unit(
      name, isWhole: !known.isEmpty && known.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    roundings = []
    var ofLevel = [[Double]](repeating: [], count: levelCount)
    for (value, level) in zip(values, levels) where ofLevel.indices.contains(Int(level)) {
      ofLevel[Int(level)].append(value)
    }
    for values in ofLevel { roundings.append(RoundingSearch.unit(of: values, isCount: isCounted)) }
  }

  /// Whether its values are whole numbers anyway.
  private var isCounted: Bool {
    switch unit {
    case .count, .pounds: true
    case .rate, .proportion, .percentage, .weeks, .score, .other: false
    }
  }

  /// By what a quotient of counts would be multiplied to give it; none where it is no rate.
  var multipliers: [Double] {
    switch unit {
    case .rate(let per): [per]
    case .percentage: [100]
    case .other where MeasureUnits.words(name).contains("rate"): [100, 1000, 10_000, 100_000]
    default: []
    }
  }

  /// Half of the unit of rounding in each row, by its level; none where it is not rounded.
  func slack(_ levels: [Int32]) -> [Double] { levels.map { (roundings[Int($0)] ?? 0) / 2 } }
}
