/// A queue of assessments in compartments by whole weeks since request, carried on week by week.
struct AssessmentStep {
  let queue: AssessmentQueue
  /// The number of compartments; the last one absorbs.
  let buckets: Int
  /// Those who wait for a decision or for advice.
  private(set) var waiting: [Double]
  /// Those whose plan is being drafted, by weeks left to the final plan.
  private var drafting: [[Double]]
  /// Plans issued in the week.
  private(set) var issued: [Double]
  private(set) var requests = 0.0
  private(set) var refused = 0.0
  private(set) var withdrawn = 0.0
  private(set) var withoutPlan = 0.0
  private(set) var advised = 0.0
  private(set) var unused = 0.0

  init(_ queue: AssessmentQueue, buckets: Int) {
    self.queue = queue
    self.buckets = buckets
    let nobody = [Double](repeating: 0, count: buckets)
    waiting = nobody
    issued = nobody
    let spread = max(1, queue.draftingWeeks)
    drafting = [[Double]](repeating: nobody, count: spread + 1)
    for (weeks, count) in queue.waiting.enumerated() { waiting[min(weeks, buckets - 1)] += count }
    for (weeks, count) in queue.drafting.enumerated() {
      for left in 1...spread { drafting[left][min(weeks, buckets - 1)] += count / Double(spread) }
    }
  }

  mutating func advance(week: Int) {
    requests = AssessmentQueue.flow(queue.requests, week)
    age(&waiting)
    waiting[0] += requests
    withdrawn = 0
    if queue.withdrawing > 0 {
      for index in waiting.indices {
        let gone = waiting[index] * queue.withdrawing
        waiting[index] -= gone
        withdrawn += gone
      }
    }
    refused = waiting[queue.decisionWeeks] * (1 - queue.assessedShare)
    waiting[queue.decisionWeeks] -= refused
    // One week nearer to their plans.
    let empty = drafting.removeFirst()
    drafting.append(empty)
    for left in drafting.indices { age(&drafting[left]) }
    drafting[drafting.count - 1] = [Double](repeating: 0, count: buckets)
    advise(week)
    finish()
  }

  /// Everyone a week older; the last compartment keeps those who are in it.
  private func age(_ children: inout [Double]) {
    let last = children.count - 1
    children[last] += children[last - 1]
    for index in stride(from: last - 1, to: 0, by: -1) { children[index] = children[index - 1] }
    children[0] = 0
  }

  private mutating func advise(_ week: Int) {
    let places = AssessmentQueue.flow(queue.capacity, week)
    var backlogPlaces = AssessmentQueue.flow(queue.backlogCapacity, week)
    let all = queue.decisionWeeks..<buckets
    let late = min(queue.latestAdvice + 1, buckets)..<buckets
    advised = 0
    // The team for the backlog has it before the others, who then turn to what is left.
    takeLongest(late, &backlogPlaces)
    var remaining = places
    switch queue.order {
    case .longestFirst: takeLongest(all, &remaining)
    case .inTimeFirst:
      takeLongest(queue.decisionWeeks..<late.lowerBound, &remaining)
      takeLongest(late, &remaining)
    case .mixed(let share):
      var inTurn = places * share
      takeLongest(all, &inTurn)
      let total = all.reduce(0) { $0 + waiting[$1] }
      let byChance = min(places - places * share, total)
      if byChance > 0 { for index in all { take(index, waiting[index] * (byChance / total)) } }
      remaining = inTurn + (places - places * share - byChance)
    }
    unused = remaining + backlogPlaces
  }

  private mutating func takeLongest(_ range: Range<Int>, _ places: inout Double) {
    for index in range.reversed() where places > 0 {
      let taken = min(places, waiting[index])
      take(index, taken)
      places -= taken
    }
  }

  /// Gives advice to so many of a compartment: their plans are due when drafting is done.
  private mutating func take(_ index: Int, _ count: Double) {
    let taken = min(count, waiting[index])
    waiting[index] -= taken
    advised += taken
    drafting[queue.draftingWeeks][index] += taken
  }

  /// Ends assessments without a plan when that is decided, and issues the plans that are due.
  private mutating func finish() {
    withoutPlan = 0
    let decided = queue.draftingWeeks - queue.noticeWeeks
    for index in 0..<buckets {
      let ended = drafting[decided][index] * (1 - queue.issuedShare)
      drafting[decided][index] -= ended
      withoutPlan += ended
    }
    issued = drafting[0]
    for index in 0..<buckets { drafting[0][index] = 0 }
  }

  /// Everyone in progress, by weeks since request.
  var inProgress: [Double] {
    var sums = waiting
    for stage in drafting { for index in 0..<buckets { sums[index] += stage[index] } }
    return sums
  }
}
