extension CostBridge {
  /// The arithmetic of a bridge: every future of every row.
  struct Work {
    let rows: [CostBridge.Row]
    let costs: [(from: PenceDraws, to: PenceDraws)]

    init(
      _ first: CostTable, _ second: CostTable, pairs: [(from: CostTable.Row, to: CostTable.Row)],
      form: CostBridge.Form
    ) throws(CommissioningError) {
      var quantities: [Draws?] = [first.population, second.population]
      for pair in pairs {
        quantities += [pair.from.number, pair.to.number, pair.from.unitCost, pair.to.unitCost]
      }
      let futures = try Self.futures(of: quantities.compactMap { $0 })
      // In the order of the ids, so that the sum does not depend on which side comes first.
      let ordered = pairs.sorted { $0.from.id < $1.from.id }
      let sides = [
        Side(
          children: Draws.sum(ordered.map(\.from.number)), population: first.population, name: first.name),
        Side(
          children: Draws.sum(ordered.map(\.to.number)), population: second.population, name: second.name),
      ]
      for side in sides {
        try side.children.require(
          "the number of children of \(side.name)",
          "a number above 0 in every future, because there is no average cost without children,",
          service: "bridge"
        ) { $0 > 0 }
      }
      var rows: [CostBridge.Row] = []
      var costs: [(from: PenceDraws, to: PenceDraws)] = []
      for pair in pairs {
        let (row, cost) = try Self.row(pair.from, pair.to, sides, form, futures: futures)
        rows.append(row)
        costs.append(cost)
      }
      self.rows = rows
      self.costs = costs
    }

    private struct Side {
      let children: Draws
      let population: Draws?
      let name: String
    }

    /// The number of futures of the sampled quantities; nil where all are known.
    private static func futures(of quantities: [Draws]) throws(CommissioningError) -> Int? {
      var shared: Int?
      for case .sampled(let values) in quantities.map(\.storage) {
        if let shared, shared != values.count {
          throw CostBridge.refused(
            "one quantity has \(shared) simulated futures and another \(values.count); both sides must come from "
              + "one run, or from runs of one length and seed")
        }
        shared = values.count
      }
      return shared
    }

    /// One future of one row.
    private struct Future {
      var n0 = 0.0
      var n1 = 0.0
      var p0 = 0.0
      var p1 = 0.0
      var all0 = 0.0
      var all1 = 0.0
      /// People on either side; nil where they are not stated.
      var people: (Double, Double)?

      /// Pounds by part, in the order of ``CostBridge/Part``.
      func parts(_ form: CostBridge.Form) -> SIMD4<Double> {
        let (s0, s1) = (n0 / all0, n1 / all1)
        let perChild: Double
        let mix: Double
        let price: Double
        switch form {
        case .baseWeighted:
          perChild = s0 * p0
          mix = all1 * (s1 - s0) * p0
          price = n1 * (p1 - p0)
        case .bennet:
          perChild = (s0 + s1) / 2 * ((p0 + p1) / 2)
          mix = (all0 + all1) / 2 * (s1 - s0) * ((p0 + p1) / 2)
          price = (n0 + n1) / 2 * (p1 - p0)
        }
        guard let (people0, people1) = people else {
          return SIMD4(0, (all1 - all0) * perChild, mix, price)
        }
        let (rate0, rate1) = (all0 / people0, all1 / people1)
        let byPopulation = (people1 - people0) * (form == .bennet ? (rate0 + rate1) / 2 : rate0)
        let byPrevalence = (form == .bennet ? (people0 + people1) / 2 : people1) * (rate1 - rate0)
        return SIMD4(byPopulation * perChild, byPrevalence * perChild, mix, price)
      }
    }

    private static func row(
      _ first: CostTable.Row, _ second: CostTable.Row, _ sides: [Side], _ form: CostBridge.Form, futures: Int?
    ) throws(CommissioningError) -> (row: CostBridge.Row, cost: (from: PenceDraws, to: PenceDraws)) {
      let count = futures ?? 1
      // A side without a price has no children; it takes the other's, so that nothing of the change is price.
      let price0 = first.unitCost ?? second.unitCost ?? Draws(0)
      let price1 = second.unitCost ?? first.unitCost ?? Draws(0)
      var settled = CostBridge.Part.allCases.map { _ in [Int64](repeating: 0, count: count) }
      var costs = ([Int64](repeating: 0, count: count), [Int64](repeating: 0, count: count))
      var changes = [Int64](repeating: 0, count: count)
      for path in 0..<count {
        var future = Future()
        // Every quantity is known or has `count` futures, as has been checked.
        future.n0 = first.number[path] ?? .nan
        future.n1 = second.number[path] ?? .nan
        let (known0, known1) = (price0[path] ?? .nan, price1[path] ?? .nan)
        future.p0 = known0.isNaN ? known1 : known0
        future.p1 = known1.isNaN ? known0 : known1
        // No price on either side: no children on either, and nothing to bridge.
        if future.p0.isNaN, future.n0 == 0, future.n1 == 0 { (future.p0, future.p1) = (0, 0) }
        future.all0 = sides[0].children[path] ?? .nan
        future.all1 = sides[1].children[path] ?? .nan
        if let people0 = sides[0].population, let people1 = sides[1].population {
          future.people = (people0[path] ?? .nan, people1[path] ?? .nan)
        }
        guard let cost0 = Pence.count(ofPounds: future.n0 * future.p0),
          let cost1 = Pence.count(ofPounds: future.n1 * future.p1),
          let parts = Pence.settled(future.parts(form) * 100, to: cost1 - cost0)
        else {
          throw CostBridge.refused(
            "\"\(first.name)\" costs \(future.n0 * future.p0) and \(future.n1 * future.p1) pounds in simulated future "
              + "\(path + 1), too much to be divided to the penny")
        }
        costs.0[path] = cost0
        costs.1[path] = cost1
        changes[path] = cost1 - cost0
        for place in settled.indices { settled[place][path] = parts[place] }
      }
      func draws(_ counts: [Int64]) -> PenceDraws {
        if futures == nil, let known = counts.first { return PenceDraws(Pence(known)) }
        return PenceDraws(storage: .sampled(counts))
      }
      var parts: [CostBridge.Part: PenceDraws] = [:]
      for (part, counts) in zip(CostBridge.Part.allCases, settled) { parts[part] = draws(counts) }
      return (
        CostBridge.Row(id: first.id, name: first.name, parts: parts, change: draws(changes)),
        (draws(costs.0), draws(costs.1))
      )
    }
  }
}
