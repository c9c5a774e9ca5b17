/// Why a text cannot be read, and what would be.
public struct UnreadableText: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text, as it was written.
  public let text: String
  /// What is wrong with it, as the end of a sentence: `is not a number`.
  public let problem: String
  /// What would be accepted, as the rest of the sentence: `write 12.4, or 0.124 with unit proportion`.
  public let remedy: String

  /// A text, its problem and its remedy.
  public init(text: String, problem: String, remedy: String) {
    self.text = text
    self.problem = problem
    self.remedy = remedy
  }

  /// The sentence: `"12,4%" is not a number; write 12.4, or 0.124 with unit proportion`.
  public var description: String { "\"\(text)\" \(problem); \(remedy)" }
}
