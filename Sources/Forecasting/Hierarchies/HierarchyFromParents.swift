extension Hierarchy {
  /// A series and the aggregate that it is directly part of.
  public struct Member: Hashable, Sendable {
    /// The name of the series.
    public let name: String
    /// The name of the aggregate one level up; nil at the top.
    public let parent: String?

    /// A series in its aggregate.
    public init(_ name: String, of parent: String? = nil) {
      self.name = name
      self.parent = parent
    }
  }

  /// A tree from the parent of each series: a series that is nobody's parent is a bottom series.
  ///
  /// There may be several trees side by side. Every series, aggregates included, is listed once.
  ///
  /// - Throws: ``ForecastingError/hierarchy(problem:)`` where a series is listed twice, a parent is not
  ///   listed, series are part of one another, an aggregate has one part only, or nothing adds up to
  ///   anything.
  public init(parents members: [Member]) throws(ForecastingError) {
    var positions: [String: Int] = [:]
    for (position, member) in members.enumerated() {
      guard positions.updateValue(position, forKey: member.name) == nil else {
        throw .hierarchy(problem: "\"\(member.name)\" is listed twice; each series has one parent")
      }
    }
    var parts = members.map { _ in [Int]() }
    var roots: [Int] = []
    for (position, member) in members.enumerated() {
      guard let parent = member.parent else {
        roots.append(position)
        continue
      }
      guard let above = positions[parent] else {
        throw .hierarchy(
          problem:
            "\"\(parent)\", the parent of \"\(member.name)\", is not listed; "
            + "list it, with its own parent or none"
        )
      }
      parts[above].append(position)
    }
    for (position, list) in parts.enumerated() where list.count == 1 {
      throw .hierarchy(
        problem:
          "\"\(members[position].name)\" has one part, \"\(members[list[0]].name)\", and so is that part; "
          + "leave one of them out or list the other parts")
    }
    // Level by level from the top, so that an aggregate stands before its parts.
    var order = roots
    var next = 0
    while next < order.count {
      order.append(contentsOf: parts[order[next]])
      next += 1
    }
    guard order.count == members.count else {
      let reached = Set(order)
      let circle = members.indices.filter { !reached.contains($0) }.map { "\"\(members[$0].name)\"" }
      throw .hierarchy(
        problem:
          "\(circle.joined(separator: ", ")) are below one another in a circle; one of them needs no parent")
    }
    let aggregates = order.filter { !parts[$0].isEmpty }
    guard !aggregates.isEmpty else {
      throw .hierarchy(problem: "no series is the parent of another, so nothing adds up")
    }
    let bottom = members.indices.filter { parts[$0].isEmpty }
    var nodePositions = [Int](repeating: 0, count: members.count)
    for (place, position) in (aggregates + bottom).enumerated() { nodePositions[position] = place }
    // From the narrowest up: what an aggregate sums is what its parts sum.
    var sums = [[Int]](repeating: [], count: members.count)
    for (place, position) in bottom.enumerated() { sums[position] = [place] }
    for aggregate in aggregates.reversed() {
      sums[aggregate] = parts[aggregate].flatMap { sums[$0] }.sorted()
    }
    self.init(
      aggregates: aggregates.map { members[$0].name }, bottom: bottom.map { members[$0].name },
      members: aggregates.map { sums[$0] },
      children: aggregates.map { parts[$0].map { nodePositions[$0] } })
  }
}
