/// What scenario and measures do to the flows of one financial year.
struct CareFlowChange {
  /// Children who start to be looked after: a factor, and children added.
  var entries = FlowChange.none
  /// The hazard of leaving: children who cease for every child-year in care.
  var exits = FlowChange.none
  /// What the flows do not explain, in children.
  var unexplained = FlowChange.none

  /// Whether nothing changes.
  var isNone: Bool { entries.isNone && exits.isNone && unexplained.isNone }
}

extension CareFlows {
  /// The same futures with changed flows: what each future drew stays as it is, so that a difference from the baseline is
  /// the change's effect and no noise.
  ///
  /// Children leave at a hazard h over the mean of a year's two ends, so that those who come within a year are at risk
  /// for half of it: closing = (opening (1 − h/2) + starts + unexplained) / (1 + h/2). What is unexplained follows the
  /// stock as it has become. Years before the first change stay as they are to the bit.
  ///
  /// - Parameters:
  ///   - changes: changes by the calendar year in which a financial year begins.
  ///   - service: who asks, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where starts fall below zero on average, or the hazard
  ///   leaves 0 to 2. In single futures they are held there, and the notes say how often.
  func changed(by changes: [Int: CareFlowChange], service: String) throws(CommissioningError) -> CareFlows {
    guard let first = years.first, let begins = changes.keys.min() else { return self }
    let paths = first.closing.pathCount
    func numbers(_ draws: Draws, _ what: String) throws(CommissioningError) -> [Double] {
      try FlowTable.numbers(draws, paths: paths, service: service, what: what)
    }
    var table = CareFlowTable(
      opening: try numbers(first.opening, "the number of children"), years: years.count)
    var held = Held()
    var stock = table.opening
    for (step, year) in years.enumerated() {
      let change = changes[year.year.start] ?? CareFlowChange()
      var starts = try numbers(year.starts, "starts")
      var ceased = try numbers(year.ceased, "children who cease")
      var rest = try numbers(year.unexplained, "what is unexplained")
      let opening = try numbers(year.opening, "the number of children")
      let closing = try numbers(year.closing, "the number of children")
      if year.year.start >= begins {
        let entries = try Lever(change.entries, paths, service, "\"entries\" in \(year.year)")
        let exits = try Lever(change.exits, paths, service, "\"exits\" in \(year.year)")
        let other = try Lever(change.unexplained, paths, service, "\"unexplained\" in \(year.year)")
        var (came, hazards) = (0.0, 0.0)
        for path in 0..<paths {
          let time = (opening[path] + closing[path]) / 2
          let hazard = exits.applied(to: time > 0 ? ceased[path] / time : 0, path)
          let start = entries.applied(to: starts[path], path)
          came += start / Double(paths)
          hazards += hazard / Double(paths)
          if start < 0 { held.starts += 1 }
          if !exits.isNone, !(0...2).contains(hazard) { held.hazards += 1 }
          starts[path] = max(start, 0)
          // An unchanged hazard may be above 2 where hardly anyone is in care.
          let leaving = (exits.isNone ? hazard : min(max(hazard, 0), 2)) / 2
          let ratio = opening[path] > 0 ? stock[path] / opening[path] : 1
          rest[path] = other.applied(to: rest[path] * ratio, path)
          var end = (stock[path] * (1 - leaving) + starts[path] + rest[path]) / (1 + leaving)
          let isEmptied = end < 0
          if isEmptied { end = 0 }
          ceased[path] = leaving * (stock[path] + end)
          if isEmptied {
            held.stocks += 1
            rest[path] = -(stock[path] + starts[path] - ceased[path])
          }
        }
        try Self.require(came, within: 0 ... .infinity, "\"entries\" become", "children", year.year, service)
        if !exits.isNone {
          try Self.require(hazards, within: 0...2, "\"exits\" become", "a child-year", year.year, service)
        }
      }
      table.starts[step] = starts
      table.ceased[step] = ceased
      table.unexplained[step] = rest
      for path in 0..<paths {
        stock[path] = stock[path] + starts[path] - ceased[path] + rest[path]
      }
    }
    return table.flows(from: first.year, notes: notes + held.notes(of: paths * years.count))
  }

  private static func require(
    _ mean: Double, within bounds: ClosedRange<Double>, _ what: String, _ unit: String, _ year: FinancialYear,
    _ service: String
  ) throws(CommissioningError) {
    guard !(mean >= bounds.lowerBound - 1e-9 && mean <= bounds.upperBound + 1e-9) else { return }
    let wanted = bounds.upperBound == .infinity ? "0 or more are needed" : "from 0 to 2 are possible"
    throw .invalid(
      service: service,
      reason:
        "\(what) \(plainText((mean * 1000).rounded() / 1000)) \(unit) on average in \(year) once scenario and measures "
        + "have acted on it, and \(wanted); weaken what acts on it")
  }

  /// A change as plain numbers.
  private struct Lever {
    let isNone: Bool
    private let factor: [Double]
    private let addition: [Double]

    init(_ change: FlowChange, _ paths: Int, _ service: String, _ what: String) throws(CommissioningError) {
      isNone = change.isNone
      factor = try FlowTable.numbers(
        change.factor, paths: paths, service: service, what: "the factor of \(what)")
      addition = try FlowTable.numbers(
        change.addition, paths: paths, service: service, what: "the addition to \(what)")
    }

    @inline(__always)
    func applied(to value: Double, _ path: Int) -> Double {
      isNone ? value : value * factor[path] + addition[path]
    }
  }

  /// How often a change met the end of what a flow can be.
  private struct Held {
    var starts = 0
    var hazards = 0
    var stocks = 0

    func notes(of total: Int) -> [String] {
      [
        (starts, "changed starts would have been below zero and are none."),
        (hazards, "a changed hazard of leaving would have left 0 to 2 a child-year and is held at the end."),
        (
          stocks,
          "fewer than no children would have been left; there are none, and what is unexplained gives way."
        ),
      ].compactMap { count, text in
        count > 0 ? "In \(count) of \(total) simulated years \(text)" : nil
      }
    }
  }
}
