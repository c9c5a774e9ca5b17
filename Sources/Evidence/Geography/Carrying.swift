import TimeSeries

extension Gazetteer {
  /// The series of areas that stay the same while authorities change, from those that the authorities published.
  ///
  /// In each period the figures are those of the authorities that made up the area on the period's last day; where these
  /// are not all there, those of an earlier or later set that is complete, because publishers restate, or a figure
  /// published for all of them together. Counts and pounds are added; rates and shares are made again from their
  /// numerators and denominators, never averaged. A figure suppressed within bounds gives bounds; any other absence of
  /// a part makes the whole absent, with the reason in its note. What is not applicable to a part counts nothing there.
  /// Where a generation does not fit the one before, the first figure after bears
  /// `DataFlags.definitionBreak`. Covariates cannot be added, so a sum has none.
  ///
  /// - Parameters:
  ///   - panel: series whose areas are numbers, codes or names; areas that are no part of those asked for are passed by.
  ///   - areas: the constant areas; nil for every one in ``constantAreas``.
  /// - Returns: the series, and the reason for each that could not be had.
  public func carriedThrough(_ panel: Panel, areas: [ConstantArea]? = nil) -> CarriedPanel {
    let areas = areas ?? constantAreas
    var meanings: [String: [Area]] = [:]
    var unknown: [String] = []
    for area in panel.areas {
      let found = self.meanings(of: area)
      meanings[area] = found
      if found.isEmpty { unknown.append(area) }
    }
    var ids: [String] = []
    var groups: [String: [Series]] = [:]
    for series in panel {
      if groups[series.id] == nil { ids.append(series.id) }
      groups[series.id, default: []].append(series)
    }
    var carried: [CarriedSeries] = []
    var refusals: [CarriedPanel.Refusal] = []
    for area in areas {
      for id in ids {
        var carrier = Carrier(gazetteer: self, area: area, meanings: meanings)
        switch carrier.carry(groups[id, default: []]) {
        case .series(let series): carried.append(series)
        case .refused(let reason): refusals.append(.init(id: id, area: area.name, reason: reason))
        case .nothing: break
        }
      }
    }
    return CarriedPanel(series: carried, refusals: refusals, unknownAreas: unknown)
  }
}

/// Carries the series of one identifier through the changes of one area.
struct Carrier {
  enum Outcome {
    case series(CarriedSeries)
    case refused(String)
    /// The panel has no figure of the area.
    case nothing
  }

  let gazetteer: Gazetteer
  let area: ConstantArea
  let meanings: [String: [Area]]
  private var notes: [String] = []
  /// By period, by the authorities that a figure describes.
  private var offered: [Period: [[Int]: CarriedSeries.Part]] = [:]

  init(gazetteer: Gazetteer, area: ConstantArea, meanings: [String: [Area]]) {
    self.gazetteer = gazetteer
    self.area = area
    self.meanings = meanings
  }

  mutating func carry(_ group: [Series]) -> Outcome {
    let used: [Series]
    switch gather(group) {
    case .failure(let refusal): return .refused(refusal.reason)
    case .success(let series): used = series
    }
    guard let first = used.first else { return .nothing }
    if let other = used.first(where: { $0.measure.unit != first.measure.unit }) {
      return .refused(
        "the unit of \(first.area ?? "") is not that of \(other.area ?? ""); mend the unit where the files are read"
      )
    }
    let combiner = PartCombiner(unit: first.measure.unit)
    var points: [DataPoint] = []
    var figures: [CarriedSeries.Figure] = []
    var previous: Int?
    var sums = 0
    var impossible: [String] = []
    for period in offered.keys.sorted() {
      let (generation, parts, note) = choose(period)
      var point: DataPoint
      if generation == nil {
        point = DataPoint(period: period, observation: .notAvailable, note: note)
      } else if parts.count == 1, let only = parts.first {
        point = only.point.carrying(note: note)
      } else {
        let combined = combiner.combine(parts, period: period, note: note)
        point = combined.point
        sums += 1
        if let reason = combined.impossible { impossible.append(reason) }
      }
      if let generation {
        if let previous, breaks(between: previous, and: generation) { point = point.breaking() }
        previous = generation
      }
      points.append(point)
      figures.append(CarriedSeries.Figure(period: period, parts: parts))
    }
    if sums > 0, impossible.count == sums, let reason = impossible.first { return .refused(reason) }
    let keepsCovariates = sums == 0 && used.count == 1
    if !keepsCovariates { points = points.map { $0.withoutCovariates() } }
    note(about: used, keepsCovariates: keepsCovariates)
    do {
      let series = try Series(
        id: first.id, area: area.name, measure: first.measure, points: points, attributes: shared(used),
        covariateNames: keepsCovariates ? first.covariateNames : [])
      return .series(CarriedSeries(area: area, series: series, figures: figures, notes: notes))
    } catch {
      return .refused(error.description)
    }
  }

  // MARK: Figures by period

  private struct Refusal: Error { let reason: String }

  /// Takes up the figures that describe members of the area, and gives the series they come from.
  private mutating func gather(_ group: [Series]) -> Result<[Series], Refusal> {
    let members = Set(area.members)
    var used: [Series] = []
    var undated: String?
    for series in group {
      guard let name = series.area, let meaning = meanings[name] else { continue }
      var isUsed = false
      for point in series.points {
        guard let holders = holders(meaning, on: point.period.end) else {
          undated = undated ?? name
          continue
        }
        guard !holders.isEmpty, members.isSuperset(of: holders) else { continue }
        let part = CarriedSeries.Part(area: name, members: holders, point: point)
        if let earlier = offered[point.period, default: [:]].updateValue(part, forKey: holders) {
          return .failure(
            Refusal(
              reason: "\"\(earlier.area)\" and \"\(name)\" are the same area and both have a figure for "
                + "\(point.period.label); leave one out"))
        }
        isUsed = true
      }
      if isUsed { used.append(series) }
    }
    if let kind = used.compactMap(\.points.first?.period).first,
      let other = offered.keys.first(where: { kind.distance(to: $0) == nil })
    {
      // The earliest of the others, so that the sentence does not depend on the order of a dictionary.
      let named = offered.keys.filter { kind.distance(to: $0) == nil }.map(\.label).min() ?? other.label
      return .failure(
        Refusal(
          reason: "its periods are of different kinds, \(kind.label) and \(named); convert one to the other"))
    }
    if let undated, used.isEmpty, meanings[undated]?.contains(where: touches) == true {
      return .failure(
        Refusal(reason: "its periods have no days, so the changes cannot be placed; give them dates"))
    }
    return .success(used)
  }

  private func touches(_ area: Area) -> Bool {
    if case .authority(let one) = area { self.area.members.contains(one.number) } else { false }
  }

  /// The authorities that a text stands for on a day: by their time where it names several, and whatever the day where
  /// it names one, because publishers restate. None for a region; nil where only a day could tell.
  private func holders(_ meaning: [Area], on day: CivilDate?) -> [Int]? {
    var authorities: [Authority] = []
    for area in meaning {
      switch area {
      case .authority(let one): authorities.append(one)
      case .combined(let area): return area.members
      case .region, .england, .other: return []
      }
    }
    if authorities.count == 1 { return authorities.map(\.number) }
    guard let day else { return nil }
    return authorities.first { $0.exists(on: day) }.map { [$0.number] } ?? []
  }

  // MARK: Generations

  /// The generation whose figures are complete and nearest to the period's last day, its parts, and what to say.
  private func choose(_ period: Period) -> (generation: Int?, parts: [CarriedSeries.Part], note: String?) {
    let there = offered[period] ?? [:]
    let home = home(of: period)
    let order = area.generations.indices.sorted { (abs($0 - home), $0) < (abs($1 - home), $1) }
    let complete = order.compactMap { index -> (Int, [CarriedSeries.Part])? in
      let members = area.generations[index].members
      if let whole = there[members] { return (index, [whole]) }
      let parts = members.compactMap { there[[$0]] }
      return parts.count == members.count ? (index, parts) : nil
    }
    guard let (index, parts) = complete.first else {
      let members = area.generations.indices.contains(home) ? area.generations[home].members : []
      let missing = members.filter { there[[$0]] == nil }.compactMap { gazetteer[$0]?.label }
      return (
        nil, there.values.sorted { $0.members.lexicographicallyPrecedes($1.members) },
        "there is no figure of \(Gazetteer.list(missing))"
      )
    }
    let rest = complete.dropFirst().filter { $0.1 != parts }
    if let other = rest.first {
      return (index, parts, "figures of \(Gazetteer.list(other.1.map(\.area))) for the period are left out")
    }
    return (index, parts, nil)
  }

  /// The generation that was there on the last day of a period, or the nearest to it.
  private func home(of period: Period) -> Int {
    guard let day = period.end else { return area.generations.count - 1 }
    if let index = area.generations.firstIndex(where: { $0.contains(day) }) { return index }
    if let first = area.generations.first?.firstDay, day < first { return 0 }
    return area.generations.count - 1
  }

  private func breaks(between earlier: Int, and later: Int) -> Bool {
    guard earlier != later else { return false }
    return area.generations[(min(earlier, later) + 1)...max(earlier, later)].contains { !$0.fitsPrevious }
  }

  // MARK: What is said of the whole

  private mutating func note(about used: [Series], keepsCovariates: Bool) {
    let days = offered.keys.compactMap(\.end)
    for change in gazetteer.changes where change.kind == .boundaryMove {
      guard let first = days.min(), let last = days.max(), first < change.day, change.day <= last else {
        continue
      }
      for link in change.links where link.from != link.to {
        guard area.members.contains(link.from) != area.members.contains(link.to) else { continue }
        let names = [link.from, link.to].compactMap { gazetteer[$0]?.name }
        notes.append(
          "on \(change.day.inWords) a little of \(names.first ?? "") went to \(names.last ?? "") (\(link.note)); "
            + "figures before and after are taken as of one area")
      }
    }
    if !keepsCovariates, used.contains(where: { !$0.covariateNames.isEmpty }) {
      notes.append("the covariates of the parts cannot be added and are left out")
    }
  }

  /// The attributes that all parts have alike.
  private func shared(_ used: [Series]) -> [Series.Attribute] {
    (used.first?.attributes ?? []).filter { attribute in
      used.allSatisfy { $0.attributes.contains(attribute) }
    }
  }
}
