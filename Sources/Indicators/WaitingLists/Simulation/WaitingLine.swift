import Statistics

/// The children of one priority who wait in one simulated future, in order of referral.
///
/// When a child will give up is settled at referral, so that the same children give up at the same time
/// whatever the capacity; those who have are met where they stand and counted then. Room is taken from the
/// heap when a line outgrows all earlier ones and kept for later paths.
struct WaitingLine {
  private(set) var referred: UnsafeMutablePointer<Double>
  /// When each gives up; minus infinity for one who was seen out of turn.
  private var leaves: UnsafeMutablePointer<Double>
  private(set) var head = 0
  private(set) var tail = 0
  private var room: Int

  init(room: Int = 256) {
    self.room = room
    referred = .allocate(capacity: room)
    leaves = .allocate(capacity: room)
  }

  func deallocate() {
    referred.deallocate()
    leaves.deallocate()
  }

  /// The children in line, some of whom may have left since the week began.
  var count: Int { tail &- head }

  mutating func removeAll() {
    head = 0
    tail = 0
  }

  @inline(__always)
  mutating func append(referred time: Double, leaves end: Double) {
    if tail == room { grow() }
    referred[tail] = time
    leaves[tail] = end
    tail &+= 1
  }

  @inline(never)
  private mutating func grow() {
    let wider = UnsafeMutablePointer<Double>.allocate(capacity: room * 2)
    wider.update(from: referred, count: tail)
    referred.deallocate()
    referred = wider
    let later = UnsafeMutablePointer<Double>.allocate(capacity: room * 2)
    later.update(from: leaves, count: tail)
    leaves.deallocate()
    leaves = later
    room *= 2
  }

  /// Takes the child who has waited longest; counts those before who have left. NaN where nobody is there.
  @inline(__always)
  mutating func takeFirst(at now: Double, left: inout Double) -> Double {
    while head < tail {
      let end = leaves[head]
      head &+= 1
      if end > now { return referred[head &- 1] }
      if end > -.infinity { left += 1 }
    }
    return .nan
  }

  /// Takes any child, all alike; NaN where nobody is there.
  mutating func takeAny(at now: Double, left: inout Double, _ stream: inout RandomStream) -> Double {
    // Nearly all in line are there, so that a blind choice seldom fails; where it keeps failing, those who
    // are there are counted.
    for _ in 0..<24 {
      guard count > 0 else { return .nan }
      let place = head &+ Int(stream.uniform() * Double(count))
      if leaves[place] > now { return take(place) }
    }
    var present = 0
    for place in head..<tail where leaves[place] > now { present += 1 }
    if present > 0 {
      var wanted = Int(stream.uniform() * Double(present))
      for place in head..<tail where leaves[place] > now {
        if wanted == 0 { return take(place) }
        wanted -= 1
      }
    }
    for place in head..<tail where leaves[place] > -.infinity { left += 1 }
    head = tail
    return .nan
  }

  private mutating func take(_ place: Int) -> Double {
    leaves[place] = -.infinity
    return referred[place]
  }

  /// Closes up the line at the end of a week: forgets those seen, counts those who left.
  ///
  /// - Returns: the sum of the times at which those who still wait were referred.
  mutating func close(at now: Double, left: inout Double) -> Double {
    var sum = 0.0
    var kept = 0
    var gone = 0
    for place in head..<tail {
      let end = leaves[place]
      let time = referred[place]
      referred[kept] = time
      leaves[kept] = end
      let waits = end > now
      kept &+= waits ? 1 : 0
      sum += waits ? time : 0
      gone &+= !waits && end > -.infinity ? 1 : 0
    }
    left += Double(gone)
    head = 0
    tail = kept
    return sum
  }
}
