import Commissioning
import TimeSeries

/// Checks that whatever a service names is there: series among the evidence, assumptions among the assumptions.
struct ReferenceCheck {
  let area: String
  let evidence: Panel
  let assumptions: [Assumption]
  /// Assumptions that are there and could not be read; that has been said already.
  let unreadAssumptions: Set<String>
  /// Series likewise.
  let unreadSeries: SeriesReading.Unread

  /// Keys whose values, one text or a list of texts, name series of the plan's area.
  private static let seriesKeys: Set<String> = [
    "plans", "population", "grant", "schools-block", "deficit", "whole-grant", "special-places", "spend",
    "children", "own-places", "share", "weekly-cost", "rate", "target-weeks", "requests", "new-plans",
    "starts", "ceased",
  ]
  /// Keys whose values name one assumption; under "assumptions" every value does.
  private static let assumptionKeys: Set<String> = ["budget-uplift", "hold-spread"]
  /// Keys that stand below the services' own extensions, "general-fund" among them, and there name one assumption.
  private static let nestedAssumptionKeys: Set<String> = [
    "price-growth", "travel-share", "cost-per-day", "carrying-cost", "grant-share", "rate", "number",
    "weekly-contribution", "probability", "decisions", "first-year", "in-trend", "settled", "heard",
    "dearer-setting",
    "overdue", "capacity",
  ]

  /// Looks through a service and adds every name that is not there to the problems.
  func check(_ service: WorkspaceNode, problems: inout [Problem]) {
    guard case .mapping(let entries) = service.content else { return }
    for (key, value) in entries {
      switch key.name {
      case "assumptions":
        if case .mapping(let names) = value.content {
          for (_, name) in names {
            collect(&problems) { () throws(EvidenceError) in try checkAssumption(name) }
          }
        }
      case "capacity":
        for name in Self.assumptions(ofCapacity: value) {
          collect(&problems) { () throws(EvidenceError) in try checkAssumption(name) }
        }
      case "general-fund", "disputes", "annual-reviews", "continuing-care", "unaccompanied-children":
        checkNested(value, problems: &problems)
      case "list":
        collect(&problems) { () throws(EvidenceError) in
          try checkSeries(value, area: try service.value(of: "list-area")?.text() ?? area)
        }
      // Shares that are numbers, where other shares are series.
      case "funding": break
      case _ where Self.assumptionKeys.contains(key.name):
        collect(&problems) { () throws(EvidenceError) in try checkAssumption(value) }
      case _ where Self.seriesKeys.contains(key.name) && !value.isMapping:
        let items = if case .list(let items) = value.content { items } else { [value] }
        for item in items {
          collect(&problems) { () throws(EvidenceError) in try checkSeries(item, area: area) }
        }
      default:
        check(value, problems: &problems)
      }
    }
  }

  /// Looks through a part of a service in which names are those of assumptions.
  private func checkNested(_ node: WorkspaceNode, problems: inout [Problem]) {
    guard case .mapping(let entries) = node.content else { return }
    for (key, value) in entries {
      if key.name == "series" {
        collect(&problems) { () throws(EvidenceError) in try checkSeries(value, area: area) }
      } else if Self.nestedAssumptionKeys.contains(key.name), !value.isMapping {
        collect(&problems) { () throws(EvidenceError) in try checkAssumption(value) }
      } else {
        checkNested(value, problems: &problems)
      }
    }
  }

  /// The values in the places of settings that name assumptions: shares and what leaves.
  private static func assumptions(ofCapacity node: WorkspaceNode) -> [WorkspaceNode] {
    guard case .mapping(let settings) = node.content else { return [] }
    return settings.flatMap { _, setting -> [WorkspaceNode] in
      var names = [setting.value(of: "usable"), setting.value(of: "leaving")].compactMap { $0 }
      if case .mapping(let routes)? = setting.value(of: "overflow")?.content {
        for (_, route) in routes {
          names +=
            route.isMapping
            ? [route.value(of: "share"), route.value(of: "brought-back")].compactMap { $0 } : [route]
        }
      }
      return names
    }
  }

  /// Looks through the rules for assumptions that are not there.
  func check(policies: WorkspaceNode, problems: inout [Problem]) {
    guard case .list(let rules)? = policies.value(of: "stability-grant")?.content else { return }
    for rule in rules {
      for key in ["eligible-share", "plan-approved"] {
        guard let name = rule.value(of: "grant")?.value(of: key) else { continue }
        collect(&problems) { () throws(EvidenceError) in try checkAssumption(name) }
      }
    }
  }

  /// Looks for the assumption that one value names.
  func check(assumption name: WorkspaceNode, problems: inout [Problem]) {
    collect(&problems) { () throws(EvidenceError) in try checkAssumption(name) }
  }

  private func collect(_ problems: inout [Problem], _ body: () throws(EvidenceError) -> Void) {
    do {
      try body()
    } catch {
      problems += error.problems
    }
  }

  private func checkSeries(_ node: WorkspaceNode, area: String) throws(EvidenceError) {
    let id = try node.text()
    guard evidence[id, area: area] == nil, !unreadSeries.names.contains(id) else { return }
    let known = Set(evidence.filter { $0.area == area }.map(\.id))
    guard !known.isEmpty || unreadSeries.hasFile else {
      throw node.problem("\(node.name): no series file has any series for \(area)")
    }
    let nearest = NearestName.nearest(to: id, among: known.sorted())
    // A name may stand in a file that could not be read, unless it is a slip away from one that is known.
    if unreadSeries.hasFile, nearest.map({ NearestName.distance(id, $0) > 2 }) ?? true { return }
    throw node.problem(
      "\(node.name): there is no series \"\(id)\" for \(area)"
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; add it to one of the series files"))
  }

  private func checkAssumption(_ node: WorkspaceNode) throws(EvidenceError) {
    let id = try node.text()
    guard !assumptions.contains(where: { $0.id == id }), !unreadAssumptions.contains(id) else { return }
    let nearest = NearestName.nearest(to: id, among: assumptions.map(\.id).sorted())
    throw node.problem(
      "\(node.name): there is no assumption \"\(id)\""
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; add it under assumptions, with a reason"))
  }
}
