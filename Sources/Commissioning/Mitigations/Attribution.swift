/// How a joint effect is shared out among measures that act on each other.
public enum AttributionRule: String, Hashable, Sendable, CaseIterable {
  /// Each measure is given what it adds to those before it in the register; the first is favoured.
  case inOrder
  /// The mean of what it adds in the order of the register and in the order turned round.
  ///
  /// As fair as ``everyOrder`` wherever measures act on each other in pairs, at a hundredth of the work.
  case bothOrders
  /// The mean of what it adds over every order (L. S. Shapley, "A value for n-person games", 1953); a run for every
  /// set of measures, so for twelve at most.
  case everyOrder
}

/// A joint effect of measures in parts that sum to it.
public struct Attribution: Sendable {
  /// One measure's part. Each list has one element for each figure that was asked about, such as the years of a plan.
  public struct Part: Sendable {
    /// The measure.
    public let id: String
    /// Its part of the joint effect; the parts of all measures sum to it.
    public let part: [Draws]
    /// What it does alone.
    public let firstIn: [Draws]
    /// What is lost when it alone is left out.
    public let lastIn: [Draws]
  }

  /// The parts, in the order of the measures.
  public let parts: [Part]
  /// What all the measures do together.
  public let joint: [Draws]

  /// The most measures that ``AttributionRule/everyOrder`` takes, 4,096 runs.
  public static let mostInEveryOrder = 12

  /// Shares out an effect.
  ///
  /// - Parameters:
  ///   - ids: the measures, each once.
  ///   - rule: how interaction is shared.
  ///   - figures: the figures when some of the measures count and the others do not, such as spending by year; called
  ///     once for each set of measures, always in the same order.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when an id stands there twice, there are too many for the
  ///   rule, or the number of figures is not always the same; whatever `figures` throws.
  public init(
    of ids: [String], rule: AttributionRule,
    figures: (Set<String>) throws(CommissioningError) -> [Draws]
  ) throws(CommissioningError) {
    guard Set(ids).count == ids.count else {
      throw MitigationRegister.refusal("a measure is to be given its part twice; name each once")
    }
    if rule == .everyOrder, ids.count > Self.mostInEveryOrder {
      throw MitigationRegister.refusal(
        "\(ids.count) measures have too many orders to try each; take both-orders, or at most "
          + "\(Self.mostInEveryOrder) measures")
    }
    var plan = Plan(ids)
    switch rule {
    case .inOrder: plan.add(order: Array(ids.indices), weight: 1)
    case .bothOrders:
      plan.add(order: Array(ids.indices), weight: 0.5)
      plan.add(order: ids.indices.reversed(), weight: 0.5)
    case .everyOrder: plan.addEverySet()
    }
    // Sums are taken as the runs come in, so that no more than one run is held at a time.
    var sums = Array(repeating: Sums(), count: ids.count)
    var joint: [Draws] = []
    var count: Int?
    // Any uncertain figure of an earlier run, which all later ones must match.
    var sampled = Draws(0)
    for run in plan.runs {
      let values = try figures(run.ids)
      if let fault = Draws.futuresFault(values + [sampled]) { throw MitigationRegister.refusal(fault) }
      sampled = values.first { $0.futures != nil } ?? sampled
      if let count, count != values.count {
        throw MitigationRegister.refusal(
          "a run has \(values.count) figures where another has \(count), and each must have the same")
      }
      count = values.count
      joint.add(values, times: run.joint)
      for index in ids.indices {
        sums[index].part.add(values, times: run.part[index])
        sums[index].firstIn.add(values, times: run.firstIn[index])
        sums[index].lastIn.add(values, times: run.lastIn[index])
      }
    }
    self.joint = joint
    parts = zip(ids, sums).map {
      Part(id: $0, part: $1.part, firstIn: $1.firstIn, lastIn: $1.lastIn)
    }
  }

  private struct Sums {
    var part: [Draws] = []
    var firstIn: [Draws] = []
    var lastIn: [Draws] = []
  }

  /// The sets of measures that must be run, and how much each counts towards each result.
  private struct Plan {
    struct Run {
      let ids: Set<String>
      var joint = 0.0
      var part: [Double]
      var firstIn: [Double]
      var lastIn: [Double]
    }

    private let ids: [String]
    private(set) var runs: [Run] = []
    private var places: [Set<Int>: Int] = [:]

    init(_ ids: [String]) {
      self.ids = ids
      let all = Set(ids.indices)
      runs[place(of: [])].joint -= 1
      runs[place(of: all)].joint += 1
      for index in ids.indices {
        runs[place(of: [])].firstIn[index] -= 1
        runs[place(of: [index])].firstIn[index] += 1
        runs[place(of: all.subtracting([index]))].lastIn[index] -= 1
        runs[place(of: all)].lastIn[index] += 1
      }
    }

    private mutating func place(of set: Set<Int>) -> Int {
      if let place = places[set] { return place }
      let none = [Double](repeating: 0, count: ids.count)
      runs.append(
        Run(
          ids: Set(ids.indices.filter(set.contains).map { ids[$0] }), part: none, firstIn: none, lastIn: none)
      )
      places[set] = runs.count - 1
      return runs.count - 1
    }

    mutating func add(order: [Int], weight: Double) {
      var present: Set<Int> = []
      for index in order {
        runs[place(of: present)].part[index] -= weight
        present.insert(index)
        runs[place(of: present)].part[index] += weight
      }
    }

    /// Shapley's weights: a set of k of n stands before measure i in k! (n - 1 - k)! of the n! orders.
    mutating func addEverySet() {
      guard !ids.isEmpty else { return }
      var weights = [1 / Double(ids.count)]
      for size in 1..<max(ids.count, 1) {
        weights.append(weights[size - 1] * Double(size) / Double(ids.count - size))
      }
      for mask in 0..<(1 << ids.count) {
        let set = Set(ids.indices.filter { mask >> $0 & 1 == 1 })
        let place = place(of: set)
        for index in ids.indices {
          if set.contains(index) {
            runs[place].part[index] += weights[set.count - 1]
          } else {
            runs[place].part[index] -= weights[set.count]
          }
        }
      }
    }
  }
}

extension [Draws] {
  /// Adds a multiple of other figures, one by one.
  fileprivate mutating func add(_ values: [Draws], times weight: Double) {
    if isEmpty { self = values.map { _ in Draws(0) } }
    guard weight != 0 else { return }
    for index in indices where values.indices.contains(index) {
      self[index] = self[index] + values[index] * weight
    }
  }
}
