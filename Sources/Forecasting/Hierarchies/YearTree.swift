/// One year split into half-years, quarters and months, as a hierarchy.
struct YearTree: Sendable {
  /// The widths, years first.
  let spans: [TemporalHierarchy.Span]
  /// For each node of the hierarchy the position of its width in `spans`, and which of the year's periods it
  /// is, from 0.
  let nodes: [(level: Int, block: Int)]
  /// The sums.
  let hierarchy: Hierarchy

  init(_ spans: [TemporalHierarchy.Span]) {
    self.spans = spans
    let months = spans.last?.perYear ?? 1
    nodes = spans.enumerated().flatMap { level, span in (0..<span.perYear).map { (level, $0) } }
    let aggregates = nodes.filter { $0.level < spans.count - 1 }
    func name(_ node: (level: Int, block: Int)) -> String { "\(spans[node.level]) \(node.block + 1)" }
    hierarchy = Hierarchy(
      aggregates: aggregates.map(name), bottom: nodes.dropFirst(aggregates.count).map(name),
      members: aggregates.map { node in
        let width = months / spans[node.level].perYear
        return Array((node.block * width)..<((node.block + 1) * width))
      }, children: nil)
  }
}
