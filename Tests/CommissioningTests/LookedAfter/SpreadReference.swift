/// Found by numerical integration, SciPy 1.17.1.
enum SpreadReference {
  static let deviation = 0.306084
}
