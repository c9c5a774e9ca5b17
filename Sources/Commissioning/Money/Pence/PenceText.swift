extension Pence: LosslessStringConvertible {
  /// The amount in pounds and pence with commas between thousands: `£1,234,567.89`, `-£0.05`.
  public var description: String {
    let digits = String(count.magnitude / 100)
    var pounds = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { pounds += "," }
      pounds.append(digit)
    }
    let pence = count.magnitude % 100
    return "\(count < 0 ? "-" : "")£\(pounds).\(pence < 10 ? "0" : "")\(pence)"
  }

  /// Reads what ``init(text:)`` reads; nil for anything else.
  public init?(_ description: String) {
    guard let amount = try? Pence(text: description) else { return nil }
    self = amount
  }

  /// Reads pounds and pence as people write them: `£1,234.56`, `1234.5`, `-£12`, `-0.05`.
  ///
  /// A minus stands first; the pound sign may be left out; commas stand between thousands everywhere or nowhere; there
  /// are one or two decimals or none. More decimals are refused and not rounded, because a figure with a tenth of a
  /// penny is a price and not an amount.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` with what would be accepted.
  public init(text: String) throws(CommissioningError) {
    func refused(_ reason: String) -> CommissioningError {
      .money("\"\(text)\" \(reason); write pounds and pence as £1,234.56, 1234.56 or -£12")
    }
    var rest = Substring(text)
    let isNegative = rest.first == "-" || rest.first == "\u{2212}"
    if isNegative { rest = rest.dropFirst() }
    if rest.first == "£" { rest = rest.dropFirst() }
    let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2 else { throw refused("has more than one full stop") }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    guard let first = groups.first, !first.isEmpty,
      groups.count == 1 || (first.count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 })
    else { throw refused("is not an amount with commas between its thousands") }
    var decimals = parts.count == 2 ? String(parts[1]) : "00"
    if decimals.count == 1 { decimals += "0" }
    guard decimals.count == 2 else {
      throw refused(decimals.isEmpty ? "ends in a full stop" : "has a part of a penny")
    }
    var count: Int64 = 0
    for character in groups.joined() + decimals {
      guard character.isASCII, let digit = character.wholeNumberValue else {
        throw refused("is not an amount")
      }
      // Built on the negative side, which holds one more.
      let (scaled, overflow) = count.multipliedReportingOverflow(by: 10)
      let (next, beyond) = scaled.subtractingReportingOverflow(Int64(digit))
      guard !overflow, !beyond else { throw refused("is more than can be held in pence") }
      count = next
    }
    guard isNegative || count != Int64.min else { throw refused("is more than can be held in pence") }
    self.init(isNegative ? count : -count)
  }
}
