/// The ages that a figure counts, in completed years.
public struct AgeSpan: Hashable, Sendable, CustomStringConvertible {
  /// The youngest.
  public let from: Int
  /// The oldest; nil where there is none: 90 and over, all ages.
  public let through: Int?

  /// The ages from one to another, both included.
  public init(from: Int, through: Int?) {
    self.from = from
    self.through = through
  }

  /// Reads ages as the Office for National Statistics writes them: `7`, `90 and over`, `90+`, `0-4`, `All ages`, `total`.
  ///
  /// - Returns: nil for any other text.
  public init?(parsing text: String) {
    var rest = text.lowercased()
    for prefix in ["aged ", "age "] where rest.hasPrefix(prefix) { rest.removeFirst(prefix.count) }
    if ["all ages", "all-ages", "all", "total"].contains(rest) {
      self.init(from: 0, through: nil)
      return
    }
    for suffix in [" and over", " and-over", "-and-over", "+", " plus"] where rest.hasSuffix(suffix) {
      guard let age = Self.age(rest.dropLast(suffix.count)) else { return nil }
      self.init(from: age, through: nil)
      return
    }
    let ends = rest.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, let first = ends.first.flatMap(Self.age), let last = ends.last.flatMap(Self.age),
      first <= last
    else { return nil }
    self.init(from: first, through: last)
  }

  /// Whether it is one year of age.
  public var isSingleYear: Bool { through == from }

  /// `7`, `0-17`, `90 and over`, `All ages`.
  public var description: String {
    guard let through else { return from == 0 ? "All ages" : "\(from) and over" }
    return through == from ? "\(from)" : "\(from)-\(through)"
  }

  private static func age(_ text: Substring) -> Int? {
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}
