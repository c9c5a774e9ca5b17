import TimeSeries

/// Carries probabilities and expected numbers through a forecast day by day.
struct MomentRun {
  /// Those born together who are where they are with known probabilities.
  private struct Cohort {
    /// The day on which it leaves each band.
    var birthdays: [Int]
    var band: Int
    var place: [Double]
    /// The group it belongs to.
    var group: Int
    /// Its part of that group.
    var weight: Double
    /// The time of birth of entrants.
    var birth = 0.0
  }

  /// Children who share the probabilities of where they are.
  private struct Group {
    var children: Double
    var place: [Double]
  }

  /// Into how many birthdays a band is divided for children of whom only the band is known.
  private static let agesInBand = 48
  /// Entrants by month of birth.
  private static let birthMonth = CarePathSimulator.year / 12

  private let forecast: PlacementForecast
  /// The future whose populations and levers count; nil for their means.
  private let path: Int?
  private let categories: Int

  init(_ forecast: PlacementForecast, path: Int?) {
    self.forecast = forecast
    self.path = path
    categories = forecast.rates.scheme.categories.count
  }

  /// The moments on days, which lie in the forecast; nil when the rates of a day are too large.
  func moments(
    rates: CareRateValues, entryFactor: [Double]?, exitFactor: [Double]?, dates: [CivilDate]
  ) -> [PlacementMoments]? {
    var (cohorts, groups) = opening()
    var entrants = entrantCohorts()
    var steps: [CareStep] = []
    var results: [Int: PlacementMoments] = [:]
    let wanted = Set(dates.map(\.daysSinceEpoch))
    for epoch in forecast.timetable.epochs {
      if !epoch.keepsRates || steps.isEmpty {
        guard let new = dailySteps(epoch, rates, entryFactor?[epoch.year] ?? 1, exitFactor?[epoch.year] ?? 1)
        else {
          return nil
        }
        steps = new
      }
      for day in epoch.start..<epoch.end {
        advance(&cohorts, on: day, by: steps, arriving: false)
        advance(&entrants, on: day, by: steps, arriving: true)
        if wanted.contains(day) {
          results[day] = moments(on: day, cohorts, &groups, entrants)
        }
      }
    }
    return dates.compactMap { results[$0.daysSinceEpoch] }
  }

  /// What a day does to the children of each band.
  private func dailySteps(
    _ epoch: CareTimetable.Epoch, _ rates: CareRateValues, _ entryFactor: Double, _ exitFactor: Double
  ) -> [CareStep]? {
    let bands = forecast.rates.scheme.bands.count
    var entries = rates.entries.indices.map { state in
      rates.entries[state] * people(state / categories, epoch.calendarYear) * entryFactor
    }
    var exits = rates.exits.map { $0 * exitFactor }
    var moves = rates.moves
    for lever in epoch.levers {
      forecast.levers[lever].apply(
        path: path, base: rates.entries, categories: categories, entries: &entries, exits: &exits,
        moves: &moves)
    }
    var steps: [CareStep] = []
    for band in 0..<bands {
      let states = (band * categories)..<((band + 1) * categories)
      guard
        let step = CareStep(
          order: categories,
          intensities: Array(moves[(states.lowerBound * categories)..<(states.upperBound * categories)]),
          exits: Array(exits[states]), arrivals: Array(entries[states]), days: 1)
      else { return nil }
      steps.append(step)
    }
    return steps
  }

  private func people(_ band: Int, _ year: Int) -> Double {
    if let path { return forecast.people(band: band, year: year, path: path) }
    return forecast.population?[band, year].mean ?? forecast.people(band: band, year: year, path: 0)
  }

  /// The children at the start.
  private func opening() -> ([Cohort], [Group]) {
    let scheme = forecast.rates.scheme
    let date = forecast.opening.date
    var cohorts: [Cohort] = []
    var groups: [Group] = []
    func place(_ category: Int) -> [Double] { (0..<categories).map { $0 == category ? 1 : 0 } }
    var aged = [Double](repeating: 0, count: scheme.stateCount)
    for member in forecast.opening.members {
      switch member {
      case .aged(let band, let category): aged[band * categories + category] += 1
      case .born(let birth, let category):
        cohorts.append(
          Cohort(
            birthdays: birthdays(scheme.bands.map { birth.birthday($0.to).daysSinceEpoch }),
            band: scheme.band(ofAge: birth.completedYears(on: date)) ?? 0, place: place(category),
            group: groups.count, weight: 1))
        groups.append(Group(children: 1, place: place(category)))
      }
    }
    for (state, number) in aged.enumerated() where number > 0 {
      let (band, category) = (state / categories, state % categories)
      let ages = forecast.rates.hasAges ? Self.agesInBand : 1
      for part in 0..<ages {
        let age =
          (Double(scheme.bands[band].from) + (Double(part) + 0.5) / Double(ages) * scheme.bands[band].width)
          * CarePathSimulator.year
        cohorts.append(
          Cohort(
            birthdays: birthdays(bornOn: Double(date.daysSinceEpoch + 1) - age), band: band,
            place: place(category),
            group: groups.count, weight: 1 / Double(ages)))
      }
      groups.append(Group(children: number, place: place(category)))
    }
    return (cohorts, groups)
  }

  /// One cohort for each month of birth of anybody who may come into care within the forecast.
  private func entrantCohorts() -> [Cohort] {
    let scheme = forecast.rates.scheme
    let first = Double(forecast.opening.date.daysSinceEpoch + 1)
    let nobody = [Double](repeating: 0, count: categories)
    guard forecast.rates.hasAges, let youngest = scheme.bands.first, let oldest = scheme.bands.last else {
      return [Cohort(birthdays: birthdays([]), band: 0, place: nobody, group: 0, weight: 1)]
    }
    var birth = first - Double(oldest.to) * CarePathSimulator.year + Self.birthMonth / 2
    let last = Double(forecast.through.daysSinceEpoch + 1) - Double(youngest.from) * CarePathSimulator.year
    var cohorts: [Cohort] = []
    while birth < last {
      let days = birthdays(bornOn: birth)
      let band = days.firstIndex { Double($0) > first } ?? 0
      cohorts.append(Cohort(birthdays: days, band: band, place: nobody, group: 0, weight: 1, birth: birth))
      birth += Self.birthMonth
    }
    return cohorts
  }

  private func birthdays(bornOn birth: Double) -> [Int] {
    birthdays(
      forecast.rates.scheme.bands.map { Int((birth + Double($0.to) * CarePathSimulator.year).rounded()) })
  }

  /// The days, or none ever where ages do not count.
  private func birthdays(_ days: [Int]) -> [Int] { forecast.rates.hasAges ? days : [.max] }

  /// Carries cohorts through a day; those who have left the last band are nowhere.
  private func advance(_ cohorts: inout [Cohort], on day: Int, by steps: [CareStep], arriving: Bool) {
    var next = [Double](repeating: 0, count: categories)
    for index in cohorts.indices {
      while cohorts[index].band < steps.count, cohorts[index].birthdays[cohorts[index].band] <= day {
        cohorts[index].band += 1
      }
      let band = cohorts[index].band
      guard band < steps.count else {
        for category in next.indices { cohorts[index].place[category] = 0 }
        continue
      }
      let step = steps[band]
      for to in next.indices { next[to] = 0 }
      for from in next.indices {
        let here = cohorts[index].place[from]
        guard here > 0 else { continue }
        for to in next.indices { next[to] += here * step.transition[from * categories + to] }
      }
      if arriving {
        let share = share(ofBand: band, on: day, cohorts[index])
        for to in next.indices { next[to] += step.arrivals[to] * share }
      }
      for to in next.indices { cohorts[index].place[to] = next[to] }
    }
  }

  /// The part of a band's arrivals that belongs to a month of birth; none before it is old enough for the youngest band.
  private func share(ofBand band: Int, on day: Int, _ cohort: Cohort) -> Double {
    guard forecast.rates.hasAges else { return 1 }
    let limits = forecast.rates.scheme.bands[band]
    guard Double(day) + 0.5 - cohort.birth >= Double(limits.from) * CarePathSimulator.year else { return 0 }
    return 1 / (12 * limits.width)
  }

  private func moments(
    on day: Int, _ cohorts: [Cohort], _ groups: inout [Group], _ entrants: [Cohort]
  ) -> PlacementMoments {
    var mean = [Double](repeating: 0, count: forecast.rates.scheme.stateCount)
    var covariance = [Double](repeating: 0, count: categories * categories)
    for index in groups.indices {
      for category in 0..<categories { groups[index].place[category] = 0 }
    }
    let bands = forecast.rates.scheme.bands.count
    for cohort in cohorts where cohort.band < bands {
      for category in 0..<categories {
        let probability = cohort.weight * cohort.place[category]
        groups[cohort.group].place[category] += probability
        mean[cohort.band * categories + category] += groups[cohort.group].children * probability
      }
    }
    for group in groups {
      for row in 0..<categories where group.place[row] > 0 {
        covariance[row * categories + row] += group.children * group.place[row]
        for column in 0..<categories {
          covariance[row * categories + column] -= group.children * group.place[row] * group.place[column]
        }
      }
    }
    for cohort in entrants where cohort.band < bands {
      for category in 0..<categories {
        mean[cohort.band * categories + category] += cohort.place[category]
        covariance[category * categories + category] += cohort.place[category]
      }
    }
    return PlacementMoments(date: CivilDate(daysSinceEpoch: day), mean: mean, covariance: covariance)
  }
}
