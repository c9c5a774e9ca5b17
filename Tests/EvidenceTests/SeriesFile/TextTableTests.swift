import Testing
import TimeSeries

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

  @Test("A table of series finds by name and area what was put in, through every growth, and nothing else")
  func seriesNumbers() {
    var numbers = SeriesNumbers()
    for number in 0..<5000 as Range<Int32> {
      #expect(numbers.find(number % 70, number / 70 - 1) == -1)
      numbers.insert(number % 70, number / 70 - 1, number: number)
    }
    let found = (0..<5000 as Range<Int32>).map { numbers.find($0 % 70, $0 / 70 - 1) }
    #expect(found == Array(0..<5000))
    #expect(numbers.find(70, 0) == -1 && numbers.find(0, 5000) == -1)
    numbers.removeAll()
    #expect(numbers.find(0, -1) == -1)
    numbers.insert(0, -1, number: 7)
    #expect(numbers.find(0, -1) == 7)
  }

  @Test("A text that a table does not have has no number, and is not taken in")
  func find() {
    var table = TextTable()
    let number = table.number(of: "sefton")
    func find(_ text: String) -> Int32 { Array(text.utf8).withUnsafeBufferPointer { table.find($0) } }
    #expect(find("sefton") == number && find("Sefton") == -1 && find("") == -1)
    #expect(table.count == 1 && table.all == ["sefton"])
  }

  @Test("Bytes are counted and found wherever they stand")
  func search() {
    for length in [0, 1, 254, 255, 256, 1000] {
      let bytes = (0..<length).map { UInt8($0 % 3) }
      #expect(ByteSearch.count(2, in: bytes) == length / 3)
      #expect(ByteSearch.first(2, in: bytes) == (length > 2 ? 2 : nil))
      #expect(ByteSearch.first(9, in: bytes) == nil)
    }
    #expect(ByteSearch.count(7, in: [UInt8](repeating: 7, count: 3000)) == 3000)
  }

  @Test("A code is remembered under its unit, by all its bytes, and no more codes than are few")
  func codes() {
    var codes = ValueCodes()
    func bytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
      Array(text.utf8).withUnsafeBufferPointer(body)
    }
    bytes("<5") { codes.remember($0, unit: 0, .suppressed(0...4)) }
    bytes("123456789") { codes.remember($0, unit: 0, .notAvailable) }
    #expect(bytes("<5") { codes.find($0, unit: 0) } == .suppressed(0...4))
    #expect(bytes("<5") { codes.find($0, unit: 1) } == nil)
    #expect(
      bytes("5") { codes.find($0, unit: 0) } == nil && bytes("123456789") { codes.find($0, unit: 0) } == nil)
    for number in 0..<100 { bytes("<\(number)") { codes.remember($0, unit: 1, .notAvailable) } }
    #expect(bytes("<3") { codes.find($0, unit: 1) } == .notAvailable)
    #expect(bytes("<99") { codes.find($0, unit: 1) } == nil)
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
