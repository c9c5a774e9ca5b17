import TimeSeries

/// The rows of a series file, column by column: 20 bytes a row, and what the optional columns add (eight for a count,
/// four for a text, one for flags).
struct SeriesRows {
  /// What names a series, and from which row the rest of what its rows have in common was taken.
  struct Identity {
    /// The number of the text of its name.
    let id: Int32
    /// The number of the text of its area, -1 where there is no such column.
    let area: Int32
    /// The row that began it.
    let firstLine: Int32
  }

  private(set) var identities: [Identity] = []
  var texts = TextTable()
  /// What is asked of a series with each of its rows, together in memory, series after series: the number of its unit;
  /// under what its periods are read, -1 as long as no row has said so soundly; the numbers of the texts that its rows
  /// share (``SeriesColumns/shared``).
  private var particulars: [Int32] = []
  /// The number of the text of each series' pool, where pools were asked for.
  var pools: [Int32] = []
  /// The distinct periods, by number; filled once the whole column has been read.
  var periods: [Period?] = []

  var series: [Int32] = []
  var period: [Int32] = []
  var observations = PackedObservations()
  var line: [Int32] = []
  var numerator: [Double] = []
  var denominator: [Double] = []
  /// Days since the epoch; ``unknownDay`` where there is no date.
  var published: [Int32] = []
  var flags: [UInt8] = []
  /// The unit to which each figure was rounded; NaN where it is not known.
  var rounding: [Double] = []
  /// The numbers of each covariate, by column; NaN where there is none.
  var covariates: [[Double]]
  var source: [Int32] = []
  var note: [Int32] = []
  /// What has been read of values that are no plain numbers.
  var codes = ValueCodes()
  private var units: [Unit] = []
  private var unitNumbers: [Unit: Int32] = [:]
  /// What the units allow, by their numbers; infinite where there is no bound.
  private var bounds: [(lower: Double, upper: Double)] = []
  /// How many numbers a series has among the particulars.
  private let stride: Int

  init(sharedCount: Int, covariateCount: Int) {
    stride = sharedCount + 2
    covariates = [[Double]](repeating: [], count: covariateCount)
  }

  /// The bit of `flags` that says the publication date is approximate; ``DataFlags`` uses the lower ones.
  static let approximate: UInt8 = 128

  /// Stands for a date of publication that is not known.
  static let unknownDay = Int32.min

  var count: Int { series.count }

  /// Forgets the rows and keeps the series, the texts and the room.
  mutating func removeRows() {
    series.removeAll(keepingCapacity: true)
    period.removeAll(keepingCapacity: true)
    observations.removeRows()
    line.removeAll(keepingCapacity: true)
    numerator.removeAll(keepingCapacity: true)
    denominator.removeAll(keepingCapacity: true)
    published.removeAll(keepingCapacity: true)
    flags.removeAll(keepingCapacity: true)
    rounding.removeAll(keepingCapacity: true)
    for column in covariates.indices { covariates[column].removeAll(keepingCapacity: true) }
    source.removeAll(keepingCapacity: true)
    note.removeAll(keepingCapacity: true)
  }

  /// Puts the rows into an order, column after column.
  mutating func reorder(by order: [Int32]) {
    Self.reorder(&series, by: order)
    Self.reorder(&period, by: order)
    observations.reorder(by: order)
    Self.reorder(&line, by: order)
    Self.reorder(&numerator, by: order)
    Self.reorder(&denominator, by: order)
    Self.reorder(&published, by: order)
    Self.reorder(&flags, by: order)
    Self.reorder(&rounding, by: order)
    for column in covariates.indices { Self.reorder(&covariates[column], by: order) }
    Self.reorder(&source, by: order)
    Self.reorder(&note, by: order)
  }

  /// Puts a column into an order; one that the file does not have stays empty.
  static func reorder<Value>(_ column: inout [Value], by order: [Int32]) {
    guard !column.isEmpty else { return }
    column = column.withUnsafeBufferPointer { column in order.map { column[Int($0)] } }
  }

  /// The name of a series.
  func id(of series: Int32) -> String { texts[identities[Int(series)].id] }

  /// The area of a series; nil where it has none.
  func area(of series: Int32) -> String? {
    let number = identities[Int(series)].area
    return number < 0 || texts.isEmpty(number) ? nil : texts[number]
  }

  /// The unit of a series.
  func unit(of series: Int32) -> Unit { units[Int(unitNumber(of: series))] }

  /// The number of the unit of a series.
  func unitNumber(of series: Int32) -> Int32 { particulars[Int(series) * stride] }

  /// Under what the periods of a series are read (``PeriodTexts/column(of:)``); -1 as long as no row has said so soundly.
  func setting(of series: Int32) -> Int32 { particulars[Int(series) * stride + 1] }

  /// Says under what the periods of a series are read.
  mutating func set(setting: Int32, of series: Int32) { particulars[Int(series) * stride + 1] = setting }

  /// Begins the next series.
  mutating func append(_ identity: Identity, unit: Unit, shared: [Int32]) {
    identities.append(identity)
    particulars.append(number(of: unit))
    particulars.append(-1)
    particulars.append(contentsOf: shared)
  }

  /// Whether the unit of a series allows a value.
  func allows(_ value: Double, in series: Int32) -> Bool {
    let bounds = bounds[Int(unitNumber(of: series))]
    return value >= bounds.lower && value <= bounds.upper
  }

  /// The number of a unit; files have few, but may have as many as rows.
  private mutating func number(of unit: Unit) -> Int32 {
    if let known = unitNumbers[unit] { return known }
    unitNumbers[unit] = Int32(clamping: units.count)
    units.append(unit)
    bounds.append((unit.lowerBound ?? -.infinity, unit.upperBound ?? .infinity))
    return Int32(clamping: units.count - 1)
  }

  /// The number of the text that a series has in one of the columns that its rows share.
  func sharedText(_ column: Int, of series: Int32) -> Int32 { particulars[Int(series) * stride + 2 + column] }
}
