/// The layouts of published files.
public enum Layouts {
  /// Every layout, one line each.
  public static let all: [any PublishedLayout.Type] = []

  /// The layout of a name; nil when there is none.
  public static func named(_ name: String) -> (any PublishedLayout.Type)? { all.first { $0.name == name } }
}
