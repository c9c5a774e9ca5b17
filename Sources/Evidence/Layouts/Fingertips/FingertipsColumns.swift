/// Where the columns of a download of Fingertips stand, whatever their capitals and order.
struct FingertipsColumns {
  let width: Int
  let indicator: Int
  let indicatorName: Int
  let areaCode: Int
  let areaName: Int
  let period: Int
  let value: Int
  let areaType: Int?
  let sortable: Int?
  let lower: Int?
  let upper: Int?
  let count: Int?
  let denominator: Int?
  let note: Int?
  /// The breakdowns: sex, age, category type and category.
  let breakdowns: [(name: String, column: Int)]
  /// What was left out, as sentences.
  let notes: [String]

  /// Columns that say again what the others say, or how the publisher judges it.
  private static let judgements: Set<String> = [
    "parentcode", "parentname", "recenttrend", "newdata", "timeperiodrange",
  ]

  /// A name without spaces and capitals: `Area Code` is `AreaCode` where the package fingertipsR has written the file.
  static func squeezed(_ name: String) -> String { name.lowercased().filter { $0 != " " } }

  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when a column is missing that is needed.
  init(_ table: LayoutTable) throws(EvidenceError) {
    var positions: [String: Int] = [:]
    for (position, name) in table.columns.enumerated() { positions[Self.squeezed(name)] = position }
    func column(_ name: String) -> Int? { positions[Self.squeezed(name)] }
    let found = FingertipsLayout.required.compactMap(column)
    let required =
      found.count == FingertipsLayout.required.count
      ? found : try table.columns(required: FingertipsLayout.required, of: "fingertips")
    (indicator, indicatorName, areaCode) = (required[0], required[1], required[2])
    (areaName, period, value) = (required[3], required[4], required[5])
    width = table.columns.count
    areaType = column("Area Type")
    sortable = column("Time period Sortable")
    lower = column("Lower CI 95.0 limit") ?? column("Lower CI limit")
    upper = column("Upper CI 95.0 limit") ?? column("Upper CI limit")
    count = column("Count")
    denominator = column("Denominator")
    note = column("Value note")
    breakdowns = ["Sex", "Age", "Category Type", "Category"].compactMap { name in
      column(name).map { (name, $0) }
    }
    let used = Set(
      required + [areaType, sortable, lower, upper, count, denominator, note].compactMap { $0 }
        + breakdowns.map(\.column))
    let others = table.columns.indices.filter { !used.contains($0) }.map { table.columns[$0] }
    let isJudgement = { (name: String) in
      let squeezed = Self.squeezed(name)
      return Self.judgements.contains(squeezed) || squeezed.hasPrefix("comparedto")
    }
    let limits = others.filter {
      let squeezed = Self.squeezed($0)
      return squeezed.hasPrefix("lowerci") || squeezed.hasPrefix("upperci")
    }
    let judged = others.filter(isJudgement)
    let unknown = others.filter { !isJudgement($0) && !limits.contains($0) }
    var notes: [String] = []
    if !limits.isEmpty { notes.append("a figure holds limits of 95%; left out: \(ListedNames.of(limits))") }
    if !judged.isEmpty {
      notes.append("columns that repeat others or judge them were left out: \(ListedNames.of(judged))")
    }
    if !unknown.isEmpty {
      notes.append(
        "columns that a download of Fingertips does not have were left out: \(ListedNames.of(unknown))")
    }
    self.notes = notes
  }
}
