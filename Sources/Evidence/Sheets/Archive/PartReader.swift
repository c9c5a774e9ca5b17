/// Takes in an XML part as it comes: elements begin and end, and texts stand between.
///
/// A subclass for each kind of part. What `start`, `end` and `text` throw stops the reading.
class PartReader {
  /// The file, as it was named.
  let file: String

  init(file: String) { self.file = file }

  /// An element begins.
  ///
  /// - Parameters:
  ///   - name: its name without the prefix.
  ///   - attributes: its attributes, valid during the call.
  func start(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {}

  /// An element ends.
  func end(_ name: XMLBytes) throws(EvidenceError) {}

  /// Some text of the element that began last; a text may come in pieces.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(EvidenceError) {}

  /// The sheet that is being read, for what is said of damage to the part; nil where there is none.
  var place: String? { nil }

  /// An error at a place of the file: `sheet "Data", cell C17`.
  final func problem(at place: String? = nil, _ message: String) -> EvidenceError {
    .badData(Problem(file: file, message: place.map { "\($0): \(message)" } ?? message))
  }
}

/// A text that the XML parser holds, valid during a call.
struct XMLBytes {
  let bytes: UnsafeBufferPointer<UInt8>

  var text: String { String(decoding: bytes, as: UTF8.self) }

  static func == (left: XMLBytes, right: StaticString) -> Bool {
    let count = right.utf8CodeUnitCount
    guard left.bytes.count == count else { return false }
    return right.withUTF8Buffer { right in
      for position in 0..<count where left.bytes[position] != right[position] { return false }
      return true
    }
  }

  /// Makes `switch name { case "row": … }` possible.
  static func ~= (pattern: StaticString, name: XMLBytes) -> Bool { name == pattern }

  /// The whole number, not negative, of at most nine digits; nil for anything else.
  var wholeNumber: Int? {
    guard (1...9).contains(bytes.count) else { return nil }
    var number = 0
    for byte in bytes {
      guard byte >= 48, byte <= 57 else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }

  /// Whether the text is one of the ways to write true.
  var isTrue: Bool { self == "1" || self == "true" }
}

/// The attributes of an element, as the parser holds them: five pointers each.
struct XMLAttributes {
  let pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  let count: Int

  /// The value of an attribute.
  ///
  /// - Parameters:
  ///   - name: its name without the prefix.
  ///   - namespace: how its namespace ends; nil for one without a namespace.
  subscript(name: StaticString, in namespace: StaticString? = nil) -> XMLBytes? {
    guard let pointers else { return nil }
    for index in 0..<count {
      guard let local = pointers[5 * index], Self.isEqual(local, name) else { continue }
      let uri = pointers[5 * index + 2]
      if let namespace {
        guard let uri, Self.ends(uri, with: namespace) else { continue }
      } else if uri != nil {
        continue
      }
      guard let start = pointers[5 * index + 3], let end = pointers[5 * index + 4] else { continue }
      return XMLBytes(bytes: UnsafeBufferPointer(start: start, count: max(0, end - start)))
    }
    return nil
  }

  private static func isEqual(_ pointer: UnsafePointer<UInt8>, _ name: StaticString) -> Bool {
    name.withUTF8Buffer { name in
      for position in 0..<name.count where pointer[position] != name[position] { return false }
      return pointer[name.count] == 0
    }
  }

  private static func ends(_ pointer: UnsafePointer<UInt8>, with suffix: StaticString) -> Bool {
    var length = 0
    while pointer[length] != 0 { length += 1 }
    guard length >= suffix.utf8CodeUnitCount else { return false }
    return isEqual(pointer + (length - suffix.utf8CodeUnitCount), suffix)
  }
}
