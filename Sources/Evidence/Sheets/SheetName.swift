/// A sheet as a workbook lists it.
public struct SheetName: Hashable, Sendable {
  /// Whether its tab is shown.
  public enum Visibility: String, Hashable, Sendable {
    /// It is shown.
    case visible
    /// It is hidden, and a reader can show it.
    case hidden
    /// It is hidden so that only a program can show it.
    case veryHidden
  }

  /// The name on the tab.
  public let name: String
  /// Whether its tab is shown.
  public let visibility: Visibility
  /// Whether it has cells; a sheet that is a chart has none.
  public let hasCells: Bool

  init(name: String, visibility: Visibility, hasCells: Bool = true) {
    self.name = name
    self.visibility = visibility
    self.hasCells = hasCells
  }

  /// The name in quotes, and what is special about it.
  var description: String {
    let mark = !hasCells ? " (a chart)" : visibility == .visible ? "" : " (hidden)"
    return "\"\(name)\"\(mark)"
  }
}
