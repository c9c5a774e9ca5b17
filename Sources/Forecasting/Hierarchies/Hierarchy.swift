/// Series that add up: the bottom series, which are not split further, and aggregates, each the sum of some
/// of them.
///
/// Wards add up to boroughs and boroughs to a region; settings add up to a total; sexes and ages, crossed,
/// add up to each sex, each age and all. The first two are trees (``init(parents:)``), the third is grouped
/// (`init(grouping:by:total:)`). Written with the summing matrix S of the literature, all series are S
/// times the bottom ones; here S is held as a list of members for each aggregate.
public struct Hierarchy: Hashable, Sendable {
  /// The aggregates, the widest first.
  public let aggregates: [String]
  /// The bottom series, in the order in which they were given.
  public let bottom: [String]
  /// For each aggregate the positions in ``bottom`` of what it sums, one list after another.
  private let memberPositions: [Int]
  /// Where the list of each aggregate begins; one more than there are aggregates.
  private let memberStarts: [Int]
  /// For each aggregate its parts one level down, as positions in ``nodes``; nil where series are grouped,
  /// because there an aggregate splits in more ways than one.
  let children: [[Int]]?
  private let positions: [String: Int]

  /// All series: the aggregates, then the bottom series.
  public var nodes: [String] { aggregates + bottom }

  /// The number of series.
  public var count: Int { aggregates.count + bottom.count }

  /// A hierarchy of which the parts are known to fit.
  init(aggregates: [String], bottom: [String], members: [[Int]], children: [[Int]]?) {
    self.aggregates = aggregates
    self.bottom = bottom
    self.children = children
    memberPositions = members.flatMap(\.self)
    var starts = [0]
    for list in members { starts.append(starts[starts.count - 1] + list.count) }
    memberStarts = starts
    var positions: [String: Int] = [:]
    for (position, name) in (aggregates + bottom).enumerated() { positions[name] = position }
    self.positions = positions
  }

  /// The names of the bottom series that a series sums: for a bottom series, itself. Nil where there is no
  /// such series.
  public func members(of node: String) -> [String]? {
    guard let position = positions[node] else { return nil }
    return position < aggregates.count
      ? members(ofAggregate: position).map { bottom[$0] } : [node]
  }

  /// The position of a series in ``nodes``; nil where there is none of that name.
  public func position(of node: String) -> Int? { positions[node] }

  /// The values of all series, in the order of ``nodes``, from those of the bottom series: S times the
  /// vector.
  ///
  /// - Throws: ``ForecastingError/hierarchy(problem:)`` unless there is one value for each bottom series.
  public func aggregated(_ values: [Double]) throws(ForecastingError) -> [Double] {
    guard values.count == bottom.count else {
      throw .hierarchy(
        problem: "there are \(bottom.count) bottom series and \(values.count) values for them")
    }
    return aggregates.indices.map { sum(values, overAggregate: $0) } + values
  }

  /// The positions in ``bottom`` of what an aggregate sums, in increasing order.
  func members(ofAggregate aggregate: Int) -> ArraySlice<Int> {
    memberPositions[memberStarts[aggregate]..<memberStarts[aggregate + 1]]
  }

  /// The number of bottom series in each series, in the order of ``nodes``.
  var sizes: [Int] {
    aggregates.indices.map { members(ofAggregate: $0).count } + bottom.map { _ in 1 }
  }

  /// The positions of the aggregates that each bottom series is part of, by bottom series.
  var owners: [[Int]] {
    var owners = bottom.map { _ in [Int]() }
    for aggregate in aggregates.indices {
      for member in members(ofAggregate: aggregate) { owners[member].append(aggregate) }
    }
    return owners
  }

  /// The first aggregate that sums every bottom series; nil where there is none.
  var total: Int? {
    aggregates.indices.first { members(ofAggregate: $0).count == bottom.count }
  }

  /// The sum of some bottom values, always in the same order.
  func sum(_ values: [Double], overAggregate aggregate: Int) -> Double {
    members(ofAggregate: aggregate).reduce(0) { $0 + values[$1] }
  }
}
