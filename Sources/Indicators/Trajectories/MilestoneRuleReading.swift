import TimeSeries

// The rules of milestones as text: read in the plain words of improvement plans.

extension MilestoneRule {
  /// Reads a rule; capitals, spaces between words and a full stop or comma at the end of a word do not count.
  ///
  /// - Parameters:
  ///   - text: the words, such as `50% or national average whichever is the higher`.
  ///   - unit: the unit of the measure, which levels must have; a number alone is in that unit.
  ///   - plusMeans: what `baseline plus 10%` adds where the measure is itself in per cent; nil where that is not declared.
  ///     `plus 10 points` and `plus 10 per cent of itself` say it themselves.
  /// - Throws: ``UnreadableText`` with what is wrong and the forms that are accepted.
  public init(
    parsing text: some StringProtocol, unit: Unit, plusMeans: Increase? = nil
  ) throws(UnreadableText) {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
      .map { word in word.last == "." || word.last == "," ? String(word.dropLast()) : String(word) }
      .filter { !$0.isEmpty }
    func problem(_ problem: String, _ remedy: String) -> UnreadableText {
      UnreadableText(text: String(text), problem: problem, remedy: remedy)
    }
    switch words.joined(separator: " ") {
    case "": throw problem("is empty", "write \(Self.accepted)")
    case "na", "n/a", "none", "not applicable": self = .none
    case "to be determined", "tbd", "to be confirmed", "tbc": self = .toBeDetermined
    case "establish baseline", "baseline established", "baseline to be established": self = .establishBaseline
    case "national average", "the national average": self = .nationalAverage
    default:
      if words.starts(with: ["baseline", "plus"]) || words.starts(with: ["baseline", "minus"]) {
        let amount = try Self.increase(Array(words.dropFirst(2)), unit, plusMeans, problem)
        self = .baselinePlus(words[1] == "minus" ? -amount.by : amount.by, amount.kind)
      } else if words.first == "baseline", let level = try Self.level(words.dropFirst(), unit, problem) {
        self = .statesBaseline(level)
      } else if let (level, choice) = try Self.choice(words, unit, problem) {
        self = .levelOrNational(level, choice)
      } else if let level = try Self.level(words[...], unit, problem) {
        self = .level(level)
      } else {
        throw problem("is not a rule of a milestone", "write \(Self.accepted)")
      }
    }
  }

  /// `50% or national average whichever is the higher`, in either order; nil where the words are no such choice.
  private static func choice(
    _ words: [String], _ unit: Unit, _ problem: (String, String) -> UnreadableText
  ) throws(UnreadableText) -> (Double, Choice)? {
    guard let or = words.firstIndex(of: "or"), let which = words.firstIndex(of: "whichever"), or < which
    else {
      if words.contains("or"), words.contains("average") {
        throw problem(
          "does not say which of the two counts", "add whichever is the higher, or whichever is the lower")
      }
      return nil
    }
    let sides = [words[..<or], words[(or + 1)..<which]].map { side in
      side.first == "the" ? side.dropFirst() : side
    }
    let tail = words[which...].filter { !["whichever", "is", "the"].contains($0) }
    guard tail.count == 1, let choice = tail.first.flatMap(Choice.init(rawValue:)) else {
      throw problem(
        "does not say which of the two counts", "end with whichever is the higher, or whichever is the lower")
    }
    guard let own = sides.first(where: { Array($0) != ["national", "average"] }),
      sides.contains(where: { Array($0) == ["national", "average"] }),
      let level = try level(own, unit, problem)
    else { return nil }
    return (level, choice)
  }

  /// What follows `baseline plus`: `10%`, `10 points`, `10 per cent of itself`, `2 weeks`.
  private static func increase(
    _ words: [String], _ unit: Unit, _ plusMeans: Increase?, _ problem: (String, String) -> UnreadableText
  ) throws(UnreadableText) -> (by: Double, kind: Increase) {
    let joined = words.joined(separator: " ")
    for (ending, kind) in [
      (" percentage points", Increase.points), ("% points", .points), (" points", .points),
      ("% of itself", .perCent), (" per cent of itself", .perCent), (" percent of itself", .perCent),
    ] where joined.hasSuffix(ending) {
      guard let number = number(joined.dropLast(ending.count)) else { break }
      // A proportion is measured from 0 to 1; points are hundredths of the whole.
      return (kind == .points && unit == .proportion ? number / 100 : number, kind)
    }
    if let number = percentage(joined) {
      guard unit.whole != nil else { return (number, .perCent) }
      guard let plusMeans else {
        throw problem(
          "can mean points or per cent of the baseline, and the measure is itself in \(unit)",
          "declare baseline-plus: points, or baseline-plus: per cent")
      }
      return (plusMeans == .points && unit == .proportion ? number / 100 : number, plusMeans)
    }
    if let level = try level(words[...], unit, problem) { return (level, .points) }
    throw problem("does not say how much is added", "write baseline plus 10%, or baseline plus 10 points")
  }

  /// A level in the unit of the measure; nil where the words are no number at all.
  private static func level(
    _ words: ArraySlice<String>, _ unit: Unit, _ problem: (String, String) -> UnreadableText
  ) throws(UnreadableText) -> Double? {
    let joined = words.joined(separator: " ")
    if let number = percentage(joined) {
      guard let whole = unit.whole else {
        throw problem(
          "is in per cent and the measure is in \(unit)", "write the level in \(unit), or mend the unit")
      }
      return whole == 100 ? number : number * whole / 100
    }
    guard let first = words.first, let number = number(first[...]) else { return nil }
    let rest = words.dropFirst().joined(separator: " ")
    if rest.isEmpty { return number }
    // One week and two weeks are of one unit.
    guard let written = try? Unit(parsing: rest), written == unit || rest == unit.description else {
      throw problem(
        "is in \"\(rest)\" and the measure is in \(unit)", "write the level in \(unit), or mend the unit")
    }
    return number
  }

  /// `10%`, `10 %` or `10 per cent`; nil for any other text.
  private static func percentage(_ text: String) -> Double? {
    for ending in ["%", "per cent", "percent"] where text.hasSuffix(ending) {
      let digits = text.dropLast(ending.count)
      return number(digits.last == " " ? digits.dropLast() : digits)
    }
    return nil
  }

  /// A finite number in plain decimal form.
  private static func number(_ text: Substring) -> Double? {
    PlainDecimal.value(of: text).flatMap { $0.isFinite ? $0 : nil }
  }
}
