/// What is kept of a list in one week of one path, in this order; then two for each length of time.
enum ListColumn {
  static let waiting = 0
  static let waited = 1
  static let median = 2
  static let percentile92 = 3
  static let referred = 4
  static let seen = 5
  static let seenWaited = 6
  static let left = 7
  static let unused = 8
  static let fixed = 9

  /// The column of those waiting, and the one of those seen, within a length of time.
  static func waiting(within length: Int) -> Int { fixed + 2 * length }
  static func seen(within length: Int) -> Int { fixed + 2 * length + 1 }
}
