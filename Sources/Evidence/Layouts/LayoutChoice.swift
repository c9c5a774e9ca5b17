/// The layout that a file is taken to have, and why.
public struct LayoutChoice: Sendable {
  /// The layout.
  public let layout: any PublishedLayout.Type
  /// By what it is known.
  public let recognition: Recognition
  /// The file, as it was named.
  public let file: String

  /// Why the file is taken so: `in.csv is read as lait (…), by its columns measure, area, la_number`.
  public var sentence: String {
    "\(file) is read as \(layout.name) (\(layout.summary)), by its \(recognition.reason)"
  }

  /// Recognises the layout of a file or a folder.
  ///
  /// - Parameters:
  ///   - input: the file; standard input can only be read once, so that its layout must be named.
  ///   - layouts: those that it may be.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when it is none of them, or several alike;
  ///   ``EvidenceError/badArgument(_:)`` for standard input.
  public init(
    recognising input: LayoutInput, among layouts: [any PublishedLayout.Type] = Layouts.all
  ) throws(EvidenceError) {
    file = input.path
    guard input.path != "-" else {
      throw .badArgument(
        "-: the layout of standard input must be named; write one of \(Self.names(layouts)) before it")
    }
    let found: [(layout: any PublishedLayout.Type, recognition: Recognition)]
    let seen: String
    if let files = FolderListing.files(of: input.path) {
      found = layouts.compactMap { layout in layout.recognise(folder: files).map { (layout, $0) } }
      seen =
        files.isEmpty
        ? "the folder is empty" : "the folder holds \(Self.list(files)), which no layout knows as one input"
    } else {
      let workbook = try input.isWorkbook ? Workbook(path: input.path).format : nil
      let sample = try input.reading(allowsRepeatedNames: true) { table throws(EvidenceError) in
        try Self.sample(&table, workbook)
      }
      found = layouts.compactMap { layout in layout.recognise(sample).map { (layout, $0) } }
      if let companion = Companion(sample) {
        throw .badData(Problem(file: input.path, row: 1, message: companion.sentence))
      }
      seen = "the columns are \(Self.list(sample.columns)), which are those of no known layout"
    }
    let best = found.map(\.recognition.certainty).max()
    let likeliest = found.filter { $0.recognition.certainty == best }
    guard let first = likeliest.first else {
      throw .badData(
        Problem(
          file: input.path, row: FolderListing.files(of: input.path) == nil ? 1 : nil,
          message: """
            \(seen); name the layout (\(Self.names(layouts))), or rename the columns to series, area, period, value \
            and unit
            """))
    }
    guard likeliest.count == 1 else {
      let names = likeliest.map { "\($0.layout.name) (its \($0.recognition.reason))" }
      throw .badData(
        Problem(
          file: input.path,
          message: "this may be \(names.joined(separator: " or ")); name the layout before the file"))
    }
    (layout, recognition) = first
  }

  /// The header and the first rows of a table; a row that cannot be taken apart ends the sample.
  private static func sample(
    _ table: inout LayoutTable, _ workbook: WorkbookFormat?
  ) throws(EvidenceError) -> TableSample {
    var rows: [[String]] = []
    while rows.count < TableSample.rowLimit {
      guard (try? table.next()) == true else { break }
      if table.isBlank { continue }
      rows.append((0..<table.fieldCount).map { [table] in table.text($0) })
    }
    return TableSample(file: table.file, columns: table.columns, rows: rows, workbook: workbook)
  }

  private static func names(_ layouts: [any PublishedLayout.Type]) -> String {
    layouts.map { $0.name }.joined(separator: ", ")
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
      + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }
}
