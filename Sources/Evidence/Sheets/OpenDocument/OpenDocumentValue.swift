import TimeSeries

/// Days and times as OpenDocument writes them, and xlsx cells of kind `d`.
enum OpenDocumentValue {
  /// A day, or a day and a time to the second; a fraction of a second does not count. Nil for any other text.
  static func date(_ text: String) -> CellContent? {
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let day = CivilDate(String(parts[0])) else { return nil }
    guard parts.count == 2 else { return .date(day) }
    let clock = parts[1].prefix { $0 != "." && $0 != "," && $0 != "Z" }.split(
      separator: ":", omittingEmptySubsequences: false)
    let numbers = clock.compactMap { XMLNumber.whole($0) }
    guard numbers.count == clock.count, (2...3).contains(clock.count), numbers[0] < 24, numbers[1] < 60 else {
      return nil
    }
    let seconds = numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? min(numbers[2], 59) : 0)
    return seconds == 0 ? .date(day) : .dateTime(day, seconds: seconds)
  }

  /// A length of time after ISO 8601, such as `PT37H30M00S`, in whole seconds; nil for any other text, and for years and
  /// months.
  static func duration(_ text: String) -> CellContent? {
    let isNegative = text.hasPrefix("-")
    var rest = Substring(text).dropFirst(isNegative ? 1 : 0)
    guard rest.popFirst() == "P", !rest.isEmpty else { return nil }
    var seconds = 0
    var isTime = false
    while !rest.isEmpty {
      if rest.first == "T" {
        isTime = true
        rest.removeFirst()
        continue
      }
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      if rest.first == "." || rest.first == "," { rest = rest.dropFirst().drop { $0.isNumber } }
      guard let number = XMLNumber.whole(digits), let unit = rest.popFirst(),
        let length = isTime ? ["H": 3600, "M": 60, "S": 1][unit] : ["D": 86_400, "W": 604_800][unit]
      else { return nil }
      seconds += number * length
    }
    return .duration(seconds: isNegative ? -seconds : seconds)
  }
}

/// Whole numbers in XML.
enum XMLNumber {
  /// The number of one to nine decimal digits; nil for any other text.
  static func whole(_ text: Substring) -> Int? {
    guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
      return nil
    }
    return Int(text)
  }
}
