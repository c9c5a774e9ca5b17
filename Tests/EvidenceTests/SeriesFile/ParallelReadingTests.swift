import Testing
import TimeSeries

@testable import Evidence

@Suite("A series file read on several threads")
struct ParallelReadingTests {
  /// Everything that reading a file gives.
  private struct Outcome: Equatable {
    var error: EvidenceError?
    var said: [String] = []
    var problems: [Problem] = []
    var failed: [SeriesFile.FailedSeries] = []
    var series: [Series] = []
    var pools: [[Int]] = []
  }

  private func outcome(_ path: String, _ options: SeriesFileOptions) -> Outcome {
    do throws(EvidenceError) {
      let file = try SeriesFile.read(path, options: options)
      return Outcome(
        said: file.notes + ["\(file.isGrouped)", "\(file.rowCount)", "\(file.omittedProblems)"],
        problems: file.problems + file.warnings, failed: file.failed,
        series: (0..<file.count).compactMap { try? file.series(at: $0) }, pools: file.pools)
    } catch {
      return Outcome(error: error)
    }
  }

  private func options(_ threads: Int, _ size: Int, _ shape: UInt64) -> SeriesFileOptions {
    var options = SeriesFileOptions(keepsSoundSeries: shape % 4 != 0, problemLimit: 7)
    if shape % 3 == 0 { options.poolBy = "pool" }
    if shape % 5 == 0 { options.covariates = ["x"] }
    options.threads = threads
    options.chunkSize = size
    return options
  }

  @Test("gives what one thread gives, wherever the text is cut", arguments: [1, 2, 3, 7, 16, 50, 200, 1000])
  func sameAsOne(size: Int) throws {
    let folder = try TemporaryFolder()
    var (refused, read, left) = (0, 0, 0)
    for seed in 0..<400 as Range<UInt64> {
      let path = try folder.file("a.csv", HostileFile(seed: seed).bytes)
      let one = outcome(path, options(1, 1, seed))
      let many = outcome(path, options(3, size, seed))
      #expect(one == many, "seed \(seed)")
      refused += one.error == nil ? 0 : 1
      read += one.series.count
      left += one.failed.count
    }
    // The files are of every kind, or the comparison would say little.
    #expect(refused > 40 && read > 500 && left > 100)
  }

  @Test(
    "gives what one thread gives of a file of many blocks, problems on late lines too",
    arguments: [900, 60_000])
  func blocks(size: Int) throws {
    let folder = try TemporaryFolder()
    let ends: [(name: String, text: String)] = [
      ("sound", ""), ("accent", "caf\u{E9},2020,1,n\n"), ("value", "s1,1990,12x,n\n"),
      ("quote", "s2,1990,1,\"n\n"),
      ("inside", "s2,1990,1,n\"\n"), ("contradiction", "s3,1990,1,n,m\n"), ("nul", "s4,\0,1,n\n"),
    ]
    for end in ends {
      var generator = SeededGenerator(state: 5)
      var text = "series,period,value,note\n"
      for year in 2000..<2008 {
        for id in 0..<700 {
          let note = String(repeating: "é\"\"\r\n,", count: Int.random(in: 0...20, using: &generator))
          text += "s\(id),\(year),\(id % 90 == 0 ? "<5" : "\(year % 100)"),\"\(note)\"\n"
        }
        if year == 2004 { text += end.text }
      }
      let bytes = Array(text.utf8)
      #expect(bytes.count > 3 << 17)
      let path = try folder.file("\(end.name).csv", bytes)
      for shape in [1, 4] as [UInt64] {
        let one = outcome(path, options(1, 1, shape))
        #expect(outcome(path, options(3, size, shape)) == one, "\(end.name)")
        #expect(one.error != nil || one.series.count >= 690)
      }
    }
  }

  @Test("turns to Windows-1252 where one thread does, and not where the text is refused before")
  func encodings() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<40_000).map { "s\($0),2020,1\n" }.joined()
    let head = Array("series,period,value\n".utf8)
    let old = try folder.file("old.csv", head + Array(rows.utf8) + [0xE9] + Array(",2020,1\n".utf8))
    let read = outcome(old, options(3, 5000, 1))
    #expect(read == outcome(old, options(1, 1, 1)))
    #expect(read.series.last?.id == "é" && read.said.contains { $0.contains("Windows-1252") })
    // The refusal names a text that would read otherwise in the older encoding.
    let refused = try folder.file(
      "refused.csv",
      head + Array("é,2020,x\nb,2020,1\"\n".utf8) + Array(rows.utf8) + [0xE9] + Array(",2020,1\n".utf8))
    let refusal = outcome(refused, options(3, 5000, 4))
    #expect(refusal.error != nil && refusal == outcome(refused, options(1, 1, 4)))
  }

  @Test(
    "A row that is longer than many chunks is read, or refused, as one thread does", arguments: ["\"", ""])
  func longRows(end: String) throws {
    let folder = try TemporaryFolder()
    var text = "series,period,value,note\n"
    for id in 0..<300 { text += "s\(id),2020,1,n\n" }
    text += "long,2020,1,\"" + String(repeating: "words\n", count: 200_000) + end + "\n"
    for id in 0..<300 { text += "t\(id),2020,\(id == 200 ? "zz" : "1"),n\n" }
    let path = try folder.file("long.csv", text)
    let one = outcome(path, options(1, 1, 1))
    #expect(outcome(path, options(3, 1000, 1)) == one)
    #expect(end.isEmpty ? one.error != nil : one.series.count == 600 && one.problems.first?.row == 200_503)
  }

  @Test("A refused compressed file is refused with the same words, cut or grown beyond the limit")
  func compressed() throws {
    let folder = try TemporaryFolder()
    let whole = try folder.file("a.csv.gz", GzipFixture.bytes)
    let cut = try folder.file("b.csv.gz", Array(GzipFixture.bytes.dropLast(9)))
    for path in [whole, cut] {
      for limit in [10, 1000] {
        var (one, many) = (options(1, 1, 1), options(3, 1, 1))
        one.byteLimit = limit
        many.byteLimit = limit
        #expect(outcome(path, one) == outcome(path, many))
      }
    }
  }

  @Test("Text is cut between rows and nowhere else, and nothing of it is lost", arguments: [1, 5, 40])
  func chunks(size: Int) throws {
    let folder = try TemporaryFolder()
    let rows = ["a,b\n", "\"x\ny\",\"\"\"\n\"\r\n", "c,d\r", "\n", "\"\r\",e\r\n", "f,\"g\"\n", "last,\"h\""]
    let path = try folder.file("a.csv", rows.joined())
    let feed = TextFeed(try ByteFeed(path, limit: .max, blockSize: 2), encoding: .utf8)
    var cutter = RowChunks([], feed: feed, size: size)
    var parts: [String] = []
    var rest: String?
    while let chunk = cutter.next() {
      switch chunk {
      case .rows(let bytes): parts.append(String(decoding: bytes, as: UTF8.self))
      case .rest(let bytes): rest = String(decoding: bytes, as: UTF8.self)
      }
    }
    #expect(parts.joined() + (rest ?? "") == rows.joined() && rest != nil)
    var ends: Set<Int> = []
    var length = 0
    for row in rows {
      length += row.utf8.count
      ends.insert(length)
    }
    var end = 0
    for part in parts {
      end += part.utf8.count
      // A return before a line feed ends a line with it.
      #expect(ends.contains(end) && part.utf8.count >= size)
    }
    #expect(size > 5 || parts.count >= 4)
  }
}
