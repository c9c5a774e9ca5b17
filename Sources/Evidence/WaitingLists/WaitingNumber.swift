/// Numbers as messages about waiting lists have them.
enum WaitingNumber {
  /// A number as it is written, a whole one without a point.
  static func plain(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
}
