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
  private var last: (bytes: [UInt8], setting: Setting, number: Int32)?
  private(set) var count = 0

  /// The number of a text, from 0; the same text under another setting has another.
  mutating func number(of bytes: UnsafeBufferPointer<UInt8>, _ setting: Setting) -> Int32 {
    if let last, last.setting == setting, last.bytes.elementsEqual(bytes) { return last.number }
    let text = String(decoding: bytes, as: UTF8.self)
    let index: Int
    if let known = columns.firstIndex(where: { $0.setting == setting }) {
      index = known
    } else {
      index = columns.count
      columns.append(Column(setting: setting))
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
    last = (Array(bytes), setting, number)
    return number
  }

  /// The periods by number, nil for a text that is none, with the reason; and what was taken for granted.
  func read() -> (periods: [Period?], reasons: [Int32: UnreadableText], notes: [String]) {
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
