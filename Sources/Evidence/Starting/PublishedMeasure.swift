import TimeSeries

/// A measure that publishers have and that a plan needs, and what the file that holds it does not say: to which series
/// it belongs, of what its years are, and when it usually appears.
///
/// The table of them is `published-measures.csv` beside this file. Days of publication are those on which the releases
/// of recent years appeared, to the end of the month, and therefore approximate.
struct PublishedMeasure: Hashable, Sendable {
  /// What a year of the measure is.
  enum Kind: Hashable, Sendable {
    /// A count on a day of the year.
    case census(month: Int, day: Int)
    /// A financial or a calendar year; a bare year of the first kind is the one that ends in it.
    case year(YearType)
    /// The end of a month, under the name of the month.
    case month
  }

  /// When a figure usually appears.
  enum Release: Hashable, Sendable {
    /// On a day so many years after the calendar year in which the period begins.
    case day(month: Int, day: Int, yearsLater: Int)
    /// So many days after the period's end.
    case daysLater(Int)
  }

  /// The layout of the file.
  let layout: String
  /// The measure, as the publisher writes it.
  let measureAsPublished: String
  /// What stands in one of the breakdowns, in lower case; empty for measures without.
  let breakdown: String
  /// The series of a plan.
  let series: String
  /// The name for readers.
  let title: String
  let unit: Unit
  let kind: Kind
  let release: Release
  /// The series file in which it stands.
  let file: String
  /// Who publishes it, and where.
  let publisher: String

  /// The measure in lower case: releases differ in their capitals.
  var measure: String { measureAsPublished.lowercased() }

  /// The period of a figure, as a plan needs it; nil for a period of another kind, such as pooled years.
  func period(of period: Period) -> Period? {
    switch (kind, period.kind) {
    case (.census(let month, let day), .year(.calendar)), (.census(let month, let day), .census):
      return period.end.flatMap { CivilDate(year: $0.year, month: month, day: day) }.map { .censusDate($0) }
    case (.year(let wanted), .year(let type)) where wanted == type:
      return period
    case (.year(.financial), .year(.calendar)):
      return period.startYear.map { .financialYear($0 - 1) }
    case (.month, .census), (.month, .month):
      return period.end.map { .month(containing: $0) }
    default: return nil
    }
  }

  /// When the figure of a period became known, as far as the habit of its release tells.
  func publication(of period: Period) -> Publication? {
    guard let start = period.start, let end = period.end else { return nil }
    switch release {
    case .day(let month, let day, let yearsLater):
      return CivilDate(year: start.year + yearsLater, month: month, day: day)
        .map { Publication(date: $0, isApproximate: true) }
    case .daysLater(let days): return Publication(date: end.adding(days: days), isApproximate: true)
    }
  }
}

/// All measures that a plan needs.
struct PublishedMeasures: Sendable {
  /// In the order of the table: the first layout that holds a series is preferred.
  let all: [PublishedMeasure]

  /// The layouts that hold any of them.
  var layouts: [String] {
    var seen: Set<String> = []
    return all.map(\.layout).filter { seen.insert($0).inserted }
  }

  /// The measures of a layout.
  func measures(of layout: String) -> [PublishedMeasure] { all.filter { $0.layout == layout } }

  /// The measure that a published series is; nil for one that no plan needs.
  func measure(_ key: PublishedSeriesKey, in layout: String) -> PublishedMeasure? {
    if let id = key.givenID { return all.first { $0.series == id } }
    let name = key.measure.lowercased()
    let words = key.breakdown.map { $0.value.lowercased() }
    return all.first {
      $0.layout == layout && $0.measure == name && ($0.breakdown.isEmpty || words.contains($0.breakdown))
    }
  }

  /// The table that comes with the library.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` only if the library was built with a table that cannot be
  ///   read.
  static var embedded: PublishedMeasures {
    get throws(EvidenceError) {
      try PublishedMeasures(
        FileContents(path: "published-measures.csv", bytes: PackageResources.published_measures_csv))
    }
  }

  init(_ table: FileContents) throws(EvidenceError) {
    let columns = [
      "layout", "measure", "breakdown", "series", "title", "unit", "period", "released", "years_later",
      "file",
      "publisher",
    ]
    var all: [PublishedMeasure] = []
    for row in try GazetteerRow.all(table, columns: columns) {
      guard let unit = try? Unit(parsing: row.text("unit")), let kind = Self.kind(row.text("period")),
        let release = Self.release(row.text("released"), yearsLater: row.text("years_later"))
      else {
        throw .badData(
          row.problem("the unit, the period or the release of \(row.text("measure")) cannot be read"))
      }
      all.append(
        PublishedMeasure(
          layout: row.text("layout"), measureAsPublished: row.text("measure"),
          breakdown: row.text("breakdown"),
          series: row.text("series"), title: row.text("title"), unit: unit, kind: kind, release: release,
          file: row.text("file"), publisher: row.text("publisher")))
    }
    self.all = all
  }

  private static func kind(_ text: String) -> PublishedMeasure.Kind? {
    if text == "month" { return .month }
    if let type = YearType(rawValue: text) { return .year(type) }
    return monthDay(text).map { .census(month: $0.month, day: $0.day) }
  }

  private static func release(_ text: String, yearsLater: String) -> PublishedMeasure.Release? {
    if text.hasSuffix(" days") { return Int(text.dropLast(5)).map { .daysLater($0) } }
    guard let day = monthDay(text), let years = Int(yearsLater) else { return nil }
    return .day(month: day.month, day: day.day, yearsLater: years)
  }

  /// `06-30`.
  private static func monthDay(_ text: String) -> (month: Int, day: Int)? {
    CivilDate("2000-" + text).map { ($0.month, $0.day) }
  }
}
