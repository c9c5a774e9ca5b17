/// What a number format makes of a number.
enum NumberFormat: Hashable {
  case number
  case percentage
  /// The code of the currency, empty where the format does not say.
  case currency(String)
  /// A day; a time within it is not shown.
  case date
  /// The month of a day: `Apr-23`.
  case month
  /// The year of a day.
  case year
  /// A day with its time.
  case dateTime
  /// A time of day or a length of time.
  case time

  /// The formats that Excel has built in, by number (ECMA-376 part 1, 18.8.30); those that depend on the country are
  /// Britain's.
  init(builtIn id: Int) {
    switch id {
    case 9, 10: self = .percentage
    case 5...8, 42, 44: self = .currency("GBP")
    case 17: self = .month
    case 14...16, 27...31, 34...36, 50...54, 57, 58: self = .date
    case 22: self = .dateTime
    case 18...21, 32, 33, 45...47, 55, 56: self = .time
    default: self = .number
    }
  }

  /// Reads a format's code, such as `dd/mm/yyyy` or `[$£-809]#,##0.00`, by its first section, which is that of positive
  /// numbers.
  init(code: String) {
    var marks = Marks()
    var rest = Substring(code)
    while let character = rest.popFirst(), character != ";" {
      switch character {
      case "\"":
        let quoted = rest.prefix { $0 != "\"" }
        marks.takeCurrency(in: quoted)
        rest = rest.dropFirst(quoted.count + 1)
      case "\\":
        if let escaped = rest.popFirst() { marks.takeCurrency(in: Substring(String(escaped))) }
      case "_", "*": rest = rest.dropFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }
        marks.takeBrackets(inside)
        rest = rest.dropFirst(inside.count + 1)
      default:
        if let word = ["general", "am/pm", "a/p"].first(where: {
          (String(character) + rest).lowercased().hasPrefix($0)
        }) {
          rest = rest.dropFirst(word.count - 1)
          if word != "general" { marks.hasTime = true }
        } else {
          marks.take(character)
        }
      }
    }
    self = marks.format
  }

  /// What a code has in it.
  private struct Marks {
    var hasYear = false
    var hasDay = false
    var hasMonthOrMinute = false
    var hasTime = false
    var isElapsed = false
    var hasPercent = false
    var currency: String?

    var format: NumberFormat {
      if isElapsed { return .time }
      if hasDay || hasYear, hasTime { return .dateTime }
      if hasDay { return .date }
      if hasYear { return hasMonthOrMinute ? .month : .year }
      if hasTime { return .time }
      if hasMonthOrMinute { return .date }
      if hasPercent { return .percentage }
      return currency.map(NumberFormat.currency) ?? .number
    }

    mutating func take(_ character: Character) {
      switch character {
      case "y", "Y": hasYear = true
      case "d", "D": hasDay = true
      case "m", "M": hasMonthOrMinute = true
      case "h", "H", "s", "S": hasTime = true
      case "%": hasPercent = true
      default: takeCurrency(in: Substring(String(character)))
      }
    }

    mutating func takeBrackets(_ inside: Substring) {
      if inside.first == "$" {
        let symbol = inside.dropFirst().prefix { $0 != "-" }
        takeCurrency(in: symbol)
        if currency == nil, symbol.count == 3, symbol.allSatisfy({ $0.isUppercase && $0.isASCII }) {
          currency = String(symbol)
        }
      } else if !inside.isEmpty, inside.lowercased().allSatisfy({ "hms".contains($0) }) {
        isElapsed = true
      }
    }

    mutating func takeCurrency(in text: Substring) {
      for (symbol, code) in [("£", "GBP"), ("€", "EUR"), ("$", "USD"), ("¥", "JPY")]
      where text.contains(symbol) {
        currency = currency ?? code
      }
    }
  }
}
