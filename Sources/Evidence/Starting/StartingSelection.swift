import Commissioning
import TimeSeries

/// Whose figures a workspace begins with, and for which years.
enum StartingSelection {
  /// Sentences about files that hold nothing of an authority.
  ///
  /// - Throws: ``EvidenceError/badArgument(_:)`` where none holds anything of it.
  static func filesWithout(
    _ authority: Authority, in published: StartingFiles
  ) throws(EvidenceError) -> [String] {
    let place = StartingFiles.Place.authority(authority.number)
    let paths = Set(published.series(of: authority).compactMap { published.held($0, place)?.path })
    let without = published.files.filter {
      !$0.authorities.isEmpty && !$0.authorities.contains(authority.number)
    }
    guard !paths.isEmpty else {
      let names = published.files.map(\.path).joined(separator: ", ")
      let others = published.authorities.filter { $0.region == authority.region }.map(\.name)
      throw .badArgument(
        """
        --area \(authority.name): no file holds anything of \(authority.label) that a plan needs (\(names)); \
        \(others.isEmpty ? "check that these are the files of every authority" : "of its region they hold \(Gazetteer.list(others))")
        """)
    }
    return without.map {
      "\($0.path) holds nothing of \(authority.label), only other authorities"
    }
  }

  /// What became of the authority that its figures show.
  static func history(of authority: Authority, in published: StartingFiles) -> [String] {
    guard let first = authority.firstDay else { return [] }
    let before = published.gazetteer.predecessors(of: authority.number)
    guard !before.isEmpty else { return [] }
    let names = Gazetteer.list(before.map(\.label))
    return [
      """
      \(authority.label) began on \(first.inWords), from \(names): its series are short, and what was published of \
      \(before.count == 1 ? "that authority" : "those authorities") is not carried over to it
      """
    ]
  }

  /// The other authorities, by number: those that are there on the last day of the figures.
  static func comparators(
    of authority: Authority, _ kind: StartingWorkspace.Comparators, in published: StartingFiles
  ) throws(EvidenceError) -> [Authority] {
    let held = published.authorities.filter {
      $0.number != authority.number && $0.exists(on: published.latestDay)
    }
    switch kind {
    case .all: return held
    case .region: return held.filter { $0.region == authority.region }
    case .neighbours:
      guard let set = published.neighbours else {
        throw .badArgument(
          """
          --comparators neighbours needs a set of statistical neighbours; give the file with --from, with the columns \
          la_number, rank, neighbour_la_number and closeness
          """)
      }
      let numbers = Set(set.neighbours(of: authority.number).map(\.number))
      guard !numbers.isEmpty else {
        throw .badArgument(
          "--comparators neighbours: the set \(set.name) has no neighbours of \(authority.label); choose region or all"
        )
      }
      return held.filter { numbers.contains($0.number) }
    }
  }

  /// The board of the waiting lists, by any of the ways in which its name is written; nil where none is asked for.
  static func board(_ text: String?, in published: StartingFiles) throws(EvidenceError) -> String? {
    guard let text else { return nil }
    let boards = published.boards
    guard !boards.isEmpty else {
      throw .badArgument(
        """
        --care-board \(text): no file holds waiting lists of care boards; give a file with the columns organisation_type, \
        organisation, month, service and waiting with --from
        """)
    }
    if let found = boards.first(where: { plain($0) == plain(text) }) { return found }
    throw .badArgument(
      "--care-board \(text): there is no such board in the waiting lists; "
        + NearestName.advice(for: text, among: boards))
  }

  /// A board's name for comparison: without the words that all of them have.
  private static func plain(_ name: String) -> String {
    var words = AreaName.folded(name).split(separator: " ").map(String.init)
    if words.first == "nhs" { words.removeFirst() }
    if words.last == "icb" { words.removeLast() }
    if words.suffix(3) == ["integrated", "care", "board"] { words.removeLast(3) }
    return words.joined(separator: " ")
  }

  /// The years of the plan: from the year after the last whose money is known, for five years and at least four beyond
  /// what is known.
  static func years(
    of authority: Authority, _ choices: StartingWorkspace.Choices, in published: StartingFiles
  ) throws(EvidenceError) -> ClosedRange<FinancialYear> {
    let place = StartingFiles.Place.authority(authority.number)
    let held = published.series(of: authority).compactMap { published.held($0, place) }
    let outturns = held.filter {
      $0.measure.kind == .year(.financial)
        && ($0.measure.unit == .pounds || $0.measure.series == "dsg-cumulative-deficit")
        && !$0.measure.series.hasPrefix("dsg-high") && !$0.measure.series.hasPrefix("dsg-total")
        && !$0.measure.series.hasPrefix("dsg-schools")
    }
    let lastOutturn = (outturns.isEmpty ? held : outturns).compactMap { $0.figures.last?.period.end }.max()
    let known = held.compactMap { $0.figures.compactMap { $0.publication?.date }.max() }.max()
    let latest = lastOutturn ?? published.latestDay
    let first = choices.firstYear ?? Self.year(of: latest).next
    let last =
      choices.lastYear
      ?? max(FinancialYear(first.start + 4), FinancialYear(Self.year(of: known ?? latest).start + 4))
    guard first <= last else {
      throw .badArgument("--last-year \(last) is before the plan's first year, \(first); name a later one")
    }
    return first...last
  }

  /// The financial year of a day.
  private static func year(of day: CivilDate) -> FinancialYear {
    FinancialYear(day.month < 4 ? day.year - 1 : day.year)
  }
}
