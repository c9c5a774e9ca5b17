/// The part of an address behind the question mark, taken apart strictly.
struct RequestQuery: Hashable, Sendable {
  /// Names and values, in their order.
  let items: [Item]

  /// A name and its value.
  struct Item: Hashable, Sendable {
    let name: String
    let value: String
  }

  /// - Returns: nil where an escape is broken or what comes of it is not UTF-8.
  init?(_ text: String) {
    var items: [Item] = []
    for part in text.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = pair.first.flatMap(Self.decoded),
        let value = Self.decoded(pair.count > 1 ? pair[1] : "")
      else { return nil }
      items.append(Item(name: name, value: value))
    }
    self.items = items
  }

  /// The value of a name that is given once.
  func value(_ name: String) -> String? { items.first { $0.name == name }?.value }

  /// All values of a name.
  func values(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
          return nil
        }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
