/// What has changed between the headers of two releases of a publication.
///
/// Publishers change the capitals of a column, rename it and add others; a reader that goes by position or by exact names
/// then reads the wrong column or none.
public struct HeaderDrift: Hashable, Sendable {
  /// A column that has another name.
  public struct Rename: Hashable, Sendable {
    /// The name before.
    public let before: String
    /// The name now.
    public let now: String
    /// Whether only capitals, hyphens, underscores or spaces differ; otherwise the names are merely alike, and somebody
    /// should look.
    public let isWriting: Bool
  }

  /// The columns that have another name, in the order of the earlier header.
  public private(set) var renamed: [Rename] = []
  /// The columns that are new, in the order of the later header.
  public private(set) var added: [String] = []
  /// The columns that are gone, in the order of the earlier header.
  public private(set) var removed: [String] = []

  /// Compares two headers; the order of the columns does not matter.
  ///
  /// - Parameters:
  ///   - before: the names of the columns in the earlier release.
  ///   - now: the names of the columns in the later one.
  public init(from before: [String], to now: [String]) {
    let unchanged = Set(before).intersection(now)
    var byLetters: [String: String] = [:]
    for name in now where !unchanged.contains(name) { byLetters[Self.letters(name)] = name }
    var taken: Set<String> = []
    var gone: [String] = []
    for name in before where !unchanged.contains(name) {
      if let found = byLetters.removeValue(forKey: Self.letters(name)) {
        renamed.append(Rename(before: name, now: found, isWriting: true))
        taken.insert(found)
      } else {
        gone.append(name)
      }
    }
    var open = now.filter { !unchanged.contains($0) && !taken.contains($0) }
    for name in gone {
      guard open.count * gone.count <= 250_000, let position = Self.nearest(to: name, among: open) else {
        removed.append(name)
        continue
      }
      renamed.append(Rename(before: name, now: open.remove(at: position), isWriting: false))
    }
    added = open
  }

  /// Whether nothing has changed.
  public var isEmpty: Bool { renamed.isEmpty && added.isEmpty && removed.isEmpty }

  /// What has changed, as sentences.
  public var sentences: [String] {
    let writing = renamed.filter(\.isWriting).map { "\($0.before) is now \($0.now)" }
    let alike = renamed.filter { !$0.isWriting }.map { "\($0.before), now perhaps \($0.now)" }
    return [
      writing.isEmpty ? nil : "columns are written otherwise than before: \(ListedNames.of(writing))",
      alike.isEmpty ? nil : "columns may have been renamed, compare them: \(ListedNames.of(alike))",
      added.isEmpty ? nil : "columns are new: \(ListedNames.of(added))",
      removed.isEmpty ? nil : "columns are gone: \(ListedNames.of(removed))",
    ].compactMap { $0 }
  }

  private static func letters(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The position of the name that shares the most words, at least two thirds of those of both; nil when none does.
  private static func nearest(to name: String, among names: [String]) -> Int? {
    let words = Set(MeasureUnits.words(name))
    var best: (position: Int, share: Double)?
    for (position, candidate) in names.enumerated() {
      let others = Set(MeasureUnits.words(candidate))
      let union = words.union(others).count
      guard union > 0 else { continue }
      let share = Double(words.intersection(others).count) / Double(union)
      if share >= 0.66, share > best?.share ?? 0 { best = (position, share) }
    }
    return best?.position
  }
}
