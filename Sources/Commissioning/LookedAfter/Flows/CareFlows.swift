import Statistics

/// Children looked after and their flows in total, by financial year and in every simulated future.
///
/// > opening + starts − ceased + unexplained = closing
///
/// in each future, and each year opens as the one before it closed.
struct CareFlows {
  /// One financial year, from one 31 March to the next.
  struct Year {
    let year: FinancialYear
    /// Children on its first day.
    let opening: Draws
    /// Children who start to be looked after.
    let starts: Draws
    /// Children who cease to be.
    let ceased: Draws
    /// What the two do not explain, of either sign.
    let unexplained: Draws
    /// Children on its last day.
    let closing: Draws
  }

  /// The years, in order, without a gap.
  let years: [Year]
  /// What a reader must know of how they came about.
  let notes: [String]
}

/// Flows as plain numbers, by year and future, while they are worked out.
struct CareFlowTable {
  let opening: [Double]
  var starts: [[Double]]
  var ceased: [[Double]]
  var unexplained: [[Double]]

  var paths: Int { opening.count }

  init(opening: [Double], years: Int) {
    self.opening = opening
    let empty = [[Double]](repeating: [Double](repeating: 0, count: opening.count), count: years)
    starts = empty
    ceased = empty
    unexplained = empty
  }

  /// The flows with their closing stocks, which are computed here and nowhere else, so that the identity holds.
  func flows(from first: FinancialYear, notes: [String]) -> CareFlows {
    var years: [CareFlows.Year] = []
    var stock = opening
    var year = first
    for step in starts.indices {
      let before = stock
      for path in stock.indices {
        stock[path] = stock[path] + starts[step][path] - ceased[step][path] + unexplained[step][path]
      }
      years.append(
        CareFlows.Year(
          year: year, opening: Draws(before), starts: Draws(starts[step]), ceased: Draws(ceased[step]),
          unexplained: Draws(unexplained[step]), closing: Draws(stock)))
      year = year.next
    }
    return CareFlows(years: years, notes: notes)
  }
}

extension CareFlowRates {
  /// Finds the flows behind a number of children that is forecast on its own, so that what changes a flow moves it.
  ///
  /// Every flow is drawn from its rate. What the growth of the stock then lacks is given to each by its variance among
  /// the futures: flows are conditioned on the growth by the rule of G. Matheron (J.-P. Chilès and P. Delfiner,
  /// *Geostatistics*, 1999, section 7.3), so that what is best known moves least. Where a flow would fall below zero it
  /// is zero and the other takes the rest; the notes say how often.
  ///
  /// - Parameters:
  ///   - stock: children on the first day and on the last of every year.
  ///   - people: the population of every year.
  ///   - first: the first year.
  ///   - paths: the number of simulated futures.
  ///   - seed: the seed; the same gives the same bytes.
  ///   - service: who asks, for errors and for the names of the random streams.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a stock or a population that is below zero or no
  ///   number.
  func anchored(
    stock: [Draws], people: [Draws], first: FinancialYear, paths: Int, seed: UInt64, service: String
  ) throws(CommissioningError) -> CareFlows {
    var censuses: [[Double]] = []
    for (step, draws) in stock.enumerated() {
      censuses.append(
        try FlowTable.counts(
          draws, paths: paths, service: service,
          what: "the number of children at 31 March \(first.start + step)"))
    }
    var population: [[Double]] = []
    for (step, draws) in people.enumerated() {
      population.append(
        try FlowTable.counts(
          draws, paths: paths, service: service,
          what: "the population of \(FinancialYear(first.start + step))"))
    }
    let horizon = min(max(censuses.count - 1, 0), population.count)
    var table = CareFlowTable(opening: censuses.first ?? [], years: horizon)
    draw(&table, censuses: censuses, population: population, seed: seed, service: service)
    let settled = Self.settle(&table, censuses: censuses)
    var notes = self.notes
    if settled > 0 {
      notes.append(
        "In \(settled) of \(paths * horizon) simulated years the number of children moves by more than their starts or their "
          + "leaving can; there is none of one of them there, and the other takes the rest.")
    }
    return table.flows(from: first, notes: notes)
  }

  /// Flows from their rates alone, at the stocks of the forecast.
  private func draw(
    _ table: inout CareFlowTable, censuses: [[Double]], population: [[Double]], seed: UInt64, service: String
  ) {
    func stream(_ name: String) -> RandomStream {
      RandomStream(seed: seed, name: "\(service): flows of children: \(name)")
    }
    let (came, went, rest) = (stream("starts"), stream("ceased"), stream("unexplained"))
    for path in 0..<table.paths {
      var coming = came.path(UInt64(path))
      var going = went.path(UInt64(path))
      var moving = rest.path(UInt64(path))
      let entryLevel = entries.level(&coming)
      let exitLevel = exits.level(&going)
      let restLevel = unexplained.level(&moving)
      for step in table.starts.indices {
        let (before, after) = (censuses[step][path], censuses[step + 1][path])
        table.starts[step][path] = coming.poisson(
          mean: entries.year(around: entryLevel, &coming) * population[step][path] / Self.per)
        table.ceased[step][path] = going.poisson(
          mean: exits.year(around: exitLevel, &going) * (before + after) / 2)
        table.unexplained[step][path] = unexplained.year(around: restLevel, &moving) * before
      }
    }
  }

  /// Brings the flows to the growth of the forecast, and counts the years in which one of them met its end.
  private static func settle(_ table: inout CareFlowTable, censuses: [[Double]]) -> Int {
    var met = 0
    for step in table.starts.indices {
      let (came, went) = (variance(table.starts[step]), variance(table.ceased[step]))
      let all = came + went + variance(table.unexplained[step])
      // Where nothing varies, nothing is known to move but what is unexplained.
      let (camePart, wentPart) = all > 0 ? (came / all, went / all) : (0, 0)
      for path in 0..<table.paths {
        let growth = censuses[step + 1][path] - censuses[step][path]
        var (starts, ceased) = (table.starts[step][path], table.ceased[step][path])
        let lacking = growth - (starts - ceased + table.unexplained[step][path])
        starts += camePart * lacking
        ceased -= wentPart * lacking
        let unexplained = table.unexplained[step][path] + (1 - camePart - wentPart) * lacking
        if starts < 0 || ceased < 0 { met += 1 }
        if starts < 0 {
          ceased -= starts
          starts = 0
        }
        if ceased < 0 {
          starts -= ceased
          ceased = 0
        }
        table.starts[step][path] = starts
        table.ceased[step][path] = ceased
        table.unexplained[step][path] = unexplained
      }
    }
    return met
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }
}
