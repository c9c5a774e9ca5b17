import TimeSeries

/// The period texts of a file, each held once, by the calendar and frequency under which they are read.
struct PeriodTexts {
  /// Under what a text is read.
  struct Setting: Hashable {
    let frequency: Frequency?
    let yearType: YearType?
  }

  private struct Column {
    let setting: Setting
    var texts: [String] = []
    var numbers: [Int32] = []
    var positions: [String: Int32] = [:]
  }

  private var columns: [Column] = []
  /// The settings of the columns.
  private var settings: [Setting] = []
  /// The periods as they were first read, by number; nil for a text that is none.
  private(set) var periods: [Period?] = []
  /// Why texts could not be read, by number, and what was taken for granted, when the column was last read.
  private var reasons: [Int32: UnreadableText] = [:]
  private(set) var notes: [String] = []
  private(set) var count = 0

  /// The number of a text, from 0; the same text under another setting has another.
  mutating func number(of bytes: UnsafeBufferPointer<UInt8>, _ setting: Setting) -> Int32 {
    let text = String(decoding: bytes, as: UTF8.self)
    let index: Int
    if let known = settings.firstIndex(of: setting) {
      index = known
    } else {
      index = columns.count
      columns.append(Column(setting: setting))
      settings.append(setting)
    }
    let number: Int32
    if let known = columns[index].positions[text] {
      number = known
    } else {
      number = Int32(clamping: count)
      count += 1
      columns[index].positions[text] = number
      columns[index].texts.append(text)
      columns[index].numbers.append(number)
    }
    return number
  }

  /// Reads the texts that have come since the last time; the notes say what was taken for granted.
  ///
  /// A column is read as a whole. Where it was read before it had all its texts, a text that would give the earlier ones
  /// another reading has a problem: what was already forecast cannot be read again.
  ///
  /// - Returns: why texts cannot be read, by number, and the notes.
  mutating func readNew() -> (reasons: [Int32: UnreadableText], notes: [String]) {
    guard periods.count < count || count == 0 else { return (reasons, notes) }
    let earlier = periods
    var (read, reasons, notes) = read()
    let agrees = zip(earlier, read).allSatisfy { $0 == $1 && $0?.style == $1?.style }
    if !agrees {
      for column in columns {
        for (text, number) in zip(column.texts, column.numbers) {
          if Int(number) < earlier.count {
            read[Int(number)] = earlier[Int(number)]
            reasons[number] = self.reasons[number]
          } else {
            read[Int(number)] = nil
            reasons[number] =
              reasons[number]
              ?? UnreadableText(
                text: text, problem: "does not agree with how the periods before it were read",
                remedy: "say --frequency or --calendar, or name a file instead of piping it")
          }
        }
      }
      notes = self.notes
    }
    periods = read
    self.reasons = reasons
    self.notes = notes
    return (reasons, notes)
  }

  /// Whether the texts that have come so far leave one of them unread, which a later one might explain.
  var areUndecided: Bool { !read().reasons.isEmpty }

  /// The periods by number, nil for a text that is none, with the reason; and what was taken for granted.
  private func read() -> (periods: [Period?], reasons: [Int32: UnreadableText], notes: [String]) {
    var periods = [Period?](repeating: nil, count: count)
    var reasons: [Int32: UnreadableText] = [:]
    var notes: [String] = []
    for column in columns {
      var texts = column.texts
      var numbers = column.numbers
      // Texts that cannot be read are set aside, and the rest read again: they may belong to sound series.
      while !texts.isEmpty {
        do throws(PeriodColumn.Failure) {
          let read = try PeriodColumn(
            reading: texts, frequency: column.setting.frequency, yearType: column.setting.yearType)
          for (number, period) in zip(numbers, read.periods) { periods[Int(number)] = period }
          for note in read.notes where !notes.contains(note) { notes.append(note) }
          break
        } catch {
          let bad = Set(error.problems.map(\.index))
          for problem in error.problems { reasons[numbers[problem.index]] = problem.reason }
          texts = texts.indices.filter { !bad.contains($0) }.map { texts[$0] }
          numbers = numbers.indices.filter { !bad.contains($0) }.map { numbers[$0] }
        }
      }
    }
    return (periods, reasons, notes)
  }
}
