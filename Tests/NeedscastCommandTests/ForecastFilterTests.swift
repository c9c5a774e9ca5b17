import Foundation
import Testing

@Suite("needscast forecast - as a filter of something larger")
struct ForecastFilterTests {
  private static let header = "region,series,area,period,value\n"
  private static let arguments = [
    "--horizon", "2", "--format", "csv", "--errors-inline", "--tally", "--quiet",
  ]
  private static let regions = (0..<9).map { "r\($0)" }

  /// The rows of a region: nine series in two areas, of which some fail in each of the ways in which one can.
  private static func rows(_ region: String) -> [String] {
    let number = regions.firstIndex(of: region) ?? 0
    return (0..<9).flatMap { id in
      ["", "north"].flatMap { area in
        (2012..<2021).map { year in
          let value =
            id == 4
            ? "x"
            : id == 7 && year == 2015 ? "n/a?" : "\(Double((id * 37 + year * (11 + number)) % 97) / 4 + 10)"
          return "\(region),s\(number)\(id),\(area),\(id == 8 && year == 2016 ? 2015 : year),\(value)\n"
        }
      }
    }
  }
  private static let all = regions.flatMap { rows($0) }

  private func forecast(_ text: String, _ more: [String]) throws -> Command.Outcome {
    try Command.run(["forecast", "-"] + Self.arguments + more, input: text)
  }

  /// The rows of a result without their header, in an order that does not depend on that of the input.
  private func results(_ outcome: Command.Outcome) -> [Substring] {
    outcome.output.split(separator: "\n").dropFirst().sorted()
  }

  @Test(
    "Results depend on series and pool, and not on the order of the rows, on how they are parted, or on threads",
    arguments: [["--pool-by", "region"], []])
  func independence(pooling: [String]) throws {
    let sorted = try forecast(Self.header + Self.all.joined(), ["--sorted", "--jobs", "1"] + pooling)
    #expect(sorted.status == 0, "\(sorted.errors)")
    #expect(sorted.errors == "tally rows=\(Self.all.count) series=162 forecast=108 failed=54\n")
    #expect(sorted.output.split(separator: "\n").count == 1 + 2 * 108 + 54)
    #expect(try forecast(Self.header + Self.all.joined(), ["--sorted", "--jobs", "5"] + pooling) == sorted)
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.header + Self.all.joined(), to: "a.csv")
    for order in [["--sorted"], ["--grouped"], []] {
      let file = try Command.run(["forecast", path] + Self.arguments + order + pooling)
      #expect(file == sorted, "from a file, \(order)")
    }
    var generator = LinearGenerator(state: 11)
    let mixed = try forecast(Self.header + Self.all.shuffled(using: &generator).joined(), pooling)
    #expect(mixed.status == 0 && mixed.errors == sorted.errors)
    #expect(results(mixed) == results(sorted))
    for partitions in [2, 7] {
      var parts: [Substring] = []
      for part in 0..<partitions {
        let regions = Self.regions.enumerated().filter { $0.offset % partitions == part }.map(\.element)
        let text = Self.header + regions.flatMap { Self.rows($0) }.joined()
        parts += results(try forecast(text, ["--sorted"] + pooling))
      }
      #expect(parts.sorted() == results(sorted), "\(partitions) parts")
    }
  }

  @Test("Without --errors-inline the forecasts are the same, and failures are failures")
  func besidePlain() throws {
    let text = Self.header + Self.all.joined()
    let inline = try forecast(text, ["--sorted", "--pool-by", "region"])
    let plain = try Command.run(
      ["forecast", "-", "--horizon", "2", "--format", "csv", "--sorted", "--pool-by", "region"], input: text)
    #expect(plain.status == 65)
    #expect(plain.errors.contains("54 of 162 series could not be forecast"))
    let forecasts = inline.output.split(separator: "\n").filter { $0.hasSuffix(",,") }
    #expect(forecasts.map { $0.dropLast(2) } == Array(plain.output.split(separator: "\n").dropFirst()))
  }

  @Test("A failed series is a row with its name, its area, a code and a sentence that names no line")
  func failedRows() throws {
    let outcome = try forecast(Self.header + Self.rows("r3").joined(), ["--sorted", "--pool-by", "region"])
    let lines = outcome.output.split(separator: "\n")
    #expect(
      lines[0]
        == "series,period,step,model,mean,median,lower_80,upper_80,lower_95,upper_95,area,code,message")
    let failures = lines.filter { $0.contains(",data,") || $0.contains(",forecast,") }
    #expect(failures.count == 6)
    for failure in failures {
      #expect(failure.hasPrefix("s3"))
      #expect(!failure.contains("-:") && !failure.contains("line"))
    }
    let unreadable = failures.filter { $0.hasPrefix("s37,") }
    #expect(
      unreadable.map { $0.prefix { $0 != "\"" } }
        == ["s37,,,,,,,,,,,data,", "s37,,,,,,,,,,north,data,"])
    #expect(
      unreadable.allSatisfy { $0.contains("value \"\"n/a?\"\" in column \"\"value\"\" is not a number") })
    #expect(failures.contains { $0.hasPrefix("s34,,,,,,,,,,north,forecast,") && $0.contains("0 are known") })
    #expect(failures.contains { $0.hasPrefix("s38,") && $0.contains("has 2015 twice; keep one of them") })
  }

  @Test("Each pool says itself what its periods are; where it cannot, it fails by itself")
  func periods() throws {
    let months = (1...6).map { "m,2019-0\($0),\($0),a\n" }.joined()
    let years = (10...14).map { "y,20\($0)-\($0 + 1),\($0),b\n" }.joined()
    let either = "z,2010-11,1,c\nz,2011-12,2,c\nz,2009-10,4,c\n"
    let header = "series,period,value,pool\n"
    let arguments = ["--sorted", "--model", "naive"]
    let apart = try [months, years, either].map { results(try forecast(header + $0, arguments)) }
    let together = try forecast(header + months + years + either, arguments)
    #expect(together.status == 0)
    #expect(results(together) == apart.flatMap(\.self).sorted())
    #expect(together.output.contains("\nm,2019-07,1,") && together.output.contains("\ny,2015-16,1,"))
    #expect(apart[2].count == 1 && apart[2][0].contains("may be a year or a month"))
    // In one pool, the other series decide.
    let pooled = try forecast(
      header + (years + either).replacing(",b\n", with: ",c\n"), arguments + ["--pool-by", "pool"])
    #expect(pooled.output.contains("\nz,2012-13,1,"))
  }

  @Test("Names come back as they went in, whatever a spreadsheet would make of them")
  func names() throws {
    let names = ["+a", "-b", "=1+1", "NA", "a \"quoted\" name", "null", "one, two", "ward\nof two lines"]
    let text =
      "series,period,value\n"
      + names.flatMap { name in
        (2015..<2020).map { "\"\(name.replacing("\"", with: "\"\""))\",\($0),\($0 % 7)\n" }
      }.joined()
    let outcome = try forecast(text, ["--sorted", "--model", "naive"])
    #expect(outcome.errors == "tally rows=40 series=8 forecast=8 failed=0\n")
    for name in names {
      let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
      #expect(
        outcome.output.contains("\n\(name),2020,1,naive,")
          || outcome.output.contains("\n\(quoted),2020,1,naive,"),
        "\(name)")
    }
  }

  @Test(
    "Input that is not sorted is refused with both rows, by bytes and not by alphabet, and no tally is given")
  func notSorted() throws {
    let header = "pool,series,area,period,value\n"
    for (first, second) in [
      ("p,b,x", "p,a,x"), ("q,a,x", "p,b,x"), ("p,a,y", "p,a,x"), ("p,a,x", "p,a,"), ("p,é,x", "p,z,x"),
      ("p,a,x", "p,B,x"),
    ] {
      let outcome = try forecast(
        header + "\(first),2020,1\n\(first),2021,2\n\(second),2020,3\n", ["--sorted", "--pool-by", "pool"])
      #expect(outcome.status == 65)
      let said = { (row: String) in
        row.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(
          separator: ", ")
      }
      #expect(
        outcome.errors.hasPrefix(
          "-:4: \(said(second)) comes after \(said(first)), and the rows are said to be in ascending order of "
            + "pool, series, area"), "\(outcome.errors)")
      #expect(!outcome.errors.contains("tally"))
    }
  }

  @Test("A series that is in two pools is one in each, wherever they stand")
  func twoPools() throws {
    let header = "pool,series,period,value\n"
    func rows(_ pool: String, _ series: String) -> String {
      (2012..<2020).map { "\(pool),\(series),\($0),\(Double($0 % 5) + 3)\n" }.joined()
    }
    let arguments = ["--sorted", "--pool-by", "pool"]
    let next = try forecast(header + rows("a", "x") + rows("b", "x"), arguments)
    #expect(next.errors == "tally rows=16 series=2 forecast=2 failed=0\n")
    let apart = try forecast(header + rows("a", "x") + rows("a", "y") + rows("b", "x"), arguments)
    #expect(apart.errors == "tally rows=24 series=3 forecast=3 failed=0\n")
  }

  @Test("Rows that name no series are said, counted and make the run fail; all others are forecast")
  func unnamed() throws {
    let outcome = try forecast(
      "series,period,value\na,2018,1\na,2019,2\na,2020,3\n,2020,4\n", ["--sorted", "--model", "naive"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("-:5: there is no name in column \"series\""))
    #expect(outcome.errors.contains("1 rows name no series and are in no forecast\n"))
    #expect(outcome.errors.hasSuffix("tally rows=4 series=1 forecast=1 failed=0\n"))
    #expect(outcome.output.contains("\na,2021,1,naive,"))
  }

  @Test("Nobody reads: the end is quiet, at once, without a tally")
  func readerGone() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let run = try Command.run(
      ["forecast", "-", "--sorted"] + Self.arguments,
      input: Self.header.replacing("region,", with: "")
        + Self.rows("r1").map { $0.dropFirst(3) }.joined(), output: pipe.fileHandleForWriting)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
  }

  @Test("An input that ends within a row loses nothing in silence")
  func cutShort() throws {
    let rows = Self.rows("r1").joined()
    let cut = try forecast(
      Self.header + Self.rows("r1").dropLast().joined() + "r1,s1", ["--sorted"])
    #expect(cut.status == 65)
    #expect(cut.errors.hasPrefix("-:163: \"s1\", \"\" comes after \"s18\", \"north\""), "\(cut.errors)")
    #expect(!cut.errors.contains("tally"))
    // Half of a number is a number too.
    let half = try forecast(Self.header + rows.dropLast(2), ["--sorted"])
    #expect(half.status == 65)
    #expect(
      half.errors == """
        -: the last line does not end, so the input may have been cut short within a figure; end it with a line feed

        """)
    let open = try forecast(Self.header + rows + "r1,\"s19", ["--sorted"])
    #expect(open.status == 65)
    #expect(open.errors.contains("quote is never closed"))
    #expect(!open.errors.contains("tally"))
  }

  @Test("A part without rows is a table without rows; input without a header is none")
  func empty() throws {
    for order in [["--sorted"], ["--grouped"], []] {
      let none = try forecast(Self.header, order)
      #expect(none.status == 0)
      #expect(none.errors == "tally rows=0 series=0 forecast=0 failed=0\n")
      #expect(none.output.hasPrefix("series,period,step,") && none.output.hasSuffix(",area,code,message\n"))
      #expect(none.output.split(separator: "\n").count == 1)
    }
    #expect(try forecast("", ["--sorted"]).status == 65)
    let plain = try Command.run(["forecast", "-", "--horizon", "1", "--format", "csv"], input: Self.header)
    #expect(plain.status == 65 && plain.errors.contains("no rows under the header"))
    let backtest = try Command.run(
      ["backtest", "-", "--horizon", "1", "--origins", "1", "--each", "--format", "csv", "--errors-inline"]
        + ["--tally", "--sorted"], input: Self.header)
    #expect(backtest.status == 0 && backtest.errors == "tally rows=0 series=0 forecast=0 failed=0\n")
    #expect(
      backtest.output.hasPrefix("series,area,model,") && backtest.output.split(separator: "\n").count == 1)
  }

  @Test("What makes no sense together is refused")
  func arguments() throws {
    for (arguments, sentence) in [
      (["--errors-inline"], "needs --format csv"), (["--sorted", "--grouped"], "leave out --grouped"),
    ] {
      let run = try Command.run(["forecast", "-", "--horizon", "1"] + arguments, input: "")
      #expect(run.status == 64)
      #expect(run.errors.contains(sentence))
    }
  }
}

extension Command.Outcome: Equatable {
  static func == (left: Self, right: Self) -> Bool {
    left.status == right.status && left.output == right.output && left.errors == right.errors
  }
}
