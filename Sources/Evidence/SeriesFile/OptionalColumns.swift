import TimeSeries

// The columns of a series file that need not be there.

extension SeriesFileReader {
  /// What the optional columns of a row say.
  struct Extras {
    var numerator = Double.nan
    var denominator = Double.nan
    /// Whether a numerator or denominator is suppressed.
    var hasSuppressedCount = false
    var published = SeriesRows.unknownDay
    var flags: UInt8 = 0
    var rounding = Double.nan
    var covariates: [Double] = []
  }

  /// The optional columns of a row; nil, and problems, when one of them cannot be read.
  mutating func extras(_ row: DelimitedReader, _ series: Int32) -> Extras? {
    var extras = Extras()
    var isSound = true
    if let column = columns.numerator {
      isSound = count(row, series, column, \.numerator, &extras) && isSound
    }
    if let column = columns.denominator {
      isSound = count(row, series, column, \.denominator, &extras) && isSound
    }
    if let column = columns.published, let date = row.withBytes(column, { Self.date($0) }) {
      extras.published = Int32(clamping: date.daysSinceEpoch)
    } else if let column = columns.published, let text = Self.word(row, column) {
      if let date = CivilDate(text) {
        extras.published = Int32(clamping: date.daysSinceEpoch)
      } else {
        fail(
          series, row.row,
          "published \"\(text)\" in column \"published\" is not a date; write it as yyyy-mm-dd, such as 2024-11-28"
        )
        isSound = false
      }
    }
    if let column = columns.publishedApproximate, let text = Self.word(row, column) {
      switch text {
      case "yes": extras.flags |= SeriesRows.approximate
      case "no": break
      default:
        fail(
          series, row.row,
          "published_approximate \"\(text)\" in column \"published_approximate\" is not known; write yes or no"
        )
        isSound = false
      }
    }
    if let column = columns.breakBefore, let text = Self.word(row, column) {
      switch text {
      case "yes", "definition": extras.flags |= DataFlags.definitionBreak.rawValue
      case "reporting": extras.flags |= DataFlags.reportingBreak.rawValue
      case "no": break
      default:
        fail(
          series, row.row,
          """
          break "\(text)" in column "break" is not known; write yes where the series breaks before this period, \
          reporting where only its collection changed, or no
          """)
        isSound = false
      }
    }
    if let column = columns.status, let text = Self.word(row, column) {
      do throws(UnreadableText) {
        extras.flags |= try DataFlags(status: text).rawValue
      } catch {
        fail(series, row.row, Self.message("status", error))
        isSound = false
      }
    }
    if let column = columns.rounding, let text = Self.word(row, column) {
      if let unit = PlainDecimal.value(of: text), unit.isFinite, unit > 0 {
        extras.rounding = unit
      } else {
        fail(
          series, row.row,
          """
          rounding "\(text)" in column "rounding" is no unit to round to; write 5, 10 or 100, or leave it empty
          """)
        isSound = false
      }
    }
    for (_, column) in columns.covariates {
      var number = Double.nan
      isSound = self.number(row, series, column, &number) && isSound
      extras.covariates.append(number)
    }
    return isSound ? extras : nil
  }

  /// The date that bytes write as yyyy-mm-dd and nothing else.
  private static func date(_ bytes: UnsafeBufferPointer<UInt8>) -> CivilDate? {
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var number = 0
      for byte in bytes[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        number = 10 * number + Int(byte - 0x30)
      }
      return number
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// Reads a numerator or denominator; a code for absence leaves it unknown, and that it is suppressed is kept.
  private mutating func count(
    _ row: DelimitedReader, _ series: Int32, _ column: Int, _ number: WritableKeyPath<Extras, Double>,
    _ extras: inout Extras
  ) -> Bool {
    do throws(UnreadableText) {
      let observation = try Self.observation(row, column, unit: .count)
      extras[keyPath: number] = observation.value ?? .nan
      if case .suppressed = observation { extras.hasSuppressedCount = true }
      return true
    } catch {
      fail(series, row.row, Self.message(header.names[column], error))
      return false
    }
  }

  /// Reads a number beside the value; a code for absence leaves it unknown.
  private mutating func number(
    _ row: DelimitedReader, _ series: Int32, _ column: Int, _ number: inout Double
  ) -> Bool {
    do throws(UnreadableText) {
      number = try Self.observation(row, column, unit: nil).value ?? .nan
      return true
    } catch {
      fail(series, row.row, Self.message(header.names[column], error))
      return false
    }
  }

  /// Puts the optional columns of a row behind those of the rows before.
  mutating func append(_ extras: Extras, _ row: DelimitedReader) {
    if columns.numerator != nil { rows.numerator.append(extras.numerator) }
    if columns.denominator != nil { rows.denominator.append(extras.denominator) }
    for (index, number) in extras.covariates.enumerated() { rows.covariates[index].append(number) }
    if columns.published != nil { rows.published.append(extras.published) }
    if columns.breakBefore != nil || columns.publishedApproximate != nil || columns.status != nil {
      rows.flags.append(extras.flags)
    }
    if columns.rounding != nil { rows.rounding.append(extras.rounding) }
    if let column = columns.source { rows.source.append(row.withBytes(column) { rows.texts.number(of: $0) }) }
    if let column = columns.note { rows.note.append(row.withBytes(column) { rows.texts.number(of: $0) }) }
  }
}
