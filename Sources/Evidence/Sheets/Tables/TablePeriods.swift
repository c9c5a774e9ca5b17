import TimeSeries

/// Which texts of a heading or a column are periods, read together.
struct TablePeriods {
  /// The period of each text; nil for one that is none.
  let periods: [Period?]
  /// The texts as they were read, without marks after them.
  let texts: [String]
  /// Why a text that begins like a period is none.
  let reasons: [UnreadableText]
  /// What was taken for granted.
  let notes: [String]
  /// The marks that were set aside, such as `(p)` and `[1]`, with their texts.
  let marked: [String]

  init(_ raw: [String], frequency: Frequency?, yearType: YearType?) {
    var marked: [String] = []
    let texts = raw.map { text in
      let bare = Self.withoutMarks(text)
      if bare != text { marked.append(text) }
      return bare
    }
    var periods = [Period?](repeating: nil, count: texts.count)
    var reasons: [UnreadableText] = []
    var notes: [String] = []
    // What begins with a digit or ends with one may be a period; names of areas would only be in the way.
    var open = texts.indices.filter { texts[$0].utf8.contains { $0 >= 48 && $0 <= 57 } }
    while !open.isEmpty {
      do throws(PeriodColumn.Failure) {
        let column = try PeriodColumn(
          reading: open.map { texts[$0] }, frequency: frequency, yearType: yearType)
        for (index, period) in zip(open, column.periods) { periods[index] = period }
        notes = column.notes
        break
      } catch {
        let bad = Set(error.problems.map(\.index))
        if bad.isEmpty { break }
        reasons += error.problems.map(\.reason).filter { Self.beginsLikePeriod($0.text) }
        open = open.indices.filter { !bad.contains($0) }.map { open[$0] }
      }
    }
    self.periods = periods
    self.texts = texts
    self.reasons = reasons
    self.notes = notes
    self.marked = marked.filter { text in periods.indices.contains { raw[$0] == text && periods[$0] != nil } }
  }

  private static func beginsLikePeriod(_ text: String) -> Bool {
    let digits = text.utf8.prefix { $0 >= 48 && $0 <= 57 }
    return digits.count == 4 || digits.count == 6
  }

  /// A text without what stands in brackets at its end, and without stars.
  private static func withoutMarks(_ text: String) -> String {
    var rest = Substring(text)
    while let last = rest.last {
      if last == ")" || last == "]", let opening = rest.lastIndex(of: last == ")" ? "(" : "["),
        rest.distance(from: opening, to: rest.endIndex) <= 14
      {
        rest = rest[..<opening]
      } else if last == "*" || last.isWhitespace {
        rest.removeLast()
      } else {
        break
      }
    }
    return rest.isEmpty ? text : String(rest)
  }
}
