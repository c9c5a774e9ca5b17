/// What became of an import: the numbers that reconcile to the figure.
///
/// ``figures`` is the sum of ``added``, ``revised``, ``unchanged``, ``superseded`` and ``conflicting``.
public struct StoreImport: Hashable, Sendable {
  /// The file, as it was named.
  public let file: String
  /// The SHA-256 digest of its bytes, in hexadecimal.
  public let digest: String
  /// The layout that read it.
  public let layout: String
  /// The number of the import in the store, from 1: that of the earlier import where nothing changed.
  public let number: Int
  /// Whether the same bytes had been imported before, and brought nothing now: the store was left as it was.
  public let isRepeat: Bool
  /// Whether its figures were counted from rows of single children, so that disclosure control applies before any of them
  /// is shown.
  public let isChildLevel: Bool
  /// The rows of the file under its header.
  public let rows: Int
  /// The cells that could not be read.
  public let unreadable: Int
  /// The figures that were read.
  public let figures: Int
  /// The figures of periods of which the store knew none.
  public let added: Int
  /// The figures that say something else than what was known: new vintages beside the old.
  public let revised: Int
  /// The figures that say what was known.
  public let unchanged: Int
  /// The figures without a value that stand beside one with a value, of the same period and day.
  public let superseded: Int
  /// The figures of a period that contradict one another and do not say which is later: none of them was taken.
  public let conflicting: Int
  /// The series that the store had not known; 0 for an import that is read back.
  public let newSeries: Int
  /// What is wrong, in the order of the series; at most ``problemLimit``. None for an import that is read back.
  public let problems: [Problem]
  /// The problems beyond those.
  public let omittedProblems: Int

  /// The most problems that are held.
  public static let problemLimit = 1000
}

extension StoreImport: CustomStringConvertible {
  /// What became of it, in a sentence.
  public var description: String {
    if isRepeat {
      return "\(file): is in the store already, as import \(number); nothing changed"
    }
    var parts = ["\(added) new", "\(revised) revised", "\(unchanged) as they were known"]
    if superseded > 0 { parts.append("\(superseded) without a value beside one with a value") }
    if conflicting > 0 { parts.append("\(conflicting) that contradict one another and were left out") }
    let series = newSeries == 0 ? "" : "; \(newSeries) new series"
    return "\(file): import \(number), \(figures) figures: \(parts.joined(separator: ", "))\(series)"
  }
}
