import Commissioning
import TimeSeries

/// Episodes of care as the yearly returns of an authority report them.
///
/// An episode that one return reports as going on is reported again by the next, which then stands: that is how returns
/// work, and no fault. Everything else that two rows say differently is a fault, unless it was asked to be mended.
public struct CareReturn: Sendable {
  /// The episodes, known through the last day of the last return.
  public let episodes: CareEpisodes
  /// What was mended and what should be looked at.
  public let doubts: [Problem]
  /// The number of doubts that are not listed.
  public let omittedDoubts: Int
  /// What should be known of the files, as sentences.
  public let notes: [String]

  /// Reads the returns of one year or of several that follow on one another.
  ///
  /// - Throws: ``EvidenceError``: files that cannot be read; ``EvidenceError/badData(problems:omitted:)`` with file and row
  ///   for all that is wrong with their rows, columns, dates, codes and order.
  public static func read(
    _ returns: [CareReturnFiles], options: CareReturnOptions = CareReturnOptions()
  ) throws(EvidenceError) -> CareReturn {
    var contents: [(FinancialYear, FileContents, FileContents)] = []
    for files in returns {
      contents.append(
        (files.year, try FileContents.read(files.header), try FileContents.read(files.episodes)))
    }
    return try CareReturn(contents.map { (year: $0.0, header: $0.1, episodes: $0.2) }, options: options)
  }

  /// Reads returns whose contents are at hand.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` as ``read(_:options:)``.
  public init(
    _ returns: [(year: FinancialYear, header: FileContents, episodes: FileContents)],
    options: CareReturnOptions = CareReturnOptions()
  ) throws(EvidenceError) {
    let sorted = returns.sorted { $0.year < $1.year }
    guard let last = sorted.last else {
      throw .badArgument(
        "no return of children looked after is named; name Header and Episodes files of a year")
    }
    for (one, next) in zip(sorted, sorted.dropFirst()) where next.year != one.year.next {
      throw .badData(
        Problem(
          file: next.episodes.path,
          message:
            "the return of \(next.year) follows that of \(one.year); one return for each year is needed"))
    }
    var reader = CareFileReader(options: options)
    for (source, files) in sorted.enumerated() {
      try reader.readHeader(files.header)
      try reader.readEpisodes(files.episodes, year: files.year, source: source)
    }
    var merge = CareReturnMerge(reader, lastDays: sorted.map(\.year.lastDay))
    let merged = merge.episodes()
    guard merge.errors.isEmpty else {
      let (problems, omitted) = merge.errors.first(options.problemLimit)
      throw .badData(problems: problems, omitted: omitted)
    }
    do {
      episodes = try CareEpisodes(merged, scheme: options.scheme, observedThrough: last.year.lastDay)
    } catch {
      throw .badData(Problem(file: last.episodes.path, message: "\(error)"))
    }
    let (listed, omitted) = merge.doubts.first(options.problemLimit)
    doubts = listed
    omittedDoubts = omitted
    notes = reader.notes
  }
}
