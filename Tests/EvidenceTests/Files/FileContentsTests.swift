import Evidence
import Testing

struct FileContentsTests {
  @Test("Plain files are read whole, and named without folders and endings")
  func plain() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("waits.csv", "a,b\n1,2\n")
    let contents = try FileContents.read(path)
    #expect(contents.bytes == Array("a,b\n1,2\n".utf8))
    #expect(contents.baseName == "waits")
    #expect(FileContents(path: "in/waits.csv.gz", bytes: []).baseName == "waits")
    #expect(FileContents(path: "-", bytes: []).baseName == "stdin")
    #expect(FileContents(path: "/x/.hidden", bytes: []).baseName == ".hidden")
    #expect(FileContents(path: "waits", bytes: []).baseName == "waits")
    #expect(try FileContents.read(folder.file("empty.csv", "")).bytes.isEmpty)
  }

  @Test("Gzip is read by its mark, whatever the name, and several members one after another")
  func gzip() throws {
    let folder = try TemporaryFolder()
    for name in ["a.csv.gz", "a.csv"] {
      let path = try folder.file(name, GzipFixture.bytes)
      #expect(try FileContents.read(path).bytes == Array(GzipFixture.text.utf8))
    }
    let two = try folder.file("two.gz", GzipFixture.bytes + GzipFixture.bytes + [0, 0, 0])
    #expect(try FileContents.read(two).bytes == Array((GzipFixture.text + GzipFixture.text).utf8))
  }

  @Test("A small gzip file that grows a thousandfold is read whole, and held to the limit")
  func grows() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("letters.gz", GzipFixture.letters)
    let bytes = try FileContents.read(path).bytes
    #expect(bytes.count == 400_000 && bytes.allSatisfy { $0 == UInt8(ascii: "a") })
    #expect(throws: EvidenceError.tooLarge(path: path, limit: 300_000)) {
      try FileContents.read(path, limit: 300_000)
    }
  }

  @Test("A gzip file cut anywhere is truncated, not shorter")
  func truncated() throws {
    let folder = try TemporaryFolder()
    for length in 3..<GzipFixture.bytes.count {
      let path = try folder.file("cut.gz", Array(GzipFixture.bytes[..<length]))
      #expect(throws: EvidenceError.truncatedGzip(path: path)) { try FileContents.read(path) }
    }
  }

  @Test("Damage to the contents or the checksum of a gzip file is found")
  func damaged() throws {
    let folder = try TemporaryFolder()
    for position in [12, GzipFixture.bytes.count - 6] {
      var bytes = GzipFixture.bytes
      bytes[position] ^= 0xFF
      let path = try folder.file("bad.gz", bytes)
      #expect(throws: EvidenceError.self) { try FileContents.read(path) }
    }
    let plain = try folder.file("plain.csv.gz", "a,b\n")
    #expect(throws: EvidenceError.damagedGzip(path: plain)) { try FileContents.read(plain) }
    let tail = try folder.file("tail.gz", GzipFixture.bytes + Array("rubbish".utf8))
    #expect(throws: EvidenceError.damagedGzip(path: tail)) { try FileContents.read(tail) }
  }

  @Test("Files larger than the limit are refused, compressed or not")
  func limits() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.file("a.csv", GzipFixture.text)
    let packed = try folder.file("a.csv.gz", GzipFixture.bytes)
    for path in [plain, packed] {
      #expect(throws: EvidenceError.tooLarge(path: path, limit: 10)) {
        try FileContents.read(path, limit: 10)
      }
    }
  }

  @Test("A missing file, a folder and a path through a file are told apart")
  func absent() throws {
    let folder = try TemporaryFolder()
    let missing = folder.path + "/none.csv"
    #expect(throws: EvidenceError.noSuchFile(path: missing)) { try FileContents.read(missing) }
    #expect(throws: EvidenceError.isDirectory(path: folder.path)) { try FileContents.read(folder.path) }
    let through = try folder.file("a.csv", "") + "/b.csv"
    #expect(throws: EvidenceError.noSuchFile(path: through)) { try FileContents.read(through) }
  }

  @Test(
    "Every error is a sentence with the path, and ends the command with its code",
    arguments: [
      (EvidenceError.noSuchFile(path: "p"), Int32(66)), (.isDirectory(path: "p"), 66),
      (.unreadable(path: "p", reason: "r"), 66), (.truncatedGzip(path: "p"), 65),
      (.damagedGzip(path: "p"), 65),
      (.tooLarge(path: "p", limit: 1), 65), (.alreadyExists(path: "p"), 73),
      (.cannotWrite(path: "p", reason: "r"), 73),
      (.badData(problems: [Problem(file: "p", row: 1, column: 2, message: "m")], omitted: 3), 65),
    ])
  func sentences(error: EvidenceError, code: Int32) {
    #expect(error.description.hasPrefix("p:"))
    #expect(error.exitCode == code)
  }
}

struct DecodedTextTests {
  private func decode(_ bytes: [UInt8]) throws -> DecodedText {
    try DecodedText(FileContents(path: "f.csv", bytes: bytes))
  }

  @Test("A byte-order mark is no part of the text")
  func byteOrderMark() throws {
    #expect(try decode([0xEF, 0xBB, 0xBF, 0x61]).bytes == [0x61])
    #expect(try decode([0x61]).notes.isEmpty)
  }

  @Test("Valid UTF-8 of every length is kept as it is")
  func utf8() throws {
    let text = "é £ – € 𝄞 \u{FFFF} \u{10FFFF} \u{800} \u{D7FF} \u{E000}"
    #expect(try decode(Array(text.utf8)).bytes == Array(text.utf8))
  }

  @Test(
    "Windows-1252 is recognised, converted and said",
    arguments: [
      ([0xA3, 0x35], "£5"), ([0x53, 0xE9], "Sé"), ([0x80, 0x96, 0x9F], "€–Ÿ"), ([0xC3], "Ã"),
      ([0xE0, 0x80, 0x80], "à€€"),
      ([0xED, 0xA0, 0x80], "í\u{A0}€"), ([0xF4, 0x9C, 0x80, 0x80], "ôœ€€"), ([0xF5], "õ"),
      ([0xE9, 0xA0, 0x21], "é\u{A0}!"),
    ] as [([UInt8], String)])
  func windows1252(bytes: [UInt8], text: String) throws {
    let decoded = try decode([0x61, 0x0A] + bytes)
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == "a\n" + text)
    #expect(decoded.notes.count == 1 && decoded.notes[0].contains("Windows-1252"))
    #expect(decoded.notes[0].contains("line 2"))
  }

  @Test(
    "NUL bytes, UTF-16 and bytes of no encoding are refused",
    arguments: [
      ([0x61, 0x0A, 0x62, 0x00], "f.csv:2:2"), ([0xFF, 0xFE, 0x61, 0x00], "UTF-16"),
      ([0xFE, 0xFF], "UTF-16"),
      ([0x61, 0x81], "neither UTF-8 nor Windows-1252"),
    ] as [([UInt8], String)])
  func refused(bytes: [UInt8], part: String) {
    let error = #expect(throws: EvidenceError.self) { try decode(bytes) }
    #expect(error?.description.contains(part) == true)
  }
}
