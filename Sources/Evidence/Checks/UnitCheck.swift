import TimeSeries

/// Finds one measure that is given in several units.
enum UnitCheck {
  /// A warning that names the units and how many areas have each, on the first row of the rarest.
  static func problems(of measure: MeasureAcrossAreas) -> [Problem] {
    var order: [Unit] = []
    var areas: [Unit: [Series]] = [:]
    for (series, _) in measure.series {
      if areas[series.measure.unit] == nil { order.append(series.measure.unit) }
      areas[series.measure.unit, default: []].append(series)
    }
    guard order.count > 1,
      let rarest = order.min(by: { (areas[$0]?.count ?? 0) < (areas[$1]?.count ?? 0) }),
      let example = areas[rarest]?.first, let origin = example.points.first?.origin
    else { return [] }
    let parts = order.map { unit in
      "\(unit) in \(areas[unit]?.count ?? 0)"
    }
    return [
      Problem(
        file: origin.file, row: origin.row,
        message: """
          "\(measure.id)" is in \(order.count) units (\(parts.joined(separator: ", ")) of its areas; "\(rarest)" is that \
          of \(example.area ?? "this row")); bring all of them to one unit, or give each a name of its own
          """, severity: .warning)
    ]
  }
}

/// Finds one measure that is counted at several frequencies.
enum FrequencyCheck {
  /// A warning that names the frequencies, on the first row of the rarest.
  static func problems(of measure: MeasureAcrossAreas) -> [Problem] {
    var order: [Frequency] = []
    var areas: [Frequency: [Series]] = [:]
    for (series, _) in measure.series {
      guard let frequency = series.points.first?.period.frequency else { continue }
      if areas[frequency] == nil { order.append(frequency) }
      areas[frequency, default: []].append(series)
    }
    guard order.count > 1,
      let rarest = order.min(by: { (areas[$0]?.count ?? 0) < (areas[$1]?.count ?? 0) }),
      let example = areas[rarest]?.first, let origin = example.points.first?.origin
    else { return [] }
    let parts = order.map { "\($0) in \(areas[$0]?.count ?? 0)" }
    return [
      Problem(
        file: origin.file, row: origin.row,
        message: """
          "\(measure.id)" comes at \(order.count) frequencies (\(parts.joined(separator: ", ")) of its areas; \
          \(rarest) in \(example.area ?? "this row")), and areas can lend strength to each other only at one; give each \
          frequency a name of its own
          """, severity: .warning)
    ]
  }
}
