import Statistics

// Numbers of children that go a way whatever the rates: levers that say how many, and what past years left unexplained.
extension CarePathSimulator {
  /// Sends a number of children a lever's way as an epoch begins.
  mutating func take(_ index: Int, _ number: Int, _ epoch: CareTimetable.Epoch) -> Bool {
    let lever = forecast.levers[index]
    if lever.kind == .entry {
      guard let state = lever.states.first else { return true }
      for _ in 0..<number {
        guard routed[index] < Self.mostChildren, children.count < Self.mostChildren else { return false }
        var stream = streams.routeEntrants[index].path(CareStreams.path(path, routed[index]))
        routed[index] += 1
        figures[layout.flow(.starts, year: epoch.year, category: state % categories)] += 1
        children.append(entrant(state / categories, state % categories, at: Double(epoch.start), &stream))
      }
      return true
    }
    var stream = routeStreams[index]
    pick(
      number, epoch, from: lever.states, &stream, to: lever.kind == .move ? lever.destination : nil,
      as: .ceased)
    routeStreams[index] = stream
    return true
  }

  /// Takes children at random from some states, each as likely as the next, and moves them or ends their care; those who
  /// are lacking are counted.
  private mutating func pick(
    _ number: Int, _ epoch: CareTimetable.Epoch, from states: [Int], _ stream: inout RandomStream,
    to destination: Int?, as flow: PlacementLayout.Flow
  ) {
    var eligible = 0
    for child in children where states.contains(child.band * categories + child.category) { eligible += 1 }
    var wanted = min(number, eligible)
    figures[layout.missed(year: epoch.year)] += Double(number - wanted)
    // Selection sampling (Knuth, 1997, algorithm 3.4.2S), from the end, so that a child who leaves can be taken out.
    var index = children.count - 1
    while wanted > 0, index >= 0 {
      let state = children[index].band * categories + children[index].category
      if states.contains(state) {
        if stream.uniform() * Double(eligible) < Double(wanted) {
          wanted -= 1
          if let destination {
            var child = children[index]
            move(&child, to: destination, epoch)
            children[index] = child
          } else {
            let sign: Double = flow == .unexplained ? -1 : 1
            figures[layout.flow(flow, year: epoch.year, category: children[index].category)] += sign
            children.swapAt(index, children.count - 1)
            children.removeLast()
          }
        }
        eligible -= 1
      }
      index -= 1
    }
  }

  /// Adds or takes away, at the end of a year, what one of the past years left unexplained.
  mutating func explain(_ epoch: CareTimetable.Epoch, _ stream: inout RandomStream) -> Bool {
    let past = forecast.unexplained
    let chosen = past[min(Int(stream.uniform() * Double(past.count)), past.count - 1)]
    let states = Array(intensity.indices)
    if chosen < 0 {
      pick(Int(-chosen), epoch, from: states, &stream, to: nil, as: .unexplained)
      return true
    }
    let sum = intensity.reduce(0, +)
    for _ in 0..<Int(chosen) {
      guard children.count < Self.mostChildren else { return false }
      // They are placed as those who enter are.
      var point = stream.uniform() * sum
      var state = 0
      for candidate in intensity.indices where intensity[candidate] > 0 {
        state = candidate
        if point < intensity[candidate] { break }
        point -= intensity[candidate]
      }
      var own = streams.unexplainedEntrants.path(CareStreams.path(path, unexplainedArrivals))
      unexplainedArrivals += 1
      figures[layout.flow(.unexplained, year: epoch.year, category: state % categories)] += 1
      children.append(entrant(state / categories, state % categories, at: Double(epoch.end), &own))
    }
    return true
  }
}
