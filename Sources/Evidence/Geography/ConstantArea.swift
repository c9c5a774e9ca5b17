import TimeSeries

/// An area that stays the same while authorities change, and the authorities that made it up from day to day.
public struct ConstantArea: Hashable, Sendable {
  /// How an area is held constant for an authority that changed.
  public enum Keeping: String, CaseIterable, Hashable, Sendable {
    /// As large as it must be for every border to stay: Cumberland becomes Cumbria, and Dorset is held together with
    /// Bournemouth and Poole. Nothing breaks.
    case everyBorder
    /// As near to the authority as earlier and later ones come, whole: Bournemouth, Christchurch and Poole is carried
    /// back as Bournemouth and Poole, without Christchurch. Where that does not fit, the series breaks.
    case nearest
  }

  /// The authorities that make up the area in a span of time.
  public struct Generation: Hashable, Sendable {
    /// Their numbers, in ascending order.
    public let members: [Int]
    /// The first day; nil where it is before the register began.
    public let firstDay: CivilDate?
    /// The last day; nil where it goes on.
    public let lastDay: CivilDate?
    /// Whether these authorities are together exactly what those of the generation before were; true for the first.
    public let fitsPrevious: Bool

    /// Whether a day is in the span.
    public func contains(_ day: CivilDate) -> Bool {
      (firstDay.map { $0 <= day } ?? true) && (lastDay.map { day <= $0 } ?? true)
    }
  }

  /// The name.
  public let name: String
  /// The spans of time, the earliest first.
  public let generations: [Generation]

  /// The numbers of all authorities that make it up at some time, in ascending order.
  public var members: [Int] { Set(generations.flatMap(\.members)).sorted() }
}

extension Gazetteer {
  /// The areas that every change but a mere recoding or move of a small border left the same, by name: Cumbria as one
  /// area through 2023, Northamptonshire through 2021, and so on.
  public var constantAreas: [ConstantArea] {
    var seen: Set<Int> = []
    var found: [ConstantArea] = []
    for authority in authorities where !seen.contains(authority.number) {
      let area = constantArea(of: authority)
      seen.formUnion(area.members)
      if area.generations.count > 1 { found.append(area) }
    }
    return found.sorted { $0.name < $1.name }
  }

  /// The area that stays the same for an authority, whatever changed around it; of an authority that never changed, the
  /// authority.
  ///
  /// - Parameters:
  ///   - authority: an authority of any time.
  ///   - keeping: whether every border is to stay, or the area is to be as near to the authority as whole authorities
  ///     come.
  public func constantArea(of authority: Authority, keeping: ConstantArea.Keeping = .everyBorder)
    -> ConstantArea
  {
    switch keeping {
    case .everyBorder:
      let generations = spans(of: closure(of: authority.number))
      return ConstantArea(name: name(of: generations), generations: generations)
    case .nearest: return ConstantArea(name: authority.name, generations: nearest(to: authority))
    }
  }

  /// The area under which publications report several authorities as one.
  public func constantArea(of combined: CombinedArea) -> ConstantArea {
    ConstantArea(
      name: combined.name,
      generations: [
        ConstantArea.Generation(
          members: combined.members, firstDay: combined.firstDay, lastDay: combined.lastDay,
          fitsPrevious: true)
      ])
  }

  // MARK: Every border

  /// The authority with all that changes join it to, before, after and beside it.
  private func closure(of number: Int) -> Set<Int> {
    var found: Set<Int> = [number]
    let joins = joins
    while true {
      let more = joins.filter { found.contains($0.from) != found.contains($0.to) }
      if more.isEmpty { return found }
      for link in more { found.formUnion([link.from, link.to]) }
    }
  }

  /// The spans of time in which authorities that are joined were the same.
  private func spans(of numbers: Set<Int>) -> [ConstantArea.Generation] {
    let authorities = numbers.sorted().compactMap { self[$0] }
    let starts: [CivilDate?] = [nil] + Set(authorities.compactMap(\.firstDay)).sorted()
    return starts.enumerated().compactMap { position, start in
      let end = position + 1 < starts.count ? starts[position + 1]?.adding(days: -1) : nil
      let members = authorities.filter { one in
        if let day = start ?? end { one.exists(on: day) } else { true }
      }
      guard !members.isEmpty else { return nil }
      return ConstantArea.Generation(
        members: members.map(\.number), firstDay: start, lastDay: end, fitsPrevious: true)
    }
  }

  /// The name of the one authority that was the whole at some time; of several, the names of the last, joined.
  private func name(of generations: [ConstantArea.Generation]) -> String {
    let alone = generations.last { $0.members.count == 1 } ?? generations.last
    return (alone?.members ?? []).compactMap { self[$0]?.name }.joined(separator: " + ")
  }

  // MARK: Nearest

  private func nearest(to authority: Authority) -> [ConstantArea.Generation] {
    var generations = [
      ConstantArea.Generation(
        members: [authority.number], firstDay: authority.firstDay, lastDay: authority.lastDay,
        fitsPrevious: true)
    ]
    while let first = generations.first, let start = first.firstDay,
      let step = step(from: first.members, back: true)
    {
      let begin = step.members.compactMap { self[$0]?.firstDay }.max()
      guard begin.map({ $0 < start }) ?? true else { break }
      generations[0] = ConstantArea.Generation(
        members: first.members, firstDay: start, lastDay: first.lastDay, fitsPrevious: step.fits)
      generations.insert(
        ConstantArea.Generation(
          members: step.members, firstDay: begin, lastDay: start.adding(days: -1), fitsPrevious: true),
        at: 0)
    }
    while let last = generations.last, let end = last.lastDay,
      let step = step(from: last.members, back: false)
    {
      let finish = step.members.compactMap { self[$0]?.lastDay }.min()
      guard finish.map({ end < $0 }) ?? true else { break }
      generations.append(
        ConstantArea.Generation(
          members: step.members, firstDay: end.adding(days: 1), lastDay: finish, fitsPrevious: step.fits))
    }
    return generations
  }

  /// The authorities before (or after) those given: all of them where they went into these alone, or else those that
  /// did so wholly or mostly, which then do not fit; nil where none did.
  private func step(from members: [Int], back: Bool) -> (members: [Int], fits: Bool)? {
    let here = Set(members)
    let joins = joins.filter { $0.from != $0.to }
    let touching = joins.filter { here.contains(back ? $0.to : $0.from) }
    let there = Set(touching.map { back ? $0.from : $0.to })
    guard !there.isEmpty else { return nil }
    let isExact = joins.allSatisfy { link in
      !there.contains(back ? link.from : link.to) || here.contains(back ? link.to : link.from)
    }
    if isExact { return (there.sorted(), true) }
    let near = Set(touching.filter { $0.extent != .part }.map { back ? $0.from : $0.to })
    return near.isEmpty ? nil : (near.sorted(), false)
  }
}
