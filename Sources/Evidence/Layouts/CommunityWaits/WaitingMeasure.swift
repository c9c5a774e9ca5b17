import TimeSeries

/// A column of numbers waiting: the whole list, or those who have waited some weeks.
struct WaitingMeasure {
  let column: Int
  /// The name of the column in lower case.
  let name: String
  /// The name for people: `waiting 18 to 52 weeks`.
  let title: String
  /// The weeks waited, from and to; nil for the whole list and for names that do not say.
  let weeks: ClosedRange<Int>?
  var isWanted = true

  /// The measure of a column; nil for a column whose name does not begin with `waiting`.
  init?(_ name: String, column: Int) {
    let lowered = name.lowercased()
    guard lowered.hasPrefix("waiting") else { return nil }
    self.column = column
    self.name = lowered
    title = lowered.split(whereSeparator: { $0 == "_" || $0 == " " }).joined(separator: " ")
    weeks = Self.weeks(title)
  }

  /// Whether it is the whole list.
  var isWhole: Bool { name == "waiting" }

  /// The column as the file names it.
  func column(of table: LayoutTable) -> String { table.columns[column] }

  /// The series of an area and service.
  func key(_ area: PublishedArea, service: String) -> PublishedSeriesKey {
    PublishedSeriesKey(
      measure: name, measureName: title, area: area, unit: .count,
      breakdown: [Series.Attribute(name: "service", value: service)])
  }

  /// The weeks of a band: `waiting 18 to 52 weeks`, `waiting over 52 weeks`; nil for other names.
  private static func weeks(_ title: String) -> ClosedRange<Int>? {
    let words = title.split(separator: " ")
    let numbers = words.compactMap { $0.utf8.count <= 4 ? Int($0) : nil }
    if numbers.count == 2, numbers[0] >= 0, numbers[0] < numbers[1] { return numbers[0]...numbers[1] }
    if numbers.count == 1, words.contains("over"), numbers[0] >= 0 { return numbers[0]...Int.max }
    return nil
  }
}

/// The numbers waiting in a row, which should not come to more than the whole list.
struct WaitingBands {
  private var whole: Double?
  private var bands: [(weeks: ClosedRange<Int>, value: Double)] = []
  private var sum = 0.0

  /// Adds a number of the row.
  mutating func add(_ value: Double, of measure: WaitingMeasure) {
    if measure.isWhole {
      whole = value
    } else if let weeks = measure.weeks {
      bands.append((weeks, value))
      sum += value
    }
  }

  /// What is doubtful about the row, as a sentence; nil where nothing is.
  var doubt: String? {
    guard let whole, sum > whole, least > whole else { return nil }
    return """
      \(Observation.value(least)) wait in the bands and \(Observation.value(whole)) in all; check the row against the \
      publication
      """
  }

  /// How many are waiting at least, by bands of which some may overlap: the greatest sum of bands that do not.
  private var least: Double {
    var best: [(end: Int, sum: Double)] = []
    for band in bands.sorted(by: {
      ($0.weeks.upperBound, $0.weeks.lowerBound) < ($1.weeks.upperBound, $1.weeks.lowerBound)
    }) {
      let before = best.last { $0.end <= band.weeks.lowerBound }?.sum ?? 0
      best.append((band.weeks.upperBound, max(best.last?.sum ?? 0, before + band.value)))
    }
    return best.last?.sum ?? 0
  }
}
