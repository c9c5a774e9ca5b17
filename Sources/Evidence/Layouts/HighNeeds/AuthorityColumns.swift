/// The columns by which a table of the Department for Education names its areas: `la_number` and `la_name`, and where
/// it has them `region_name` and `geographic_level`.
struct AuthorityColumns {
  /// An area of a row, and what tells it from others.
  struct Found {
    let key: String
    let area: PublishedArea
    /// Whether its number was written as 343.0.
    let isMended: Bool
  }

  private let number: Int
  private let name: Int
  private let region: Int?
  private let level: Int?

  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when the number or the name has no column.
  init(_ table: LayoutTable, of layout: String) throws(EvidenceError) {
    let positions = try table.columns(required: ["la_number", "la_name"], of: layout)
    (number, name) = (positions[0], positions[1])
    region = table.column("region_name")
    level = table.column("geographic_level")
  }

  /// The positions of the columns.
  var columns: [Int] { [number, name] + [region, level].compactMap { $0 } }

  /// The area of a row; nil, and a problem of the row, where it names none.
  func area(_ row: LayoutTable, _ figures: inout PublishedFigures) -> Found? {
    let levelText = level.map { row.trimmed($0) } ?? "Local authority"
    switch levelText.lowercased() {
    case "local authority": return authority(row, &figures)
    case "regional", "national":
      let text = region.map { row.trimmed($0) } ?? ""
      guard !text.isEmpty else {
        figures.failRow(
          row.row, "column \"region_name\" is empty; a row of level \(levelText) names its region, or England"
        )
        return nil
      }
      let title = levelText.lowercased() == "national" ? "National" : "Regional"
      return Found(
        key: "\(title)\u{1}\(text.lowercased())", area: PublishedArea(name: text, level: title),
        isMended: false)
    default:
      figures.failRow(
        row.row,
        """
        "\(PublishedText.shown(levelText))" in column "\(row.columns[level ?? 0])" is not known; write Local \
        authority, Regional or National
        """)
      return nil
    }
  }

  private func authority(_ row: LayoutTable, _ figures: inout PublishedFigures) -> Found? {
    let written = row.trimmed(number)
    let code = PublishedText.wholeCode(written)
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }), code.first != "0" else {
      figures.failRow(
        row.row,
        """
        "\(PublishedText.shown(written))" in column "\(row.columns[number])" is not the number of an authority; \
        write its three digits, such as 343
        """)
      return nil
    }
    return Found(
      key: code, area: PublishedArea(name: row.trimmed(name), number: code, level: "Local authority"),
      isMended: code != written)
  }
}
