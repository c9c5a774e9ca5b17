import Commissioning
import TimeSeries

/// Checks that whatever a service names is there: series among the evidence, assumptions among the assumptions.
struct ReferenceCheck {
  let area: String
  let evidence: Panel
  let assumptions: [Assumption]

  /// Keys whose values, one text or a list of texts, name series of the plan's area.
  private static let seriesKeys: Set<String> = [
    "plans", "population", "grant", "schools-block", "deficit", "whole-grant", "special-places", "spend",
    "children", "own-places", "share", "weekly-cost", "rate", "target-weeks",
  ]
  /// Keys whose values are mappings of assumption names, or name one assumption.
  private static let assumptionKeys: Set<String> = ["budget-uplift", "hold-spread"]

  /// Looks through a service.
  func check(_ service: WorkspaceNode) throws(EvidenceError) {
    guard service.isMapping else { return }
    for (key, value) in try service.entries() {
      switch key.name {
      case "assumptions":
        for (_, name) in try value.entries() { try checkAssumption(name) }
      case "list":
        try checkSeries(value, area: try service.value(of: "list-area")?.text() ?? area)
      case _ where Self.assumptionKeys.contains(key.name):
        try checkAssumption(value)
      case _ where Self.seriesKeys.contains(key.name) && !value.isMapping:
        if !value.isList {
          try checkSeries(value, area: area)
        } else {
          for item in try value.items() { try checkSeries(item, area: area) }
        }
      default:
        if value.isMapping { try check(value) }
      }
    }
  }

  private func checkSeries(_ node: WorkspaceNode, area: String) throws(EvidenceError) {
    let id = try node.text()
    guard evidence[id, area: area] == nil else { return }
    let known = Set(evidence.filter { $0.area == area }.map(\.id))
    guard !known.isEmpty else {
      throw node.problem("\(node.name): no series file has any series for \(area)")
    }
    let nearest = NearestName.nearest(to: id, among: known.sorted())
    throw node.problem(
      "\(node.name): there is no series \"\(id)\" for \(area)"
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; add it to one of the series files"))
  }

  private func checkAssumption(_ node: WorkspaceNode) throws(EvidenceError) {
    let id = try node.text()
    guard !assumptions.contains(where: { $0.id == id }) else { return }
    let nearest = NearestName.nearest(to: id, among: assumptions.map(\.id).sorted())
    throw node.problem(
      "\(node.name): there is no assumption \"\(id)\""
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; add it under assumptions, with a reason"))
  }
}
