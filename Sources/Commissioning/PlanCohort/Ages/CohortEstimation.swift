import RealModule

extension CohortRates {
  /// Estimates the rates of an area from its tables, drawn towards its comparators.
  ///
  /// Each rate by age and setting is drawn towards the comparators' of the same cell; a cell that they hardly
  /// know towards that of its age, and an age towards the whole. Each step's strength is estimated from how
  /// far cells, ages and areas differ beyond chance. What a missing table leaves unsaid stands in the notes.
  ///
  /// - Parameters:
  ///   - own: The area's tables.
  ///   - comparators: The tables of comparators, of the same ages and settings.
  ///   - service: Who asks, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for comparators of other ages or settings, and
  ///   where neither the area nor a comparator has ceased plans, or new plans or requests with the people
  ///   they come from.
  public static func estimated(
    from own: CohortCounts, comparators: [CohortCounts], service: String
  ) throws(CommissioningError) -> CohortRates {
    let shape = own.shape
    for other in comparators where other.shape != shape {
      throw .invalid(
        service: service, reason: "\(other.area) is counted by other ages or settings than \(own.area)")
    }
    var estimation = CohortEstimation(own: own, comparators: comparators, service: service)
    let ceasing = try estimation.ceasing()
    let moves = estimation.moves()
    let (assessed, issued) = try estimation.funnel()
    let requests = try estimation.requests(yield: (assessed?.mean ?? 1) * (issued?.mean ?? 1))
    let placement = try estimation.placement()
    let transfers = try ShrunkBalance.estimated(
      own: own.unexplainedShares, comparators: comparators.map(\.unexplainedShares), service: service,
      what: "plans that the tables' flows leave unexplained")
    return try CohortRates(
      shape: shape, ceasing: ceasing, moves: moves, requests: requests, assessed: assessed, issued: issued,
      placement: placement, transfers: transfers, ceasingYears: estimation.ceasingYears,
      requestYears: estimation.requestYears, notes: estimation.notes + transfers.notes, service: service)
  }
}

/// The steps of the estimation, with what they find worth saying.
struct CohortEstimation {
  let own: CohortCounts
  let comparators: [CohortCounts]
  let service: String
  var notes: [String] = []
  var ceasingYears = 0.0
  var requestYears = 0.0

  init(own: CohortCounts, comparators: [CohortCounts], service: String) {
    self.own = own
    self.comparators = comparators
    self.service = service
  }

  private var shape: CohortShape { own.shape }
  private var settings: Int { own.shape.settings.count }
  private var ages: Int { own.shape.ages.count }
  private var all: [CohortCounts] { [own] + comparators }

  // MARK: Ceasing

  mutating func ceasing() throws(CommissioningError) -> CohortRates.Table {
    var parts = all.map { ShareCells(cells: shape.cells, area: $0) }
    // Those of the last age all cease, whatever was counted.
    let last = (ages - 1) * settings
    for area in parts.indices {
      for cell in last..<shape.cells { parts[area].clear(cell) }
    }
    guard parts.contains(where: { $0.whole > 0 }) else {
      throw .invalid(
        service: service,
        reason:
          "neither \(own.area) nor a comparator has ceased plans by age and setting beside the stock they "
          + "ceased from; run the totals instead (PlanFlowRates), or supply a comparator's table")
    }
    if parts[0].whole == 0 {
      notes.append(
        "\(own.area) has no ceased plans by age and setting; those rates are its comparators' and say "
          + "nothing of it.")
    }
    let unit: (Double) -> Double = { $0 * (1 - $0) }
    let pooled = ShareCells(sumOf: parts)
    // Ages around the whole, settings around their age, areas around their cell.
    let overall = pooled.share(0..<last) ?? 0
    let byAge = (0..<ages - 1).map { place in pooled.estimate(place * settings..<(place + 1) * settings) }
    let ageStrength = Self.strength([byAge.compactMap { $0 }], unit)
    var byCell: [[SpreadBeyondChance.Estimate]] = []
    for place in 0..<ages - 1 {
      byCell.append(
        (0..<settings).compactMap { pooled.estimate(place * settings + $0..<place * settings + $0 + 1) })
    }
    let cellStrength = Self.strength(byCell, unit)
    let between = (0..<last).map { cell in parts.compactMap { $0.estimate(cell..<cell + 1) } }
    let areaStrength = Self.strength(between, unit)
    let others = ShareCells(sumOf: Array(parts.dropFirst()), cells: shape.cells)
    var table = CohortRates.Table.certain([Double](repeating: 1, count: shape.cells))
    for cell in 0..<last {
      let place = cell / settings
      let range = place * settings..<(place + 1) * settings
      let age = Self.drawn(pooled.count(range), pooled.exposure(range), to: overall, ageStrength)
      let centre = Self.drawn(others.counts[cell], others.exposures[cell], to: age, cellStrength)
      // The centre weighs no more than what stands behind it.
      let strength =
        comparators.isEmpty ? cellStrength : min(areaStrength, cellStrength + others.exposures[cell])
      let exposure = parts[0].exposures[cell]
      table.mean[cell] = Self.drawn(parts[0].counts[cell], exposure, to: centre, strength)
      table.strength[cell] = strength + exposure
    }
    ceasingYears = Self.yearSpread(
      all.map { $0.totals(of: $0.ceased, from: $0.stock) }, .share, overall)
    if ceasingYears == 0 {
      notes.append(
        "No spread of ceasing between years can be seen; years differ by chance alone in the figures.")
    }
    return table
  }

  // MARK: Moves

  mutating func moves() -> CohortRates.Table {
    var table = CohortRates.Table(
      mean: [Double](repeating: 0, count: shape.cells * settings),
      strength: [Double](repeating: .infinity, count: shape.cells))
    var parts = all.map { area -> [Double] in
      var sum = [Double](repeating: 0, count: shape.cells * settings)
      for moves in area.moves.values.map({ $0 }) {
        for index in sum.indices { sum[index] += moves[index] }
      }
      return sum
    }
    // A move that no longer exists, or to a setting that does not hold the age, is no guide.
    for area in parts.indices {
      for cell in 0..<shape.cells {
        for to in 0..<settings where !shape.allows(ageAt: cell / settings, to: to) {
          parts[area][cell * settings + to] = 0
        }
      }
    }
    let known = parts.contains { $0.contains { $0 > 0 } }
    if !known {
      notes.append(
        "No moves between settings are known; everybody is taken to stay in their setting until its last "
          + "age, so that the mix changes by new and ceased plans alone.")
    } else if !parts[0].contains(where: { $0 > 0 }) {
      notes.append("\(own.area) has no moves between settings; those rates are its comparators'.")
    }
    let pooled = Self.summed(parts, count: shape.cells * settings)
    let others = Self.summed(Array(parts.dropFirst()), count: shape.cells * settings)
    let ageStrength = Self.rowStrength(
      (0..<settings).map { from in
        (0..<ages).map {
          Array(pooled[(($0 * settings + from) * settings)..<(($0 * settings + from + 1) * settings)])
        }
      })
    let areaStrength = Self.rowStrength(
      (0..<shape.cells).map { cell in
        parts.map { Array($0[cell * settings..<(cell + 1) * settings]) }
      })
    for cell in 0..<(ages - 1) * settings {
      let place = cell / settings
      let from = cell % settings
      let allowed = (0..<settings).map { shape.allows(ageAt: place, to: $0) }
      var base = [Double](repeating: 0, count: settings)
      for age in 0..<ages {
        for to in 0..<settings where allowed[to] {
          base[to] += pooled[(age * settings + from) * settings + to]
        }
      }
      if base.reduce(0, +) == 0 {
        if allowed[from] { base[from] = 1 } else { for to in 0..<settings where allowed[to] { base[to] = 1 } }
      }
      let range = cell * settings..<(cell + 1) * settings
      let centre = Self.row(Array(others[range]), to: base, ageStrength)
      let strength =
        comparators.isEmpty ? ageStrength : min(areaStrength, ageStrength + others[range].reduce(0, +))
      let row = Self.row(Array(parts[0][range]), to: centre, strength)
      for to in 0..<settings { table.mean[cell * settings + to] = row[to] }
      if known { table.strength[cell] = strength + parts[0][range].reduce(0, +) }
    }
    return table
  }

  // MARK: New plans

  mutating func funnel() throws(CommissioningError) -> (ShrunkRate?, ShrunkRate?) {
    func rate(
      _ part: KeyPath<CohortCounts, [Int: PlanDecisions]>, _ what: String
    ) throws(CommissioningError) -> ShrunkRate? {
      let years = all.map { area in
        area[keyPath: part].keys.sorted().compactMap { year in
          area[keyPath: part][year].map { RateObservation(count: $0.yes, exposure: $0.decided) }
        }
      }
      guard years.contains(where: { !$0.isEmpty }) else { return nil }
      return try ShrunkRate.estimated(
        .share, own: years[0], comparators: Array(years.dropFirst()), service: service, what: what)
    }
    let assessed = try rate(\.assessed, "decisions to assess")
    let issued = try rate(\.issued, "decisions to issue a plan")
    if assessed == nil || issued == nil {
      notes.append(
        "Decisions to assess or to issue are not known; changes to them cannot be tried, and a request "
          + "counts as what it leads to.")
    }
    notes += (assessed?.notes ?? []) + (issued?.notes ?? [])
    return (assessed, issued)
  }

  mutating func requests(yield: Double) throws(CommissioningError) -> CohortRates.Table {
    let asked = all.contains { area in area.requests.keys.contains { area.population[$0] != nil } }
    if !asked {
      notes.append(
        "Requests by age are not known; they are the new plans of each age, divided by the shares of "
          + "decisions.")
    }
    var table = CohortRates.Table.certain([Double](repeating: 0, count: ages))
    var unknown: [Int] = []
    for place in 0..<ages {
      let years = all.map { area in
        (asked ? area.requests.keys.sorted() : area.new.keys.sorted()).compactMap {
          year -> RateObservation? in
          guard let people = area.population[year]?[place], people > 0 else { return nil }
          let count =
            asked
            ? area.requests[year]?[place]
            : area.new[year].map { $0[place * settings..<(place + 1) * settings].reduce(0, +) / yield }
          return count.map { RateObservation(count: $0, exposure: people) }
        }
      }
      guard years.contains(where: { !$0.isEmpty }) else {
        unknown.append(shape.ages.lowerBound + place)
        continue
      }
      let rate = try ShrunkRate.estimated(
        .ratio, own: years[0], comparators: Array(years.dropFirst()), service: service,
        what: "requests per head aged \(shape.ages.lowerBound + place)")
      table.mean[place] = rate.mean
      table.strength[place] = rate.second
    }
    guard unknown.count < ages else {
      throw .invalid(
        service: service,
        reason:
          "new plans cannot be estimated: neither \(own.area) nor a comparator has requests or new plans "
          + "by age beside the population of each age")
    }
    if !unknown.isEmpty {
      notes.append(
        "Nothing is known of requests at ages \(unknown.map(String.init).joined(separator: ", ")); nobody new comes there."
      )
    }
    requestYears = Self.yearSpread(
      all.map { $0.totals(of: asked ? $0.requests : $0.new, from: $0.population) }, .ratio, nil)
    return table
  }

  mutating func placement() throws(CommissioningError) -> CohortRates.Table {
    let parts = all.map { area -> [Double] in
      var sum = [Double](repeating: 0, count: shape.cells)
      for new in area.new.values.map({ $0 }) { for cell in sum.indices { sum[cell] += new[cell] } }
      return sum
    }
    var pooled = Self.summed(parts, count: shape.cells)
    if !pooled.contains(where: { $0 > 0 }) {
      notes.append(
        "The settings of new plans are not known; they are taken to be those of all plans of the same age.")
      pooled = Self.summed(all.flatMap { $0.stock.values.map { $0 } }, count: shape.cells)
    } else if !parts[0].contains(where: { $0 > 0 }) {
      notes.append("\(own.area) has no new plans by setting; where they are placed is its comparators'.")
    }
    let others = Self.summed(Array(parts.dropFirst()), count: shape.cells)
    func row(_ table: [Double], _ place: Int) -> [Double] {
      Array(table[place * settings..<(place + 1) * settings])
    }
    let ageStrength = Self.rowStrength([(0..<ages).map { row(pooled, $0) }])
    let areaStrength = Self.rowStrength((0..<ages).map { place in parts.map { row($0, place) } })
    var table = CohortRates.Table.certain([Double](repeating: 0, count: shape.cells), row: settings)
    for place in 0..<ages {
      let allowed = (0..<settings).map { shape.holds(shape.ages.lowerBound + place, setting: $0) }
      guard allowed.contains(true) else {
        throw .invalid(service: service, reason: "no setting holds age \(shape.ages.lowerBound + place)")
      }
      var base = [Double](repeating: 0, count: settings)
      for cell in pooled.indices where allowed[cell % settings] { base[cell % settings] += pooled[cell] }
      if base.reduce(0, +) == 0 { for to in 0..<settings where allowed[to] { base[to] = 1 } }
      let centre = Self.row(row(others, place), to: base, ageStrength)
      let strength =
        comparators.isEmpty ? ageStrength : min(areaStrength, ageStrength + row(others, place).reduce(0, +))
      let mine = row(parts[0], place)
      let shares = Self.row(mine, to: centre, strength)
      for to in 0..<settings { table.mean[place * settings + to] = shares[to] }
      table.strength[place] = strength + mine.reduce(0, +)
    }
    return table
  }
}
