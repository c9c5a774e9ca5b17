import TimeSeries

/// What a value note of Fingertips says: why there is no value, or what to know of the one that there is.
///
/// The notes are sentences for people, of which the publisher adds new ones; they are known by words in them.
///
/// | words | without a value | with one |
/// | --- | --- | --- |
/// | `suppressed`, but not for `incompleteness` or `quality` | suppressed | the note alone |
/// | `not applicable` | not applicable | the note alone |
/// | anything else, or no note | not available | |
/// | `aggregated from all known`, `estimate`, `modelled`, `imputed` | | estimated |
/// | `provisional` | | provisional |
/// | `revised` | | revised |
struct FingertipsNote: Hashable {
  /// Why there is no value, where there is none.
  let absence: Observation
  /// What is said of a value.
  let flags: DataFlags
  /// The words; nil for none.
  let text: String?

  init(_ text: String) {
    let trimmed = text.withoutOuterSpaces
    self.text = trimmed.isEmpty ? nil : trimmed
    let lowered = trimmed.lowercased()
    func has(_ words: String...) -> Bool { words.contains { lowered.contains($0) } }
    if has("suppressed"), !has("incomplete", "quality") {
      absence = .suppressed(nil)
    } else if has("not applicable") {
      absence = .notApplicable
    } else {
      absence = .notAvailable
    }
    var flags: DataFlags = []
    if has("aggregated from all known", "estimate", "modelled", "imputed") { flags.insert(.estimated) }
    if has("provisional") { flags.insert(.provisional) }
    if has("revised") { flags.insert(.revised) }
    self.flags = flags
  }
}

extension String {
  /// Whether a text stands in this one.
  fileprivate func contains(_ words: String) -> Bool {
    guard !words.isEmpty else { return true }
    let (text, wanted) = (Array(utf8), Array(words.utf8))
    guard text.count >= wanted.count else { return false }
    return (0...(text.count - wanted.count)).contains { text[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }
}
