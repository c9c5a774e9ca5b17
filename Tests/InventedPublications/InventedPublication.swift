import Evidence
import TimeSeries

/// A published file that nobody published: each further one adds the next year and revises the year before.
public struct InventedPublication: Sendable {
  /// The number of the file, from 1.
  public let file: Int
  /// The number of series.
  public let series: Int

  /// A file.
  public init(file: Int, series: Int) {
    self.file = file
    self.series = series
  }

  /// The digest under which it is imported.
  public var digest: String {
    let digits = String(file, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }

  /// What it says: for every series a provisional figure of year 2000 + its number, and the revised one of the year before.
  public var figures: PublishedFigures {
    var figures = PublishedFigures(file: "invented-\(file).csv", layout: "invented")
    for number in 0..<series {
      let key = PublishedSeriesKey(
        measure: "plans", area: PublishedArea(name: "Area \(number)", code: "E\(number)"), unit: .count)
      let position = figures.position(of: key)
      let published = CivilDate(daysSinceEpoch: 11_000 + 365 * file)
      for (year, flags) in [(file - 1, DataFlags.revised), (file, DataFlags.provisional)] where year > 0 {
        figures.add(
          PublishedFigure(
            period: .financialYear(2000 + year),
            observation: .value(Double(1000 * number + 10 * year + (flags == .revised ? 1 : 0))),
            publication: Publication(date: published), flags: flags, row: figures.tally.figures + 2),
          to: position)
      }
    }
    return figures
  }

  /// The number of figures that it adds to those of the files before it.
  public var added: Int { file == 1 ? series : 2 * series }
}
