import Indicators
import TimeSeries

extension StandardPopulation {
  /// Reads a standard population from the columns `band` and `weight` of comma-separated text; its name is the base name
  /// of the file.
  ///
  /// - Parameter path: the file, or `-` for standard input.
  /// - Throws: ``EvidenceError``: what ``FileContents/read(_:limit:)`` throws, or
  ///   ``EvidenceError/badData(problems:omitted:)`` for weights that are no numbers above 0, or bands that share ages.
  public static func read(_ path: String) throws(EvidenceError) -> StandardPopulation {
    try StandardPopulation(contents: try FileContents.read(path))
  }

  /// Reads contents that are at hand.
  ///
  /// - Parameter contents: the contents.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)``.
  public init(contents: FileContents) throws(EvidenceError) {
    let table = try PlainTable(contents, required: ["band", "weight"])
    var problems = table.problems
    var bands: [Band] = []
    for row in table.rows {
      if row["band"].isEmpty {
        problems.add(row.problem("column \"band\" is empty; write a band such as 0-4"))
      }
      if let weight = row.number("weight", &problems) {
        bands.append(Band(name: row["band"], weight: weight))
      }
    }
    guard problems.isEmpty else {
      let (first, omitted) = problems.first(50)
      throw .badData(problems: first, omitted: omitted)
    }
    do throws(IndicatorsError) {
      try self.init(name: contents.baseName, bands: bands)
    } catch {
      throw .badData(Problem(file: table.file, message: "\(error)"))
    }
  }
}
