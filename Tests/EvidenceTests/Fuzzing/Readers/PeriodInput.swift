import Commissioning
import Evidence
import TimeSeries

/// Lines of text, each read as whatever a cell may be: a period, a date, an observation, a unit, a number typed by hand.
package enum PeriodInput {
  /// What the readers promise and did not keep on this input; none where all is well, whether the input was accepted or
  /// refused.
  package static func defects(_ bytes: [UInt8]) -> [String] {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0)
    }
    var defects: [String] = []
    for line in lines.prefix(40) {
      defects += cell(line)
      column([line], nil, nil, &defects)
    }
    column(lines, nil, nil, &defects)
    for frequency in Frequency.allCases { column(lines, frequency, nil, &defects) }
    for yearType in YearType.allCases {
      column(lines, nil, yearType, &defects)
      column(lines, .quarterly, yearType, &defects)
    }
    return defects
  }

  private static func column(
    _ texts: [String], _ frequency: Frequency?, _ yearType: YearType?, _ defects: inout [String]
  ) {
    do throws(PeriodColumn.Failure) {
      let column = try PeriodColumn(reading: texts, frequency: frequency, yearType: yearType)
      if column.periods.count != texts.count {
        defects.append("\(texts.count) texts gave \(column.periods.count) periods")
      }
      for (period, next) in zip(column.periods, column.periods.dropFirst()) {
        _ = period.distance(to: next)
        if period < next, next < period { defects.append("\(period) and \(next) precede one another") }
      }
      for period in column.periods.prefix(40) { defects += self.period(period) }
      defects += column.notes.filter(\.isEmpty)
    } catch {
      if error.problems.isEmpty { defects.append("a column is refused without a reason") }
      _ = error.description
    }
  }

  private static func period(_ period: Period) -> [String] {
    var defects: [String] = []
    for style in PeriodStyle.allCases { _ = period.label(in: style) }
    for steps in [0, 1, -1, 12, .max, .min] {
      let other = period.advanced(by: steps)
      _ = (other.label, other.start, other.end, other.days, other.kind, other.seasonalPosition)
      _ = (period.distance(to: other), other < period)
    }
    if let start = period.start, let end = period.end, start > end {
      defects.append("\(period) ends before it begins")
    }
    // The label of two pooled calendar years is that of a financial year, as Period says, and a plain count may look like
    // a month.
    switch period.kind {
    case .pooledYears(2, .calendar), .index: return defects
    default: break
    }
    let label = period.label
    do throws(UnreadableText) {
      let again = try Period(parsing: label, frequency: period.frequency, yearType: period.yearType)
      if again != period { defects.append("\(label) is read back as \(again.kind) \(again)") }
    } catch {
      defects.append("the label \(label) of \(period.kind) cannot be read back: \(error)")
    }
    return defects
  }

  private static func cell(_ text: String) -> [String] {
    var defects: [String] = []
    for unit in [nil, Unit.count, .percentage] {
      do throws(UnreadableText) {
        let observation = try Observation(parsing: text, unit: unit)
        if let value = observation.value, !value.isFinite { defects.append("\(text) is read as \(value)") }
        if case .suppressed = observation, unit != nil { continue }
        let again = try Observation(parsing: observation.description, unit: unit)
        if again != observation { defects.append("\(text) is \(observation), read back as \(again)") }
      } catch {
        _ = error.description
      }
    }
    do throws(UnreadableText) {
      let unit = try Unit(parsing: text)
      if try Unit(parsing: unit.description) != unit { defects.append("the unit \(unit) is not read back") }
    } catch {
      _ = error.description
    }
    do throws(UnreadableText) {
      let number = try LooseNumber(parsing: text)
      if PlainDecimal.value(of: number.plain) != number.value {
        defects.append("\(text) is \(number.value), written plainly \(number.plain)")
      }
      var tally = LooseNumberTally()
      tally.count(number, writtenAs: text)
      _ = tally.notes
    } catch {
      _ = error.description
    }
    if let date = CivilDate(text) {
      if date.description != text { defects.append("\(text) is the date \(date)") }
      _ = (date.adding(months: 1), date.adding(days: .min), date.weekday, date.lastOfMonth)
    }
    if let year = FinancialYear(text) { _ = (year.next, year.description) }
    return defects
  }
}
