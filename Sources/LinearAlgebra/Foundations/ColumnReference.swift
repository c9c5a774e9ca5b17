/// Which column of a design or matrix an error speaks of: its position, and its name where it has one.
public struct ColumnReference: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The position of the column, counted from zero as in code.
  public let index: Int
  /// The name the caller gave it, if any.
  public let name: String?

  /// A reference to the column at `index`, called `name`.
  public init(index: Int, name: String? = nil) {
    self.index = index
    self.name = name
  }

  /// "column 3" or "column 3 (pupils)", counted from one as people count.
  public var description: String {
    guard let name else { return "column \(index + 1)" }
    return "column \(index + 1) (\(name))"
  }
}
