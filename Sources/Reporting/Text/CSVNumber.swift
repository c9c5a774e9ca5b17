import TimeSeries

extension CSVText {
  /// A number: the shortest text that reads back as it, without an exponent.
  static func number(_ value: Double) -> String { NumberText.plain(value) }
}
