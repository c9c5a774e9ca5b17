import Testing

@testable import Evidence

@Suite("Texts by number, and sets of hashes")
struct TextTableTests {
  @Test("A text has one number, and a number one text, through every growth")
  func numbers() {
    var table = TextTable()
    let texts = [""] + (0..<5000).map { "text \($0 * $0)" } + ["é", "a", "aa", "aaaaaaaa", "aaaaaaaaa"]
    let first = texts.map { table.number(of: $0) }
    #expect(first == texts.indices.map { Int32($0) })
    let again = texts.map { table.number(of: $0) }
    #expect(again == first)
    #expect(first.map { table[$0] } == texts)
    #expect(table.count == texts.count && table.isEmpty(0) && !table.isEmpty(1))
  }

  @Test("A set says of each hash whether it is new, zero too")
  func hashes() {
    var set = HashSet64()
    let hashes = (0..<5000).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    let new = hashes.map { set.insert($0) }
    let known = hashes.map { set.insert($0) }
    #expect(new.allSatisfy { $0 } && known.allSatisfy { !$0 })
  }

  @Test("Hashes depend on every byte and on the length")
  func hash() {
    var seen: Set<UInt64> = []
    for length in 0..<40 {
      for changed in -1..<length {
        var bytes = [UInt8](repeating: 0x61, count: length)
        if changed >= 0 { bytes[changed] = 0x62 }
        let isNew = seen.insert(bytes.withUnsafeBufferPointer { ByteHash.of($0) }).inserted
        #expect(isNew)
      }
    }
  }
}
