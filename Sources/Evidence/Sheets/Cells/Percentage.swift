import TimeSeries

/// A share of one as the percentage that a sheet shows.
enum Percentage {
  /// The number a hundred times as large, moved digit by digit: 0.124 gives 12.4, where multiplying may give
  /// 12.399999999999999.
  static func shown(_ share: Double) -> Double {
    let text = String(share)
    let parts = text.split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return PlainDecimal.value(of: "\(parts.first ?? "")e\(exponent + 2)") ?? share * 100
  }
}
