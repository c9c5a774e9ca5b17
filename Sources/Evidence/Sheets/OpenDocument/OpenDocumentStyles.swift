/// What an OpenDocument workbook's styles say of sheets and dates: which sheets are hidden, and which cells show months
/// or years of their dates.
struct OpenDocumentStyles {
  /// The styles of hidden sheets.
  private(set) var hiddenTables: Set<String> = []
  /// What cell styles show of a date, where that is less than the day.
  private(set) var formats: [String: NumberFormat] = [:]
  /// What date styles show.
  private var dateStyles: [String: Parts] = [:]
  private var table: String?
  private var dateStyle: String?

  private struct Parts {
    var hasYear = false
    var hasMonth = false
    var hasDay = false
    var hasTime = false

    var format: NumberFormat? {
      guard hasYear, !hasDay, !hasTime else { return nil }
      return hasMonth ? .month : .year
    }
  }

  private static let style: StaticString = ":style:1.0"

  /// Takes in an element of the styles.
  mutating func start(
    _ name: XMLBytes, _ attributes: XMLAttributes, _ limits: SheetLimits, _ file: String
  ) throws(EvidenceError) {
    switch name {
    case "date-style":
      dateStyle = attributes["name", in: Self.style]?.text
      if let dateStyle { dateStyles[dateStyle] = Parts() }
    case "time-style", "number-style", "currency-style", "percentage-style", "boolean-style", "text-style":
      dateStyle = nil
    case "year": if let dateStyle { dateStyles[dateStyle]?.hasYear = true }
    case "month": if let dateStyle { dateStyles[dateStyle]?.hasMonth = true }
    case "day", "day-of-week": if let dateStyle { dateStyles[dateStyle]?.hasDay = true }
    case "hours", "minutes", "seconds": if let dateStyle { dateStyles[dateStyle]?.hasTime = true }
    case "style": takeStyle(attributes)
    case "table-properties":
      if let table, attributes["display", in: OpenDocumentCell.table].map({ $0 == "false" }) == true {
        hiddenTables.insert(table)
      }
    default: break
    }
    guard dateStyles.count + formats.count + hiddenTables.count <= limits.entries else {
      throw .badData(Problem(file: file, message: "the workbook has more than \(limits.entries) styles"))
    }
  }

  private mutating func takeStyle(_ attributes: XMLAttributes) {
    dateStyle = nil
    table = nil
    guard let name = attributes["name", in: Self.style]?.text,
      let family = attributes["family", in: Self.style]
    else { return }
    if family == "table" { table = name }
    guard family == "table-cell" else { return }
    if let data = attributes["data-style-name", in: Self.style], let format = dateStyles[data.text]?.format {
      formats[name] = format
    } else if let parent = attributes["parent-style-name", in: Self.style], let format = formats[parent.text]
    {
      formats[name] = format
    }
  }
}

/// Reads the styles that an OpenDocument workbook keeps beside its contents.
final class OpenDocumentStylesPart: PartReader {
  private(set) var styles = OpenDocumentStyles()
  private let limits: SheetLimits

  init(file: String, limits: SheetLimits) {
    self.limits = limits
    super.init(file: file)
  }

  override func start(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {
    try styles.start(name, attributes, limits, file)
  }
}
