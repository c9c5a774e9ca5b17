import TimeSeries

/// The tables in a panel, and what adds up in them.
struct PanelTables {
  /// Where a figure stands: the same in every period.
  struct Place: Hashable {
    let area: String?
    /// The value of each breakdown, in the order in which they are named.
    let parts: [String]
  }

  /// The counts of one point of a series.
  struct Count {
    let series: Int
    let point: Int
    let place: Place
    let period: Period
    let name: String
    let counts: [Int]
    let denominators: [Int]?
    let isShare: Bool
    let hasRate: Bool
  }

  /// A point, and the cells of its counts.
  struct Figure {
    let series: Int
    let point: Int
    let count: Int
    let denominator: Int?
  }

  /// A table, the figures in it and what is to be said of it.
  struct Built {
    var table: DisclosureTable
    var figures: [Figure] = []
    var notes: [String] = []
  }

  let protection: PanelProtection
  private let parentAreas: Set<String>
  private var members: [String: [Count]] = [:]
  /// The names of the tables, in the order in which they appear.
  private(set) var groups: [String] = []
  private var places: Set<[String]> = []
  private var unjudged = 0

  init(_ protection: PanelProtection) {
    self.protection = protection
    parentAreas = Set(protection.parents.values)
  }

  /// What is to be said of the panel as a whole.
  var notes: [String] {
    unjudged == 0
      ? []
      : [
        "\(unjudged) figures have no counts of people behind them in the panel and are published as they are"
      ]
  }

  // MARK: Reading series

  /// Takes a series, as it is in every version.
  mutating func add(_ position: Int, _ versions: [Series]) throws(EvidenceError) {
    guard let series = versions.first else { return }
    let place = Place(
      area: series.area,
      parts: protection.breakdowns.map { series.attribute($0.attribute) ?? $0.total })
    let others = series.attributes.filter { attribute in
      !protection.breakdowns.contains { $0.attribute == attribute.name }
    }
    let measure = protection.alike[series.measure.id] ?? series.measure.id
    let group = ([measure] + others.map { "\($0.name) \($0.value)" }).joined(separator: ", ")
    if members[group] == nil {
      groups.append(group)
      members[group] = []
    }
    guard
      places.insert(
        [group, series.measure.id, series.area ?? "", series.area == nil ? "" : "area"] + place.parts
      ).inserted
    else {
      throw Self.problem(
        series,
        "stands for the same figures as another series of \(group); name the attribute that tells them "
          + "apart as a breakdown"
      )
    }
    for version in versions.dropFirst() where version.points.map(\.period) != series.points.map(\.period) {
      throw Self.problem(series, "has not the same periods in every scenario; give all the same")
    }
    for (point, data) in series.points.enumerated() {
      if let count = try count(position, point, data, versions, place) { members[group]?.append(count) }
    }
  }

  /// The counts of a point; nil where it has none.
  private mutating func count(
    _ position: Int, _ point: Int, _ data: DataPoint, _ versions: [Series], _ place: Place
  ) throws(EvidenceError) -> Count? {
    var counts: [Int] = []
    var denominators: [Int] = []
    for series in versions {
      let own = series.points[point]
      let isCount = series.measure.unit == .count
      guard let value = isCount ? own.value : own.numerator else { continue }
      guard let whole = Self.whole(value) else {
        throw Self.problem(
          series,
          "is \(value) in \(data.period), and people are counted in whole numbers up to "
            + "\(DisclosureTable.largestFigure)"
        )
      }
      counts.append(whole)
      guard !isCount, let below = own.denominator else { continue }
      guard let whole = Self.whole(below) else {
        throw Self.problem(
          series, "has the denominator \(below) in \(data.period), and people are counted in whole numbers")
      }
      denominators.append(whole)
    }
    let series = versions[0]
    if counts.isEmpty {
      if data.value != nil { unjudged += versions.count }
      return nil
    }
    guard counts.count == versions.count, denominators.isEmpty || denominators.count == versions.count else {
      throw Self.problem(
        series, "has a figure in \(data.period) in some scenarios and not in others; give all the same")
    }
    let isShare = series.measure.unit.whole != nil
    return Count(
      series: position, point: point, place: place, period: data.period,
      name: ([series.id] + (series.area.map { [$0] } ?? []) + ["\(data.period)"]).joined(separator: ", "),
      counts: counts, denominators: denominators.isEmpty ? nil : denominators, isShare: isShare,
      hasRate: series.measure.unit != .count && data.value != nil && !denominators.isEmpty)
  }

  /// A whole number of moderate size.
  static func whole(_ value: Double?) -> Int? {
    guard let value, value.magnitude <= Double(DisclosureTable.largestFigure), value == value.rounded() else {
      return nil
    }
    return Int(value)
  }

  static func problem(_ series: Series, _ message: String) -> EvidenceError {
    let area = series.area.map { " of \($0)" } ?? ""
    return .badData(Problem(file: "series \"\(series.id)\"\(area)", message: message))
  }

  // MARK: Building tables

  /// The table of a group, with all that adds up in it.
  func table(_ group: String, versions: Int) throws(EvidenceError) -> Built {
    var built = Built(table: DisclosureTable(name: group, versions: versions))
    var positions: [Period: [Place: (count: Int, denominator: Int?)]] = [:]
    var order: [(period: Period, place: Place)] = []
    // Rates first: they say more of the counts that they share with others.
    let all = members[group] ?? []
    for one in all.filter(\.hasRate) + all.filter({ !$0.hasRate }) {
      if let known = positions[one.period]?[one.place] {
        guard built.table.cells[known.count].values == one.counts else {
          throw .badData(
            Problem(
              file: group,
              message: "\(one.name) counts \(one.counts[0]), and the measure said to be alike "
                + "\(built.table.cells[known.count].values[0]); name measures alike only if they count "
                + "the same people"
            ))
        }
        let isSame = known.denominator.map { built.table.cells[$0].values } == one.denominators
        guard isSame || one.denominators == nil || !one.isShare else {
          throw .badData(
            Problem(
              file: group,
              message:
                "\(one.name) is a share of another whole than the measure said to be alike; give it a "
                + "table of "
                + "its own"))
        }
        built.figures.append(
          Figure(
            series: one.series, point: one.point, count: known.count,
            denominator: isSame ? known.denominator : nil))
        continue
      }
      let standing = standing(of: one.place)
      let family = ([one.place.area ?? ""] + one.place.parts).joined(separator: ", ")
      var denominator: Int?
      if let values = one.denominators {
        // A population is known to everybody; the children of whom a share is taken are counted like any others.
        denominator = try built.table.add(
          DisclosureCell(
            name: "\(one.name), denominator", values: values, standing: standing,
            visibility: one.isShare ? .published : .known, family: "\(family), denominator",
            isExactWhenPublished: one.hasRate && protection.control.rule.ratesAreExact))
      }
      let count = try built.table.add(
        DisclosureCell(
          name: one.name, values: one.counts, standing: standing,
          denominator: zip(one.counts, one.denominators ?? one.counts).allSatisfy { $0 <= $1 }
            ? denominator : nil,
          family: family, isExactWhenPublished: one.hasRate && protection.control.rule.ratesAreExact))
      positions[one.period, default: [:]][one.place] = (count, denominator)
      order.append((one.period, one.place))
      built.figures.append(
        Figure(series: one.series, point: one.point, count: count, denominator: denominator))
    }
    try relate(order, positions, &built)
    return built
  }

  private func standing(of place: Place) -> DisclosureCell.Standing {
    if let area = place.area, protection.nations.contains(area) { return .national }
    let isWhole = zip(place.parts, protection.breakdowns).contains { $0 == $1.total }
    let isParent = place.area.map { parentAreas.contains($0) } ?? false
    return isWhole && !protection.breakdowns.isEmpty || isParent ? .total : .detail
  }
}
