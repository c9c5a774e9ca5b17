// Which layout a file is in.

extension TableSample {
  /// The beginning of the table of an input.
  ///
  /// - Throws: ``EvidenceError``: what opening the file and reading its header and first rows give.
  public init(reading input: LayoutInput) throws(EvidenceError) {
    self = try input.reading { (table: inout LayoutTable) throws(EvidenceError) in
      var rows: [[String]] = []
      while rows.count < Self.rowLimit, try table.next() {
        rows.append((0..<table.fieldCount).map { [table] in table.text($0) })
      }
      return TableSample(file: table.file, columns: table.columns, rows: rows)
    }
  }
}

extension Layouts {
  /// The layouts that a table may be in, the surest first; those that are equally sure in the order of ``all``.
  public static func recognising(_ sample: TableSample) -> [(layout: any PublishedLayout.Type, by: Recognition)] {
    let found = all.compactMap { layout in layout.recognise(sample).map { (layout: layout, by: $0) } }
    return found.enumerated().sorted {
      $0.element.by.certainty == $1.element.by.certainty
        ? $0.offset < $1.offset : $0.element.by.certainty > $1.element.by.certainty
    }.map(\.element)
  }
}
