import Foundation
import Testing

@Suite("needscast forecast, as the rows come")
struct ForecastStreamTests {
  private static let header = "series,period,value,pool\n"

  /// The rows of sixty series in pools of six; every ninth has a single figure and cannot be forecast by a drift.
  private static let series: [[String]] = (0..<60).map { id in
    (2012..<(id % 9 == 4 ? 2013 : 2019 + id % 3)).map { year in
      "s\(id),\(year),\(Double((id * 37 + year * 11) % 97) / 4 + 10),\"p\(id / 6), x\"\n"
    }
  }
  private static var rows: [String] { series.flatMap(\.self) }
  private static let arguments = [
    "--horizon", "2", "--model", "drift", "--format", "csv", "--pool-by", "pool",
  ]

  private func forecast(_ input: String, _ more: String..., text: String? = nil) throws -> Command.Outcome {
    try Command.run(["forecast", input] + Self.arguments + more, input: text)
  }

  @Test("A file, a pipe that is held, a pipe that is streamed and a compressed file give the same bytes")
  func sameBytes() throws {
    let folder = try TemporaryFolder()
    let text = Self.header + Self.rows.joined()
    let path = try folder.write(text, to: "a.csv")
    let file = try forecast(path, "--grouped")
    #expect(file.status == 65)
    #expect(file.output.split(separator: "\n").count == 1 + 2 * Self.series.count { $0.count > 1 })
    #expect(file.errors.contains("\(Self.series.count { $0.count == 1 }) of 60 series could not be forecast"))
    #expect(try forecast(path).output == file.output)
    #expect(try forecast("-", text: text).output == file.output)
    #expect(try forecast("-", "--grouped", text: text).output == file.output)
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/bin/gzip")
    gzip.arguments = [path]
    try gzip.run()
    gzip.waitUntilExit()
    #expect(folder.names == ["a.csv.gz"])
    #expect(try forecast(path + ".gz").output == file.output)
    let target = folder.url.appending(path: "out.csv").path
    let written = try forecast(path + ".gz", "--output", target)
    #expect(written.output.isEmpty && written.errors.contains("wrote \(target)"))
    #expect(try String(contentsOfFile: target, encoding: .utf8) == file.output)
  }

  @Test("Neither the order of the rows nor the number of threads changes a number")
  func orderAndThreads() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.header + Self.rows.joined(), to: "a.csv")
    let plain = try forecast(path, "--jobs", "1").output
    #expect(try forecast(path, "--jobs", "7").output == plain)
    var generator = LinearGenerator(state: 3)
    let shuffled = try folder.write(
      Self.header + Self.rows.shuffled(using: &generator).joined(), to: "b.csv")
    let mixed = try forecast(shuffled, "--jobs", "1").output
    #expect(try forecast(shuffled, "--jobs", "7").output == mixed)
    #expect(mixed != plain)
    #expect(mixed.split(separator: "\n").sorted() == plain.split(separator: "\n").sorted())
  }

  @Test("A broken grouping is refused with --grouped, names the row, and leaves no file")
  func brokenGrouping() throws {
    let folder = try TemporaryFolder()
    let target = folder.url.appending(path: "out.csv").path
    let errors = folder.url.appending(path: "errors.csv").path
    // Enough rows for many batches before the one that is wrong.
    let good = (0..<3000).map { "t\($0),2020,1,q\($0)\nt\($0),2021,2,q\($0)\nt\($0),2022,2,q\($0)\n" }
      .joined()
    let text = Self.header + good + "t5,2023,3,q5\n"
    let path = try folder.write(text, to: "a.csv")
    for run in [
      try forecast(path, "--grouped", "--output", target, "--errors", errors),
      try forecast("-", "--grouped", "--output", target, "--errors", errors, text: text),
    ] {
      #expect(run.status == 65)
      #expect(run.errors.contains(":9002: the rows of series \"t5\" do not stand together"))
      #expect(run.errors.contains("--grouped"))
    }
    #expect(folder.names == ["a.csv"])
    #expect(try forecast(path, "--quiet").output.contains("\nt5,2024,1,drift,"))
  }

  @Test("A pipe whose periods turn out otherwise than its first rows said has a problem, not another answer")
  func periodsOfPipe() throws {
    let rows = (0..<2000).map {
      "s\($0),2001-02,1,\ns\($0),2002-03,2,\ns\($0),2003-04,2,\ns\($0),2004-05,3,\n"
    }.joined()
    let late = "t,2012-13,1,\nt,2013-14,2,\nt,2014-15,2,\nt,2015-16,4,\n"
    let decided = try forecast("-", "--grouped", text: Self.header + late + rows)
    #expect(decided.status == 0, "\(decided.errors)")
    #expect(decided.output.contains("\ns7,2005-06,1,"))
    let months = "u,2012-07,1,\nu,2012-08,2,\nu,2012-09,2,\n"
    let contradicted = try forecast("-", "--grouped", text: Self.header + late + rows + months)
    #expect(contradicted.status == 65)
    #expect(
      contradicted.errors.contains("\"2012-07\" in column \"period\" is a month, and its column is neither"))
    #expect(contradicted.output == decided.output)
    let censuses = (0..<2000).map { id in
      (2018..<2022).map { "s\(id),\($0)-03-31,\($0 % 7 + id),\n" }.joined()
    }.joined()
    let other = try forecast(
      "-", "--grouped", text: Self.header + censuses + "u,2022-03-31,1,\nu,2022-04-30,2,\n")
    #expect(other.status == 65)
    #expect(other.errors.contains("does not agree with how the periods before it were read"))
    #expect(other.output == (try forecast("-", "--grouped", text: Self.header + censuses)).output)
    let undecided = try forecast("-", "--grouped", text: Self.header + rows)
    #expect(undecided.status == 65)
    #expect(undecided.errors.contains("may be a year or a month"))
  }

  @Test("A reader that has gone ends the work quietly")
  func readerGone() throws {
    let folder = try TemporaryFolder()
    let rows = Self.series.filter { $0.count > 1 }.flatMap(\.self)
    let path = try folder.write(Self.header + rows.joined(), to: "a.csv")
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let run = try Command.run(
      ["forecast", path, "--horizon", "1", "--model", "naive", "--format", "csv", "--quiet"],
      output: pipe.fileHandleForWriting)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let full = try Command.run(
      ["forecast", path, "--horizon", "1", "--model", "naive", "--format", "csv", "--quiet"],
      output: try FileHandle(forWritingTo: URL(filePath: "/dev/full")))
    #expect(full.status == 73)
  }

  @Test("A column that is not there is a wrong argument, and the columns there are are named")
  func unknownColumn() throws {
    let run = try Command.run(
      ["forecast", "-", "--horizon", "1", "--pool-by", "group"], input: Self.header + Self.rows[0])
    #expect(run.status == 64)
    #expect(run.errors.contains("--pool-by group"))
    #expect(run.errors.contains("\"series\", \"period\", \"value\", \"pool\""))
  }

  @Test("A series whose pool varies is named, and the others of its pools are forecast")
  func varyingPool() throws {
    let text =
      Self.header + Self.series[0].joined() + "v,2019,1,a\nv,2020,2,b\n" + Self.series[1].joined()
    let run = try forecast("-", text: text)
    #expect(run.status == 65)
    #expect(run.errors.contains("column \"pool\" holds \"b\", but series \"v\" began"))
    #expect(run.output.contains("\ns0,") && run.output.contains("\ns1,") && !run.output.contains("\nv,"))
  }

  @Test("Failures stand in their file in the order of the input, whatever their kind")
  func failures() throws {
    let folder = try TemporaryFolder()
    let errors = folder.url.appending(path: "errors.csv").path
    let text =
      Self.header + "a,2020,1,\nb,2020,x,\n" + Self.series[0].joined() + "c,2020,1,\nd,2020,y,\nd,2021,yy,\n"
    for grouped in [[], ["--grouped"]] {
      let run = try Command.run(
        ["forecast", "-"] + Self.arguments + ["--errors", errors, "--force"] + grouped, input: text)
      #expect(run.status == 65)
      let lines = try String(contentsOfFile: errors, encoding: .utf8).split(separator: "\n")
      #expect(lines.map { $0.prefix { $0 != "," } } == ["series", "a", "b", "c", "d"])
      #expect(lines[4].contains("data") && lines[4].contains("and 1 more"))
      #expect(run.errors.contains("4 of 5 series could not be forecast"))
    }
  }

  @Test("Fitted models are described in pools too, and JSON holds every series")
  func otherForms() throws {
    let text = Self.header + Self.rows.joined()
    let described = try Command.run(
      ["forecast", "-", "--describe", "--model", "drift", "--pool-by", "pool"], input: text)
    #expect(
      described.output.components(separatedBy: ": drift\n").count == 1 + Self.series.count { $0.count > 1 })
    let json = try Command.run(
      ["forecast", "-", "--horizon", "1", "--model", "drift", "--pool-by", "pool", "--format", "json"],
      input: text)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: [[String: Any]]])
    #expect(document["series"]?.count == Self.series.count { $0.count > 1 })
    #expect(document["series"]?.first?["models"] == nil)
  }
}

/// A generator of the same numbers in every run.
struct LinearGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
