import Commissioning
import TimeSeries

/// Puts the rows of several returns together: later reports of an episode for earlier ones, child by child in order.
struct CareReturnMerge {
  private let options: CareReturnOptions
  private let births: [String: BirthRow]
  private let rows: [CareRow]
  private let lastDays: [CivilDate]
  private(set) var errors: ProblemList
  private(set) var doubts: ProblemList

  init(_ reader: CareFileReader, lastDays: [CivilDate]) {
    options = reader.options
    births = reader.births
    rows = reader.rows
    errors = reader.errors
    doubts = reader.doubts
    self.lastDays = lastDays
  }

  /// The episodes, mended as far as was asked for; what was not is among the problems.
  mutating func episodes() -> [CareEpisode] {
    let sorted = rows.sorted { ($0.child, $0.start, $0.source) < ($1.child, $1.start, $1.source) }
    var episodes: [CareEpisode] = []
    var first = 0
    while first < sorted.count {
      var beyond = first
      while beyond < sorted.count, sorted[beyond].child == sorted[first].child { beyond += 1 }
      episodes += history(latest(Array(sorted[first..<beyond])))
      first = beyond
    }
    return episodes
  }

  /// A child's rows with the latest report of each episode.
  private mutating func latest(_ rows: [CareRow]) -> [CareRow] {
    var result: [CareRow] = []
    for row in rows {
      guard let before = result.last, before.start == row.start else {
        result.append(row)
        continue
      }
      if before.placement != row.placement || before.provider != row.provider {
        note(
          doubt: row,
          "the episode was \(before.placement) at \(before.place) and is \(row.placement) here, which stands")
      } else if let end = before.end, end != row.end {
        note(
          doubt: row,
          "the episode ended on \(end) at \(before.place) and "
            + "\(row.end.map { "on \($0)" } ?? "goes on") here, which stands")
      }
      result[result.count - 1] = row
    }
    return result
  }

  /// A child's episodes, none over another.
  private mutating func history(_ rows: [CareRow]) -> [CareEpisode] {
    guard let child = rows.first else { return [] }
    guard let born = births[child.child]?.birth else {
      for row in rows {
        settle(
          row, .leaveOutWithoutHeader, "the child is in no Header file, so its age is not known",
          done: "the episode is left out")
      }
      return []
    }
    let leaves = born.birthday(options.scheme.leavingAge)
    var episodes: [CareEpisode] = []
    for (index, original) in rows.enumerated() {
      var row = original
      guard row.start >= born else {
        errors.add(
          Problem(
            file: row.file, row: row.row, message: "DECOM \(row.start) is before the date of birth"))
        continue
      }
      guard row.start < leaves else {
        settle(
          row, .endAtLeavingAge,
          "DECOM \(row.start) is on or after birthday \(options.scheme.leavingAge), on which care ends",
          done: "the episode is left out")
        continue
      }
      endWhereItMust(&row, leaves: leaves, next: index + 1 < rows.count ? rows[index + 1] : nil)
      episodes.append(
        CareEpisode(
          child: row.child, birth: born, start: row.start, end: row.end, placement: row.placement,
          provider: row.provider, distance: row.distance, isOutOfArea: row.isOutOfArea))
    }
    return episodes
  }

  /// Ends an episode at the next one, at the birthday on which care ends, or with the return that was the last to report it.
  private mutating func endWhereItMust(_ row: inout CareRow, leaves: CivilDate, next: CareRow?) {
    if let next, row.end.map({ $0 > next.start }) ?? true {
      settle(
        row, .endOverlapAtNextStart,
        "the episode \(row.end.map { "ends on \($0)" } ?? "goes on"), and the next begins on "
          + "\(next.start) at \(next.place)", done: "it ends on \(next.start)")
      row.end = next.start
    }
    let isUnreported = row.end == nil && row.source < lastDays.count - 1
    if isUnreported {
      let end = lastDays[row.source].adding(days: 1)
      settle(
        row, .endUnreportedWithItsReturn,
        "the episode goes on, and the next return says nothing of it",
        done: "it ends with the year of its return, on \(min(end, leaves))")
      row.end = min(end, leaves)
    }
    let last = row.end ?? lastDays[lastDays.count - 1].adding(days: 1)
    if last > leaves || (row.end == nil && last >= leaves) {
      settle(
        row, .endAtLeavingAge,
        "the episode \(row.end.map { "ends on \($0)" } ?? "goes on"), and birthday "
          + "\(options.scheme.leavingAge), on which care ends, is earlier", done: "it ends on that birthday")
      row.end = leaves
    }
  }

  /// A doubt where the mending was asked for, a fault where it was not.
  private mutating func settle(_ row: CareRow, _ mending: CareMending, _ sentence: String, done: String) {
    if options.mending.contains(mending) {
      note(doubt: row, "\(sentence); \(done)")
    } else {
      errors.add(Problem(file: row.file, row: row.row, message: "\(sentence); \(mending.advice)"))
    }
  }

  private mutating func note(doubt row: CareRow, _ message: String) {
    doubts.add(Problem(file: row.file, row: row.row, message: message, severity: .warning))
  }
}
