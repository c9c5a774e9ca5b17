import Statistics

/// Where each simulated figure of each path lies: figure by figure, so that the draws of one lie together.
struct PlacementLayout: Sendable {
  /// Yearly counts by category.
  enum Flow: Int, CaseIterable, Sendable {
    case starts, ceased, agedOut, movesIn, movesOut, unexplained
  }

  let categories: Int
  let states: Int
  let spans: Int
  let years: Int
  let censuses: Int
  let paths: Int

  init(scheme: PlacementScheme, timetable: CareTimetable, paths: Int) {
    categories = scheme.categories.count
    states = scheme.stateCount
    spans = timetable.spans.count
    years = timetable.years.count
    censuses = timetable.censuses.count
    self.paths = paths
  }

  /// The number of figures of a path.
  var figures: Int {
    censuses * states + spans * categories + years * categories * Flow.allCases.count + years
  }

  func stock(census: Int, state: Int) -> Int { census * states + state }
  func childDays(span: Int, category: Int) -> Int { censuses * states + span * categories + category }
  func flow(_ flow: Flow, year: Int, category: Int) -> Int {
    censuses * states + spans * categories + (flow.rawValue * years + year) * categories + category
  }
  /// Children whom a lever or an unexplained loss asked for and who were not there.
  func missed(year: Int) -> Int {
    censuses * states + spans * categories + years * categories * Flow.allCases.count + year
  }
}

/// The random streams of a simulation, one for each source of chance.
struct CareStreams: Sendable {
  let rates: RandomStream
  let years: RandomStream
  /// The children there at the start.
  let children: RandomStream
  /// When children come into each state.
  let arrivals: [RandomStream]
  /// What becomes of them.
  let entrants: [RandomStream]
  /// The choice of children by levers, and what becomes of those they bring.
  let routes: [RandomStream]
  let routeEntrants: [RandomStream]
  let unexplained: RandomStream
  let unexplainedEntrants: RandomStream

  init(seed: UInt64, states: Int, levers: Int) {
    func stream(_ name: String) -> RandomStream { RandomStream(seed: seed, name: "looked-after/\(name)") }
    rates = stream("rates")
    years = stream("years")
    children = stream("children")
    arrivals = (0..<states).map { stream("arrivals/\($0)") }
    entrants = (0..<states).map { stream("entrants/\($0)") }
    routes = (0..<levers).map { stream("routes/\($0)") }
    routeEntrants = (0..<levers).map { stream("route-entrants/\($0)") }
    unexplained = stream("unexplained")
    unexplainedEntrants = stream("unexplained-entrants")
  }

  /// The number of a child's own path in a stream: futures and children are each below 2²⁴.
  @inline(__always)
  static func path(_ path: Int, _ child: Int) -> UInt64 { UInt64(path) << 24 | UInt64(child) }
}
