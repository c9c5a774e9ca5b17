import Indicators
import TimeSeries

/// Waiting lists as their own counts: a series file with the series `referrals`, `removals` (children seen), and where they are
/// known `left` (children who left unseen) and `waiting` (at the end of each period), by week or month; a list for each area.
public struct WaitingSeriesFile: Sendable {
  /// A list of the file: what its counts say, or why they say nothing.
  public struct List: Sendable {
    /// Its area, or the name of the file where the rows name none.
    public let name: String
    /// What its counts say.
    public let estimates: Result<WaitingFlowEstimates, IndicatorsError>
  }

  /// The series that make a list.
  public static let seriesNames = ["referrals", "removals", "left", "waiting"]

  /// The file, as it was named.
  public let file: String
  /// The lists, in the order of the file.
  public let lists: [List]
  /// What the reader noticed and did not refuse.
  public let notes: [String]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: the file, or `-` for standard input.
  ///   - options: what its periods cannot say.
  /// - Throws: ``EvidenceError`` for a file that cannot be read, a series of another name, and a list without referrals or removals.
  public init(
    reading path: String, options: SeriesFileOptions = SeriesFileOptions()
  ) throws(EvidenceError) {
    let file = try SeriesFile.read(path, options: options)
    self.file = path
    notes = file.notes
    var areas: [String?] = []
    var series: [String?: [String: Series]] = [:]
    for position in 0..<file.count {
      let one: Series?
      do {
        one = try file.series(at: position)
      } catch {
        throw .badData(Problem(file: path, message: "\(error)"))
      }
      guard let one else { continue }
      guard Self.seriesNames.contains(one.id) else {
        throw .badData(
          Problem(
            file: path, row: one.points.first?.origin?.row,
            message: "the series \"\(one.id)\" is no part of a waiting list; "
              + NearestName.advice(for: one.id, among: Self.seriesNames)))
      }
      if series[one.area] == nil { areas.append(one.area) }
      series[one.area, default: [:]][one.id] = one
    }
    var lists: [List] = []
    for area in areas {
      let name = area ?? FileContents.baseName(of: path)
      guard let all = series[area], let referrals = all["referrals"], let removals = all["removals"] else {
        let missing = ["referrals", "removals"].filter { series[area]?[$0] == nil }.joined(separator: " and ")
        throw .badData(
          Problem(file: path, message: "\(name) has no series \(missing); a list needs referrals and removals"))
      }
      let estimates: Result<WaitingFlowEstimates, IndicatorsError>
      do throws(IndicatorsError) {
        estimates = .success(
          try WaitingFlowEstimates(
            id: name, referrals: referrals, removals: removals, left: all["left"], waiting: all["waiting"]))
      } catch {
        estimates = .failure(error)
      }
      lists.append(List(name: name, estimates: estimates))
    }
    self.lists = lists
  }
}
