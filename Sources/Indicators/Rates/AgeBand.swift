/// A band of ages, both ends included: `0-4`, or `90+` without an end.
public struct AgeBand: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The youngest age, in whole years.
  public let lower: Int
  /// The oldest age, in whole years; nil where there is none.
  public let upper: Int?

  /// A band; nil unless 0 ≤ lower ≤ upper.
  public init?(_ lower: Int, _ upper: Int?) {
    guard lower >= 0, upper.map({ $0 >= lower }) ?? true else { return nil }
    self.lower = lower
    self.upper = upper
  }

  /// Reads `0-4`, `0 to 4`, `90+`, `90 and over`, `under 1`, `<1`, `5`, each also after `age` or `aged` and before
  /// `years`; nil for any other text.
  public init?(_ text: some StringProtocol) {
    var words = text.lowercased()
      .map { "–—−‑".contains($0) ? "-" : $0 }
      .split(whereSeparator: { $0 == " " || $0 == "\u{A0}" || $0 == "_" }).map { String($0) }
    words.removeAll { ["age", "aged", "ages", "year", "years", "yrs", "old"].contains($0) }
    var body = words.joined(separator: " ")
    for (words, sign) in [
      (" to ", "-"), (" - ", "-"), (" and over", "+"), (" and older", "+"), (" or over", "+"), (" plus", "+"),
      (" +", "+"), ("under ", "<"),
    ] {
      if let range = body.firstRange(of: words) { body.replaceSubrange(range, with: sign) }
    }
    if body.hasPrefix("<"), let limit = Self.whole(body.dropFirst()), limit > 0 {
      self.init(0, limit - 1)
    } else if body.hasSuffix("+"), let least = Self.whole(body.dropLast()) {
      self.init(least, nil)
    } else {
      let ends = body.split(separator: "-", omittingEmptySubsequences: false).map { Self.whole($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
        return nil
      }
      self.init(first, last)
    }
  }

  /// An age written with up to three digits.
  private static func whole(_ text: some StringProtocol) -> Int? {
    text.count <= 3 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// The band as it is read: `0-4`, `90+`, `5`.
  public var description: String {
    switch upper {
    case nil: "\(lower)+"
    case lower?: "\(lower)"
    case let upper?: "\(lower)-\(upper)"
    }
  }

  /// Orders by the youngest age, then the oldest.
  public static func < (left: AgeBand, right: AgeBand) -> Bool {
    (left.lower, left.upper ?? .max) < (right.lower, right.upper ?? .max)
  }
}
