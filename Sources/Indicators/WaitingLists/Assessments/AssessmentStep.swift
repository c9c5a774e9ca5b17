/// A queue of assessments in cohorts by week of request, carried on week by week.
///
/// Cohorts keep their place and grow older with the week, so that nobody has to be moved. The order of
/// operations in a week is that of the law's stages: withdrawal, decision, advice, decision to issue, plan.
struct AssessmentStep {
  let queue: AssessmentQueue
  /// The longest time since request at the start that has a cohort, and one more.
  private let oldest: Int
  /// The number of cohorts: those at the start and one for each week.
  private let cohorts: Int
  /// The week that was carried through last.
  private(set) var week = -1
  /// Those who wait for a decision or for advice, by cohort.
  private var waiting: [Double]
  /// Those whose plan is being drafted, by the week in which it is due, in turn, and cohort.
  private var drafting: [Double]
  /// The same by cohort alone.
  private var inDrafting: [Double]
  private let stages: Int
  /// Plans issued in the week, by cohort.
  private var issued: [Double]
  private(set) var requests = 0.0
  private(set) var refused = 0.0
  private(set) var withdrawn = 0.0
  private(set) var withoutPlan = 0.0
  private(set) var advised = 0.0
  private(set) var unused = 0.0
  private(set) var issuedTotal = 0.0
  private(set) var issuedInTime = 0.0

  init(_ queue: AssessmentQueue, weeks: Int) {
    self.queue = queue
    oldest = max(queue.waiting.count, queue.drafting.count, queue.limit + 1)
    cohorts = oldest + weeks
    stages = max(1, queue.draftingWeeks) + 1
    waiting = [Double](repeating: 0, count: cohorts)
    issued = waiting
    inDrafting = waiting
    drafting = [Double](repeating: 0, count: cohorts * stages)
    for (age, count) in queue.waiting.enumerated() { waiting[cohort(ofAge: age)] = count }
    for (age, count) in queue.drafting.enumerated() {
      let cohort = cohort(ofAge: age)
      inDrafting[cohort] = count
      for due in 0..<stages - 1 { drafting[due * cohorts + cohort] = count / Double(stages - 1) }
    }
  }

  /// The cohort that is so many whole weeks from request at the end of the present week.
  private func cohort(ofAge age: Int) -> Int { week + oldest - age }

  /// Carries the queue through a week as the model has it.
  mutating func advance() {
    let next = week + 1
    advance(
      requests: AssessmentQueue.flow(queue.requests, next),
      places: AssessmentQueue.flow(queue.capacity, next),
      backlogPlaces: AssessmentQueue.flow(queue.backlogCapacity, next))
  }

  /// Carries the queue through a week with so many requests and so many places for advice.
  mutating func advance(requests: Double, places: Double, backlogPlaces: Double) {
    week += 1
    self.requests = requests
    let newest = cohort(ofAge: 0)
    waiting[newest] = requests
    withdrawn = 0
    if queue.withdrawing > 0 {
      for cohort in 0...newest {
        let gone = waiting[cohort] * queue.withdrawing
        waiting[cohort] -= gone
        withdrawn += gone
      }
    }
    let decided = cohort(ofAge: queue.decisionWeeks)
    refused = waiting[decided] * (1 - queue.assessedShare)
    waiting[decided] -= refused
    advise(places, backlogPlaces, upTo: decided)
    finish(newest)
  }

  private mutating func advise(_ places: Double, _ backlogPlaces: Double, upTo decided: Int) {
    var backlogPlaces = backlogPlaces
    // Cohorts in order have waited longest first.
    let all = 0..<decided + 1
    let late = 0..<cohort(ofAge: queue.latestAdvice)
    advised = 0
    // The team for the backlog has it before the others, who then turn to what is left.
    takeLongest(late, &backlogPlaces)
    var remaining = places
    switch queue.order {
    case .longestFirst: takeLongest(all, &remaining)
    case .inTimeFirst:
      takeLongest(late.upperBound..<decided + 1, &remaining)
      takeLongest(late, &remaining)
    case .mixed(let share):
      var inTurn = places * share
      takeLongest(all, &inTurn)
      var total = 0.0
      for cohort in all { total += waiting[cohort] }
      let byChance = min(places - places * share, total)
      if byChance > 0 { for cohort in all { take(cohort, waiting[cohort] * (byChance / total)) } }
      remaining = inTurn + (places - places * share - byChance)
    }
    unused = remaining + backlogPlaces
  }

  private mutating func takeLongest(_ range: Range<Int>, _ places: inout Double) {
    for cohort in range where waiting[cohort] > 0 {
      guard places > 0 else { return }
      let taken = min(places, waiting[cohort])
      take(cohort, taken)
      places -= taken
    }
  }

  /// Gives advice to so many of a cohort: their plans are due when drafting is done.
  private mutating func take(_ cohort: Int, _ count: Double) {
    let taken = min(count, waiting[cohort])
    waiting[cohort] -= taken
    advised += taken
    inDrafting[cohort] += taken
    drafting[stage(dueIn: queue.draftingWeeks) + cohort] += taken
  }

  /// Where those begin whose plan is due in so many weeks.
  private func stage(dueIn weeks: Int) -> Int { (week + weeks) % stages * cohorts }

  /// Ends assessments without a plan when that is decided, and issues the plans that are due.
  private mutating func finish(_ newest: Int) {
    (withoutPlan, issuedTotal, issuedInTime) = (0, 0, 0)
    let decided = stage(dueIn: queue.draftingWeeks - queue.noticeWeeks)
    if queue.issuedShare < 1 {
      for cohort in 0...newest where drafting[decided + cohort] > 0 {
        let ended = drafting[decided + cohort] * (1 - queue.issuedShare)
        drafting[decided + cohort] -= ended
        inDrafting[cohort] -= ended
        withoutPlan += ended
      }
    }
    let due = stage(dueIn: 0)
    let firstInTime = cohort(ofAge: queue.limit)
    for cohort in 0...newest {
      let count = drafting[due + cohort]
      issued[cohort] = count
      guard count > 0 else { continue }
      drafting[due + cohort] = 0
      // What rounding leaves of a cohort that is done is nobody.
      let rest = inDrafting[cohort] - count
      inDrafting[cohort] = rest > 1e-12 * max(1, count) ? rest : 0
      issuedTotal += count
      if cohort >= firstInTime { issuedInTime += count }
    }
  }

  // MARK: What there is at the end of the week

  /// Figures by cohort as figures by whole weeks since request.
  private func byAge(_ figures: (Int) -> Double) -> [Double] {
    (0...cohort(ofAge: 0)).map { figures(cohort(ofAge: $0)) }
  }

  /// Plans issued in the week, by whole weeks since request.
  var issuedByAge: [Double] { byAge { issued[$0] } }

  /// Everyone in progress, by whole weeks since request.
  var inProgress: [Double] { byAge { waiting[$0] + inDrafting[$0] } }

  /// Those who wait for advice.
  var awaitingAdvice: Double { waiting[...cohort(ofAge: queue.decisionWeeks)].reduce(0, +) }

  /// Everyone in progress, and of them those beyond the limit.
  var inProgressAndOver: (total: Double, over: Double) {
    var (total, over) = (0.0, 0.0)
    let newest = cohort(ofAge: 0)
    let lastOver = cohort(ofAge: queue.limit)
    for cohort in 0...newest {
      let count = waiting[cohort] + inDrafting[cohort]
      total += count
      over += cohort <= lastOver ? count : 0
    }
    return (total, over)
  }
}
