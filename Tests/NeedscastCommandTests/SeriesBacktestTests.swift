import Foundation
import Testing

@Suite("needscast backtest --each")
struct SeriesBacktestTests {
  private static let header = "region,series,period,value\n"
  private static let arguments = [
    "--horizon", "2", "--origins", "3", "--models", "naive,drift,damped-trend", "--format", "csv", "--each",
    "--quiet",
  ]
  private static let regions = (0..<4).map { "r\($0)" }

  /// Six series of a region; the fourth cannot be read, the fifth is too short for any origin, the sixth is always the same.
  private static func rows(_ region: String) -> [String] {
    let number = regions.firstIndex(of: region) ?? 0
    return (0..<6).flatMap { id in
      (2012..<(id == 4 ? 2013 : 2024)).map { year in
        let value = id == 5 ? 7 : Double((id * 37 + year * (11 + number)) % 97) / 4 + 10
        return "\(region),s\(number)\(id),\(year),\(id == 3 && year == 2020 ? "?" : "\(value)")\n"
      }
    }
  }
  private static let text = header + regions.flatMap { rows($0) }.joined()

  private func backtest(_ text: String, _ more: String...) throws -> Command.Outcome {
    try Command.run(["backtest", "-"] + Self.arguments + more, input: text)
  }

  /// The cells of the rows after the header.
  private func cells(_ outcome: Command.Outcome) -> [[Substring]] {
    outcome.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  @Test(
    "The rows of a series hold the measures that --by series gives it, and averages of them are those of the whole"
  )
  func besideTheTable() throws {
    let each = try backtest(Self.text)
    #expect(each.status == 65)
    #expect(each.errors.hasSuffix("8 of 24 series could not be forecast from every origin by every model\n"))
    let arguments = ["backtest", "-"] + Self.arguments.filter { $0 != "--each" }
    let bySeries = try Command.run(arguments + ["--by", "series"], input: Self.text)
    let table = cells(bySeries).filter { $0[2] != "0" }
    #expect(table.count == 4 * 4 * 3)
    let own = cells(each).filter { $0[2] != "0" }
    #expect(own.map { $0[0] } == table.map { $0[0] } && own.map { $0[1] } == table.map { $0[1] })
    #expect(own.map { Array($0[2...]) } == table.map { Array($0[3...]) })

    let whole = cells(try Command.run(arguments, input: Self.text))
    for row in whole {
      let series = own.filter { $0[1] == row[1] }
      let scaled = series.compactMap { Double($0[5]) }
      #expect(scaled.count == 12)
      let mase = scaled.reduce(0, +) / Double(scaled.count)
      #expect(abs(mase - (Double(row[6]) ?? .nan)) < 1e-12)
      let forecasts = series.compactMap { Double($0[2]) }
      let held = zip(series, forecasts).map { (Double($0[11]) ?? .nan) * $1 }.reduce(0, +)
      #expect(abs(held / forecasts.reduce(0, +) - (Double(row[12]) ?? .nan)) < 1e-9)
    }
  }

  @Test("Neither how the input is parted nor its order nor threads change a row", arguments: [true, false])
  func independence(isPooled: Bool) throws {
    let more = ["--errors-inline", "--tally"] + (isPooled ? ["--pool-by", "region"] : [])
    func run(_ text: String, _ others: String...) throws -> Command.Outcome {
      try Command.run(["backtest", "-"] + Self.arguments + more + others, input: text)
    }
    let sorted = try run(Self.text, "--sorted", "--jobs", "1")
    #expect(sorted.status == 0)
    #expect(sorted.errors == "tally rows=244 series=24 forecast=16 failed=8\n", "\(sorted.errors)")
    #expect(try run(Self.text, "--sorted", "--jobs", "3") == sorted)
    let lines = sorted.output.split(separator: "\n").dropFirst().sorted()
    let parts = try Self.regions.flatMap { region in
      try run(Self.header + Self.rows(region).joined(), "--sorted").output.split(separator: "\n").dropFirst()
    }
    #expect(parts.sorted() == lines)
    var generator = LinearGenerator(state: 4)
    let mixed = Self.regions.flatMap { Self.rows($0) }.shuffled(using: &generator).joined()
    #expect(try run(Self.header + mixed).output.split(separator: "\n").dropFirst().sorted() == lines)
  }

  @Test("What fails is a row: of a series with its reason, of a model beside its figures")
  func failures() throws {
    let outcome = try backtest(Self.header + Self.rows("r2").joined(), "--errors-inline", "--sorted")
    let lines = outcome.output.split(separator: "\n")
    #expect(
      lines[0]
        == "series,model,forecasts,failed,zero_scale,mase,rmsse,smape,bias,pinball,crps,coverage_80,coverage_95,msis,code,message"
    )
    #expect(lines.count == 1 + 4 * 3 + 2)
    #expect(lines.contains { $0.hasPrefix("s23,,,,,,,,,,,,,,data,") })
    #expect(lines.contains { $0.hasPrefix("s24,,,,,,,,,,,,,,origin,") })
    #expect(lines.contains { $0.hasPrefix("s25,naive,6,0,1,,,") })
    let short = try Command.run(
      ["backtest", "-", "--horizon", "1", "--origins", "2", "--models", "naive,drift", "--format", "csv"]
        + ["--each", "--errors-inline", "--quiet"],
      input: "series,period,value\na,2018,1\na,2019,2\na,2020,4\na,2021,3\n")
    #expect(short.output.contains("\na,naive,1,1,0,"))
    #expect(short.output.contains(",forecast,") && short.output.contains("at 1 of 2 origins"))
  }

  @Test("A series of a pool that ends before what is hidden has lent strength and is said not to be scored")
  func silent() throws {
    let rows = (0..<6).map { id in
      (2008..<(id == 3 ? 2015 : 2024)).map { "p,t\(id),\($0),\(Double((id * 7 + $0 * 3) % 11) + 5)\n" }
        .joined()
    }.joined()
    let outcome = try Command.run(
      ["backtest", "-", "--horizon", "1", "--origins", "2", "--format", "csv", "--each", "--errors-inline"]
        + ["--tally", "--quiet", "--pool-by", "region"], input: Self.header + rows)
    #expect(outcome.errors == "tally rows=\(5 * 16 + 7) series=6 forecast=5 failed=1\n")
    #expect(outcome.output.contains("\nt3,,,,,,,,,,,,,,origin,"))
    #expect(outcome.output.contains("it lent strength to the others"))
  }

  @Test("Options that speak of the whole are refused beside --each, and those of each series without it")
  func arguments() throws {
    for (arguments, sentence) in [
      (["--each"], "it needs --format csv"), (["--each", "--format", "csv", "--by", "area"], "--by"),
      (["--each", "--format", "csv", "--detail"], "--detail"), (["--sorted"], "they need --each"),
      (["--tally", "--format", "csv"], "they need --each"),
    ] {
      let run = try Command.run(
        ["backtest", "-", "--horizon", "1", "--origins", "1"] + arguments, input: Self.text)
      #expect(run.status == 64 && run.errors.contains(sentence), "\(run.errors)")
    }
  }
}
