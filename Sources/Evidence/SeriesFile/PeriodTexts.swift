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
    var texts = TextTable()
    /// The numbers of the texts among those of all columns.
    var numbers: [Int32] = []
  }

  private var columns: [Column] = []
  /// Where each text stands, by number: its column and its number there.
  private var places: [(column: Int32, text: Int32)] = []
  /// The periods as they were first read, by number; nil for a text that is none.
  private(set) var periods: [Period?] = []
  /// The places of the periods in their order, by number: equal for equal periods, -1 for a text that is none.
  private(set) var ranks: [Int32] = []
  /// Why texts could not be read, by number, and what was taken for granted, when the column was last read.
  private var reasons: [Int32: UnreadableText] = [:]
  private(set) var notes: [String] = []
  private(set) var count = 0

  /// The position of the column of a setting.
  mutating func column(of setting: Setting) -> Int {
    if let known = columns.firstIndex(where: { $0.setting == setting }) { return known }
    columns.append(Column(setting: setting))
    return columns.count - 1
  }

  /// The number of a text of a column, from 0; the same text in another column has another.
  mutating func number(of text: UnsafeBufferPointer<UInt8>, _ column: Int) -> Int32 {
    let position = Int(columns[column].texts.number(of: text))
    if position == columns[column].numbers.count {
      columns[column].numbers.append(Int32(clamping: count))
      places.append((Int32(clamping: column), Int32(clamping: position)))
      count += 1
    }
    return columns[column].numbers[position]
  }

  /// The number of a text of a column, from 0.
  mutating func number(of text: String, _ column: Int) -> Int32 {
    var text = text
    return text.withUTF8 { number(of: $0, column) }
  }

  /// The text of a number, and under what it is read.
  func text(of number: Int32) -> (text: String, setting: Setting) {
    let place = places[Int(number)]
    let column = columns[Int(place.column)]
    return (column.texts[place.text], column.setting)
  }

  /// Forgets all texts; what was taken for granted in reading them stays said.
  mutating func removeAll() {
    let notes = notes
    self = PeriodTexts()
    self.notes = notes
  }

  /// Under what the texts of a column are read.
  func setting(of column: Int32) -> Setting { columns[Int(column)].setting }

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
        for (text, number) in zip(column.texts.all, column.numbers) {
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
    ranks = Self.ranks(of: read)
    self.reasons = reasons
    self.notes = notes
    return (reasons, notes)
  }

  /// Reads the texts of each group by themselves.
  ///
  /// - Parameter groups: the numbers of the texts of each group, ascending.
  /// - Returns: where the numbers of each group's periods begin, which stand in the order of its texts; and why texts cannot be
  ///   read, by those numbers.
  mutating func read(by groups: [[Int32]]) -> (starts: [Int], reasons: [Int32: UnreadableText]) {
    // Most groups have the same texts, and so the same reading.
    var known: [[Int32]: Int] = [:]
    var starts: [Int] = []
    periods = []
    reasons = [:]
    for group in groups {
      if let start = known[group] {
        starts.append(start)
        continue
      }
      let start = periods.count
      known[group] = start
      starts.append(start)
      periods += [Period?](repeating: nil, count: group.count)
      for column in columns.indices {
        let places = group.indices.filter { self.places[Int(group[$0])].column == column }
        let read = Self.read(
          places.map { text(of: group[$0]).text }, numbers: places.map { Int32(clamping: start + $0) },
          columns[column].setting)
        for (number, period) in read.periods { periods[Int(number)] = period }
        reasons.merge(read.reasons) { first, _ in first }
        for note in read.notes where !notes.contains(note) { notes.append(note) }
      }
    }
    ranks = Self.ranks(of: periods)
    return (starts, reasons)
  }

  private static func ranks(of periods: [Period?]) -> [Int32] {
    var dated: [(period: Period, number: Int)] = []
    for (number, period) in periods.enumerated() {
      if let period { dated.append((period, number)) }
    }
    dated.sort { ($0.period, $0.number) < ($1.period, $1.number) }
    var ranks = [Int32](repeating: -1, count: periods.count)
    var rank: Int32 = -1
    var last: Period?
    for (period, number) in dated {
      if period != last { rank += 1 }
      ranks[number] = rank
      last = period
    }
    return ranks
  }

  /// Whether the texts that have come so far leave one of them unread, which a later one might explain.
  var areUndecided: Bool { !read().reasons.isEmpty }

  /// The periods by number, nil for a text that is none, with the reason; and what was taken for granted.
  private func read() -> (periods: [Period?], reasons: [Int32: UnreadableText], notes: [String]) {
    var periods = [Period?](repeating: nil, count: count)
    var reasons: [Int32: UnreadableText] = [:]
    var notes: [String] = []
    for column in columns {
      let read = Self.read(column.texts.all, numbers: column.numbers, column.setting)
      for (number, period) in read.periods { periods[Int(number)] = period }
      reasons.merge(read.reasons) { first, _ in first }
      for note in read.notes where !notes.contains(note) { notes.append(note) }
    }
    return (periods, reasons, notes)
  }

  /// The periods of texts that are read together, each with its number; why others cannot be read, by number; and what was
  /// taken for granted.
  private static func read(
    _ texts: [String], numbers: [Int32], _ setting: Setting
  ) -> (periods: [(number: Int32, period: Period)], reasons: [Int32: UnreadableText], notes: [String]) {
    var texts = texts
    var numbers = numbers
    var reasons: [Int32: UnreadableText] = [:]
    // Texts that cannot be read are set aside, and the rest read again: they may belong to sound series.
    while !texts.isEmpty {
      do throws(PeriodColumn.Failure) {
        let read = try PeriodColumn(
          reading: texts, frequency: setting.frequency, yearType: setting.yearType)
        return (zip(numbers, read.periods).map { ($0, $1) }, reasons, read.notes)
      } catch {
        let bad = Set(error.problems.map(\.index))
        for problem in error.problems { reasons[numbers[problem.index]] = problem.reason }
        texts = texts.indices.filter { !bad.contains($0) }.map { texts[$0] }
        numbers = numbers.indices.filter { !bad.contains($0) }.map { numbers[$0] }
      }
    }
    return ([], reasons, [])
  }
}
