import TimeSeries

/// The episodes of children looked after over a period: checked, and in order of child and date.
///
/// An episode covers the days from its start up to, not including, its end, as the return's nights in care do. An episode
/// that ends on the day on which the next begins is followed by it; any later start is a new entry into care.
public struct CareEpisodes: Sendable {
  /// An episode as the arithmetic needs it.
  struct Item: Sendable {
    var child: Int
    var start: Int
    /// The day number of the end; `Int.max` while it goes on.
    var end: Int
    var category: Int
    /// The episode in ``CareEpisodes/episodes`` that it is.
    var source: Int
  }

  /// The states in which the children are counted.
  public let scheme: PlacementScheme
  /// The last day on which the episodes are known: those without an end were going on after it.
  public let observedThrough: CivilDate
  /// The episodes, in order of child and start.
  public let episodes: [CareEpisode]
  let items: [Item]
  let births: [CivilDate]

  /// Checks episodes and puts them in order.
  ///
  /// - Parameters:
  ///   - episodes: the episodes, in any order.
  ///   - scheme: age bands and categories.
  ///   - observedThrough: the last day on which the episodes are known.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for none; an episode that ends before it begins, begins
  ///   before birth or on or after the birthday on which care ends, goes on after that birthday, begins after the last
  ///   observed day, or has a placement that no category takes; two dates of birth for one child; episodes that overlap.
  public init(_ episodes: [CareEpisode], scheme: PlacementScheme, observedThrough: CivilDate)
    throws(CommissioningError)
  {
    guard !episodes.isEmpty else {
      throw PlacementScheme.refusal("there are no episodes; at least one is needed")
    }
    let sorted = episodes.enumerated().sorted {
      ($0.element.child, $0.element.start, $0.element.end?.daysSinceEpoch ?? .max, $0.offset)
        < ($1.element.child, $1.element.start, $1.element.end?.daysSinceEpoch ?? .max, $1.offset)
    }.map(\.element)
    var items: [Item] = []
    var births: [CivilDate] = []
    var previous: CareEpisode?
    for (source, episode) in sorted.enumerated() {
      let category = try Self.check(episode, scheme: scheme, observedThrough: observedThrough)
      if let previous, previous.child == episode.child {
        guard previous.birth == episode.birth else {
          throw PlacementScheme.refusal(
            "child \(episode.child) has two dates of birth, \(previous.birth) and \(episode.birth); give one")
        }
        guard let end = previous.end, end <= episode.start else {
          throw PlacementScheme.refusal(
            "child \(episode.child): the episode of \(episode.start) begins before that of \(previous.start) "
              + "ends (\(previous.end.map { "\($0)" } ?? "it goes on")); one child has one placement at a time"
          )
        }
      } else {
        births.append(episode.birth)
      }
      items.append(
        Item(
          child: births.count - 1, start: episode.start.daysSinceEpoch,
          end: episode.end?.daysSinceEpoch ?? .max, category: category, source: source))
      previous = episode
    }
    self.scheme = scheme
    self.observedThrough = observedThrough
    self.episodes = sorted
    self.items = items
    self.births = births
  }

  /// Checks an episode by itself and gives its category.
  private static func check(
    _ episode: CareEpisode, scheme: PlacementScheme, observedThrough: CivilDate
  ) throws(CommissioningError) -> Int {
    let name = "child \(episode.child), episode of \(episode.start)"
    guard let category = scheme.category(of: episode.placement, provider: episode.provider) else {
      throw PlacementScheme.refusal(
        "\(name): no category takes placement \"\(episode.placement)\"; add it to one, or mend the code")
    }
    guard episode.start >= episode.birth else {
      throw PlacementScheme.refusal("\(name): it begins before the date of birth, \(episode.birth)")
    }
    guard episode.start <= observedThrough else {
      throw PlacementScheme.refusal(
        "\(name): it begins after \(observedThrough), the last day on which the episodes are known")
    }
    let leaves = episode.birth.birthday(scheme.leavingAge)
    guard episode.start < leaves else {
      throw PlacementScheme.refusal(
        "\(name): it begins on or after birthday \(scheme.leavingAge), \(leaves), on which care ends")
    }
    guard scheme.band(ofAge: episode.birth.completedYears(on: episode.start)) != nil else {
      throw PlacementScheme.refusal("\(name): the child is younger than every age band")
    }
    guard let end = episode.end else {
      guard leaves > observedThrough else {
        throw PlacementScheme.refusal(
          "\(name): it still goes on though birthday \(scheme.leavingAge), on which care ends, was \(leaves)")
      }
      return category
    }
    guard end >= episode.start else {
      throw PlacementScheme.refusal("\(name): it ends on \(end), before it begins")
    }
    guard end <= leaves else {
      throw PlacementScheme.refusal(
        "\(name): it ends on \(end), after birthday \(scheme.leavingAge), \(leaves), on which care ends")
    }
    guard end.daysSinceEpoch <= observedThrough.daysSinceEpoch + 1 else {
      throw PlacementScheme.refusal(
        "\(name): it ends on \(end), after \(observedThrough), the last day on which the episodes are known")
    }
    return category
  }

  /// The episodes as they stood at the end of an earlier day: later ones unknown, later ends not yet come.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when nothing had begun by then.
  public func known(on date: CivilDate) throws(CommissioningError) -> CareEpisodes {
    guard date < observedThrough else { return self }
    var earlier: [CareEpisode] = []
    for episode in episodes where episode.start <= date {
      var episode = episode
      if let end = episode.end, end.daysSinceEpoch > date.daysSinceEpoch + 1 { episode.end = nil }
      earlier.append(episode)
    }
    return try CareEpisodes(earlier, scheme: scheme, observedThrough: date)
  }

  /// A child in care on a day.
  public struct Child: Hashable, Sendable {
    /// The date of birth.
    public let birth: CivilDate
    /// The number of the category in the scheme.
    public let category: Int

    /// A child of a date of birth in a category of placement.
    public init(birth: CivilDate, category: Int) {
      self.birth = birth
      self.category = category
    }
  }

  /// The children in care at the end of a day: those whose episode began on it or before and ends after it.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a day after the last observed one.
  public func children(on date: CivilDate) throws(CommissioningError) -> [Child] {
    guard date <= observedThrough else {
      throw PlacementScheme.refusal(
        "the children in care on \(date) are not known; the episodes are known through \(observedThrough)")
    }
    let day = date.daysSinceEpoch
    return items.filter { $0.start <= day && $0.end > day }
      .map { Child(birth: births[$0.child], category: $0.category) }
  }
}
