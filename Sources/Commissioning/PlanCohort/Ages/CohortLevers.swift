/// The changes of one calendar year, by cell and path, ready for the run.
struct CohortYearLevers {
  /// A number in every path: one for all, or one for each.
  struct Values {
    let values: [Double]
    @inline(__always)
    func at(_ path: Int) -> Double { values.count == 1 ? values[0] : values[path] }
  }
  struct Share {
    let factor: Values
    let addition: Values
  }

  var requests: [(ages: Range<Int>, factor: Values)] = []
  var growth: [Values] = []
  var assessed: [Share] = []
  var issued: [Share] = []
  var ceasing: [(ages: Range<Int>, settings: [Int], change: Share)] = []
  var transitions: [(ages: Range<Int>, from: Int, to: Int, factor: Values)] = []
  var placements: [(ages: Range<Int>, setting: Int, factor: Values)] = []
  var closed: [(setting: Int, emptying: Bool)] = []
  var transfers: [Share] = []

  var changesRates: Bool { !(ceasing.isEmpty && transitions.isEmpty && placements.isEmpty && closed.isEmpty) }

  /// Prepares the changes of a year.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a setting that is not there, an age
  ///   outside the cohort, a negative factor, draws of another number of paths, a share that would leave 0 to
  ///   1 on average, or a change to decisions that are not known.
  init(
    _ levers: [CohortLever], year: Int, rates: CohortRates, paths: Int, service: String
  ) throws(CommissioningError) {
    let shape = rates.shape
    func values(_ draws: Draws, _ what: String, negative: Bool = false) throws(CommissioningError) -> Values {
      let count = draws.knownValue == nil ? paths : 1
      return Values(
        values: negative
          ? try FlowTable.numbers(draws, paths: count, service: service, what: "\(what) in \(year)")
          : try FlowTable.counts(
            draws, paths: count, service: service, what: "the factor of \(what) in \(year)"))
    }
    func share(_ lever: FlowLever, _ what: String) throws(CommissioningError) -> Share {
      Share(
        factor: try values(lever.factor, what),
        addition: try values(lever.addition, "the addition to \(what)", negative: true))
    }
    func require(_ mean: Double, _ lever: FlowLever, _ what: String) throws(CommissioningError) {
      let changed = mean * lever.factor.mean + lever.addition.mean
      guard (-1e-9...1 + 1e-9).contains(changed) else {
        throw .invalid(
          service: service,
          reason: "the changes of \(year) make \(what) \(plainText(changed)); it must stay from 0 to 1")
      }
    }
    func places(_ ages: ClosedRange<Int>?) throws(CommissioningError) -> Range<Int> {
      guard let ages else { return 0..<shape.ages.count }
      guard shape.ages.contains(ages.lowerBound), shape.ages.contains(ages.upperBound) else {
        throw .invalid(
          service: service,
          reason:
            "a change of \(year) is for ages \(ages.lowerBound) to \(ages.upperBound); the cohort's are "
            + "\(shape.ages.lowerBound) to \(shape.ages.upperBound)")
      }
      return ages.lowerBound - shape.ages.lowerBound..<ages.upperBound - shape.ages.lowerBound + 1
    }
    func setting(_ id: String) throws(CommissioningError) -> Int {
      guard let place = shape.setting(id) else {
        throw .invalid(
          service: service,
          reason: "a change of \(year) names the setting \"\(id)\"; there are "
            + shape.settings.map(\.id).joined(separator: ", "))
      }
      return place
    }
    func funnel(_ lever: FlowLever, _ rate: ShrunkRate?, _ what: String) throws(CommissioningError) -> Share {
      guard let rate else {
        throw .invalid(
          service: service,
          reason: "\(what) cannot be changed in \(year), because nothing is known of it; supply its counts")
      }
      try require(rate.mean, lever, what)
      return try share(lever, what)
    }
    for lever in levers where lever.years.contains(year) {
      switch lever.effect {
      case .requests(let factor, let ages):
        requests.append((try places(ages), try values(factor, "requests")))
      case .requestGrowth(let addition):
        growth.append(try values(addition, "the growth of requests", negative: true))
      case .assessed(let change):
        assessed.append(try funnel(change, rates.assessed, "the share of decisions to assess"))
      case .issued(let change):
        issued.append(try funnel(change, rates.issued, "the share of decisions to issue"))
      case .ceasing(let change, let ages, let names):
        let range = try places(ages)
        var chosen: [Int] = []
        for name in (names ?? Set(shape.settings.map(\.id))).sorted() { chosen.append(try setting(name)) }
        for place in range where place + 1 < shape.ages.count {
          for setting in chosen {
            try require(
              rates.ceasing.mean[place * shape.settings.count + setting], change,
              "the share of plans that cease")
          }
        }
        ceasing.append((range, chosen, try share(change, "ceasing")))
      case .transition(let from, let to, let factor, let ages):
        transitions.append(
          (try places(ages), try setting(from), try setting(to), try values(factor, "moves")))
      case .placement(let id, let factor, let ages):
        placements.append((try places(ages), try setting(id), try values(factor, "placement")))
      case .forbid(let id, let emptying): closed.append((try setting(id), emptying))
      case .transfers(let change): transfers.append(try share(change, "the unexplained line"))
      }
    }
  }
}
