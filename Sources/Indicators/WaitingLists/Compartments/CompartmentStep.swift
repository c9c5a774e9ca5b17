/// One list in compartments by priority and whole weeks waited, carried on week by week.
struct CompartmentStep {
  let model: WaitingListModel
  /// The number of compartments of a priority, at least two; the last one absorbs.
  let buckets: Int
  /// Children waiting, by priority and weeks waited.
  private(set) var waiting: [Double]
  /// Children seen in the week, by weeks waited.
  private(set) var seen: [Double]
  private(set) var referred = 0.0
  private(set) var left = 0.0
  private(set) var capacity = 0.0
  private(set) var unused = 0.0
  private let shares: [Double]
  private let leaving: [Double]
  private let longestFirst: Double

  init(_ model: WaitingListModel, buckets: Int) {
    self.model = model
    self.buckets = buckets
    shares = model.priorities.isEmpty ? [1] : model.priorities.map(\.share)
    leaving = (0..<buckets).map { model.leaving(afterWeeks: $0) }
    longestFirst =
      switch model.discipline {
      case .firstInFirstOut: 1
      case .mixed(let share): share
      }
    waiting = [Double](repeating: 0, count: buckets * shares.count)
    seen = [Double](repeating: 0, count: buckets)
    for (weeks, count) in model.waiting.enumerated() {
      for priority in shares.indices {
        waiting[priority * buckets + min(weeks, buckets - 1)] += count * shares[priority]
      }
    }
  }

  /// Carries the list through a week: those who wait grow a week older, referrals join, some leave, and
  /// places go to those who are left.
  mutating func advance(week: Int) {
    referred = max(0, model.referrals(inWeek: week) + model.oneOff(.referrals, inWeek: week))
    capacity = max(0, model.capacity(inWeek: week) + model.oneOff(.capacity, inWeek: week))
    left = 0
    for index in seen.indices { seen[index] = 0 }
    var places = capacity
    for priority in shares.indices {
      let first = priority * buckets
      grow(from: first, referrals: referred * shares[priority])
      serve(from: first, &places)
    }
    unused = places
  }

  private mutating func grow(from first: Int, referrals: Double) {
    let last = first + buckets - 1
    waiting[last] += waiting[last - 1]
    for index in stride(from: last - 1, to: first, by: -1) { waiting[index] = waiting[index - 1] }
    waiting[first] = referrals
    for index in 0..<buckets where leaving[index] > 0 {
      let gone = waiting[first + index] * leaving[index]
      waiting[first + index] -= gone
      left += gone
    }
  }

  /// Gives places to a priority: the part that goes by turn to the longest waits, the rest to all alike.
  private mutating func serve(from first: Int, _ places: inout Double) {
    var total = 0.0
    for index in first..<first + buckets { total += waiting[index] }
    // More places than children: all are seen, and what is left over is exactly what was not taken.
    if places >= total {
      for index in 0..<buckets {
        seen[index] += waiting[first + index]
        waiting[first + index] = 0
      }
      places -= total
      return
    }
    var inTurn = places * longestFirst
    let byChance = places - inTurn
    for index in stride(from: buckets - 1, through: 0, by: -1) where inTurn > 0 {
      let taken = min(inTurn, waiting[first + index])
      waiting[first + index] -= taken
      seen[index] += taken
      inTurn -= taken
    }
    if byChance > 0 {
      let remaining = total - (places - byChance)
      let share = min(1, byChance / remaining)
      for index in 0..<buckets {
        let taken = waiting[first + index] * share
        waiting[first + index] -= taken
        seen[index] += taken
      }
    }
    places = 0
  }

  /// Children waiting by weeks waited, all priorities together.
  var waitingByWeeks: [Double] {
    var sums = [Double](waiting[..<buckets])
    for priority in shares.indices.dropFirst() {
      for index in 0..<buckets { sums[index] += waiting[priority * buckets + index] }
    }
    return sums
  }

  /// Children waiting by priority.
  var waitingByPriority: [Double] {
    shares.indices.map { waiting[$0 * buckets..<($0 + 1) * buckets].reduce(0, +) }
  }
}
