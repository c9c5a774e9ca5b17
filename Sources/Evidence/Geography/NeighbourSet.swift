import TimeSeries

/// How near a statistical neighbour is, in the words of the model of the National Foundation for Educational Research;
/// nearer is less.
public enum Closeness: Int, CaseIterable, Comparable, Hashable, Sendable {
  /// Extremely close.
  case extremelyClose
  /// Very close.
  case veryClose
  /// Close.
  case close
  /// Somewhat close.
  case somewhatClose
  /// Not close.
  case notClose

  /// The words, as the published sets have them.
  public var words: String {
    switch self {
    case .extremelyClose: "Extremely close"
    case .veryClose: "Very close"
    case .close: "Close"
    case .somewhatClose: "Somewhat close"
    case .notClose: "Not close"
    }
  }

  /// Reads the words, whatever their capitals; nil for others.
  public init?(_ words: String) {
    let folded = AreaName.folded(words)
    guard let found = Self.allCases.first(where: { AreaName.folded($0.words) == folded }) else { return nil }
    self = found
  }

  /// Whether the left is nearer.
  public static func < (left: Closeness, right: Closeness) -> Bool { left.rawValue < right.rawValue }
}

/// The statistical neighbours of every authority, as one published model has them.
///
/// A set is published data that a user names; none comes with the library. Two are in use: that of April 2021 and that
/// of 2025. Neighbourhood is not mutual: an authority may be the neighbour of one that is not among its own.
public struct NeighbourSet: Sendable {
  /// A neighbour of an authority.
  public struct Neighbour: Hashable, Sendable {
    /// Its place, from 1 for the nearest.
    public let rank: Int
    /// Its three-digit number.
    public let number: Int
    /// How near it is, where that is published.
    public let closeness: Closeness?
  }

  /// The name by which it is asked for, such as `2025`.
  public let name: String
  /// The day from which it is the set in use.
  public let firstDay: CivilDate
  /// What the reader should know, such as headings inside the table, as sentences.
  public let notes: [String]
  /// What should be looked at in the file, in the order of the rows.
  public let warnings: [Problem]

  private let neighbours: [Int: [Neighbour]]

  init(
    name: String, firstDay: CivilDate, notes: [String], warnings: [Problem], neighbours: [Int: [Neighbour]]
  ) {
    self.name = name
    self.firstDay = firstDay
    self.notes = notes
    self.warnings = warnings
    self.neighbours = neighbours.mapValues { $0.sorted { $0.rank < $1.rank } }
  }

  /// The numbers of the authorities that have neighbours in the set, in ascending order.
  public var authorities: [Int] { neighbours.keys.sorted() }

  /// The neighbours of an authority, the nearest first; none where the set does not have it.
  public func neighbours(of number: Int) -> [Neighbour] { neighbours[number] ?? [] }

  /// The authorities that have this one among their neighbours, in ascending order.
  public func authorities(near number: Int) -> [Int] {
    authorities.filter { one in neighbours(of: one).contains { $0.number == number } }
  }

  /// The neighbours of an authority that have it among theirs in turn, the nearest first.
  public func mutualNeighbours(of number: Int) -> [Neighbour] {
    neighbours(of: number).filter { near in neighbours(of: near.number).contains { $0.number == number } }
  }
}

/// Several sets of statistical neighbours side by side, chosen by name or by date.
public struct NeighbourSets: Sendable {
  /// The sets, the earliest first.
  public let sets: [NeighbourSet]
  private let gazetteer: Gazetteer

  /// Holds sets side by side.
  ///
  /// - Parameters:
  ///   - sets: in any order.
  ///   - gazetteer: says what became of authorities.
  /// - Throws: ``EvidenceError/badArgument(_:)`` where two have the same name or the same first day.
  public init(_ sets: [NeighbourSet], gazetteer: Gazetteer) throws(EvidenceError) {
    self.sets = sets.sorted { ($0.firstDay, $0.name) < ($1.firstDay, $1.name) }
    self.gazetteer = gazetteer
    for (earlier, later) in zip(self.sets, self.sets.dropFirst()) where earlier.firstDay == later.firstDay {
      throw .badArgument(
        "neighbour sets \"\(earlier.name)\" and \"\(later.name)\" both begin on \(later.firstDay.inWords); "
          + "give each a day of its own")
    }
    var seen: Set<String> = []
    for one in sets where !seen.insert(one.name).inserted {
      throw .badArgument("two neighbour sets are named \"\(one.name)\"; give each a name of its own")
    }
  }

  /// The set with a name; nil when there is none.
  public subscript(name: String) -> NeighbourSet? { sets.first { $0.name == name } }

  /// The set in use on a day; nil before the first.
  public func inUse(on day: CivilDate) -> NeighbourSet? { sets.last { $0.firstDay <= day } }

  /// The neighbours of an authority in the set with a name, the nearest first.
  ///
  /// - Parameters:
  ///   - authority: what a file calls the authority: a number, a code or a name.
  ///   - name: the name of the set.
  /// - Throws: a sentence: there is no such set, no such authority, or the set does not have it because it began later
  ///   or ended earlier.
  public func neighbours(
    of authority: String, in name: String
  ) throws(UnreadableText) -> [NeighbourSet.Neighbour] {
    guard let set = self[name] else {
      throw UnreadableText(
        text: name, problem: "is no set of statistical neighbours that was read",
        remedy: NearestName.advice(for: name, among: sets.map(\.name)))
    }
    return try neighbours(of: authority, in: set)
  }

  /// The neighbours of an authority in the set in use on a day, the nearest first.
  ///
  /// - Parameters:
  ///   - authority: what a file calls the authority: a number, a code or a name.
  ///   - day: the day.
  /// - Throws: as ``neighbours(of:in:)``; also where the day is before the first set.
  public func neighbours(
    of authority: String, on day: CivilDate
  ) throws(UnreadableText) -> [NeighbourSet.Neighbour] {
    guard let set = inUse(on: day) else {
      throw UnreadableText(
        text: day.description, problem: "is before the first set of statistical neighbours that was read",
        remedy: sets.first.map { "the first begins on \($0.firstDay.inWords)" } ?? "read a set")
    }
    return try neighbours(of: authority, in: set)
  }

  private func neighbours(
    of text: String, in set: NeighbourSet
  ) throws(UnreadableText) -> [NeighbourSet.Neighbour] {
    let meant = gazetteer.meanings(of: text).compactMap { area -> Authority? in
      if case .authority(let one) = area { one } else { nil }
    }
    // A name that two authorities had is that of the one in the set; of both, that of the set's first day.
    let held = meant.filter { !set.neighbours(of: $0.number).isEmpty }
    if held.count == 1, let one = held.first { return set.neighbours(of: one.number) }
    let one = try gazetteer.authority(named: text, on: meant.count > 1 ? set.firstDay : nil)
    let found = set.neighbours(of: one.number)
    guard found.isEmpty else { return found }
    let kin = gazetteer.predecessors(of: one.number) + gazetteer.successors(of: one.number)
    let other = kin.filter { !set.neighbours(of: $0.number).isEmpty }.map(\.label)
    throw UnreadableText(
      text: Gazetteer.shortened(text), problem: "has no neighbours in the set \"\(set.name)\"",
      remedy: other.isEmpty ? "name another set or authority" : "the set has \(Gazetteer.list(other))")
  }
}
