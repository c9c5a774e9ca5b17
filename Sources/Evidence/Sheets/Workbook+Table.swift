import TimeSeries

extension Workbook {
  /// The names of ranges that the workbook knows, in its order.
  public var rangeNames: [String] { definedNames.map(\.name) }

  /// Reads the table of a sheet or of a range of it.
  ///
  /// - Parameters:
  ///   - sheet: the name on the tab; nil where the workbook shows one sheet alone, or the range is a named one.
  ///   - range: `A1:F20`, `A:F`, `5:9`, `B3`, `A5:`, or a name that the workbook gives a range; nil for the whole sheet.
  ///   - headingRows: the rows of the sheet that head the table; nil to find them.
  /// - Throws: ``EvidenceError/badArgument(_:)`` for a sheet or range that is not there;
  ///   ``EvidenceError/badData(problems:omitted:)`` for a sheet that is damaged, and where no table is found.
  public func table(
    sheet: String? = nil, range: String? = nil, headingRows: ClosedRange<Int>? = nil
  ) throws(EvidenceError) -> SheetTable {
    guard let range else {
      return try SheetTable(self.sheet(named: sheet), headingRows: headingRows)
    }
    let (named, cells) = try resolved(range)
    if let sheet, let named, sheet != named {
      throw .badArgument(
        "--range: \(range) of \(file) lies in sheet \"\(named)\", and --sheet names \"\(sheet)\"")
    }
    return try SheetTable(self.sheet(named: sheet ?? named), range: cells, headingRows: headingRows)
  }

  /// The cells of a range, and the sheet where a named range says it.
  private func resolved(_ range: String) throws(EvidenceError) -> (sheet: String?, cells: CellRange) {
    let failure: UnreadableText
    do throws(UnreadableText) {
      return (nil, try CellRange(parsing: range))
    } catch {
      failure = error
    }
    let wanted = range.lowercased()
    guard let name = definedNames.first(where: { $0.name.lowercased() == wanted }) else {
      let names = rangeNames.prefix(20).joined(separator: ", ")
      throw .badArgument(
        "--range: \(failure)" + (names.isEmpty ? "" : ", or a name of the workbook's: \(names)"))
    }
    guard let (sheet, cells) = name.range else {
      throw .badArgument(
        "--range: \(name.name) of \(file) stands for \(name.reference), which is not one range of cells")
    }
    return (sheet, cells)
  }
}

extension DefinedName {
  /// The sheet and the cells that the name stands for: `'My data'!$A$1:$F$20` of Excel, or `$'My data'.$A$1:.$F$20` of
  /// OpenDocument; nil for anything but one range.
  var range: (sheet: String, cells: CellRange)? {
    var rest = Substring(reference)
    if rest.first == "$" { rest.removeFirst() }
    var sheet = ""
    if rest.first == "'" {
      rest.removeFirst()
      while let character = rest.popFirst() {
        if character != "'" {
          sheet.append(character)
        } else if rest.first == "'" {
          sheet.append("'")
          rest.removeFirst()
        } else {
          break
        }
      }
    } else {
      let name = rest.prefix { $0 != "!" && $0 != "." }
      sheet = String(name)
      rest = rest.dropFirst(name.count)
    }
    guard let mark = rest.popFirst(), mark == "!" || mark == ".", !rest.contains(",") else { return nil }
    // The second end may name its sheet again.
    let ends = rest.split(separator: ":").map { $0.split { $0 == "." || $0 == "!" }.last ?? "" }
    guard let cells = try? CellRange(parsing: ends.joined(separator: ":")) else { return nil }
    return (sheet, cells)
  }
}
