import RealModule
import Statistics

/// One simulated future of a list, child by child in continuous time; used again for path after path.
struct ListPath: ~Copyable {
  let plan: SimulationPlan
  /// What is kept of the present week.
  let figures: UnsafeMutablePointer<Double>
  let columns: Int
  private let lines: UnsafeMutablePointer<WaitingLine>
  private let lineCount: Int
  private let lengthCount: Int
  private var merged: WaitingLine
  private var streams: SimulationPlan.Streams
  // Levels of this path, and the phases at which fractions become whole children and appointments.
  private var demandLevel = 1.0
  private var capacityLevel = 1.0
  private var startLevel = 1.0
  private var leavingLevel = 1.0
  // The growth of referrals beyond that of the plan, in a week and up to the present one.
  private var weeklyGrowth = 1.0
  private var grown = 1.0
  private var startPhase = 0.0
  private var joiningPhase = 0.0
  private var clinicPhase = 0.0
  private var nextArrival = 0.0
  private var arrivalRate = 0.0
  // The single server: whether it is busy, and the work left on the child it serves, as a share of a mean
  // service.
  private var isBusy = false
  private var work = 0.0
  /// The waits of those seen, kept only where they are asked for.
  private(set) var waits: [SimulatedWait] = []
  private let keepsWaits: Bool
  private var lastPriority = 0

  init(_ plan: SimulationPlan, keepsWaits: Bool = false) {
    self.plan = plan
    self.keepsWaits = keepsWaits
    lengthCount = plan.lengths.count
    columns = ListColumn.fixed + 2 * lengthCount
    figures = .allocate(capacity: columns)
    figures.initialize(repeating: 0, count: columns)
    lineCount = plan.priorities.count
    lines = .allocate(capacity: lineCount)
    for line in 0..<lineCount { (lines + line).initialize(to: WaitingLine()) }
    merged = WaitingLine()
    streams = plan.streams(ofPath: 0)
  }

  deinit {
    for line in 0..<lineCount { lines[line].deallocate() }
    merged.deallocate()
    lines.deallocate()
    figures.deallocate()
  }

  /// Runs a path, calling back after each week with ``figures`` filled.
  mutating func run(path: Int, _ afterWeek: (Int, UnsafeMutablePointer<Double>) -> Void) {
    begin(path)
    for week in 0..<plan.weeks {
      for column in 0..<columns { figures[column] = 0 }
      join(week)
      let capacity = drawCapacity(week)
      if case .clinics = plan.chance.service {
        runClinics(week, capacity)
      } else {
        runServer(week, rate: capacity)
      }
      closeWeek(week)
      afterWeek(week, figures)
    }
  }

  private mutating func begin(_ path: Int) {
    streams = plan.streams(ofPath: path)
    waits.removeAll(keepingCapacity: true)
    for line in 0..<lineCount { lines[line].removeAll() }
    (isBusy, work) = (false, 0)
    demandLevel = plan.chance.demand.draw(&streams.levels)
    capacityLevel = plan.chance.capacity.draw(&streams.levels)
    startPhase = streams.levels.uniform()
    joiningPhase = streams.levels.uniform()
    clinicPhase = streams.levels.uniform()
    weeklyGrowth = Double.pow(plan.chance.growth.draw(&streams.levels), 7 / 365.25)
    leavingLevel = plan.chance.leaving.draw(&streams.levels)
    startLevel = plan.chance.start.draw(&streams.levels)
    grown = 1
    // Those who have waited longest come first; within a week waited they are spread evenly.
    for weeks in stride(from: plan.atStart.count - 1, through: 0, by: -1) {
      let children = Self.whole(plan.atStart[weeks] * startLevel, &startPhase)
      for child in 0..<children {
        let time = -Double(weeks + 1) + (Double(child) + 0.5) / Double(children)
        append(referred: time, from: weeks + 1)
      }
    }
  }

  /// A whole number whose mean is a number: what is left over is carried on in the phase.
  @inline(__always)
  private static func whole(_ number: Double, _ phase: inout Double) -> Int {
    let sum = phase + number
    let whole = sum.rounded(.down)
    phase = sum - whole
    return Int(whole)
  }

  @inline(__always)
  private mutating func append(referred time: Double, from firstWeek: Int = 0) {
    var line = 0
    if lineCount > 1 {
      let u = streams.children.uniform()
      while line < lineCount - 1, u > plan.priorities[line] { line += 1 }
    }
    var end = Double.infinity
    if !plan.hazards.isEmpty {
      let patience = streams.children.exponential()
      if leavingLevel > 0 {
        end = plan.leavingTime(referred: time, patience: patience / leavingLevel, from: firstWeek)
      }
    }
    lines[line].append(referred: time, leaves: end)
  }

  // MARK: Arrivals

  /// Those who join together as a week begins, and the rate at which others come in it.
  private mutating func join(_ week: Int) {
    let children = Self.whole(plan.joining[week], &joiningPhase)
    for _ in 0..<children { append(referred: Double(week)) }
    figures[ListColumn.referred] = Double(children)
    let mean = plan.referrals[week] * demandLevel * grown
    grown *= weeklyGrowth
    arrivalRate = plan.chance.drawMean(mean, &streams.dispersion)
    nextArrival = Double(week)
    advanceArrival()
  }

  @inline(__always)
  private mutating func advanceArrival() {
    nextArrival = arrivalRate > 0 ? nextArrival + streams.arrivals.exponential() / arrivalRate : .infinity
  }

  @inline(__always)
  private mutating func receive(until time: Double) {
    while nextArrival < time {
      figures[ListColumn.referred] += 1
      append(referred: nextArrival)
      advanceArrival()
    }
  }

  // MARK: Service

  private mutating func drawCapacity(_ week: Int) -> Double {
    let capacity =
      plan.capacity[week] * capacityLevel * plan.chance.drawCapacityFactor(&streams.clinics)
    // What is taken away once cannot be more than is left of a week that has come out low.
    return max(0, capacity + plan.certainCapacity[week])
  }

  private mutating func runClinics(_ week: Int, _ capacity: Double) {
    let places = Self.whole(capacity, &clinicPhase)
    let start = Double(week)
    var place = 0
    while place < places {
      let now = start + (Double(place) + 0.5) / Double(places)
      receive(until: now)
      let time = takeNext(at: now)
      if time.isNaN {
        // Nobody waits: every place before the next arrival is lost, and need not be looked at one by one.
        let arrival = min(nextArrival, start + 1)
        let next = Int(((arrival - start) * Double(places) - 0.5).rounded(.down))
        let later = min(max(place + 1, next), places)
        figures[ListColumn.unused] += Double(later - place)
        place = later
      } else {
        see(time, at: now)
        if keepsWaits { waits[waits.count - 1].completed = now }
        place += 1
      }
    }
    receive(until: start + 1)
  }

  private mutating func runServer(_ week: Int, rate: Double) {
    let end = Double(week) + 1
    var now = Double(week)
    if !isBusy, rate > 0 { startService(at: now) }
    while true {
      // Work that is done but for rounding is done, though a holiday begin at that moment.
      let completion = !isBusy ? .infinity : work <= 1e-12 ? now : rate > 0 ? now + work / rate : .infinity
      if completion <= nextArrival, completion < end {
        now = completion
        isBusy = false
        if keepsWaits { waits[waits.count - 1].completed = now }
        if rate > 0 { startService(at: now) }
      } else {
        let next = min(nextArrival, end)
        let done = (next - now) * rate
        if isBusy { work = max(0, work - done) } else { figures[ListColumn.unused] += done }
        now = next
        guard nextArrival < end else { return }
        figures[ListColumn.referred] += 1
        append(referred: nextArrival)
        advanceArrival()
        if !isBusy, rate > 0 { startService(at: now) }
      }
    }
  }

  private mutating func startService(at now: Double) {
    let time = takeNext(at: now)
    guard !time.isNaN else { return }
    see(time, at: now)
    isBusy = true
    guard case .singleServer(let variation) = plan.chance.service else { return }
    // Less than a millionth is no variation, and its shape might not be a number.
    if variation < 1e-6 {
      work = 1
    } else if variation == 1 {
      work = streams.services.exponential()
    } else {
      let square = variation * variation
      work = streams.services.gamma(shape: 1 / square, scale: square)
    }
  }

  /// Takes the next child out of line, and notes the priority; NaN where nobody waits.
  @inline(__always)
  private mutating func takeNext(at now: Double) -> Double {
    let inTurn =
      plan.longestFirst >= 1 || (plan.longestFirst > 0 && streams.choices.uniform() < plan.longestFirst)
    for line in 0..<lineCount where lines[line].count > 0 {
      let time =
        inTurn
        ? lines[line].takeFirst(at: now, left: &figures[ListColumn.left])
        : lines[line].takeAny(at: now, left: &figures[ListColumn.left], &streams.choices)
      if !time.isNaN {
        lastPriority = line
        return time
      }
    }
    return .nan
  }

  @inline(__always)
  private mutating func see(_ time: Double, at now: Double) {
    let wait = now - time
    figures[ListColumn.seen] += 1
    figures[ListColumn.seenWaited] += wait
    for length in 0..<lengthCount where wait <= plan.lengths[length] {
      figures[ListColumn.seen(within: length)] += 1
    }
    if keepsWaits {
      waits.append(SimulatedWait(referred: time, seen: now, priority: lastPriority, completed: nil))
    }
  }

  // MARK: The end of a week

  private mutating func closeWeek(_ week: Int) {
    let now = Double(week) + 1
    var sum = 0.0
    var count = 0
    for line in 0..<lineCount {
      sum += lines[line].close(at: now, left: &figures[ListColumn.left])
      count += lines[line].count
    }
    figures[ListColumn.waiting] = Double(count)
    figures[ListColumn.waited] = Double(count) * now - sum
    guard count > 0 else { return }
    if lineCount > 1 { mergeLines() }
    let times = lineCount > 1 ? merged.referred : lines[0].referred
    figures[ListColumn.median] = now - Self.quantile(times, count, 0.5)
    figures[ListColumn.percentile92] = now - Self.quantile(times, count, 0.08)
    for length in 0..<lengthCount {
      let earliest = now - plan.lengths[length]
      // The first in line referred no earlier: those before it have waited too long.
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if times[middle] < earliest { low = middle + 1 } else { high = middle }
      }
      figures[ListColumn.waiting(within: length)] = Double(count - low)
    }
  }

  /// The quantile of type 7 of values in ascending order.
  @inline(__always)
  private static func quantile(_ values: UnsafeMutablePointer<Double>, _ count: Int, _ p: Double) -> Double {
    let place = p * Double(count - 1)
    let below = Int(place)
    let above = min(below + 1, count - 1)
    return values[below] + (values[above] - values[below]) * (place - Double(below))
  }

  /// All priorities in the order of referral.
  private mutating func mergeLines() {
    merged.removeAll()
    withUnsafeTemporaryAllocation(of: Int.self, capacity: lineCount) { places in
      places.initialize(repeating: 0)
      while true {
        var (first, earliest) = (-1, Double.infinity)
        for line in 0..<lineCount where places[line] < lines[line].count {
          let time = lines[line].referred[places[line]]
          if time < earliest { (first, earliest) = (line, time) }
        }
        guard first >= 0 else { return }
        places[first] += 1
        merged.append(referred: earliest, leaves: .infinity)
      }
    }
  }
}
