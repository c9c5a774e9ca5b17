import Evidence
import Foundation
import Testing
import TimeSeries

@Suite("A series file, batch after batch")
struct SeriesStreamTests {
  /// Everything that a stream gives, batch by batch.
  private struct Whole {
    var series: [Series] = []
    var failed: [String] = []
    var batches = 0
    var pools: [[String]] = []
  }

  private func whole(_ stream: inout SeriesStream) throws(EvidenceError) -> Whole {
    var whole = Whole()
    while let batch = try stream.next() {
      whole.batches += 1
      for position in 0..<batch.count {
        if let series = try? batch.series(at: position) { whole.series.append(series) }
      }
      whole.failed += batch.failed.map(\.message)
      let keys = batch.keys
      whole.pools += batch.pools.map { pool in pool.map { keys[$0].id } }
    }
    return whole
  }

  /// Forty series in pools of five, with fields in quotes, a line feed in one of them, empty rows, gaps and problems.
  private static let text: String = {
    var text = "series,area,period,value,unit,pool,note\r\n"
    for id in 0..<40 {
      for year in 2010..<(2014 + id % 5) where (year + id) % 7 != 3 {
        let sound = id == 23 && year == 2012 ? "-1" : "\(Double(id * 7 + year % 11) / 8)"
        let value = id == 17 && year == 2013 ? "12x" : sound
        text += "s\(id),\"Sefton, \"\"north\"\"\",\(year),\(value),count,p\(id / 5),\"a\nb\"\r\n"
      }
      if id % 9 == 0 { text += ",,,,,,\r\n\r\n" }
    }
    return text
  }()

  @Test(
    "holds the same series, pools, problems and notes wherever it is cut", arguments: [1, 2, 7, 50, 4096])
  func sameAsHeld(batchRows: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.csv", Array(Self.text.utf8))
    let options = SeriesFileOptions(keepsSoundSeries: true, poolBy: "Pool")
    let held = try SeriesFile.read(path, options: options)
    var stream = try SeriesStream(path, options: options, batchRows: batchRows)
    #expect(stream.isStreamed && stream.hasColumn("AREA") && !stream.hasColumn("site"))
    let whole = try whole(&stream)
    #expect(try whole.series == held.panel().map { $0 })
    #expect(whole.failed == held.failed.map(\.message) && held.failed.count == 1)
    #expect(whole.pools == held.pools.map { pool in pool.map { held.keys[$0].id } })
    #expect(whole.pools.count == 8 && held.pools[0].count == 5)
    #expect(stream.problems.listed == held.problems && stream.problems.omitted == held.omittedProblems)
    #expect(stream.warnings == held.warnings && !held.warnings.isEmpty)
    #expect(Set(stream.notes) == Set(held.notes) && held.notes.count > 3)
    #expect(batchRows < 100 ? whole.batches > 1 : whole.batches == 1)
    let beyond = try stream.next()
    #expect(beyond?.count == nil)
  }

  @Test("reads rows that go across the blocks in which a file is read")
  func blocks() throws {
    var generator = SeededGenerator(state: 5)
    var text = "series,period,value,note\n"
    for id in 0..<700 {
      for year in 2000..<2008 {
        let note = String(repeating: "é\"\"\r\n,", count: Int.random(in: 0...20, using: &generator))
        text += "s\(id),\(year),\(year % 100),\"\(note)\"\n"
      }
    }
    let bytes = Array(text.utf8)
    #expect(bytes.count > 3 << 17)
    let folder = try TemporaryFolder()
    let path = try folder.file("blocks.csv", bytes)
    let held = try SeriesFile(FileContents(path: path, bytes: bytes)).panel().map { $0 }
    #expect(try SeriesFile.read(path).panel().map { $0 } == held)
    var stream = try SeriesStream(path)
    #expect(try whole(&stream).series == held)
  }

  @Test("holds a file whose series, or whose pools, come back, and refuses it when it must not be held")
  func comingBack() throws {
    let folder = try TemporaryFolder()
    let series = try folder.file("a.csv", Array("series,period,value\na,2020,1\nb,2020,2\na,2021,3\n".utf8))
    var held = try SeriesStream(series)
    #expect(!held.isStreamed)
    #expect(try whole(&held).series.map(\.values) == [[1, 3], [2]])
    expectProblem(row: 4, "series \"a\"", "--grouped") {
      _ = try SeriesStream(series, order: .grouped)
    }
    let text = "series,period,value,pool\na,2020,1,p\nb,2020,2,q\nc,2020,3,p\n"
    let pools = try folder.file("b.csv", Array(text.utf8))
    var plain = try SeriesStream(pools, order: .grouped)
    #expect(plain.isStreamed)
    #expect(try whole(&plain).pools == [["a"], ["b"], ["c"]])
    let options = SeriesFileOptions(poolBy: "pool")
    var together = try SeriesStream(pools, options: options)
    #expect(try whole(&together).pools == [["a", "c"], ["b"]])
    expectProblem(row: 4, "pool \"p\"", "--grouped") {
      _ = try SeriesStream(pools, options: options, order: .grouped)
    }
  }

  @Test(
    "A file that is sorted is gone through once where each pool reads its own periods, and twice otherwise")
  func sorted() throws {
    let folder = try TemporaryFolder()
    let text =
      "series,period,value,pool\nb,2020,1,p\nb,2021,2,p\nc,2010-11,3,p\na,2020-01,4,q\na,2020-02,4,q\n"
    let path = try folder.file("a.csv", Array(text.utf8))
    for reading in [SeriesFileOptions.PeriodReading.file, .pool] {
      let options = SeriesFileOptions(poolBy: "pool", periodReading: reading)
      var stream = try SeriesStream(path, options: options, order: .sorted, batchRows: 1)
      #expect(stream.isStreamed)
      let whole = try whole(&stream)
      // The months of the other pool say what 2010-11 is, where they are asked.
      #expect(whole.pools == (reading == .file ? [["b", "c"], ["a"]] : [["b"], ["a"]]))
      #expect(whole.failed.count == (reading == .file ? 0 : 1))
      #expect(whole.failed.allSatisfy { $0.contains("may be a year or a month") && !$0.contains("a.csv") })
      #expect(stream.rowCount == 5)
    }
    expectProblem(row: 5, "\"a\" comes after \"c\"", "--sorted") {
      var stream = try SeriesStream(path, order: .sorted, batchRows: 1)
      _ = try whole(&stream)
    }
  }

  @Test("A series without a pool stands alone, and one whose pool varies is a problem")
  func pools() throws {
    let text =
      "series,period,value,pool\na,2020,1,\nb,2020,2,\nc,2020,3,p\nd,2020,4,p\nd,2021,4,q\ne,2020,5,p\n"
    let folder = try TemporaryFolder()
    let path = try folder.file("a.csv", Array(text.utf8))
    var stream = try SeriesStream(path, options: SeriesFileOptions(poolBy: "pool"), batchRows: 1)
    let whole = try whole(&stream)
    #expect(whole.pools == [["a"], ["b"], ["c", "e"]])
    #expect(whole.failed.count == 1 && whole.failed[0].contains("began on line 5 with \"p\""))
    #expect(throws: EvidenceError.self) {
      try SeriesStream(path, options: SeriesFileOptions(poolBy: "group"))
    }
    do {
      _ = try SeriesStream(path, options: SeriesFileOptions(poolBy: "group"))
    } catch {
      #expect(error.exitCode == 64)
      #expect("\(error)".contains("\"series\", \"period\", \"value\", \"pool\""))
    }
  }

  @Test("The whole column says how periods are read, though the last row decides")
  func periods() throws {
    var text = "series,period,value\n"
    for id in 0..<20 { text += "s\(id),2010-11,1\ns\(id),2011-12,2\n" }
    let folder = try TemporaryFolder()
    let path = try folder.file("a.csv", Array((text + "t,2012-13,3\n").utf8))
    var stream = try SeriesStream(path, batchRows: 4)
    let years = try whole(&stream).series
    #expect(years.count == 21 && years.allSatisfy { $0.kind == .year(.financial) })
    let months = try folder.file("b.csv", Array((text + "t,2012-01,3\n").utf8))
    var other = try SeriesStream(months, batchRows: 4)
    #expect(try whole(&other).series.allSatisfy { $0.kind == .month })
  }

  @Test("Windows-1252 is recognised however late it shows, and a character may lie across two blocks")
  func encodings() throws {
    let rows = "series,period,value\n" + (0..<9000).map { "s\($0),2020,1\ns\($0),2021,2\n" }.joined()
    #expect(rows.utf8.count > 1 << 17)
    let folder = try TemporaryFolder()
    let old = try folder.file(
      "old.csv", Array(rows.utf8) + Array("na".utf8) + [0xEF] + Array("ve,2020,1\n".utf8))
    var stream = try SeriesStream(old)
    #expect(try whole(&stream).series.last?.id == "naïve")
    #expect(
      stream.isStreamed && stream.notes.contains { $0.contains("Windows-1252") && $0.contains("18002") })
    #expect(try SeriesFile.read(old).notes.contains { $0.contains("Windows-1252") })
    for shift in 0..<4 {
      let head = Array("series,period,value\n".utf8)
      let name = [UInt8](repeating: 0x61, count: (1 << 17) - head.count - shift) + Array("€".utf8)
      let path = try folder.file("new\(shift).csv", head + name + Array(",2020,1\n".utf8))
      var stream = try SeriesStream(path)
      #expect(try whole(&stream).series.first?.id == String(decoding: name, as: UTF8.self))
      #expect(stream.notes.isEmpty)
    }
  }

  @Test("What is no table is refused as a held file is")
  func refusals() throws {
    let folder = try TemporaryFolder()
    for (name, text) in [
      ("empty", ""), ("header", "series,period,value\n"),
      ("quote", "series,period,value\na,2020,x\na,2021,\"1\n"),
      ("column", "series,period\na,2020\n"), ("nul", "series,period,value\na,2020,1\0\n"),
      ("utf16", "\u{FEFF}"),
    ] {
      var bytes = Array(text.utf8)
      if name == "utf16" { bytes = [0xFF, 0xFE, 0x41, 0x00] }
      let path = try folder.file(name, bytes)
      var refusals: [String] = []
      do { _ = try SeriesFile(FileContents(path: path, bytes: bytes)) } catch { refusals.append("\(error)") }
      do {
        var stream = try SeriesStream(path)
        while try stream.next() != nil {}
      } catch {
        refusals.append("\(error)")
      }
      #expect(refusals.count == 2 && refusals[0] == refusals[1], "\(name): \(refusals)")
    }
    #expect(throws: EvidenceError.noSuchFile(path: "nowhere.csv")) { try SeriesStream("nowhere.csv") }
    #expect(throws: EvidenceError.isDirectory(path: folder.path)) { try SeriesStream(folder.path) }
  }

  @Test("A compressed file is streamed too")
  func compressed() throws {
    let folder = try TemporaryFolder()
    var stream = try SeriesStream(try folder.file("a.csv.gz", GzipFixture.bytes))
    #expect(stream.isStreamed)
    #expect(try whole(&stream).series.map(\.values) == [[1]])
  }

  private func expectProblem(row: Int, _ words: String..., work: () throws -> Void) {
    do {
      try work()
      Issue.record("nothing was refused")
    } catch {
      guard case .badData(let problems, _) = error as? EvidenceError, let last = problems.last else {
        Issue.record("\(error)")
        return
      }
      #expect(last.row == row)
      for word in words { #expect(last.message.contains(word)) }
    }
  }
}
