/// A lever's numbers in every path.
struct LeverValues {
  let factor: [Double]
  let addition: [Double]
  let isUnchanged: Bool

  init(
    _ lever: FlowLever, paths: Int, service: String, what: String
  ) throws(CommissioningError) {
    isUnchanged = lever.isUnchanged
    factor = try FlowTable.counts(lever.factor, paths: paths, service: service, what: "the factor of \(what)")
    addition = try FlowTable.numbers(
      lever.addition, paths: paths, service: service, what: "the addition to \(what)")
  }

  @inline(__always)
  func applied(to value: Double, _ path: Int) -> Double {
    isUnchanged ? value : value * factor[path] + addition[path]
  }
}

/// The changes of one calendar year, checked against what is known of it.
struct YearChange {
  let year: Int
  let service: String
  let growth: LeverValues
  let requests: LeverValues
  let assessed: LeverValues
  let issued: LeverValues
  let yield: LeverValues
  let ceasing: LeverValues
  let transfers: LeverValues

  init(
    _ change: FlowAdjustment, year: Int, paths: Int, base: FlowTable, service: String
  ) throws(CommissioningError) {
    self.year = year
    self.service = service
    func values(_ lever: FlowLever, _ what: String, known: Bool) throws(CommissioningError) -> LeverValues {
      guard known || lever.isUnchanged else {
        throw .invalid(
          service: service,
          reason: "\(what) in \(year) cannot be changed, because nothing is known of it; supply its counts")
      }
      return try LeverValues(lever, paths: paths, service: service, what: "\(what) in \(year)")
    }
    let known = base.requests != nil
    let before = year > base.firstYear || base.requestsBefore != nil
    growth = try values(change.requestsGrowth, "the growth of requests", known: known && before)
    requests = try values(change.requests, "the number of requests", known: known)
    assessed = try values(
      change.assessedShare, "the share of decisions to assess", known: base.assessed != nil)
    issued = try values(change.issuedShare, "the share of decisions to issue", known: base.issued != nil)
    // A factor needs no requests; an addition is for each of them.
    yield = try values(
      change.yield, "new plans per request", known: known || change.yield.addition.knownValue == 0)
    ceasing = try values(change.ceasing, "the share of plans that cease", known: true)
    transfers = try values(change.transfers, "the unexplained line", known: true)
  }

  /// A share after its change, held within 0 to 1 in the futures where it would leave them.
  func share(
    _ before: [Double]?, _ lever: LeverValues, _ what: String, _ held: inout HeldValues
  ) throws(CommissioningError) -> [Double]? {
    guard let before, !lever.isUnchanged else { return before }
    var mean = 0.0
    var result = before
    for path in before.indices {
      let value = lever.applied(to: before[path], path)
      mean += value / Double(before.count)
      if !(0...1).contains(value) { held.shares += 1 }
      result[path] = min(max(value, 0), 1)
    }
    try require(mean: mean, "the share of \(what)")
    return result
  }

  /// Refuses a change that takes a share out of 0 to 1 on average.
  func require(mean: Double, _ what: String) throws(CommissioningError) {
    guard (-1e-9...1 + 1e-9).contains(mean) else {
      throw .invalid(
        service: service,
        reason: "the changes of \(year) make \(what) \(plainText(mean)) on average; it must stay from 0 to 1")
    }
  }
}

/// How often a change met the end of what a flow can be.
struct HeldValues {
  /// How far the growth of requests has moved them, by path.
  var moved: [Double]
  var shares = 0
  var requests = 0
  var newPlans = 0
  var stocks = 0

  init(paths: Int) { moved = [Double](repeating: 1, count: paths) }

  /// What a reader must know of it.
  func notes(of total: Int) -> [String] {
    var notes: [String] = []
    func add(_ count: Int, _ text: String) {
      if count > 0 { notes.append("In \(count) of \(total) simulated years \(text)") }
    }
    add(shares, "a changed share would have left 0 to 1 and is held at the end.")
    add(requests, "changed requests would have been below zero and are none.")
    add(newPlans, "changed new plans would have been below zero and are none.")
    add(
      stocks, "the changed stock would have been below zero; it is none, and the unexplained line gives way.")
    return notes
  }
}
