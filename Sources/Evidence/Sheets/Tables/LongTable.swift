import TimeSeries

/// A wide table turned long: one row for each figure, with its labels, its period and its place in the sheet.
public struct LongTable: Sendable {
  /// A figure.
  public struct Row: Hashable, Sendable {
    /// What the row of the sheet is about, one text for each of ``LongTable/labelNames``.
    public let labels: [String]
    /// What the heading says besides a period, or the whole heading where the periods stand down a column; nil where
    /// headings are periods alone.
    public let heading: String?
    /// The period.
    public let period: Period
    /// The period as it is written in the sheet, without marks after it.
    public let periodText: String
    /// The cell as text in the forms of a series file; empty where the cell is.
    public let text: String
    /// The unit that the formats of the figures of its column say.
    public let unit: Unit?
    /// The cell that holds the figure.
    public let address: CellAddress
  }

  /// The file, as it was named.
  public let file: String
  /// The name of the sheet.
  public let sheetName: String
  /// The names of the columns that hold labels.
  public let labelNames: [String]
  /// The name of the column of headings in ``delimitedText(limit:)``; nil where headings are periods alone.
  public let headingName: String?
  /// The rows, in the order of the sheet.
  public let rows: [Row]
  /// What was taken for what, as sentences.
  public let notes: [String]

  /// The table as delimited text with the columns of the labels, `heading` where there are headings, `period`, `value`,
  /// and `unit` where a column's formats say one.
  ///
  /// - Parameter limit: the most bytes; 1 GiB unless said otherwise.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a table longer than the limit.
  public func delimitedText(limit: Int = SheetLimits().tableBytes) throws(EvidenceError) -> SheetText {
    var writer = SheetText.Writer(file: file, place: "sheet \"\(sheetName)\"", limit: limit)
    let hasUnits = rows.contains { $0.unit != nil }
    var taken = Set(["period", "value", "unit"])
    var names: [String] = []
    for name in labelNames + (headingName.map { [$0] } ?? []) {
      var own = name
      while !taken.insert(own.lowercased()).inserted { own += "'" }
      names.append(own)
    }
    names += ["period", "value"] + (hasUnits ? ["unit"] : [])
    try writer.write(names, row: 1)
    for row in rows {
      var fields = row.labels
      if headingName != nil { fields.append(row.heading ?? "") }
      fields += [row.periodText, row.text]
      if hasUnits { fields.append(row.unit.map(\.description) ?? "") }
      try writer.write(fields, row: row.address.row)
    }
    return writer.finished()
  }
}
