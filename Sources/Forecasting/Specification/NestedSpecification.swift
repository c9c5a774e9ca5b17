extension ModelExpression {
  /// A specification as it is written as an argument of another: between quotation marks where it has more than one
  /// pair of parentheses, or the length of a season after them.
  static func nested(_ specification: String) -> String {
    let isPlain = (try? ModelExpression(specification)).map { $0.groups.count <= 1 && $0.season == nil }
    return isPlain == true ? specification : quoted(specification)
  }
}
