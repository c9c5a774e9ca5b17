import TimeSeries

/// A cell of an OpenDocument sheet while it is being read.
struct OpenDocumentCell {
  /// What the cell says of itself.
  var kind = ""
  var value = ""
  var isError = false
  var hasFormula = false
  var currency = ""
  var repeated = 1
  var spannedColumns = 1
  var spannedRows = 1
  /// The text that is shown, its paragraphs on lines of their own.
  var text: [UInt8] = []
  var paragraphs = 0

  /// What the style shows of a date.
  let format: NumberFormat

  init(_ attributes: XMLAttributes, format: NumberFormat) {
    self.format = format
    kind = attributes["value-type", in: Self.office]?.text ?? ""
    for name: StaticString in ["value", "date-value", "time-value", "boolean-value", "string-value"] {
      if let bytes = attributes[name, in: Self.office] {
        value = bytes.text
        hasValue = true
        break
      }
    }
    isError = attributes["value-type", in: ":calcext:1.0"].map { $0 == "error" } ?? false
    hasFormula = attributes["formula", in: Self.table] != nil
    currency = attributes["currency", in: Self.office]?.text ?? ""
    repeated = max(1, attributes["number-columns-repeated", in: Self.table]?.wholeNumber ?? 1)
    spannedColumns = max(1, attributes["number-columns-spanned", in: Self.table]?.wholeNumber ?? 1)
    spannedRows = max(1, attributes["number-rows-spanned", in: Self.table]?.wholeNumber ?? 1)
  }

  private var hasValue = false

  static let office: StaticString = ":office:1.0"
  static let table: StaticString = ":table:1.0"
  static let inText: StaticString = ":text:1.0"

  /// What the cell holds; nil where what it stores is not of the kind that it says.
  var content: CellContent? {
    let shown = String(decoding: text, as: UTF8.self)
    if isError || (hasFormula && Self.isError(shown)) { return .error(shown) }
    switch kind {
    case "float", "percentage", "currency":
      guard let number = PlainDecimal.value(of: value), number.isFinite else { return nil }
      if kind == "float" { return Self.plain(number, shown) }
      if kind == "currency" { return .currency(number, currency) }
      let percentage = Percentage.shown(number)
      return percentage.isFinite ? .percentage(percentage) : nil
    case "date":
      let content = OpenDocumentValue.date(value)
      if case .date(let date)? = content { return CellContent.date(date, shownAs: format) }
      return content
    case "time": return OpenDocumentValue.duration(value)
    case "boolean": return value == "true" ? .boolean(true) : value == "false" ? .boolean(false) : nil
    case "string":
      let text = hasValue ? value : shown
      return text.isEmpty ? .blank : .text(text)
    case "": return hasFormula ? .formulaWithoutValue : shown.isEmpty ? .blank : .text(shown)
    default: return nil
    }
  }

  /// A plain number, or what its format shows of it where that is more: pounds, TRUE or FALSE.
  private static func plain(_ number: Double, _ shown: String) -> CellContent {
    if shown.contains("£") { return .currency(number, "GBP") }
    if number == 1, shown == "TRUE" { return .boolean(true) }
    if number == 0, shown == "FALSE" { return .boolean(false) }
    return .number(number)
  }

  /// Whether a formula shows an error, which older programs store as the number 0.
  private static func isError(_ shown: String) -> Bool {
    ["#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"].contains(shown)
      || shown.hasPrefix("Err:")
  }
}
