import TimeSeries

/// A day on which authorities changed: which were there before, which after, and how they fit together.
public struct AreaChange: Hashable, Sendable {
  /// What kind of change it was.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Several authorities became one.
    case merger
    /// One authority became several, which together are what it was.
    case split
    /// Several authorities became several others.
    case reorganisation
    /// The authority, its number and its boundaries stayed; its code changed.
    case recoding
    /// A small area went from one authority to another; both stayed, with new codes.
    case boundaryMove = "boundary move"
  }

  /// How much of an authority went to another.
  public enum Extent: String, CaseIterable, Hashable, Sendable {
    /// All of it.
    case whole
    /// Nearly all of it, so that figures of both can be read together with a break between them.
    case most
    /// A part of it.
    case part
  }

  /// What went from one authority to another.
  public struct Link: Hashable, Sendable {
    /// The number of the authority before.
    public let from: Int
    /// The number of the authority after.
    public let to: Int
    /// How much of the authority before went there.
    public let extent: Extent
    /// What it was, where that needs saying; empty otherwise.
    public let note: String
  }

  /// The identifier, such as `cumbria-2023`.
  public let id: String
  /// The first day of the new arrangement.
  public let day: CivilDate
  /// What kind of change it was.
  public let kind: Kind
  /// Which authority went where.
  public let links: [Link]

  /// The numbers of the authorities before, in ascending order.
  public var predecessors: [Int] { Set(links.map(\.from)).sorted() }

  /// The numbers of the authorities after, in ascending order.
  public var successors: [Int] { Set(links.map(\.to)).sorted() }

  /// Whether no predecessor was divided between successors that also took in others: then sums over whole authorities
  /// before and after describe the same places, authority by authority.
  public var keepsBoundaries: Bool {
    links.allSatisfy { link in
      link.extent == .whole
        || links.allSatisfy { other in other.from != link.from || sources(of: other.to) == [link.from] }
    }
  }

  private func sources(of number: Int) -> Set<Int> { Set(links.filter { $0.to == number }.map(\.from)) }
}
