/// Numbers as sentences write them: whole ones without a fraction.
enum CountText {
  static func plain(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }
}
