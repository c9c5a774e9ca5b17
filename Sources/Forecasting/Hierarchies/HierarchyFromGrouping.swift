import TimeSeries

extension Hierarchy {
  /// A bottom series with its value in each column that series are grouped by.
  public struct Labelled: Hashable, Sendable {
    /// The name of the series.
    public let name: String
    /// Its values, in the order of the columns.
    public let values: [String]

    /// A series with its values.
    public init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// The greatest number of columns: each more doubles the ways in which they cross.
  static let mostColumns = 8

  /// Groups and crosses bottom series by columns: the total, every value of every column, and every
  /// combination of values of several columns.
  ///
  /// Columns may be crossed (sex and age) or nested (region and borough): a combination that holds the same
  /// series as one before it, or one series alone, is no further aggregate and is left out. An aggregate is
  /// called after its values, separated by a comma: `Girls`, `0 to 4`, `Girls, 0 to 4`.
  ///
  /// - Parameters:
  ///   - members: the bottom series, two at least, each with a value for every column.
  ///   - columns: the names of the columns, for errors; one to eight.
  ///   - total: the name of the sum of everything.
  /// - Throws: ``ForecastingError/hierarchy(problem:)`` where a series is listed twice or lacks a value, or
  ///   two aggregates would have one name.
  public init(
    grouping members: [Labelled], by columns: [String], total: String = "total"
  ) throws(ForecastingError) {
    guard (1...Self.mostColumns).contains(columns.count) else {
      throw .hierarchy(
        problem: "series are grouped by 1 to \(Self.mostColumns) columns and \(columns.count) are named")
    }
    guard members.count >= 2 else {
      throw .hierarchy(problem: "two or more series are needed to add up, and there is \(members.count)")
    }
    var taken: Set<String> = []
    for member in members {
      guard taken.insert(member.name).inserted else {
        throw .hierarchy(problem: "\"\(member.name)\" is listed twice")
      }
      guard member.values.count == columns.count, !member.values.contains("") else {
        throw .hierarchy(
          problem:
            "\"\(member.name)\" needs a value for each of the columns \(columns.joined(separator: ", "))")
      }
    }
    var names: [String] = []
    var lists: [[Int]] = []
    var known: Set<[Int]> = []
    func add(_ name: String, _ list: [Int]) throws(ForecastingError) {
      guard list.count > 1, known.insert(list).inserted else { return }
      guard taken.insert(name).inserted else {
        throw .hierarchy(
          problem:
            "two series would be called \"\(name)\"; give the columns \(columns.joined(separator: ", ")), "
            + "the bottom series and the total names and values that differ")
      }
      names.append(name)
      lists.append(list)
    }
    try add(total, Array(members.indices))
    for subset in Self.subsets(of: columns.count) {
      var order: [[String]] = []
      var groups: [[String]: [Int]] = [:]
      for (position, member) in members.enumerated() {
        let key = subset.map { member.values[$0] }
        if groups[key] == nil { order.append(key) }
        groups[key, default: []].append(position)
      }
      for key in order { try add(key.joined(separator: ", "), groups[key] ?? []) }
    }
    self.init(aggregates: names, bottom: members.map(\.name), members: lists, children: nil)
  }

  /// Groups and crosses series by their attributes; the column `area` is the area of the series.
  ///
  /// A series is called as in ``Sample/name``: by its identifier and, where it has one, its area.
  ///
  /// - Throws: ``ForecastingError/hierarchy(problem:)`` as for labelled series.
  public init(
    grouping series: [Series], by columns: [String], total: String = "total"
  ) throws(ForecastingError) {
    let members = series.map { one in
      Labelled(
        Self.name(of: one),
        columns.map { column in
          column == "area" ? one.area ?? one.attribute(column) ?? "" : one.attribute(column) ?? ""
        })
    }
    try self.init(grouping: members, by: columns, total: total)
  }

  /// The name by which a series is known here and in errors.
  public static func name(of series: Series) -> String {
    series.area.map { "\(series.id), \($0)" } ?? series.id
  }

  /// The subsets of the first numbers, without the empty one, the smallest first and each in order.
  private static func subsets(of count: Int) -> [[Int]] {
    let all = (1..<(1 << count)).map { bits in (0..<count).filter { bits & (1 << $0) != 0 } }
    return all.sorted { ($0.count, $0.first ?? 0) < ($1.count, $1.first ?? 0) }
  }
}
