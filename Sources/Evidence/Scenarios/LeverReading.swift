import Commissioning
import TimeSeries

/// Turns the changes of flows that scenarios and the command line state into the levers of a plan.
struct LeverReading {
  let services: [any ServiceDefinition]
  /// Services that could not be read, about which nothing more is to be complained.
  let unread: Set<String>
  let years: ClosedRange<FinancialYear>

  /// The levers, in the order in which they were stated; what is wrong with any of them is added to the problems.
  func levers(_ stated: [PlanTree.StatedLever], problems: inout [Problem]) -> [Lever] {
    var read: [(lever: Lever, stated: PlanTree.StatedLever)] = []
    for one in stated where !unread.contains(one.service) {
      do throws(EvidenceError) {
        let lever = try lever(one)
        if lever.operation == .set { try giveWay(to: lever, one, among: &read) }
        read.append((lever, one))
      } catch {
        problems += error.problems
      }
    }
    return read.map(\.lever)
  }

  private func lever(_ stated: PlanTree.StatedLever) throws(EvidenceError) -> Lever {
    let change = stated.change
    let flows = services.first { $0.id == stated.service }?.flows ?? []
    guard !flows.isEmpty else {
      throw change.problem(
        "\(stated.service) has no flows that can be changed; change what it assumes, under "
          + "services.\(stated.service) and assumptions")
    }
    guard flows.contains(where: { $0.id == stated.flow }) else {
      let nearest = NearestName.nearest(to: stated.flow, among: flows.map(\.id))
      throw change.problem(
        "\(stated.service) has no flow \"\(stated.flow)\"; "
          + (nearest.map { "did you mean \"\($0)\"? Its flows are " } ?? "its flows are ")
          + flows.map { "\($0.id) (\($0.meaning))" }.joined(separator: ", "))
    }
    let from = try change.from?.year("from", isLast: false, within: years)
    let until = try change.until?.year("until", isLast: true, within: years)
    if let from, let until, until < from {
      throw (change.until ?? change.place).problem(
        "\(change.path): the change ends in \(until), before it begins in \(from); exchange them")
    }
    let value = try change.value.amount()
    do {
      return try Lever(
        flow: Flow(service: stated.service, name: stated.flow), operation: change.operation, value: value,
        from: from, until: until)
    } catch {
      throw change.value.problem("\(error)")
    }
  }

  /// What an inheriting scenario or the command line sets takes the place of what was set before for the same years;
  /// two that say different things about one year in one place are a mistake.
  private func giveWay(
    to lever: Lever, _ stated: PlanTree.StatedLever,
    among read: inout [(lever: Lever, stated: PlanTree.StatedLever)]
  ) throws(EvidenceError) {
    let new = span(of: lever)
    for (index, one) in read.enumerated().reversed()
    where one.lever.operation == .set && one.lever.flow == lever.flow {
      let old = span(of: one.lever)
      guard old.overlaps(new) else { continue }
      guard one.stated.level < stated.level, new.lowerBound <= old.lowerBound,
        old.upperBound <= new.upperBound
      else {
        throw stated.change.problem(
          "it is set for \(max(old.lowerBound, new.lowerBound)) already, at \(one.stated.change.place.position); end one "
            + "of the two before the other begins"
            + (one.stated.level < stated.level
              ? ", or set all of \(old.lowerBound) to \(old.upperBound) here" : ""))
      }
      read.remove(at: index)
    }
  }

  private func span(of lever: Lever) -> ClosedRange<FinancialYear> {
    let first = lever.from ?? years.lowerBound
    return first...max(first, lever.until ?? years.upperBound)
  }
}

extension WorkspaceNode {
  /// One number, or a range that is drawn once for each simulated future.
  fileprivate func amount() throws(EvidenceError) -> Assumption.Value {
    guard isMapping else {
      return .fixed(
        try number("a number, such as 60 or -10%, or a range {low: -15%, most-likely: -10%, high: 0%}"))
    }
    let range = try fields(required: ["low", "most-likely", "high"])
    return .range(
      low: try range["low"].number(), mostLikely: try range["most-likely"].number(),
      high: try range["high"].number())
  }

  /// A financial year of the plan, or the day on which one begins or ends.
  fileprivate func year(
    _ key: String, isLast: Bool, within years: ClosedRange<FinancialYear>
  ) throws(EvidenceError) -> FinancialYear {
    let text = try text()
    let year: FinancialYear
    if let named = FinancialYear(text) {
      year = named
    } else if let day = CivilDate(text) {
      let (calendar, month, _) = day.components
      year = FinancialYear(month >= 4 ? calendar : calendar - 1)
      let limit = isLast ? year.lastDay : year.firstDay
      guard day == limit else {
        throw problem(
          "\"\(key)\" is \(text), within a financial year, and a change acts in whole ones; write \(year), or "
            + "\(limit)")
      }
    } else {
      throw problem("\"\(text)\" in \"\(key)\" is neither a financial year, 2025/26, nor a day, 2025-04-01")
    }
    guard years.contains(year) else {
      throw problem(
        "\"\(key)\" is \(text), and the plan's years are \(years.lowerBound) to \(years.upperBound); name one of "
          + "these, or leave it out")
    }
    return year
  }
}
