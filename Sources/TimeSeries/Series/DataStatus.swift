// What a publisher says of a figure, as the words of the column `status`.

extension DataFlags {
  /// The words, in a fixed order with spaces between: `provisional`, `revised`, `estimated`; empty for none of them.
  public var statusText: String {
    Self.statuses.filter { contains($0.flag) }.map(\.word).joined(separator: " ")
  }

  /// Reads words such as `provisional` or `revised estimated`, whatever their capitals; nothing for an empty text.
  ///
  /// - Throws: ``UnreadableText`` that names the words.
  public init(status text: some StringProtocol) throws(UnreadableText) {
    var flags: DataFlags = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\u{A0}" }) {
      guard let known = Self.statuses.first(where: { $0.word == word.lowercased() }) else {
        throw UnreadableText(
          text: String(text), problem: "is no status of a figure",
          remedy: "write \(Self.statuses.map(\.word).joined(separator: ", ")), or leave it empty")
      }
      flags.insert(known.flag)
    }
    self = flags
  }

  private static let statuses: [(word: String, flag: DataFlags)] = [
    ("provisional", .provisional), ("revised", .revised), ("estimated", .estimated),
  ]
}
