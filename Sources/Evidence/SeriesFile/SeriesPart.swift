/// What one of several threads has read of a file, in tables of its own, until it is put behind what was read before it.
///
/// The tables stay from chunk to chunk, so that most of what a chunk names is known already, and with them the numbers by
/// which the whole knows it.
struct SeriesPart {
  private var reader: SeriesFileReader
  /// The lines of the chunk that was read last.
  private(set) var lineCount = 0
  // The numbers in the whole, by the numbers here; -1 where they are not known yet.
  private var series: [Int32] = []
  private var periods: [Int32] = []
  private var texts: [Int32] = []

  /// - Parameter blank: a reader that has read nothing.
  init(_ blank: SeriesFileReader) { reader = blank }

  /// Reads a chunk; false when something is wrong with it.
  mutating func read(_ bytes: [UInt8]) -> Bool {
    reader.goOn(with: bytes, feed: nil, line: 1)
    // What is wrong is found again, and said, when the chunk is read behind those before it.
    guard (try? reader.readRows()) != nil else { return false }
    lineCount = reader.lines.line - 1
    reader.goOn(with: [], feed: nil, line: 1)
    return reader.errors.isEmpty && reader.warnings.isComplete
  }

  /// Puts what was read behind what the whole has; false, and no row more in the whole, when it says something of a series
  /// that the rows before contradict.
  ///
  /// - Parameters:
  ///   - whole: what was read before.
  ///   - line: the line on which the chunk begins.
  mutating func move(to whole: inout SeriesFileReader, line: Int) -> Bool {
    series += [Int32](repeating: -1, count: reader.rows.identities.count - series.count)
    periods += [Int32](repeating: -1, count: reader.periodTexts.count - periods.count)
    texts += [Int32](repeating: -1, count: reader.rows.texts.count - texts.count)
    for row in 0..<reader.rows.count {
      let (one, period) = (Int(reader.rows.series[row]), Int(reader.rows.period[row]))
      if series[one] < 0 {
        guard let number = number(ofSeries: one, in: &whole, line: line + Int(reader.rows.line[row]) - 1)
        else { return false }
        series[one] = number
      }
      if periods[period] < 0 {
        let (text, setting) = reader.periodTexts.text(of: Int32(clamping: period))
        periods[period] = whole.periodTexts.number(of: text, whole.periodTexts.column(of: setting))
      }
    }
    moveRows(to: &whole, line: line)
    return true
  }

  private mutating func moveRows(to whole: inout SeriesFileReader, line: Int) {
    whole.rows.series.append(contentsOf: reader.rows.series.lazy.map { [series] in series[Int($0)] })
    whole.rows.period.append(contentsOf: reader.rows.period.lazy.map { [periods] in periods[Int($0)] })
    whole.rows.observations.append(contentsOf: reader.rows.observations)
    whole.rows.line.append(
      contentsOf: reader.rows.line.lazy.map { Int32(clamping: Int($0) + line - 1) })
    whole.rows.numerator += reader.rows.numerator
    whole.rows.denominator += reader.rows.denominator
    whole.rows.published += reader.rows.published
    whole.rows.flags += reader.rows.flags
    whole.rows.rounding += reader.rows.rounding
    for column in reader.rows.covariates.indices {
      whole.rows.covariates[column] += reader.rows.covariates[column]
    }
    for text in reader.rows.source { whole.rows.source.append(number(ofText: text, in: &whole)) }
    for text in reader.rows.note { whole.rows.note.append(number(ofText: text, in: &whole)) }
    reader.rows.removeRows()
    whole.rowCount += reader.rowCount
    whole.blankRows += reader.blankRows
    (reader.rowCount, reader.blankRows) = (0, 0)
    for warning in reader.warnings.problems {
      whole.warnings.add(
        Problem(
          file: warning.file, row: warning.row.map { $0 + line - 1 }, column: warning.column,
          message: warning.message, severity: warning.severity))
    }
    reader.warnings = ProblemList()
    if !reader.varyingAttributes.isSubset(of: whole.varyingAttributes) {
      whole.varyingAttributes.formUnion(reader.varyingAttributes)
    }
    whole.lastSeries = -1
  }

  private mutating func number(ofText text: Int32, in whole: inout SeriesFileReader) -> Int32 {
    if texts[Int(text)] < 0 { texts[Int(text)] = whole.rows.texts.number(of: reader.rows.texts[text]) }
    return texts[Int(text)]
  }

  /// The number in the whole of a series; nil when the whole knows it by other particulars.
  private mutating func number(ofSeries one: Int, in whole: inout SeriesFileReader, line: Int) -> Int32? {
    let identity = reader.rows.identities[one]
    let id = number(ofText: identity.id, in: &whole)
    let area = identity.area < 0 ? -1 : number(ofText: identity.area, in: &whole)
    let columns = reader.columns.shared
    let shared = columns.indices.map { position in
      number(ofText: reader.rows.sharedText(position, of: Int32(clamping: one)), in: &whole)
    }
    let known = whole.positions.find(id, area)
    if known >= 0 {
      let first = columns.indices.map { whole.rows.sharedText($0, of: known) }
      guard whole.rows.setting(of: known) >= 0,
        !reader.columns.fixed.contains(where: { shared[$0] != first[$0] })
      else { return nil }
      let varying = columns.indices.filter { shared[$0] != first[$0] }.map { columns[$0] }
      if !whole.varyingAttributes.isSuperset(of: varying) { whole.varyingAttributes.formUnion(varying) }
      return known
    }
    let setting = reader.periodTexts.setting(of: reader.rows.setting(of: Int32(clamping: one)))
    let begun = whole.begin(
      id, area, unit: reader.rows.unit(of: Int32(clamping: one)), shared: shared, line: line)
    whole.rows.set(setting: Int32(clamping: whole.periodTexts.column(of: setting)), of: begun)
    return begun
  }
}
