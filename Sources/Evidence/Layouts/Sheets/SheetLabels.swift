/// What the label columns of a wide table are.
struct SheetLabels {
  /// The position of the column that names the measure; nil where none does.
  let measure: Int?
  /// The position of the column that names the area; nil where none does.
  let area: Int?
  /// The position of the column that names the unit; nil where none does.
  let unit: Int?
  /// The positions of the others.
  let breakdowns: [Int]
  /// Whether headings that are no periods name the measure.
  let headingIsMeasure: Bool
  /// What was taken for what, as sentences.
  let notes: [String]

  private static let measures: Set<String> = ["measure", "indicator", "metric", "series", "kpi"]
  private static let units: Set<String> = ["unit", "units"]
  private static let areas: Set<String> = [
    "area", "area name", "la", "la name", "la_name", "local authority", "authority", "council", "borough",
    "locality",
    "place", "region", "organisation", "provider",
  ]

  /// Finds what the labels of a table are.
  ///
  /// - Throws: ``EvidenceError`` only if the gazetteer is not sound.
  init(_ table: LongTable) throws(EvidenceError) {
    let names = table.labelNames.map { $0.lowercased() }
    let gazetteer = try Gazetteer.english
    func first(of wanted: Set<String>) -> Int? { names.firstIndex { wanted.contains($0) } }
    let measure = first(of: Self.measures)
    let unit = first(of: Self.units)
    var area = first(of: Self.areas)
    var notes: [String] = []
    if area == nil {
      area = names.indices.first { position in
        guard position != measure, position != unit else { return false }
        let texts = Set(table.rows.lazy.map { $0.labels[position] }.filter { !$0.isEmpty })
        return !texts.isEmpty && texts.allSatisfy { !gazetteer.meanings(of: $0).isEmpty }
      }
      if let area { notes.append("column \"\(table.labelNames[area])\" holds the areas, by their names") }
    }
    self.measure = measure
    self.area = area
    self.unit = unit
    breakdowns = names.indices.filter { $0 != measure && $0 != area && $0 != unit }
    headingIsMeasure = measure == nil
    let others = breakdowns.map { "\"\(table.labelNames[$0])\"" }
    if !others.isEmpty {
      notes.append(
        "\(others.count == 1 ? "column" : "columns") \(others.joined(separator: ", ")) break the measure down"
      )
    }
    self.notes = notes
  }
}
